#include "libsim/backhaul/steiner_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "libsim/backhaul/steiner_dual.hpp"
#include "libsim/backhaul/steiner_exact.hpp"
#include "libsim/backhaul/steiner_graph.hpp"
#include "libsim/backhaul/steiner_search.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace steiner {
namespace {

std::size_t index(std::int32_t i) {
  return static_cast<std::size_t>(i);
}

/// Work done, and when to stop.
class Budget {
 public:
  explicit Budget(const SteinerOptions& options)
      : most_(options.work), seconds_(options.seconds), begun_(std::chrono::steady_clock::now()) {}

  std::int64_t done = 0;
  [[nodiscard]] bool over() const { return over_at(1.0); }
  /// Whether such a share of it is used up.
  [[nodiscard]] bool over_at(double share) const {
    if (static_cast<double>(done) >= share * static_cast<double>(most_)) return true;
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun_;
    return passed.count() > share * seconds_;
  }
  /// Of work, for a step that ought to end within this share of the whole.
  [[nodiscard]] std::int64_t until(double share) const {
    const double paced = seconds_ < 1e9 ? seconds_ * 1e8 : static_cast<double>(most_);
    return done + static_cast<std::int64_t>(share * std::min(paced, static_cast<double>(most_)));
  }

 private:
  std::int64_t most_;
  double seconds_;
  std::chrono::steady_clock::time_point begun_;
};

/// A tree of a problem, and a bound for it.
struct Answer {
  std::vector<std::int32_t> tree{};
  std::int64_t cost = kFar;
  std::int64_t bound = 0;
};

std::vector<std::int32_t> in_terms_of(const std::vector<std::int32_t>& tree,
                                      const std::vector<std::vector<std::int32_t>>& original) {
  std::vector<std::int32_t> out;
  for (const std::int32_t edge : tree) out.insert(out.end(), original[index(edge)].begin(), original[index(edge)].end());
  std::sort(out.begin(), out.end());
  return out;
}

/// A number in [0, 1) that looks random: splitmix64.
double scatter(std::uint64_t seed) {
  seed += 0x9E3779B97F4A7C15U;
  seed = (seed ^ (seed >> 30U)) * 0xBF58476D1CE4E5B9U;
  seed = (seed ^ (seed >> 27U)) * 0x94D049BB133111EBU;
  return static_cast<double>((seed ^ (seed >> 31U)) >> 11U) * 0x1.0p-53;
}

/// Solves one problem, with its own copy of what is left of it.
class Solver {
 public:
  Solver(SteinerProblem problem, Budget& budget, int depth)
      : problem_(std::move(problem)), budget_(budget), depth_(depth) {}

  /// A tree cheaper than `limit`, if there is one and it is found; the bound holds in any case (limit at most).
  Answer run(std::int64_t limit) {
    limit_ = limit;
    std::vector<std::vector<std::int32_t>> original(problem_.edges.size());
    for (std::size_t i = 0; i < original.size(); ++i) original[i] = {static_cast<std::int32_t>(i)};
    original_ = std::move(original);
    if (!shrink({})) return {{}, kFar, limit};
    for (int round = 0; !settled(); ++round) {
      if (solved_exactly()) break;
      if (!narrowed(round)) break;
    }
    if (!settled() && depth_ == 0) vary();
    if (!settled()) branch();
    if (best_ < kFar) bound_ = std::min(bound_, best_);
    return {best_tree_, best_, std::min(bound_, limit)};
  }

 private:
  [[nodiscard]] std::int64_t target() const { return std::min(limit_, best_); }
  [[nodiscard]] bool settled() const { return bound_ >= target() || budget_.over(); }

  /// Takes edges out and joins what is left. False where the terminals fall apart.
  bool shrink(const std::vector<bool>& keep) {
    const std::size_t terminals = problem_.terminals.size();
    Reduced next = reduced(problem_, keep);
    if (next.problem.terminals.size() < terminals) return false;
    for (std::vector<std::int32_t>& of : next.original) of = in_terms_of(of, original_);
    original_ = std::move(next.original);
    problem_ = std::move(next.problem);
    return true;
  }

  void offer(const std::vector<std::int32_t>& tree) {
    if (tree.empty() && problem_.terminals.size() > 1) return;
    const std::int64_t cost = cost_of(problem_, tree);
    if (cost >= best_) return;
    best_ = cost;
    best_tree_ = in_terms_of(tree, original_);
  }

  [[nodiscard]] bool solved_exactly() {
    if (problem_.terminals.size() < 2) {
      best_ = 0;
      best_tree_.clear();
      bound_ = 0;
      return true;
    }
    const std::int64_t work = subset_work(problem_);
    if (work >= kFar || budget_.done + work > budget_.until(0.5)) return false;
    budget_.done += work;
    const Adjacency adjacency(problem_.vertices, problem_.edges);
    const std::vector<std::int32_t> tree = subset_tree(problem_, adjacency);
    // What was taken out before cannot make a tree cheaper than the one known.
    bound_ = std::max(bound_, std::min(target(), cost_of(problem_, tree)));
    offer(tree);
    return true;
  }

