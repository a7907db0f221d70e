#include "scenarios/demo/road_network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "scenarios/demo/boundaries.hpp"
#include "scenarios/demo/route.hpp"

namespace amaneku::scenarios::demo {

namespace {

constexpr double kStep_m = 30.0;  ///< spacing of the points from which structures are judged

double ground_at(const Relief& relief, Point p) {
  const float ground = sample_bilinear(relief.survey_m, p);
  return std::isnan(ground) ? 0.0 : static_cast<double>(ground);
}

Point inside(Point p) {
  constexpr double kMargin_m = 1.0;
  return {std::clamp(p.x_m, kRegionGrid.west_m + kMargin_m, kRegionGrid.east_m() - kMargin_m),
          std::clamp(p.y_m, kRegionGrid.south_m() + kMargin_m, kRegionGrid.north_m - kMargin_m)};
}

/// Points every kStep_m or closer along the vertices.
std::vector<DeckPoint> densified(const std::vector<DeckPoint>& coarse) {
  std::vector<DeckPoint> dense;
  for (std::size_t i = 0; i + 1 < coarse.size(); ++i) {
    const DeckPoint& a = coarse[i];
    const DeckPoint& b = coarse[i + 1];
    const int pieces = std::max(1, static_cast<int>(std::ceil(distance_m(a.at, b.at) / kStep_m)));
    for (int k = 0; k < pieces; ++k) {
      const double t = static_cast<double>(k) / pieces;
      dense.push_back({{std::lerp(a.at.x_m, b.at.x_m, t), std::lerp(a.at.y_m, b.at.y_m, t)},
                       std::lerp(a.deck_asl_m, b.deck_asl_m, t)});
    }
  }
  dense.push_back(coarse.back());
  return dense;
}

/// Rounds bends and grades; the ends stay.
std::vector<DeckPoint> rounded(std::vector<DeckPoint> points, int passes) {
  for (int pass = 0; pass < passes; ++pass) {
    std::vector<DeckPoint> next = points;
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
      const auto mean = [](double a, double b, double c) { return 0.25 * (a + c) + 0.5 * b; };
      next[i] = {{mean(points[i - 1].at.x_m, points[i].at.x_m, points[i + 1].at.x_m),
                  mean(points[i - 1].at.y_m, points[i].at.y_m, points[i + 1].at.y_m)},
                 mean(points[i - 1].deck_asl_m, points[i].deck_asl_m, points[i + 1].deck_asl_m)};
    }
    points = std::move(next);
  }
  return points;
}

struct Structures {
  double tunnel_depth_m;   ///< ground above the deck from which on a tunnel is dug
  double bridge_height_m;  ///< deck above the ground from which on a bridge is built
  float bridged_river_m2;  ///< rivers that drain more are crossed on a bridge
};

std::vector<std::string> judged(const std::vector<DeckPoint>& deck, const Relief& relief, const Structures& rule) {
  const Grid& grid = relief.survey_m.grid;
  std::vector<std::string> kinds;
  for (const DeckPoint& point : deck) {
    const int ix = std::clamp(grid.column_of(point.at.x_m), 0, grid.nx - 1);
    const int iy = std::clamp(grid.row_of(point.at.y_m), 0, grid.ny - 1);
    const std::size_t cell = grid.index(ix, iy);
    const double above = ground_at(relief, point.at) - point.deck_asl_m;
    const bool water = relief.sea[cell] != 0 || relief.flow.drained_m2[cell] > rule.bridged_river_m2;
    if (above > rule.tunnel_depth_m) {
      kinds.emplace_back("tunnel");
    } else {
      kinds.emplace_back(water || above < -rule.bridge_height_m ? "bridge" : "earthwork");
    }
  }
  // Nobody builds a tunnel, or a gap between two structures, of less than three points.
  for (std::size_t i = 0; i < kinds.size();) {
    std::size_t end = i;
    while (end < kinds.size() && kinds[end] == kinds[i]) ++end;
    const bool brief = end - i < 3 && i > 0 && end < kinds.size() && kinds[i] != "bridge";
    if (brief)
      std::fill(kinds.begin() + static_cast<std::ptrdiff_t>(i), kinds.begin() + static_cast<std::ptrdiff_t>(end),
                kinds[i - 1]);
    i = end;
  }
  return kinds;
}

/// Adds the parts of one road, cut where the structure changes.
void add_parts(RoadNetwork& network, const RoadPart& road, const std::vector<DeckPoint>& deck,
               const std::vector<std::string>& kinds) {
  std::size_t start = 0;
  for (std::size_t i = 1; i < deck.size(); ++i) {
    const bool last = i + 1 == deck.size();
    if (!last && kinds[i] == kinds[start]) continue;
    Line line;
    for (std::size_t k = start; k <= i; ++k) line.push_back(inside(deck[k].at));
    RoadPart part = road;
    part.structure = kinds[start];
    part.line = thinned(line, 4.0);
    network.parts.push_back(std::move(part));
    start = i;
  }
}

/// Lays surface roads one after the other, each joined to those before it.
class Builder {
 public:
  Builder(RoadNetwork& network, const Relief& relief) : network_(network), relief_(relief), router_(relief) {}

