#include "libsim/economics/site_costs.hpp"

#include <cmath>
#include <numeric>
#include <random>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

PriceItem price(const char* id, double value, const char* currency = "JPY", int year = 2025) {
  return {.id = id, .name = id, .low = value, .high = value, .currency = currency, .year = year, .source = "test"};
}

/// Prices that can be multiplied in the head.
CostCatalogue catalogue() {
  CostCatalogue out;
  out.prices = {price("mast", 8e6),
                price("radio", 1e6),
                price("fibre", 1500),
                price("power", 2500),
                price("share", 0.1, "1"),
                price("lease", 120'000),
                price("dollar", 10'000, "USD", 2019)};
  out.assets = {{.id = "mast", .name = "mast", .quantity = CostQuantity::mast, .by_access = true, .price = "mast"},
                {.id = "radio",
                 .name = "radio",
                 .quantity = CostQuantity::sectors,
                 .level = SharingLevel::radio,
                 .life_years = 4,
                 .price = "radio"},
                {.id = "fibre", .name = "fibre", .quantity = CostQuantity::aerial_m, .price = "fibre"},
                {.id = "grid", .name = "grid", .quantity = CostQuantity::grid_m, .price = "power"},
                {.id = "roof", .name = "roof mount", .quantity = CostQuantity::rooftop},
                {.id = "lease",
                 .name = "lease",
                 .quantity = CostQuantity::station,
                 .payment = Payment::yearly,
                 .price = "lease"},
                {.id = "operation",
                 .name = "operation",
                 .quantity = CostQuantity::capex_share,
                 .payment = Payment::yearly,
                 .price = "share"}};
  return out;
}

const MoneyBasis kBasis{.currency = "JPY", .year = 2025};

SiteWorks mountain() {
  return {.build = BuildKind::mast,
          .sectors = 3,
          .grid_m = 400.0,
          .slope_percent = 20.0,
          .snow = true,
          .aerial_m = 2000.0};
}

}  // namespace

TEST_CASE("a mountain site by hand") {
  const CostCatalogue costs = catalogue();
  const SiteCost cost =
      site_cost(mountain(), costs, {.basis = kBasis, .access = {.per_slope_percent = 0.01, .in_snow = 0.1}});
  REQUIRE(cost.lines.size() == 6);
  CHECK(cost.lines[0].amount_jpy == 10'400'000);  // 8 M x (1 + 0.20 + 0.10)
  CHECK(cost.lines[1].amount_jpy == 3'000'000);
  CHECK(cost.lines[2].amount_jpy == 3'000'000);
  CHECK(cost.lines[3].amount_jpy == 1'000'000);
  CHECK(cost.capex_jpy == 17'400'000);
  CHECK(cost.lines[4].amount_jpy == 120'000);
  CHECK(cost.lines[5].amount_jpy == 1'740'000);
  CHECK(cost.opex_jpy_per_year == 1'860'000);
}

TEST_CASE("what stands is not bought again, what is needed is") {
  const CostCatalogue costs = catalogue();
  SiteWorks works = mountain();
  works.build = BuildKind::standing;
  works.grid_m = 0.0;
  const SiteCost cost = site_cost(works, costs, {.basis = kBasis});
  CHECK(cost.capex_jpy == 3'000'000);  // the fibre
  works.build = BuildKind::rooftop;
  try {
    (void)site_cost(works, costs, {.basis = kBasis});
    FAIL("a roof mount without a price was bought");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()) ==
          "price: roof mount is needed and has no price: no source is known, state your own in a file of costs "
          "([price.NAME], [asset.roof])");
  }
}

TEST_CASE("money of another currency or year needs a stated deflator") {
  CostCatalogue costs = catalogue();
  CostAsset& mast = costs.assets.front();
  mast.price = "dollar";
  CHECK_THROWS_AS(unit_price(costs, mast, kBasis), InputError);
  try {
    (void)unit_price(costs, mast, kBasis);
  } catch (const InputError& error) {
    CHECK(std::string(error.what()) ==
          "price = \"dollar\": dollar is in USD of 2019, the plan in JPY of 2025: state a [[deflator]] between "
          "them in "
          "a file of costs");
  }
  costs.deflators = {{"USD", 2019, "JPY", 2025, 130.0, "test"}};
  CHECK(unit_price(costs, mast, kBasis) == Approx(1.3e6));
  CHECK_THROWS_AS(unit_price(costs, mast, {.currency = "JPY", .year = 2024}), InputError);
  mast.price = "nothing";
  CHECK_THROWS_AS(unit_price(costs, mast, kBasis), InputError);
}

TEST_CASE("a price that is a range is taken where the plan says") {
  CostCatalogue costs = catalogue();
  costs.prices.front().high = 12e6;
  const auto at = [&](double position) {
    return unit_price(costs, costs.assets.front(), {.currency = "JPY", .year = 2025, .position = position});
  };
  CHECK(at(0.0) == 8e6);
  CHECK(at(0.5) == 10e6);
  CHECK(at(1.0) == 12e6);
}

TEST_CASE("operators that share buy once what they share") {
  const CostCatalogue costs = catalogue();
  const auto capex = [&](SharingLevel level, int operators) {
    return site_cost(mountain(), costs, {.basis = kBasis, .sharing = {level, operators}}).capex_jpy;
  };
  const std::int64_t passive = 8'000'000 + 3'000'000 + 1'000'000;
  const std::int64_t radio = 3'000'000;
  CHECK(capex(SharingLevel::none, 1) == passive + radio);
  CHECK(capex(SharingLevel::none, 2) == 2 * (passive + radio));
  CHECK(capex(SharingLevel::passive, 2) == passive + 2 * radio);
  CHECK(capex(SharingLevel::radio, 2) == passive + radio);
  CHECK(capex(SharingLevel::core, 3) == passive + radio);
  const CostLine line{&costs.assets.front(), 1.0, 100.0, 100};
  CHECK(operator_parts_jpy(line, {SharingLevel::passive, 3}) == std::vector<std::int64_t>{33, 33, 34});
}

TEST_CASE("sums are exact for random sites") {
  const CostCatalogue costs = catalogue();
  std::mt19937_64 engine(3);
  std::uniform_real_distribution<double> metres(0.0, 30'000.0);
  std::uniform_int_distribution<int> few(1, 4);
  for (int i = 0; i < 2000; ++i) {
    SiteWorks works = mountain();
    works.sectors = few(engine);
    works.grid_m = metres(engine);
    works.aerial_m = metres(engine);
    works.slope_percent = metres(engine) / 1000.0;
    const Sharing sharing{static_cast<SharingLevel>(few(engine) - 1), few(engine)};
    const SiteCost cost =
        site_cost(works, costs, {.basis = kBasis, .sharing = sharing, .access = {.per_slope_percent = 0.013}});
    std::int64_t once_jpy = 0;
    std::int64_t yearly_jpy = 0;
    for (const CostLine& line : cost.lines) {
      REQUIRE(line.amount_jpy >= 0);
      (line.asset->payment == Payment::once ? once_jpy : yearly_jpy) += line.amount_jpy;
      const auto parts = operator_parts_jpy(line, sharing);
      REQUIRE(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == line.amount_jpy);
    }
    REQUIRE(once_jpy == cost.capex_jpy);
    REQUIRE(yearly_jpy == cost.opex_jpy_per_year);
  }
}

TEST_CASE("total cost of ownership and present value by hand") {
  const CostCatalogue costs = catalogue();
  SiteWorks works{.build = BuildKind::mast, .sectors = 1};
  const SiteCost cost = site_cost(works, costs, {.basis = kBasis});
  CHECK(cost.capex_jpy == 9'000'000);
  CHECK(cost.opex_jpy_per_year == 1'020'000);
  // Two years: the radio lives four.
  CHECK(life_cost(cost, {.years = 2}).total_jpy == 9'000'000 + 2 * 1'020'000);
  const LifeCost discounted = life_cost(cost, {.years = 2, .discount_rate = 0.25});
  CHECK(discounted.present_jpy == 9'000'000 + 816'000 + 652'800);
  CHECK(discounted.total_jpy == 9'000'000 + 2 * 1'020'000);
  // Nine years: two more radios, at the ends of the years 4 and 8.
  CHECK(life_cost(cost, {.years = 9}).total_jpy == 9'000'000 + 9 * 1'020'000 + 2 * 1'000'000);
  CHECK(life_cost(cost, {.years = 8}).total_jpy == 9'000'000 + 8 * 1'020'000 + 1'000'000);
  const LifeCost inflated = life_cost(cost, {.years = 1, .discount_rate = 0.1, .inflation = 0.1});
  CHECK(inflated.total_jpy == 9'000'000 + 1'122'000);
  CHECK(inflated.present_jpy == 9'000'000 + 1'020'000);
}
