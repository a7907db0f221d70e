#include "terrain/routes/route_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "terrain/geodesic.hpp"
#include "terrain/routes/piece_graph.hpp"

namespace amaneku {
namespace {

constexpr double kMostSamples = 1e7;
/// Nearer than this, the end of one piece and the beginning of the next are one place.
constexpr double kSamePlace_m = 0.001;

std::string place_text(LonLat at) {
  return fmt::format("({:.6f}, {:.6f})", at.lon_deg, at.lat_deg);
}

[[noreturn]] void refuse_route(const RouteMap& map, std::string message, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(message), .file = map.file, .legal = std::move(legal)});
}

LonLat first_of(const RouteMap& map, DrivenPiece driven) {
  const std::vector<WayPoint>& points = map.pieces[driven.piece].points;
  return driven.backwards ? points.back().at : points.front().at;
}
LonLat last_of(const RouteMap& map, DrivenPiece driven) {
  return first_of(map, {driven.piece, !driven.backwards});
}

double gap_m(const RouteMap& map, DrivenPiece before, DrivenPiece after) {
  return geodesic_between(last_of(map, before), first_of(map, after)).length_m;
}

/// Directions in which pieces that follow each other in a given order meet best.
std::vector<DrivenPiece> in_order(const RouteMap& map, const std::vector<std::size_t>& pieces, bool trace) {
  std::vector<DrivenPiece> out;
  for (const std::size_t piece : pieces) {
    DrivenPiece next{piece, false};
    if (!trace && !out.empty()) {
      // The first piece turns with the second: what is drawn is kept where both ways are as good.
      const DrivenPiece before = out.back();
      const DrivenPiece turned{before.piece, !before.backwards};
      double best_m = gap_m(map, before, next);
      if (const double m = gap_m(map, before, {piece, true}); m < best_m) best_m = m, next.backwards = true;
      if (out.size() == 1) {
        for (const bool backwards : {false, true}) {
          const double m = gap_m(map, turned, {piece, backwards});
          if (m < best_m) best_m = m, next.backwards = backwards, out.back() = turned;
        }
      }
    }
    out.push_back(next);
  }
  return out;
}

/// Every place where pieces in order do not meet.
void check_order(const RouteMap& map, const std::vector<DrivenPiece>& driven, double tolerance_m) {
  std::vector<Fault> faults;
  for (std::size_t i = 1; i < driven.size(); ++i) {
    const double m = gap_m(map, driven[i - 1], driven[i]);
    if (m <= tolerance_m) continue;
    const RoutePiece& before = map.pieces[driven[i - 1].piece];
    const RoutePiece& after = map.pieces[driven[i].piece];
    faults.push_back({.message = fmt::format("\"{}\" ends at {}, and \"{}\" ({:.1f} m long) begins {:.1f} m from "
                                             "there, at {}",
                                             before.id, place_text(last_of(map, driven[i - 1])), after.id,
                                             after.length_m, m, place_text(first_of(map, driven[i]))),
                      .file = map.file,
                      .line = after.line,
                      .legal = fmt::format("ends within {} m of each other", tolerance_m)});
  }
  if (!faults.empty()) throw InputError(std::move(faults));
}

/// Ends of a group: its nodes that one piece leads to.
std::string ends_text(const PieceGraph& graph, std::size_t group) {
  constexpr int kNamed = 4;
  std::string out;
  int count = 0;
  for (std::size_t node = 0; node < graph.places.size(); ++node) {
    if (graph.group[node] != group || graph.leads[node].size() != 1) continue;
    if (++count <= kNamed) out += (out.empty() ? "" : ", ") + place_text(graph.places[node]);
  }
  if (out.empty()) return "without an end";
  return "with ends at " + out + (count > kNamed ? fmt::format(" and {} more", count - kNamed) : "");
}

