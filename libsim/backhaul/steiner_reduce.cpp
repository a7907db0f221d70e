#include "libsim/backhaul/steiner_reduce.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <queue>
#include <tuple>

namespace amaneku::steiner {
namespace {

/// Vertices that the search for a detour looks at.
constexpr std::int32_t kDetourSteps = 60;

/// Components of the terminals, by the dearest edge that joins them: a tree of joins, walked upwards.
class Bottlenecks {
 public:
  explicit Bottlenecks(std::size_t n) : up_(n), size_(n, 1), cost_(n, kFar) {
    for (std::size_t i = 0; i < n; ++i) up_[i] = static_cast<std::int32_t>(i);
  }
  /// In ascending order of cost.
  void join(std::int32_t a, std::int32_t b, std::int64_t cost) {
    a = top(a);
    b = top(b);
    if (a == b) return;
    if (size_[at(a)] > size_[at(b)]) std::swap(a, b);
    up_[at(a)] = b;
    cost_[at(a)] = cost;
    size_[at(b)] += size_[at(a)];
  }
  /// The dearest edge on the cheapest way; kFar: there is none.
  [[nodiscard]] std::int64_t between(std::int32_t a, std::int32_t b) const {
    std::int64_t dearest = 0;
    while (a != b) {
      if (cost_[at(a)] > cost_[at(b)]) std::swap(a, b);
      if (up_[at(a)] == a) return kFar;
      dearest = cost_[at(a)];
      a = up_[at(a)];
    }
    return dearest;
  }

 private:
  [[nodiscard]] std::int32_t top(std::int32_t a) const {
    while (up_[at(a)] != a) a = up_[at(a)];
    return a;
  }
  std::vector<std::int32_t> up_;
  std::vector<std::int32_t> size_;
  std::vector<std::int64_t> cost_;
};

}  // namespace

/// The two nearest terminals of each vertex.
struct Reducer::Nearest {
  struct Way {
    std::int32_t terminal = -1;
    std::int64_t length = kFar;
  };
  std::vector<std::array<Way, 2>> of{};

