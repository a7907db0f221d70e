// The first masts of a place, where the answer is known, and against a count of everything.
#include "libsim/visibility/first_sites.hpp"

#include <cmath>
#include <numeric>

#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

/// A square of ground with people on it.
struct Valleys {
  Raster<float> ground_asl_m;
  std::vector<float> people;

  explicit Valleys(int side)
      : ground_asl_m({0.0, 0.0, 100.0, side, side}, 50.0F), people(ground_asl_m.values.size()) {}
  [[nodiscard]] VisibilityWorld world() const {
    return {.grid = ground_asl_m.grid, .ground_asl_m = ground_asl_m.values, .people = people};
  }
  void wall(int column, float height_m) {
    for (int iy = 0; iy < ground_asl_m.grid.ny; ++iy) ground_asl_m.at(column, iy) = height_m;
  }
  void settle(int ix, int iy, float count) { people[ground_asl_m.grid.index(ix, iy)] = count; }
};

FirstSitesOptions wide() {
  return {.observer_agl_m = 20.0, .radius_m = 20'000.0, .stride = 1, .block_m = 500.0, .threads = 1};
}

}  // namespace

TEST_CASE("on level ground one mast sees everybody") {
  Valleys plain(41);
  for (int i = 0; i < 40; i += 4) plain.settle(i, 40 - i, 10.0F);
  const FirstSites found = first_sites(plain.world(), {}, wide());
  REQUIRE(found.taken.size() == 1);
  CHECK(found.people == 100.0);
  CHECK(found.people_seen == 100.0);
  CHECK(found.taken[0].new_people == 100.0);
}

TEST_CASE("behind a wall a second one is needed, and people are counted once") {
  Valleys valleys(61);
  valleys.wall(30, 2000.0F);
  valleys.settle(5, 30, 70.0F);
  valleys.settle(55, 30, 29.5F);
  valleys.settle(56, 3, 0.5F);
  FirstSitesOptions options = wide();
  // The wall itself sees both sides: nobody may build there.
  std::vector<bool> allowed(valleys.people.size(), true);
  for (int iy = 0; iy < 61; ++iy) allowed[valleys.ground_asl_m.grid.index(30, iy)] = false;
  const FirstSites found = first_sites(valleys.world(), allowed, options);
  REQUIRE(found.taken.size() == 2);
  CHECK(found.taken[0].new_people == 70.0);
  CHECK(found.taken[1].new_people == 30.0);
  CHECK(found.taken[0].at.x_m < 3000.0);
  CHECK(found.taken[1].at.x_m > 3100.0);
  CHECK(found.people_seen == 100.0);

  const FirstSites from_the_top = first_sites(valleys.world(), {}, options);
  REQUIRE(from_the_top.taken.size() == 1);
  CHECK(from_the_top.people_seen == 100.0);

  options.least_percent = 40.0;
  CHECK(first_sites(valleys.world(), allowed, options).taken.size() == 1);
  options.least_percent = 2.0;
  options.enough_percent = 60.0;
  CHECK(first_sites(valleys.world(), allowed, options).taken.size() == 1);
  options.enough_percent = 95.0;
  options.most_sites = 1;
  CHECK(first_sites(valleys.world(), allowed, options).taken.size() == 1);
}

TEST_CASE("behind a void nobody is seen, and no mast stands in one") {
  Valleys valleys(61);
  valleys.wall(30, kNoData);
  valleys.settle(5, 30, 70.0F);
  valleys.settle(55, 30, 30.0F);
  const FirstSites found = first_sites(valleys.world(), {}, wide());
  REQUIRE(found.taken.size() == 2);
  CHECK(found.taken[0].people == 70.0);
  CHECK(found.taken[1].people == 30.0);
}

TEST_CASE("without people there is no first mast") {
  const FirstSites found = first_sites(Valleys(21).world(), {}, wide());
  CHECK(found.taken.empty());
  CHECK(found.others.empty());
  CHECK(found.people == 0.0);
}

TEST_CASE("among hills: each takes most of what is left, threads change nothing") {
  Valleys hills(120);
  for (int iy = 0; iy < 120; ++iy) {
    for (int ix = 0; ix < 120; ++ix) {
      hills.ground_asl_m.at(ix, iy) =
          static_cast<float>(200.0 + 150.0 * std::sin(ix * 0.21) * std::cos(iy * 0.17));
      if ((ix * 7 + iy * 13) % 11 == 0) hills.settle(ix, iy, static_cast<float>(1 + (ix * iy) % 9));
    }
  }
  FirstSitesOptions options{
      .radius_m = 4'000.0, .stride = 3, .block_m = 800.0, .most_candidates = 30, .threads = 1};
  const FirstSites one = first_sites(hills.world(), {}, options);
  options.threads = 2;
  const FirstSites two = first_sites(hills.world(), {}, options);
  REQUIRE(one.taken.size() > 3);
  REQUIRE(two.taken.size() == one.taken.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < one.taken.size(); ++i) {
    CHECK(one.taken[i].at == two.taken[i].at);
    CHECK(one.taken[i].new_people == two.taken[i].new_people);
    if (i > 0) CHECK(one.taken[i].new_people <= one.taken[i - 1].new_people);
    CHECK(one.taken[i].people <= one.taken[0].people);
    sum += one.taken[i].new_people;
  }
  CHECK(sum == Approx(one.people_seen));
  CHECK(one.people == std::accumulate(hills.people.begin(), hills.people.end(), 0.0));
  std::vector<FirstSite> all = one.taken;
  all.insert(all.end(), one.others.begin(), one.others.end());
  CHECK(all.size() <= 30);
  for (const FirstSite& other : one.others) CHECK(other.new_people <= one.taken.back().new_people);
}
