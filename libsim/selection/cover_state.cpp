#include "libsim/selection/cover_state.hpp"

#include <algorithm>

namespace amaneku::cover {

State::State(const Core& core)
    : core_(core),
      targets_(core.targets.size()),
      is_chosen_(core.site_count(), 0),
      count_(core.row_count(), 0),
      last_(core.row_count(), 0),
      change_(core.site_count() * core.targets.size(), 0),
      used_(core.limits.size(), 0),
      excluded_(core.site_count(), 0) {
  if (std::any_of(core.wanted.begin(), core.wanted.end(), [](std::uint8_t wanted) { return wanted > 1; }))
    unit_ = kParts;
  for (const CoreTarget& target : core.targets) {
    covered_.push_back(target.covered);
    if (target.covered < target.least) ++short_of_;
  }
  for (std::size_t i = 0; i < core.row_count(); ++i) {
    const std::int64_t part = unit_ / core.wanted[i];
    for (const Weight& w : core.weights_of(i))
      for (const std::int32_t j : core.sites[i]) change_[at(j) * targets_ + at(w.target)] += part * w.weight;
  }
  Lists members;
  for (const std::vector<std::int32_t>& group : core.exclusive) {
    members.items.insert(members.items.end(), group.begin(), group.end());
    members.starts.push_back(members.items.size());
  }
  groups_ = members.turned(core.site_count());
}

void State::cover(std::size_t row, std::int64_t sign) {
  for (const Weight& w : core_.weights_of(row)) {
    const CoreTarget& target = core_.targets[at(w.target)];
    std::int64_t& covered = covered_[at(w.target)];
    const bool before = covered >= target.least;
    covered += sign * w.weight;
    const bool after = covered >= target.least;
    if (before && !after) ++short_of_;
    if (!before && after) --short_of_;
  }
}

void State::change_open(std::size_t row, std::size_t site, std::int64_t sign) {
  const std::int64_t part = sign * unit_ / core_.wanted[row];
  const auto sites = core_.sites[row];
  work_ += static_cast<std::int64_t>(sites.size());
  for (const Weight& w : core_.weights_of(row)) {
    const std::int64_t change = part * w.weight;
    std::int64_t* const here = change_.data() + w.target;
    for (const std::int32_t k : sites)
      if (is_chosen_[at(k)] == 0 && at(k) != site) here[at(k) * targets_] += change;
  }
}

void State::change_chosen(std::size_t row, std::size_t site, std::int64_t sign) {
  const auto on = [&](std::size_t k) {
    for (const Weight& w : core_.weights_of(row)) change_[k * targets_ + at(w.target)] += sign * unit_ * w.weight;
  };
  if (core_.wanted[row] == 1) return on(at(last_[row]));
  const auto sites = core_.sites[row];
  work_ += static_cast<std::int64_t>(sites.size());
  for (const std::int32_t k : sites)
    if (is_chosen_[at(k)] != 0 && at(k) != site) on(at(k));
}

// While a row changes, its site is neither open nor chosen: add() and remove() make its own change anew.

void State::add_row(std::size_t row, std::size_t site) {
  const std::int32_t wanted = core_.wanted[row];
  const std::int32_t before = count_[row]++;
  if (before == wanted) change_chosen(row, site, -1);
  if (before + 1 == wanted) {
    cover(row, 1);
    change_open(row, site, -1);
    if (wanted > 1) change_chosen(row, site, 1);
  }
  last_[row] ^= static_cast<std::int32_t>(site);
  if (before + 1 == wanted)
    for (const Weight& w : core_.weights_of(row)) change_[site * targets_ + at(w.target)] += unit_ * w.weight;
}

void State::remove_row(std::size_t row, std::size_t site) {
  const std::int32_t wanted = core_.wanted[row];
  const std::int32_t before = count_[row]--;
  last_[row] ^= static_cast<std::int32_t>(site);
  if (before == wanted) {
    cover(row, -1);
    change_open(row, site, 1);
    if (wanted > 1) change_chosen(row, site, -1);
  }
  if (before - 1 == wanted) change_chosen(row, site, 1);
  if (before <= wanted)
    for (const Weight& w : core_.weights_of(row))
      change_[site * targets_ + at(w.target)] += unit_ / wanted * w.weight;
}

void State::add(std::size_t site) {
  std::fill_n(change_.begin() + static_cast<std::ptrdiff_t>(site * targets_), targets_, std::int64_t{0});
  const auto rows = core_.rows[site];
  work_ += static_cast<std::int64_t>(rows.size());
  for (const std::int32_t i : rows) add_row(at(i), site);
  is_chosen_[site] = 1;
  cost_ += core_.cost[site];
  for (std::size_t l = 0; l < used_.size(); ++l) used_[l] += core_.limits[l].amounts[site];
  for (const std::int32_t g : groups_[site])
    for (const std::int32_t k : core_.exclusive[at(g)]) ++excluded_[at(k)];
}

void State::remove(std::size_t site) {
  std::fill_n(change_.begin() + static_cast<std::ptrdiff_t>(site * targets_), targets_, std::int64_t{0});
  is_chosen_[site] = 0;
  const auto rows = core_.rows[site];
  work_ += static_cast<std::int64_t>(rows.size());
  for (const std::int32_t i : rows) remove_row(at(i), site);
  cost_ -= core_.cost[site];
  for (std::size_t l = 0; l < used_.size(); ++l) used_[l] -= core_.limits[l].amounts[site];
  for (const std::int32_t g : groups_[site])
    for (const std::int32_t k : core_.exclusive[at(g)]) --excluded_[at(k)];
}

void State::become(std::span<const std::int32_t> chosen) {
  std::vector<char> wanted(is_chosen_.size(), 0);
  for (const std::int32_t j : chosen) wanted[at(j)] = 1;
  for (std::size_t j = 0; j < wanted.size(); ++j)
    if (wanted[j] == 0 && has(j)) remove(j);
  for (std::size_t j = 0; j < wanted.size(); ++j)
    if (wanted[j] != 0 && !has(j)) add(j);
}

std::vector<std::int32_t> State::chosen() const {
  std::vector<std::int32_t> out;
  for (std::size_t j = 0; j < is_chosen_.size(); ++j)
    if (has(j)) out.push_back(static_cast<std::int32_t>(j));
  return out;
}

bool State::fits(std::size_t site) const noexcept {
  if (excluded_[site] != 0) return false;
  for (std::size_t l = 0; l < used_.size(); ++l)
    if (core_.limits[l].amounts[site] > core_.limits[l].most - used_[l]) return false;
  return true;
}

bool State::reached_with(std::size_t site) const noexcept {
  if (reached()) return true;
  for (std::size_t t = 0; t < targets_; ++t) {
    std::int64_t missing = core_.targets[t].least - covered_[t];
    if (missing <= 0) continue;
    if (unit_ == 1) {
      if (change_[site * targets_ + t] < missing) return false;
      continue;
    }
    for (const std::int32_t i : core_.rows[site]) {
      if (count_[at(i)] + 1 != core_.wanted[at(i)]) continue;
      for (const Weight& w : core_.weights_of(at(i)))
        if (at(w.target) == t) missing -= w.weight;
    }
    if (missing > 0) return false;
  }
  return true;
}

bool State::needless(std::size_t site) const noexcept {
  for (std::size_t t = 0; t < targets_; ++t) {
    const std::int64_t change = change_[site * targets_ + t] / unit_;
    if (change != 0 && covered_[t] - change < core_.targets[t].least) return false;
  }
  return true;
}

bool State::adds_nothing(std::size_t site) const noexcept {
  return std::all_of(change_.begin() + static_cast<std::ptrdiff_t>(site * targets_),
                     change_.begin() + static_cast<std::ptrdiff_t>((site + 1) * targets_),
                     [](std::int64_t change) { return change == 0; });
}

double State::progress(std::size_t site) const noexcept {
  const auto gained = [&](std::size_t t, std::int64_t missing) {
    return static_cast<double>(std::min(change_[site * targets_ + t], missing * unit_));
  };
  // Of one target the weight itself: sums of whole numbers, so that equal ones are equal.
  if (targets_ == 1)
    return short_of_ == 0 ? 0.0 : gained(0, core_.targets[0].least - covered_[0]) / static_cast<double>(unit_);
  double sum = 0.0;
  for (std::size_t t = 0; t < targets_; ++t) {
    const std::int64_t missing = core_.targets[t].least - covered_[t];
    if (missing <= 0) continue;
    sum += gained(t, missing) / (static_cast<double>(unit_) * static_cast<double>(core_.targets[t].least));
  }
  return sum;
}

}  // namespace amaneku::cover