/// From an end of the group to the nearest end of another one.
std::string nearest_group_text(const PieceGraph& graph, std::size_t group) {
  // Every pair of places: of thousands that takes seconds, and whoever chose so many has other cares.
  constexpr std::size_t kMostPlaces = 3000;
  if (graph.places.size() > kMostPlaces) return {};
  double best_m = std::numeric_limits<double>::infinity();
  std::pair<std::size_t, std::size_t> best{0, 0};
  for (std::size_t a = 0; a < graph.places.size(); ++a) {
    if (graph.group[a] != group) continue;
    for (std::size_t b = 0; b < graph.places.size(); ++b) {
      if (graph.group[b] == group) continue;
      const double m = sphere_distance_m(graph.places[a], graph.places[b]);
      if (m < best_m) best_m = m, best = {a, b};
    }
  }
  const LonLat from = graph.places[best.first];
  const LonLat to = graph.places[best.second];
  return fmt::format("; the nearest other lies {:.1f} m from {}, at {}", geodesic_between(from, to).length_m,
                     place_text(from), place_text(to));
}

[[noreturn]] void refuse_groups(const RouteMap& map, const PieceGraph& graph, double tolerance_m) {
  constexpr std::size_t kListed = 20;
  std::vector<Fault> faults{
      {.message = fmt::format("the ways of the route fall into {} groups that do not connect", graph.groups),
       .file = map.file,
       .legal = fmt::format("ends within {} m of each other", tolerance_m)}};
  for (std::size_t group = 0; group < std::min(graph.groups, kListed); ++group) {
    double length_m = 0.0;
    std::size_t count = 0;
    std::string first;
    for (const PieceGraph::Edge& edge : graph.edges) {
      if (graph.group[edge.node[0]] != group) continue;
      if (count++ == 0) first = map.pieces[edge.piece].id;
      length_m += edge.length_m;
    }
    faults.push_back({.message = fmt::format("group {}: {} ways (\"{}\"{}), {:.1f} m, {}{}", group + 1, count,
                                             first, count > 1 ? " ..." : "", length_m, ends_text(graph, group),
                                             nearest_group_text(graph, group)),
                      .file = map.file});
  }
  if (graph.groups > kListed)
    faults.push_back({.message = fmt::format("and {} more groups", graph.groups - kListed), .file = map.file});
  throw InputError(std::move(faults));
}

void refuse_branches(const RouteMap& map, const PieceGraph& graph) {
  constexpr std::size_t kListed = 10;
  std::vector<Fault> faults;
  std::size_t count = 0;
  for (std::size_t node = 0; node < graph.places.size(); ++node) {
    if (graph.leads[node].size() <= 2 || ++count > kListed) continue;
    std::string ids;
    for (const std::size_t e : graph.leads[node])
      ids += (ids.empty() ? "" : ", ") + ("\"" + map.pieces[graph.edges[e].piece].id + "\"");
    faults.push_back(
        {.message = fmt::format("the ways {} meet at {}", ids, place_text(graph.places[node])), .file = map.file});
  }
  if (faults.empty()) return;
  faults.insert(faults.begin(),
                {.message = fmt::format("the route branches at {} places and would not know where to go", count),
                 .file = map.file,
                 .legal = "ids in the order in which they are driven, or the places from and to"});
  throw InputError(std::move(faults));
}

/// A chain without branches from its end, or around from the beginning of its first piece.
std::vector<DrivenPiece> along_chain(const PieceGraph& graph) {
  std::size_t node = graph.edges.front().node[0];
  for (std::size_t n = 0; n < graph.places.size(); ++n) {
    if (graph.leads[n].size() == 1) {
      node = n;
      break;
    }
  }
  std::vector<bool> used(graph.edges.size(), false);
  std::vector<DrivenPiece> out;
  while (true) {
    const std::vector<std::size_t>& leads = graph.leads[node];
    const auto next = std::find_if(leads.begin(), leads.end(), [&](std::size_t e) { return !used[e]; });
    if (next == leads.end()) break;
    used[*next] = true;
    const PieceGraph::Edge& edge = graph.edges[*next];
    const bool backwards = edge.node[0] != node;
    out.push_back({edge.piece, backwards});
    node = backwards ? edge.node[0] : edge.node[1];
  }
  return out;
}

