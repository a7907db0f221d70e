#include "libsim/studies/backhaul/backhaul_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "libsim/backhaul/trunk_shares.hpp"
#include "libsim/routes/point_index.hpp"
#include "libsim/studies/backhaul/edge_servers.hpp"

namespace amaneku {
namespace {

constexpr double kHoursPerYear = 8766.0;
constexpr double kFarDrop_m = 1000.0;  // straight so far is no longer a drop from the road but an estimate
constexpr double kLight_s_per_m = 1.0 / 299'792'458.0;

class Planner {
 public:
  Planner(const BackhaulInput& input, const BackhaulOptions& options)
      : input_(input),
        options_(options),
        prices_(*options.catalogue, options.basis, options.horizon, options.along_roads) {}

  BackhaulOffer offer() {
    make_graph();
    add_links();
    keep_priced();
    return {std::move(out_.graph), std::move(terms_)};
  }

  BackhaulReport run() {
    if (options_.fibres_per_cable < std::numeric_limits<std::int64_t>::max() && !prices_.has_further())
      throw InputError(Fault{.message = "cables are counted, and a further one has no price", .key = "path"});
    make_graph();
    add_links();
    keep_priced();
    LayoutProblem problem{.graph = out_.graph,
                          .terms = terms_,
                          .sites = layout_sites(),
                          .needs = options_.needs,
                          .fibres_per_cable = options_.fibres_per_cable,
                          .solver = {.work = options_.layout_work}};
    out_.layout = backhaul_layout(problem);
    add_sites(problem);
    share();
    add_segments();
    add_bill();
    out_.edge_servers = edge_servers(out_, options_, terms_);
    add_households();
    warn();
    out_.terms = std::move(terms_);
    return std::move(out_);
  }

 private:
  void make_graph() {
    out_.graph = input_.cables != nullptr ? *input_.cables : cables_of(input_.world, input_.network, options_);
  }

  /// Hops, and for every site that is to be connected the services on offer.
  void add_links() {
    links_ = input_.hops;
    const auto sites = static_cast<std::uint32_t>(input_.network.sites.size());
    for (const Medium medium : {Medium::satellite, Medium::leased}) {
      const std::optional<ServiceOffer>& service = options_.services[index_of(medium)];
      if (!service || options_.exchanges.empty()) continue;
      for (std::uint32_t site = 0; site < sites; ++site) {
        if (!options_.connected[site]) continue;
        links_.push_back({.medium = medium,
                          .from = site,
                          .to = sites,
                          .terms = {.capacity_bps = service->capacity_bps,
                                    .availability = service->availability,
                                    .delay_s = service->delay_s}});
      }
    }
    const auto node_of = [&](std::uint32_t end) {
      return end < sites ? out_.graph.site_nodes[end] : out_.graph.exchange_nodes[end - sites];
    };
    for (std::uint32_t i = 0; i < links_.size(); ++i) {
      out_.graph.edges.push_back({.from = node_of(links_[i].from),
                                  .to = node_of(links_[i].to),
                                  .medium = links_[i].medium,
                                  .use = EdgeUse::link,
                                  .length_m = links_[i].length_m,
                                  .link = i});
    }
  }

  /// What has no price is not to be had.
  void keep_priced() {
    std::vector<BackhaulEdge>& edges = out_.graph.edges;
    for (const BackhaulEdge& edge : edges) {
      if (!prices_.has(edge.medium)) unpriced_.insert(edge.medium);
    }
    edges.erase(std::remove_if(edges.begin(), edges.end(),
                               [&](const BackhaulEdge& edge) { return !prices_.has(edge.medium); }),
                edges.end());
    std::optional<PayerPrices> of_payer;
    if (input_.shares) of_payer.emplace(prices_, *input_.shares, out_.graph.nodes, points_of_ends());
    terms_.reserve(edges.size());
    for (const BackhaulEdge& edge : edges) {
      terms_.push_back(terms_of(edge));
      if (!of_payer) continue;
      const PayerPrices::Price price = of_payer->price_of(edge);
      terms_.back().cost_jpy = price.first_jpy;
      terms_.back().further_cable_jpy = price.further_jpy;
    }
  }