  /// One round: bound, tree, and what both rule out. False where that was next to nothing.
  bool narrowed(int round) {
    const Adjacency adjacency(problem_.vertices, problem_.edges);
    const auto terminals = problem_.terminals.size();
    const std::int32_t root =
        problem_.terminals[round == 0 ? 0 : static_cast<std::size_t>(scatter(static_cast<std::uint64_t>(round)) *
                                                                     static_cast<double>(terminals))];
    const DualAscent dual = dual_ascent(problem_, adjacency, root);
    budget_.done += dual.work;
    bound_ = std::max(bound_, std::min(target(), dual.lower_bound));
    std::vector<bool> tight(problem_.edges.size());
    for (std::size_t i = 0; i < tight.size(); ++i)
      tight[i] = dual.reduced_cost[2 * i] == 0 || dual.reduced_cost[2 * i + 1] == 0;
    improve(adjacency, path_tree(problem_, adjacency, root, tight, budget_.done));
    if (round < 2) improve(adjacency, path_tree(problem_, adjacency, root, {}, budget_.done));
    if (bound_ >= target()) return false;
    const std::size_t before = problem_.edges.size();
    if (!shrink(edges_below(problem_, adjacency, dual, root, target()))) {
      bound_ = target();
      return false;
    }
    constexpr int kLeastRounds = 3;
    constexpr std::size_t kPart = 50;
    const std::size_t gone = before - problem_.edges.size();
    return depth_ == 0 ? round + 1 < kLeastRounds || gone > before / kPart : gone > before / 5;
  }

  void improve(const Adjacency& adjacency, std::vector<std::int32_t> tree) {
    if (tree.empty()) return;
    tree = exchanged(problem_, adjacency, std::move(tree), budget_.until(0.1), budget_.done);
    tree = with_vertices(problem_, adjacency, std::move(tree), budget_.until(0.02), budget_.done);
    offer(tree);
    pool_.push_back(in_terms_of(tree, original_));
  }

  /// Trees under costs that are a little other than they are, and the best of what they have together.
  void vary() {
    constexpr std::size_t kTrees = 8;
    for (std::uint64_t seed = 1; !settled() && !budget_.over_at(0.6); ++seed) {
      const Adjacency adjacency(problem_.vertices, problem_.edges);
      pool_.clear();
      for (std::size_t k = 0; k < kTrees && !budget_.over_at(0.6); ++k) {
        const std::uint64_t stream = 1'000'003 * seed + 7919 * k;
        SteinerProblem other = problem_;
        constexpr double kScatter = 0.2;
        for (std::size_t i = 0; i < other.edges.size(); ++i) {
          const double factor = 1.0 + kScatter * scatter(stream ^ (i << 20U));
          other.edges[i].cost = static_cast<std::int64_t>(static_cast<double>(other.edges[i].cost) * factor);
        }
        const auto start = static_cast<std::size_t>(scatter(stream) * static_cast<double>(other.terminals.size()));
        improve(adjacency, path_tree(other, adjacency, other.terminals[start], {}, budget_.done));
      }
      combine();
      if (seed >= 12) break;
    }
  }

  /// The edges of the trees of the pool alone, solved as a problem of their own.
  void combine() {
    std::set<std::int32_t> of_pool(best_tree_.begin(), best_tree_.end());
    for (const std::vector<std::int32_t>& tree : pool_) of_pool.insert(tree.begin(), tree.end());
    std::vector<bool> keep(problem_.edges.size());
    for (std::size_t i = 0; i < keep.size(); ++i)
      keep[i] = std::all_of(original_[i].begin(), original_[i].end(),
                            [&](std::int32_t edge) { return of_pool.count(edge) != 0; });
    Reduced part = reduced(problem_, keep);
    if (part.problem.terminals.size() < problem_.terminals.size()) return;
    const Answer answer = Solver(part.problem, budget_, depth_ + 1).run(target());
    if (answer.cost >= best_) return;
    offer(in_terms_of(answer.tree, part.original));
  }

  /// A vertex is in every tree, or in none: two smaller problems.
  void branch() {
    constexpr int kDeepest = 60;
    if (depth_ > kDeepest) return;
    const std::int32_t vertex = busiest();
    if (vertex < 0) return;
    SteinerProblem with = problem_;
    with.terminals.push_back(vertex);
    std::vector<bool> keep(problem_.edges.size());
    for (std::size_t i = 0; i < keep.size(); ++i)
      keep[i] = problem_.edges[i].from != vertex && problem_.edges[i].to != vertex;
    const Answer in = Solver(with, budget_, depth_ + 1).run(target());
    if (in.cost < best_) offer(in.tree);
    std::int64_t bound = in.bound;
    Reduced without = reduced(problem_, keep);
    if (without.problem.terminals.size() == problem_.terminals.size()) {
      const Answer out = Solver(without.problem, budget_, depth_ + 1).run(target());
      if (out.cost < best_) offer(in_terms_of(out.tree, without.original));
      bound = std::min(bound, out.bound);
    }
    bound_ = std::max(bound_, std::min(bound, target()));
  }

