#include "libsim/studies/backhaul/passive_network.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <queue>
#include <set>
#include <utility>

#include "libsim/routes/point_index.hpp"

namespace amaneku {
namespace {

constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();
constexpr double kSlack_m = 1e-6;  // of sums that are taken in another order
constexpr double kUnreached = std::numeric_limits<double>::infinity();

/// What drops to one node.
struct Tapped {
  std::map<int, double> people{};  ///< [municipality]
  double shortest_m = kUnreached;
  double longest_m = 0.0;
};

class Cabinets {
 public:
  Cabinets(const BackhaulReport& report, const BackhaulOptions& backhaul, const Population& population,
           const PassiveOptions& options)
      : graph_(report.graph),
        options_(options),
        at_(graph_.nodes.size()),
        far_m_(graph_.nodes.size(), kUnreached),
        towards_(graph_.nodes.size(), kNowhere),
        exchange_(graph_.nodes.size(), kNowhere) {
    find_cables(report);
    follow_cables();
    tap(population, backhaul.households_within_m);
  }

  PassiveNetwork run() {
    std::vector<std::uint32_t> order;
    for (const auto& [node, tapped] : taps_) {
      if (exchange_[node] != kNowhere) {
        order.push_back(node);
        continue;
      }
      for (const auto& [municipality, people] : tapped.people) out_.people_unfed += people;
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return far_m_[a] > far_m_[b]; });
    std::map<std::uint32_t, PassiveCabinet> cabinets;
    for (const std::uint32_t node : order) {
      if (taken_.count(node) != 0) continue;
      const std::uint32_t place = cabinet_for(node);
      cabinets.emplace(place, cabinet_at(place));
    }
    for (auto& [node, cabinet] : cabinets) add(std::move(cabinet));
    return std::move(out_);
  }

 private:
  void find_cables(const BackhaulReport& report) {
    for (std::uint32_t i = 0; i < graph_.edges.size(); ++i) {
      if (!has_fibre(report, i)) continue;
      at_[graph_.edges[i].from].push_back(i);
      at_[graph_.edges[i].to].push_back(i);
    }
  }

  /// The shortest way from the exchanges to every node.
  void follow_cables() {
    using Entry = std::pair<double, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    for (std::uint32_t i = 0; i < graph_.exchange_nodes.size(); ++i) {
      const std::uint32_t node = graph_.exchange_nodes[i];
      if (exchange_[node] != kNowhere) continue;
      far_m_[node] = 0.0;
      exchange_[node] = i;
      queue.emplace(0.0, node);
    }
    while (!queue.empty()) {
      const auto [far_m, node] = queue.top();
      queue.pop();
      if (far_m > far_m_[node]) continue;
      for (const std::uint32_t i : at_[node]) {
        const std::uint32_t to = beyond_of(i, node);
        const double through_m = far_m + graph_.edges[i].length_m;
        if (through_m >= far_m_[to]) continue;
        far_m_[to] = through_m;
        towards_[to] = i;
        exchange_[to] = exchange_[node];
        queue.emplace(through_m, to);
      }
    }
  }

  void tap(const Population& population, double within_m) {
    std::vector<std::uint32_t> nodes;
    std::vector<Point> points;
    for (std::uint32_t node = 0; node < at_.size(); ++node) {
      if (at_[node].empty()) continue;
      nodes.push_back(node);
      points.push_back(graph_.nodes[node]);
    }
    if (nodes.empty()) return;
    const PointIndex cable(std::move(points));
    for (const PopulationUnit& unit : population.units) {
      if (!(unit.people > 0.0)) continue;
      const NearPoint near = cable.nearest(unit.centre);
      if (near.distance_m > within_m) continue;
      out_.people_near += unit.people;
      Tapped& tapped = taps_[nodes[near.index]];
      tapped.people[unit.municipality] += unit.people;
      tapped.shortest_m = std::min(tapped.shortest_m, near.distance_m);
      tapped.longest_m = std::max(tapped.longest_m, near.distance_m);
    }
  }

