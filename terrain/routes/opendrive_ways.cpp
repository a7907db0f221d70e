#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "terrain/files/text_file.hpp"
#include "terrain/routes/metre_crs.hpp"
#include "terrain/routes/opendrive_geometry.hpp"
#include "terrain/routes/way_readers.hpp"
#include "terrain/routes/xml_source.hpp"

namespace amaneku {
namespace {

/// Elements of a reference line that end and begin farther apart are told of.
constexpr double kGap_m = 0.1;
constexpr const char* kGeometries = "line, arc, spiral, poly3, paramPoly3";

/// A cubic of the distance from its beginning.
struct HeightPiece {
  double s_m;
  std::array<double, 4> coefficients;
};

/// A tunnel or a bridge.
struct Structure {
  double from_m;
  double to_m;
  bool tunnel;
};

struct StationPoint {
  double s_m;
  WayPoint point;
};

class OpenDriveReader {
 public:
  OpenDriveReader(MapBuilder& builder, const XmlSource& xml)
      : builder_(builder), xml_(xml), to_lonlat_(transform_of_header()) {}

  void read() {
    const pugi::xml_node root = xml_.root();
    lists_tunnels_ = !root.select_node("road/objects/tunnel").node().empty();
    lists_bridges_ = !root.select_node("road/objects/bridge").node().empty();
    if (root.select_node("//include"))
      builder_.warn("route_include_not_followed", "the file includes other files, which are not read");
    if (!read_offset()) return;
    for (const pugi::xml_node& road : root.children("road")) read_road(road);
  }

 private:
  [[nodiscard]] LonLatTransform transform_of_header() {
    const std::string text = xml_.root().child("header").child("geoReference").text().get();
    return transform_of_metres(builder_, std::string(trimmed(text)),
                               "the OpenDRIVE file, without a geoReference,");
  }

  /// What lies between the metres of the file and those of its projection (from OpenDRIVE 1.6 on). False, and a
  /// fault, where it turns them.
  [[nodiscard]] bool read_offset() {
    const pugi::xml_node offset = xml_.root().child("header").child("offset");
    if (!offset) return true;
    const WayPlace place{xml_.line_of(offset), ""};
    const std::optional<double> x = xml_number(builder_, offset, "x", place);
    const std::optional<double> y = xml_number(builder_, offset, "y", place);
    if (!x || !y) return false;
    const bool turned = offset.attribute("hdg") && xml_number(builder_, offset, "hdg", place) != 0.0;
    if (turned)
      builder_.fault(place, "the <offset> of the header turns the map, which is not supported", "hdg=\"0\"");
    offset_ = {*x, *y};
    offset_height_m_ = offset.attribute("z") ? xml_number(builder_, offset, "z", place).value_or(0.0) : 0.0;
    return !turned;
  }

  [[nodiscard]] WayPlace place_of(const pugi::xml_node& node) const {
    return {xml_.line_of(node), "road " + road_};
  }

  void read_road(const pugi::xml_node& road) {
    road_ = road.attribute("id").value();
    if (!ids_.insert(road_).second) return builder_.fault(place_of(road), "the id is given twice in this file");
    const pugi::xml_node plan = road.child("planView");
    std::vector<OpenDriveElement> elements;
    for (const pugi::xml_node& geometry : plan.children("geometry")) {
      std::optional<OpenDriveElement> element = read_geometry(geometry);
      if (!element) return;
      elements.push_back(std::move(*element));
    }
    if (elements.empty()) return builder_.fault(place_of(road), "has no geometry in its planView", kGeometries);
    const std::optional<std::vector<HeightPiece>> heights = read_heights(road);
    const std::optional<std::vector<Structure>> structures = read_structures(road);
    if (!heights || !structures) return;
    std::vector<StationPoint> line = line_of(elements, *structures);
    add_heights(line, *heights);
    split_at_structures(road, line, *structures);
  }

  [[nodiscard]] std::optional<OpenDriveElement> read_geometry(const pugi::xml_node& geometry) {
    const WayPlace place = place_of(geometry);
    const auto number = [&](const char* name) { return xml_number(builder_, geometry, name, place); };
    const std::optional<double> s = number("s");
    const std::optional<double> x = number("x");
    const std::optional<double> y = number("y");
    const std::optional<double> heading = number("hdg");
    const std::optional<double> length = number("length");
    if (!s || !x || !y || !heading || !length) return std::nullopt;
    if (*length < 0.0) {
      builder_.fault(place, fmt::format("a geometry has the length {}", *length), ">= 0 m");
      return std::nullopt;
    }
    OpenDriveElement out{.s_m = *s, .start = {*x, *y}, .heading_rad = *heading, .length_m = *length};
    return read_shape(geometry, out) ? std::optional(out) : std::nullopt;
  }

