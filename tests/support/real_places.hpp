// Places on real terrain where the radial engine is held against exact profiles.
#pragma once

#include <cmath>
#include <filesystem>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/raster/raster_io.hpp"
#include "tests/support/area_difference.hpp"
#include "tests/support/relief.hpp"

namespace amaneku::test {

struct Place {
  const char* name;
  const char* dem;  ///< below the data folder
  LonLat at;
  double cell_m;
  double freq_hz;
  bool whole_metres = false;
  bool zones = false;             ///< sea, coast and inland by height; else all inland
  double clutter_below_m = -1.0;  ///< patches of clutter where the ground is lower
  int own_line_samples = CoverageOptions{}.own_line_samples;
};

inline const std::vector<Place>& real_places() {
  // A mast among quays and roofs a metre or two high: every path grazes the ground, and the default of
  // own_line_samples misses the law by a hair.
  constexpr int kGrazing_samples = 12;
  static const std::vector<Place> places{
      {"Fuji, Gotemba slope", "dem/fuji_srtm1.tif", {138.90, 35.30}, 30.0, 4.7e9},
      {"the same, 10 m clutter in patches",
       "dem/fuji_srtm1.tif",
       {138.90, 35.30},
       30.0,
       4.7e9,
       false,
       false,
       700.0},
      {"Fuji, valley of the Fuji river", "dem/fuji_srtm1.tif", {138.525, 35.225}, 30.0, 0.8e9},
      {"Fuji, Kenashi ridge", "dem/fuji_srtm1.tif", {138.5453, 35.4125}, 30.0, 2.6e9},
      {"Alps, above Realp (with voids)", "dem/N46E008_srtm3_alps.tif", {8.55, 46.60}, 30.0, 4.7e9},
      {"Alps, Andermatt valley, 90 m cells", "dem/N46E008_srtm3_alps.tif", {8.59, 46.635}, 90.0, 0.8e9},
      {"Osaka, foot of Ikoma, whole metres", "dem/osaka_srtm1_epsg6674.tif", {135.64, 34.66}, 30.0, 3.5e9, true},
      {"Osaka, port, sea and coast, 12 own samples",
       "dem/osaka_srtm1_epsg6674.tif",
       {135.43, 34.65},
       30.0,
       3.5e9,
       false,
       true,
       -1.0,
       kGrazing_samples},
      {"the same, 10 m clutter in patches",
       "dem/osaka_srtm1_epsg6674.tif",
       {135.43, 34.65},
       30.0,
       3.5e9,
       false,
       true,
       100.0,
       kGrazing_samples},
  };
  return places;
}

struct PlacedSite {
  Ground ground{};
  Site site{};
  Crs crs;
};

/// The ground within `radius_m` of the place, and one mast of 25 m in its middle.
inline PlacedSite placed_site(const std::filesystem::path& data, const Place& place, double radius_m) {
  PlacedSite out{.crs = Crs::from_text(
                     choose_plan_crs({place.at.lon_deg, place.at.lat_deg, place.at.lon_deg, place.at.lat_deg}))};
  const Point middle = out.crs.to_plan(place.at);
  const int half = static_cast<int>(std::ceil(radius_m / place.cell_m)) + 2;
  const Grid grid{.west_m = std::floor(middle.x_m) - half * place.cell_m,
                  .north_m = std::floor(middle.y_m) + half * place.cell_m,
                  .cell_m = place.cell_m,
                  .nx = 2 * half,
                  .ny = 2 * half};
  const std::vector<RasterSource> sources{{.path = data / place.dem}};
  out.ground.ground_asl_m = read_mosaic(sources, grid, out.crs).raster;
  Raster<float>& ground = out.ground.ground_asl_m;
  if (place.whole_metres) {
    for (float& height : ground.values) height = std::round(height);
  }
  if (place.zones) out.ground.zone = zones_of(ground);
  if (place.clutter_below_m > 0.0) out.ground.clutter_m = patchy_clutter(ground, place.clutter_below_m);
  out.site.id = "S";
  out.site.position = place.at;
  out.site.at = middle;
  out.site.sectors.push_back({.id = "S-1", .freq_hz = place.freq_hz, .tx_agl_m = 25.0});
  return out;
}

/// A model as it stands in the table of the area law.
struct LawModel {
  const char* title;
  RadioModel model;
  bool steady;  ///< the loss has no jumps: 99 % of the cells and the patterns are promised too
};

/// Percentages of time at which zones and the second Earth count.
inline std::vector<LawModel> law_models() {
  // ehata adds its isolated-ridge correction, up to 20 dB, exactly where both ends look at one and the same
  // sample: that flips with a metre of the ground.
  return {{"p526", P526{}, true},
          {"p1812, 10 % of time", P1812{.time_percent = 10.0}, true},
          {"p452, 1 % of time", P452{.time_percent = 1.0}, true},
          {"itm", Itm{}, true},
          {"ehata", Ehata{}, false}};
}

}  // namespace amaneku::test
