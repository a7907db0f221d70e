#include "libsim/backhaul/steiner_search.hpp"

#include <algorithm>
#include <utility>

#include "libsim/backhaul/steiner_improve.hpp"
#include "libsim/backhaul/steiner_subsets.hpp"
#include "libsim/parallel.hpp"

namespace amaneku::steiner {
namespace {

/// Ascents from as many terminals in each round, on small problems and on large ones.
constexpr std::size_t kRoots = 8;
constexpr std::size_t kRootsOfLarge = 4;
constexpr std::size_t kLargeEdges = 20'000;
/// Trees that are improved beside each other, then joined into one.
constexpr std::size_t kTrees = 4;
/// A problem of fewer edges is branched on before much is spent on its trees.
constexpr std::size_t kSmallEdges = 400;
/// And of more than these, branching does not end.
constexpr std::size_t kBranchEdges = 4'000;
/// Subsets take at most this much memory and work.
constexpr double kSubsetBytes = 1.0e9;
constexpr double kSubsetWork = 3.0e8;
/// What is spent on the bound in each round, in times the edges.
constexpr std::int64_t kPolish = 1'000;
/// An edge that must not be taken. Four of them are farther than kFar, so that sums stay in range.
constexpr std::int64_t kBlocked = kFar / 4;

/// Only along what the ascent has saturated.
std::vector<std::int64_t> guided_costs(const Graph& graph, const Ascent& ascent) {
  std::vector<std::int64_t> costs;
  costs.reserve(graph.edges().size());
  for (std::size_t e = 0; e < graph.edges().size(); ++e) {
    const bool open = ascent.reduced[2 * e] == 0 || ascent.reduced[2 * e + 1] == 0;
    costs.push_back(open ? graph.edges()[e].cost : kBlocked);
  }
  return costs;
}

/// Between 1 and 1 + `most` / 16 times the true costs.
std::vector<std::int64_t> shaken_costs(const Graph& graph, std::uint64_t seed, std::uint64_t most) {
  std::vector<std::int64_t> costs = costs_of(graph);
  for (std::size_t e = 0; e < costs.size(); ++e) {
    const auto sixteenths = static_cast<std::int64_t>(mixed(seed, e) % (most * 16 + 1));
    costs[e] += costs[e] / 256 * sixteenths + costs[e] % 256 * sixteenths / 256;
  }
  return costs;
}

std::vector<std::int32_t> roots_of(const Graph& graph, std::size_t n, std::uint64_t seed) {
  const std::vector<std::int32_t>& terminals = graph.terminals();
  n = std::min(n, terminals.size());
  std::vector<std::int32_t> roots;
  const std::size_t shift = mixed(seed, 7) % terminals.size();
  for (std::size_t i = 0; i < n; ++i)
    roots.push_back(terminals[(shift + i * terminals.size() / n) % terminals.size()]);
  return roots;
}

}  // namespace

/// What examine() has left.
struct Search::Look {
  Remainder rest;
  std::vector<Ascent> ascents{};
  std::vector<Tree> trees{};         ///< one for each ascent
  std::vector<std::int64_t> with{};  ///< [edge] cost_with_edge, the largest of all ascents
  std::int64_t bound = 0;            ///< of the whole problem of the reducer
};

void Search::offer(std::vector<std::int32_t> edges) {
  std::int64_t cost = 0;
  for (const std::int32_t e : edges) cost += problem_.edges[at(e)].cost;
  if (cost >= best_.cost) return;
  best_ = {std::move(edges), cost};
  tell(told_bound_);
}

void Search::tell(std::int64_t bound) {
  told_bound_ = std::max(told_bound_, bound);
  if (told_) told_(best_.cost < kFar ? best_.cost : kNoSteinerTree, std::min(told_bound_, best_.cost));
}

void Search::offer(const Reducer& reducer, const Remainder& rest, const Tree& tree) {
  if (tree.empty() && rest.graph.terminals().size() > 1) return;
  if (reducer.fixed_cost() + cost_of(rest.graph, tree) < best_.cost) offer(reducer.expanded(rest, tree));
}

/// True: all ascents were complete.
bool Search::ascend(const Reducer& reducer, Look& look) {
  const Graph& graph = look.rest.graph;
  const bool large = graph.edges().size() > kLargeEdges;
  const std::vector<std::int32_t> roots = roots_of(graph, large ? kRootsOfLarge : kRoots, looks_++);
  look.ascents.resize(roots.size());
  look.trees.resize(roots.size());
  std::vector<std::vector<std::int64_t>> with(roots.size());
  std::vector<Effort> efforts(roots.size(),
                              effort_.part(effort_.left() / static_cast<std::int64_t>(roots.size())));
  parallel_for(roots.size(), large ? threads_ : 1, [&](std::size_t i) {
    look.ascents[i] = dual_ascent(graph, roots[i], efforts[i]);
    if (look.ascents[i].bound >= kFar) return;
    look.trees[i] = grow(graph, guided_costs(graph, look.ascents[i]), roots[i], efforts[i]);
    with[i] = cost_with_edge(graph, look.ascents[i], efforts[i]);
  });
  look.with.assign(graph.edges().size(), 0);
  const std::int64_t share = effort_.left() / static_cast<std::int64_t>(roots.size());
  bool complete = true;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    effort_.spend(share - efforts[i].left());
    complete = complete && look.ascents[i].complete;
    look.bound = std::max(look.bound, std::min(kFar, reducer.fixed_cost() + look.ascents[i].bound));
    for (std::size_t e = 0; e < with[i].size(); ++e) {
      look.with[e] = std::max(look.with[e], std::min(kFar, reducer.fixed_cost() + with[i][e]));
    }
    offer(reducer, look.rest, look.trees[i]);
  }
  return complete;
}