  [[nodiscard]] std::size_t cell(Point p) const {
    const Grid& grid = router_.grid();
    return grid.index(std::clamp(grid.column_of(p.x_m), 0, grid.nx - 1),
                      std::clamp(grid.row_of(p.y_m), 0, grid.ny - 1));
  }
  [[nodiscard]] bool built(std::size_t cell) const { return router_.built(cell); }
  [[nodiscard]] const Grid& grid() const { return router_.grid(); }

  /// Marks a place that roads may join although none leads there yet.
  void found(Point p) { router_.build(cell(p)); }

  /// A road from `from` to the first cell that `reached` accepts; where it follows older roads nothing is added.
  void lay(const RoadPart& road, Point from, const std::function<bool(std::size_t)>& reached) {
    lay(road, router_.path(cell(from), reached));
  }

 private:
  void lay(const RoadPart& road, const std::vector<std::size_t>& cells) {
    std::size_t start = 0;
    for (std::size_t i = 1; i < cells.size(); ++i) {
      const bool old = router_.built(cells[i]);
      if (old && router_.built(cells[i - 1])) {
        start = i;
        continue;
      }
      if (!old && i + 1 < cells.size()) continue;
      add(road, {cells.begin() + static_cast<std::ptrdiff_t>(start),
                 cells.begin() + static_cast<std::ptrdiff_t>(i) + 1});
      start = i;
    }
    for (const std::size_t c : cells) router_.build(c);
  }

  void add(const RoadPart& road, const std::vector<std::size_t>& cells) {
    std::vector<DeckPoint> points;
    for (const std::size_t c : cells) {
      const Point p = grid().centre(static_cast<int>(c) % grid().nx, static_cast<int>(c) / grid().nx);
      points.push_back({p, ground_at(relief_, p)});
    }
    points.front().at = joint(points.front().at, router_.built(cells.front()));
    points.back().at = joint(points.back().at, router_.built(cells.back()));
    const std::vector<DeckPoint> deck = rounded(densified(points), road.road_class == "local" ? 8 : 18);
    for (const DeckPoint& point : deck) vertices_.push_back(point.at);
    const bool local = road.road_class == "local";
    add_parts(network_, road, deck, judged(deck, relief_, {local ? 1.0e9 : 9.0, local ? 1.0e9 : 8.0, 1.5e7F}));
  }

  /// The nearest point of the roads laid before, where the cell carries one.
  [[nodiscard]] Point joint(Point p, bool on_road) const {
    if (!on_road) return p;
    Point nearest = p;
    double least = 250.0;
    for (const Point& vertex : vertices_) {
      const double away = distance_m(vertex, p);
      if (away >= least) continue;
      least = away;
      nearest = vertex;
    }
    return nearest;
  }

  RoadNetwork& network_;
  const Relief& relief_;
  Router router_;
  std::vector<Point> vertices_{};
};

/// Level ground a little inland of a town.
Point interchange_near(const Settlement& town, const Survey& survey) {
  const Grid& grid = survey.level.grid;
  Point best = town.at;
  double highest = -1.0;
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const Point p = grid.centre(ix, iy);
      const double away = distance_m(p, town.at);
      if (away < 1100.0 || away > 3000.0 || survey.land[grid.index(ix, iy)] != 1) continue;
      const double score = static_cast<double>(survey.level.at(ix, iy)) +
                           static_cast<double>(survey.coast_m.at(ix, iy)) / 4000.0 - away / 6000.0;
      if (score <= highest) continue;
      highest = score;
      best = p;
    }
  }
  return best;
}

