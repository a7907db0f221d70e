#include "libsim/backhaul/steiner_graph.hpp"

#include <utility>

namespace amaneku::steiner {
namespace {

constexpr std::int64_t kLookEvery = 200'000;

}  // namespace

Graph::Graph(std::vector<SteinerEdge> edges, std::vector<char> terminal)
    : edges_(std::move(edges)), terminal_(std::move(terminal)), first_(terminal_.size() + 1, 0) {
  for (std::size_t v = 0; v < terminal_.size(); ++v) {
    if (terminal_[v] != 0) terminals_.push_back(static_cast<std::int32_t>(v));
  }
  for (const SteinerEdge& e : edges_) {
    ++first_[at(e.from) + 1];
    ++first_[at(e.to) + 1];
  }
  for (std::size_t v = 1; v < first_.size(); ++v) first_[v] += first_[v - 1];
  links_.resize(2 * edges_.size());
  std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    const SteinerEdge& e = edges_[i];
    links_[next[at(e.from)]++] = {e.to, static_cast<std::int32_t>(i), e.cost};
    links_[next[at(e.to)]++] = {e.from, static_cast<std::int32_t>(i), e.cost};
  }
}

std::int64_t cost_of(const Graph& graph, std::span<const std::int32_t> edges) {
  std::int64_t sum = 0;
  for (const std::int32_t e : edges) sum += graph.edges()[at(e)].cost;
  return sum;
}

void Effort::spend(std::int64_t edges) noexcept {
  work_ -= edges;
  unlooked_ += edges;
  if (unlooked_ < kLookEvery || end_ == Clock::time_point::max()) return;
  unlooked_ = 0;
  late_ = late_ || Clock::now() >= end_;
}

}  // namespace amaneku::steiner
