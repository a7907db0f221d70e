#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "scenarios/report/picture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/colour_difference.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

const Grid kGrid{.west_m = 0, .north_m = 900, .cell_m = 30, .nx = 40, .ny = 30};

/// A plane that rises by `east` and `north` metres per metre.
Raster<float> plane(double east, double north) {
  Raster<float> ground(kGrid, 0.0F);
  for (int iy = 0; iy < kGrid.ny; ++iy) {
    for (int ix = 0; ix < kGrid.nx; ++ix) {
      const Point p = kGrid.centre(ix, iy);
      ground.at(ix, iy) = static_cast<float>(500.0 + east * p.x_m + north * p.y_m);
    }
  }
  return ground;
}

float light(double east, double north) {
  return hillshade(plane(east, north)).at(20, 15);
}

Rgba colour(const Picture& picture, int ix, int iy) {
  return picture.palette[picture.pixels[picture.grid.index(ix, iy)]];
}

}  // namespace

TEST_CASE("relief: flat ground is neutral, slopes towards the north-west are lit, others shaded") {
  CHECK(light(0.0, 0.0) == 1.0F);
  CHECK(light(0.3, -0.3) > 1.05F);  // rises to the south-east: faces north-west
  CHECK(light(-0.3, 0.3) < 0.85F);
  CHECK(light(-0.3, -0.3) > light(-0.3, 0.3));
}

TEST_CASE("relief: a hole stays a hole and casts no edge") {
  Raster<float> ground = plane(0.0, 0.0);
  ground.at(10, 10) = kNoData;
  const Raster<float> relief = hillshade(ground);
  CHECK(std::isnan(relief.at(10, 10)));
  CHECK(relief.at(11, 10) == 1.0F);
  CHECK(relief.at(9, 9) == 1.0F);
}

TEST_CASE("pictures are never finer than the plan and cover all of it") {
  CHECK(picture_grid(kGrid, 1400) == kGrid);
  const Grid half = picture_grid(kGrid, 17);
  CHECK(half.nx == 17);
  CHECK(half.nx * half.cell_m == Approx(kGrid.nx * kGrid.cell_m));
  CHECK(half.ny * half.cell_m >= kGrid.ny * kGrid.cell_m - 1e-6);
  CHECK((half.ny - 1) * half.cell_m < kGrid.ny * kGrid.cell_m);

  Raster<float> ground = plane(0.01, 0.02);
  const Raster<float> small = shrink(ground, picture_grid(kGrid, 10));
  REQUIRE(small.grid.nx == 10);
  double mean = 0.0;
  for (int iy = 0; iy < 4; ++iy) {
    for (int ix = 0; ix < 4; ++ix) mean += static_cast<double>(ground.at(ix, iy)) / 16.0;
  }
  CHECK(static_cast<double>(small.at(0, 0)) == Approx(mean));
}

TEST_CASE("covered, below threshold, water, not computed and no terrain all look different") {
  PlanInput input;
  PlanResult result;
  result.grid = kGrid;
  input.world.ground.ground_asl_m = plane(0.0, 0.0);
  result.maps.rsrp_dbm = Raster<float>(kGrid, -95.0F);
  for (int iy = 0; iy < kGrid.ny; ++iy) {
    for (int ix = 0; ix < kGrid.nx; ++ix) {
      if (ix >= 8) result.maps.rsrp_dbm.at(ix, iy) = -130.0F;
      if (ix >= 16) input.world.ground.ground_asl_m.at(ix, iy) = 0.0F;
      if (ix >= 24) result.maps.rsrp_dbm.at(ix, iy) = kNoData;
      if (ix >= 32) input.world.ground.ground_asl_m.at(ix, iy) = kNoData;
    }
  }
  const Legend legend = rsrp_legend(input, result);
  const Picture picture =
      coverage_picture(backdrop(input.world.ground.ground_asl_m, kGrid), result.maps.rsrp_dbm, legend);
  CHECK(picture.palette.size() <= 256);
  CHECK(hex_colour(colour(picture, 4, 15)) == hex_colour(legend.classes[class_index(legend, -95.0)].colour));
  CHECK(hex_colour(colour(picture, 12, 15)) == hex_colour(legend.classes.back().colour));
  CHECK(hex_colour(colour(picture, 20, 15)) == hex_colour(on_water(legend.classes.back().colour)));
  CHECK(hex_colour(colour(picture, 28, 15)) == hex_colour(kNotComputedColour));
  CHECK(colour(picture, 28, 15).a < 255);
  CHECK(hex_colour(colour(picture, 36, 15)) == hex_colour(kNoTerrainColour));
}