  [[nodiscard]] EdgeTerms terms_of(const BackhaulEdge& edge) const {
    EdgeTerms out;
    if (edge.use == EdgeUse::link) {
      out = links_[edge.link].terms;
      if (is_hop(edge.medium)) out.delay_s += kLight_s_per_m * edge.length_m;
    } else {
      const CableFigures& cable = options_.cable;
      out.delay_s = cable.delay_s_per_m * edge.length_m;
      out.availability = 1.0 - cable.cuts_per_m_year * edge.length_m * cable.repair_h / kHoursPerYear;
    }
    out.cost_jpy = prices_.present_jpy(edge);
    out.further_cable_jpy = prices_.further_jpy(edge);
    return out;
  }

  /// [BackhaulReport::sites]
  [[nodiscard]] std::vector<Point> points_of_ends() const {
    std::vector<Point> out;
    for (std::size_t site = 0; site < input_.network.sites.size(); ++site) {
      if (options_.connected[site]) out.push_back(input_.network.sites[site].at);
    }
    for (const BackhaulPlace& place : options_.places) out.push_back(place.at);
    return out;
  }

  [[nodiscard]] std::vector<LayoutSite> layout_sites() {
    std::vector<LayoutSite> out;
    for (std::size_t site = 0; site < input_.network.sites.size(); ++site) {
      if (!options_.connected[site]) continue;
      const Site& of = input_.network.sites[site];
      const bool two_ways = !options_.two_ways.empty() && options_.two_ways[site];
      out.push_back({out_.graph.site_nodes[site], input_.demand_bps[site], two_ways, options_.fibres_per_site});
      out_.sites.push_back({.site = site,
                            .id = of.id,
                            .name = of.name,
                            .at = of.at,
                            .demand_bps = input_.demand_bps[site],
                            .people = input_.people[site]});
    }
    for (std::size_t i = 0; i < options_.places.size(); ++i) {
      const BackhaulPlace& of = options_.places[i];
      out.push_back({out_.graph.site_nodes[input_.network.sites.size() + i], options_.place_bps, false,
                     options_.fibres_per_place});
      out_.sites.push_back({.id = of.kind, .name = of.name, .at = of.at, .demand_bps = options_.place_bps});
    }
    return out;
  }

  void add_sites(const LayoutProblem& problem) {
    const OtherWays others(problem, out_.layout);
    for (std::size_t i = 0; i < out_.sites.size(); ++i) {
      BackhaulSite& site = out_.sites[i];
      site.way = out_.layout.ways[i];
      if (!site.way.reached) continue;
      for (const std::uint32_t edge : site.way.edges)
        site.capacity_bps = std::min(site.capacity_bps, terms_[edge].capacity_bps);
      site.medium = medium_of(site.way);
      site.over_service = ends_with_service(site.way);
      site.delay_to_server_s = site.way.delay_s;
      if (!site.over_service) {
        const ExchangeOffice& exchange = options_.exchanges[site.way.exchange];
        site.delay_to_server_s +=
            options_.cable.delay_s_per_m * exchange.onward_m + exchange.onward_hops * options_.needs.node_delay_s;
      }
      (is_cable(*site.medium) ? site.by_link : site.by_cable) =
          is_cable(*site.medium) ? others.over_links(i) : others.over_cables(i);
    }
  }

  [[nodiscard]] bool ends_with_service(const SiteWay& way) const {
    if (way.edges.empty()) return false;
    const Medium last = out_.graph.edges[way.edges.back()].medium;
    return last == Medium::satellite || last == Medium::leased;
  }

