#include "libsim/studies/selection/selection_costs.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "libsim/studies/selection/line_distances.hpp"

namespace amaneku {
namespace {

// National amounts are truncated to thousands: a larger project may cost the others that much less.
constexpr std::int64_t kTruncated_jpy = 1000;
// Of hundreds of layouts each may take less care than the one that is built.
constexpr std::int64_t kLayoutWork = 30'000'000;

/// Ends of a link whose service is there only if a site is chosen.
bool has_end_outside(const HopOffer& hop, const std::vector<bool>& connected) {
  const auto outside = [&](std::uint32_t end) { return end < connected.size() && !connected[end]; };
  return outside(hop.from) || outside(hop.to);
}

/// An edge of any graph of the same sites.
using EdgeName = std::tuple<std::uint32_t, std::uint32_t, Medium>;

EdgeName name_of(const BackhaulEdge& edge) {
  return {edge.from, edge.to, edge.medium};
}

std::vector<SharedPart> parts_of(std::span<const std::uint32_t> way, const BackhaulGraph& graph,
                                 const BackhaulPrices& prices) {
  std::vector<SharedPart> out;
  for (const std::uint32_t edge : way) {
    for (const EdgeLine& line : prices.lines_of(graph.edges[edge])) {
      const auto same =
          std::find_if(out.begin(), out.end(), [&](const SharedPart& part) { return part.asset == line.asset; });
      if (same == out.end()) {
        out.push_back({line.asset, line.quantity, line.amount_jpy});
      } else {
        same->quantity += line.quantity;
        same->amount_jpy += line.amount_jpy;
      }
    }
  }
  return out;
}

}  // namespace

SelectionAmounts& SelectionAmounts::operator+=(const SelectionAmounts& other) noexcept {
  objective += other.objective;
  capex_jpy += other.capex_jpy;
  present_jpy += other.present_jpy;
  for (std::size_t payer = 0; payer < kPayerCount; ++payer) burden_jpy[payer] += other.burden_jpy[payer];
  return *this;
}

SelectionAmounts& SelectionAmounts::operator-=(const SelectionAmounts& other) noexcept {
  objective -= other.objective;
  capex_jpy -= other.capex_jpy;
  present_jpy -= other.present_jpy;
  for (std::size_t payer = 0; payer < kPayerCount; ++payer) burden_jpy[payer] -= other.burden_jpy[payer];
  return *this;
}

SelectionCosts::SelectionCosts(SelectionMoney money, const SelectionOptions& options)
    : money_(std::move(money)), options_(options) {
  const std::size_t sites = money_.network.sites.size();
  if (money_.money != nullptr) bills_ = *money_.money;
  if (lays_lines()) {
    for (std::size_t site = 0; site < sites; ++site) {
      if (needs_line(site)) take_shared(bills_.sites[site].works, {});
    }
  }
  for (std::size_t site = 0; site < sites; ++site) {
    alone_.push_back(amounts_of_site(site));
    own_.push_back(money_.stays[site] ? SelectionAmounts{} : alone_.back());
    least_.push_back(own_.back().objective);
  }
  least_alone_ = least_;
  estimate_ = own_;
  if (!lays_lines()) return;
  cables_ = cables_of(money_.world, money_.network, *money_.backhaul);
  add_lines();
}

bool SelectionCosts::needs_line(std::size_t site) const {
  const SiteWorks& works = money_.money->sites[site].works;
  return works.build != BuildKind::standing && !works.own_line;
}

SelectionAmounts SelectionCosts::amounts_of(const SiteBill& bill) const {
  SelectionAmounts out{.capex_jpy = bill.cost.capex_jpy, .present_jpy = bill.life.present_jpy};
  if (bill.funding) {
    out.burden_jpy = bill.funding->by_body_jpy;
    if (bills_.funding->after_bonds) {
      out.burden_jpy[index_of(Payer::prefecture)] = bill.funding->prefecture_least_jpy;
      out.burden_jpy[index_of(Payer::municipality)] = bill.funding->municipality_least_jpy;
    }
  }
  switch (options_.objective) {
    case SelectionObjective::total:
      out.objective = out.present_jpy;
      break;
    case SelectionObjective::payer:
      out.objective = out.burden_jpy[index_of(options_.payer)];
      break;
    case SelectionObjective::sites:
      out.objective = 1;
      break;
  }
  return out;
}

SelectionAmounts SelectionCosts::amounts_of_site(std::size_t site) const {
  if (money_.money == nullptr) return {.objective = 1};
  return amounts_of(make_bill(bills_, {site}, {money_.people[site]}).sites.front());
}

/// Of places, which no bill has: the first applicant's own money.
SelectionAmounts SelectionCosts::amounts_of_parts(const std::vector<SharedPart>& parts) const {
  SiteCost cost;
  for (const SharedPart& part : parts) {
    (part.asset->payment == Payment::once ? cost.capex_jpy : cost.opex_jpy_per_year) += part.amount_jpy;
    cost.lines.push_back({.asset = part.asset, .quantity = part.quantity, .amount_jpy = part.amount_jpy});
  }
  SelectionAmounts out{.capex_jpy = cost.capex_jpy, .present_jpy = life_cost(cost, bills_.horizon).present_jpy};
  if (bills_.funding) out.burden_jpy[index_of(first_applicant())] = out.capex_jpy;
  if (options_.objective == SelectionObjective::total) out.objective = out.present_jpy;
  if (options_.objective == SelectionObjective::payer) out.objective = out.burden_jpy[index_of(options_.payer)];
  return out;
}

Payer SelectionCosts::first_applicant() const {
  const auto& applicants = bills_.funding->engine.rules().applicants;
  return applicants[known_word(applicants, bills_.funding->applicants.front(), "applicants")].payer;
}

BackhaulInput SelectionCosts::backhaul_input(const std::vector<bool>& connected) const {
  BackhaulInput out{.world = money_.world,
                    .network = money_.network,
                    .demand_bps = std::vector<double>(connected.size(), money_.backhaul->least_bps),
                    .people = money_.people,
                    .cables = &cables_};
  for (const HopOffer& hop : money_.hops) {
    if (!has_end_outside(hop, connected)) out.hops.push_back(hop);
  }
  return out;
}

BackhaulReport SelectionCosts::report(std::vector<bool> connected) const {
  BackhaulOptions options = *money_.backhaul;
  const BackhaulInput input = backhaul_input(connected);
  options.connected = std::move(connected);
  options.edge_servers = 0;
  options.households_within_m = 0.0;
  options.layout_work = kLayoutWork;
  return plan_backhaul(input, options);
}

SelectionAmounts SelectionShares::sum() const {
  SelectionAmounts out = rest;
  for (const SelectionAmounts& one : of_site) out += one;
  return out;
}

SelectionShares SelectionCosts::shares(std::span<const std::int32_t> chosen) const {
  std::int64_t ignored_jpy = 0;
  return lay(chosen, ignored_jpy);
}

SelectionShares SelectionCosts::lay(std::span<const std::int32_t> chosen, std::int64_t& slack_jpy) const {
  SelectionShares out{.of_site = std::vector<SelectionAmounts>(own_.size())};
  std::vector<bool> planned = money_.stays;
  for (const std::int32_t site : chosen) planned[static_cast<std::size_t>(site)] = true;
  if (!lays_lines()) {
    for (const std::int32_t site : chosen)
      out.of_site[static_cast<std::size_t>(site)] = own_[static_cast<std::size_t>(site)];
    return out;
  }
  std::vector<bool> connected(planned.size());
  for (std::size_t site = 0; site < planned.size(); ++site) connected[site] = planned[site] && needs_line(site);
  const BackhaulReport laid = report(std::move(connected));
  slack_jpy = laid.layout.cost_jpy - laid.layout.lower_bound_jpy;
  for (const BackhaulSite& site : laid.sites) {
    if (site.is_place()) {
      out.rest += amounts_of_parts(site.parts);
    } else {
      take_shared(bills_.sites[site.site].works, site.parts);
    }
  }
  for (std::size_t site = 0; site < planned.size(); ++site) {
    if (!planned[site]) continue;
    if (money_.stays[site]) {
      out.rest += amounts_of_site(site);
      out.rest -= alone_[site];
    } else {
      out.of_site[site] = amounts_of_site(site);
    }
  }
  for (const BackhaulSite& site : laid.sites) {
    if (!site.is_place()) take_shared(bills_.sites[site.site].works, {});
  }
  return out;
}

const SelectionCosts::Laid& SelectionCosts::laid(std::span<const std::int32_t> chosen) const {
  std::vector<std::int32_t> key(chosen.begin(), chosen.end());
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  Laid laid;
  laid.amounts = lay(chosen, laid.slack_jpy).sum();
  return known_.emplace(std::move(key), laid).first->second;
}

void SelectionCosts::add_lines() {
  std::vector<bool> all(own_.size());
  std::vector<bool> stays(own_.size());
  for (std::size_t site = 0; site < all.size(); ++site) {
    all[site] = needs_line(site);
    stays[site] = all[site] && money_.stays[site];
  }
  BackhaulOptions options = *money_.backhaul;
  options.connected = all;
  const BackhaulOffer offer = backhaul_offer(backhaul_input(all), options);
  const BackhaulReport before = report(stays);
  add_estimates(offer, before);
  if (options_.objective == SelectionObjective::total) {
    std::vector<std::int64_t> cost_jpy;
    for (const EdgeTerms& terms : offer.terms) cost_jpy.push_back(terms.cost_jpy);
    add_bounds(offer.graph, cost_jpy, before);
  } else if (options_.objective == SelectionObjective::payer) {
    add_least_burdens();
    add_bounds(offer.graph, least_burdens_jpy(offer.graph), before);
  }
}

/// As if the line, which may bring other rules, cost nothing.
void SelectionCosts::add_least_burdens() {
  for (std::size_t site = 0; site < own_.size(); ++site) {
    if (!needs_line(site) || money_.stays[site]) continue;
    SiteWorks& works = bills_.sites[site].works;
    const SiteWorks without = works;
    works.aerial_m = lengths_[site].aerial_m;
    works.buried_m = lengths_[site].buried_m;
    works.submarine_m = lengths_[site].submarine_m;
    const std::int64_t with_line_jpy = amounts_of_site(site).objective;
    works = without;
    least_[site] = std::max<std::int64_t>(0, std::min(least_[site], with_line_jpy) - kTruncated_jpy);
  }
  least_alone_ = least_;
}

std::int64_t SelectionCosts::at_least(std::span<const std::int32_t> chosen) const {
  std::int64_t alone = 0;
  std::int64_t least = 0;
  for (const std::int32_t site : chosen) {
    alone += least_alone_[static_cast<std::size_t>(site)];
    least += least_[static_cast<std::size_t>(site)];
  }
  return std::max(alone + least_of_all_, least + least_of_rest_);
}

std::int64_t SelectionCosts::largest_slack_jpy() const {
  std::int64_t out = 0;
  for (const auto& [chosen, one] : known_) out = std::max(out, one.slack_jpy);
  return out;
}

void SelectionCosts::add_estimates(const BackhaulOffer& offer, const BackhaulReport& before) {
  std::set<EdgeName> there;
  for (const std::uint32_t edge : before.layout.edges) there.insert(name_of(before.graph.edges[edge]));
  std::vector<std::int64_t> cost_jpy;
  for (std::size_t i = 0; i < offer.graph.edges.size(); ++i)
    cost_jpy.push_back(there.count(name_of(offer.graph.edges[i])) > 0 ? 0 : offer.terms[i].cost_jpy);
  const BackhaulPrices prices(*money_.backhaul->catalogue, money_.backhaul->basis, money_.backhaul->horizon,
                              money_.backhaul->along_roads);
  std::vector<bool> is_end(offer.graph.nodes.size(), false);
  for (std::size_t site = 0; site < own_.size(); ++site) {
    if (!money_.stays[site]) is_end[offer.graph.site_nodes[site]] = true;
  }
  const LineWays ways(offer.graph, cost_jpy, is_end);
  lengths_.resize(own_.size());
  for (std::size_t site = 0; site < own_.size(); ++site) {
    if (money_.stays[site] || !needs_line(site)) continue;
    const std::optional<std::vector<std::uint32_t>> way = ways.of(offer.graph.site_nodes[site]);
    if (!way) {
      unreached_.push_back(static_cast<std::int32_t>(site));
      continue;
    }
    std::vector<std::uint32_t> fresh;
    for (const std::uint32_t edge : *way) {
      if (cost_jpy[edge] > 0) fresh.push_back(edge);
    }
    take_shared(bills_.sites[site].works, parts_of(fresh, offer.graph, prices));
    const SiteWorks& works = bills_.sites[site].works;
    lengths_[site] = {.aerial_m = works.aerial_m, .buried_m = works.buried_m, .submarine_m = works.submarine_m};
    estimate_[site] = amounts_of_site(site);
    take_shared(bills_.sites[site].works, {});
  }
}

/// [edge] that the payer bears at the least of its purchase, whichever sites and places share it.
std::vector<std::int64_t> SelectionCosts::least_burdens_jpy(const BackhaulGraph& graph) const {
  const BackhaulPrices prices(*money_.backhaul->catalogue, money_.backhaul->basis, money_.backhaul->horizon,
                              money_.backhaul->along_roads);
  std::vector<FundingFacts> facts;
  for (std::size_t site = 0; site < own_.size(); ++site) {
    if (!needs_line(site)) continue;
    FundingFacts here = facts_of(bills_, site, money_.people[site]);
    if (std::find(facts.begin(), facts.end(), here) == facts.end()) facts.push_back(std::move(here));
  }
  const bool of_places = graph.site_nodes.size() > own_.size() && first_applicant() != options_.payer;
  std::map<const CostAsset*, double> shares;
  const auto share_of = [&](const CostAsset& asset) {
    const auto [known, fresh] = shares.emplace(&asset, of_places ? 0.0 : 1.0);
    if (!fresh || of_places) return known->second;
    for (const FundingFacts& here : facts)
      known->second = std::min(known->second, least_share(asset, bills_.terms.sharing.operators, here,
                                                          *bills_.funding, options_.payer));
    return known->second;
  };
  std::vector<std::int64_t> out;
  for (const BackhaulEdge& edge : graph.edges) {
    double borne_jpy = 0.0;
    for (const EdgeLine& line : prices.lines_of(edge)) {
      if (line.asset->payment == Payment::once)
        borne_jpy += share_of(*line.asset) * static_cast<double>(line.amount_jpy);
    }
    out.push_back(static_cast<std::int64_t>(borne_jpy));
  }
  return out;
}

/// On the graph with the hops of all candidates, since each of them may carry what the others need. What nothing
/// leads to without candidates may stay without a line, and is no part of a bound.
void SelectionCosts::add_bounds(const BackhaulGraph& graph, const std::vector<std::int64_t>& cost_jpy,
                                const BackhaulReport& before) {
  std::vector<std::uint32_t> sure;  // ends that every choice joins
  std::size_t places = own_.size();
  for (const BackhaulSite& end : before.sites) {
    const std::size_t node = end.is_place() ? places++ : end.site;
    if (end.way.reached) sure.push_back(graph.site_nodes[node]);
  }
  std::vector<std::uint32_t> maybe;
  std::vector<std::size_t> sites;
  for (std::size_t site = 0; site < own_.size(); ++site) {
    if (!needs_line(site) || money_.stays[site]) continue;
    maybe.push_back(graph.site_nodes[site]);
    sites.push_back(site);
  }
  const LineCharges charges = line_charges(graph, cost_jpy, sure, maybe);
  for (std::size_t i = 0; i < sites.size(); ++i) least_[sites[i]] += charges.maybe_jpy[i];
  // Bills round every edge and every year of it to the yen.
  const auto rounding_jpy = static_cast<std::int64_t>(graph.edges.size()) * (bills_.horizon.years + 1);
  least_of_rest_ = charges.sure_jpy - rounding_jpy;
  least_of_all_ = line_tree_bound_jpy(graph, cost_jpy, sure) - rounding_jpy;
}

}  // namespace amaneku
