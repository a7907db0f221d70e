// Focus zones (評価対象区域): polygons of the user's own for which results are counted, such as a school district,
// an industrial estate or the area of a licence. They may overlap.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

struct FocusZoneSource {
  std::filesystem::path path;
  std::string name_field = "name";
  bool repair = false;  ///< a ring that crosses itself is mended and counted; else it is an InputError
};

struct FocusZone {
  std::string name{};
  MultiPolygon area{};
};

struct FocusZones {
  std::vector<FocusZone> zones{};  ///< in order of the files and of their features
  std::vector<std::string> sources{};
  std::vector<Warning> warnings{};  ///< features without an area, rings mended
};

/// One zone for each feature; those without a name are called by file and feature, and counted. Throws InputError
/// for a feature that is no polygon.
[[nodiscard]] FocusZones read_focus_zones(const std::vector<FocusZoneSource>& sources, const Crs& crs);

}  // namespace amaneku
