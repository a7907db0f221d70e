// The site loop: whatever is held at a time, the maps are those of everything at once.
#include "libsim/maps/site_loop.hpp"

#include <atomic>
#include <cmath>
#include <cstring>
#include <set>

#include "libsim/maps/link_budget.hpp"
#include "libsim/maps/site_order.hpp"
#include "propagation/sector_pattern.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

/// Three sectors, two carriers, two heights: three transmitters.
Site mast(const std::string& id, Point at) {
  Site site{.id = id, .at = at, .convergence_deg = 0.3};
  site.sectors = {{.id = "a",
                   .freq_hz = 4.7e9,
                   .tx_agl_m = 25.0,
                   .antenna = Element38901{},
                   .mounting = {.azimuth_deg = 20.0}},
                  {.id = "b", .freq_hz = 4.7e9, .tx_agl_m = 32.0, .antenna = IsotropicAntenna{5.0}},
                  {.id = "c", .freq_hz = 0.8e9, .power_dbm = 37.0, .tx_agl_m = 25.0}};
  return site;
}

std::vector<Site> masts(const Grid& grid, int n) {
  std::vector<Site> sites;
  for (int i = 0; i < n; ++i) {
    const double fx = std::fmod(0.5 + i * 0.618034, 1.0);
    const double fy = std::fmod(0.5 + i * 0.754878, 1.0);
    sites.push_back(mast("S" + std::to_string(i),
                         {grid.west_m + fx * grid.nx * grid.cell_m, grid.north_m - fy * grid.ny * grid.cell_m}));
  }
  return sites;
}

struct Looped {
  ServerMaps maps;
  Coverage network;
  SiteLoopPeak peak;
};

struct InventedWorld {
  Ground ground;
  std::vector<Site> sites;
  RadioModel model = P526{};
  CoverageOptions options{.radius_m = 3'000.0, .threads = 1};

  [[nodiscard]] float height(Point at) const { return sample_bilinear(ground.ground_asl_m, at); }

  /// With the whole ground, or with no more of it than is asked for.
  [[nodiscard]] Looped loop(const SiteLoopBudget& budget, int threads, bool whole = true) const {
    CoverageOptions with_threads = options;
    with_threads.threads = threads;
    const GroundSource source = [&](const Grid& window) {
      if (whole) return std::shared_ptr<const Ground>(std::shared_ptr<const Ground>(), &ground);
      auto part = std::make_shared<Ground>();
      part->ground_asl_m = Raster<float>(window, kNoData);
      for (int iy = 0; iy < window.ny; ++iy) {
        for (int ix = 0; ix < window.nx; ++ix) {
          const Point at = window.centre(ix, iy);
          const Grid& from = ground.ground_asl_m.grid;
          part->ground_asl_m.at(ix, iy) = ground.ground_asl_m.at(from.column_of(at.x_m), from.row_of(at.y_m));
        }
      }
      return std::shared_ptr<const Ground>(part);
    };
    const Grid& grid = ground.ground_asl_m.grid;
    std::vector<Warning> warnings;
    Looped out{empty_maps(grid),
               list_transmitters(
                   grid, sites, [&](Point at) { return height(at); }, warnings),
               {}};
    std::set<std::pair<int, int>> seen;
    const SiteLoopSinks sinks{.tile = [&](ServerTile&& tile) {
      CHECK(seen.insert({tile.ix0, tile.iy0}).second);
      paste(tile, out.maps);
    }};
    out.peak = run_site_loop({sites, model, Receiver{}, with_threads, source}, budget, sinks, out.network);
    return out;
  }
};

InventedWorld small_world(int n) {
  InventedWorld world{.ground = {.ground_asl_m = test::relief_square(300, 30.0, 3)}};
  world.sites = masts(world.ground.ground_asl_m.grid, n);
  return world;
}

template <class T>
bool same_bytes(const Raster<T>& a, const Raster<T>& b) {
  return a.grid == b.grid && std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(T)) == 0;
}

bool same_bytes(const ServerMaps& a, const ServerMaps& b) {
  return same_bytes(a.rsrp_dbm, b.rsrp_dbm) && same_bytes(a.best_server, b.best_server) &&
         same_bytes(a.second_dbm, b.second_dbm) && same_bytes(a.second_server, b.second_server) &&
         same_bytes(a.interference_dbm, b.interference_dbm) && same_bytes(a.contenders, b.contenders);
}

}  // namespace

