// The pictures under the vector map: shaded relief with classes blended over it, as pixels.
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/report/legend.hpp"

namespace amaneku::scenarios {

/// Pixel (0, 0) is the north-west corner of the plan; `grid` says where the pixels lie.
struct Picture {
  Grid grid{};
  std::vector<Rgba> pixels{};  ///< [y, x], size grid.cells()
};

inline constexpr Rgba kNoTerrainColour = {221, 232, 240};
/// Ground without a computed value; half transparent, so that the hatching of the page shows through.
inline constexpr Rgba kNotComputedColour = {246, 244, 239, 150};

/// Pixels over the whole of `plan`, at most `max_width` columns, never finer than the plan.
[[nodiscard]] Grid picture_grid(const Grid& plan, int max_width);

/// Mean of the finite cells under each pixel; NaN where the cell at the pixel's centre is NaN.
[[nodiscard]] Raster<float> shrink(const Raster<float>& raster, const Grid& pixels);

/// Relief as brightness relative to flat ground: 1 flat, 0 unlit, about 1.4 facing the light. Slopes by Horn
/// (1981), light from 225, 270, 315 and 360 degrees weighted by aspect (Mark 1992, USGS OFR 92-422), heights
/// exaggerated where the land is gentle. A neighbour without ground counts as level with the cell; NaN stays NaN.
[[nodiscard]] Raster<float> hillshade(const Raster<float>& ground_asl_m);

/// Flat ground shows exactly the colours of the legend.
[[nodiscard]] Picture coverage_picture(const Raster<float>& relief, const Raster<float>& rsrp_dbm,
                                       const Legend& legend);

/// `colours` by the values of `best_server`; cells of -1 are "not computed".
[[nodiscard]] Picture server_picture(const Raster<float>& relief, const Raster<std::int16_t>& best_server,
                                     const std::vector<Rgba>& colours);

/// One colour per index into CoverageGrid::sectors: a hue per site, so chosen that sites which meet on the map
/// differ, and a tint per sector.
[[nodiscard]] std::vector<Rgba> server_colours(const PlanResult& result, std::size_t sites);

}  // namespace amaneku::scenarios
