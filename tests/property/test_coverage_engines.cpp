// Laws of the coverage engine over whole grids.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <span>

#include "libsim/maps/server_maps.hpp"
#include "tests/support/area_difference.hpp"
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

Coverage run(const Raster<float>& ground, const std::vector<Site>& sites, CoverageOptions options,
             const RadioModel& model = P526{}) {
  std::vector<Warning> warnings;
  return compute_coverage({ground, {}}, sites, model, {}, options, warnings);
}

bool same_bytes(std::span<const float> a, std::span<const float> b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace

TEST_CASE("every cell in the radius belongs to exactly one wedge, wherever the site stands") {
  const Raster<float> flat(Grid{.west_m = 0, .north_m = 6100, .cell_m = 100, .nx = 57, .ny = 61}, 5.0F);
  const std::vector<std::pair<double, double>> places{
      {0.5, 0.5}, {0.0, 0.0}, {0.999, 0.4}, {0.31, 0.77}, {28.5 / 57, 30.5 / 61}};
  for (const auto& [fx, fy] : places) {
    const std::vector<Site> sites{site_at(flat.grid, fx, fy)};
    const Coverage coverage = run(flat, sites, {.radius_m = 2'500.0}, FreeSpace{});
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
  const Coverage one = run(ground, sites, {.radius_m = 4'000.0, .threads = 1});
  const ServerMaps one_maps = best_server(one, sites, {ground, {}}, {}, 1);
  for (const int threads : {2, 7}) {
    const Coverage other = run(ground, sites, {.radius_m = 4'000.0, .threads = threads});
    const ServerMaps maps = best_server(other, sites, {ground, {}}, {}, threads);
    for (std::size_t t = 0; t < 2; ++t) {
      CHECK(same_bytes(one.transmitters[t].loss_db.values, other.transmitters[t].loss_db.values));
      CHECK(one.transmitters[t].cells_line_of_sight == other.transmitters[t].cells_line_of_sight);
    }
    CHECK(same_bytes(one_maps.rsrp_dbm.values, maps.rsrp_dbm.values));
    CHECK(one_maps.best_server.values == maps.best_server.values);
  }
}

namespace {

const RadioModel kSightModel = Tr38901{.line_of_sight = Tr38901::LineOfSight::terrain};

struct Sample {
  std::vector<double> values{};
  [[nodiscard]] double mean() const {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  }
  [[nodiscard]] double error_of_mean() const {
    double squares = 0.0;
    for (const double value : values) squares += (value - mean()) * (value - mean());
    const auto n = static_cast<double>(values.size());
    return std::sqrt(squares / (n - 1.0) / n);
  }
};

/// Cells that know nothing of their neighbours: no radial can stand for the line beside it.
bool is_noise(const std::string& kind) {
  return kind == "random" || kind == "spiked";
}

}  // namespace

TEST_CASE("over an area the radial engine stays close to the exact profiles, without bias, on every relief") {
  const Grid grid{.west_m = 1'000.0, .north_m = 50'000.0, .cell_m = 30.0, .nx = 141, .ny = 129};
  Site site = site_at(grid, 0.48, 0.53);
  for (const std::string& kind : test::relief_kinds()) {
    if (is_noise(kind)) continue;
    for (const bool furnished : {false, true}) {
      Ground ground{.ground_asl_m = test::relief_grid(kind, grid, 5)};
      if (furnished) {
        ground.zone = test::zones_of(ground.ground_asl_m);
        ground.clutter_m = test::patchy_clutter(ground.ground_asl_m, 250.0);
      }
      for (const RadioModel& model :
           {RadioModel{P526{}}, RadioModel{P1812{.time_percent = 10.0}}, RadioModel{P452{.time_percent = 1.0}},
            RadioModel{Itm{}}, RadioModel{Ehata{}}, kSightModel}) {
        const auto d = test::area_difference(ground, site, model, {.radius_m = 75.0 * grid.cell_m});
        INFO(kind << (furnished ? " with zones and clutter, " : ", ") << model_id(model) << ": "
                  << d.quantile_db(0.5) << " / " << d.quantile_db(0.95) << " / " << d.quantile_db(0.99) << " mean "
                  << d.mean_db);
        CHECK(d.one_engine_only == 0);
        CHECK(d.cells() > 15'000);
        CHECK(d.quantile_db(0.5) < 0.05);
        CHECK(d.quantile_db(0.95) < 1.0);
        // ehata adds its isolated-ridge correction, up to 20 dB, on a condition that a metre of the ground
        // decides.
        if (model_id(model) != Ehata::id) CHECK(d.quantile_db(0.99) < 3.5);
        CHECK(std::fabs(d.mean_db) < 0.1);
        CHECK(std::fabs(d.sight_bias()) < 0.001);
      }
    }
  }
}

TEST_CASE("on mere noise the radial engine is right on average") {
  constexpr std::uint64_t kSeeds = 24;
  const Grid grid{.west_m = 1'000.0, .north_m = 50'000.0, .cell_m = 30.0, .nx = 141, .ny = 129};
  for (const std::string& kind : test::relief_kinds()) {
    if (!is_noise(kind)) continue;
    for (const RadioModel& model : {RadioModel{P526{}}, RadioModel{Itm{}}}) {
      Sample mean_db;
      Sample sight_bias;
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        test::Random random(seed);
        const Ground ground{.ground_asl_m = test::relief_grid(kind, grid, seed)};
        const Site site = site_at(grid, random.between(0.45, 0.55), random.between(0.45, 0.55));
        const auto d = test::area_difference(ground, site, model, {.radius_m = 55.0 * grid.cell_m});
        CHECK(d.one_engine_only == 0);
        mean_db.values.push_back(d.mean_db);
        sight_bias.values.push_back(d.sight_bias());
      }
      INFO(kind << ", " << model_id(model) << ": " << mean_db.mean() << " dB, " << sight_bias.mean());
      // One spike's shadow moves up to half a percent of the cells; the errors of the means are what is left of
      // it.
      CHECK(mean_db.error_of_mean() < 0.05);
      CHECK(sight_bias.error_of_mean() < 0.001);
      CHECK(std::fabs(mean_db.mean()) < 3.0 * mean_db.error_of_mean());
      CHECK(std::fabs(sight_bias.mean()) < 3.0 * sight_bias.error_of_mean());
    }
  }
}

TEST_CASE("the more own samples, the nearer the radial engine comes to the exact one, at every size of cells") {
  for (const double cell_m : {1.0, 30.0, 100.0}) {
    const Grid grid{.west_m = 1'000.0, .north_m = 50'000.0, .cell_m = cell_m, .nx = 141, .ny = 129};
    const Ground ground{.ground_asl_m = test::relief_grid("rolling", grid, 5)};
    const Site site = site_at(grid, 0.48, 0.53);
    double last_db = 1e9;
    for (const int own_line_samples : {0, 1, 4, 10, 64}) {
      const auto d = test::area_difference(ground, site, P526{},
                                           {.radius_m = 75.0 * cell_m, .own_line_samples = own_line_samples});
      INFO(cell_m << " m, " << own_line_samples << " own samples: 95 % " << d.quantile_db(0.95) << ", mean "
                  << d.mean_db);
      CHECK(d.quantile_db(0.95) <= last_db);
      last_db = d.quantile_db(0.95);
      // Without own samples the steps of the ground before the receiver are those of a line beside it.
      CHECK(std::fabs(d.mean_db) < 0.1);
      if (own_line_samples >= 4) CHECK(d.quantile_db(0.95) < 1.0);
    }
  }
}

TEST_CASE("within the reach of its own line a cell has the loss of the exact engine") {
  const Grid grid{.west_m = 1'000.0, .north_m = 50'000.0, .cell_m = 30.0, .nx = 141, .ny = 129};
  const Site site = site_at(grid, 0.41, 0.37);
  for (const std::string& kind : test::relief_kinds()) {
    Ground ground{.ground_asl_m = test::relief_grid(kind, grid, 9)};
    ground.zone = test::zones_of(ground.ground_asl_m);
    ground.clutter_m = test::patchy_clutter(ground.ground_asl_m, 250.0);
    for (const int own_line_samples : {1, 4, 10, 64}) {
      const CoverageOptions options{.radius_m = grid.cell_m * std::min(40, own_line_samples),
                                    .own_line_samples = own_line_samples};
      for (const RadioModel& model :
           {RadioModel{P526{}}, RadioModel{P1812{}}, RadioModel{P452{}}, RadioModel{Itm{}}}) {
        const auto d = test::area_difference(ground, site, model, options);
        INFO(kind << ", " << own_line_samples << " own samples, " << model_id(model));
        CHECK(d.one_engine_only == 0);
        CHECK(d.radial_in_sight == d.exact_in_sight);
        CHECK(d.absolute_db.back() < 1e-3);
      }
    }
  }
}

TEST_CASE("a site at any edge or corner of the data, with any radius: the cells of the exact engine") {
  const Raster<float> ground = test::relief_square(61, 30.0, 2);
  const Grid& grid = ground.grid;
  for (const double fx : {0.0, 0.5 / 61, 0.5, 60.5 / 61, 0.9999}) {
    for (const double fy : {0.0, 0.5 / 61, 0.5, 60.5 / 61, 0.9999}) {
      const Site site = site_at(grid, fx, fy);
      for (const double radius_m : {30.0, 60.0, 700.0, 90'000.0}) {
        std::size_t within = 0;
        for (std::size_t i = 0; i < grid.cells(); ++i) {
          const Point cell = grid.centre(static_cast<int>(i) % grid.nx, static_cast<int>(i) / grid.nx);
          if (distance_m(site.at, cell) <= radius_m) ++within;
        }
        const auto d = test::area_difference({ground, {}, {}}, site, P526{}, {.radius_m = radius_m});
        INFO("site at " << fx << " " << fy << " of the sides, radius " << radius_m);
        CHECK(d.one_engine_only == 0);
        CHECK(d.cells() == within);
        CHECK(d.quantile_db(0.95) < 1.0);
        CHECK(std::fabs(d.mean_db) < 0.1);
      }
    }
  }
}
