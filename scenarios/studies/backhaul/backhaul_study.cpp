#include "scenarios/studies/backhaul/backhaul_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "libsim/studies/costs.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/studies/backhaul/phrases.hpp"
#include "scenarios/studies/studies.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

/// Sites that are built and have no line of their own.
std::vector<bool> sites_to_connect(const Network& network, const MoneyInput& money) {
  std::vector<bool> out;
  for (std::size_t i = 0; i < network.sites.size(); ++i) {
    const SiteWorks& works = money.sites[i].works;
    out.push_back(network.sites[i].existing && works.build != BuildKind::standing && !works.own_line);
  }
  return out;
}

/// Of the kinds that are asked for; those outside the plan are counted and left out, for nothing is known of the
/// ground.
struct PlacesToConnect {
  std::vector<BackhaulPlace> inside{};
  long long outside = 0;
  std::vector<std::string> kinds_missing{};
};

PlacesToConnect places_to_connect(const std::vector<NamedPlace>& places, const std::vector<std::string>& kinds,
                                  const Grid& grid) {
  PlacesToConnect out;
  for (const std::string& kind : kinds) {
    bool found = false;
    for (const NamedPlace& place : places) {
      if (place.kind != kind) continue;
      found = true;
      if (grid.contains(place.at)) {
        out.inside.push_back({place.name, place.kind, place.at});
      } else {
        ++out.outside;
      }
    }
    if (!found) out.kinds_missing.push_back(kind);
  }
  return out;
}

void warn_of_places(const PlacesToConnect& places, std::vector<Warning>& warnings) {
  for (const std::string& kind : places.kinds_missing)
    warnings.push_back({"backhaul_no_such_places", "no place of the kind \"" + kind + "\" to be given fibre"});
  if (places.outside > 0)
    warnings.push_back(
        {"backhaul_places_outside", "places outside the area, which are given no fibre", places.outside});
}

void take_prices(BackhaulOptions& options, const MoneyInput& money) {
  // One of its own: what points into it moves with the plan, into Python too.
  options.catalogue = std::make_shared<const CostCatalogue>(money.catalogue);
  options.basis = money.terms.basis;
  options.horizon = money.horizon;
}

IabNetwork access_carriers(const StudyInput& plan, const IabTerms& terms, const BackhaulOptions& options) {
  if (!plan.result.load) throw InternalError("access carriers without a load of their cells");
  const IabInput input{.world = plan.input.world,
                       .network = plan.input.network,
                       .engine = plan.radio.engine(),
                       .coverage = plan.result.coverage,
                       .load = *plan.result.load};
  IabNetwork out = iab_network(input, terms);
  out.sites = traffic_of_sites(input.load, input.coverage, input.network.sites.size(), options.least_bps);
  for (std::size_t site = 0; site < out.sites.size(); ++site) {
    if (!options.connected[site]) out.sites[site] = {};
  }
  out.place = {options.place_bps, options.place_bps};
  return out;
}

/// What the layout could not be held against.
void warn_of_terms(BackhaulReport& report, const BackhaulOptions& options, bool load_known) {
  long long links = 0;
  for (const BackhaulSegment& segment : report.segments)
    links += std::isfinite(report.terms[segment.edge].capacity_bps) ? 1 : 0;
  if (links > 0 && !load_known && !(options.least_bps > 0.0))
    report.warnings.push_back({"backhaul_load_unknown",
                               "links whose capacity is held against nothing: without [traffic] and least_mbps "
                               "nobody knows what the cells behind them carry",
                               links});
  if (report.burden && report.burden->bears_nothing)
    report.warnings.push_back(
        {"backhaul_payer_bears_nothing",
         fmt::format("the payer of backhaul.objective, {}, bears nothing of any cable or link "
                     "under [subsidy]: the layout is that of least present value",
                     kPayerWords[amaneku::index_of(report.burden->payer)]),
         1});
}

std::string_view payer_word(Payer payer, Language language) {
  constexpr std::array<const Phrase*, kPayerCount> kNames = {&phrases::kPayerNation, &phrases::kPayerPrefecture,
                                                             &phrases::kPayerMunicipality,
                                                             &phrases::kPayerOperator, &phrases::kPayerOperator};
  const std::size_t index = amaneku::index_of(payer);
  return language == Language::en ? std::string_view(kPayerWords[index]) : kNames[index]->in(language);
}

/// (cost - bound) / cost in percent; 0 where the payer bears nothing.
double gap_of(const PayerBurden& burden) {
  const auto cost = static_cast<double>(burden.burden_jpy);
  return cost > 0.0 ? 100.0 * (cost - static_cast<double>(burden.lower_bound_jpy)) / cost : 0.0;
}

}  // namespace