  bool offer(std::int32_t vertex, Way way);
  /// To a terminal other than `terminal`.
  [[nodiscard]] std::int64_t beside(std::int32_t vertex, std::int32_t terminal) const {
    const std::array<Way, 2>& two = of[at(vertex)];
    return two[0].terminal == terminal ? two[1].length : two[0].length;
  }
};

Reducer::Reducer(const SteinerProblem& problem)
    : originals_(static_cast<std::int32_t>(problem.edges.size())),
      at_(at(problem.vertices)),
      terminal_(at(problem.vertices), 0),
      label_(at(problem.vertices), kFar) {
  for (const std::int32_t t : problem.terminals) {
    terminals_ += terminal_[at(t)] == 0 ? 1U : 0U;
    terminal_[at(t)] = 1;
  }
  for (std::int32_t e = 0; e < originals_; ++e) {
    const SteinerEdge& edge = problem.edges[at(e)];
    edges_.push_back({edge.from, edge.to, edge.cost, e, edge.from != edge.to});
    if (edge.from == edge.to) continue;
    at_[at(edge.from)].push_back(e);
    at_[at(edge.to)].push_back(e);
    ++alive_;
  }
  std::vector<char> joined(at(problem.vertices), 0);
  std::vector<std::int32_t> stack(problem.terminals.begin(),
                                  problem.terminals.begin() + (problem.terminals.empty() ? 0 : 1));
  for (const std::int32_t v : stack) joined[at(v)] = 1;
  while (!stack.empty()) {
    const std::int32_t v = stack.back();
    stack.pop_back();
    for (const std::int32_t e : at_[at(v)]) {
      const std::int32_t w = other(e, v);
      if (joined[at(w)] != 0) continue;
      joined[at(w)] = 1;
      stack.push_back(w);
    }
  }
  for (std::int32_t v = 0; v < problem.vertices; ++v) {
    if (joined[at(v)] == 0) remove_vertex(v);
  }
}

void Reducer::remove_edge(std::int32_t edge) {
  Edge& e = edges_[at(edge)];
  if (!e.alive) return;
  e.alive = false;
  --alive_;
  for (const std::int32_t v : {e.from, e.to}) {
    std::vector<std::int32_t>& here = at_[at(v)];
    here.erase(std::find(here.begin(), here.end(), edge));
  }
}

void Reducer::remove_vertex(std::int32_t vertex) {
  while (!at_[at(vertex)].empty()) remove_edge(at_[at(vertex)].back());
}

void Reducer::make_terminal(std::int32_t vertex) {
  terminals_ += terminal_[at(vertex)] == 0 ? 1U : 0U;
  terminal_[at(vertex)] = 1;
}

void Reducer::add_edge(Edge edge) {
  if (edge.from == edge.to) return;
  const auto number = static_cast<std::int32_t>(edges_.size());
  edges_.push_back(edge);
  at_[at(edge.from)].push_back(number);
  at_[at(edge.to)].push_back(number);
  ++alive_;
}

void Reducer::fix(std::int32_t edge) {
  append_leaves(edges_[at(edge)].piece, fixed_);
  fixed_cost_ += edges_[at(edge)].cost;
}

void Reducer::contract(std::int32_t edge, std::int32_t kept) {
  const std::int32_t gone = other(edge, kept);
  fix(edge);
  remove_edge(edge);
  for (const std::int32_t e : at_[at(gone)]) {
    Edge& moved = edges_[at(e)];
    (moved.from == gone ? moved.from : moved.to) = kept;
    if (moved.from != moved.to) {
      at_[at(kept)].push_back(e);
      continue;
    }
    moved.alive = false;
    --alive_;
    std::erase(at_[at(kept)], e);
  }
  at_[at(gone)].clear();
  terminals_ -= terminal_[at(kept)] != 0 && terminal_[at(gone)] != 0 ? 1U : 0U;
  terminal_[at(kept)] = static_cast<char>(terminal_[at(kept)] | terminal_[at(gone)]);
  terminal_[at(gone)] = 0;
}

void Reducer::bridge(std::int32_t vertex) {
  const std::int32_t a = at_[at(vertex)][0];
  const std::int32_t b = at_[at(vertex)][1];
  const Edge joined{other(a, vertex), other(b, vertex), edges_[at(a)].cost + edges_[at(b)].cost,
                    originals_ + static_cast<std::int32_t>(pieces_.size()), true};
  pieces_.emplace_back(edges_[at(a)].piece, edges_[at(b)].piece);
  remove_edge(a);
  remove_edge(b);
  add_edge(joined);
}

std::size_t Reducer::drop_parallel() {
  std::size_t found = 0;
  std::vector<std::int32_t> best(at_.size(), -1);
  for (std::size_t v = 0; v < at_.size(); ++v) {
    std::vector<std::int32_t> dearer;
    const auto number = static_cast<std::int32_t>(v);
    for (const std::int32_t e : at_[v]) {
      std::int32_t& kept = best[at(other(e, number))];
      if (kept < 0) {
        kept = e;
      } else if (edges_[at(e)].cost < edges_[at(kept)].cost) {
        dearer.push_back(kept);
        kept = e;
      } else {
        dearer.push_back(e);
      }
    }
    for (const std::int32_t e : at_[v]) best[at(other(e, number))] = -1;
    for (const std::int32_t e : dearer) remove_edge(e);
    found += dearer.size();
  }
  return found;
}

std::size_t Reducer::drop_by_degree() {
  std::size_t found = 0;
  std::vector<std::int32_t> look;
  for (std::size_t v = 0; v < at_.size(); ++v) look.push_back(static_cast<std::int32_t>(v));
  while (!look.empty()) {
    const std::int32_t v = look.back();
    look.pop_back();
    const std::size_t degree = at_[at(v)].size();
    if (degree == 0 || degree > 2 || (degree == 2 && terminal_[at(v)] != 0)) continue;
    const std::int32_t w = other(at_[at(v)][0], v);
    if (terminal_[at(v)] != 0) {
      if (terminals_ < 2) continue;
      contract(at_[at(v)][0], w);
    } else if (degree == 1) {
      remove_edge(at_[at(v)][0]);
    } else {
      look.push_back(other(at_[at(v)][1], v));
      bridge(v);
    }
    look.push_back(w);
    ++found;
  }
  return found;
}

/// A way that is nowhere dearer than the edge between two terminals of it: the edge is not needed.
bool Reducer::has_detour(std::int32_t edge, std::int32_t patience, Effort& effort) {
  const Edge& e = edges_[at(edge)];
  NearestFirst queue;
  label_[at(e.from)] = 0;
  touched_.assign(1, e.from);
  queue.emplace(0, e.from);
  while (!queue.empty() && patience-- > 0 && label_[at(e.to)] == kFar) {
    const auto [d, v] = queue.top();
    queue.pop();
    if (d != label_[at(v)]) continue;
    const std::vector<std::int32_t>& here = at_[at(v)];
    effort.spend(static_cast<std::int64_t>(here.size()));
    for (const std::int32_t on : here) {
      const std::int64_t way = d + edges_[at(on)].cost;
      const std::int32_t w = other(on, v);
      if (on == edge || way > e.cost) continue;
      const std::int64_t label = terminal_[at(w)] != 0 && w != e.to ? 0 : way;
      if (label >= label_[at(w)]) continue;
      if (label_[at(w)] == kFar) touched_.push_back(w);
      label_[at(w)] = label;
      queue.emplace(label, w);
    }
  }
  const bool found = label_[at(e.to)] != kFar;
  for (const std::int32_t v : touched_) label_[at(v)] = kFar;
  return found;
}

std::size_t Reducer::drop_by_detour(Effort& effort) {
  std::vector<Entry> dearest;
  for (std::size_t e = 0; e < edges_.size(); ++e) {
    if (edges_[e].alive) dearest.emplace_back(-edges_[e].cost, static_cast<std::int32_t>(e));
  }
  std::sort(dearest.begin(), dearest.end());
  std::size_t found = 0;
  for (const auto& [cost, e] : dearest) {
    if (effort.is_spent()) break;
    if (at_[at(edges_[at(e)].from)].size() < 2 || at_[at(edges_[at(e)].to)].size() < 2) continue;
    if (!has_detour(e, kDetourSteps, effort)) continue;
    remove_edge(e);
    ++found;
  }
  return found;
}

/// The nearest two of each vertex, none of them twice. False: the way is no news.
bool Reducer::Nearest::offer(std::int32_t vertex, Way way) {
  std::array<Way, 2>& two = of[at(vertex)];
  if (two[0].terminal == way.terminal) {
    if (way.length >= two[0].length) return false;
    two[0].length = way.length;
  } else if (way.length < two[0].length) {
    two[1] = two[0];
    two[0] = way;
  } else {
    if (way.length >= two[1].length) return false;
    two[1] = way;
  }
  return true;
}

Reducer::Nearest Reducer::nearest_terminals(Effort& effort) const {
  using State = std::tuple<std::int64_t, std::int32_t, std::int32_t>;  // length, vertex, terminal
  std::priority_queue<State, std::vector<State>, std::greater<>> queue;
  Nearest out;
  out.of.resize(at_.size());
  for (std::size_t v = 0; v < at_.size(); ++v) {
    const auto number = static_cast<std::int32_t>(v);
    if (terminal_[v] != 0 && out.offer(number, {number, 0})) queue.emplace(0, number, number);
  }
  while (!queue.empty()) {
    const auto [length, vertex, terminal] = queue.top();
    queue.pop();
    const auto& two = out.of[at(vertex)];
    const auto& way = two[0].terminal == terminal ? two[0] : two[1];
    if (way.terminal != terminal || way.length != length) continue;
    effort.spend(static_cast<std::int64_t>(at_[at(vertex)].size()));
    for (const std::int32_t e : at_[at(vertex)]) {
      const std::int32_t w = other(e, vertex);
      const std::int64_t on = length + edges_[at(e)].cost;
      if (out.offer(w, {terminal, on})) queue.emplace(on, w, terminal);
    }
  }
  return out;
}

/// Over the terminals nearest to its ends and the cheapest ways among terminals.
std::size_t Reducer::drop_by_terminals(Effort& effort) {
  const Nearest nearest = nearest_terminals(effort);
  struct Border {
    std::int64_t length;
    std::int32_t a;
    std::int32_t b;
  };
  std::vector<Border> borders;
  for (const Edge& e : edges_) {
    if (!e.alive) continue;
    for (const auto& a : nearest.of[at(e.from)]) {
      for (const auto& b : nearest.of[at(e.to)]) {
        if (a.terminal < 0 || b.terminal < 0 || a.terminal == b.terminal) continue;
        borders.push_back({a.length + e.cost + b.length, a.terminal, b.terminal});
      }
    }
  }
  std::sort(borders.begin(), borders.end(), [](const Border& x, const Border& y) {
    return std::tie(x.length, x.a, x.b) < std::tie(y.length, y.a, y.b);
  });
  Bottlenecks bottlenecks(at_.size());
  for (const Border& b : borders) bottlenecks.join(b.a, b.b, b.length);
  std::size_t found = 0;
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    const Edge e = edges_[i];
    if (!e.alive) continue;
    std::int64_t best = kFar;
    for (const auto& a : nearest.of[at(e.from)]) {
      for (const auto& b : nearest.of[at(e.to)]) {
        if (a.terminal < 0 || b.terminal < 0 || std::max(a.length, b.length) >= e.cost) continue;
        best = std::min(best, bottlenecks.between(a.terminal, b.terminal));
      }
    }
    if (best >= e.cost) continue;
    remove_edge(static_cast<std::int32_t>(i));
    ++found;
  }
  return found;
}