void turn(std::vector<DrivenPiece>& driven) {
  std::reverse(driven.begin(), driven.end());
  for (DrivenPiece& piece : driven) piece.backwards = !piece.backwards;
}

/// The longer part is driven as it is drawn.
void turn_as_drawn(const RouteMap& map, std::vector<DrivenPiece>& driven) {
  double as_drawn_m = 0.0;
  for (const DrivenPiece& piece : driven)
    as_drawn_m += (piece.backwards ? -1.0 : 1.0) * map.pieces[piece.piece].length_m;
  if (as_drawn_m < 0.0) turn(driven);
}

std::size_t node_near(const RouteMap& map, const PieceGraph& graph, LonLat place, double near_m) {
  std::size_t best = 0;
  double best_m = std::numeric_limits<double>::infinity();
  for (std::size_t node = 0; node < graph.places.size(); ++node) {
    const double m = geodesic_between(place, graph.places[node]).length_m;
    if (m < best_m) best_m = m, best = node;
  }
  if (best_m <= near_m) return best;
  refuse_route(map,
               fmt::format("no end of a way lies near {}: the nearest is {:.1f} m away, at {}", place_text(place),
                           best_m, place_text(graph.places[best])),
               fmt::format("a place within {} m of the end of a way", near_m));
}

std::vector<DrivenPiece> from_place_to_place(const RouteMap& map, const PieceGraph& graph,
                                             const RouteChoice& choice) {
  const std::size_t from = node_near(map, graph, *choice.from, choice.near_m);
  const std::size_t to = node_near(map, graph, *choice.to, choice.near_m);
  if (from == to) refuse_route(map, "the route ends where it begins, at " + place_text(graph.places[from]));
  if (graph.group[from] != graph.group[to]) refuse_groups(map, graph, choice.tolerance_m);
  return shortest_way(graph, from, to);
}

std::vector<DrivenPiece> driven_pieces(const RouteMap& map, const RouteChoice& choice) {
  const std::vector<std::size_t> pieces = chosen_pieces(map, choice);
  const bool trace = map.format == RouteFormat::gpx || map.format == RouteFormat::csv;
  if (choice.from.has_value() != choice.to.has_value())
    refuse_route(map, "a route has either both places, from and to, or none");
  if (!choice.from && (trace || !choice.ids.empty())) {
    std::vector<DrivenPiece> driven = in_order(map, pieces, trace);
    check_order(map, driven, choice.tolerance_m);
    return driven;
  }
  const PieceGraph graph = piece_graph(map, pieces, choice.tolerance_m);
  if (choice.from) return from_place_to_place(map, graph, choice);
  if (graph.groups > 1) refuse_groups(map, graph, choice.tolerance_m);
  refuse_branches(map, graph);
  std::vector<DrivenPiece> driven = along_chain(graph);
  turn_as_drawn(map, driven);
  return driven;
}

/// Puts a piece at the end of the line.
void append(RouteLine& line, const RoutePiece& piece, bool backwards) {
  RouteStretch stretch{.from_m = line.length_m(), .piece = piece.id, .backwards = backwards};
  stretch.attributes = piece.attributes;
  const bool first = line.vertices.empty();
  for (std::size_t i = 0; i < piece.points.size(); ++i) {
    const WayPoint& point = piece.points[backwards ? piece.points.size() - 1 - i : i];
    const double step_m =
        line.vertices.empty() ? 0.0 : geodesic_between(line.vertices.back().at, point.at).length_m;
    if (i == 0 && !first) {
      if (step_m <= kSamePlace_m) continue;
      line.joined_m += step_m;
      line.longest_join_m = std::fmax(line.longest_join_m, step_m);
    }
    const double time_s = backwards ? std::numeric_limits<double>::quiet_NaN() : point.time_s;
    line.vertices.push_back({point.at, point.height_m, time_s, line.length_m() + step_m});
  }
  stretch.to_m = line.length_m();
  line.stretches.push_back(std::move(stretch));
}

