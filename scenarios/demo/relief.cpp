#include "scenarios/demo/relief.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <limits>

#include "libsim/parallel.hpp"
#include "scenarios/demo/random.hpp"

namespace amaneku::scenarios::demo {

namespace {

/// Kilometres east and north of the region's south-west corner.
struct Local {
  double u_km;
  double v_km;
};

Local local(Point p) noexcept {
  return {(p.x_m - kRegionGrid.west_m) / 1000.0, (p.y_m - kRegionGrid.south_m()) / 1000.0};
}

constexpr double kWidth_km = 36.0;
constexpr double kShelf_km = -1.3;       ///< land that the sea takes later reaches out to here
constexpr double kSubmergence_m = 22.0;  ///< the drop that turns valleys into bays

double smoothstep(double low, double high, double x) noexcept {
  const double t = std::clamp((x - low) / (high - low), 0.0, 1.0);
  return t * t * (3.0 - 2.0 * t);
}

/// The plan of the landscape: where the coast, the massifs, the main valley and the island are.
class Plan {
 public:
  explicit Plan(std::uint64_t seed) : seed_(rng(seed, 0, Stream::relief).bits()) {
    Random random = rng(seed, 1, Stream::relief);
    valley_u_km_ = random.uniform(11.0, 14.0);
    basin_v_km_ = random.uniform(18.0, 20.0);
    island_ = {random.uniform(25.5, 28.5), random.uniform(2.7, 3.1)};
    east_valley_u_km_ = random.uniform(26.0, 29.0);
  }

  /// Kilometres inland (negative: out to sea) of the coast, mainland and island alike.
  [[nodiscard]] double inland_km(Point p) const { return std::max(mainland_km(p), island_inland_km(local(p))); }

  /// The same, of the mainland alone.
  [[nodiscard]] double mainland_km(Point p) const {
    const Local at = local(p);
    const double bays = 1.7 * fractal_noise(seed_ + 2, at.u_km / 5.0, at.v_km / 5.0, 4);
    const double strait = 1.5 * std::exp(-std::pow((at.u_km - island_.u_km) / 4.0, 2.0));
    const double coast = 8.8 + 3.6 * gradient_noise(seed_ + 1, at.u_km / 10.0, 0.4) + strait;
    return at.v_km - coast + bays * bay_strength(at);
  }

  /// Uplift, 1 for the main range.
  [[nodiscard]] double uplift(Point p) const {
    const Local at = local(p);
    const double inland = inland_km(p);
    const double range = 0.34 + 0.24 * smoothstep(-1.0, 4.0, inland) + 1.05 * smoothstep(5.0, 21.0, inland) +
                         0.45 * smoothstep(-1.0, 0.8, island_inland_km(at));
    const double massifs = 0.5 + 1.15 * ridged_noise(seed_ + 3, at.u_km / 12.0, at.v_km / 10.0, 3);
    const double edge_km = std::min(at.u_km, kWidth_km - at.u_km);
    const double edge = 1.0 + 0.25 * smoothstep(2.5, 0.0, edge_km);
    return range * massifs * edge * (1.0 - 0.9 * lowland(at));
  }

  /// Factor on the width of valley floors: gorges and basins.
  [[nodiscard]] double valley_width(Point p) const {
    const Local at = local(p);
    const double noise = gradient_noise(seed_ + 4, at.u_km / 2.6, at.v_km / 2.6);
    return std::clamp(0.75 + 1.7 * noise, 0.18, 1.7) + 1.0 * lowland(at);
  }

  /// Kilometres to the nearest of the valleys that the landscape began with.
  [[nodiscard]] double valley_km(Point p) const {
    const Local at = local(p);
    const double main = std::abs(at.u_km - valley_u_km_ - bend_km(at.v_km));
    const double east =
        std::hypot(at.u_km - east_valley_u_km_ - 0.7 * bend_km(at.v_km + 7.0), std::max(0.0, at.v_km - 24.0));
    return std::min(main, east);
  }

  /// A little of everything that the plan does not explain, -1..1.
  [[nodiscard]] double rough(Point p, double wave_m, int octaves) const {
    return fractal_noise(seed_ + 5, p.x_m / wave_m, p.y_m / wave_m, octaves);
  }

