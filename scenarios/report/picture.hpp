// The pictures under the vector map: shaded relief with classes blended over it, as pixels.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/report/legend.hpp"

namespace amaneku::scenarios {

/// Pixel (0, 0) is the north-west corner of the plan; `grid` says where the pixels lie.
struct Picture {
  Grid grid{};
  std::vector<std::uint8_t> pixels{};  ///< [y, x] index into `palette`, size grid.cells()
  std::vector<Rgba> palette{};         ///< at most 256
};

/// The picture as PNG, in base64.
[[nodiscard]] std::string png_base64(const Picture& picture);

inline constexpr Rgba kNoTerrainColour = {221, 232, 240};
/// Ground without a computed value; half transparent, so that the hatching of the page shows through.
inline constexpr Rgba kNotComputedColour = {246, 244, 239, 150};

/// Pixels over the whole of `plan`, at most `max_width` columns, never finer than the plan.
[[nodiscard]] Grid picture_grid(const Grid& plan, int max_width);

/// What lies under the pixels: relief, and where the water is.
struct Backdrop {
  Raster<float> relief{};           ///< as of `hillshade`
  std::vector<std::uint8_t> sea{};  ///< 1: ground at exactly 0 m all around, as sea is in most elevation data
};

[[nodiscard]] Backdrop backdrop(const Raster<float>& ground_asl_m, const Grid& pixels);

/// A class below the threshold on water; covered classes keep their colour there.
[[nodiscard]] Rgba on_water(Rgba colour) noexcept;

/// Mean of the finite cells under each pixel; NaN where the cell at the pixel's centre is NaN.
[[nodiscard]] Raster<float> shrink(const Raster<float>& raster, const Grid& pixels);

/// Relief as brightness relative to flat ground: 1 flat, 0 unlit, about 1.4 facing the light. Slopes by Horn
/// (1981), light from 225, 270, 315 and 360 degrees weighted by aspect (Mark 1992, USGS OFR 92-422), heights
/// exaggerated where the land is gentle. A neighbour without ground counts as level with the cell; NaN stays NaN.
[[nodiscard]] Raster<float> hillshade(const Raster<float>& ground_asl_m);

/// Flat ground shows exactly the colours of the legend.
[[nodiscard]] Picture coverage_picture(const Backdrop& below, const Raster<float>& rsrp_dbm, const Legend& legend);

/// `colours` by the values of `best_server`; cells of -1 are "not computed".
[[nodiscard]] Picture server_picture(const Backdrop& below, const Raster<std::int32_t>& best_server,
                                     const std::vector<Rgba>& colours);

/// One colour per index into Coverage::sectors: a hue per site, so chosen that sites which meet on the map
/// differ, and a tint per sector.
[[nodiscard]] std::vector<Rgba> server_colours(const PlanResult& result, std::size_t sites);

}  // namespace amaneku::scenarios
