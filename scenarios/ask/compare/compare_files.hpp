// What a comparison writes: names and version of its files (docs/compare.md).
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "scenarios/ask/compare/plan_comparison.hpp"
#include "terrain/raster/raster_io.hpp"

namespace amaneku::scenarios {

/// First key of compare.json; changes with docs/compare.md.
inline constexpr std::string_view kCompareSchema = "amaneku-compare-1.0";

/// Names of the maps of the plan of this letter against the first, without the ending: "coverage_change_b",
/// "rsrp_difference_b_db".
[[nodiscard]] std::string change_map_name(const std::string& letter);
[[nodiscard]] std::string difference_map_name(const std::string& letter);

/// Colour and place in the legend of a kind of cell. [neither, kept, won, lost]
struct CellChangeClass {
  CellChange change;
  std::string_view id;
  Rgba colour;
};
/// Apart for any colour vision (Okabe and Ito), in the order of the values.
[[nodiscard]] const std::array<CellChangeClass, 4>& cell_change_classes() noexcept;

/// InputError where `folder` is neither new, nor empty, nor of an earlier comparison.
void check_comparison_folder(const std::filesystem::path& folder);
/// Publishes page, JSON and maps as `run` does its results: all or none.
void write_comparison(const std::filesystem::path& folder, const PlanComparison& comparison, Language language);

/// Where the page is, for the end of the text on a terminal.
[[nodiscard]] std::string written_text(const std::filesystem::path& folder, Language language);

}  // namespace amaneku::scenarios
