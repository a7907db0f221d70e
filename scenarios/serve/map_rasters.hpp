// The maps of a plan for a page: what there is, its legend, and its values as bytes.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/read/scenario.hpp"
#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

/// How the values of a map are written: little-endian, [y, x] of the plan's grid.
enum class RasterBytes : std::uint8_t {
  float32,  ///< NaN: no data
  int16,    ///< -1: no data
  uint8     ///< 255: no data
};

/// The maps that the plan has, as JSON: [{id, type, unit, classes: [{value | min, max, id, label, colour,
/// below_threshold}]}]. Classes are those of the report, of QGIS and of `amaneku compare`.
[[nodiscard]] nlohmann::ordered_json raster_list(const Planned& planned, Language language);

/// InputError for a map that the plan has not. `base` is what "coverage_change" is held against.
[[nodiscard]] std::string raster_bytes(const Planned& planned, const Planned& base, std::string_view id);

/// "best_server" of another plan, its sectors by the numbers that sectors of the same name have in `planned`; -1
/// for one that it has not.
[[nodiscard]] std::string server_bytes(const Planned& other, const Planned& planned);

/// A map of floats as it stands in memory.
[[nodiscard]] std::string float_bytes(const Raster<float>& raster);

}  // namespace amaneku::scenarios
