#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "terrain/files/text_file.hpp"
#include "terrain/routes/metre_crs.hpp"
#include "terrain/routes/way_readers.hpp"
#include "terrain/routes/xml_source.hpp"

namespace amaneku {
namespace {

/// "12.5,30.0" or "12.5,30.0,4.2"; nothing for other text.
std::optional<WayPoint> sumo_point(std::string_view text) {
  std::array<double, 3> value{0.0, 0.0, std::nan("")};
  std::size_t count = 0;
  for (std::size_t at = 0; at <= text.size(); ++count) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::optional<double> number = parse_number(text.substr(at, end - at));
    if (!number || !std::isfinite(*number) || count >= value.size()) return std::nullopt;
    value[count] = *number;
    at = end + 1;
  }
  if (count < 2) return std::nullopt;
  return WayPoint{{value[0], value[1]}, value[2]};
}

std::optional<std::vector<WayPoint>> sumo_shape(std::string_view text) {
  std::vector<WayPoint> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
    if (end > at) {
      const std::optional<WayPoint> point = sumo_point(text.substr(at, end - at));
      if (!point) return std::nullopt;
      out.push_back(*point);
    }
    at = end + 1;
  }
  return out;
}

class SumoReader {
 public:
  SumoReader(MapBuilder& builder, const XmlSource& xml)
      : builder_(builder), xml_(xml), to_lonlat_(transform_of_location()) {}

  void read() {
    read_offset();
    for (const pugi::xml_node& junction : xml_.root().children("junction")) read_junction(junction);
    for (const pugi::xml_node& edge : xml_.root().children("edge")) {
      if (is_road(edge)) read_edge(edge);
    }
  }

 private:
  [[nodiscard]] WayPlace place_of(const pugi::xml_node& node) const {
    return {xml_.line_of(node), fmt::format("{} {}", node.name(), node.attribute("id").value())};
  }

  /// "!" is no projection; "-" and "." are SUMO's own, which are none of PROJ's.
  [[nodiscard]] LonLatTransform transform_of_location() {
    const std::string text = xml_.root().child("location").attribute("projParameter").value();
    return transform_of_metres(builder_, text.starts_with("+") ? text : std::string{},
                               fmt::format("the SUMO network (projParameter \"{}\")", text.substr(0, 40)));
  }

  /// What SUMO added to the metres of the projection.
  void read_offset() {
    const pugi::xml_node location = xml_.root().child("location");
    const std::optional<WayPoint> offset = sumo_point(location.attribute("netOffset").value());
    if (!offset) {
      builder_.refuse_at({xml_.line_of(location), ""}, "netOffset of <location> is not two numbers");
    }
    offset_ = *offset;
  }

  /// Internal edges lead across junctions, crossings and walking areas are for people on foot.
  [[nodiscard]] static bool is_road(const pugi::xml_node& edge) {
    const std::string_view function = edge.attribute("function").value();
    const bool internal = std::string_view(edge.attribute("id").value()).starts_with(":");
    return !internal && (function.empty() || function == "normal" || function == "connector");
  }

  void read_junction(const pugi::xml_node& junction) {
    if (std::string_view(junction.attribute("type").value()) == "internal") return;
    const WayPlace place = place_of(junction);
    const std::optional<double> x = xml_number(builder_, junction, "x", place);
    const std::optional<double> y = xml_number(builder_, junction, "y", place);
    if (!x || !y) return;
    WayPoint at{{*x, *y}};
    if (junction.attribute("z")) at.height_m = xml_number(builder_, junction, "z", place).value_or(at.height_m);
    if (!junctions_.emplace(junction.attribute("id").value(), at).second)
      builder_.fault(place, "the id is given twice in this file");
  }

  /// Nothing, and a fault, where the edge has no course.
  [[nodiscard]] std::optional<std::vector<WayPoint>> course_of(const pugi::xml_node& edge) {
    const WayPlace place = place_of(edge);
    if (const pugi::xml_attribute shape = edge.attribute("shape")) {
      std::optional<std::vector<WayPoint>> points = sumo_shape(shape.value());
      if (!points) builder_.fault(place, "its shape is not a list of x,y or x,y,z");
      return points;
    }
    std::vector<WayPoint> out;
    for (const char* end : {"from", "to"}) {
      const std::string id = edge.attribute(end).value();
      const auto junction = junctions_.find(id);
      if (junction == junctions_.end()) {
        builder_.fault(place, fmt::format("its junction {} = \"{}\" is not in this file", end, id.substr(0, 40)));
        return std::nullopt;
      }
      out.push_back(junction->second);
    }
    return out;
  }

  void put_params(const pugi::xml_node& edge, WayAttributes& attributes) {
    constexpr std::array<std::pair<const char*, WayKey>, 4> kParams{
        {{"ref", WayKey::ref}, {"tunnel", WayKey::tunnel}, {"bridge", WayKey::bridge}, {"layer", WayKey::layer}}};
    for (const pugi::xml_node& param : edge.children("param")) {
      const std::string_view key = param.attribute("key").value();
      for (const auto& [name, known] : kParams) {
        if (key == name) builder_.put(attributes, known, param.attribute("value").value());
      }
    }
  }

  void read_edge(const pugi::xml_node& edge) {
    const std::string id = edge.attribute("id").value();
    if (!ids_.insert(id).second) return builder_.fault(place_of(edge), "the id is given twice in this file");
    std::optional<std::vector<WayPoint>> points = course_of(edge);
    if (!points) return;
    for (WayPoint& point : *points) {
      point.at.lon_deg -= offset_.at.lon_deg;
      point.at.lat_deg -= offset_.at.lat_deg;
    }
    if (!to_lonlat(builder_, to_lonlat_, *points, place_of(edge))) return;
    RoutePiece piece{.id = id, .points = std::move(*points), .line = xml_.line_of(edge), .where = "edge " + id};
    // "highway.motorway" of a network from OpenStreetMap.
    const std::string_view type = edge.attribute("type").value();
    builder_.put(piece.attributes, WayKey::road_class, type.substr(type.rfind('.') + 1));
    builder_.put(piece.attributes, WayKey::name, edge.attribute("name").value());
    put_params(edge, piece.attributes);
    double fastest_m_per_s = 0.0;
    for (const pugi::xml_node& lane : edge.children("lane")) {
      if (lane.attribute("speed"))
        fastest_m_per_s =
            std::fmax(fastest_m_per_s, xml_number(builder_, lane, "speed", place_of(edge)).value_or(0.0));
    }
    if (fastest_m_per_s > 0.0) piece.attributes.speed_limit_kmh = 3.6 * fastest_m_per_s;
    builder_.add(std::move(piece));
  }

  MapBuilder& builder_;
  const XmlSource& xml_;
  LonLatTransform to_lonlat_;
  WayPoint offset_{};
  std::map<std::string, WayPoint> junctions_{};
  std::set<std::string> ids_{};
};

}  // namespace

void read_sumo(MapBuilder& builder) {
  const XmlSource xml(builder);
  SumoReader(builder, xml).read();
}

}  // namespace amaneku