/// The place `ahead_m` behind the beginning of the segment from a to b.
RoutePoint place_between(const RouteVertex& a, const RouteVertex& b, double ahead_m) {
  const double width_m = b.s_m - a.s_m;
  const double t = width_m > 0.0 ? ahead_m / width_m : 0.0;
  const GeodesicPlace place = geodesic_along(a.at, geodesic_between(a.at, b.at).azimuth_deg, ahead_m);
  return {.s_m = a.s_m + ahead_m,
          .at = place.at,
          .height_m = a.height_m + t * (b.height_m - a.height_m),
          .time_s = a.time_s + t * (b.time_s - a.time_s),
          .heading_deg = place.azimuth_deg};
}

}  // namespace

double RouteLine::tunnel_m(Presence presence) const noexcept {
  double sum_m = 0.0;
  for (const RouteStretch& stretch : stretches) {
    if (stretch.attributes.tunnel == presence) sum_m += stretch.to_m - stretch.from_m;
  }
  return sum_m;
}

double RouteLine::against_one_way_m(bool back) const noexcept {
  double sum_m = 0.0;
  for (const RouteStretch& stretch : stretches) {
    const OneWay wrong = stretch.backwards == back ? OneWay::against : OneWay::along;
    if (stretch.attributes.one_way == wrong) sum_m += stretch.to_m - stretch.from_m;
  }
  return sum_m;
}

RouteLine join(const RouteMap& map, const RouteChoice& choice) {
  if (!(choice.tolerance_m >= 0.0) || !std::isfinite(choice.tolerance_m))
    refuse_route(map, "the tolerance of a route is no length", ">= 0 m");
  std::vector<DrivenPiece> driven = driven_pieces(map, choice);
  if (choice.reversed) turn(driven);
  RouteLine line;
  for (const DrivenPiece& piece : driven) append(line, map.pieces[piece.piece], piece.backwards);
  return line;
}

std::vector<RoutePoint> sample(const RouteLine& line, double step_m) {
  const double length_m = line.length_m();
  if (!(step_m > 0.0) || !std::isfinite(step_m) || length_m / step_m > kMostSamples) {
    throw InputError(
        Fault{.message = fmt::format("a route of {:.1f} m cannot be cut into steps of {} m", length_m, step_m),
              .key = "step_m",
              .legal = fmt::format("> 0, and at most {:.0f} places", kMostSamples)});
  }
  std::vector<RoutePoint> out;
  if (line.vertices.size() < 2) return out;
  const auto whole = static_cast<std::size_t>(std::floor(length_m / step_m));
  out.reserve(whole + 2);
  std::size_t segment = 0;
  std::size_t stretch = 0;
  const auto add = [&](double s_m) {
    while (segment + 2 < line.vertices.size() && line.vertices[segment + 1].s_m <= s_m) ++segment;
    while (stretch + 1 < line.stretches.size() && line.stretches[stretch].to_m <= s_m) ++stretch;
    const RouteVertex& a = line.vertices[segment];
    out.push_back(place_between(a, line.vertices[segment + 1], s_m - a.s_m));
    out.back().s_m = s_m;
    out.back().stretch = stretch;
  };
  for (std::size_t i = 0; i <= whole; ++i) add(std::fmin(static_cast<double>(i) * step_m, length_m));
  // A remainder of rounding is no step of its own.
  if (length_m - out.back().s_m > 1e-6) add(length_m);
  return out;
}

}  // namespace amaneku
