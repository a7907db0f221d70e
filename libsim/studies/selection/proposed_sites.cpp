#include "libsim/studies/selection/proposed_sites.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "libsim/count/line_steps.hpp"
#include "libsim/routes/point_index.hpp"
#include "libsim/visibility/visible_weights.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr double kRoadStep_m = 25.0;
constexpr double kPlacesAcross = 4.0;  // of a square, about
constexpr int kMostStride = 64;

/// The steepest way from the cell to its neighbours; NaN beside a void.
double slope_deg(const Raster<float>& ground, int ix, int iy) {
  const Grid& grid = ground.grid;
  const auto at = [&](int x, int y) {
    return static_cast<double>(ground.at(std::clamp(x, 0, grid.nx - 1), std::clamp(y, 0, grid.ny - 1)));
  };
  const double east = (at(ix + 1, iy) - at(ix - 1, iy)) / (2.0 * grid.cell_m);
  const double north = (at(ix, iy - 1) - at(ix, iy + 1)) / (2.0 * grid.cell_m);
  return std::atan(std::hypot(east, north)) * 180.0 / std::numbers::pi;
}

std::optional<PointIndex> points_of_roads(const World& world, const std::string& road_class) {
  std::vector<Point> points;
  for (const Road& road : world.roads.roads) {
    if (road.in_tunnel() || (!road_class.empty() && road.road_class != road_class)) continue;
    walk_line(road.line, kRoadStep_m, [&](Point at, double /*length_m*/) { points.push_back(at); });
  }
  if (points.empty() && !road_class.empty())
    throw InputError(
        Fault{.message = "no road in the open has this class", .key = "road_class", .value = road_class});
  if (points.empty()) return std::nullopt;
  return PointIndex(std::move(points));
}

class Proposer {
 public:
  Proposer(const World& world, const std::vector<bool>& covered, const ProposalOptions& options)
      : world_(world), covered_(covered), options_(options), roads_(points_of_roads(world, options.road_class)) {}

  Proposal run() {
    look();
    const Grid& places = out_.sight.grid;
    const int across = std::max(1, static_cast<int>(std::lround(options_.spacing_m / places.cell_m)));
    for (int top = 0; top < places.ny; top += across) {
      for (int left = 0; left < places.nx; left += across) {
        if (std::optional<ProposedSite> best = best_of(left, top, across)) out_.sites.push_back(*best);
      }
    }
    keep_most();
    return std::move(out_);
  }

 private:
  void look() {
    const Grid& grid = world_.grid();
    if (!(options_.spacing_m >= grid.cell_m))
      throw InputError(Fault{.message = "is finer than the cells of the plan",
                             .key = "spacing_m",
                             .value = std::to_string(options_.spacing_m),
                             .legal = "at least scenario.grid_m"});
    std::vector<float> people = people_of_cells(world_);
    std::vector<float> road_m = road_of_cells_m(world_, kRoadStep_m, options_.road_class);
    for (std::size_t i = 0; i < covered_.size(); ++i) {
      if (covered_[i]) people[i] = road_m[i] = 0.0F;
    }
    const double stride = options_.spacing_m / (kPlacesAcross * grid.cell_m);
    out_.sight = total_visibility({grid, world_.ground.ground_asl_m.values, people, road_m},
                                  {.observer_agl_m = options_.mast_m,
                                   .radius_m = options_.radius_m,
                                   .stride = std::clamp(static_cast<int>(stride), 1, kMostStride),
                                   .threads = options_.threads});
  }

  [[nodiscard]] double worth(double people, double road_m) const {
    constexpr double kPerKm = 1e-3;
    return people + options_.people_per_km * kPerKm * road_m;
  }

  std::optional<ProposedSite> best_of(int left, int top, int across) {
    const Grid& places = out_.sight.grid;
    std::optional<ProposedSite> best;
    double most = 0.0;
    for (int iy = top; iy < std::min(top + across, places.ny); ++iy) {
      for (int ix = left; ix < std::min(left + across, places.nx); ++ix) {
        if (std::isnan(out_.sight.seen_km2.at(ix, iy))) continue;
        const ProposedSite here = place(ix, iy);
        const double value = worth(here.people, here.road_m);
        if (!(value > most) || !allowed(here)) continue;
        most = value;
        best = here;
      }
    }
    return best;
  }

  [[nodiscard]] ProposedSite place(int ix, int iy) const {
    const Grid& grid = world_.grid();
    const int stride = static_cast<int>(std::lround(out_.sight.grid.cell_m / grid.cell_m));
    const int x = observer_cell(ix, stride);
    const int y = observer_cell(iy, stride);
    ProposedSite out{.at = grid.centre(x, y),
                     .people = static_cast<double>(out_.sight.people.at(ix, iy)),
                     .road_m = static_cast<double>(out_.sight.road_m.at(ix, iy)),
                     .seen_km2 = static_cast<double>(out_.sight.seen_km2.at(ix, iy)),
                     .slope_deg = slope_deg(world_.ground.ground_asl_m, x, y),
                     .to_road_m = std::numeric_limits<double>::infinity()};
    if (roads_) out.to_road_m = roads_->nearest(out.at).distance_m;
    return out;
  }

  bool allowed(const ProposedSite& site) {
    if (!(site.slope_deg <= options_.slope_at_most_deg)) {
      ++out_.too_steep;
      return false;
    }
    if (site.to_road_m > options_.road_within_m) {
      ++out_.too_far;
      return false;
    }
    const bool excluded = std::any_of(options_.excluded.begin(), options_.excluded.end(),
                                      [&](const MultiPolygon& area) { return contains(area, site.at); });
    if (excluded) ++out_.excluded;
    return !excluded;
  }

  void keep_most() {
    if (out_.sites.size() <= options_.most) return;
    out_.squares_left_out = out_.sites.size() - options_.most;
    std::vector<double> values;
    for (const ProposedSite& site : out_.sites) values.push_back(worth(site.people, site.road_m));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(options_.most) - 1, values.end(),
                     std::greater<>());
    const double least = values[options_.most - 1];
    auto ties = static_cast<std::ptrdiff_t>(options_.most) -
                std::count_if(values.begin(), values.end(), [&](double value) { return value > least; });
    std::erase_if(out_.sites, [&](const ProposedSite& site) {
      const double value = worth(site.people, site.road_m);
      return value < least || (value == least && ties-- <= 0);
    });
  }

  const World& world_;
  const std::vector<bool>& covered_;
  const ProposalOptions& options_;
  std::optional<PointIndex> roads_;
  Proposal out_{};
};

}  // namespace

Proposal proposed_sites(const World& world, const std::vector<bool>& covered, const ProposalOptions& options) {
  return Proposer(world, covered, options).run();
}

}  // namespace amaneku
