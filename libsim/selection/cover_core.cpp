#include "libsim/selection/cover_core.hpp"

#include <algorithm>
#include <numeric>

namespace amaneku::cover {
namespace {

std::uint64_t mixed(std::uint64_t x) noexcept {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

/// What is chosen bars whatever it excludes.
void bar_excluded(const Core& core, std::vector<CoverState>& states) {
  for (const std::vector<std::int32_t>& group : core.exclusive) {
    const auto is_chosen = [&](std::int32_t j) { return states[at(j)] == CoverState::chosen; };
    if (std::none_of(group.begin(), group.end(), is_chosen)) continue;
    for (const std::int32_t j : group)
      if (!is_chosen(j)) states[at(j)] = CoverState::barred;
  }
}

/// What no limit leaves room for.
void bar_unaffordable(const Core& core, std::vector<CoverState>& states, Core& out) {
  for (const CoverLimit& limit : core.limits) {
    CoverLimit left = limit;
    for (std::size_t j = 0; j < states.size(); ++j)
      if (states[j] == CoverState::chosen) left.most -= limit.amounts[j];
    if (left.most < 0) out.impossible = true;
    for (std::size_t j = 0; j < states.size(); ++j)
      if (states[j] == CoverState::open && limit.amounts[j] > left.most) states[j] = CoverState::barred;
    left.amounts.clear();
    out.limits.push_back(std::move(left));
  }
}

/// Sites, limits and groups of what is left; new index of each site, or -1.
std::vector<std::int32_t> keep_sites(const Core& core, const std::vector<CoverState>& states, Core& out) {
  std::vector<std::int32_t> index(states.size(), -1);
  for (std::size_t j = 0; j < states.size(); ++j) {
    if (states[j] == CoverState::chosen) {
      out.settled.push_back(core.site_of[j]);
      out.settled_cost += core.cost[j];
    }
    if (states[j] != CoverState::open) continue;
    index[j] = static_cast<std::int32_t>(out.cost.size());
    out.site_of.push_back(core.site_of[j]);
    out.cost.push_back(core.cost[j]);
    for (std::size_t l = 0; l < core.limits.size(); ++l)
      out.limits[l].amounts.push_back(core.limits[l].amounts[j]);
  }
  std::sort(out.settled.begin(), out.settled.end());
  for (const std::vector<std::int32_t>& group : core.exclusive) {
    std::vector<std::int32_t> left;
    for (const std::int32_t j : group)
      if (index[at(j)] >= 0) left.push_back(index[at(j)]);
    if (left.size() > 1) out.exclusive.push_back(std::move(left));
  }
  return index;
}

/// Rows of `core` that are neither covered nor out of reach, in the new indices.
void keep_rows(const Core& core, const std::vector<CoverState>& states, const std::vector<std::int32_t>& index,
               Core& out) {
  out.sites.items.reserve(core.sites.items.size());
  for (std::size_t i = 0; i < core.row_count(); ++i) {
    int wanted = core.wanted[i];
    const std::size_t before = out.sites.items.size();
    for (const std::int32_t j : core.sites[i]) {
      if (states[at(j)] == CoverState::chosen) --wanted;
      if (index[at(j)] >= 0) out.sites.items.push_back(index[at(j)]);
    }
    if (wanted <= 0 || out.sites.items.size() - before < static_cast<std::size_t>(wanted)) {
      out.sites.items.resize(before);
      if (wanted > 0 && core.must[i] != 0) out.impossible = true;
      for (const Weight& w : core.weights_of(i)) {
        if (wanted > 0) continue;
        out.targets[at(w.target)].covered += w.weight;
      }
      continue;
    }
    out.sites.starts.push_back(out.sites.items.size());
    out.wanted.push_back(static_cast<std::uint8_t>(wanted));
    out.must.push_back(core.must[i]);
    const auto own = core.weights_of(i);
    out.weights.insert(out.weights.end(), own.begin(), own.end());
    out.weight_starts.push_back(out.weights.size());
  }
}

/// [row] the first row that the same sites serve, and that wants as many.
std::vector<std::int32_t> alike(const Core& core) {
  struct Key {
    std::uint64_t hash;
    std::int32_t row;
  };
  std::vector<std::uint64_t> hash_of(core.site_count());
  for (std::size_t j = 0; j < hash_of.size(); ++j) hash_of[j] = mixed(j);
  std::vector<Key> keys;
  keys.reserve(core.row_count());
  for (std::size_t i = 0; i < core.row_count(); ++i) {
    std::uint64_t hash = core.wanted[i];
    for (const std::int32_t j : core.sites[i]) hash += hash_of[at(j)];
    keys.push_back({hash, static_cast<std::int32_t>(i)});
  }
  std::sort(keys.begin(), keys.end(),
            [](const Key& a, const Key& b) { return a.hash != b.hash ? a.hash < b.hash : a.row < b.row; });
  std::vector<std::int32_t> first(core.row_count());
  std::iota(first.begin(), first.end(), 0);
  const auto same = [&](std::int32_t a, std::int32_t b) {
    const auto left = core.sites[at(a)];
    const auto right = core.sites[at(b)];
    return core.wanted[at(a)] == core.wanted[at(b)] &&
           std::equal(left.begin(), left.end(), right.begin(), right.end());
  };
  for (std::size_t begin = 0; begin < keys.size();) {
    std::size_t end = begin + 1;
    while (end < keys.size() && keys[end].hash == keys[begin].hash) ++end;
    // Within one hash, in nearly every case one list of sites.
    for (std::size_t k = begin + 1; k < end; ++k)
      for (std::size_t l = begin; l < k; ++l) {
        if (first[at(keys[l].row)] != keys[l].row || !same(keys[l].row, keys[k].row)) continue;
        first[at(keys[k].row)] = keys[l].row;
        break;
      }
    begin = end;
  }
  return first;
}

/// The sum of the weights in each target.
void add_weights(std::span<const Weight> more, std::vector<Weight>& sum) {
  for (const Weight& w : more) {
    const auto here = std::lower_bound(sum.begin(), sum.end(), w,
                                       [](const Weight& a, const Weight& b) { return a.target < b.target; });
    if (here != sum.end() && here->target == w.target)
      here->weight += w.weight;
    else
      sum.insert(here, w);
  }
}

void merge_alike(Core& core) {
  const std::vector<std::int32_t> first = alike(core);
  Lists members;
  {
    Lists single;
    for (std::size_t i = 0; i < first.size(); ++i) {
      single.items.push_back(first[i]);
      single.starts.push_back(single.items.size());
    }
    members = single.turned(first.size());
  }
  std::vector<std::size_t> weight_starts{0};
  std::vector<Weight> weights;
  std::vector<Weight> sum;
  std::size_t kept = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (at(first[i]) != i) continue;
    sum.clear();
    char must = 0;
    for (const std::int32_t member : members[i]) {
      add_weights(core.weights_of(at(member)), sum);
      must = std::max(must, core.must[at(member)]);
    }
    if (sum.empty() && must == 0) continue;
    weights.insert(weights.end(), sum.begin(), sum.end());
    weight_starts.push_back(weights.size());
    const std::size_t from = core.sites.starts[i];
    const std::size_t length = core.sites.starts[i + 1] - from;
    std::copy_n(core.sites.items.begin() + static_cast<std::ptrdiff_t>(from), length,
                core.sites.items.begin() + static_cast<std::ptrdiff_t>(end));
    end += length;
    core.wanted[kept] = core.wanted[i];
    core.must[kept] = must;
    core.sites.starts[++kept] = end;
  }
  core.sites.starts.resize(kept + 1);
  core.sites.items.resize(end);
  core.wanted.resize(kept);
  core.must.resize(kept);
  core.weights = std::move(weights);
  core.weight_starts = std::move(weight_starts);
}

/// What is reached, and rows without which a target is not.
void mark_musts(Core& core) {
  for (CoreTarget& target : core.targets) target.reach = target.covered;
  for (const Weight& w : core.weights) core.targets[at(w.target)].reach += w.weight;
  for (const CoreTarget& target : core.targets) core.impossible = core.impossible || target.reach < target.least;
  for (std::size_t i = 0; i < core.row_count(); ++i)
    for (const Weight& w : core.weights_of(i)) {
      const CoreTarget& target = core.targets[at(w.target)];
      if (w.weight > target.reach - target.least) core.must[i] = 1;
    }
}

Core narrowed(const Core& core, std::vector<CoverState> states) {
  Core out;
  out.goal = core.goal;
  out.counted = core.counted;
  out.settled_cost = core.settled_cost;
  out.settled = core.settled;
  out.impossible = core.impossible;
  out.targets = core.targets;
  bar_excluded(core, states);
  bar_unaffordable(core, states, out);
  keep_rows(core, states, keep_sites(core, states, out), out);
  merge_alike(out);
  out.rows = out.sites.turned(out.site_count());
  mark_musts(out);
  return out;
}

/// Lists that contain `list`, itself too: those that each of its items is in.
std::vector<std::int32_t> containing(std::span<const std::int32_t> list, const Lists& in, std::int64_t& work) {
  const auto shortest = std::min_element(list.begin(), list.end(), [&](std::int32_t a, std::int32_t b) {
    return in[at(a)].size() < in[at(b)].size();
  });
  const auto first = in[at(*shortest)];
  std::vector<std::int32_t> found(first.begin(), first.end());
  std::vector<std::int32_t> both;
  for (const std::int32_t item : list) {
    if (found.size() <= 1) break;
    if (item == *shortest) continue;
    const auto other = in[at(item)];
    work -= static_cast<std::int64_t>(found.size() + other.size());
    both.clear();
    std::set_intersection(found.begin(), found.end(), other.begin(), other.end(), std::back_inserter(both));
    found.swap(both);
  }
  return found;
}

/// Rows that must be covered, and are wherever another one is; they count as covered.
bool drop_implied_rows(Core& core, std::int64_t& work) {
  std::vector<char> implied(core.row_count(), 0);
  bool any = false;
  for (std::size_t i = 0; i < core.row_count() && work > 0; ++i) {
    if (core.must[i] == 0 || implied[i] != 0) continue;
    for (const std::int32_t k : containing(core.sites[i], core.rows, work)) {
      if (at(k) == i || implied[at(k)] != 0 || core.wanted[at(k)] > core.wanted[i]) continue;
      implied[at(k)] = 1;
      any = true;
    }
  }
  if (!any) return false;
  Core out = core;
  out.sites = {};
  out.wanted.clear();
  out.must.clear();
  out.weights.clear();
  out.weight_starts = {0};
  for (std::size_t i = 0; i < core.row_count(); ++i) {
    const auto own = core.weights_of(i);
    if (implied[i] != 0) {
      for (const Weight& w : own) out.targets[at(w.target)].covered += w.weight;
      continue;
    }
    const auto list = core.sites[i];
    out.sites.items.insert(out.sites.items.end(), list.begin(), list.end());
    out.sites.starts.push_back(out.sites.items.size());
    out.wanted.push_back(core.wanted[i]);
    out.must.push_back(core.must[i]);
    out.weights.insert(out.weights.end(), own.begin(), own.end());
    out.weight_starts.push_back(out.weights.size());
  }
  out.rows = out.sites.turned(out.site_count());
  core = std::move(out);
  return true;
}

/// Whether site b does whatever a does, for no more of anything.
class Replacement {
 public:
  explicit Replacement(const Core& core) : core_(core), groups_(core.site_count()) {
    for (std::size_t g = 0; g < core.exclusive.size(); ++g)
      for (const std::int32_t j : core.exclusive[g]) groups_[at(j)].push_back(static_cast<std::int32_t>(g));
  }
  [[nodiscard]] bool costs_no_more(std::size_t b, std::size_t a) const {
    // In a search for the most weight, cost counts only through limits.
    if (core_.goal == CoverGoal::least_cost && core_.cost[b] > core_.cost[a]) return false;
    for (const CoverLimit& limit : core_.limits)
      if (limit.amounts[b] > limit.amounts[a]) return false;
    return std::includes(groups_[a].begin(), groups_[a].end(), groups_[b].begin(), groups_[b].end());
  }

