#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "terrain/files/text_file.hpp"
#include "terrain/geodesic.hpp"
#include "terrain/routes/way_readers.hpp"
#include "terrain/routes/xml_source.hpp"

namespace amaneku {
namespace {

using Border = std::vector<WayPoint>;

double geodesic_m(const WayPoint& a, const WayPoint& b) {
  return geodesic_between(a.at, b.at).length_m;
}

/// The share of the border's length at each of its points, 0 to 1.
std::vector<double> shares_of(const Border& border) {
  std::vector<double> share(border.size(), 0.0);
  for (std::size_t i = 1; i < border.size(); ++i) share[i] = share[i - 1] + geodesic_m(border[i - 1], border[i]);
  const double length_m = share.back();
  for (double& s : share) s = length_m > 0.0 ? s / length_m : 0.0;
  return share;
}

/// Difference of two longitudes the short way.
double lon_step_deg(double from_deg, double to_deg) {
  return std::remainder(to_deg - from_deg, 360.0);
}

WayPoint between(const WayPoint& a, const WayPoint& b, double t) {
  const double lon_deg = a.at.lon_deg + t * lon_step_deg(a.at.lon_deg, b.at.lon_deg);
  return {{std::remainder(lon_deg, 360.0), a.at.lat_deg + t * (b.at.lat_deg - a.at.lat_deg)},
          a.height_m + t * (b.height_m - a.height_m)};
}

WayPoint at_share(const Border& border, std::span<const double> share, double s) {
  const auto after = std::upper_bound(share.begin(), share.end(), s);
  const auto last = std::clamp<std::ptrdiff_t>(after - share.begin(), 1, std::ssize(share) - 1);
  const auto i = static_cast<std::size_t>(last);
  const double width = share[i] - share[i - 1];
  return between(border[i - 1], border[i], width > 0.0 ? std::clamp((s - share[i - 1]) / width, 0.0, 1.0) : 1.0);
}

/// True where `p` lies left of the way from a to b; on a lane's scale the Earth is flat.
bool is_left_of(const WayPoint& a, const WayPoint& b, const WayPoint& p) {
  const double shrink = std::cos(a.at.lat_deg * kDegToRad);
  const double bx = lon_step_deg(a.at.lon_deg, b.at.lon_deg) * shrink;
  const double by = b.at.lat_deg - a.at.lat_deg;
  const double px = lon_step_deg(a.at.lon_deg, p.at.lon_deg) * shrink;
  const double py = p.at.lat_deg - a.at.lat_deg;
  return bx * py - by * px > 0.0;
}

/// Borders may be drawn in any direction: afterwards both run as the lane does, the left one on its left.
void turn_borders(Border& left, Border& right) {
  const double as_drawn_m = geodesic_m(left.front(), right.front()) + geodesic_m(left.back(), right.back());
  const double turned_m = geodesic_m(left.front(), right.back()) + geodesic_m(left.back(), right.front());
  if (turned_m < as_drawn_m) std::reverse(right.begin(), right.end());
  const std::vector<double> left_share = shares_of(left);
  const std::vector<double> right_share = shares_of(right);
  // Most places along the lane decide: a border that bends back is left and right of the other by turns.
  int on_right = 0;
  constexpr int kPlaces = 9;
  for (int i = 1; i <= kPlaces; ++i) {
    const double s = static_cast<double>(i) / (kPlaces + 1);
    const WayPoint behind = at_share(right, right_share, std::max(0.0, s - 0.05));
    const WayPoint ahead = at_share(right, right_share, std::min(1.0, s + 0.05));
    if (!is_left_of(behind, ahead, at_share(left, left_share, s))) ++on_right;
  }
  if (2 * on_right > kPlaces) {
    std::reverse(left.begin(), left.end());
    std::reverse(right.begin(), right.end());
  }
}

/// Midway between points of the same share of their borders' lengths.
std::vector<WayPoint> centre_line(const Border& left, const Border& right) {
  const std::vector<double> left_share = shares_of(left);
  const std::vector<double> right_share = shares_of(right);
  std::vector<double> all = left_share;
  all.insert(all.end(), right_share.begin(), right_share.end());
  std::sort(all.begin(), all.end());
  std::vector<WayPoint> out;
  double last = -1.0;
  for (const double s : all) {
    if (s - last < 1e-9) continue;
    last = s;
    out.push_back(between(at_share(left, left_share, s), at_share(right, right_share, s), 0.5));
  }
  return out;
}

class LaneletReader {
 public:
  LaneletReader(MapBuilder& builder, const XmlSource& xml) : builder_(builder), xml_(xml) {}

