#include "terrain/vector/city_gml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <pugixml.hpp>
#include <string_view>

#include "terrain/error.hpp"
#include "terrain/files/guarded_xml.hpp"
#include "terrain/files/text_file.hpp"

namespace amaneku {
namespace {

constexpr double kSameHeight_m = 1e-6;

/// Without the prefix of its namespace: files differ in it.
std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_named(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& one : node.children()) {
    if (local_name(one) == name) return one;
  }
  return {};
}

/// The elements of this name below, in the order of the file; what is inside of one is not searched.
template <class Visit>
void for_each_below(const pugi::xml_node& node, std::string_view name, const Visit& visit) {
  for (const pugi::xml_node& one : node.children()) {
    if (local_name(one) == name) {
      visit(one);
    } else {
      for_each_below(one, name, visit);
    }
  }
}

struct CityCorner {
  LonLat at;
  double height_m;
};
using CityFace = std::vector<std::vector<CityCorner>>;  // the outer ring, then its holes

class CityGmlParser {
 public:
  CityGmlParser(std::string text, const std::string& name)
      : name_(name),
        xml_(std::move(text), name, {.utf8 = "CityGML in UTF-8", .smaller = "one file a mesh of 1 km"}) {}

  std::vector<CityGmlBuilding> run() {
    check_crs(xml_.root());
    std::vector<CityGmlBuilding> out;
    add_buildings(xml_.root(), out);
    return out;
  }

 private:
  [[noreturn]] void refuse(std::string message, std::string legal = {}) const {
    throw InputError(Fault{.message = std::move(message), .file = name_, .legal = std::move(legal)});
  }
  [[noreturn]] void refuse_at(const pugi::xml_node& node, std::string message) const {
    Fault fault{.message = std::move(message), .file = name_};
    fault.line = xml_.line_of(node);
    throw InputError(std::move(fault));
  }

  /// JGD2011, latitude first, with heights.
  void check_crs(const pugi::xml_node& root) const {
    const pugi::xml_node envelope = child_named(child_named(root, "boundedBy"), "Envelope");
    const std::string_view srs = envelope.attribute("srsName").value();
    const std::size_t slash = srs.find_last_of("/:");
    if ((slash == std::string_view::npos ? srs : srs.substr(slash + 1)) == "6697") return;
    refuse(srs.empty() ? "states no coordinate reference system (gml:Envelope srsName)"
                       : fmt::format("is in the coordinate reference system \"{}\"", srs),
           "EPSG:6697, latitude, longitude and height, as PLATEAU delivers it");
  }

  void add_buildings(const pugi::xml_node& node, std::vector<CityGmlBuilding>& out) const {
    for (const pugi::xml_node& one : node.children()) {
      const std::string_view name = local_name(one);
      if (name == "Building" || name == "BuildingPart") {
        // A building of parts may have no geometry of its own.
        CityGmlBuilding building = building_of(one);
        const std::size_t before = out.size();
        for (const pugi::xml_node& of : one.children()) {
          if (local_name(of) == "consistsOfBuildingPart") add_buildings(of, out);
        }
        if (!building.area.empty() || out.size() == before) out.push_back(std::move(building));
      } else {
        add_buildings(one, out);
      }
    }
  }