  /// The vertex of most edges that is no terminal; -1: none.
  [[nodiscard]] std::int32_t busiest() const {
    std::vector<std::size_t> edges(index(problem_.vertices), 0);
    for (const SteinerEdge& edge : problem_.edges) {
      ++edges[index(edge.from)];
      ++edges[index(edge.to)];
    }
    for (const std::int32_t terminal : problem_.terminals) edges[index(terminal)] = 0;
    const auto most = std::max_element(edges.begin(), edges.end());
    return most == edges.end() || *most == 0 ? -1 : static_cast<std::int32_t>(most - edges.begin());
  }

  SteinerProblem problem_;
  Budget& budget_;
  int depth_;
  std::vector<std::vector<std::int32_t>> original_{};  ///< [edge] in the problem as it came
  std::int64_t limit_ = kFar;
  std::int64_t best_ = kFar;
  std::int64_t bound_ = 0;
  std::vector<std::int32_t> best_tree_{};            ///< in the problem as it came
  std::vector<std::vector<std::int32_t>> pool_{};  ///< trees, likewise
};

void check(const SteinerProblem& problem) {
  const auto inside = [&](std::int32_t vertex) { return vertex >= 0 && vertex < problem.vertices; };
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < problem.edges.size(); ++i) {
    const SteinerEdge& edge = problem.edges[i];
    if (!inside(edge.from) || !inside(edge.to))
      throw InputError(Fault{.message = fmt::format("edge {} has an end that is no vertex", i), .key = "edges"});
    if (edge.cost < 0)
      throw InputError(Fault{.message = fmt::format("edge {} has a negative cost", i),
                             .key = "edges",
                             .value = std::to_string(edge.cost),
                             .legal = "0 or more"});
    if (edge.cost > kFar / 4 - sum)
      throw InputError(Fault{.message = "the costs of all edges together do not fit", .key = "edges"});
    sum += edge.cost;
  }
  for (const std::int32_t terminal : problem.terminals) {
    if (!inside(terminal))
      throw InputError(Fault{.message = fmt::format("terminal {} is no vertex", terminal), .key = "terminals"});
  }
}

void refuse_parts(const SteinerProblem& problem) {
  const Adjacency adjacency(problem.vertices, problem.edges);
  std::vector<bool> seen(index(problem.vertices), false);
  std::vector<std::int32_t> open = {problem.terminals.front()};
  while (!open.empty()) {
    const std::int32_t vertex = open.back();
    open.pop_back();
    if (seen[index(vertex)]) continue;
    seen[index(vertex)] = true;
    for (const Arc& arc : adjacency.at(vertex)) open.push_back(arc.to);
  }
  std::string apart;
  std::size_t count = 0;
  constexpr std::size_t kMostNamed = 10;
  for (const std::int32_t terminal : problem.terminals) {
    if (seen[index(terminal)] || ++count > kMostNamed) continue;
    apart += fmt::format("{}{}", apart.empty() ? "" : ", ", terminal);
  }
  if (count == 0) return;
  throw InputError(Fault{.message = fmt::format("no edges join terminal {} to {}{}", problem.terminals.front(), apart,
                                                count > kMostNamed ? ", ..." : ""),
                         .key = "terminals"});
}

}  // namespace
}  // namespace steiner

SteinerTree steiner_tree(const SteinerProblem& problem, const SteinerOptions& options) {
  steiner::check(problem);
  SteinerProblem own = problem;
  std::sort(own.terminals.begin(), own.terminals.end());
  own.terminals.erase(std::unique(own.terminals.begin(), own.terminals.end()), own.terminals.end());
  if (own.terminals.size() < 2) return {.optimal = true};
  steiner::refuse_parts(own);
  steiner::Budget budget(options);
  steiner::Answer answer = steiner::Solver(own, budget, 0).run(steiner::kFar);
  if (answer.cost == steiner::kFar) {
    // No time for anything: any tree is one.
    std::int64_t work = 0;
    answer.tree = steiner::path_tree(own, {own.vertices, own.edges}, own.terminals.front(), {}, work);
    answer.cost = steiner::cost_of(own, answer.tree);
    answer.bound = 0;
  }
  return {std::move(answer.tree), answer.cost, answer.bound, answer.cost == answer.bound};
}

}  // namespace amaneku