TEST_CASE("the Hilbert curve visits every cell once, neighbour after neighbour") {
  constexpr int kOrder = 4;
  constexpr std::uint32_t kSide = 1U << kOrder;
  std::vector<std::pair<int, int>> at(kSide * kSide, {-1, -1});
  for (std::uint32_t y = 0; y < kSide; ++y) {
    for (std::uint32_t x = 0; x < kSide; ++x) at.at(hilbert_position(x, y, kOrder)) = {x, y};
  }
  for (std::size_t i = 1; i < at.size(); ++i) {
    REQUIRE(at[i].first >= 0);
    REQUIRE(std::abs(at[i].first - at[i - 1].first) + std::abs(at[i].second - at[i - 1].second) == 1);
  }
}

TEST_CASE("any budget and any number of threads give the same bytes") {
  const InventedWorld world = small_world(13);
  const Looped all = world.loop({}, 1);
  CHECK(all.peak.batches == 1);
  const std::size_t site_bytes = 3 * 203 * 203 * sizeof(float);
  for (const std::size_t sites_at_once : {0U, 1U, 5U, 100U}) {
    for (const int threads : {1, 2, 7}) {
      const Looped some = world.loop({.window_bytes = sites_at_once * site_bytes}, threads);
      INFO(sites_at_once << " sites at a time, " << threads << " threads");
      CHECK(same_bytes(some.maps, all.maps));
      for (std::size_t t = 0; t < all.network.transmitters.size(); ++t) {
        CHECK(some.network.transmitters[t].site == all.network.transmitters[t].site);
        CHECK(some.network.transmitters[t].cells_line_of_sight == all.network.transmitters[t].cells_line_of_sight);
        CHECK(some.network.transmitters[t].loss_db.values.empty());
      }
      if (sites_at_once == 0) CHECK(some.peak.batches == 13);
    }
  }
}

