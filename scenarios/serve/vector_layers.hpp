// The tables of a plan and of its studies as layers of the map page: those of network.gpkg, with their styles.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "scenarios/report/language.hpp"
#include "scenarios/serve/plan_session.hpp"

namespace amaneku::scenarios {

/// Areas, then lines, then points. Tables of studies are those of the state's plan whose studies were run.
[[nodiscard]] std::vector<Layer> map_layers(const PlanState& state);

/// [{id, description, kind, features, columns: {name: what it is called}, qml}]; the style is that of QGIS.
[[nodiscard]] nlohmann::ordered_json layer_list(const std::vector<Layer>& layers, Language language);

/// RFC 7946: WGS 84, seven decimals (1 cm).
[[nodiscard]] std::string layer_geojson(const Layer& layer, const std::string& crs_id);

}  // namespace amaneku::scenarios
