// A smaller problem with the same cheapest tree. What the edges of the smaller one stand for is remembered.
//
// Tests: degrees, parallel edges, special distances and nearest vertices (Duin and Volgenant, Networks 19, 1989,
// 549-567; Polzin and Vahdati Daneshmand, Discrete Applied Mathematics 112, 2001, 263-300).
#pragma once

#include <utility>

#include "libsim/backhaul/steiner_graph.hpp"

namespace amaneku::steiner {

/// What is left, numbered anew.
struct Remainder {
  Graph graph;
  std::vector<std::int32_t> edge{};    ///< [edge] its number in the Reducer
  std::vector<std::int32_t> vertex{};  ///< [vertex] its number in the Reducer
};

class Reducer {
 public:
  /// Valid indices and costs; the terminals are connected. Only their part of the graph is looked at.
  explicit Reducer(const SteinerProblem& problem);

  /// Every test, until they find little.
  void reduce(Effort& effort);
  /// Taken out: no tree that is looked for uses it.
  void remove_edge(std::int32_t edge);
  void remove_vertex(std::int32_t vertex);
  void make_terminal(std::int32_t vertex);
  [[nodiscard]] std::size_t terminals() const noexcept { return terminals_; }

  [[nodiscard]] Remainder remainder() const;
  /// Of the edges that every tree now contains.
  [[nodiscard]] std::int64_t fixed_cost() const noexcept { return fixed_cost_; }
  /// Edges of the problem: those fixed and what these edges of the remainder stand for. Ascending.
  [[nodiscard]] std::vector<std::int32_t> expanded(const Remainder& remainder,
                                                   std::span<const std::int32_t> edges) const;
  /// [edge of the remainder] whether `chosen` [edge of the problem] has all that it stands for.
  [[nodiscard]] std::vector<char> held(const Remainder& remainder, const std::vector<char>& chosen) const;

 private:
  struct Edge {
    std::int32_t from;
    std::int32_t to;
    std::int64_t cost;
    std::int32_t piece;  ///< below `originals_` an edge of the problem, else two pieces
    bool alive;
  };
  struct Nearest;

  [[nodiscard]] std::int32_t other(std::int32_t edge, std::int32_t vertex) const {
    return edges_[at(edge)].from == vertex ? edges_[at(edge)].to : edges_[at(edge)].from;
  }
  void append_leaves(std::int32_t piece, std::vector<std::int32_t>& out) const;
  void add_edge(Edge edge);
  void fix(std::int32_t edge);
  /// The edge is in the tree: `gone` becomes part of `kept`.
  void contract(std::int32_t edge, std::int32_t kept);
  void bridge(std::int32_t vertex);

  std::size_t drop_parallel();
  std::size_t drop_by_degree();
  std::size_t drop_by_detour(Effort& effort);
  std::size_t drop_by_terminals(Effort& effort);
  std::size_t join_nearest(Effort& effort);

  [[nodiscard]] bool has_detour(std::int32_t edge, std::int32_t patience, Effort& effort);
  [[nodiscard]] Nearest nearest_terminals(Effort& effort) const;

  std::int32_t originals_;
  std::vector<Edge> edges_{};
  std::vector<std::vector<std::int32_t>> at_{};
  std::vector<char> terminal_{};
  std::size_t terminals_ = 0;
  std::vector<std::pair<std::int32_t, std::int32_t>> pieces_{};
  std::vector<std::int32_t> fixed_{};
  std::int64_t fixed_cost_ = 0;
  std::size_t alive_ = 0;
  std::vector<std::int64_t> label_{};  ///< of the search for a detour; kFar between searches
  std::vector<std::int32_t> touched_{};
};

}  // namespace amaneku::steiner