/// An edge at a terminal that some cheapest tree contains: the second one there is at least as dear as the first
/// and the way on to another terminal.
std::size_t Reducer::join_nearest(Effort& effort) {
  const Nearest nearest = nearest_terminals(effort);
  std::vector<char> changed(at_.size(), 0);
  std::size_t found = 0;
  for (std::size_t i = 0; i < at_.size(); ++i) {
    const auto z = static_cast<std::int32_t>(i);
    if (terminal_[i] == 0 || changed[i] != 0 || at_[i].empty() || terminals_ < 2) continue;
    std::int32_t first = -1;
    std::int64_t second = kFar;
    for (const std::int32_t e : at_[i]) {
      if (first < 0 || edges_[at(e)].cost < edges_[at(first)].cost) {
        if (first >= 0) second = edges_[at(first)].cost;
        first = e;
      } else {
        second = std::min(second, edges_[at(e)].cost);
      }
    }
    const std::int32_t v = other(first, z);
    const auto& two = nearest.of[at(v)];
    const auto& way = two[0].terminal == z ? two[1] : two[0];
    if (changed[at(v)] != 0 || way.terminal < 0 || changed[at(way.terminal)] != 0) continue;
    if (second < edges_[at(first)].cost + way.length) continue;
    changed[i] = changed[at(v)] = 1;
    contract(first, z);
    ++found;
  }
  return found;
}