Search::Look Search::examine(Reducer& reducer, bool keep_equal) {
  std::int64_t bound = 0;
  for (;;) {
    reducer.reduce(effort_);
    Look look{.rest = reducer.remainder()};
    look.bound = std::max(bound, reducer.fixed_cost());
    if (look.rest.graph.terminals().size() < 2) {
      offer(reducer, look.rest, {});
      return look;
    }
    const bool complete = ascend(reducer, look);
    bound = look.bound;
    if (look.bound >= best_.cost || !complete || effort_.is_spent()) return look;
    std::size_t dropped = 0;
    for (std::size_t e = 0; e < look.with.size(); ++e) {
      if (look.with[e] < best_.cost + (keep_equal ? 1 : 0)) continue;
      reducer.remove_edge(look.rest.edge[e]);
      ++dropped;
    }
    if (dropped * 20 < look.with.size()) {
      if (dropped > 0) {
        // Ascents number the edges of the graph that they were made on.
        Look fresh{.rest = reducer.remainder()};
        fresh.bound = bound;
        (void)ascend(reducer, fresh);
        return fresh;
      }
      return look;
    }
  }
}

/// The best tree as one of the remainder: what it has of it is free, the rest is grown.
Tree Search::carried_over(const Reducer& reducer, const Remainder& rest) {
  std::vector<char> chosen(problem_.edges.size(), 0);
  for (const std::int32_t e : best_.edges) chosen[at(e)] = 1;
  const std::vector<char> held = reducer.held(rest, chosen);
  std::vector<std::int64_t> costs = costs_of(rest.graph);
  for (std::size_t e = 0; e < costs.size(); ++e) {
    if (held[e] != 0) costs[e] = 0;
  }
  return grow(rest.graph, costs, rest.graph.terminals().front(), effort_);
}

/// Trees that differ: along the ascents, and along shaken costs.
std::vector<Tree> Search::starts(const Tree& elite, const Look& look, std::uint64_t round) {
  const Graph& graph = look.rest.graph;
  std::vector<Tree> out;
  if (round == 0) {
    out.push_back(elite);
    for (const Tree& tree : look.trees) {
      if (!tree.empty() && out.size() < kTrees) out.push_back(tree);
    }
  }
  const std::vector<std::int32_t> roots = roots_of(graph, kTrees, round);
  for (std::size_t i = 0; out.size() < kTrees; ++i) {
    const std::uint64_t seed = mixed(round, i);
    std::vector<std::int64_t> costs = shaken_costs(graph, seed, 4);
    if (i % 2 == 1 && !look.ascents.empty()) {
      const Ascent& ascent = look.ascents[seed % look.ascents.size()];
      for (std::size_t e = 0; e < costs.size() && ascent.reduced.size() == 2 * costs.size(); ++e) {
        costs[e] = costs[e] / 2 + std::min(ascent.reduced[2 * e], ascent.reduced[2 * e + 1]);
      }
    }
    out.push_back(grow(graph, costs, roots[i % roots.size()], effort_));
  }
  return out;
}

