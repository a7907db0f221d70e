// Buildings of CityGML 2.0 as PLATEAU delivers them (i-UR 1.4 to 3.x): one file a mesh of 1 km, EPSG:6697.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "terrain/geo.hpp"

namespace amaneku {

/// A ring in degrees, closed.
using LonLatRing = std::vector<LonLat>;

struct CityGmlBuilding {
  std::string id{};                             ///< gml:id
  std::vector<std::vector<LonLatRing>> area{};  ///< parts; each the outer ring, then its holes
  std::optional<double> solid_m{};              ///< LOD1: from its lowest to its highest point
  std::optional<double> measured_m{};           ///< measuredHeight as it is written
};

/// What the first 16 KiB say: gml:Envelope; nothing where they have none.
[[nodiscard]] std::optional<LonLatBox> city_gml_envelope(std::string_view beginning);

/// True for text that begins as CityGML does.
[[nodiscard]] bool is_city_gml(std::string_view beginning);

/// All buildings and parts of buildings. `name` is that of errors. Throws InputError: broken XML, a DOCTYPE,
/// another CRS, coordinates that are no numbers or no positions.
[[nodiscard]] std::vector<CityGmlBuilding> parse_city_gml(std::string text, const std::string& name);

}  // namespace amaneku