BackhaulOptions BackhaulStudy::priced(const MoneyInput& money, const std::vector<NamedPlace>& places,
                                      const Grid& grid) const {
  BackhaulOptions out = *options;
  take_prices(out, money);
  out.places = places_to_connect(places, place_kinds, grid).inside;
  return out;
}

std::string BackhaulStudy::plan_text(Language language) const {
  const std::size_t along = index_of(options->along_roads);
  const std::string_view cables =
      language == Language::en ? std::string_view(kMediumWords[along]) : phrases::kMedia[along].in(language);
  std::string out = fill(phrases::kBackhaulPlan.in(language), {std::to_string(options->exchanges.size()), cables});
  if (counts_cables()) out += fill(phrases::kCablesOf.in(language), {std::to_string(options->fibres_per_cable)});
  if (payer) out += fill(phrases::kLeastFor.in(language), {payer_word(*payer, language)});
  if (!options->ways.empty())
    out += fill(phrases::kLinesGiven.in(language), {std::to_string(options->ways.size())});
  return out + (hop_ask ? hops_text(*hop_ask, language) : std::string());
}

bool BackhaulStudy::counts_cables() const noexcept {
  return options && options->fibres_per_cable < std::numeric_limits<std::int64_t>::max();
}

void BackhaulStudy::run(const StudyInput& plan, const Studies& earlier) {
  const MoneyInput& money = *earlier.get<CostsStudy>().money;
  PlacesToConnect places =
      places_to_connect(earlier.get<PlacesStudy>().places, place_kinds, plan.input.world.grid());
  warn_of_places(places, plan.warnings);
  places_outside = places.outside;
  take_prices(*options, money);
  options->places = std::move(places.inside);
  options->connected = sites_to_connect(plan.input.network, money);
  const NetworkLoad* load = plan.result.load ? &*plan.result.load : nullptr;
  BackhaulInput input{.world = plan.input.world,
                      .network = plan.input.network,
                      .demand_bps = demand_of_sites(load, plan.result.coverage, plan.input.network.sites.size(),
                                                    options->least_bps),
                      .people = people_by_site(plan.radio, plan.result.maps,
                                               gained(plan.result.statistics, plan.result.existing))};
  std::optional<HopOptions> hop_options = hop_ask ? std::optional(hop_ask->options) : std::nullopt;
  if (hop_ask && hop_ask->iab) hop_options->iab = access_carriers(plan, *hop_ask->iab, *options);
  BackhaulWithHops planned;
  if (payer) {
    planned = plan_for_payer(input, *options, hop_options, {*payer, money});
  } else if (hop_options) {
    planned = plan_with_hops(std::move(input), *options, *hop_options);
  } else {
    planned.report = plan_backhaul(input, *options);
  }
  report = std::move(planned.report);
  hops = std::move(planned.hops);
  if (hop_ask) {
    const std::vector<Warning> more = hop_warnings(*hop_ask, hops, {plan.input.network, options->exchanges});
    report.warnings.insert(report.warnings.end(), more.begin(), more.end());
  }
  warn_of_terms(report, *options, load != nullptr);
  if (passive_options) {
    passive = passive_network(report, *options, plan.input.world.population, *passive_options);
    const std::vector<Warning> more = passive_warnings(*passive);
    report.warnings.insert(report.warnings.end(), more.begin(), more.end());
  }
  if (television_options) {
    television = television_towns(report, *options, plan.input.world, *television_options, money);
    television_has_programmes = money.funding.has_value();
    const std::vector<Warning> more = television_warnings(television);
    report.warnings.insert(report.warnings.end(), more.begin(), more.end());
  }
  plan.warnings.insert(plan.warnings.end(), report.warnings.begin(), report.warnings.end());
}

void BackhaulStudy::supply(TargetOptions& to, const PlanInput& input) const {
  if (!options) return;
  for (const Target& target : to.targets) {
    const bool given = std::any_of(to.supplied.begin(), to.supplied.end(),
                                   [&](const SuppliedActual& actual) { return actual.id == target.id; });
    if (target.kind != TargetKind::target || given) continue;
    const double people = input.world.population.total;
    const std::optional<double> fibre_people =
        passive ? std::optional(passive->people_served) : report.people_near_cable;
    if (target.metric == TargetMetric::fibre_households && fibre_people && people > 0.0)
      to.supplied.push_back({target.id, 100.0 * *fibre_people / people, "[backhaul]"});
    const bool schools = std::find(place_kinds.begin(), place_kinds.end(), "school") != place_kinds.end();
    if (target.metric != TargetMetric::schools_without_access || !schools) continue;
    double all = 0.0;
    double without = 0.0;
    for (const BackhaulSite& site : report.sites) {
      if (!site.is_place() || site.id != "school") continue;
      all += 1.0;
      without += site.way.reached ? 0.0 : 1.0;
    }
    // Nothing is known of schools that were left out, nor of a plan without any.
    if (all > 0.0 && places_outside == 0) to.supplied.push_back({target.id, without, "[backhaul]"});
  }
}