 private:
  /// 0..1: the corridor of the main river, the basin half way up and the plain of the eastern river.
  [[nodiscard]] double lowland(Local at) const {
    const double bend = bend_km(at.v_km);
    const double corridor = std::exp(-std::pow((at.u_km - valley_u_km_ - bend) / 1.5, 2.0)) *
                            (1.0 - 0.8 * smoothstep(12.0, 24.0, at.v_km));
    const double plain =
        std::exp(-std::pow((at.u_km - valley_u_km_ - bend) / 3.0, 2.0) - std::pow((at.v_km - 9.0) / 3.2, 2.0));
    const double basin = std::exp(-std::pow((at.u_km - valley_u_km_ - bend) / 2.4, 2.0) -
                                  std::pow((at.v_km - basin_v_km_) / 1.6, 2.0));
    const double east = 0.85 * std::exp(-std::pow((at.u_km - east_valley_u_km_) / 1.1, 2.0)) *
                        (1.0 - smoothstep(11.0, 16.0, at.v_km));
    return std::max({corridor, plain, basin, east});
  }

  [[nodiscard]] double bend_km(double v_km) const { return 4.0 * gradient_noise(seed_ + 6, 0.5, v_km / 7.0); }

  /// Bays are deep in the east and west and absent before the plain of the main river.
  [[nodiscard]] double bay_strength(Local at) const {
    return 1.0 - 0.85 * std::exp(-std::pow((at.u_km - valley_u_km_) / 3.5, 2.0));
  }

  [[nodiscard]] double island_inland_km(Local at) const {
    const double stretched = std::hypot((at.u_km - island_.u_km) / 1.35, at.v_km - island_.v_km);
    return 1.05 - stretched + 0.7 * fractal_noise(seed_ + 7, at.u_km / 1.9, at.v_km / 1.9, 3);
  }

  std::uint64_t seed_;
  double valley_u_km_ = 0.0;
  double basin_v_km_ = 0.0;
  double east_valley_u_km_ = 0.0;
  Local island_{};
};

template <class Value>
Raster<float> tabulate(const Grid& grid, const Value& value) {
  Raster<float> table(grid, 0.0F);
  parallel_for(static_cast<std::size_t>(grid.ny), 0, [&](std::size_t row) {
    const int iy = static_cast<int>(row);
    for (int ix = 0; ix < grid.nx; ++ix) table.at(ix, iy) = static_cast<float>(value(grid.centre(ix, iy)));
  });
  return table;
}

Grid coarser(int factor) {
  Grid grid = kRegionGrid;
  grid.cell_m *= factor;
  grid.nx /= factor;
  grid.ny /= factor;
  return grid;
}

/// The sea beyond the shelf: the base level of the erosion.
std::vector<std::uint8_t> base_cells(const Plan& plan, const Grid& grid) {
  std::vector<std::uint8_t> base(grid.cells(), 0);
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      base[grid.index(ix, iy)] = plan.inland_km(grid.centre(ix, iy)) < kShelf_km ? 1 : 0;
    }
  }
  return base;
}

/// Soil creep: rounds crests, gullies and the steps of terraces, in the cells where `where` is not zero.
Raster<float> crept(const Raster<float>& height, const std::vector<std::uint8_t>& where) {
  const Grid& grid = height.grid;
  Raster<float> next = height;
  for (int iy = 1; iy + 1 < grid.ny; ++iy) {
    for (int ix = 1; ix + 1 < grid.nx; ++ix) {
      if (where[grid.index(ix, iy)] == 0) continue;
      const float beside =
          height.at(ix - 1, iy) + height.at(ix + 1, iy) + height.at(ix, iy - 1) + height.at(ix, iy + 1);
      next.at(ix, iy) = 0.5F * height.at(ix, iy) + 0.125F * beside;
    }
  }
  return next;
}

struct Stage {
  int factor;
  int steps;
  double step;
};