void lay_expressway(RoadNetwork& network, const std::vector<Settlement>& settlements, const Relief& relief,
                    const Survey& survey) {
  const Point first = interchange_near(settlements[0], survey);
  const Point second = interchange_near(settlements[1], survey);
  const Grid& grid = kRegionGrid;
  const auto at_west = [&](Point p) { return p.x_m < grid.west_m + 250.0; };
  const auto at_east = [&](Point p) { return p.x_m > grid.east_m() - 250.0; };
  const auto at_second = [&](Point p) {
    return std::max(std::abs(p.x_m - second.x_m), std::abs(p.y_m - second.y_m)) < 125.0;
  };
  std::vector<DeckPoint> deck = expressway_path(relief, first, at_west);
  std::reverse(deck.begin(), deck.end());
  for (const std::vector<DeckPoint>& next :
       {expressway_path(relief, first, at_second), expressway_path(relief, second, at_east)}) {
    if (next.empty()) continue;
    deck.insert(deck.end(), next.begin() + (deck.empty() ? 0 : 1), next.end());
  }
  if (deck.size() < 2) return;
  deck.front().at.x_m = grid.west_m;
  deck.back().at.x_m = grid.east_m();
  deck = rounded(densified(deck), 60);
  add_parts(network, {"expressway", {"凪浜自動車道", "Nagihama Expressway"}, {}, {}}, deck,
            judged(deck, relief, {16.0, 11.0, 6.0e6F}));
  network.interchanges = {first, second};
}

void lay_national(Builder& builder, const std::vector<Settlement>& settlements) {
  const Grid& grid = builder.grid();
  const auto nx = static_cast<std::size_t>(grid.nx);
  const auto to = [&](Point p) { return [target = builder.cell(p)](std::size_t cell) { return cell == target; }; };
  const RoadPart coast{"national", {"国道901号", "National Route 901"}, {}, {}};
  builder.lay(coast, settlements[0].at, to(settlements[1].at));
  builder.lay(coast, settlements[0].at, [&](std::size_t cell) { return cell % nx == 0; });
  builder.lay(coast, settlements[1].at, [&](std::size_t cell) { return cell % nx == nx - 1; });
  const RoadPart valley{"national", {"国道902号", "National Route 902"}, {}, {}};
  builder.lay(valley, settlements[0].at, to(settlements[2].at));
  builder.lay(valley, settlements[2].at, to(settlements[3].at));
  builder.lay(valley, settlements[3].at, [&](std::size_t cell) { return cell / nx == 0; });
}

std::vector<Point> nearest_first(std::vector<Point> houses, const std::vector<Settlement>& settlements) {
  const auto away_m = [&](Point house) {
    double least = std::numeric_limits<double>::infinity();
    for (const Settlement& settlement : settlements) least = std::min(least, distance_m(settlement.at, house));
    return least;
  };
  std::stable_sort(houses.begin(), houses.end(), [&](Point a, Point b) { return away_m(a) < away_m(b); });
  return houses;
}

}  // namespace

RoadNetwork lay_roads(const std::vector<Settlement>& settlements, const std::vector<MeshPeople>& meshes,
                      const Relief& relief, const Survey& survey) {
  RoadNetwork network;
  lay_expressway(network, settlements, relief, survey);
  Builder builder(network, relief);
  lay_national(builder, settlements);

  const auto joins = [&](std::size_t cell) { return builder.built(cell); };
  for (const Point& interchange : network.interchanges) {
    builder.lay({"prefectural", {"県道911号", "Prefectural Route 911"}, {}, {}}, interchange, joins);
  }
  const RoadPart local{"local", {}, {}, {}};
  builder.found(settlements[kSeats - 1].at);
  std::vector<std::size_t> by_size;
  for (std::size_t i = kSeats; i < settlements.size(); ++i) by_size.push_back(i);
  std::stable_sort(by_size.begin(), by_size.end(),
                   [&](std::size_t a, std::size_t b) { return settlements[a].people > settlements[b].people; });
  for (std::size_t rank = 0; rank < by_size.size(); ++rank) {
    const Settlement& hamlet = settlements[by_size[rank]];
    const bool prefectural = rank < by_size.size() / 2 && survey.land[builder.cell(hamlet.at)] == 1;
    const std::string number = std::to_string(912 + rank);
    const RoadPart road = {"prefectural", {"県道" + number + "号", "Prefectural Route " + number}, {}, {}};
    builder.lay(prefectural ? road : local, hamlet.at, joins);
  }
  // The houses near the roads first: those behind them join their lanes.
  std::vector<Point> houses;
  for (const MeshPeople& mesh : meshes) houses.push_back(mesh.centre);
  for (const Point& house : nearest_first(houses, settlements)) {
    if (relief.sea[builder.cell(house)] == 0) builder.lay(local, house, joins);
  }
  return network;
}

}  // namespace amaneku::scenarios::demo
