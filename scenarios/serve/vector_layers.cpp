#include "scenarios/serve/vector_layers.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>

#include "scenarios/output/network_layers.hpp"
#include "scenarios/output/style_labels.hpp"
#include "scenarios/report/column_names.hpp"
#include "scenarios/tables/table_layers.hpp"
#include "terrain/crs.hpp"

namespace amaneku::scenarios {
namespace {

using LayerJson = nlohmann::ordered_json;

constexpr const char* kKinds[] = {"point", "line", "area"};  // [Geometry]

class GeoJson {
 public:
  explicit GeoJson(const std::string& crs_id) : crs_(Crs::from_text(crs_id)) {}

  [[nodiscard]] LayerJson geometry(const Geometry& of) const {
    if (const auto* point = std::get_if<Point>(&of)) return {{"type", "Point"}, {"coordinates", place(*point)}};
    if (const auto* line = std::get_if<Line>(&of)) return {{"type", "LineString"}, {"coordinates", places(*line)}};
    LayerJson parts = LayerJson::array();
    for (const Polygon& part : std::get<MultiPolygon>(of).parts) parts.push_back(rings(part));
    return {{"type", "MultiPolygon"}, {"coordinates", std::move(parts)}};
  }

 private:
  [[nodiscard]] LayerJson place(Point at) const {
    constexpr double kDecimals = 1e7;
    const LonLat where = crs_.to_lonlat(at);
    return LayerJson::array(
        {std::round(where.lon_deg * kDecimals) / kDecimals, std::round(where.lat_deg * kDecimals) / kDecimals});
  }

  [[nodiscard]] LayerJson places(const Line& line) const {
    LayerJson out = LayerJson::array();
    for (const Point at : line) out.push_back(place(at));
    return out;
  }

  /// The outer ring anticlockwise, holes clockwise.
  [[nodiscard]] LayerJson rings(const Polygon& part) const {
    LayerJson out = LayerJson::array({places(wound(part.outer, true))});
    for (const Line& hole : part.holes) out.push_back(places(wound(hole, false)));
    return out;
  }

  static Line wound(Line ring, bool anticlockwise) {
    double twice_area = 0.0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
      twice_area += ring[i].x_m * ring[i + 1].y_m - ring[i + 1].x_m * ring[i].y_m;
    if ((twice_area > 0.0) != anticlockwise) std::reverse(ring.begin(), ring.end());
    return ring;
  }

  Crs crs_;
};

LayerJson attribute(const Attribute& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  const auto* number = std::get_if<double>(&value);
  return number != nullptr && std::isfinite(*number) ? LayerJson(*number) : LayerJson(nullptr);
}

}  // namespace

std::vector<Layer> map_layers(const PlanState& state) {
  std::vector<Layer> out;
  const auto add = [&](const std::vector<Table>& tables) {
    for (const Table& table : tables) {
      std::vector<Layer> own = layers_of(table);
      std::move(own.begin(), own.end(), std::back_inserter(out));
    }
  };
  add(styled_plan_tables(state.plan->input, state.plan->result));
  if (state.studied) add(state.studied->studies.tables(state.studied->input, state.studied->result));
  std::stable_sort(out.begin(), out.end(), [](const Layer& a, const Layer& b) {
    return a.features.front().geometry.index() > b.features.front().geometry.index();
  });
  return out;
}

LayerJson layer_list(const std::vector<Layer>& layers, Language language) {
  LayerJson out = LayerJson::array();
  for (const Layer& layer : layers) {
    LayerJson columns = LayerJson::object();
    for (const LayerField& field : layer.fields) columns[field.name] = column_name(field.name, language);
    out.push_back({{"id", layer.name},
                   {"description", layer.description},
                   {"kind", kKinds[layer.features.front().geometry.index()]},
                   {"features", layer.features.size()},
                   {"columns", std::move(columns)},
                   {"qml", labels_in(layer.qml, language)}});
  }
  return out;
}

std::string layer_geojson(const Layer& layer, const std::string& crs_id) {
  const GeoJson geojson(crs_id);
  LayerJson features = LayerJson::array();
  for (const Feature& feature : layer.features) {
    LayerJson properties = LayerJson::object();
    for (std::size_t i = 0; i < layer.fields.size(); ++i)
      properties[layer.fields[i].name] = attribute(feature.attributes[i]);
    features.push_back({{"type", "Feature"},
                        {"properties", std::move(properties)},
                        {"geometry", geojson.geometry(feature.geometry)}});
  }
  const LayerJson out = {{"type", "FeatureCollection"}, {"features", std::move(features)}};
  return out.dump(-1, ' ', false, LayerJson::error_handler_t::replace);
}

}  // namespace amaneku::scenarios
