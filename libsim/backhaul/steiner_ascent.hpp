// Dual ascent: a bound from below, and which arcs a good tree uses.
#pragma once

#include <memory>

#include "libsim/backhaul/steiner_graph.hpp"

namespace amaneku::steiner {

/// Each edge is two arcs: 2 e leads from its `from` to its `to`, 2 e + 1 back.
struct Ascent {
  std::int32_t root = 0;
  std::int64_t bound = 0;               ///< no tree costs less; kFar: no tree joins the terminals
  std::vector<std::int64_t> reduced{};  ///< [arc] what is left of its cost, >= 0; 0: saturated
  bool complete = true;                 ///< false: ended by the effort, the bound holds nevertheless
};

/// Wong, Mathematical Programming 28 (1984) 271-287, with the queue of Pajor, Uchoa and Werneck, Mathematical
/// Programming Computation 10 (2018) 69-118: the terminal with the smallest cut first. `root` is a terminal.
[[nodiscard]] Ascent dual_ascent(const Graph& graph, std::int32_t root, Effort& effort);
class Ascender;

/// An ascent whose bound is raised further: the cuts of a few neighbouring terminals are lowered and raised again
/// in another order, which is kept where the bound does not fall.
class PolishedAscent {
 public:
  /// The graph must live as long; `root` is a terminal.
  PolishedAscent(const Graph& graph, std::int32_t root, Effort& effort);
  ~PolishedAscent();
  PolishedAscent(const PolishedAscent&) = delete;
  PolishedAscent& operator=(const PolishedAscent&) = delete;

  /// Until the effort is spent.
  void polish(Effort& effort);
  [[nodiscard]] const Ascent& ascent() const noexcept;

 private:
  std::unique_ptr<Ascender> ascender_;
};

/// [edge] What a tree that contains the edge costs at least; kFar where no tree can use it.
[[nodiscard]] std::vector<std::int64_t> cost_with_edge(const Graph& graph, const Ascent& ascent, Effort& effort);

}  // namespace amaneku::steiner
