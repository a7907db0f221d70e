#include "scenarios/output/qgis_project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "scenarios/output/qgis_names.hpp"
#include "scenarios/report/column_names.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/schema/document.hpp"
#include "terrain/files/zip_writer.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::uintmax_t kMostStyleBytes = 16U << 20U;
constexpr std::array<const char*, 3> kGeometry = {"Point", "Line", "Polygon"};
constexpr double kWedgeShare = 1.0 / 55.0;  // of the plan's width
constexpr int kWedge_deg = 60;
/// QGIS gives layers whose id has ten letters or fewer another id.
const std::string kIdPrefix = "network_";

/// A node of the tree and its place in it.
struct Node {
  qgis::Group group{};
  std::size_t order = 0;
  std::string id{};
  std::string title{};
  std::string source{};
  const char* provider = "ogr";
  bool shown = false;
};

/// "target_gaps" of "target_gaps_lines", "population" of "meshes".
std::string table_of(const std::string& layer) {
  if (layer == "licence_areas") return layer;
  if (layer == "meshes" || layer == "population_points") return "population";
  for (const char* ending : {"_points", "_lines", "_areas"}) {
    if (layer.ends_with(ending)) return layer.substr(0, layer.size() - std::string_view(ending).size());
  }
  return layer;
}

Node node_of(const ProjectLayer& layer, Language language) {
  Node node{.id = kIdPrefix + layer.name, .source = "./network.gpkg|layername=" + layer.name};
  if (layer.name == "coverage") {
    node.group = qgis::Group::maps;
    node.order = qgis::kMaps.size();
    node.title = qgis::kCoverage.in(language);
    return node;
  }
  const std::string table = table_of(layer.name);
  const auto found = std::find_if(qgis::kLayers.begin(), qgis::kLayers.end(),
                                  [&](const qgis::Name& name) { return name.table == table; });
  if (found == qgis::kLayers.end()) {
    node.group = qgis::Group::targets;
    node.order = qgis::kLayers.size();
    node.title = layer.name;
    return node;
  }
  node.group = found->group;
  node.order = static_cast<std::size_t>(found - qgis::kLayers.begin());
  node.title = found->title.in(language);
  if (layer.name == table + "_points" || layer.name == table + "_lines" || layer.name == table + "_areas")
    node.title = fill(qgis::kKinds[layer.kind].in(language), {node.title});
  node.shown = found->shown;
  return node;
}

Node node_of(const ProjectMap& map, Language language) {
  Node node{.group = qgis::Group::maps,
            .id = "map_" + map.name,
            .title = map.name,
            .source = "./" + map.name + ".tif",
            .provider = "gdal"};
  for (std::size_t i = 0; i < qgis::kMaps.size(); ++i) {
    if (qgis::kMaps[i].file != map.name) continue;
    node.order = i;
    node.title = qgis::kMaps[i].title.in(language);
    node.shown = qgis::kMaps[i].shown;
  }
  return node;
}

const char* checked(bool shown) {
  return shown ? "Qt::Checked" : "Qt::Unchecked";
}

std::string tree(const std::vector<Node>& nodes, Language language) {
  std::string out = "<layer-tree-group><customproperties/>\n";
  for (std::size_t g = 0; g < qgis::kGroups.size(); ++g) {
    std::string inside;
    for (const Node& node : nodes) {
      if (static_cast<std::size_t>(node.group) != g) continue;
      inside += fmt::format(
          "<layer-tree-layer id=\"{}\" name=\"{}\" source=\"{}\" providerKey=\"{}\" checked=\"{}\" "
          "expanded=\"{}\">"
          "<customproperties/></layer-tree-layer>\n",
          escape_html(node.id), escape_html(node.title), escape_html(node.source), node.provider,
          checked(node.shown), node.shown ? 1 : 0);
    }
    if (inside.empty()) continue;
    out +=
        fmt::format("<layer-tree-group name=\"{}\" checked=\"Qt::Checked\" expanded=\"1\"><customproperties/>\n",
                    escape_html(qgis::kGroups[g].in(language))) +
        inside + "</layer-tree-group>\n";
  }
  return out + "</layer-tree-group>\n";
}

