#include "libsim/backhaul/steiner_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "libsim/backhaul/steiner_search.hpp"
#include "terrain/fault_list.hpp"

namespace amaneku {
namespace {

using steiner::at;

[[noreturn]] void refuse(std::string key, std::string value, std::string message, std::string legal) {
  throw InputError(Fault{
      .message = std::move(message), .key = std::move(key), .value = std::move(value), .legal = std::move(legal)});
}

void check_numbers(const SteinerProblem& problem) {
  if (problem.vertices < 0) {
    refuse("vertices", std::to_string(problem.vertices), "is no number of vertices", "at least 0");
  }
  const std::string indices = fmt::format("0 <= vertex < {}", problem.vertices);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < problem.edges.size(); ++i) {
    const SteinerEdge& e = problem.edges[i];
    const std::string key = fmt::format("edges[{}]", i);
    for (const std::int32_t v : {e.from, e.to}) {
      if (v < 0 || v >= problem.vertices) refuse(key, std::to_string(v), "is no vertex", indices);
    }
    if (e.cost < 0) refuse(key, std::to_string(e.cost), "is a negative cost", "cost >= 0");
    if (e.cost > kSteinerCostLimit - sum) {
      refuse(key, std::to_string(e.cost), "makes the costs add up to too much",
             fmt::format("a sum of at most {}", kSteinerCostLimit));
    }
    sum += e.cost;
  }
  for (std::size_t i = 0; i < problem.terminals.size(); ++i) {
    const std::int32_t t = problem.terminals[i];
    if (t < 0 || t >= problem.vertices) {
      refuse(fmt::format("terminals[{}]", i), std::to_string(t), "is no vertex", indices);
    }
  }
}

/// [vertex] the lowest vertex of its part.
std::vector<std::int32_t> parts(const SteinerProblem& problem) {
  std::vector<std::int32_t> up(at(problem.vertices));
  std::iota(up.begin(), up.end(), 0);
  const auto top = [&](std::int32_t v) {
    while (up[at(v)] != v) v = up[at(v)] = up[at(up[at(v)])];
    return v;
  };
  for (const SteinerEdge& e : problem.edges) {
    const std::int32_t a = top(e.from);
    const std::int32_t b = top(e.to);
    up[at(std::max(a, b))] = std::min(a, b);
  }
  for (std::int32_t v = 0; v < problem.vertices; ++v) up[at(v)] = top(v);
  return up;
}

void check_connected(const SteinerProblem& problem) {
  const std::vector<std::int32_t> part = parts(problem);
  std::vector<std::pair<std::int32_t, std::int32_t>> of;  // part, terminal
  for (const std::int32_t t : problem.terminals) of.emplace_back(part[at(t)], t);
  std::sort(of.begin(), of.end());
  of.erase(std::unique(of.begin(), of.end()), of.end());
  if (of.empty() || of.front().first == of.back().first) return;
  std::string list;
  std::size_t count = 0;
  for (std::size_t i = 0; i < of.size();) {
    std::size_t end = i;
    while (end < of.size() && of[end].first == of[i].first) ++end;
    if (++count <= kShownFaults) {
      list += fmt::format("{}{} with vertex {}", list.empty() ? "" : ", ", end - i, of[i].second);
    }
    i = end;
  }
  throw InputError(Fault{.message = fmt::format("the terminals lie in {} parts that no edge joins: {}{}", count,
                                                list, count > kShownFaults ? ", ..." : ""),
                         .key = "terminals"});
}

steiner::Effort effort_of(const SteinerOptions& options) {
  using Clock = steiner::Effort::Clock;
  if (options.work < 0) refuse("work", std::to_string(options.work), "is no effort", "at least 0");
  if (std::isnan(options.seconds) || options.seconds < 0.0) {
    refuse("seconds", fmt::format("{}", options.seconds), "is no time", "at least 0");
  }
  if (options.seconds > 1.0e8) return steiner::Effort(options.work);
  return steiner::Effort(options.work, Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                                          std::chrono::duration<double>(options.seconds)));
}

}  // namespace

SteinerTree steiner_tree(const SteinerProblem& problem, const SteinerOptions& options) {
  steiner::Effort effort = effort_of(options);
  check_numbers(problem);
  check_connected(problem);
  SteinerTree out{.optimal = true};
  if (problem.terminals.size() < 2) return out;
  steiner::Search search(problem, options.threads, effort);
  search.watch(options.watch);
  out.lower_bound = search.run();
  out.edges = search.best().edges;
  out.cost = search.best().cost;
  out.optimal = out.cost == out.lower_bound;
  return out;
}

}  // namespace amaneku