/// The best tree within the union of these, about.
Tree Search::recombined(const Graph& graph, std::span<const Tree> trees, Effort& effort) const {
  std::vector<std::int32_t> number;
  for (const Tree& tree : trees) number.insert(number.end(), tree.begin(), tree.end());
  std::sort(number.begin(), number.end());
  number.erase(std::unique(number.begin(), number.end()), number.end());
  SteinerProblem part{.vertices = graph.vertices(), .edges = {}, .terminals = graph.terminals()};
  for (const std::int32_t e : number) part.edges.push_back(graph.edges()[at(e)]);
  Search search(part, 1, effort);
  const Tree& first = trees.front();
  std::vector<std::int32_t> edges;
  for (const std::int32_t e : first) {
    edges.push_back(static_cast<std::int32_t>(std::lower_bound(number.begin(), number.end(), e) - number.begin()));
  }
  search.offer(std::move(edges));
  (void)search.run_part(30);
  Tree out;
  for (const std::int32_t e : search.best().edges) out.push_back(number[at(e)]);
  return out;
}

/// One round of trees, each made better by itself and then all of them together, and beside them of the bound.
/// False: no better tree was found.
bool Search::improve(const Reducer& reducer, const Look& look, std::uint64_t round, PolishedAscent& polished) {
  const Graph& graph = look.rest.graph;
  const std::int64_t before = best_.cost;
  const Tree elite = carried_over(reducer, look.rest);
  std::vector<Tree> trees = starts(elite, look, round);
  const std::int64_t share = effort_.left() / static_cast<std::int64_t>(trees.size() + 1);
  std::vector<Effort> efforts(trees.size(), effort_.part(share));
  const std::int64_t polish = std::min(share, kPolish * static_cast<std::int64_t>(graph.edges().size()));
  efforts.push_back(effort_.part(polish));
  parallel_for(efforts.size(), threads_, [&](std::size_t i) {
    if (i == trees.size())
      polished.polish(efforts[i]);
    else
      trees[i] = improved(graph, trees[i], {}, efforts[i]);
  });
  effort_.spend(polish - efforts.back().left());
  efforts.pop_back();
  for (const Effort& e : efforts) effort_.spend(share - e.left());
  trees.push_back(elite);
  std::erase_if(trees, [](const Tree& tree) { return tree.empty(); });
  for (const Tree& tree : trees) offer(reducer, look.rest, tree);
  std::stable_sort(trees.begin(), trees.end(),
                   [&](const Tree& a, const Tree& b) { return cost_of(graph, a) < cost_of(graph, b); });
  const Tree joint = trees.size() > 1 ? recombined(graph, trees, effort_) : trees.front();
  offer(reducer, look.rest, improved(graph, joint, {.ends = 7, .vertices = 300}, effort_));
  return best_.cost < before;
}

/// Rounds on one graph, until its bound takes a good part of it away; returns the bound. The edges that no better
/// tree uses are removed.
std::int64_t Search::improve_all(Reducer& reducer, const Look& look) {
  const Graph& graph = look.rest.graph;
  const std::size_t edges = graph.edges().size();
  PolishedAscent polished(graph, roots_of(graph, 1, looks_).front(), effort_);
  std::int64_t bound = look.bound;
  for (;;) {
    idle_ = !improve(reducer, look, round_++, polished);
    bound = std::max(bound, reducer.fixed_cost() + polished.ascent().bound);
    tell(bound);
    if (bound >= best_.cost || effort_.is_spent()) return bound;
    const std::vector<std::int64_t> with = cost_with_edge(graph, polished.ascent(), effort_);
    std::vector<std::int32_t> needless;
    for (std::size_t e = 0; e < edges; ++e) {
      const std::int64_t least = std::max(look.with[e], std::min(kFar, reducer.fixed_cost() + with[e]));
      if (least > best_.cost) needless.push_back(look.rest.edge[e]);
    }
    if (needless.size() * 10 < edges && !(idle_ && edges <= kBranchEdges)) continue;
    for (const std::int32_t e : needless) reducer.remove_edge(e);
    return bound;
  }
}