TEST_CASE("every cell has the powers of a sum over all sectors, one by one") {
  const InventedWorld world = small_world(6);
  const Looped looped = world.loop({.window_bytes = 1}, 2);
  std::vector<Warning> warnings;
  const Coverage coverage = compute_coverage(world.ground, world.sites, world.model, {}, world.options, warnings);
  const Grid& grid = coverage.grid;
  constexpr double kFloatStep_db = 8e-6;  // of numbers between 64 and 128
  int with_interference = 0;
  int other_carrier = 0;
  for (int iy = 0; iy < grid.ny; iy += 3) {
    for (int ix = 0; ix < grid.nx; ix += 3) {
      std::vector<std::pair<double, int>>
          powers;  // minus the power, so that the strongest of the lowest index is first
      for (std::size_t s = 0; s < coverage.sectors.size(); ++s) {
        const SectorRef& ref = coverage.sectors[s];
        const TransmitterLoss& loss = coverage.transmitters[static_cast<std::size_t>(ref.transmitter)];
        if (!loss.loss_db.grid.holds(ix - loss.ix0, iy - loss.iy0)) continue;
        const auto loss_db = static_cast<double>(loss.loss_db.at(ix - loss.ix0, iy - loss.iy0));
        if (std::isnan(loss_db)) continue;
        const Site& site = world.sites[static_cast<std::size_t>(ref.site)];
        const Sector& sector = site.sectors[static_cast<std::size_t>(ref.sector)];
        Mounting mounting = sector.mounting;
        mounting.azimuth_deg += site.convergence_deg;
        const Point cell = grid.centre(ix, iy);
        const double higher_m = static_cast<double>(world.ground.ground_asl_m.at(ix, iy)) + Receiver{}.rx_agl_m -
                                loss.tx_ground_asl_m - loss.tx_agl_m;
        const double d_m = distance_m(site.at, cell);
        const double up_m = higher_m - d_m * d_m / (2.0 * world.options.effective_earth_radius_m);
        const double gain_dbi =
            SectorPattern(sector.antenna, mounting).gain_dbi(cell.x_m - site.at.x_m, cell.y_m - site.at.y_m, up_m);
        powers.emplace_back(-link_budget(sector, {}, {gain_dbi}, {loss_db}).rsrp().value, static_cast<int>(s));
      }
      std::sort(powers.begin(), powers.end());
      INFO("cell " << ix << " " << iy);
      const ServerMaps& maps = looped.maps;
      REQUIRE(maps.best_server.at(ix, iy) == (powers.empty() ? -1 : powers[0].second));
      REQUIRE(maps.second_server.at(ix, iy) == (powers.size() < 2 ? -1 : powers[1].second));
      if (powers.empty()) REQUIRE(std::isnan(maps.rsrp_dbm.at(ix, iy)));
      if (powers.size() < 2) {
        REQUIRE(std::isnan(maps.second_dbm.at(ix, iy)));
        REQUIRE(std::isnan(maps.interference_dbm.at(ix, iy)));
        continue;
      }
      const auto on_carrier_hz = [&](int s) {
        const SectorRef& ref = coverage.sectors[static_cast<std::size_t>(s)];
        return coverage.transmitters[static_cast<std::size_t>(ref.transmitter)].freq_hz;
      };
      const auto within = std::count_if(powers.begin(), powers.end(), [&](const auto& power) {
        return on_carrier_hz(power.second) == on_carrier_hz(powers[0].second) &&
               power.first <= powers[0].first + static_cast<double>(kContenders_db);
      });
      const bool on_the_edge = std::any_of(powers.begin(), powers.end(), [&](const auto& power) {
        return std::fabs(power.first - powers[0].first - static_cast<double>(kContenders_db)) <
               2.0 * kFloatStep_db;
      });
      if (!on_the_edge) REQUIRE(maps.contenders.at(ix, iy) == std::min<long>(within, kPilotPollution));
      REQUIRE(std::fabs(static_cast<double>(maps.rsrp_dbm.at(ix, iy)) + powers[0].first) < kFloatStep_db);
      REQUIRE(std::fabs(static_cast<double>(maps.second_dbm.at(ix, iy)) + powers[1].first) < kFloatStep_db);
      const auto freq_hz = [&](int s) {
        const SectorRef& ref = coverage.sectors[static_cast<std::size_t>(s)];
        return coverage.transmitters[static_cast<std::size_t>(ref.transmitter)].freq_hz;
      };
      double others_mw = 0.0;
      for (std::size_t i = 1; i < powers.size(); ++i) {
        const bool same_carrier = freq_hz(powers[i].second) == freq_hz(powers[0].second);
        if (same_carrier) others_mw += std::pow(10.0, -powers[i].first / 10.0);
        other_carrier += same_carrier ? 0 : 1;
      }
      REQUIRE(std::isnan(maps.interference_dbm.at(ix, iy)) == (others_mw == 0.0));
      if (others_mw == 0.0) continue;
      ++with_interference;
      REQUIRE(std::fabs(static_cast<double>(maps.interference_dbm.at(ix, iy)) - 10.0 * std::log10(others_mw)) <
              kFloatStep_db);
    }
  }
  CHECK(with_interference > 5'000);
  CHECK(other_carrier > 5'000);
}

TEST_CASE("maps from losses that are held are those of the loop") {
  const InventedWorld world = small_world(5);
  std::vector<Warning> warnings;
  const Coverage coverage = compute_coverage(world.ground, world.sites, world.model, {}, world.options, warnings);
  CHECK(same_bytes(best_server(coverage, world.sites, world.ground, {}, 2),
                   world.loop({.window_bytes = 1}, 1).maps));
}

TEST_CASE("of equal powers the sector of the lower index serves, in whatever order the curve comes by") {
  InventedWorld world = small_world(0);
  world.model = FreeSpace{};
  // The same mast four times over, and four more as far from the middle on the other side.
  const Grid& grid = world.ground.ground_asl_m.grid;
  for (std::size_t i = 0; i < world.ground.ground_asl_m.values.size(); ++i)
    world.ground.ground_asl_m.values[i] = 10.0F;
  for (const int column : {220, 80}) {
    for (int i = 0; i < 4; ++i) {
      Site site{.id = "S" + std::to_string(world.sites.size()), .at = grid.centre(column, 150)};
      site.sectors = {{.id = "a"}};
      world.sites.push_back(site);
    }
  }
  const ServerMaps maps = world.loop({.window_bytes = 1}, 1).maps;
  CHECK(maps.best_server.at(150, 150) == 0);
  CHECK(maps.second_server.at(150, 150) == 1);
  CHECK(maps.best_server.at(100, 150) == 4);
  CHECK(maps.second_server.at(100, 150) == 5);
  CHECK(static_cast<double>(maps.interference_dbm.at(150, 150) - maps.rsrp_dbm.at(150, 150)) ==
        Approx(10.0 * std::log10(7.0)).margin(1e-5));
}

TEST_CASE("what is held does not grow with the number of sites") {
  InventedWorld world{.ground = {.ground_asl_m = test::relief_square(1'000, 30.0, 3)}, .model = FreeSpace{}};
  world.options.radius_m = 400.0;
  const SiteLoopBudget budget{.window_bytes = 60'000, .ground_cells = 40'000, .tile_cells = 32};
  const auto peak_of = [&](int n) {
    world.sites = masts(world.ground.ground_asl_m.grid, n);
    return world.loop(budget, 1).peak;
  };
  const SiteLoopPeak few = peak_of(2'000);
  const SiteLoopPeak many = peak_of(8'000);
  CHECK(many.batches >= 3 * few.batches);
  CHECK(many.window_bytes <= budget.window_bytes);
  CHECK(many.ground_cells <= budget.ground_cells);
  CHECK(many.tiles < 150);  // of 1024
  CHECK(many.tiles <= few.tiles + few.tiles / 4);
}

TEST_CASE("ground in windows gives the maps of the ground as a whole") {
  InventedWorld world = small_world(9);
  const Looped whole = world.loop({.window_bytes = 1}, 1);
  const Looped parts = world.loop({.window_bytes = 1}, 1, false);
  CHECK(parts.peak.ground_cells < world.ground.ground_asl_m.grid.cells());
  std::size_t differ = 0;
  for (std::size_t i = 0; i < whole.maps.rsrp_dbm.values.size(); ++i) {
    const float a = whole.maps.rsrp_dbm.values[i];
    const float b = parts.maps.rsrp_dbm.values[i];
    REQUIRE(std::isnan(a) == std::isnan(b));
    if (std::fabs(a - b) > 1e-4F) ++differ;
  }
  CHECK(differ == 0);
}

TEST_CASE("each loss is shown once, and stays where it is wanted") {
  const InventedWorld world = small_world(4);
  const Grid& grid = world.ground.ground_asl_m.grid;
  std::vector<Warning> warnings;
  Coverage network = list_transmitters(
      grid, world.sites, [&](Point at) { return world.height(at); }, warnings);
  std::vector<std::atomic<int>> shown(network.transmitters.size());
  const GroundSource source = [&](const Grid&) {
    return std::shared_ptr<const Ground>(std::shared_ptr<const Ground>(), &world.ground);
  };
  const SiteLoopSinks sinks{.tile = [](ServerTile&&) {},
                            .loss =
                                [&](std::size_t t, const TransmitterLoss& loss) {
                                  if (loss.freq_hz == network.transmitters[t].freq_hz) ++shown[t];
                                },
                            .keep_losses = true};
  double last = 0.0;
  run_site_loop({world.sites, world.model, Receiver{}, world.options, source}, {.window_bytes = 1}, sinks, network,
                [&](double done) { last = done; });
  CHECK(last == Approx(1.0));
  const Coverage expected = compute_coverage(world.ground, world.sites, world.model, {}, world.options, warnings);
  for (std::size_t t = 0; t < shown.size(); ++t) {
    CHECK(shown[t] == 1);
    CHECK(same_bytes(network.transmitters[t].loss_db, expected.transmitters[t].loss_db));
    CHECK(network.transmitters[t].ix0 == expected.transmitters[t].ix0);
    CHECK(network.transmitters[t].cells_behind_void == expected.transmitters[t].cells_behind_void);
  }
}

TEST_CASE("a block of ground that lacks the ground of its site is an error, not a hole") {
  const InventedWorld world = small_world(2);
  const Grid& grid = world.ground.ground_asl_m.grid;
  std::vector<Warning> warnings;
  Coverage network = list_transmitters(
      grid, world.sites, [](Point) { return 0.0F; }, warnings);
  const GroundSource source = [&](const Grid& window) {
    return std::make_shared<const Ground>(Ground{.ground_asl_m = Raster<float>(window, kNoData)});
  };
  CHECK_THROWS_AS(run_site_loop({world.sites, world.model, Receiver{}, world.options, source}, {},
                                {.tile = [](ServerTile&&) {}}, network),
                  InputError);
}
