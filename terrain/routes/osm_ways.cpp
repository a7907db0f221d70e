#include <cpl_string.h>
#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <array>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "terrain/files/text_file.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/routes/way_readers.hpp"
#include "terrain/vector/osm_source.hpp"

namespace amaneku {
namespace {

/// Calls visit(value) for that attribute of every element of the name, in XML without comments to speak of.
template <class Visit>
void for_each_osm_id(std::string_view xml, std::string_view element, std::string_view attribute,
                     const Visit& visit) {
  for (std::size_t at = xml.find(element); at != std::string_view::npos; at = xml.find(element, at + 1)) {
    const std::string_view tag = xml.substr(at, xml.find('>', at) - at);
    const std::size_t name = tag.find(attribute);
    if (name == std::string_view::npos || name + attribute.size() >= tag.size()) continue;
    const std::size_t from = name + attribute.size() + 1;
    const std::size_t to = tag.find(tag[from - 1], from);
    if (to != std::string_view::npos) visit(tag.substr(from, to - from));
  }
}

/// What GDAL would not tell: a DOCTYPE, and nodes of ways that the file does not have.
void check_osm_xml(MapBuilder& builder) {
  const std::string text = read_bytes(builder.path(), builder.options().max_bytes);
  if (text.find("<!DOCTYPE") != std::string::npos || text.find("<!ENTITY") != std::string::npos)
    builder.refuse("holds a DOCTYPE; entities are not expanded", "the file without it");
  std::unordered_set<std::string_view> nodes;
  for_each_osm_id(text, "<node ", " id=", [&](std::string_view id) { nodes.insert(id); });
  for_each_osm_id(text, "<nd ", " ref=", [&](std::string_view id) {
    if (nodes.contains(id)) return;
    builder.warn("route_node_missing", "ways of the file have nodes that are not in it, such as " +
                                           std::string(id.substr(0, 40)) +
                                           ": these ways are cut short or left out");
  });
}

GDALDatasetUniquePtr open_osm(const MapBuilder& builder) {
  register_gdal();
  const std::array<const char*, 2> drivers{"OSM", nullptr};
  const std::array<const char*, 2> options{osm_columns_option().c_str(), nullptr};
  const GdalErrorScope errors;
  GDALDatasetUniquePtr dataset(GDALDataset::Open(builder.path().c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                                 drivers.data(), options.data(), nullptr));
  if (!dataset) {
    builder.refuse("cannot be read as OpenStreetMap data" +
                       (errors.message().empty() ? std::string{} : ": " + errors.message()),
                   "a whole file whose name ends in .osm or .pbf");
  }
  return dataset;
}

std::string_view osm_tag(const OGRFeature& feature, const char* key) {
  const int index = feature.GetFieldIndex(key);
  if (index < 0 || feature.IsFieldSetAndNotNull(index) == 0) return {};
  return const_cast<OGRFeature&>(feature).GetFieldAsString(index);
}

/// A street with rails is a street.
std::string_view osm_class(const OGRFeature& feature) {
  const std::string_view highway = osm_tag(feature, "highway");
  return highway.empty() ? osm_tag(feature, "railway") : highway;
}

/// Without the tag itself: motorways and roundabouts.
bool implies_one_way(const OGRFeature& feature) {
  const std::string_view junction = osm_tag(feature, "junction");
  return osm_tag(feature, "highway") == "motorway" || junction == "roundabout" || junction == "circular";
}

WayAttributes osm_attributes(MapBuilder& builder, const OGRFeature& feature) {
  constexpr std::array<std::pair<WayKey, const char*>, 7> kTags{{{WayKey::ref, "ref"},
                                                                 {WayKey::name, "name"},
                                                                 {WayKey::tunnel, "tunnel"},
                                                                 {WayKey::bridge, "bridge"},
                                                                 {WayKey::layer, "layer"},
                                                                 {WayKey::maxspeed, "maxspeed"},
                                                                 {WayKey::one_way, "oneway"}}};
  WayAttributes out{.road_class = std::string(osm_class(feature))};
  for (const auto& [key, tag] : kTags) builder.put(out, key, osm_tag(feature, tag));
  if (osm_tag(feature, "oneway").empty() && implies_one_way(feature)) out.one_way = OneWay::along;
  builder.settle_absent(out);
  return out;
}

void add_osm_way(MapBuilder& builder, const OGRFeature& feature) {
  if (osm_class(feature).empty()) return;
  const OGRGeometry* geometry = feature.GetGeometryRef();
  if (geometry == nullptr || wkbFlatten(geometry->getGeometryType()) != wkbLineString) return;
  const OGRLineString& line = *geometry->toLineString();
  RoutePiece piece{.id = std::string(osm_tag(feature, "osm_id")), .attributes = osm_attributes(builder, feature)};
  piece.where = "way " + piece.id;
  for (int i = 0; i < line.getNumPoints(); ++i) {
    const std::optional<LonLat> at = builder.position(line.getX(i), line.getY(i), {0, piece.where});
    if (!at) return;
    piece.points.push_back({*at});
  }
  builder.add(std::move(piece));
}

}  // namespace

void read_osm_ways(MapBuilder& builder) {
  if (builder.format() == RouteFormat::osm_xml) check_osm_xml(builder);
  const GDALDatasetUniquePtr dataset = open_osm(builder);
  const GdalErrorScope errors;
  OGRLayer* layer = nullptr;
  while (const OGRFeatureUniquePtr feature{dataset->GetNextFeature(&layer, nullptr, nullptr, nullptr)}) {
    if (layer != nullptr && std::string_view(layer->GetName()) == "lines") add_osm_way(builder, *feature);
  }
  if (!errors.failed()) return;
  const bool off_earth = errors.message().find("Invalid lon=") != std::string::npos;
  builder.refuse("cannot be read: " + errors.message() +
                 (off_earth ? ": are longitude and latitude swapped?" : std::string{}));
}

}  // namespace amaneku