/// QGIS takes the text; the code is for people.
std::string spatial_reference(const std::string& crs_id) {
  const std::string code =
      is_authority_code(crs_id) ? "<authid>" + escape_html(crs_id) + "</authid>" : std::string();
  return "<spatialrefsys><wkt>" + escape_html(Crs::from_text(crs_id).wkt()) + "</wkt>" + code + "</spatialrefsys>";
}

/// What a style holds, without its head and its end.
std::string body_of(const std::string& qml) {
  const std::size_t head = qml.find('>', qml.find("<qgis"));
  const std::size_t end = qml.rfind("</qgis>");
  return head == std::string::npos || end == std::string::npos ? std::string()
                                                               : qml.substr(head + 1, end - head - 1);
}

/// Wedges along the azimuth, which counts from true north; discs of antennas without a direction. Where north of
/// the grid lies is taken between the edges of the plan, in proportion: no other layer is asked while a map is
/// drawn.
std::string wedges(const Grid& grid, const Crs& crs) {
  const double width_m = grid.east_m() - grid.west_m;
  const double middle_m = 0.5 * (grid.north_m + grid.south_m());
  const double west_deg = crs.convergence_deg(crs.to_lonlat({grid.west_m, middle_m}));
  const double east_deg = crs.convergence_deg(crs.to_lonlat({grid.east_m(), middle_m}));
  const std::string expression = fmt::format(
      "if(\"antenna\"='isotropic', buffer($geometry, {0:.1f}), wedge_buffer($geometry, \"azimuth_deg\" + {1:.5f} "
      "+ "
      "{2:.5f} * ($x - {3:.1f}) / {4:.1f}, {5}, {0:.1f}))",
      kWedgeShare * width_m, west_deg, east_deg - west_deg, grid.west_m, width_m, kWedge_deg);
  const auto option = [](std::string_view name, const std::string& value) {
    return fmt::format("<Option type=\"QString\" name=\"{}\" value=\"{}\"/>", name, escape_html(value));
  };
  return "<renderer-v2 type=\"singleSymbol\"><symbols><symbol type=\"marker\" name=\"0\" alpha=\"1\" "
         "clip_to_extent=\"1\"><layer class=\"GeometryGenerator\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option "
         "type=\"Map\">" +
         option("SymbolType", "Fill") + option("geometryModifier", expression) + option("units", "MapUnit") +
         "</Option><symbol type=\"fill\" name=\"@0@0\" alpha=\"1\" clip_to_extent=\"1\"><layer "
         "class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">" +
         option("color", "27,36,35,70") + option("outline_color", "27,36,35,255") +
         option("outline_style", "solid") + option("outline_width", "0.2") + option("style", "solid") +
         "</Option></layer></symbol></layer></symbol></symbols></renderer-v2>";
}

/// The name, the id where there is none, over a white edge.
std::string site_labels() {
  return "<labeling type=\"simple\"><settings calloutType=\"simple\"><text-style "
         "fieldName=\"coalesce(nullif(&quot;name&quot;, ''), &quot;id&quot;)\" isExpression=\"1\" fontSize=\"9\" "
         "fontSizeUnit=\"Point\" textColor=\"27,36,35,255\" textOpacity=\"1\"><text-buffer bufferDraw=\"1\" "
         "bufferSize=\"0.8\" bufferSizeUnits=\"MM\" bufferColor=\"255,255,255,255\" "
         "bufferOpacity=\"1\"/></text-style><placement placement=\"6\" dist=\"1.5\" distUnits=\"MM\"/><rendering "
         "drawLabels=\"1\" obstacle=\"1\"/></settings></labeling>";
}

/// Columns by their names in the language.
std::string aliases(const ProjectLayer& layer, Language language) {
  std::string out = "<aliases>";
  for (std::size_t i = 0; i < layer.columns.size(); ++i) {
    const std::string_view name = column_name(layer.columns[i], language);
    if (name == layer.columns[i]) continue;
    out += fmt::format("<alias field=\"{}\" index=\"{}\" name=\"{}\"/>", escape_html(layer.columns[i]), i + 1,
                       escape_html(name));
  }
  return out + "</aliases>";
}