/// By subsets where they are few, else by two smaller problems: with and without a vertex.
std::int64_t Search::close(Reducer& reducer, const Look& look) {
  const Graph& graph = look.rest.graph;
  const double work = subsets_work(graph);
  if (graph.terminals().size() <= 24 && work < std::min(kSubsetWork, static_cast<double>(effort_.left())) &&
      subsets_bytes(graph) < kSubsetBytes) {
    const std::optional<Tree> tree = by_subsets(graph, best_.cost - reducer.fixed_cost(), effort_);
    if (tree) offer(reducer, look.rest, *tree);
    return tree || !effort_.is_spent() ? best_.cost : look.bound;
  }
  if (--branches_ < 0) return look.bound;
  const Tree* tree = nullptr;
  for (const Tree& t : look.trees) {
    if (!t.empty() && (tree == nullptr || cost_of(graph, t) < cost_of(graph, *tree))) tree = &t;
  }
  std::vector<std::int32_t> degree(at(graph.vertices()), 0);
  if (tree != nullptr) {
    for (const std::int32_t e : *tree) {
      ++degree[at(graph.edges()[at(e)].from)];
      ++degree[at(graph.edges()[at(e)].to)];
    }
  }
  std::int32_t chosen = -1;
  std::pair<std::int32_t, std::size_t> most{-1, 0};
  for (std::int32_t v = 0; v < graph.vertices(); ++v) {
    const std::pair<std::int32_t, std::size_t> here{degree[at(v)], graph.links(v).size()};
    if (graph.is_terminal(v) || here <= most) continue;
    most = here;
    chosen = v;
  }
  if (chosen < 0) return look.bound;
  const std::int32_t vertex = look.rest.vertex[at(chosen)];
  Reducer with = reducer;
  with.make_terminal(vertex);
  const std::int64_t bound_with = branch(std::move(with));
  reducer.remove_vertex(vertex);
  const std::int64_t bound_without = branch(std::move(reducer));
  return std::max(look.bound, std::min(bound_with, bound_without));
}

std::int64_t Search::branch(Reducer reducer) {
  if (effort_.is_spent()) return 0;
  const Look look = examine(reducer, false);
  if (look.bound >= best_.cost || look.rest.graph.terminals().size() < 2) return look.bound;
  return close(reducer, look);
}

std::int64_t Search::run_part(std::int32_t branches) {
  branches_ = branches;
  return std::min(best_.cost, branch(Reducer(problem_)));
}

/// By branching on the remainder alone, so that its copies are small.
std::int64_t Search::branch_on(const Reducer& reducer, const Remainder& rest) {
  const Graph& graph = rest.graph;
  const SteinerProblem part{.vertices = graph.vertices(), .edges = graph.edges(), .terminals = graph.terminals()};
  Search search(part, threads_, effort_);
  search.best_.cost = best_.cost - reducer.fixed_cost();
  const std::int64_t bound = search.branch(Reducer(part));
  if (!search.best_.edges.empty()) offer(reducer, rest, search.best_.edges);
  return reducer.fixed_cost() + bound;
}

std::int64_t Search::run() {
  Reducer reducer(problem_);
  reducer.reduce(effort_);
  const Remainder first = reducer.remainder();
  if (first.graph.terminals().size() > 1) {
    offer(reducer, first, grow(first.graph, costs_of(first.graph), first.graph.terminals().front(), effort_));
  }
  std::int64_t bound = 0;
  for (;;) {
    const Look look = examine(reducer, true);
    bound = std::max(bound, look.bound);
    tell(bound);
    const std::size_t edges = look.rest.graph.edges().size();
    if (bound >= best_.cost || look.rest.graph.terminals().size() < 2 || effort_.is_spent()) break;
    if (edges <= kSmallEdges || (idle_ && edges <= kBranchEdges)) {
      bound = std::max(bound, branch_on(reducer, look.rest));
      break;
    }
    bound = std::max(bound, improve_all(reducer, look));
  }
  return std::min(bound, best_.cost);
}

}  // namespace amaneku::steiner
