// Columns as people and formats name them, against the names that a reader knows.
#pragma once

#include <cmath>
#include <span>
#include <string>
#include <string_view>

#include "terrain/geo.hpp"
#include "terrain/vector/feature_io.hpp"

namespace amaneku {

/// A Shapefile keeps ten characters of a field's name.
inline constexpr std::size_t kShapefileName = 10;

/// True for two names that differ in ASCII case only, or where `column` is `known` cut to ten characters.
[[nodiscard]] bool names_same_column(std::string_view column, std::string_view known) noexcept;

/// Gives columns that name the same as one of `known` that name. InputError where two of them name one.
void know_columns(SourceTable& table, std::span<const std::string> known);

/// The one of `known` that a column of another name probably means: a slip, a name without its unit ("azimuth"),
/// another word ("height", "方位角"). "" for none.
[[nodiscard]] std::string meant_by_column(std::string_view column, std::span<const std::string> known);

/// The other way round: the one of `columns` that probably means `known`. "" for none.
[[nodiscard]] std::string column_meaning(std::string_view known, std::span<const std::string> columns);

/// True for a longitude and a latitude that are none, and would be the other way round.
[[nodiscard]] inline bool are_swapped(LonLat p) noexcept {
  return std::fabs(p.lat_deg) > 90.0 && std::fabs(p.lat_deg) <= 180.0 && std::fabs(p.lon_deg) <= 90.0;
}

}  // namespace amaneku
