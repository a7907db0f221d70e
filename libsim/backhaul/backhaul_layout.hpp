// The network behind the base stations, laid out at least cost: which ways and links are built, and how every site
// reaches its exchange over them.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "libsim/backhaul/cable_graph.hpp"
#include "libsim/backhaul/steiner_tree.hpp"

namespace amaneku {

/// What building and using an edge means.
struct EdgeTerms {
  std::int64_t cost_jpy = 0;  ///< what the layout adds up; the present value of all that it ever costs
  double capacity_bps = std::numeric_limits<double>::infinity();
  double availability = 1.0;  ///< 0 .. 1; NaN: not known
  double delay_s = 0.0;       ///< one way, without the nodes at its ends
  /// Of each cable beside the first, as cost_jpy; new cables alone have it. Where it is more than the first costs
  /// the search takes it for as much, and the sums and the bound are right all the same.
  std::int64_t further_cable_jpy = 0;
};

/// A site that has to reach an exchange.
struct LayoutSite {
  std::uint32_t node = 0;
  double demand_bps = 0.0;
  bool two_ways = false;    ///< wants a second way that shares no edge with the first but the drop
  std::int64_t fibres = 0;  ///< of its own on every edge of each of its ways
};

/// What every site needs, at least.
struct LayoutNeeds {
  double availability = 0.0;                                         ///< of the way to its exchange; 0: any
  double longest_delay_s = std::numeric_limits<double>::infinity();  ///< one way
  double longest_way_m = std::numeric_limits<double>::infinity();    ///< of cables and links, to the exchange
  double node_delay_s = 0.0;  ///< of each site or exchange on the way that passes a packet on
};

struct LayoutProblem {
  const BackhaulGraph& graph;
  std::span<const EdgeTerms> terms;  ///< [edge of the graph]
  std::vector<LayoutSite> sites{};
  LayoutNeeds needs{};
  /// > 0. New cables take ceil(fibres / fibres_per_cable), one at least; of cables that are there nobody counts
  /// what is free.
  std::int64_t fibres_per_cable = std::numeric_limits<std::int64_t>::max();
  SteinerOptions solver{};
};

/// How one site reaches its exchange. Of two ways the faster is the first.
struct SiteWay {
  bool reached = false;
  std::vector<std::uint32_t> edges{};  ///< of the graph, from the site on
  std::uint32_t exchange = 0;
  int hops = 0;  ///< sites passed on the way, and the exchange
  double length_m = 0.0;
  double delay_s = 0.0;
  double availability = 1.0;  ///< availability_of()
  bool meets_needs = true;
  std::vector<std::uint32_t> second{};  ///< edges of the second way; empty: none
  double second_m = 0.0;                ///< its length
};

/// Edges in series multiply, and so does what fails of two ways, but for the edges that both have in common
/// (drops). NaN where one of an edge is. `terms` [edge of the graph].
[[nodiscard]] double availability_of(const SiteWay& way, std::span<const EdgeTerms> terms);

/// A link that was taken out, and why.
struct DroppedLink {
  enum class Reason : std::uint8_t { capacity, availability, delay };
  std::uint32_t edge = 0;
  Reason reason = Reason::capacity;
  std::uint32_t site = 0;  ///< LayoutProblem::sites that would have suffered (of capacity: the first behind it)
};

struct BackhaulLayout {
  std::vector<std::uint32_t> edges{};  ///< built, ascending
  std::int64_t cost_jpy = 0;
  /// No layout of this graph that reaches the same sites, with as many ways, costs less, whatever its other needs:
  /// of the first round.
  std::int64_t lower_bound_jpy = 0;
  std::int64_t tree_bound_jpy = 0;                  ///< the same, with one way for each site
  bool optimal = false;                             ///< proved: cost and bound are one
  std::vector<SiteWay> ways{};                      ///< [site of the problem]
  std::vector<std::vector<std::uint32_t>> users{};  ///< [edge of the graph]: sites of the problem behind it
  std::vector<std::int64_t> fibres{};               ///< [edge of the graph] of all ways over it
  std::vector<std::int64_t> cables{};  ///< [edge of the graph] 0: not built; 1 of links and cables that are there
  std::vector<DroppedLink> dropped{};
  std::vector<std::uint32_t> unreached{};     ///< sites of the problem that no edge leads to an exchange
  std::vector<std::uint32_t> one_way_only{};  ///< sites that want two ways where there are no two
  std::vector<std::uint32_t> too_long{};  ///< sites whose shortest way is longer than LayoutNeeds::longest_way_m
  std::string unlimited{};  ///< why second ways and the limit of length could not be kept; empty: they are
  int rounds = 0;
};

/// What an edge costs with so many cables.
[[nodiscard]] std::int64_t cost_jpy(const EdgeTerms& terms, std::int64_t cables) noexcept;

/// A Steiner tree over the graph with its exchanges as one; with second ways, a limit of length or cables that the
/// tree would fill the layout of limited_ways() instead. Where a way lacks capacity or availability or is too
/// slow, the link (no cable) that is worst for it is taken out and the tree is laid again, so that each round has
/// links less; then each of them is tried once more. What cables alone cannot give is left, and
/// SiteWay::meets_needs says so. Equal costs are decided by the order of the edges.
[[nodiscard]] BackhaulLayout backhaul_layout(const LayoutProblem& problem);

/// What else would have connected a site.
struct OtherWay {
  bool found = false;
  std::int64_t own_jpy = 0;    ///< of the edges from the site to the next junction, as laid
  std::int64_t other_jpy = 0;  ///< of the cheapest way instead of them, back to the rest of the network
  double other_m = 0.0;
  bool fails_needs = false;  ///< it goes over a link that was taken out
};

/// Borrows problem and layout.
class OtherWays {
 public:
  OtherWays(const LayoutProblem& problem, const BackhaulLayout& layout);

  /// Over cables alone, or over links alone. `site`: of the problem, reached.
  [[nodiscard]] OtherWay over_cables(std::size_t site) const { return search(site, true); }
  [[nodiscard]] OtherWay over_links(std::size_t site) const { return search(site, false); }

 private:
  [[nodiscard]] OtherWay search(std::size_t site, bool over_cables) const;
  /// That what an edge carries would fill, were it a new cable.
  [[nodiscard]] std::int64_t cables_behind(std::uint32_t edge) const noexcept;

  const LayoutProblem& problem_;
  const BackhaulLayout& layout_;
  std::vector<bool> dropped_{};         ///< [edge]
  std::vector<std::uint32_t> first_{};  ///< [node] into at_
  std::vector<std::uint32_t> at_{};     ///< edges at each node
};

}  // namespace amaneku
