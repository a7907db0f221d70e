#include "scenarios/studies/backhaul/backhaul_study.hpp"

#include <fmt/format.h>

#include <algorithm>

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

/// Of the kinds that are asked for; those outside the plan are told of and left out, for nothing is known of the
/// ground.
std::vector<BackhaulPlace> places_of(const std::vector<NamedPlace>& places, const std::vector<std::string>& kinds,
                                     const StudyInput& plan, long long& outside) {
  std::vector<BackhaulPlace> out;
  outside = 0;
  for (const std::string& kind : kinds) {
    bool found = false;
    for (const NamedPlace& place : places) {
      if (place.kind != kind) continue;
      found = true;
      if (plan.input.world.grid().contains(place.at)) {
        out.push_back({place.name, place.kind, place.at});
      } else {
        ++outside;
      }
    }
    if (!found)
      plan.warnings.push_back(
          {"backhaul_no_such_places", "no place of the kind \"" + kind + "\" to be given fibre"});
  }
  if (outside > 0)
    plan.warnings.push_back(
        {"backhaul_places_outside", "places outside the area, which are given no fibre", outside});
  return out;
}

double length_of(const std::vector<SharedPart>& parts, CostQuantity quantity) {
  for (const SharedPart& part : parts) {
    if (part.asset->quantity == quantity) return part.quantity;
  }
  return 0.0;
}

}  // namespace

std::string BackhaulStudy::plan_text(Language language) const {
  const std::size_t along = index_of(options->along_roads);
  const std::string_view cables =
      language == Language::en ? std::string_view(kMediumWords[along]) : phrases::kMedia[along].in(language);
  std::string out = fill(phrases::kBackhaulPlan.in(language), {std::to_string(options->exchanges.size()), cables});
  if (!options->ways.empty())
    out += fill(phrases::kLinesGiven.in(language), {std::to_string(options->ways.size())});
  return out + (hop_ask ? hops_text(*hop_ask, language) : std::string());
}

void BackhaulStudy::run(const StudyInput& plan, const Studies& earlier) {
  const MoneyInput& money = *earlier.get<CostsStudy>().money;
  // One of its own: what points into it moves with the plan, into Python too.
  options->catalogue = std::make_shared<const CostCatalogue>(money.catalogue);
  options->basis = money.terms.basis;
  options->horizon = money.horizon;
  options->places = places_of(earlier.get<PlacesStudy>().places, place_kinds, plan, places_outside);
  options->connected = sites_to_connect(plan.input.network, money);
  const NetworkLoad* load = plan.result.load ? &*plan.result.load : nullptr;
  BackhaulInput input{.world = plan.input.world,
                      .network = plan.input.network,
                      .demand_bps = demand_of_sites(load, plan.result.coverage, plan.input.network.sites.size(),
                                                    options->least_bps),
                      .people = people_by_site(plan.radio, plan.result.maps, plan.result.statistics)};
  if (hop_ask) {
    BackhaulWithHops planned = plan_with_hops(std::move(input), *options, hop_ask->options);
    report = std::move(planned.report);
    hops = std::move(planned.hops);
    const std::vector<Warning> more = hop_warnings(*hop_ask, hops, {plan.input.network, options->exchanges});
    report.warnings.insert(report.warnings.end(), more.begin(), more.end());
  } else {
    report = plan_backhaul(input, *options);
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
    if (target.metric == TargetMetric::fibre_households && report.people_near_cable && people > 0.0)
      to.supplied.push_back({target.id, 100.0 * *report.people_near_cable / people, "[backhaul]"});
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
    if (site.is_place()) continue;
    SiteWorks& works = money.sites[site.site].works;
    works.laid_out = true;
    works.shared = site.parts;
    works.aerial_m = length_of(site.parts, CostQuantity::aerial_m);
    works.buried_m = length_of(site.parts, CostQuantity::buried_m);
    works.submarine_m = length_of(site.parts, CostQuantity::submarine_m);
  }
}

void BackhaulStudy::summarize(Json& summary, const PlanInput& /*input*/, const PlanResult& /*result*/) const {
  int links = 0;
  for (const int of_medium : report.links) links += of_medium;
  constexpr double kKmPerM = 1e-3;
  Json& out = summary["backhaul"];
  out["fibre_km"] = kKmPerM * report.fibre_m();
  out["microwave_links"] = report.links[index_of(Medium::microwave)];
  out["links"] = links;
  out["capex_jpy"] = report.capex_jpy;
  out["capex_of_places_jpy"] = report.capex_of_places_jpy();
  out["opex_jpy_per_year"] = report.opex_jpy_per_year;
  out["present_value_jpy"] = report.layout.cost_jpy;
  out["lower_bound_jpy"] = report.layout.lower_bound_jpy;
  out["gap_percent"] = report.gap_percent();
  out["sites_connected"] = report.sites.size() - report.layout.unreached.size();
  out["sites_unreached"] = report.layout.unreached.size();
  for (const EdgeServers& servers : report.edge_servers) {
    out["edge_servers"].push_back({{"servers", servers.names},
                                   {"mean_delay_ms", 1e3 * servers.mean_delay_s},
                                   {"optimal", servers.optimal},
                                   {"local_share", servers.local_share}});
  }
  if (report.people_near_cable) out["people_near_cable"] = *report.people_near_cable;
}

std::string BackhaulStudy::closing(Language language) const {
  const auto yen = [](std::int64_t amount_jpy) { return figure(static_cast<double>(amount_jpy)); };
  int links = 0;
  for (const int of_medium : report.links) links += of_medium;
  std::string out = '\n' + fill(phrases::kBackhaulClosing.in(language),
                                {fmt::format("{:.1f}", 1e-3 * report.fibre_m()), std::to_string(links),
                                 yen(report.layout.cost_jpy), yen(report.layout.lower_bound_jpy),
                                 fmt::format("{:.2f}", report.gap_percent())});
  if (!report.layout.unreached.empty())
    out += fill(phrases::kSitesNotReached.in(language), {std::to_string(report.layout.unreached.size())});
  return out + '\n';
}

}  // namespace amaneku::scenarios
