#include <cmath>

#include "bench/national/pipeline.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::bench;

namespace {

/// A few sites and a model that costs next to nothing: the way is the same. At the rim a cell needs more than 0
/// dBi.
NationalOptions small() {
  return {.fraction = 1e-4, .threads = 1, .model = "free_space", .radius_m = 5000.0};
}

bool same(const Raster<float>& a, const Raster<float>& b) {
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    if (a.values[i] != b.values[i] && !(std::isnan(a.values[i]) && std::isnan(b.values[i]))) return false;
  }
  return a.grid == b.grid;
}

}  // namespace

TEST_CASE("a slice of the country goes all the way to the people covered") {
  static const NationalResult result = run_national(small());  // once for all sections
  REQUIRE(result.sites == 30);
  // Every cell whose centre is within the radius, the site's own among them; the lattice gives or takes a few.
  const double cells_of_a_site = std::acos(-1.0) * 50.0 * 50.0;
  CHECK(static_cast<double>(result.cells) == Approx(30.0 * cells_of_a_site).epsilon(0.01));
  CHECK(result.people > 1000);
  CHECK(result.people_covered > 0.1 * static_cast<double>(result.people));  // masts stand where people live
  CHECK(result.people_covered <= static_cast<double>(result.people));
  REQUIRE(result.stages_s.size() == 6);
  for (const auto& [name, seconds] : result.stages_s) {
    INFO(name);
    CHECK(seconds > 0.0);
  }

  SECTION("the same with more threads") {
    NationalOptions more = small();
    more.threads = 3;
    const NationalResult again = run_national(more);
    CHECK(again.cells == result.cells);
    CHECK(again.people == result.people);
    CHECK(again.people_covered == result.people_covered);
    CHECK(same(again.covered_share, result.covered_share));
  }

  SECTION("one sector reaches fewer people than three, on the same path losses") {
    NationalOptions omnidirectional = small();
    omnidirectional.sectors = 1;  // 0 dBi instead of 8
    const NationalResult again = run_national(omnidirectional);
    CHECK(again.cells == result.cells);
    CHECK(again.people_covered < result.people_covered);
    CHECK(again.people_covered > 0.0);
  }
}

TEST_CASE("options out of range are refused") {
  const auto refused = [](auto change) {
    NationalOptions options = small();
    change(options);
    CHECK_THROWS_AS(run_national(options), InputError);
  };
  refused([](NationalOptions& o) { o.fraction = 0.0; });
  refused([](NationalOptions& o) { o.fraction = 1.5; });
  refused([](NationalOptions& o) { o.fraction = std::nan(""); });
  refused([](NationalOptions& o) { o.cell_m = 90.0; });
  refused([](NationalOptions& o) { o.cell_m = 2000.0; });
  refused([](NationalOptions& o) { o.radius_m = -1.0; });
  refused([](NationalOptions& o) { o.sectors = 0; });
  refused([](NationalOptions& o) { o.model = "no_such_model"; });
}
