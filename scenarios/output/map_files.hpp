// The maps of a plan as GeoTIFF: those that a run writes, one by one.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "scenarios/read/scenario.hpp"
#include "scenarios/report/styles.hpp"

namespace amaneku::scenarios {

/// Cloud-Optimized GeoTIFF of "rsrp_dbm", "best_server", "overlap", and where the plan has service "sinr_db",
/// "dl_mbps", "ul_mbps", "margin_db", "service_state". InputError for any other, a full disk, a folder that cannot
/// be written.
void write_map(const std::filesystem::path& file, const Planned& planned, std::string_view map);

/// [sector] "NAME / SECTOR" with the colour of its row.
[[nodiscard]] std::vector<StyleCategory> server_categories(const PlanInput& input, const PlanResult& result);
/// Sectors that contend for a cell: 0 .. kPilotPollution.
[[nodiscard]] std::vector<StyleCategory> overlap_categories();
[[nodiscard]] std::vector<StyleCategory> state_categories();

}  // namespace amaneku::scenarios