/// Erosion from coarse to fine: the large valleys first, then their tributaries.
Raster<float> eroded_range(const Plan& plan) {
  constexpr Stage kStages[] = {{8, 45, 45.0}, {4, 14, 25.0}, {2, 7, 12.0}};
  Raster<float> height = tabulate(coarser(kStages[0].factor), [&](Point p) {
    const double inland = plan.inland_km(p);
    if (inland < kShelf_km) return 0.0;
    return 5.0 + 10.0 * std::max(0.0, inland) + 16.0 * plan.valley_km(p) + 30.0 * plan.rough(p, 1500.0, 3);
  });
  for (const Stage& stage : kStages) {
    const Grid grid = coarser(stage.factor);
    const std::vector<std::uint8_t> base = base_cells(plan, grid);
    const Raster<float> uplift = tabulate(grid, [&](Point p) { return plan.uplift(p); });
    const Raster<float> before = std::move(height);
    height = tabulate(grid, [&](Point p) {
      return static_cast<double>(sample_bilinear(before, p)) +
             0.02 * grid.cell_m * plan.rough(p, 3.1 * grid.cell_m, 2);
    });
    for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
      if (base[cell] != 0) height.values[cell] = 0.0F;
    }
    for (int i = 0; i < stage.steps; ++i) {
      const Flow flow = route_water(height, base);
      height = erode(std::move(height), flow, uplift, {.step = stage.step});
    }
  }
  return crept(height, std::vector<std::uint8_t>(height.grid.cells(), 1));
}

double slope_at(const Raster<float>& height, Point p) {
  const double reach_m = height.grid.cell_m;
  const auto sample = [&](double dx, double dy) {
    return static_cast<double>(sample_bilinear(height, {p.x_m + dx, p.y_m + dy}));
  };
  const double across = sample(reach_m, 0.0) - sample(-reach_m, 0.0);
  const double along = sample(0.0, reach_m) - sample(0.0, -reach_m);
  const double slope = std::hypot(across, along) / (2.0 * reach_m);
  return std::isfinite(slope) ? slope : 0.0;
}

constexpr float kStream_m2 = 1.0e6F;  ///< a stream that drains less has no valley floor

/// The cell `steps` cells downstream, or the outlet before it.
std::size_t downstream(const Flow& flow, std::size_t cell, int steps) {
  for (int i = 0; i < steps; ++i) cell = static_cast<std::size_t>(flow.receiver[cell]);
  return cell;
}

/// Half width of every stream's valley floor in units of that where 100 km2 drain. Widths swell and shrink over a
/// kilometre and a half: each is the mean of those downstream.
Raster<float> valley_reach(const Plan& plan, const Flow& flow, const Grid& grid) {
  constexpr int kSteps = 24;
  const Raster<float> width = tabulate(grid, [&](Point p) { return plan.valley_width(p); });
  Raster<float> reach(grid, 0.0F);
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    if (flow.drained_m2[cell] < kStream_m2) continue;
    std::size_t down = cell;
    for (int i = 0; i < kSteps; ++i) {
      const float share = std::pow(flow.drained_m2[down] / 1.0e8F, 0.4F) * width.values[down];
      reach.values[cell] += share / static_cast<float>(kSteps);
      down = downstream(flow, down, 1);
    }
  }
  return reach;
}

/// The highest ground that the floors and sides of the valleys around it allow.
Raster<float> valley_sides(const Raster<float>& height, const Flow& flow, const Raster<float>& reach) {
  constexpr int kSteps = 16;
  const Grid& grid = height.grid;
  Raster<float> beds(grid, kNoData);
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    if (flow.drained_m2[cell] > kStream_m2) beds.values[cell] = height.values[cell];
  }
  // Over the next kilometre: a single step of the bed would show as a round terrace.
  const auto bed_slope = [&](std::size_t cell) {
    const std::size_t down = downstream(flow, cell, kSteps);
    return static_cast<double>(height.values[cell] - height.values[down]) / (kSteps * grid.cell_m);
  };
  return spread_levels(beds, [&](std::size_t river, double away_m) {
    const double floor_m = 430.0 * static_cast<double>(reach.values[river]);
    // A floor that rises faster sideways than the river falls has no steps.
    const double tilt = std::clamp(1.5 * bed_slope(river), 0.008, 0.15);
    const double rise_m = tilt * std::min(away_m, floor_m) + 0.6 * std::max(0.0, away_m - floor_m);
    return rise_m < 1500.0 ? rise_m : std::numeric_limits<double>::infinity();
  });
}