 private:
  const Core& core_;
  std::vector<std::vector<std::int32_t>> groups_;
};

/// Sites of which another one is no worse; of equal ones the later.
bool bar_replaced_sites(const Core& core, std::vector<CoverState>& states, std::int64_t& work) {
  const Replacement replacement(core);
  bool any = false;
  for (std::size_t a = 0; a < core.site_count() && work > 0; ++a) {
    const auto rows = core.rows[a];
    if (states[a] != CoverState::open) continue;
    if (rows.empty()) {
      states[a] = CoverState::barred;
      any = true;
      continue;
    }
    // Both may be needed where one row wants two.
    if (std::any_of(rows.begin(), rows.end(), [&](std::int32_t i) { return core.wanted[at(i)] > 1; })) continue;
    for (const std::int32_t other : containing(rows, core.sites, work)) {
      const std::size_t b = at(other);
      if (b == a || states[b] != CoverState::open || !replacement.costs_no_more(b, a)) continue;
      const bool same = core.rows[b].size() == rows.size() && replacement.costs_no_more(a, b);
      if (same && b > a) continue;
      states[a] = CoverState::barred;
      any = true;
      break;
    }
  }
  return any;
}

/// Of a row that must be covered and has no more sites than it wants, all.
bool settle_essential_sites(const Core& core, std::vector<CoverState>& states) {
  bool any = false;
  for (std::size_t i = 0; i < core.row_count(); ++i) {
    if (core.must[i] == 0 || core.sites[i].size() != core.wanted[i]) continue;
    for (const std::int32_t j : core.sites[i]) states[at(j)] = CoverState::chosen;
    any = true;
  }
  return any;
}

bool excludes_itself(const Core& core, const std::vector<CoverState>& states) {
  return std::any_of(core.exclusive.begin(), core.exclusive.end(), [&](const std::vector<std::int32_t>& group) {
    return std::count_if(group.begin(), group.end(),
                         [&](std::int32_t j) { return states[at(j)] == CoverState::chosen; }) > 1;
  });
}

}  // namespace

Lists Lists::turned(std::size_t size) const {
  Lists out;
  out.starts.assign(size + 1, 0);
  for (const std::int32_t item : items) ++out.starts[at(item) + 1];
  std::partial_sum(out.starts.begin(), out.starts.end(), out.starts.begin());
  out.items.resize(items.size());
  std::vector<std::size_t> next(out.starts.begin(), out.starts.end() - 1);
  for (std::size_t i = 0; i + 1 < starts.size(); ++i)
    for (std::size_t k = starts[i]; k < starts[i + 1]; ++k)
      out.items[next[at(items[k])]++] = static_cast<std::int32_t>(i);
  return out;
}

std::vector<std::int32_t> Core::named(std::span<const std::int32_t> chosen) const {
  std::vector<std::int32_t> out = settled;
  for (const std::int32_t j : chosen) out.push_back(site_of[at(j)]);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::int32_t> Core::known(std::span<const std::int32_t> chosen) const {
  std::vector<std::int32_t> out;
  for (const std::int32_t j : chosen) {
    const auto here = std::lower_bound(site_of.begin(), site_of.end(), j);
    if (here != site_of.end() && *here == j) out.push_back(static_cast<std::int32_t>(here - site_of.begin()));
  }
  std::sort(out.begin(), out.end());
  return out;
}

Core core_of(const CoverProblem& problem) {
  Core raw;
  raw.goal = problem.goal;
  raw.counted = problem.counted;
  raw.limits = problem.limits;
  raw.exclusive = problem.exclusive;
  std::vector<CoverState> states;
  for (const CoverSite& site : problem.sites) {
    raw.site_of.push_back(static_cast<std::int32_t>(raw.site_of.size()));
    raw.cost.push_back(site.cost);
    states.push_back(site.state);
  }
  raw.sites = {problem.row_starts, problem.row_sites};
  for (std::size_t i = 0; i < problem.rows(); ++i) {
    const auto begin = raw.sites.items.begin() + static_cast<std::ptrdiff_t>(problem.row_starts[i]);
    const auto end = raw.sites.items.begin() + static_cast<std::ptrdiff_t>(problem.row_starts[i + 1]);
    if (!std::is_sorted(begin, end)) std::sort(begin, end);
  }
  raw.wanted = problem.wanted;
  raw.wanted.resize(problem.rows(), 1);
  raw.must.assign(problem.rows(), 0);
  // Targets of each row, by turning the rows of each target.
  std::vector<std::size_t> starts(problem.rows() + 1, 0);
  for (const CoverTarget& target : problem.targets) {
    raw.targets.push_back({.least = target.least});
    for (std::size_t k = 0; k < target.rows.size(); ++k)
      if (target.weights[k] > 0) ++starts[at(target.rows[k]) + 1];
  }
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  raw.weights.resize(starts.back());
  std::vector<std::size_t> next(starts.begin(), starts.end() - 1);
  for (std::size_t t = 0; t < problem.targets.size(); ++t)
    for (std::size_t k = 0; k < problem.targets[t].rows.size(); ++k)
      if (const std::int64_t weight = problem.targets[t].weights[k]; weight > 0)
        raw.weights[next[at(problem.targets[t].rows[k])]++] = {static_cast<std::int32_t>(t), weight};
  raw.weight_starts = std::move(starts);
  return narrowed(raw, std::move(states));
}

Core settled_core(const Core& core, std::span<const CoverState> states) {
  return narrowed(core, {states.begin(), states.end()});
}

Core reduced_core(Core core, std::int64_t work) {
  while (!core.impossible) {
    std::vector<CoverState> states(core.site_count(), CoverState::open);
    bool again = settle_essential_sites(core, states);
    if (excludes_itself(core, states)) core.impossible = true;
    if (core.impossible) break;
    if (!again) {
      // A row that is dropped may leave a site without any.
      drop_implied_rows(core, work);
      again = bar_replaced_sites(core, states, work);
    }
    if (!again) break;
    core = narrowed(core, std::move(states));
  }
  return core;
}

}  // namespace amaneku::cover