TEST_CASE("a flat-earth run at 0 m is no sea") {
  const Backdrop flat = backdrop(Raster<float>(kGrid, 0.0F), kGrid);
  CHECK(std::set<std::uint8_t>(flat.sea.begin(), flat.sea.end()) == std::set<std::uint8_t>{0});
}

TEST_CASE("sites that meet on the map differ in colour, sectors of a site in tint") {
  PlanResult result;
  result.grid = kGrid;
  result.maps.best_server = Raster<std::int32_t>(kGrid, -1);
  for (int site = 0; site < 20; ++site) {
    result.coverage.sectors.push_back({site, 0, site});
    result.coverage.sectors.push_back({site, 1, site});
  }
  for (int iy = 0; iy < kGrid.ny; ++iy) {
    for (int ix = 0; ix < kGrid.nx; ++ix) result.maps.best_server.at(ix, iy) = static_cast<std::int32_t>(ix);
  }
  const std::vector<Rgba> colours = server_colours(result, 20);
  REQUIRE(colours.size() == 40);
  for (std::size_t i = 1; i < colours.size(); ++i) CHECK(hex_colour(colours[i]) != hex_colour(colours[i - 1]));
  const Picture picture = server_picture(backdrop(plane(0, 0), kGrid), result.maps.best_server, colours);
  CHECK(picture.palette.size() <= 256);
  CHECK(hex_colour(colour(picture, 3, 3)) == hex_colour(colours[3]));
}

TEST_CASE("CIEDE2000 gives the published differences") {
  // Sharma, Wu, Dalal (2005), table 1: pairs 1, 4, 7, 17, 20, 25.
  CHECK(test::delta_e_2000({50, 2.6772, -79.7751}, {50, 0, -82.7485}) == Approx(2.0425).margin(5e-5));
  CHECK(test::delta_e_2000({50, -1.3802, -84.2814}, {50, 0, -82.7485}) == Approx(1.0000).margin(5e-5));
  CHECK(test::delta_e_2000({50, 0, 0}, {50, -1, 2}) == Approx(2.3669).margin(5e-5));
  CHECK(test::delta_e_2000({50, 2.5, 0}, {73, 25, -18}) == Approx(27.1492).margin(5e-5));
  CHECK(test::delta_e_2000({50, 2.5, 0}, {58, 24, 15}) == Approx(19.4535).margin(5e-5));
  CHECK(test::delta_e_2000({60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}) ==
        Approx(1.2644).margin(5e-5));
}

TEST_CASE("what is covered and what is not look different to every reader, on every slope and on water") {
  // A column of pixels for each brightness of relief, a row for each class.
  constexpr int kLights = 61;
  for (const std::vector<double>& bounds :
       {std::vector<double>{-120, -100, -90, -80}, {-125, -120, -115, -105, -100, -95, -90, -85, -80, -75}}) {
    Legend legend = value_legend({"RSRP", "dBm", bounds, -110.0}, Raster<float>(kGrid, -95.0F), {});
    const auto classes = static_cast<int>(legend.classes.size());
    const Grid grid{.west_m = 0, .north_m = 0, .cell_m = 1, .nx = kLights, .ny = classes};
    Raster<float> rsrp(grid, 0.0F);
    Backdrop land{Raster<float>(grid, 1.0F), std::vector<std::uint8_t>(grid.cells(), 0)};
    for (int iy = 0; iy < classes; ++iy) {
      const LegendClass& c = legend.classes[static_cast<std::size_t>(iy)];
      for (int ix = 0; ix < kLights; ++ix) {
        rsrp.at(ix, iy) = static_cast<float>(std::isfinite(c.min) ? c.min : c.max - 1.0);
        land.relief.at(ix, iy) = 1.5F * static_cast<float>(ix) / (kLights - 1);
      }
    }
    Backdrop water{Raster<float>(grid, 1.0F), std::vector<std::uint8_t>(grid.cells(), 1)};
    for (const Backdrop* below : {&land, &water}) {
      const Picture picture = coverage_picture(*below, rsrp, legend);
      for (const test::ColourVision& vision : test::kColourVisions) {
        double least = 1e3;
        for (int ix = 0; ix < kLights; ++ix) {
          for (int a = 0; a < classes; ++a) {
            for (int b = 0; b < classes; ++b) {
              if (legend.classes[static_cast<std::size_t>(a)].below_threshold ||
                  !legend.classes[static_cast<std::size_t>(b)].below_threshold)
                continue;
              least = std::min(least, test::difference(colour(picture, ix, a), colour(picture, ix, b), vision));
            }
          }
        }
        INFO(vision.name << ", " << bounds.size() << " bounds, " << (below == &land ? "land" : "water"));
        CHECK(least >= 20.0);
        CHECK(least < 100.0);
      }
    }
  }
}
