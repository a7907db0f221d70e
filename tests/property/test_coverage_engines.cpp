// Laws of the coverage engine over whole grids.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "libsim/coverage.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

Site site_at(const Grid& grid, double fx, double fy) {
  Site site;
  site.id = "S";
  site.at = {grid.west_m + fx * grid.nx * grid.cell_m, grid.north_m - fy * grid.ny * grid.cell_m};
  site.sectors.push_back({.id = "S-1", .freq_hz = 4.7e9, .tx_agl_m = 25.0});
  return site;
}

CoverageGrid run(const Raster<float>& ground, const std::vector<Site>& sites, CoverageOptions options,
                 const RadioModel& model = P526{}) {
  std::vector<Warning> warnings;
  return compute_coverage({ground, {}}, sites, model, {}, options, warnings);
}

bool same_bytes(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace

TEST_CASE("every cell in the radius belongs to exactly one wedge, wherever the site stands") {
  const Raster<float> flat(Grid{.west_m = 0, .north_m = 6100, .cell_m = 100, .nx = 57, .ny = 61}, 5.0F);
  const std::vector<std::pair<double, double>> places{
      {0.5, 0.5}, {0.0, 0.0}, {0.999, 0.4}, {0.31, 0.77}, {28.5 / 57, 30.5 / 61}};
  for (const auto& [fx, fy] : places) {
    const std::vector<Site> sites{site_at(flat.grid, fx, fy)};
    const CoverageGrid coverage = run(flat, sites, {.radius_m = 2'500.0}, FreeSpace{});
    const TransmitterLoss& tx = coverage.transmitters[0];
    std::size_t inside = 0;
    std::size_t computed = 0;
    for (int iy = 0; iy < flat.grid.ny; ++iy) {
      for (int ix = 0; ix < flat.grid.nx; ++ix) {
        const double d = distance_m(sites[0].at, flat.grid.centre(ix, iy));
        const int wx = ix - tx.ix0;
        const int wy = iy - tx.iy0;
        const bool has = tx.loss_db.grid.holds(wx, wy) && !std::isnan(tx.loss_db.at(wx, wy));
        if (std::fabs(d - 2'500.0) < 1e-6) continue;
        if (d < 2'500.0) ++inside;
        if (has) ++computed;
        INFO("site " << fx << " " << fy << " cell " << ix << " " << iy << " d " << d);
        REQUIRE(has == (d < 2'500.0));
      }
    }
    CHECK(inside == computed);
    CHECK(inside > 400);
  }
}

TEST_CASE("thread counts 1, 2 and 7 give identical bytes") {
  const Raster<float> ground = test::relief_square(220, 30.0, 3);
  std::vector<Site> sites{site_at(ground.grid, 0.4, 0.6), site_at(ground.grid, 0.71, 0.22)};
  const CoverageGrid one = run(ground, sites, {.radius_m = 4'000.0, .threads = 1});
  const ServerMaps one_maps = best_server(one, sites, {ground, {}}, {}, 1);
  for (const int threads : {2, 7}) {
    const CoverageGrid other = run(ground, sites, {.radius_m = 4'000.0, .threads = threads});
    const ServerMaps maps = best_server(other, sites, {ground, {}}, {}, threads);
    for (std::size_t t = 0; t < 2; ++t) {
      CHECK(same_bytes(one.transmitters[t].loss_db.values, other.transmitters[t].loss_db.values));
      CHECK(one.transmitters[t].cells_line_of_sight == other.transmitters[t].cells_line_of_sight);
    }
    CHECK(same_bytes(one_maps.rsrp_dbm.values, maps.rsrp_dbm.values));
    CHECK(one_maps.best_server.values == maps.best_server.values);
  }
}

TEST_CASE("a hole in the terrain never changes a cell in front of it, and shadows what lies behind") {
  const Raster<float> whole = test::relief_square(160, 30.0, 5);
  Raster<float> holed = whole;
  for (int iy = 70; iy < 90; ++iy) holed.at(110, iy) = kNoData;
  const std::vector<Site> sites{site_at(whole.grid, 0.5, 0.5)};
  for (const Engine engine : {Engine::radial, Engine::exact}) {
    const CoverageGrid a = run(whole, sites, {.radius_m = 3'000.0, .engine = engine});
    const CoverageGrid b = run(holed, sites, {.radius_m = 3'000.0, .engine = engine});
    const TransmitterLoss& with = b.transmitters[0];
    CHECK(with.cells_behind_void > 100);
    for (int iy = 0; iy < with.loss_db.grid.ny; ++iy) {
      for (int ix = 0; ix < with.loss_db.grid.nx; ++ix) {
        const float loss = with.loss_db.at(ix, iy);
        if (!std::isnan(loss)) REQUIRE(loss == a.transmitters[0].loss_db.at(ix, iy));
        if (ix + with.ix0 < 109) REQUIRE(std::isnan(loss) == std::isnan(a.transmitters[0].loss_db.at(ix, iy)));
        // Straight behind the hole nothing may be computed.
        if (ix + with.ix0 > 110 && std::abs(iy + with.iy0 - 80) < 3) REQUIRE(std::isnan(loss));
      }
    }
  }
}

TEST_CASE("over an area the radial engine stays close to the exact profiles, without bias") {
  const Raster<float> ground = test::relief_square(300, 30.0, 11);
  const std::vector<Site> sites{site_at(ground.grid, 0.48, 0.53)};
  const CoverageGrid fast = run(ground, sites, {.radius_m = 4'400.0});
  const CoverageGrid exact = run(ground, sites, {.radius_m = 4'400.0, .engine = Engine::exact});
  std::vector<double> difference;
  double sum = 0.0;
  for (std::size_t i = 0; i < fast.transmitters[0].loss_db.values.size(); ++i) {
    const float a = fast.transmitters[0].loss_db.values[i];
    const float b = exact.transmitters[0].loss_db.values[i];
    REQUIRE(std::isnan(a) == std::isnan(b));
    if (std::isnan(a)) continue;
    difference.push_back(std::fabs(static_cast<double>(a) - static_cast<double>(b)));
    sum += static_cast<double>(a) - static_cast<double>(b);
  }
  std::sort(difference.begin(), difference.end());
  const double n = static_cast<double>(difference.size());
  const auto quantile = [&](double q) { return difference[static_cast<std::size_t>(q * (n - 1.0))]; };
  CHECK(difference.size() > 60'000);
  CHECK(quantile(0.5) < 0.05);
  CHECK(quantile(0.95) < 1.0);
  CHECK(quantile(0.99) < 3.5);
  CHECK(std::fabs(sum / n) < 0.1);
}

TEST_CASE("edges: one-cell radius, one-cell-wide terrain, a site at the border, a radius beyond the data") {
  const auto same_as_exact = [](const Raster<float>& ground, const Site& site, double radius_m) {
    const CoverageGrid fast = run(ground, {site}, {.radius_m = radius_m});
    const CoverageGrid exact = run(ground, {site}, {.radius_m = radius_m, .engine = Engine::exact});
    std::size_t cells = 0;
    for (std::size_t i = 0; i < fast.transmitters[0].loss_db.values.size(); ++i) {
      const float a = fast.transmitters[0].loss_db.values[i];
      const float b = exact.transmitters[0].loss_db.values[i];
      REQUIRE(std::isnan(a) == std::isnan(b));
      if (std::isnan(a)) continue;
      ++cells;
      // Up to its own line the radial engine walks the profile of the cell itself.
      const Grid& window = fast.transmitters[0].loss_db.grid;
      const Point cell = window.centre(static_cast<int>(i) % window.nx, static_cast<int>(i) / window.nx);
      const double steps = std::max(std::fabs(cell.x_m - site.at.x_m), std::fabs(cell.y_m - site.at.y_m));
      if (ground.grid.ny == 1 || steps < 9.0 * window.cell_m) REQUIRE(a == Approx(b).margin(1e-3));
    }
    return cells;
  };
  const Raster<float> ground = test::relief_square(80, 30.0, 2);
  CHECK(same_as_exact(ground, site_at(ground.grid, 0.5, 0.5), 30.0) >= 3);
  CHECK(same_as_exact(ground, site_at(ground.grid, 0.0, 0.999), 1'000.0) > 700);
  CHECK(same_as_exact(ground, site_at(ground.grid, 0.3, 0.3), 90'000.0) == ground.grid.cells());
  const Raster<float> strip(Grid{.west_m = 0, .north_m = 30, .cell_m = 30, .nx = 200, .ny = 1}, 12.0F);
  CHECK(same_as_exact(strip, site_at(strip.grid, 0.25, 0.5), 90'000.0) == 200);
}
