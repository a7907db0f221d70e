#include "scenarios/read/plausibility.hpp"

#include "tests/support/catch.hpp"

using namespace amaneku;
using amaneku::scenarios::unlikely_values;
using amaneku::test::Contains;

namespace {

std::vector<Warning> of(double tx_agl_m, double power_dbm, double bandwidth_hz = 100e6) {
  Sector sector{.id = "1", .power_dbm = power_dbm, .tx_agl_m = tx_agl_m, .bandwidth_hz = bandwidth_hz};
  Site site{.id = "A"};
  site.sectors = {sector, sector};
  return unlikely_values({site});
}

}  // namespace

TEST_CASE("usual masts and powers raise no suspicion") {
  for (const double power_dbm : {24.0, 40.0, 46.0, 60.0}) CHECK(of(30.0, power_dbm).empty());
  CHECK(of(150.0, 40.0).empty());
  CHECK(of(30.0, 13.0, 125e3).empty());  // LPWA: 20 mW is its limit
}

TEST_CASE("a mast above sea level, 10 W typed as 10 dBm and 80 dBm are suspected, by example and number") {
  const auto tall = of(802.0, 40.0);
  REQUIRE(tall.size() == 1);
  CHECK(tall[0].id == "antenna_height_unlikely");
  CHECK(tall[0].count == 2);
  CHECK_THAT(tall[0].message, Contains("A / 1 (802 m)"));
  const auto weak = of(30.0, 10.0);
  REQUIRE(weak.size() == 1);
  CHECK(weak[0].id == "power_unlikely");
  CHECK_THAT(weak[0].message, Contains("10 dBm = 0.01 W"));
  CHECK_THAT(weak[0].message, Contains("10 W are 40 dBm"));
  const auto strong = of(30.0, 80.0);
  REQUIRE(strong.size() == 1);
  CHECK_THAT(strong[0].message, Contains("80 dBm = 100000 W"));
}

TEST_CASE("candidates are not judged") {
  Site site{.id = "C", .existing = false};
  site.sectors = {Sector{.tx_agl_m = 900.0}};
  CHECK(unlikely_values({site}).empty());
}