  /// What the site has of its own: its link, or else the cable that most of its way to the junction is.
  [[nodiscard]] Medium medium_of(const SiteWay& way) const {
    const std::vector<BackhaulEdge>& edges = out_.graph.edges;
    if (edges[way.edges.front()].use == EdgeUse::link) return edges[way.edges.front()].medium;
    std::array<double, kMediumCount> metres{};
    for (const std::uint32_t edge : way.edges) {
      if (edges[edge].use == EdgeUse::link) break;
      metres[index_of(edges[edge].medium)] += edges[edge].length_m;
    }
    return static_cast<Medium>(std::max_element(metres.begin(), metres.end()) - metres.begin());
  }

  /// Of an edge of the layout.
  [[nodiscard]] std::vector<EdgeLine> lines_of(std::uint32_t edge) const {
    return prices_.lines_of(out_.graph.edges[edge], out_.layout.cables[edge]);
  }

  /// Every edge in equal parts among the sites behind it.
  void share() {
    std::vector<std::map<const CostAsset*, SharedPart>> parts(out_.sites.size());
    const std::vector<std::int64_t> nobody_more(out_.sites.size(), 1);
    for (const std::uint32_t edge : out_.layout.edges) {
      const std::vector<std::uint32_t>& users = out_.layout.users[edge];
      for (const EdgeLine& line : lines_of(edge)) {
        const SharedTrunk trunk{line.amount_jpy, {users.begin(), users.end()}};
        for (const TrunkShare& share : share_trunks({&trunk, 1}, nobody_more, TrunkRule::equal).shares) {
          SharedPart& part = parts[static_cast<std::size_t>(share.site)][line.asset];
          part.asset = line.asset;
          part.quantity += line.quantity / static_cast<double>(users.size());
          part.amount_jpy += share.jpy;
        }
      }
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      // In the order of the catalogue, so that no address decides.
      for (const CostAsset& asset : options_.catalogue->assets) {
        const auto found = parts[i].find(&asset);
        if (found == parts[i].end()) continue;
        out_.sites[i].parts.push_back(found->second);
        (asset.payment == Payment::once ? out_.sites[i].capex_jpy : out_.sites[i].opex_jpy_per_year) +=
            found->second.amount_jpy;
      }
    }
  }

  void add_segments() {
    std::vector<bool> done(out_.graph.edges.size(), false);
    std::size_t places = 0;
    for (const BackhaulSite& site : out_.sites) {
      const std::size_t at = site.is_place() ? input_.network.sites.size() + places++ : site.site;
      add_segments_of(site.way.edges, out_.graph.site_nodes[at], done);
      add_segments_of(site.way.second, out_.graph.site_nodes[at], done);
    }
  }

  void add_segments_of(const std::vector<std::uint32_t>& way, std::uint32_t node, std::vector<bool>& done) {
    const BackhaulEdge* last = nullptr;
    for (const std::uint32_t i : way) {
      const BackhaulEdge& edge = out_.graph.edges[i];
      const std::uint32_t next = edge.from == node ? edge.to : edge.from;
      if (!done[i]) {
        const bool goes_on = last != nullptr && last->medium == edge.medium && last->use == edge.use &&
                             edge.use != EdgeUse::link && out_.segments.back().ends == out_.layout.users[i] &&
                             out_.segments.back().cables == out_.layout.cables[i];
        if (!goes_on) begin_segment(edge, i, node);
        extend_segment(i, next);
        done[i] = true;
      }
      last = done[i] && !out_.segments.empty() && out_.segments.back().line.back() == out_.graph.nodes[next]
                 ? &edge
                 : nullptr;
      node = next;
    }
  }

  /// Where the edge fails, which the way uses: a second way may be left, but not for a drop that both have.
  [[nodiscard]] static bool is_cut_off(const SiteWay& way, std::uint32_t edge) {
    const auto has = [&](const std::vector<std::uint32_t>& edges) {
      return std::find(edges.begin(), edges.end(), edge) != edges.end();
    };
    return way.second.empty() || (has(way.edges) && has(way.second));
  }

