#include "libsim/studies/backhaul/edge_servers.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "libsim/selection/p_median.hpp"

namespace amaneku {
namespace {

constexpr double kNanoseconds = 1e9;

/// Delays over the layout, from sites to exchanges and to one another.
class Delays {
 public:
  Delays(const BackhaulReport& report, const BackhaulOptions& options, const std::vector<EdgeTerms>& terms)
      : report_(report), options_(options), terms_(terms) {
    for (const BackhaulSite& site : report.sites) {
      nodes_.push_back(site.way.reached ? nodes_of(site.way, start_of(site)) : std::vector<std::uint32_t>());
      if (site.way.reached) passing_.insert(nodes_.back().front());
    }
    for (const std::uint32_t exchange : report.graph.exchange_nodes) passing_.insert(exchange);
  }

  [[nodiscard]] double to_exchange(std::size_t site, std::uint32_t exchange) const {
    const SiteWay& way = report_.sites[site].way;
    const bool there = way.exchange == exchange || report_.sites[site].over_service;
    return way.delay_s + (there ? 0.0 : between(way.exchange, exchange));
  }

  [[nodiscard]] double to_site(std::size_t from, std::size_t to) const {
    if (from == to) return 0.0;
    const SiteWay& a = report_.sites[from].way;
    const SiteWay& b = report_.sites[to].way;
    if (report_.sites[from].over_service || report_.sites[to].over_service) return a.delay_s + b.delay_s;
    if (a.exchange != b.exchange) return to_exchange(from, b.exchange) + b.delay_s;
    std::size_t common = 0;
    while (common < a.edges.size() && common < b.edges.size() &&
           a.edges[a.edges.size() - 1 - common] == b.edges[b.edges.size() - 1 - common])
      ++common;
    return part(from, a.edges.size() - common, true) + part(to, b.edges.size() - common, false);
  }

 private:
  [[nodiscard]] std::uint32_t start_of(const BackhaulSite& site) const {
    const std::vector<std::uint32_t>& edges = site.way.edges;
    if (edges.empty()) return report_.graph.exchange_nodes[site.way.exchange];
    std::uint32_t node = report_.graph.exchange_nodes[site.way.exchange];
    for (auto edge = edges.rbegin(); edge != edges.rend(); ++edge) node = beyond(*edge, node);
    return node;
  }

  [[nodiscard]] std::uint32_t beyond(std::uint32_t edge, std::uint32_t node) const {
    const BackhaulEdge& of = report_.graph.edges[edge];
    return of.from == node ? of.to : of.from;
  }

  [[nodiscard]] std::vector<std::uint32_t> nodes_of(const SiteWay& way, std::uint32_t node) const {
    std::vector<std::uint32_t> out = {node};
    for (const std::uint32_t edge : way.edges) out.push_back(node = beyond(edge, node));
    return out;
  }

  /// Of the first edges of a way, with the nodes on them; the last node counts once, with the way that comes to
  /// it.
  [[nodiscard]] double part(std::size_t site, std::size_t edges, bool with_last) const {
    double sum_s = 0.0;
    const std::vector<std::uint32_t>& nodes = nodes_[site];
    for (std::size_t i = 0; i < edges; ++i) sum_s += terms_[report_.sites[site].way.edges[i]].delay_s;
    for (std::size_t i = with_last ? 1 : 0; i < edges + (with_last ? 1 : 0); ++i)
      sum_s += passing_.count(nodes[i]) != 0 ? options_.needs.node_delay_s : 0.0;
    return sum_s;
  }

  [[nodiscard]] double between(std::uint32_t a, std::uint32_t b) const {
    const ExchangeOffice& from = options_.exchanges[a];
    const ExchangeOffice& to = options_.exchanges[b];
    const double onward_m = from.onward_m + to.onward_m;
    const double straight_m = distance_m(from.at, to.at);
    return options_.cable.delay_s_per_m * std::max(onward_m, straight_m) +
           (from.onward_hops + to.onward_hops + 1) * options_.needs.node_delay_s;
  }

  const BackhaulReport& report_;
  const BackhaulOptions& options_;
  const std::vector<EdgeTerms>& terms_;
  std::vector<std::vector<std::uint32_t>> nodes_{};  ///< [site] along its way
  std::set<std::uint32_t> passing_{};                ///< nodes that pass packets on
};

}  // namespace

std::vector<EdgeServers> edge_servers(const BackhaulReport& report, const BackhaulOptions& options,
                                      const std::vector<EdgeTerms>& terms) {
  std::vector<std::size_t> clients;
  PMedianProblem problem;
  double people = 0.0;
  for (std::size_t i = 0; i < report.sites.size(); ++i) {
    if (!report.sites[i].way.reached || report.sites[i].is_place() || !(report.sites[i].people > 0.0)) continue;
    clients.push_back(i);
    problem.weight.push_back(std::llround(report.sites[i].people));
    people += static_cast<double>(problem.weight.back());
  }
  if (options.edge_servers <= 0 || !(people > 0.0)) return {};
  const Delays delays(report, options, terms);
  problem.clients = clients.size();
  problem.places = options.exchanges.size() + clients.size();
  for (const std::size_t client : clients) {
    for (std::uint32_t e = 0; e < options.exchanges.size(); ++e)
      problem.distance.push_back(std::llround(kNanoseconds * delays.to_exchange(client, e)));
    for (const std::size_t other : clients)
      problem.distance.push_back(std::llround(kNanoseconds * delays.to_site(client, other)));
  }
  std::vector<EdgeServers> out;
  for (problem.open = 1; problem.open <= std::min(static_cast<std::size_t>(options.edge_servers), problem.places);
       ++problem.open) {
    const PMedian found = p_median(problem);
    EdgeServers servers{.mean_delay_s = static_cast<double>(found.cost) / people / kNanoseconds,
                        .optimal = found.optimal,
                        .local_share = local_share_of_people(found.served, problem.weight)};
    for (const std::int32_t place : found.places) {
      const auto at = static_cast<std::size_t>(place);
      const std::size_t exchanges = options.exchanges.size();
      servers.names.push_back(at < exchanges ? options.exchanges[at].name
                                             : report.sites[clients[at - exchanges]].name);
    }
    out.push_back(std::move(servers));
  }
  return out;
}

}  // namespace amaneku
