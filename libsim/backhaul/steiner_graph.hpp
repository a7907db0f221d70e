// A graph as the solver of Steiner's problem walks it, and how much walking is left.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <span>
#include <utility>
#include <vector>

#include "libsim/backhaul/steiner_tree.hpp"

namespace amaneku::steiner {

/// Farther than any sum of costs.
inline constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max() / 4;

[[nodiscard]] inline std::size_t at(std::int32_t index) noexcept {
  return static_cast<std::size_t>(index);
}

/// The smallest key first; of equal ones the lowest vertex, so that the order is always the same.
using Entry = std::pair<std::int64_t, std::int32_t>;
using NearestFirst = std::priority_queue<Entry, std::vector<Entry>, std::greater<>>;

/// An edge as seen from one of its ends.
struct Link {
  std::int32_t to;
  std::int32_t edge;
  std::int64_t cost;
};

/// Never changes. Parallel edges and loops are allowed.
class Graph {
 public:
  /// `terminal` [vertex]: whether the vertex must be joined.
  Graph(std::vector<SteinerEdge> edges, std::vector<char> terminal);

  [[nodiscard]] std::int32_t vertices() const noexcept { return static_cast<std::int32_t>(terminal_.size()); }
  [[nodiscard]] const std::vector<SteinerEdge>& edges() const noexcept { return edges_; }
  [[nodiscard]] bool is_terminal(std::int32_t vertex) const noexcept { return terminal_[at(vertex)] != 0; }
  [[nodiscard]] const std::vector<std::int32_t>& terminals() const noexcept { return terminals_; }  ///< ascending
  [[nodiscard]] std::span<const Link> links(std::int32_t vertex) const noexcept {
    return {links_.data() + first_[at(vertex)], first_[at(vertex) + 1] - first_[at(vertex)]};
  }

 private:
  std::vector<SteinerEdge> edges_;
  std::vector<char> terminal_;
  std::vector<std::int32_t> terminals_{};
  std::vector<std::size_t> first_{};
  std::vector<Link> links_{};
};

[[nodiscard]] std::int64_t cost_of(const Graph& graph, std::span<const std::int32_t> edges);

/// What may still be spent: edges looked at, and time where that is limited.
class Effort {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Effort(std::int64_t work, Clock::time_point end = Clock::time_point::max()) : work_(work), end_(end) {}

  void spend(std::int64_t edges) noexcept;
  [[nodiscard]] bool is_spent() const noexcept { return work_ <= 0 || late_; }
  [[nodiscard]] std::int64_t left() const noexcept { return work_; }
  /// Less of it, with the same end.
  [[nodiscard]] Effort part(std::int64_t work) const noexcept { return Effort(work < work_ ? work : work_, end_); }

 private:
  std::int64_t work_;
  Clock::time_point end_;
  std::int64_t unlooked_ = 0;  ///< work since the last look at the clock
  bool late_ = false;
};

/// Pseudo-random and the same everywhere (Steele, Lea and Flood, OOPSLA 2014: the mixing of SplitMix64).
[[nodiscard]] inline std::uint64_t mixed(std::uint64_t a, std::uint64_t b) noexcept {
  std::uint64_t z = a * 0x9E3779B97F4A7C15ULL + b + 0x632BE59BD9B4E019ULL;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

}  // namespace amaneku::steiner
