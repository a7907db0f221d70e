#include <algorithm>
#include <cmath>
#include <numeric>

#include "bench/national/country.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::bench;

namespace {

constexpr double kLand_km2 = 378'000.0;

/// Built once: every section looks at it.
struct Japanlike {
  CountryOptions options{};
  Land land{options.seed, options.land_km2, 2};
  Raster<std::int32_t> people = settle(land, options, 2);
  std::vector<Mast> masts = place_masts(land, people, options, 2);
};

const Japanlike& country() {
  static const Japanlike built;
  return built;
}

}  // namespace

TEST_CASE("the land has Japan's area, lies along an arc of 1500 km and rises above 3000 m") {
  for (const std::uint64_t seed : {2U, 3U}) {
    INFO("seed " << seed);
    const Land land(seed, kLand_km2, 2);
    const Ground ground = land.ground(Land::box(500.0));  // not the cells of the calibration
    double land_km2 = 0.0;
    double below_100_m_km2 = 0.0;
    float highest_m = 0.0F;
    double first_m = kArcLength_m;
    double last_m = 0.0;
    int sea_above_0_m = 0;
    for (std::size_t i = 0; i < ground.zone.values.size(); ++i) {
      if (ground.zone.values[i] == Zone::sea) {
        sea_above_0_m += ground.ground_asl_m.values[i] != 0.0F ? 1 : 0;
        continue;
      }
      const float height_m = ground.ground_asl_m.values[i];
      land_km2 += 0.25;
      below_100_m_km2 += height_m < 100.0F ? 0.25 : 0.0;
      highest_m = std::max(highest_m, height_m);
      const auto n = static_cast<std::size_t>(ground.zone.grid.nx);
      const double along_m =
          arc_position(ground.zone.grid.centre(static_cast<int>(i % n), static_cast<int>(i / n))).along_m;
      first_m = std::min(first_m, along_m);
      last_m = std::max(last_m, along_m);
    }
    CHECK(sea_above_0_m == 0);
    CHECK(land_km2 == Approx(kLand_km2).epsilon(0.01));
    CHECK(last_m - first_m == Approx(kArcLength_m).epsilon(0.06));
    CHECK(highest_m > 3000.0F);
    CHECK(highest_m < 5000.0F);
    CHECK(below_100_m_km2 > 0.2 * kLand_km2);
    CHECK(below_100_m_km2 < 0.5 * kLand_km2);
  }
}

