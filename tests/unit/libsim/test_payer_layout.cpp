// The layout that is best for one payer, against all subsets of a small net.
#include "libsim/studies/backhaul/payer_layout.hpp"

#include <cmath>
#include <memory>
#include <set>

#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

constexpr std::int64_t kMetre_jpy = 1'000;
constexpr std::int64_t kPole_jpy = 10;  // a year and a metre
constexpr std::int64_t kEnd_jpy = 500'000;

/// The nation pays half of new fibre in a depopulated area, a third elsewhere; hops are nobody's programme.
SubsidyRules half_or_third() {
  SubsidyRules out;
  out.programmes = {{.id = "P", .name = "Programme"}};
  out.sub_programmes = {{.id = "", .name = ""}};
  out.applicants = {
      {.id = "municipality", .name = "municipality", .includes_self = 1, .payer = Payer::municipality}};
  out.areas = {{.id = "kaso", .name = "depopulated"}};
  SubsidyRule rule{.id = "P-third",
                   .programme = "P",
                   .fiscal_year = "R7",
                   .basis = "budget",
                   .source = "test",
                   .applicants = 1,
                   .assets = {"fibre"}};
  rule.shares[index_of(Payer::nation)] = Rational(1, 3);
  rule.shares[index_of(Payer::municipality)] = Rational(2, 3);
  rule.when = {parse_clause("area != kaso", out)};
  SubsidyRule half = rule;
  half.id = "P-half";
  half.areas = 1;
  half.when.clear();
  half.shares[index_of(Payer::nation)] = Rational(1, 2);
  half.shares[index_of(Payer::municipality)] = Rational(1, 2);
  out.rules = {half, rule};
  return out;
}

CostCatalogue fibre_and_hops() {
  CostCatalogue out;
  const auto add = [&](const char* id, CostQuantity quantity, std::int64_t jpy, Payment payment, bool eligible) {
    const auto price = static_cast<double>(jpy);
    out.prices.push_back({.id = id, .name = id, .low = price, .high = price, .currency = "JPY", .year = 2025});
    out.assets.push_back(
        {.id = id, .name = id, .name_ja = id, .quantity = quantity, .payment = payment, .price = id});
    if (eligible) out.assets.back().eligible_as = {"fibre"};
  };
  add("fibre", CostQuantity::aerial_m, kMetre_jpy, Payment::once, true);
  add("poles", CostQuantity::aerial_m, kPole_jpy, Payment::yearly, false);
  add("terminal", CostQuantity::microwave_ends, kEnd_jpy, Payment::once, false);
  return out;
}

struct SmallNet {
  World world{};
  Network network{};
  BackhaulOptions options{};
  MoneyInput money{};
  BackhaulInput input() const {
    return {.world = world,
            .network = network,
            .demand_bps = std::vector<double>(network.sites.size(), 1e6),
            .people = std::vector<double>(network.sites.size(), 10.0),
            .hops = hops};
  }
  std::vector<HopOffer> hops{};
};

