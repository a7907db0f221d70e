#include "scenarios/demo/geojson.hpp"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

namespace amaneku::scenarios::demo {

namespace {

std::string json_string(const std::string& text) {
  return nlohmann::json(text).dump();
}

}  // namespace

GeoJson::GeoJson(const Crs& crs, const std::string& name, const std::string& description)
    : crs_(crs),
      head_(fmt::format(
          "{{\n\"type\": \"FeatureCollection\",\n\"name\": {},\n\"description\": {},\n\"features\": [\n",
          json_string(name), json_string(description))) {}

std::string GeoJson::position(Point point) const {
  const LonLat at = crs_.to_lonlat(point);
  return fmt::format("[{:.6f},{:.6f}]", at.lon_deg, at.lat_deg);
}

std::string GeoJson::positions(const Line& line) const {
  std::string text = "[";
  for (const Point& point : line) text += (text.size() > 1 ? "," : "") + position(point);
  return text + "]";
}

void GeoJson::append(const std::string& type, const std::string& coordinates, const Properties& properties) {
  std::string members;
  for (const auto& [key, value] : properties) {
    members += fmt::format("{}{}: {}", members.empty() ? "" : ", ", json_string(key), json_string(value));
  }
  features_.push_back(fmt::format(
      R"({{"type": "Feature", "properties": {{{}}}, "geometry": {{"type": "{}", "coordinates": {}}}}})", members,
      type, coordinates));
}

void GeoJson::add(Point point, const Properties& properties) {
  append("Point", position(point), properties);
}

void GeoJson::add(const Line& line, const Properties& properties) {
  append("LineString", positions(line), properties);
}

void GeoJson::add(const MultiPolygon& area, const Properties& properties) {
  std::string parts;
  for (const Polygon& part : area.parts) {
    std::string rings = positions(part.outer);
    for (const Line& hole : part.holes) rings += "," + positions(hole);
    parts += fmt::format("{}[{}]", parts.empty() ? "" : ",", rings);
  }
  append("MultiPolygon", "[" + parts + "]", properties);
}

std::string GeoJson::text() const {
  return fmt::format("{}{}\n]\n}}\n", head_, fmt::join(features_, ",\n"));
}

}  // namespace amaneku::scenarios::demo