void Reducer::reduce(Effort& effort) {
  for (int round = 0; round < 20 && !effort.is_spent(); ++round) {
    const std::size_t before = alive_;
    drop_parallel();
    drop_by_degree();
    drop_by_terminals(effort);
    drop_by_degree();
    drop_by_detour(effort);
    drop_by_degree();
    std::size_t joined = join_nearest(effort);
    drop_parallel();
    joined += drop_by_degree();
    if (joined == 0 || alive_ * 100 > before * 98) break;
  }
}

Remainder Reducer::remainder() const {
  std::vector<std::int32_t> number(at_.size(), -1);
  std::vector<std::int32_t> vertex;
  std::vector<char> terminal;
  for (std::size_t v = 0; v < at_.size(); ++v) {
    if (at_[v].empty() && terminal_[v] == 0) continue;
    number[v] = static_cast<std::int32_t>(vertex.size());
    vertex.push_back(static_cast<std::int32_t>(v));
    terminal.push_back(terminal_[v]);
  }
  std::vector<SteinerEdge> edges;
  std::vector<std::int32_t> edge;
  for (std::size_t e = 0; e < edges_.size(); ++e) {
    if (!edges_[e].alive) continue;
    edges.push_back({number[at(edges_[e].from)], number[at(edges_[e].to)], edges_[e].cost});
    edge.push_back(static_cast<std::int32_t>(e));
  }
  return {Graph(std::move(edges), std::move(terminal)), std::move(edge), std::move(vertex)};
}

void Reducer::append_leaves(std::int32_t piece, std::vector<std::int32_t>& out) const {
  std::vector<std::int32_t> stack{piece};
  while (!stack.empty()) {
    const std::int32_t p = stack.back();
    stack.pop_back();
    if (p < originals_) {
      out.push_back(p);
      continue;
    }
    stack.push_back(pieces_[at(p - originals_)].first);
    stack.push_back(pieces_[at(p - originals_)].second);
  }
}

std::vector<std::int32_t> Reducer::expanded(const Remainder& remainder,
                                            std::span<const std::int32_t> edges) const {
  std::vector<std::int32_t> out = fixed_;
  for (const std::int32_t e : edges) append_leaves(edges_[at(remainder.edge[at(e)])].piece, out);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<char> Reducer::held(const Remainder& remainder, const std::vector<char>& chosen) const {
  std::vector<char> out;
  std::vector<std::int32_t> leaves;
  for (const std::int32_t e : remainder.edge) {
    leaves.clear();
    append_leaves(edges_[at(e)].piece, leaves);
    out.push_back(static_cast<char>(
        std::all_of(leaves.begin(), leaves.end(), [&](std::int32_t leaf) { return chosen[at(leaf)] != 0; })));
  }
  return out;
}

}  // namespace amaneku::steiner