  [[nodiscard]] std::uint32_t beyond_of(std::uint32_t edge, std::uint32_t node) const {
    return graph_.edges[edge].from == node ? graph_.edges[edge].to : graph_.edges[edge].from;
  }

  /// As far towards the exchange as the reach allows.
  [[nodiscard]] std::uint32_t cabinet_for(std::uint32_t node) const {
    std::uint32_t place = node;
    while (towards_[place] != kNowhere) {
      const std::uint32_t next = beyond_of(towards_[place], place);
      if (far_m_[node] - far_m_[next] > options_.cabinet_reach_m) break;
      place = next;
    }
    return place;
  }

  /// Takes every home within reach along the tree of shortest ways.
  PassiveCabinet cabinet_at(std::uint32_t place) {
    PassiveCabinet out{.at = graph_.nodes[place], .exchange = exchange_[place]};
    out.homes.feeder_m = far_m_[place];
    out.homes.shortest_drop_m = kUnreached;
    std::map<int, double> people;
    std::vector<std::pair<std::uint32_t, double>> open = {{place, 0.0}};
    std::set<std::uint32_t> seen = {place};
    while (!open.empty()) {
      const auto [node, along_m] = open.back();
      open.pop_back();
      take(node, along_m, out, people);
      for (const std::uint32_t i : at_[node]) {
        const std::uint32_t to = beyond_of(i, node);
        const bool of_tree = towards_[to] == i || towards_[node] == i;
        const double to_m = along_m + graph_.edges[i].length_m;
        if (of_tree && to_m <= options_.cabinet_reach_m + kSlack_m && seen.insert(to).second)
          open.emplace_back(to, to_m);
      }
    }
    const auto most = std::max_element(people.begin(), people.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    out.municipality = most->first;
    constexpr double kWhole = 1e-9;  // sums of shares that are a whole home but for rounding
    out.homes.homes = static_cast<std::int64_t>(std::ceil(out.people / options_.persons_per_household - kWhole));
    out.design = pon_design(out.homes, options_.rules);
    return out;
  }

  void take(std::uint32_t node, double along_m, PassiveCabinet& cabinet, std::map<int, double>& people) {
    const auto tapped = taps_.find(node);
    if (tapped == taps_.end() || !taken_.insert(node).second) return;
    for (const auto& [municipality, of_it] : tapped->second.people) {
      people[municipality] += of_it;
      cabinet.people += of_it;
    }
    cabinet.homes.longest_drop_m = std::max(cabinet.homes.longest_drop_m, along_m + tapped->second.longest_m);
    cabinet.homes.shortest_drop_m = std::min(cabinet.homes.shortest_drop_m, along_m + tapped->second.shortest_m);
  }

  void add(PassiveCabinet cabinet) {
    out_.homes += cabinet.homes.homes;
    out_.splitters += cabinet.design.splitters;
    out_.feeder_fibres += cabinet.design.feeder_fibres;
    // Light that is too strong is weakened by an attenuator.
    const bool lit = cabinet.design.fault == PonFault::none || cabinet.design.fault == PonFault::too_strong;
    if (lit) out_.people_served += cabinet.people;
    out_.cabinets.push_back(std::move(cabinet));
  }

  const BackhaulGraph& graph_;
  const PassiveOptions& options_;
  std::vector<std::vector<std::uint32_t>> at_;  ///< [node] edges with fibre
  std::vector<double> far_m_;                   ///< [node] from its exchange
  std::vector<std::uint32_t> towards_;          ///< [node] edge to its exchange
  std::vector<std::uint32_t> exchange_;         ///< [node]
  std::map<std::uint32_t, Tapped> taps_{};      ///< by node
  std::set<std::uint32_t> taken_{};
  PassiveNetwork out_{};
};

}  // namespace

PassiveNetwork passive_network(const BackhaulReport& report, const BackhaulOptions& backhaul,
                               const Population& population, const PassiveOptions& options) {
  return Cabinets(report, backhaul, population, options).run();
}

}  // namespace amaneku