// One case, so that the country is built once: every case is a process of its own.
TEST_CASE("a country of Japan's size") {
  SECTION("the land ends inside its box") {
    const Ground ground = country().land.ground(Land::box(1000.0));
    const Grid& grid = ground.zone.grid;
    for (int i = 0; i < grid.nx; ++i) {
      REQUIRE(ground.zone.at(i, 0) == Zone::sea);
      REQUIRE(ground.zone.at(i, grid.ny - 1) == Zone::sea);
      REQUIRE(ground.zone.at(0, i) == Zone::sea);
      REQUIRE(ground.zone.at(grid.nx - 1, i) == Zone::sea);
    }
  }

  SECTION("blocks that overlap agree to the last bit") {
    const Land& land = country().land;
    const Grid west{750'000.0, 720'000.0, 100.0, 300, 200};
    const Grid east{769'900.0, 715'000.0, 100.0, 250, 150};
    const Ground a = land.ground(west);
    const Ground b = land.ground(east);
    std::size_t shared = 0;
    int different = 0;
    for (int iy = 0; iy < east.ny; ++iy) {
      for (int ix = 0; ix < east.nx; ++ix) {
        const Point at = east.centre(ix, iy);
        if (!west.contains(at)) continue;
        const int wx = west.column_of(at.x_m);
        const int wy = west.row_of(at.y_m);
        const bool height_differs = a.ground_asl_m.at(wx, wy) != b.ground_asl_m.at(ix, iy);
        different += height_differs || a.zone.at(wx, wy) != b.zone.at(ix, iy) ? 1 : 0;
        ++shared;
      }
    }
    CHECK(shared == 101U * 150U);
    CHECK(different == 0);
    CHECK(*std::max_element(a.ground_asl_m.values.begin(), a.ground_asl_m.values.end()) > 500.0F);
  }

  SECTION("everybody is counted, and nobody lives at sea") {
    const Raster<std::int32_t>& people = country().people;
    const Ground ground = country().land.ground(Land::box(500.0));
    std::int64_t total = 0;
    int at_sea = 0;
    std::vector<std::int32_t> inhabited;
    for (int iy = 0; iy < people.grid.ny; ++iy) {
      for (int ix = 0; ix < people.grid.nx; ++ix) {
        const std::int32_t count = people.at(ix, iy);
        if (count == 0) continue;
        total += count;
        inhabited.push_back(count);
        bool dry = false;
        for (int sample = 0; sample < 4; ++sample) {
          dry = dry || ground.zone.at(2 * ix + sample % 2, 2 * iy + sample / 2) != Zone::sea;
        }
        at_sea += dry ? 0 : 1;
      }
    }
    CHECK(at_sea == 0);
    CHECK(total == 127'000'000);
    std::sort(inhabited.begin(), inhabited.end());
    CHECK(inhabited.front() > 0);
    CHECK(inhabited.size() > 150'000);
    CHECK(inhabited[inhabited.size() / 2] < 200);
    CHECK(inhabited.back() > 20'000);
    CHECK(inhabited.back() < 60'000);
    // Half of the people live in a small part of the meshes, as in Japan.
    std::int64_t densest = 0;
    std::size_t meshes = 0;
    while (2 * densest < total) densest += inhabited[inhabited.size() - ++meshes];
    CHECK(meshes < inhabited.size() / 20);
  }

  SECTION("every mast stands on land, near people") {
    const std::vector<Mast>& masts = country().masts;
    REQUIRE(masts.size() == 300'000);
    constexpr double kBlock_m = 50'000.0;
    const auto block_of = [](Point at) {
      return std::pair(static_cast<int>(at.y_m / kBlock_m), static_cast<int>(at.x_m / kBlock_m));
    };
    std::vector<Point> sorted;
    for (const Mast& mast : masts) sorted.push_back(mast.at);
    std::sort(sorted.begin(), sorted.end(), [&](Point a, Point b) { return block_of(a) < block_of(b); });
    Ground ground;
    auto known = std::pair(-1, -1);
    int at_sea = 0;
    int among_nobody = 0;
    for (const Point at : sorted) {
      if (block_of(at) != known) {
        known = block_of(at);
        ground = country().land.ground({known.second * kBlock_m, (known.first + 1) * kBlock_m, 100.0, 500, 500});
      }
      const Grid& grid = ground.zone.grid;
      at_sea += ground.zone.at(grid.column_of(at.x_m), grid.row_of(at.y_m)) == Zone::sea ? 1 : 0;
      const Grid& meshes = country().people.grid;
      among_nobody += country().people.at(meshes.column_of(at.x_m), meshes.row_of(at.y_m)) == 0 ? 1 : 0;
    }
    CHECK(at_sea == 0);
    CHECK(among_nobody == 0);
  }

  SECTION("masts crowd in town and are sparse in the country") {
    const Grid& grid = country().people.grid;
    std::vector<int> masts(grid.cells(), 0);
    for (const Mast& mast : country().masts) {
      ++masts[grid.index(grid.column_of(mast.at.x_m), grid.row_of(mast.at.y_m))];
    }
    double town_meshes = 0.0;
    double town_masts = 0.0;
    double country_meshes = 0.0;
    double country_masts = 0.0;
    for (std::size_t i = 0; i < masts.size(); ++i) {
      const std::int32_t people = country().people.values[i];
      if (people >= 10'000) {
        town_meshes += 1.0;
        town_masts += masts[i];
      } else if (people > 0 && people < 100) {
        country_meshes += 1.0;
        country_masts += masts[i];
      }
    }
    CHECK(town_masts / town_meshes > 10.0);
    CHECK(country_masts / country_meshes < 0.2);
    CHECK(*std::max_element(masts.begin(), masts.end()) <= 100);  // one in a cell of 100 m
  }

  SECTION("the country is the same for any number of threads and another for another seed") {
    const CountryOptions& options = country().options;
    const Land land(options.seed, options.land_km2, 1);
    const Raster<std::int32_t> people = settle(land, options, 1);
    REQUIRE((people.values == country().people.values));
    const std::vector<Mast> masts = place_masts(land, people, options, 7);
    const auto same = [](const Mast& a, const Mast& b) { return a.at == b.at && a.tx_agl_m == b.tx_agl_m; };
    CHECK(std::equal(masts.begin(), masts.end(), country().masts.begin(), country().masts.end(), same));
    const Grid window{600'000.0, 800'000.0, 1000.0, 100, 100};
    const Land other(options.seed + 1, options.land_km2, 2);
    CHECK((land.ground(window).ground_asl_m.values != other.ground(window).ground_asl_m.values));
  }

  SECTION("a slice has its share of the masts and of the arc") {
    const std::vector<Mast>& masts = country().masts;
    for (const double share : {1.0 / 300.0, 0.01, 0.1}) {
      const Slice slice = typical_slice(masts, share);
      CHECK(slice.end_mast - slice.first_mast == static_cast<std::size_t>(std::lround(share * 300'000.0)));
      CHECK(slice.to_along_m - slice.from_along_m == Approx(share * kArcLength_m).epsilon(0.05));
      CHECK(slice.from_along_m == masts[slice.first_mast].along_m);
      CHECK(slice.to_along_m == masts[slice.end_mast - 1].along_m);
    }
    const Slice one = typical_slice(masts, 1e-9);
    CHECK(one.end_mast - one.first_mast == 1);
    CHECK(one.holds(masts[one.first_mast].at));
    const Slice all = typical_slice(masts, 1.0);
    CHECK(all.end_mast - all.first_mast == masts.size());
    CHECK(all.holds({0.0, 0.0}));
  }
}

TEST_CASE("apportioned numbers add up and are fair") {
  const std::vector<double> shares{0.0, 1.0, 2.5, 0.0, 1e-9, 7.0, 3.3};
  const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (const std::int64_t total : {0, 1, 7, 1000, 127'000'001}) {
    const std::vector<std::int32_t> parts = apportion(shares, total);
    CHECK(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      CHECK(std::fabs(parts[i] - shares[i] / all * static_cast<double>(total)) <= 1.0 + 1e-6);
      if (shares[i] == 0.0) CHECK(parts[i] == 0);
    }
  }
  CHECK_THROWS_AS(apportion({0.0, 0.0}, 5), InternalError);
}
