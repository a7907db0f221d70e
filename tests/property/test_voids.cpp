// Voids in the terrain: what lies in front of one and beside it does not change, what lies behind it is not
// computed, and both engines draw the same shadow.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>

#include "tests/support/area_difference.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

constexpr int kSite_x = 50;
constexpr int kSite_y = 44;
constexpr double kRadius_cells = 40.0;

Raster<float> hills() {
  return test::relief_grid("rolling", {.west_m = 0.0, .north_m = 3'000.0, .cell_m = 30.0, .nx = 101, .ny = 93}, 5);
}

/// In the middle of a cell, so that its own ground hangs on no neighbour.
Site site_in(const Grid& grid) {
  Site site;
  site.id = "S";
  site.at = grid.centre(kSite_x, kSite_y);
  site.sectors.push_back({.id = "S-1", .freq_hz = 4.7e9, .tx_agl_m = 25.0});
  return site;
}

struct Hole {
  const char* name;
  std::function<bool(int, int)> holds;  ///< of column and row
};

std::vector<Hole> holes() {
  return {{"one cell", [](int x, int y) { return x == 66 && y == 51; }},
          {"one cell straight north", [](int x, int y) { return x == kSite_x && y == kSite_y - 12; }},
          {"the cell beside the site", [](int x, int y) { return x == kSite_x + 1 && y == kSite_y; }},
          {"the cell diagonal to the site", [](int x, int y) { return x == kSite_x - 1 && y == kSite_y + 1; }},
          {"a block", [](int x, int y) { return x >= 30 && x < 38 && y >= 50 && y < 60; }},
          {"a block across a diagonal", [](int x, int y) { return std::abs(x - 65) < 4 && std::abs(y - 59) < 4; }},
          {"a column", [](int x, int) { return x == 70; }},
          {"a row", [](int, int y) { return y == 20; }},
          {"a ring", [](int x, int y) { return std::max(std::abs(x - kSite_x), std::abs(y - kSite_y)) == 9; }},
          {"scattered cells", [](int x, int y) {
             const bool site = x == kSite_x && y == kSite_y;
             return !site && test::Random(static_cast<std::uint64_t>(1000 * x + y)).between(0.0, 1.0) < 0.004;
           }}};
}

Raster<float> with_hole(Raster<float> ground, const Hole& hole) {
  for (int iy = 0; iy < ground.grid.ny; ++iy) {
    for (int ix = 0; ix < ground.grid.nx; ++ix) {
      if (hole.holds(ix, iy)) ground.at(ix, iy) = kNoData;
    }
  }
  return ground;
}

/// How near, in cells across, the straight line from the site to a cell passes the centres of void cells in the
/// columns (rows, for a cell more north or south than east or west) in between.
double clearance_cells(const Raster<float>& ground, int ix, int iy) {
  const bool steep = std::abs(iy - kSite_y) > std::abs(ix - kSite_x);
  const int along = steep ? iy - kSite_y : ix - kSite_x;
  const double slope = static_cast<double>(steep ? ix - kSite_x : iy - kSite_y) / along;
  double nearest = 1e9;
  for (int step = 1; step < std::abs(along); ++step) {
    const int u = along < 0 ? -step : step;
    const double across = (steep ? kSite_x : kSite_y) + slope * u;
    for (int q = static_cast<int>(across) - 3; q <= static_cast<int>(across) + 4; ++q) {
      const int x = steep ? q : kSite_x + u;
      const int y = steep ? kSite_y + u : q;
      if (ground.grid.holds(x, y) && std::isnan(ground.at(x, y)))
        nearest = std::min(nearest, std::fabs(q - across));
    }
  }
  return nearest;
}

/// Lines are interpolated between two cells: nearer than one cell, a void is in the way.
struct Shadow {
  double surely_hidden_cells;
  double surely_seen_cells;
};

/// The wedge's radial lies at most half a cell beside the cell's own line.
Shadow shadow_of(LossEngine engine) {
  return engine == LossEngine::exact ? Shadow{1.0 - 1e-9, 1.0 - 1e-9} : Shadow{0.5, 1.5};
}

void check(const Raster<float>& whole, const Hole& hole, const RadioModel& model, LossEngine engine) {
  const Raster<float> holed = with_hole(whole, hole);
  const Site site = site_in(whole.grid);
  const CoverageOptions options{.radius_m = kRadius_cells * whole.grid.cell_m};
  const Coverage before = test::coverage_of({whole, {}, {}}, site, model, options, engine);
  const Coverage after = test::coverage_of({holed, {}, {}}, site, model, options, engine);
  const TransmitterLoss& with = after.transmitters.at(0);
  const TransmitterLoss& without = before.transmitters.at(0);
  const Shadow shadow = shadow_of(engine);
  std::size_t computed = 0;
  std::size_t reachable = 0;
  for (int wy = 0; wy < with.loss_db.grid.ny; ++wy) {
    for (int wx = 0; wx < with.loss_db.grid.nx; ++wx) {
      const int ix = wx + with.ix0;
      const int iy = wy + with.iy0;
      const float loss = with.loss_db.at(wx, wy);
      const bool ground = !std::isnan(holed.at(ix, iy)) && !std::isnan(without.loss_db.at(wx, wy));
      INFO("cell " << ix - kSite_x << " " << iy - kSite_y << " from the site");
      if (!ground) {
        REQUIRE(std::isnan(loss));
        continue;
      }
      ++reachable;
      if (!std::isnan(loss)) ++computed;
      if (!std::isnan(loss)) REQUIRE(loss == without.loss_db.at(wx, wy));
      if (ix == kSite_x && iy == kSite_y) continue;
      const double clear = clearance_cells(holed, ix, iy);
      if (clear < shadow.surely_hidden_cells) REQUIRE(std::isnan(loss));
      if (clear > shadow.surely_seen_cells) REQUIRE_FALSE(std::isnan(loss));
    }
  }
  CHECK(computed < reachable);
  CHECK(computed + with.cells_behind_void == reachable);
}

}  // namespace

TEST_CASE("a void changes no cell before or beside it, and both engines hide what lies behind") {
  const Raster<float> whole = hills();
  for (const Hole& hole : holes()) {
    for (const LossEngine engine : {LossEngine::radial, LossEngine::exact}) {
      for (const RadioModel& model : {RadioModel{FreeSpace{}}, RadioModel{P526{}}, RadioModel{P1812{}},
                                      RadioModel{P452{}}, RadioModel{Itm{}}}) {
        INFO(hole.name << ", " << model_id(model) << (engine == LossEngine::exact ? ", exact" : ", radial"));
        check(whole, hole, model, engine);
      }
    }
  }
}

TEST_CASE("clutter and zones do not hide a cell: unknown clutter counts as none") {
  Ground ground{.ground_asl_m = hills()};
  const Site site = site_in(ground.ground_asl_m.grid);
  ground.clutter_m = Raster<float>(ground.ground_asl_m.grid, 0.0F);
  const CoverageOptions options{.radius_m = kRadius_cells * ground.ground_asl_m.grid.cell_m};
  for (const LossEngine engine : {LossEngine::radial, LossEngine::exact}) {
    const Coverage none = test::coverage_of(ground, site, P1812{}, options, engine);
    Ground unknown = ground;
    std::fill(unknown.clutter_m.values.begin(), unknown.clutter_m.values.end(), kNoData);
    const Coverage voids = test::coverage_of(unknown, site, P1812{}, options, engine);
    CHECK(voids.transmitters.at(0).cells_behind_void == 0);
    const auto& a = none.transmitters.at(0).loss_db.values;
    const auto& b = voids.transmitters.at(0).loss_db.values;
    std::size_t same = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i]))) ++same;
    }
    CHECK(same == a.size());
  }
}
