// Where water goes and what it does to the ground.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "terrain/raster/raster.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku::scenarios::demo {

/// The drainage of a height field, all arrays of size grid.cells().
struct Flow {
  std::vector<std::int32_t> receiver;  ///< cell that the water goes to; the cell itself at an outlet
  std::vector<std::int32_t> order;     ///< every cell once, downstream before upstream
  std::vector<float> drained_m2;       ///< area that drains through the cell, itself included
};

/// Routes water from every cell to one of the outlets (non-zero cells of `outlet`), across depressions by the
/// lowest way out (priority-flood, Barnes et al. 2014), else down the steepest of eight directions.
[[nodiscard]] Flow route_water(const Raster<float>& height_m, const std::vector<std::uint8_t>& outlet);

/// One step of landscape evolution.
struct Erosion {
  double step = 50.0;            ///< time step, in units in which the uplift of a mountain is 1 m
  double erodibility = 0.025;    ///< K of stream power dz/dt = U - K A^m S
  double area_exponent = 0.45;   ///< m
  double steepest_slope = 0.75;  ///< rise over run beyond which rock falls
};

/// Uplift and stream-power incision (implicit scheme of Braun and Willett 2013, n = 1), slopes limited.
/// Outlets keep their height. `uplift`: m per unit of time, [y, x] as `height_m`.
[[nodiscard]] Raster<float> erode(Raster<float> height_m, const Flow& flow, const Raster<float>& uplift,
                                  const Erosion& erosion);

/// The lowest, over all sources, of the source's level plus `rise_m(source, distance from it in metres)`; sources
/// are the cells of `start_m` that are not NaN. NaN where every rise is infinite. Near-exact: a cell hears of the
/// sources of its neighbours only. `rise_m` must not fall with distance.
[[nodiscard]] Raster<float> spread_levels(const Raster<float>& start_m,
                                          const std::function<double(std::size_t, double)>& rise_m);

/// A watercourse from its head or a confluence down to the sea, the edge or a larger one.
struct River {
  Line line{};                      ///< smoothed, downstream
  std::vector<float> drained_m2{};  ///< per point of `line`
};

/// Watercourses that drain at least `least_m2`, the largest mouth first. `sea` ends them.
[[nodiscard]] std::vector<River> trace_rivers(const Flow& flow, const Grid& grid,
                                              const std::vector<std::uint8_t>& sea, double least_m2);

}  // namespace amaneku::scenarios::demo
