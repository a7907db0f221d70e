// A result of `amaneku run` as `amaneku compare` reads it back.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/result/result_io_read.hpp"
#include "scenarios/read/scenario.hpp"
#include "terrain/people/boundaries.hpp"

namespace amaneku::scenarios {

struct ComparedPlan {
  std::string letter{};  ///< "A" for the first folder, "B" for the next ...
  std::filesystem::path folder{};
  StoredPlan stored{};
  std::map<std::string, std::string> settings{};  ///< group settings of result.h5
  std::map<std::string, StoredTable, std::less<>> tables{};
  /// Of summary.json, by dotted key: what no table has (`backhaul.fibre_km`, `service.people.served_percent` ...).
  std::map<std::string, double, std::less<>> summary{};

  /// One without rows where the plan has none of this name.
  [[nodiscard]] const StoredTable& table(std::string_view name) const noexcept;
  /// A setting as a number; NaN where it is none.
  [[nodiscard]] double setting(const std::string& key) const noexcept;
};

/// A folder of a run, whole and of this version. InputError as `amaneku verify` says it: a file that is missing,
/// changed, or of another version; also a result.h5 that is damaged.
[[nodiscard]] ComparedPlan read_compared_plan(const std::filesystem::path& folder, const std::string& letter);

/// The result of `planned` that lies in `folder` and is not published yet: without manifest and summary.json.
[[nodiscard]] ComparedPlan staged_plan(const std::filesystem::path& folder, const Planned& planned,
                                       const std::string& letter);

/// The tables and figures of a plan that was not written: without folder, maps and settings.
[[nodiscard]] ComparedPlan compared_plan_of(const Planned& planned, const std::string& letter);

/// The map of received power, dBm, and the ground, m above sea level.
[[nodiscard]] Raster<float> rsrp_of(const ComparedPlan& plan);
[[nodiscard]] Raster<float> ground_of(const ComparedPlan& plan);
/// Of network.gpkg, those that the plan reaches; none where the plan has no municipalities.
[[nodiscard]] std::vector<Municipality> borders_of(const ComparedPlan& plan);

}  // namespace amaneku::scenarios