  /// False, and a fault, for a shape that is not known or not complete.
  [[nodiscard]] bool read_shape(const pugi::xml_node& geometry, OpenDriveElement& out) {
    const pugi::xml_node shape = geometry.find_child([](const pugi::xml_node& node) {
      const std::string_view name = node.name();
      return node.type() == pugi::node_element && name != "userData" && name != "include" && name != "dataQuality";
    });
    const std::string_view kind = shape.name();
    if (kind == "line") {
      out.shape = OpenDriveSpiral{};
      return true;
    }
    if (kind == "arc") {
      const std::optional<double> curvature = xml_number(builder_, shape, "curvature", place_of(shape));
      if (curvature) out.shape = OpenDriveSpiral{*curvature, *curvature};
      return curvature.has_value();
    }
    if (kind == "spiral") {
      const std::optional<double> start = xml_number(builder_, shape, "curvStart", place_of(shape));
      const std::optional<double> end = xml_number(builder_, shape, "curvEnd", place_of(shape));
      if (start && end) out.shape = OpenDriveSpiral{*start, *end};
      return start && end;
    }
    if (kind == "poly3" || kind == "paramPoly3") return read_polynomial(shape, out);
    builder_.fault(place_of(geometry), fmt::format("its geometry \"{}\" is not supported", kind), kGeometries);
    return false;
  }

  [[nodiscard]] std::optional<std::array<double, 4>> coefficients(const pugi::xml_node& node,
                                                                  const std::string& suffix) {
    std::array<double, 4> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::string name = std::string(1, static_cast<char>('a' + i)) + suffix;
      const std::optional<double> value = xml_number(builder_, node, name.c_str(), place_of(node));
      if (!value) return std::nullopt;
      out[i] = *value;
    }
    return out;
  }

  [[nodiscard]] bool read_polynomial(const pugi::xml_node& shape, OpenDriveElement& out) {
    if (std::string_view(shape.name()) == "poly3") {
      const std::optional<std::array<double, 4>> v = coefficients(shape, "");
      if (v) out.shape = OpenDrivePoly3{*v};
      return v.has_value();
    }
    const std::string_view range = shape.attribute("pRange").value();
    if (!range.empty() && range != "arcLength" && range != "normalized") {
      builder_.fault(place_of(shape), fmt::format("pRange = \"{}\" is not known", range.substr(0, 40)),
                     "arcLength, normalized");
      return false;
    }
    const std::optional<std::array<double, 4>> u = coefficients(shape, "U");
    const std::optional<std::array<double, 4>> v = coefficients(shape, "V");
    if (!u || !v) return false;
    // The format's own default.
    out.shape = OpenDriveParamPoly3{*u, *v, range != "arcLength"};
    return true;
  }

  [[nodiscard]] std::optional<std::vector<HeightPiece>> read_heights(const pugi::xml_node& road) {
    std::vector<HeightPiece> out;
    for (const pugi::xml_node& elevation : road.child("elevationProfile").children("elevation")) {
      const std::optional<double> s = xml_number(builder_, elevation, "s", place_of(elevation));
      const std::optional<std::array<double, 4>> c = coefficients(elevation, "");
      if (!s || !c) return std::nullopt;
      out.push_back({*s, *c});
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.s_m < b.s_m; });
    return out;
  }

  [[nodiscard]] std::optional<std::vector<Structure>> read_structures(const pugi::xml_node& road) {
    std::vector<Structure> out;
    for (const pugi::xml_node& object : road.child("objects").children()) {
      const std::string_view kind = object.name();
      if (kind != "tunnel" && kind != "bridge") continue;
      const std::optional<double> s = xml_number(builder_, object, "s", place_of(object));
      const std::optional<double> length = xml_number(builder_, object, "length", place_of(object));
      if (!s || !length) return std::nullopt;
      out.push_back({*s, *s + *length, kind == "tunnel"});
    }
    return out;
  }