/// Valleys widened to their floors, a little of the former relief left on them.
Raster<float> widened(Raster<float> height, const Raster<float>& sides) {
  const Grid& grid = height.grid;
  std::vector<std::uint8_t> floor(grid.cells(), 0);
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    const float above =
        std::isnan(sides.values[cell]) ? 0.0F : std::max(0.0F, height.values[cell] - sides.values[cell]);
    const Point p = grid.centre(static_cast<int>(cell) % grid.nx, static_cast<int>(cell) / grid.nx);
    floor[cell] = above > 2.0F && slope_at(sides, p) < 0.3 ? 1 : 0;
    height.values[cell] -= 0.96F * above;
  }
  for (int pass = 0; pass < 10; ++pass) height = crept(height, floor);
  return height;
}

/// Level of the gravel that the rivers bring down; NaN where there is none. Upstream from the shore it rises
/// gently until the bed comes out of it.
Raster<float> gravel_level(const Plan& plan, const Raster<float>& height, const Flow& flow,
                           const Raster<float>& reach) {
  const Grid& grid = height.grid;
  Raster<float> gravel(grid, kNoData);
  for (const std::int32_t signed_cell : flow.order) {
    const auto cell = static_cast<std::size_t>(signed_cell);
    const double drained_m2 = static_cast<double>(flow.drained_m2[cell]);
    const Point here = grid.centre(signed_cell % grid.nx, signed_cell / grid.nx);
    if (drained_m2 < 2.5e6 || plan.mainland_km(here) < (drained_m2 > 3.0e7 ? 0.0 : 0.45)) continue;
    const auto down = static_cast<std::size_t>(flow.receiver[cell]);
    const float from = std::isnan(gravel.values[down]) ? 1.5F : gravel.values[down];
    const double slope = 0.0022 * std::pow(drained_m2 / 1.0e8, -0.3);
    const float level = from + static_cast<float>(slope * grid.cell_m);
    if (height.values[cell] < level) gravel.values[cell] = level;
  }
  return spread_levels(gravel, [&](std::size_t river, double away_m) {
    const bool reached = away_m < 2200.0 * static_cast<double>(reach.values[river]);
    return reached ? 0.0035 * away_m : std::numeric_limits<double>::infinity();
  });
}

/// Valley floors, the drop of the land, and the plains of gravel.
Raster<float> drowned_and_filled(const Plan& plan, Raster<float> height) {
  const Grid grid = height.grid;
  const Flow flow = route_water(height, base_cells(plan, grid));
  const Raster<float> reach = valley_reach(plan, flow, grid);
  const Raster<float> sides = valley_sides(height, flow, reach);
  height = widened(std::move(height), sides);
  for (float& value : height.values) value -= static_cast<float>(kSubmergence_m);
  const Raster<float> plain = gravel_level(plan, height, flow, reach);
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const Point p = grid.centre(ix, iy);
      const float level = plain.at(ix, iy);
      if (std::isnan(level) || plan.mainland_km(p) < 0.0) continue;
      height.at(ix, iy) = std::max(height.at(ix, iy), level + static_cast<float>(0.7 * plan.rough(p, 420.0, 2)));
    }
  }
  return height;
}

/// Cells below 0 m that the southern sea reaches.
std::vector<std::uint8_t> flooded(const Raster<float>& height) {
  const Grid& grid = height.grid;
  std::vector<std::uint8_t> sea(grid.cells(), 0);
  std::deque<std::size_t> queue;
  const auto flood = [&](int ix, int iy) {
    if (!grid.holds(ix, iy) || sea[grid.index(ix, iy)] != 0 || height.at(ix, iy) >= 0.0F) return;
    sea[grid.index(ix, iy)] = 1;
    queue.push_back(grid.index(ix, iy));
  };
  for (int ix = 0; ix < grid.nx; ++ix) flood(ix, grid.ny - 1);
  while (!queue.empty()) {
    const int ix = static_cast<int>(queue.front()) % grid.nx;
    const int iy = static_cast<int>(queue.front()) / grid.nx;
    queue.pop_front();
    flood(ix - 1, iy);
    flood(ix + 1, iy);
    flood(ix, iy - 1);
    flood(ix, iy + 1);
  }
  return sea;
}