  void begin_segment(const BackhaulEdge& edge, std::uint32_t index, std::uint32_t node) {
    BackhaulSegment segment{.medium = edge.medium,
                            .use = edge.use,
                            .edge = index,
                            .line = {out_.graph.nodes[node]},
                            .fibres = out_.layout.fibres[index],
                            .cables = out_.layout.cables[index]};
    for (const std::uint32_t user : out_.layout.users[index]) {
      segment.ends.push_back(user);
      if (is_cut_off(out_.sites[user].way, index)) segment.people += out_.sites[user].people;
    }
    out_.segments.push_back(std::move(segment));
  }

  void extend_segment(std::uint32_t index, std::uint32_t to) {
    const BackhaulEdge& edge = out_.graph.edges[index];
    BackhaulSegment& segment = out_.segments.back();
    segment.line.push_back(out_.graph.nodes[to]);
    segment.length_m += edge.length_m;
    for (const EdgeLine& line : lines_of(index)) {
      (line.asset->payment == Payment::once ? segment.capex_jpy : segment.opex_jpy_per_year) += line.amount_jpy;
    }
    out_.metres[index_of(edge.medium)] += edge.length_m;
    if (edge.use == EdgeUse::link) ++out_.links[index_of(edge.medium)];
  }

  void add_bill() {
    std::map<const CostAsset*, BackhaulBillLine> sums;
    for (const std::uint32_t edge : out_.layout.edges) {
      const BackhaulEdge& of = out_.graph.edges[edge];
      out_.present_jpy += prices_.present_jpy(of) + (out_.layout.cables[edge] - 1) * prices_.further_jpy(of);
      for (const EdgeLine& line : lines_of(edge)) {
        BackhaulBillLine& sum = sums[line.asset];
        sum.quantity += line.quantity;
        sum.amount_jpy += line.amount_jpy;
        (line.asset->payment == Payment::once ? out_.capex_jpy : out_.opex_jpy_per_year) += line.amount_jpy;
      }
    }
    for (const CostAsset& asset : options_.catalogue->assets) {
      const auto found = sums.find(&asset);
      if (found != sums.end()) out_.bill.push_back({&asset, found->second.quantity, found->second.amount_jpy});
    }
  }

  /// People whose mesh has its middle near a cable that is laid or was there before.
  void add_households() {
    if (!(options_.households_within_m > 0.0)) return;
    std::set<std::uint32_t> nodes;
    for (std::uint32_t i = 0; i < out_.graph.edges.size(); ++i) {
      if (has_fibre(out_, i)) nodes.insert({out_.graph.edges[i].from, out_.graph.edges[i].to});
    }
    out_.people_near_cable = 0.0;
    if (nodes.empty()) return;
    std::vector<Point> points;
    for (const std::uint32_t node : nodes) points.push_back(out_.graph.nodes[node]);
    const PointIndex cable(std::move(points));
    for (const PopulationUnit& unit : input_.world.population.units) {
      if (cable.nearest(unit.centre).distance_m <= options_.households_within_m)
        *out_.people_near_cable += unit.people;
    }
  }

  [[nodiscard]] std::string name_of(std::uint32_t end) const {
    const BackhaulSite& site = out_.sites[end];
    return site.is_place() ? site.name : site.id;
  }