  [[nodiscard]] CityGmlBuilding building_of(const pugi::xml_node& node) const {
    CityGmlBuilding out;
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name == "gml:id" || name == "id") out.id = attribute.value();
    }
    if (const pugi::xml_node measured = child_named(node, "measuredHeight"))
      out.measured_m = measured_of(measured);
    const std::vector<CityFace> solid = faces(child_named(node, "lod1Solid"));
    if (!solid.empty()) {
      const auto [low, high] = heights_of(solid);
      out.solid_m = high - low;
    }
    for (const char* lod0 : {"lod0FootPrint", "lod0RoofEdge"}) {
      if (out.area.empty()) add_area(faces(child_named(node, lod0)), out);
    }
    if (out.area.empty() && !solid.empty()) add_area(lowest_faces(solid), out);
    return out;
  }

  [[nodiscard]] double measured_of(const pugi::xml_node& node) const {
    const std::string_view unit = node.attribute("uom").value();
    if (!unit.empty() && unit != "m" && unit != "#m" && unit != "urn:ogc:def:uom:UCUM::m")
      refuse_at(node, fmt::format("measuredHeight is in \"{}\", not in metres", unit));
    const std::optional<double> value = parse_number(trimmed(node.child_value()));
    if (!value || !std::isfinite(*value))
      refuse_at(node, fmt::format("measuredHeight = \"{}\" is not a number",
                                  std::string_view(node.child_value()).substr(0, 40)));
    return *value;
  }

  [[nodiscard]] std::vector<CityFace> faces(const pugi::xml_node& node) const {
    std::vector<CityFace> out;
    for_each_below(node, "Polygon", [&](const pugi::xml_node& polygon) {
      CityFace face;
      for (const pugi::xml_node& side : polygon.children()) {
        const std::string_view name = local_name(side);
        if (name != "exterior" && name != "interior") continue;
        for_each_below(side, "posList", [&](const pugi::xml_node& list) {
          std::vector<CityCorner> ring = corners(list);
          if (name == "exterior") {
            face.insert(face.begin(), std::move(ring));
          } else {
            face.push_back(std::move(ring));
          }
        });
      }
      if (!face.empty()) out.push_back(std::move(face));
    });
    return out;
  }

  [[nodiscard]] std::vector<CityCorner> corners(const pugi::xml_node& list) const {
    std::vector<double> values;
    const std::string_view text = list.child_value();
    const char* at = text.data();
    const char* const end = at + text.size();
    while (true) {
      while (at < end && (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')) ++at;
      if (at >= end) break;
      double value = 0.0;
      const std::from_chars_result read = std::from_chars(at, end, value);
      if (read.ec != std::errc() || !std::isfinite(value))
        refuse_at(list, fmt::format("posList holds \"{}\", which is not a number",
                                    std::string_view(
                                        at, static_cast<std::size_t>(std::min<std::ptrdiff_t>(end - at, 20)))));
      values.push_back(value);
      at = read.ptr;
    }
    if (values.size() % 3 != 0 || values.size() < 12)
      refuse_at(list, fmt::format("posList holds {} numbers: a ring has four corners of three at the least",
                                  values.size()));
    std::vector<CityCorner> ring;
    for (std::size_t i = 0; i < values.size(); i += 3) {
      const CityCorner corner{{values[i + 1], values[i]}, values[i + 2]};
      if (std::fabs(corner.at.lat_deg) > 90.0 || std::fabs(corner.at.lon_deg) > 180.0)
        refuse_at(list, fmt::format("posList holds ({}, {}), which is no latitude and longitude", values[i],
                                    values[i + 1]));
      ring.push_back(corner);
    }
    return ring;
  }

  static std::pair<double, double> heights_of(const std::vector<CityFace>& faces) {
    double low = faces.front().front().front().height_m;
    double high = low;
    for (const CityFace& face : faces) {
      for (const CityCorner& corner : face.front()) {
        low = std::min(low, corner.height_m);
        high = std::max(high, corner.height_m);
      }
    }
    return {low, high};
  }

  static std::vector<CityFace> lowest_faces(const std::vector<CityFace>& solid) {
    const double low = heights_of(solid).first;
    std::vector<CityFace> out;
    std::copy_if(solid.begin(), solid.end(), std::back_inserter(out), [&](const CityFace& face) {
      return std::all_of(face.front().begin(), face.front().end(),
                         [&](const CityCorner& corner) { return corner.height_m <= low + kSameHeight_m; });
    });
    return out;
  }

  static void add_area(const std::vector<CityFace>& faces, CityGmlBuilding& out) {
    for (const CityFace& face : faces) {
      std::vector<LonLatRing> part;
      for (const std::vector<CityCorner>& ring : face) {
        LonLatRing positions;
        for (const CityCorner& corner : ring) positions.push_back(corner.at);
        part.push_back(std::move(positions));
      }
      out.area.push_back(std::move(part));
    }
  }

  const std::string& name_;
  GuardedXml xml_;
};

/// The first two numbers of <gml:lowerCorner> or the like.
std::optional<LonLat> corner_of(std::string_view text, std::string_view element) {
  const std::size_t at = text.find(element);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t begin = text.find('>', at);
  const std::size_t end = text.find('<', begin == std::string_view::npos ? at : begin);
  if (begin == std::string_view::npos || end == std::string_view::npos) return std::nullopt;
  const std::string_view values = trimmed(text.substr(begin + 1, end - begin - 1));
  const std::size_t blank = values.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const std::string_view rest = trimmed(values.substr(blank));
  const std::optional<double> lat = parse_number(values.substr(0, blank));
  const std::optional<double> lon = parse_number(rest.substr(0, rest.find(' ')));
  if (!lat || !lon) return std::nullopt;
  return LonLat{*lon, *lat};
}

}  // namespace

std::optional<LonLatBox> city_gml_envelope(std::string_view beginning) {
  const std::optional<LonLat> low = corner_of(beginning, "lowerCorner");
  const std::optional<LonLat> high = corner_of(beginning, "upperCorner");
  if (!low || !high) return std::nullopt;
  LonLatBox box;
  box.include(*low);
  box.include(*high);
  return box;
}

bool is_city_gml(std::string_view beginning) {
  return beginning.find("CityModel") != std::string_view::npos &&
         beginning.find("opengis.net/citygml") != std::string_view::npos;
}

std::vector<CityGmlBuilding> parse_city_gml(std::string text, const std::string& name) {
  return CityGmlParser(std::move(text), name).run();
}

}  // namespace amaneku