/// Cubic interpolation of Catmull and Rom between the cells of a coarser grid.
float cubic_sample(const Raster<float>& raster, Point p) {
  const Grid& grid = raster.grid;
  const double column = grid.column(p.x_m);
  const double row = grid.row(p.y_m);
  const auto weights = [](double t) {
    return std::array<double, 4>{((-0.5 * t + 1.0) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1.0,
                                 ((-1.5 * t + 2.0) * t + 0.5) * t, (0.5 * t - 0.5) * t * t};
  };
  const int ix = static_cast<int>(std::floor(column));
  const int iy = static_cast<int>(std::floor(row));
  const auto across = weights(column - ix);
  const auto along = weights(row - iy);
  double sum = 0.0;
  for (int j = 0; j < 4; ++j) {
    const int y = std::clamp(iy + j - 1, 0, grid.ny - 1);
    for (int i = 0; i < 4; ++i) {
      const int x = std::clamp(ix + i - 1, 0, grid.nx - 1);
      sum += across[static_cast<std::size_t>(i)] * along[static_cast<std::size_t>(j)] *
             static_cast<double>(raster.at(x, y));
    }
  }
  return static_cast<float>(sum);
}

/// 30 m cells: gullies and spurs on the slopes, none on the plains.
Raster<float> detailed(const Plan& plan, const Raster<float>& height) {
  Raster<float> fine = tabulate(kRegionGrid, [&](Point p) {
    const double slope = slope_at(height, p);
    const double rough = 9.0 * slope * plan.rough(p, 260.0, 3);
    return static_cast<double>(cubic_sample(height, p)) + rough;
  });
  return fine;
}

/// Lowers the bed of every river below the ground beside it.
Raster<float> with_channels(Raster<float> ground, const std::vector<River>& rivers) {
  const Grid& grid = ground.grid;
  Raster<float> cut(grid, 0.0F);
  for (const River& river : rivers) {
    for (std::size_t i = 0; i < river.line.size(); ++i) {
      const double size = std::pow(static_cast<double>(river.drained_m2[i]) / 1.0e8, 0.35);
      const double radius_m = std::clamp(75.0 * size, 18.0, 110.0);
      const double depth_m = 0.8 + 3.4 * size;
      const int reach = static_cast<int>(radius_m / grid.cell_m) + 1;
      const int cx = grid.column_of(river.line[i].x_m);
      const int cy = grid.row_of(river.line[i].y_m);
      for (int iy = cy - reach; iy <= cy + reach; ++iy) {
        for (int ix = cx - reach; ix <= cx + reach; ++ix) {
          if (!grid.holds(ix, iy)) continue;
          const double away = distance_m(grid.centre(ix, iy), river.line[i]) / radius_m;
          if (away < 1.0)
            cut.at(ix, iy) = std::max(cut.at(ix, iy), static_cast<float>(depth_m * (1.0 - away * away)));
        }
      }
    }
  }
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) ground.values[cell] -= cut.values[cell];
  return ground;
}

Raster<float> block_mean(const Raster<float>& fine, int factor) {
  Raster<float> mean(coarser(factor), 0.0F);
  for (int iy = 0; iy < fine.grid.ny; ++iy) {
    for (int ix = 0; ix < fine.grid.nx; ++ix) mean.at(ix / factor, iy / factor) += fine.at(ix, iy);
  }
  for (float& value : mean.values) value /= static_cast<float>(factor * factor);
  return mean;
}

}  // namespace

Relief make_relief(std::uint64_t seed) {
  const Plan plan(seed);
  const Raster<float> height = drowned_and_filled(plan, eroded_range(plan));
  Raster<float> fine = detailed(plan, height);

  Relief relief;
  relief.survey_m = block_mean(fine, 2);
  relief.sea = flooded(relief.survey_m);
  relief.flow = route_water(relief.survey_m, relief.sea);
  relief.rivers = trace_rivers(relief.flow, relief.survey_m.grid, relief.sea, 4.0e6);

  // What lies below 0 m and is not sea is a pond or a dyked field: half a metre above the tide.
  const std::vector<std::uint8_t> sea = flooded(fine);
  for (float& value : fine.values) value = std::max(value, 0.5F);
  relief.ground_asl_m = with_channels(std::move(fine), relief.rivers);
  for (std::size_t cell = 0; cell < sea.size(); ++cell) {
    float& ground = relief.ground_asl_m.values[cell];
    ground = sea[cell] != 0 ? kNoData : std::max(ground, 0.1F);
  }
  for (std::size_t cell = 0; cell < relief.sea.size(); ++cell) {
    float& survey = relief.survey_m.values[cell];
    survey = relief.sea[cell] != 0 ? 0.0F : std::max(survey, 0.5F);
  }
  return relief;
}

}  // namespace amaneku::scenarios::demo