/// Three sites in a row on a road, each 1 km from the next, the exchange 1 km before the first; `kaso`: whether
/// each stands in a depopulated area. Hops join neighbours.
SmallNet row_of_sites(const std::vector<bool>& kaso) {
  SmallNet out;
  Line road = {{0.0, 0.0}};
  const auto sites = static_cast<std::uint32_t>(kaso.size());
  for (std::uint32_t i = 0; i < sites; ++i) {
    const Point at{1'000.0 * (i + 1), 0.0};
    road.push_back(at);
    out.network.sites.push_back({.id = std::string(1, static_cast<char>('A' + i)), .at = at});
    out.hops.push_back({.medium = Medium::microwave,
                        .from = i == 0 ? 0 : i - 1,
                        .to = i == 0 ? sites : i,
                        .terms = {.capacity_bps = 1e9},
                        .length_m = 1'000.0});
  }
  out.world.roads.roads.push_back({.line = road});
  out.options = {.exchanges = {{.name = "X", .at = {0.0, 0.0}}},
                 .connected = std::vector<bool>(kaso.size(), true),
                 .catalogue = std::make_shared<const CostCatalogue>(fibre_and_hops()),
                 .basis = {.year = 2025},
                 .horizon = {.years = 10}};
  out.money.catalogue = fibre_and_hops();
  out.money.terms.basis = {.year = 2025};
  out.money.horizon = out.options.horizon;
  out.money.funding = FundingTerms{.engine = SubsidyEngine(half_or_third()),
                                   .fiscal_years = {"R7"},
                                   .applicants = {"municipality"},
                                   .payer = Payer::municipality,
                                   .after_bonds = false};
  for (const bool depopulated : kaso) {
    SiteMoney site;
    if (depopulated) site.facts.areas = {"kaso"};
    out.money.sites.push_back(site);
  }
  return out;
}

/// Of a row: bit i of `fibre` says that stretch i is a cable, else a hop. What the payer bears of it, by hand.
double burden_by_hand(const std::vector<bool>& kaso, unsigned fibre, Payer payer) {
  double sum = 0.0;
  for (std::size_t stretch = 0; stretch < kaso.size(); ++stretch) {
    const double behind = static_cast<double>(kaso.size() - stretch);
    for (std::size_t site = stretch; site < kaso.size(); ++site) {
      const double nation = kaso[site] ? 1.0 / 2.0 : 1.0 / 3.0;
      const bool cable = (fibre >> stretch & 1U) != 0;
      const double purchase = cable ? 1e6 : 2.0 * kEnd_jpy;
      const double poles = cable ? 10.0 * 1e3 * kPole_jpy : 0.0;
      const double of_nation = cable ? nation * purchase : 0.0;
      sum += (payer == Payer::nation ? of_nation : purchase - of_nation + poles) / behind;
    }
  }
  return sum;
}

}  // namespace

TEST_CASE(
    "the layout for a payer is the best of all choices by hand, within the thousands that a programme rounds") {
  // A hop costs 1.0 million, a stretch of fibre 1.1 million with its poles: together hops are cheapest, and the
  // nation pays nothing of them; for the municipality fibre is.
  for (const unsigned places : {0U, 7U, 3U, 4U}) {
    const std::vector<bool> kaso = {(places & 1U) != 0, (places & 2U) != 0, (places & 4U) != 0};
    const SmallNet net = row_of_sites(kaso);
    for (const Payer payer : {Payer::municipality, Payer::nation}) {
      CAPTURE(places, kPayerWords[index_of(payer)]);
      double best = burden_by_hand(kaso, 0, payer);
      for (unsigned fibre = 1; fibre < 8; ++fibre) best = std::min(best, burden_by_hand(kaso, fibre, payer));
      const BackhaulReport report = plan_for_payer(net.input(), net.options, {}, {payer, net.money}).report;
      REQUIRE(report.burden);
      CHECK(std::abs(static_cast<double>(report.burden->burden_jpy) - best) <= 3'000.0);
      CHECK(static_cast<double>(report.burden->lower_bound_jpy) <= best + 3.0);
      if (payer == Payer::municipality) CHECK(report.burden->burden_jpy < report.burden->of_cheapest_jpy);
      if (places == 0U || places == 7U)
        CHECK(static_cast<double>(report.burden->lower_bound_jpy) >= best - 3'000.0);
      CHECK(report.links[index_of(Medium::microwave)] == (payer == Payer::nation ? 3 : 0));
      CHECK(report.layout.cost_jpy == report.present_jpy);
    }
  }
}

TEST_CASE("what the layout is laid out for is the sum of the bill for that payer") {
  const SmallNet net = row_of_sites({true, false, true});
  const BackhaulReport report =
      plan_for_payer(net.input(), net.options, {}, {Payer::municipality, net.money}).report;
  MoneyInput money = net.money;
  for (const BackhaulSite& site : report.sites) take_shared(money.sites[site.site].works, site.parts);
  for (SiteMoney& site : money.sites) site.works.build = BuildKind::standing;
  const Bill bill = make_bill(money, {0, 1, 2}, {10.0, 10.0, 10.0});
  CHECK(bill.capex_jpy == report.capex_jpy);
  CHECK(bill.by_body_jpy[index_of(Payer::municipality)] == report.burden->purchase_jpy);
  // Undiscounted: ten years of poles are the first applicant's.
  CHECK(report.burden->burden_jpy == report.burden->purchase_jpy + 10 * bill.opex_jpy_per_year);
}

TEST_CASE("a payer who bears nothing has the layout of least present value, and is told") {
  const SmallNet net = row_of_sites({false, false});
  const BackhaulReport total = plan_backhaul(net.input(), net.options);
  const BackhaulReport report =
      plan_for_payer(net.input(), net.options, {}, {Payer::prefecture, net.money}).report;
  CHECK(report.burden->bears_nothing);
  CHECK(report.burden->burden_jpy == 0);
  CHECK(report.present_jpy == total.present_jpy);
  CHECK(report.layout.lower_bound_jpy == total.layout.lower_bound_jpy);
}