  /// The line with a point at each end of a structure; x and y stand in longitude and latitude.
  [[nodiscard]] std::vector<StationPoint> line_of(const std::vector<OpenDriveElement>& elements,
                                                  const std::vector<Structure>& structures) {
    std::vector<StationPoint> out;
    for (const OpenDriveElement& element : elements) {
      std::vector<double> at_m = distances_along(element, builder_.options().max_points);
      builder_.expect_points(out.size() + at_m.size());
      for (const Structure& structure : structures) {
        for (const double s : {structure.from_m, structure.to_m}) {
          if (s > element.s_m && s < element.s_m + element.length_m) at_m.push_back(s - element.s_m);
        }
      }
      std::sort(at_m.begin(), at_m.end());
      const std::vector<Point> points = points_along(element, at_m);
      if (!out.empty()) tell_gap(out.back().point.at, points.front());
      for (std::size_t i = 0; i < points.size(); ++i)
        out.push_back({element.s_m + at_m[i], {{points[i].x_m + offset_.x_m, points[i].y_m + offset_.y_m}}});
    }
    return out;
  }

  void tell_gap(LonLat end, Point start) {
    const double gap_m = std::hypot(start.x_m + offset_.x_m - end.lon_deg, start.y_m + offset_.y_m - end.lat_deg);
    if (gap_m <= kGap_m) return;
    builder_.warn("route_opendrive_gap",
                  fmt::format("road {}: a geometry begins {:.2f} m from the end of the one before", road_, gap_m));
  }

  void add_heights(std::vector<StationPoint>& line, const std::vector<HeightPiece>& heights) const {
    if (heights.empty()) return;
    for (StationPoint& station : line) {
      const auto after = std::upper_bound(heights.begin(), heights.end(), station.s_m,
                                          [](double s, const HeightPiece& piece) { return s < piece.s_m; });
      if (after == heights.begin()) continue;
      const HeightPiece& piece = *(after - 1);
      const double ds = station.s_m - piece.s_m;
      const auto& c = piece.coefficients;
      station.point.height_m = offset_height_m_ + c[0] + ds * (c[1] + ds * (c[2] + ds * c[3]));
    }
  }

  [[nodiscard]] WayAttributes attributes_of(const pugi::xml_node& road) {
    WayAttributes out;
    builder_.put(out, WayKey::name, road.attribute("name").value());
    const pugi::xml_node type = road.child("type");
    builder_.put(out, WayKey::road_class, type.attribute("type").value());
    const pugi::xml_node speed = type.child("speed");
    const std::string_view limit = speed.attribute("max").value();
    if (limit.empty() || limit == "no limit" || limit == "undefined") return out;
    // Without a unit the format means m/s.
    const std::string_view unit = speed.attribute("unit").value();
    builder_.put(out, WayKey::maxspeed, fmt::format("{} {}", limit, unit.empty() ? "m/s" : unit));
    return out;
  }

  /// What a stretch between two neighbouring ends of structures is in. A file that lists any tunnel lists them
  /// all.
  [[nodiscard]] WayAttributes attributes_at(WayAttributes attributes, double s_m,
                                            const std::vector<Structure>& structures) const {
    if (lists_tunnels_) attributes.tunnel = Presence::none;
    if (lists_bridges_) attributes.bridge = Presence::none;
    for (const Structure& structure : structures) {
      if (s_m < structure.from_m || s_m > structure.to_m) continue;
      (structure.tunnel ? attributes.tunnel : attributes.bridge) = Presence::yes;
    }
    builder_.settle_absent(attributes);
    return attributes;
  }

  void split_at_structures(const pugi::xml_node& road, const std::vector<StationPoint>& line,
                           const std::vector<Structure>& structures) {
    const WayAttributes attributes = attributes_of(road);
    std::vector<RoutePiece> pieces;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const double middle_m = 0.5 * (line[i].s_m + line[i + 1].s_m);
      const WayAttributes here = attributes_at(attributes, middle_m, structures);
      const bool seam = line[i].s_m == line[i + 1].s_m;
      if (pieces.empty() || (!seam && pieces.back().attributes != here)) {
        pieces.push_back({.attributes = here, .line = xml_.line_of(road), .where = "road " + road_});
        pieces.back().points.push_back(line[i].point);
      }
      pieces.back().points.push_back(line[i + 1].point);
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      pieces[i].id = pieces.size() > 1 ? fmt::format("{}#{}", road_, i + 1) : road_;
      if (to_lonlat(builder_, to_lonlat_, pieces[i].points, place_of(road))) builder_.add(std::move(pieces[i]));
    }
  }

  MapBuilder& builder_;
  const XmlSource& xml_;
  LonLatTransform to_lonlat_;
  Point offset_{};
  double offset_height_m_ = 0.0;
  bool lists_tunnels_ = false;
  bool lists_bridges_ = false;
  std::string road_{};
  std::set<std::string> ids_{};
};

}  // namespace

void read_opendrive(MapBuilder& builder) {
  const XmlSource xml(builder);
  OpenDriveReader(builder, xml).read();
}

}  // namespace amaneku