  void warn() {
    const std::string named = names_of(out_.layout.unreached);
    if (!named.empty()) {
      std::string why = "sites and places that no cable or link with a price leads to an exchange: " + named;
      std::string media;
      for (const Medium medium : unpriced_)
        media += (media.empty() ? "" : ", ") + std::string(kMediumWords[index_of(medium)]);
      if (!media.empty()) why += "; without a price: " + media;
      if (!out_.layout.dropped.empty())
        why += fmt::format("; links taken out for lack of capacity or availability, or as too slow: {}",
                           out_.layout.dropped.size());
      out_.warnings.push_back({"backhaul_unreached", why, static_cast<long long>(out_.layout.unreached.size())});
    }
    std::string missing;
    long long misses = 0;
    for (std::uint32_t i = 0; i < out_.sites.size(); ++i) {
      if (!out_.sites[i].way.reached || out_.sites[i].way.meets_needs) continue;
      missing += (misses++ == 0 ? "" : ", ") + name_of(i);
    }
    if (misses > 0)
      out_.warnings.push_back({"backhaul_needs_missed",
                               "sites and places whose way to the exchange lacks capacity or availability, or is "
                               "too slow or too long: " +
                                   missing,
                               misses});
    warn_of_second_ways();
    warn_of_estimates();
  }

  [[nodiscard]] std::string names_of(const std::vector<std::uint32_t>& ends) const {
    std::string out;
    for (const std::uint32_t end : ends) out += (out.empty() ? "" : ", ") + name_of(end);
    return out;
  }

  void warn_of_second_ways() {
    const std::string too_long = names_of(out_.layout.too_long);
    if (!too_long.empty())
      out_.warnings.push_back({"backhaul_too_long",
                               "sites and places whose shortest way is longer than longest_way_km: " + too_long,
                               static_cast<long long>(out_.layout.too_long.size())});
    std::string unconnected;
    long long wishes = 0;
    for (std::size_t site = 0; site < options_.two_ways.size(); ++site) {
      if (!options_.two_ways[site] || options_.connected[site]) continue;
      unconnected += (wishes++ == 0 ? "" : ", ") + input_.network.sites[site].id;
    }
    if (wishes > 0)
      out_.warnings.push_back(
          {"backhaul_two_ways_unconnected",
           "sites of two_way_sites that the layout does not connect (candidates, standing sites, "
           "lines of their own): " +
               unconnected,
           wishes});
    const std::string named = names_of(out_.layout.one_way_only);
    if (!named.empty())
      out_.warnings.push_back({"backhaul_one_way_only",
                               "sites that want two ways where every two share a stretch: " + named,
                               static_cast<long long>(out_.layout.one_way_only.size())});
    if (!out_.layout.unlimited.empty())
      out_.warnings.push_back(
          {"backhaul_unlimited",
           "second ways and longest_way_km are not kept, nor cables filled at least cost, for no such layout was "
           "found: " +
               out_.layout.unlimited});
  }

  void warn_of_estimates() {
    long long gaps = 0;
    double gap_m = 0.0;
    std::map<Medium, double> stand_ins;
    for (const std::uint32_t i : out_.layout.edges) {
      const BackhaulEdge& edge = out_.graph.edges[i];
      const bool far_drop =
          edge.use == EdgeUse::drop && (edge.medium == Medium::submarine || edge.length_m > kFarDrop_m);
      if (edge.use == EdgeUse::gap || far_drop) {
        ++gaps;
        gap_m += edge.length_m;
      }
      if (prices_.priced_as(edge.medium) != edge.medium) stand_ins[edge.medium] += edge.length_m;
    }
    if (gaps > 0)
      out_.warnings.push_back(
          {"backhaul_straight_gap",
           fmt::format("cables drawn straight where no road and no corridor leads, an estimate: {:.1f} km",
                       1e-3 * gap_m),
           gaps});
    std::string media;
    for (const auto& [medium, metres] : stand_ins)
      media += fmt::format("{}{} ({:.1f} km)", media.empty() ? "" : ", ", kMediumWords[index_of(medium)],
                           1e-3 * metres);
    if (!media.empty())
      out_.warnings.push_back({"backhaul_price_of_road",
                               fmt::format("without a price of their own, at that of {}: {}",
                                           kMediumWords[index_of(options_.along_roads)], media),
                               static_cast<long long>(stand_ins.size())});
  }