std::vector<std::optional<LaidTransport>> BackhaulStudy::transport(std::size_t sites) const {
  std::vector<std::optional<LaidTransport>> out;
  if (!options) return out;
  out.resize(sites);
  for (const BackhaulSite& site : report.sites) {
    if (site.is_place() || !site.way.reached) continue;
    // What is no fibre counts as the fibre that takes as long.
    const double hops_s = site.way.hops * options->needs.node_delay_s;
    const ExchangeOffice& exchange = options->exchanges[site.way.exchange];
    out[site.site] = {.to_exchange = {.fibre_m = (site.way.delay_s - hops_s) / options->cable.delay_s_per_m,
                                      .hops = site.way.hops,
                                      .fibre_s_per_m = options->cable.delay_s_per_m,
                                      .hop_processing_s = options->needs.node_delay_s},
                      .onward_m = site.over_service ? 0.0 : exchange.onward_m,
                      .onward_hops = site.over_service ? 0 : exchange.onward_hops};
  }
  return out;
}

void BackhaulStudy::share_out(MoneyInput& money) const {
  for (const BackhaulSite& site : report.sites) {
    if (!site.is_place()) take_shared(money.sites[site.site].works, site.parts);
  }
}

void BackhaulStudy::summarize(Json& summary, const PlanInput& /*input*/, const PlanResult& /*result*/) const {
  int links = 0;
  for (const int of_medium : report.links) links += of_medium;
  constexpr double kKmPerM = 1e-3;
  Json& out = summary["backhaul"];
  out["fibre_km"] = kKmPerM * report.fibre_m();
  if (counts_cables()) out["further_cable_km"] = kKmPerM * report.further_cable_m();
  out["microwave_links"] = report.links[index_of(Medium::microwave)];
  out["links"] = links;
  out["capex_jpy"] = report.capex_jpy;
  out["capex_of_places_jpy"] = report.capex_of_places_jpy();
  out["opex_jpy_per_year"] = report.opex_jpy_per_year;
  out["present_value_jpy"] = report.present_jpy;
  out["lower_bound_jpy"] = report.layout.lower_bound_jpy;
  out["gap_percent"] = report.gap_percent();
  if (report.burden) {
    const PayerBurden& burden = *report.burden;
    out["objective"] = {{"payer", kPayerWords[amaneku::index_of(burden.payer)]},
                        {"burden_jpy", burden.burden_jpy},
                        {"purchase_jpy", burden.purchase_jpy},
                        {"lower_bound_jpy", burden.lower_bound_jpy},
                        {"gap_percent", gap_of(burden)},
                        {"of_cheapest_jpy", burden.of_cheapest_jpy}};
  }
  out["sites_connected"] = report.sites.size() - report.layout.unreached.size();
  out["sites_unreached"] = report.layout.unreached.size();
  for (const EdgeServers& servers : report.edge_servers) {
    out["edge_servers"].push_back({{"servers", servers.names},
                                   {"mean_delay_ms", 1e3 * servers.mean_delay_s},
                                   {"optimal", servers.optimal},
                                   {"local_share", servers.local_share}});
  }
  if (report.people_near_cable) out["people_near_cable"] = *report.people_near_cable;
  if (passive) summarize_passive(out, *passive);
}

std::string BackhaulStudy::closing(Language language, const PlanInput& /*input*/) const {
  const auto yen = [](std::int64_t amount_jpy) { return figure(static_cast<double>(amount_jpy)); };
  int links = 0;
  for (const int of_medium : report.links) links += of_medium;
  std::string out = '\n' + fill(phrases::kBackhaulClosing.in(language),
                                {fmt::format("{:.1f}", 1e-3 * report.fibre_m()), std::to_string(links),
                                 yen(report.layout.cost_jpy), yen(report.layout.lower_bound_jpy),
                                 fmt::format("{:.2f}", report.gap_percent())});
  if (report.burden) {
    out += fill(phrases::kBearsOfIt.in(language),
                {payer_word(report.burden->payer, language), yen(report.burden->burden_jpy),
                 yen(report.burden->lower_bound_jpy)});
  }
  if (!report.layout.unreached.empty())
    out += fill(phrases::kSitesNotReached.in(language), {std::to_string(report.layout.unreached.size())});
  return out + '\n';
}

}  // namespace amaneku::scenarios
