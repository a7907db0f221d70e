#include "terrain/routes/map_builder.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>

#include "terrain/files/text_file.hpp"
#include "terrain/geodesic.hpp"
#include "terrain/people/way_words.hpp"
#include "terrain/vector/column_names.hpp"

namespace amaneku {
namespace {

/// Nearer than this, two points are one.
constexpr double kSamePoint_m = 0.001;

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const std::string_view digits = trimmed(text);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// The words of OpenStreetMap, and the letters of extracts of it: F along, T against, B both.
std::optional<OneWay> one_way_of(std::string_view word) noexcept {
  if (word == "yes" || word == "true" || word == "1" || word == "F") return OneWay::along;
  if (word == "-1" || word == "reverse" || word == "T") return OneWay::against;
  if (word == "no" || word == "false" || word == "0" || word == "B") return OneWay::no;
  return std::nullopt;
}

std::string one_way_message(std::string_view word) {
  return fmt::format("one way \"{}\" is not understood and counts as both ways", word.substr(0, 60));
}

}  // namespace

MapBuilder::MapBuilder(const std::filesystem::path& path, RouteFormat format, const RouteMapOptions& options,
                       FaultList& faults)
    : path_(path), options_(options), faults_(faults) {
  map_.format = format;
  map_.file = path.string();
}

void MapBuilder::put(WayAttributes& attributes, WayKey key, std::string_view value) {
  const std::string_view word = trimmed(value);
  if (word.empty()) return;
  const auto not_understood = [&](const char* id, const char* what) {
    warn(id, fmt::format("{} \"{}\" is not understood and counts as unknown", what, word.substr(0, 60)));
  };
  switch (key) {
    case WayKey::road_class:
      attributes.road_class = word;
      break;
    case WayKey::ref:
      attributes.ref = word;
      break;
    case WayKey::name:
      attributes.name = word;
      break;
    case WayKey::tunnel:
      attributes.tunnel = tunnel_of(word).value_or(Presence::unknown);
      if (!tunnel_of(word)) not_understood("route_tunnel_not_understood", "tunnel");
      break;
    case WayKey::bridge:
      attributes.bridge = bridge_of(word).value_or(Presence::unknown);
      if (!bridge_of(word)) not_understood("route_bridge_not_understood", "bridge");
      break;
    case WayKey::layer:
      attributes.layer = whole_number(word);
      if (!attributes.layer) not_understood("route_layer_not_understood", "layer");
      break;
    case WayKey::maxspeed:
      attributes.speed_limit_kmh = speed_limit_kmh_of(word);
      if (!attributes.speed_limit_kmh) not_understood("route_speed_not_understood", "speed limit");
      break;
    case WayKey::one_way:
      attributes.one_way = one_way_of(word).value_or(OneWay::no);
      if (!one_way_of(word)) warn("route_one_way_not_understood", one_way_message(word));
      break;
  }
}

void MapBuilder::settle_absent(WayAttributes& attributes, bool knows_tunnels, bool knows_bridges) const {
  if (!options_.absent_means_none) return;
  if (knows_tunnels && attributes.tunnel == Presence::unknown) attributes.tunnel = Presence::none;
  if (knows_bridges && attributes.bridge == Presence::unknown) attributes.bridge = Presence::none;
}

std::optional<LonLat> MapBuilder::position(double lon_deg, double lat_deg, const WayPlace& place) {
  if (are_swapped({lon_deg, lat_deg})) {
    fault_of(
        "swapped", place,
        fmt::format("({}, {}) is no position on Earth: are longitude and latitude swapped?", lon_deg, lat_deg));
    return std::nullopt;
  }
  if (!(std::fabs(lon_deg) <= 180.0) || !(std::fabs(lat_deg) <= 90.0)) {
    fault_of("off Earth", place, fmt::format("({}, {}) is no position on Earth", lon_deg, lat_deg),
             "longitude -180 .. 180, latitude -90 .. 90");
    return std::nullopt;
  }
  return LonLat{lon_deg, lat_deg};
}

bool MapBuilder::measure(RoutePiece& piece) {
  std::vector<WayPoint> kept;
  kept.reserve(piece.points.size());
  piece.length_m = 0.0;
  for (const WayPoint& point : piece.points) {
    const double step_m = kept.empty() ? 0.0 : geodesic_between(kept.back().at, point.at).length_m;
    if (!kept.empty() && step_m <= kSamePoint_m) continue;
    piece.length_m += step_m;
    kept.push_back(point);
  }
  piece.points = std::move(kept);
  return piece.points.size() > 1;
}

void MapBuilder::expect_points(std::size_t more) const {
  if (points_ + more <= options_.max_points) return;
  refuse(fmt::format("holds more than {} points", options_.max_points),
         "the roads of the region that is planned, cut out of the file");
}

void MapBuilder::add(RoutePiece piece) {
  expect_points(piece.points.size());
  points_ += piece.points.size();
  if (is_not_in_use(piece.attributes.road_class)) {
    return warn("route_way_not_in_use", "ways that are planned, being built or given up were left out");
  }
  if (!measure(piece)) {
    return warn("route_way_without_length", piece.where + " has no length and was left out");
  }
  if (!ids_.insert(piece.id).second) {
    warn("route_id_repeated",
         "the id \"" + piece.id + "\" (" + piece.where + ") was there before: whoever picks it gets all of them");
  }
  map_.pieces.push_back(std::move(piece));
}

void MapBuilder::fault(const WayPlace& place, std::string message, std::string legal) {
  fault_of({}, place, std::move(message), std::move(legal));
}

void MapBuilder::fault_of(const std::string& habit, const WayPlace& place, std::string message,
                          std::string legal) {
  faulty_ = true;
  faults_.add(habit, {.message = (place.where.empty() ? "" : place.where + ": ") + std::move(message),
                      .line = place.line,
                      .legal = std::move(legal)});
}

void MapBuilder::warn(const std::string& id, const std::string& message) {
  const auto [found, fresh] = warnings_.try_emplace(id, Warning{id, message, 0});
  ++found->second.count;
}

void MapBuilder::refuse(std::string message, std::string legal) const {
  refuse_at({}, std::move(message), std::move(legal));
}

void MapBuilder::refuse_at(const WayPlace& place, std::string message, std::string legal) const {
  throw InputError(Fault{.message = (place.where.empty() ? "" : place.where + ": ") + std::move(message),
                         .file = path_.string(),
                         .line = place.line,
                         .legal = std::move(legal)});
}

RouteMap MapBuilder::take() {
  for (const auto& [id, warning] : warnings_) map_.warnings.push_back(warning);
  if (map_.pieces.empty() && !faulty_) {
    const std::string why = map_.warnings.empty() ? "" : ": " + map_.warnings.front().message;
    refuse("holds no way that has a length" + why);
  }
  return std::move(map_);
}

}  // namespace amaneku
