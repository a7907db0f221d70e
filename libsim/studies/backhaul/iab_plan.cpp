#include "libsim/studies/backhaul/iab_plan.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace amaneku {
namespace {

/// Rounding in sums of shares is no overload.
constexpr double kFull = 1.0 - 1e-9;

using UseKey = std::pair<std::size_t, std::size_t>;  // hop, feed

class UseFinder {
 public:
  UseFinder(const BackhaulReport& report, std::span<const IabBuilt> hops, const IabNetwork& network)
      : report_(report), hops_(hops), network_(network) {
    for (std::size_t i = 0; i < hops.size(); ++i) hop_of_[hops[i].edge] = i;
  }

  std::vector<IabUse> run(std::span<const std::uint32_t> nodes) {
    for (std::size_t i = 0; i < report_.sites.size(); ++i) {
      follow(report_.sites[i], report_.sites[i].way.edges, nodes[i]);
      follow(report_.sites[i], report_.sites[i].way.second, nodes[i]);
    }
    std::vector<IabUse> out;
    for (auto& [key, use] : uses_) out.push_back(use);
    share(out);
    return out;
  }

 private:
  /// From the site on: whoever is passed first is fed.
  void follow(const BackhaulSite& site, const std::vector<std::uint32_t>& way, std::uint32_t node) {
    std::vector<UseKey> on_way;
    for (const std::uint32_t i : way) {
      const BackhaulEdge& edge = report_.graph.edges[i];
      const auto hop = hop_of_.find(i);
      if (hop != hop_of_.end()) on_way.emplace_back(hop->second, edge.from == node ? 1U : 0U);
      node = edge.from == node ? edge.to : edge.from;
    }
    const SiteTraffic& traffic = site.is_place() ? network_.place : network_.sites[site.site];
    for (std::size_t i = 0; i < on_way.size(); ++i) {
      IabUse& use = uses_[on_way[i]];
      std::tie(use.hop, use.feed) = on_way[i];
      use.traffic.dl_bps += traffic.dl_bps;
      use.traffic.ul_bps += traffic.ul_bps;
      use.depth = std::max(use.depth, static_cast<int>(on_way.size() - i));
    }
  }

  [[nodiscard]] const IabFeed& feed_of(const IabUse& use) const { return hops_[use.hop].pair->feeds[use.feed]; }

  void share(std::vector<IabUse>& uses) const {
    std::vector<IabTake> takes;
    for (IabUse& use : uses) {
      const IabFeed& feed = feed_of(use);
      if (feed.cell >= 0)
        use.share = {use.traffic.dl_bps / feed.rates.dl_bps, use.traffic.ul_bps / feed.rates.ul_bps};
      use.cells = feed.takes;
      takes.push_back({feed.takes, use.share});
    }
    const std::vector<double> room = iab_room(takes, network_.free);
    const std::vector<IabShare> taken = iab_taken(takes, network_.free.size());
    const auto load = [&](int cell) {
      const auto i = static_cast<std::size_t>(cell);
      return IabShare{1.0 - network_.free[i].downlink + taken[i].downlink,
                      1.0 - network_.free[i].uplink + taken[i].uplink};
    };
    for (std::size_t i = 0; i < uses.size(); ++i) {
      const IabFeed& feed = feed_of(uses[i]);
      if (feed.cell < 0) continue;
      uses[i].room = room[i];
      uses[i].parent = load(feed.cell);
      for (std::size_t k = 1; k < feed.takes.size(); ++k) {
        const IabShare of = load(feed.takes[k]);
        uses[i].fed = {std::max(uses[i].fed.downlink, of.downlink), std::max(uses[i].fed.uplink, of.uplink)};
      }
    }
  }

  const BackhaulReport& report_;
  std::span<const IabBuilt> hops_;
  const IabNetwork& network_;
  std::map<std::uint32_t, std::size_t> hop_of_{};  ///< [edge]
  std::map<UseKey, IabUse> uses_{};
};

}  // namespace

std::vector<IabUse> iab_uses(const BackhaulReport& report, std::span<const IabBuilt> hops,
                             const IabNetwork& network) {
  std::vector<std::uint32_t> nodes;
  std::size_t place = network.sites.size();
  for (const BackhaulSite& site : report.sites)
    nodes.push_back(report.graph.site_nodes[site.is_place() ? place++ : site.site]);
  return UseFinder(report, hops, network).run(nodes);
}

std::vector<std::size_t> iab_excess(std::span<const IabUse> uses, int most_hops) {
  const auto too_deep = [&](const IabUse& use) { return use.depth > most_hops; };
  const auto most = [](const IabUse& use) { return std::max(use.share.downlink, use.share.uplink); };
  std::vector<const IabUse*> worst;
  for (const IabUse& use : uses) {
    if (too_deep(use) || use.room < kFull) worst.push_back(&use);
  }
  std::stable_sort(worst.begin(), worst.end(), [&](const IabUse* a, const IabUse* b) {
    if (too_deep(*a) != too_deep(*b)) return too_deep(*a);
    return too_deep(*a) ? a->depth > b->depth : most(*a) > most(*b);
  });
  std::vector<std::size_t> out;
  std::set<int> cells;
  for (const IabUse* use : worst) {
    const auto taken = [&](int cell) { return cells.count(cell) != 0; };
    if (std::any_of(use->cells.begin(), use->cells.end(), taken)) continue;
    cells.insert(use->cells.begin(), use->cells.end());
    out.push_back(use->hop);
  }
  return out;
}

}  // namespace amaneku