  void read() {
    for (const pugi::xml_node& node : xml_.root().children("node")) read_node(node);
    for (const pugi::xml_node& way : xml_.root().children("way")) read_way(way);
    for (const pugi::xml_node& relation : xml_.root().children("relation")) {
      if (tag_of(relation, "type") == "lanelet") read_lanelet(relation);
    }
  }

 private:
  using Id = std::string;

  [[nodiscard]] WayPlace place_of(const pugi::xml_node& node) const {
    return {xml_.line_of(node), fmt::format("{} {}", node.name(), node.attribute("id").value())};
  }

  void twice(const pugi::xml_node& node) { builder_.fault(place_of(node), "the id is given twice in this file"); }

  void read_node(const pugi::xml_node& node) {
    const WayPlace place = place_of(node);
    if (std::string_view(node.attribute("lat").value()).empty() && !tag_of(node, "local_x").empty()) {
      return builder_.fault_of("local", place, "is unprojected: it has local_x and local_y, and no lat and lon",
                               "a map with lat and lon");
    }
    const std::optional<double> lon = xml_number(builder_, node, "lon", place);
    const std::optional<double> lat = xml_number(builder_, node, "lat", place);
    if (!lon || !lat) return;
    const std::optional<LonLat> at = builder_.position(*lon, *lat, place);
    if (!at) return;
    WayPoint point{*at};
    const std::string_view height = tag_of(node, "ele");
    if (!height.empty()) {
      const std::optional<double> height_m = parse_number(height);
      if (!height_m || !std::isfinite(*height_m))
        return builder_.fault(place, fmt::format("ele = \"{}\" is not a number", height.substr(0, 40)));
      point.height_m = *height_m;
    }
    if (!nodes_.emplace(node.attribute("id").value(), point).second) twice(node);
  }

  void read_way(const pugi::xml_node& way) {
    Border border;
    for (const pugi::xml_node& nd : way.children("nd")) {
      const auto found = nodes_.find(nd.attribute("ref").value());
      if (found == nodes_.end()) {
        return builder_.fault(place_of(way),
                              fmt::format("its node {} is not in this file",
                                          std::string_view(nd.attribute("ref").value()).substr(0, 40)));
      }
      border.push_back(found->second);
    }
    if (!ways_.emplace(way.attribute("id").value(), std::move(border)).second) twice(way);
  }

  /// nullptr, and a fault, unless the lanelet has exactly one border of that side.
  [[nodiscard]] const Border* border_of(const pugi::xml_node& relation, const char* role) {
    const Border* found = nullptr;
    for (const pugi::xml_node& member : relation.children("member")) {
      if (std::string_view(member.attribute("role").value()) != role) continue;
      if (found != nullptr) {
        builder_.fault(place_of(relation), fmt::format("the lanelet has more than one {} border", role));
        return nullptr;
      }
      const auto way = ways_.find(member.attribute("ref").value());
      if (way == ways_.end() || way->second.size() < 2) {
        builder_.fault(place_of(relation),
                       fmt::format("its {} border, way {}, is not in this file or has less than two points", role,
                                   std::string_view(member.attribute("ref").value()).substr(0, 40)));
        return nullptr;
      }
      found = &way->second;
    }
    if (found == nullptr) builder_.fault(place_of(relation), fmt::format("the lanelet has no {} border", role));
    return found;
  }

  void read_lanelet(const pugi::xml_node& relation) {
    const std::string id = relation.attribute("id").value();
    if (!lanelets_.insert(id).second) return twice(relation);
    const Border* left_border = border_of(relation, "left");
    const Border* right_border = border_of(relation, "right");
    if (left_border == nullptr || right_border == nullptr) return;
    Border left = *left_border;
    Border right = *right_border;
    turn_borders(left, right);
    RoutePiece piece{
        .id = id, .points = centre_line(left, right), .line = xml_.line_of(relation), .where = "lanelet " + id};
    builder_.put(piece.attributes, WayKey::road_class, tag_of(relation, "subtype"));
    builder_.put(piece.attributes, WayKey::name, tag_of(relation, "road_name"));
    builder_.put(piece.attributes, WayKey::tunnel, tag_of(relation, "tunnel"));
    builder_.put(piece.attributes, WayKey::bridge, tag_of(relation, "bridge"));
    builder_.put(piece.attributes, WayKey::layer, tag_of(relation, "layer"));
    builder_.put(piece.attributes, WayKey::maxspeed, tag_of(relation, "speed_limit"));
    builder_.add(std::move(piece));
  }

  MapBuilder& builder_;
  const XmlSource& xml_;
  std::map<Id, WayPoint> nodes_{};
  std::map<Id, Border> ways_{};
  std::set<Id> lanelets_{};
};

}  // namespace

void read_lanelet2(MapBuilder& builder) {
  const XmlSource xml(builder);
  LaneletReader(builder, xml).read();
}

}  // namespace amaneku