std::string head_of(const Node& node, const std::string& reference) {
  return fmt::format("<id>{}</id><datasource>{}</datasource><layername>{}</layername><srs>{}</srs>",
                     escape_html(node.id), escape_html(node.source), escape_html(node.title), reference);
}

std::string vector_layer(const ProjectLayer& layer, const Node& node, const Planned& planned,
                         const std::string& reference, Language language) {
  const bool sites = layer.name == "sites";
  const std::string style = layer.name == "sectors"
                                ? wedges(planned.result.grid, Crs::from_text(planned.input.world.crs_id))
                                : body_of(layer.qml);
  return fmt::format(
             "<maplayer type=\"vector\" geometry=\"{}\" labelsEnabled=\"{}\" "
             "styleCategories=\"AllStyleCategories\">",
             kGeometry[layer.kind], sites ? 1 : 0) +
         head_of(node, reference) + "<provider encoding=\"UTF-8\">ogr</provider>" + style +
         (sites ? site_labels() : std::string()) + aliases(layer, language) +
         fmt::format("<layerGeometryType>{}</layerGeometryType></maplayer>\n", layer.kind);
}

std::string raster_layer(const ProjectMap& map, const Node& node, const std::string& reference) {
  return "<maplayer type=\"raster\" styleCategories=\"AllStyleCategories\">" + head_of(node, reference) +
         "<provider>gdal</provider>" + body_of(map.qml) + "</maplayer>\n";
}

std::string canvas(const Grid& grid, const std::string& reference) {
  return fmt::format(
      "<mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\"><units>meters</units><extent><xmin>{}</xmin>"
      "<ymin>{}</ymin><xmax>{}</xmax><ymax>{}</ymax></extent><rotation>0</rotation><destinationsrs>{}"
      "</destinationsrs></mapcanvas>\n",
      grid.west_m, grid.south_m(), grid.east_m(), grid.north_m, reference);
}

}  // namespace

std::vector<ProjectLayer> project_layers(const std::vector<Layer>& layers) {
  std::vector<ProjectLayer> out;
  for (const Layer& layer : layers) {
    ProjectLayer one{.name = layer.name, .kind = layer.features.front().geometry.index(), .qml = layer.qml};
    for (const LayerField& field : layer.fields) one.columns.push_back(field.name);
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<ProjectMap> project_maps(const std::filesystem::path& folder) {
  std::vector<ProjectMap> out;
  for (const qgis::MapName& map : qgis::kMaps) {
    const std::string name(map.file);
    if (std::filesystem::exists(folder / (name + ".tif")))
      out.push_back({name, read_text(folder / (name + ".qml"), kMostStyleBytes)});
  }
  return out;
}

std::string qgis_project(const Planned& planned, const std::vector<ProjectLayer>& layers,
                         const std::vector<ProjectMap>& maps, Language language) {
  const std::string reference = spatial_reference(planned.input.world.crs_id);
  std::vector<Node> nodes;
  std::string map_layers;
  for (const ProjectLayer& layer : layers) {
    nodes.push_back(node_of(layer, language));
    map_layers += vector_layer(layer, nodes.back(), planned, reference, language);
  }
  for (const ProjectMap& map : maps) {
    nodes.push_back(node_of(map, language));
    map_layers += raster_layer(map, nodes.back(), reference);
  }
  std::stable_sort(nodes.begin(), nodes.end(), [](const Node& a, const Node& b) { return a.order < b.order; });
  const std::string title = escape_html(title_of(planned.input.provenance, language));
  return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" projectname=\"" +
         title + "\">\n<title>" + title + "</title>\n<projectCrs>" + reference + "</projectCrs>\n" +
         tree(nodes, language) + canvas(planned.result.grid, reference) + "<projectlayers>\n" + map_layers +
         "</projectlayers>\n<properties><SpatialRefSys><ProjectionsEnabled "
         "type=\"int\">1</ProjectionsEnabled></SpatialRefSys>"
         "<Paths><Absolute type=\"bool\">false</Absolute></Paths></properties>\n"
         "</qgis>\n";
}

std::string qgis_project_zip(const std::string& project) {
  return zip_bytes({{"network.qgs", project}});
}

}  // namespace amaneku::scenarios
