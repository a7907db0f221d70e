// Coaxial lines beside the cables of a plan, counted by hand.
#include "libsim/studies/backhaul/cable_television.hpp"

#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

constexpr std::int64_t kMetre_jpy = 1'000;

CostCatalogue fibre_alone() {
  CostCatalogue out;
  out.prices.push_back(
      {.id = "metre", .name = "metre", .low = kMetre_jpy, .high = kMetre_jpy, .currency = "JPY", .year = 2025});
  out.assets.push_back(
      {.id = "fibre", .name = "fibre", .name_ja = "fibre", .quantity = CostQuantity::aerial_m, .price = "metre"});
  return out;
}

MultiPolygon box(double west_m, double east_m) {
  return {{{{{west_m, 0.0}, {east_m, 0.0}, {east_m, 4'000.0}, {west_m, 4'000.0}, {west_m, 0.0}}, {}}}};
}

/// A road along y = 2000 m; the western municipality ends at x = 2000 m.
World two_towns() {
  World out;
  out.ground.ground_asl_m =
      Raster<float>(Grid{.west_m = 0.0, .north_m = 4'000.0, .cell_m = 50.0, .nx = 80, .ny = 80}, 100.0F);
  out.roads.roads.push_back({.line = {{500.0, 2'000.0}, {3'500.0, 2'000.0}}});
  out.boundaries.municipalities = {{.code = "99001", .name = "West", .area = box(0.0, 2'000.0)},
                                   {.code = "99002", .name = "East", .area = box(2'000.0, 4'000.0)}};
  return out;
}

struct Plan {
  World world = two_towns();
  Network network{};
  MoneyInput money{};
  BackhaulOptions options{};
  BackhaulReport report{};

  Plan() {
    network.sites = {Site{.id = "A", .at = {1'000.0, 2'050.0}}};
    money.catalogue = fibre_alone();
    money.terms.basis = {.year = 2025};
    money.municipal_facts.resize(2);
    options = {.exchanges = {{.name = "X", .at = {500.0, 2'050.0}}},
               .connected = {true},
               .catalogue = std::make_shared<const CostCatalogue>(money.catalogue),
               .basis = {.year = 2025}};
    report = plan_backhaul({.world = world, .network = network, .demand_bps = {0.0}, .people = {1.0}}, options);
  }
  [[nodiscard]] std::vector<TelevisionTown> towns(std::vector<TelevisionLine> lines) const {
    return television_towns(report, options, world, {std::move(lines)}, money);
  }
};

TelevisionLine line(double from_m, double to_m, double y_m) {
  return {.line = {{from_m, y_m}, {to_m, y_m}}};
}

}  // namespace

TEST_CASE("cable television: metres of coaxial cable along a laid cable, and what is left to lay") {
  const Plan plan;
  // Laid: from 500 to 1000 m along the road, and the drops up to y = 2050.
  REQUIRE(plan.report.fibre_m() == 600.0);
  // Pieces of 20 m whose middle is within 60 m: 500 m beside the road, and 60 m beyond the drop of A.
  const std::vector<TelevisionTown> found = plan.towns({line(500.0, 1'500.0, 2'030.0)});
  REQUIRE(found.size() == 1);
  CHECK(found[0].municipality == 0);
  CHECK(found[0].coaxial_m == Approx(1'000.0));
  CHECK(found[0].beside_m == Approx(560.0));
  CHECK(found[0].to_lay_m() == Approx(440.0));
  CHECK(found[0].cost_jpy == 440 * kMetre_jpy);
  CHECK_FALSE(found[0].funding.has_value());
  // 61 m away from the road nothing is beside it.
  CHECK(plan.towns({line(600.0, 900.0, 1'939.0)})[0].beside_m == 0.0);
  CHECK(plan.towns({line(600.0, 900.0, 1'941.0)})[0].beside_m == Approx(300.0));
}

TEST_CASE("cable television: households and amplifiers without back-up, by municipality") {
  const Plan plan;
  TelevisionLine mains = line(100.0, 1'100.0, 500.0);
  mains.backed_up = false;
  mains.households = 30;
  mains.amplifiers = 5;
  TelevisionLine safe = line(100.0, 600.0, 600.0);
  safe.households = 10;
  safe.amplifiers = 2;
  TelevisionLine light = line(100.0, 300.0, 700.0);
  light.coaxial = false;
  light.households = 60;
  // Its middle is in the east.
  TelevisionLine east = line(1'500.0, 2'700.0, 500.0);
  east.backed_up = false;
  east.households = 7;
  const std::vector<TelevisionTown> found = plan.towns({mains, safe, light, east});
  REQUIRE(found.size() == 2);
  CHECK(found[0].coaxial_m == Approx(1'500.0));
  CHECK(found[0].fibre_m == Approx(200.0));
  CHECK(found[0].households == 100);
  CHECK(found[0].on_mains == 30);
  CHECK(found[0].amplifiers == 7);
  CHECK(found[0].amplifiers_on_mains == 5);
  CHECK(found[1].municipality == 1);
  CHECK(found[1].coaxial_m == Approx(1'200.0));
  CHECK(found[1].on_mains == 7);
  // Nobody told how many amplifiers the eastern line has.
  CHECK_FALSE(found[1].amplifiers.has_value());
  CHECK_FALSE(found[1].amplifiers_on_mains.has_value());
}

TEST_CASE("cable television: without a price the lengths are told all the same") {
  Plan plan;
  plan.money.catalogue.assets.clear();
  const std::vector<TelevisionTown> found = plan.towns({line(100.0, 600.0, 600.0)});
  REQUIRE(found.size() == 1);
  CHECK(found[0].coaxial_m == Approx(500.0));
  CHECK_FALSE(found[0].cost_jpy.has_value());
}