  const BackhaulInput& input_;
  const BackhaulOptions& options_;
  BackhaulPrices prices_;
  std::vector<HopOffer> links_{};
  std::vector<EdgeTerms> terms_{};  ///< [edge of the graph]
  std::set<Medium> unpriced_{};
  BackhaulReport out_{};
};

}  // namespace

std::int64_t BackhaulReport::capex_of_places_jpy() const noexcept {
  std::int64_t sum = 0;
  for (const BackhaulSite& site : sites) sum += site.is_place() ? site.capex_jpy : 0;
  return sum;
}

double BackhaulReport::fibre_m() const noexcept {
  double sum_m = 0.0;
  for (std::size_t i = 0; i < kMediumCount; ++i) {
    if (is_new_cable(static_cast<Medium>(i))) sum_m += metres[i];
  }
  return sum_m;
}

double BackhaulReport::further_cable_m() const noexcept {
  double sum_m = 0.0;
  for (const BackhaulSegment& segment : segments)
    sum_m += static_cast<double>(segment.cables - 1) * segment.length_m;
  return sum_m;
}

double BackhaulReport::gap_percent() const noexcept {
  const auto cost = static_cast<double>(layout.cost_jpy);
  return cost > 0.0 ? 100.0 * (cost - static_cast<double>(layout.lower_bound_jpy)) / cost : 0.0;
}

bool has_fibre(const BackhaulReport& report, std::uint32_t edge) {
  const BackhaulEdge& of = report.graph.edges[edge];
  const bool there = of.use == EdgeUse::way && of.medium == Medium::existing;
  return there || (is_cable(of.medium) && !report.layout.users[edge].empty());
}

BackhaulGraph cables_of(const World& world, const Network& network, const BackhaulOptions& options) {
  std::vector<CableWay> ways;
  for (const Road& road : world.roads.roads) {
    if (!options.roads || road.line.size() < 2) continue;
    Medium medium = options.along_roads;
    if (road.in_tunnel()) medium = Medium::tunnel;
    if (road.bridge == Presence::yes) medium = Medium::bridge;
    ways.push_back({&road.line, medium});
  }
  for (const GivenWay& way : options.ways) ways.push_back({&way.line, way.medium});
  std::vector<Point> exchanges;
  for (const ExchangeOffice& exchange : options.exchanges) exchanges.push_back(exchange.at);
  std::vector<Point> sites;
  for (const Site& site : network.sites) sites.push_back(site.at);
  for (const BackhaulPlace& place : options.places) sites.push_back(place.at);
  return cable_graph({.ways = ways,
                      .exchanges = exchanges,
                      .sites = sites,
                      .ground_asl_m = world.ground.ground_asl_m,
                      .drop = options.along_roads,
                      .longest_drop_m = options.longest_drop_m});
}

BackhaulReport plan_backhaul(const BackhaulInput& input, const BackhaulOptions& options) {
  return Planner(input, options).run();
}

BackhaulOffer backhaul_offer(const BackhaulInput& input, const BackhaulOptions& options) {
  return Planner(input, options).offer();
}

std::vector<double> demand_of_sites(const NetworkLoad* load, const Coverage& coverage, std::size_t sites,
                                    double least_bps) {
  std::vector<double> dl_bps(sites, 0.0);
  std::vector<double> ul_bps(sites, 0.0);
  for (std::size_t i = 0; load != nullptr && i < load->cells.size(); ++i) {
    const auto site = static_cast<std::size_t>(coverage.sectors[i].site);
    dl_bps[site] += load->cells[i].dl_served_bps;
    ul_bps[site] += load->cells[i].ul_served_bps;
  }
  std::vector<double> out;
  for (std::size_t site = 0; site < sites; ++site)
    out.push_back(std::max({dl_bps[site], ul_bps[site], least_bps}));
  return out;
}

}  // namespace amaneku
