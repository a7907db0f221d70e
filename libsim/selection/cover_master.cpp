#include "libsim/selection/cover_master.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "libsim/parallel.hpp"

namespace amaneku::cover {
namespace {

constexpr std::size_t kRowColumns = 5'000;  ///< sites of rows up to which each row has a column
constexpr std::size_t kBlocks = 128;        ///< at most
constexpr std::size_t kBlockRows = 2'000;   ///< of a target, from which its blocks have planes of their own
constexpr std::size_t kMustTerms =
    200'000;  ///< sites of rows up to which all that must be covered are there at once
constexpr std::size_t kMustsAtOnce = 400;  ///< else those that are missed most
constexpr double kPassed = 1e-7;           ///< share of a target by which a plane is passed
constexpr double kRowPassed = 1e-4;        ///< of a row that has a column
constexpr double kFarBelow = 1e-3;         ///< of a plane, share of its constant
constexpr double kLargeGoal = 1e5;  ///< largest number that goes to the solver, whose tolerances are absolute

/// Rows by the first site that serves them, in the order of how many new ones each serves: neighbours come
/// together.
Lists blocks_of(const Core& core) {
  std::vector<std::int32_t> block(core.row_count(), -1);
  std::vector<std::int64_t> fresh(core.site_count(), 0);
  for (std::size_t j = 0; j < fresh.size(); ++j) fresh[j] = static_cast<std::int64_t>(core.rows[j].size());
  std::int32_t blocks = 0;
  for (; blocks + 1 < static_cast<std::int32_t>(kBlocks); ++blocks) {
    const auto most = std::max_element(fresh.begin(), fresh.end());
    if (most == fresh.end() || *most == 0) break;
    for (const std::int32_t i : core.rows[static_cast<std::size_t>(most - fresh.begin())]) {
      if (block[at(i)] >= 0) continue;
      block[at(i)] = blocks;
      for (const std::int32_t j : core.sites[at(i)]) --fresh[at(j)];
    }
  }
  Lists single;
  for (const std::int32_t b : block) {
    single.items.push_back(b >= 0 ? b : blocks);
    single.starts.push_back(single.items.size());
  }
  return single.turned(static_cast<std::size_t>(blocks) + 1);
}

/// Of a row that wants several: how many of its sites with the largest shares the lowest plane leaves out (they
/// come first in `order`), or -1 for the plane that is constant.
int lowest_plane(std::span<const std::int32_t> sites, int wanted, std::span<const double> shares,
                 std::vector<std::int32_t>& order) {
  order.assign(sites.begin(), sites.end());
  std::stable_sort(order.begin(), order.end(),
                   [&](std::int32_t a, std::int32_t b) { return shares[at(a)] > shares[at(b)]; });
  double sum = 0.0;
  for (const std::int32_t j : order) sum += shares[at(j)];
  double lowest = 1.0 - 1e-9;
  int best = -1;
  for (int out = 0; out < wanted; ++out) {
    const double value = sum / (wanted - out);
    if (value < lowest) {
      lowest = value;
      best = out;
    }
    sum -= shares[at(order[static_cast<std::size_t>(out)])];
  }
  return best;
}

double share_sum(std::span<const std::int32_t> sites, std::span<const double> shares) {
  double sum = 0.0;
  for (const std::int32_t j : sites) sum += shares[at(j)];
  return sum;
}

/// What prices of the rows prove, whatever they are (Neumaier and Shcherbina 2004); `reduced` gets the columns'.
double proved_by(const MilpProblem& milp, const std::vector<double>& prices, std::vector<double>& reduced) {
  reduced.clear();
  for (const MilpColumn& column : milp.columns) reduced.push_back(column.cost);
  double bound = 0.0;
  for (std::size_t i = 0; i < milp.rows(); ++i) {
    const double end = prices[i] > 0.0 ? milp.row_lower[i] : milp.row_upper[i];
    if (prices[i] == 0.0 || !std::isfinite(end)) continue;
    bound += prices[i] * end;
    for (std::size_t k = milp.row_starts[i]; k < milp.row_starts[i + 1]; ++k)
      reduced[at(milp.terms[k].column)] -= prices[i] * milp.terms[k].factor;
  }
  for (std::size_t j = 0; j < reduced.size(); ++j)
    bound += reduced[j] > 0.0 ? reduced[j] * milp.columns[j].lower : reduced[j] * milp.columns[j].upper;
  return bound;
}

}  // namespace

Master::Master(const Core& core, int threads) : core_(core), threads_(threads), has_must_(core.row_count(), 0) {
  if (std::any_of(core.wanted.begin(), core.wanted.end(), [](std::uint8_t wanted) { return wanted > 1; }))
    unit_ = kParts;
  for (const CoreTarget& target : core.targets) sure_.push_back(target.covered);
  for (std::size_t i = 0; i < core.row_count(); ++i)
    for (const Weight& w : core.weights_of(i))
      if (core.must[i] != 0) sure_[at(w.target)] += w.weight;
  for (std::size_t t = 0; t < core.targets.size(); ++t)
    target_unit_.push_back(std::max(1.0, static_cast<double>(core.targets[t].reach - sure_[t]) / kLargeGoal));
  has_rows_ = core.sites.items.size() <= kRowColumns;
  add_columns();
  add_limits();
  std::size_t terms = 0;
  for (std::size_t i = 0; i < core.row_count(); ++i) terms += core.must[i] != 0 ? core.sites[i].size() : 0;
  for (std::size_t i = 0; i < core.row_count() && terms <= kMustTerms; ++i)
    if (core.must[i] != 0) add_must(i);
  fixed_rows_ = milp_.rows();
}

std::int64_t Master::offset() const noexcept {
  return core_.goal == CoverGoal::least_cost ? core_.settled_cost : -sure_[core_.counted];
}

double Master::missing(std::size_t target) const noexcept {
  return static_cast<double>(core_.targets[target].least - sure_[target]);
}

void Master::add_columns() {
  const bool least = core_.goal == CoverGoal::least_cost;
  if (least) {
    std::int64_t step = 0;
    std::int64_t most = 0;
    for (const std::int64_t cost : core_.cost) {
      step = std::gcd(step, cost);
      most = std::max(most, cost);
    }
    scale_ = static_cast<double>(std::max<std::int64_t>(step, 1));
    if (static_cast<double>(most) / scale_ > kLargeGoal) scale_ = static_cast<double>(most) / kLargeGoal;
  } else {
    scale_ = target_unit_[core_.counted];
  }
  for (const std::int64_t cost : core_.cost)
    milp_.add({.upper = 1.0, .cost = least ? static_cast<double>(cost) / scale_ : 0.0, .integer = true});
  if (has_rows_)
    add_row_columns();
  else
    add_block_columns();
}

/// 1 where the row is covered.
void Master::add_row_columns() {
  std::vector<std::vector<MilpTerm>> in_target(core_.targets.size());
  std::vector<MilpTerm> terms;
  row_column_.assign(core_.row_count(), -1);
  for (std::size_t i = 0; i < core_.row_count(); ++i) {
    if (core_.must[i] != 0) continue;
    const std::int32_t column = milp_.add({.upper = 1.0, .integer = true});
    row_column_[i] = column;
    terms.clear();
    for (const std::int32_t j : core_.sites[i]) terms.push_back({j, 1.0});
    terms.push_back({column, -static_cast<double>(core_.wanted[i])});
    milp_.add_row(0.0, terms, kMilpInfinity);
    for (const Weight& w : core_.weights_of(i))
      in_target[at(w.target)].push_back({column, static_cast<double>(w.weight)});
  }
  for (std::size_t t = 0; t < core_.targets.size(); ++t) {
    if (core_.goal == CoverGoal::most_weight && t == core_.counted)
      for (const MilpTerm& term : in_target[t]) milp_.columns[at(term.column)].cost = -term.factor / scale_;
    if (missing(t) <= 0.0) continue;
    for (MilpTerm& term : in_target[t]) term.factor = std::min(1.0, term.factor / missing(t));
    milp_.add_row(1.0, in_target[t], kMilpInfinity);
  }
}

/// The weight of a block in a target.
void Master::add_block_columns() {
  blocks_ = blocks_of(core_);
  column_.resize(core_.targets.size());
  std::vector<std::size_t> rows(core_.targets.size(), 0);
  for (std::size_t i = 0; i < core_.row_count(); ++i)
    for (const Weight& w : core_.weights_of(i)) rows[at(w.target)] += core_.must[i] == 0 ? 1U : 0U;
  std::vector<std::vector<std::int64_t>> reach(core_.targets.size(), std::vector<std::int64_t>(blocks_.size(), 0));
  for (std::size_t b = 0; b < blocks_.size(); ++b)
    for (const std::int32_t i : blocks_[b])
      for (const Weight& w : core_.weights_of(at(i)))
        if (core_.must[at(i)] == 0) reach[at(w.target)][b] += w.weight;
  for (std::size_t t = 0; t < core_.targets.size(); ++t) {
    const bool counted = core_.goal == CoverGoal::most_weight && t == core_.counted;
    if (!counted && (rows[t] < kBlockRows || missing(t) <= 0.0)) continue;
    std::vector<MilpTerm> sum;
    for (const std::int64_t most : reach[t]) {
      column_[t].push_back(most == 0 ? -1
                                     : milp_.add({.upper = static_cast<double>(most) / target_unit_[t],
                                                  .cost = counted ? -1.0 : 0.0}));
      if (most > 0) sum.push_back({column_[t].back(), 1.0});
    }
    if (missing(t) > 0.0) milp_.add_row(missing(t) / target_unit_[t], sum, kMilpInfinity);
  }
}

void Master::add_limits() {
  std::vector<MilpTerm> terms;
  for (const CoverLimit& limit : core_.limits) {
    const std::int64_t most = *std::max_element(limit.amounts.begin(), limit.amounts.end());
    const double unit = std::max(1.0, static_cast<double>(most) / kLargeGoal);
    terms.clear();
    for (std::size_t j = 0; j < limit.amounts.size(); ++j)
      if (limit.amounts[j] > 0)
        terms.push_back({static_cast<std::int32_t>(j), static_cast<double>(limit.amounts[j]) / unit});
    milp_.add_row(-kMilpInfinity, terms, static_cast<double>(limit.most) / unit);
  }
  for (const std::vector<std::int32_t>& group : core_.exclusive) {
    terms.clear();
    for (const std::int32_t j : group) terms.push_back({j, 1.0});
    milp_.add_row(-kMilpInfinity, terms, 1.0);
  }
}

void Master::add(double lower, std::span<const MilpTerm> terms, double upper) {
  milp_.add_row(lower, terms, upper);
  if (relaxation_) relaxation_->add_row(lower, terms, upper);
}

void Master::add_must(std::size_t row) {
  std::vector<MilpTerm> terms;
  for (const std::int32_t j : core_.sites[row]) terms.push_back({j, 1.0});
  add(core_.wanted[row], terms, kMilpInfinity);
  has_must_[row] = 1;
}

std::vector<Master::Plane> Master::planes_of(std::size_t block, std::span<const double> shares) const {
  const std::size_t sites = core_.site_count();
  std::vector<std::int64_t> factor(core_.targets.size() * sites, 0);
  std::vector<std::int64_t> constant(core_.targets.size(), 0);
  std::vector<char> is_there(core_.targets.size(), 0);
  std::vector<std::int32_t> order;
  for (const std::int32_t row : blocks_[block]) {
    const std::size_t i = at(row);
    if (core_.must[i] != 0) continue;
    const auto served = core_.sites[i];
    const int wanted = core_.wanted[i];
    // A row of one site is that site, in part as in whole.
    int out = served.size() == 1 || share_sum(served, shares) < 1.0 - 1e-9 ? 0 : -1;
    if (wanted > 1) out = lowest_plane(served, wanted, shares, order);
    const auto used = wanted > 1 ? std::span<const std::int32_t>(order) : served;
    for (const Weight& w : core_.weights_of(i)) {
      is_there[at(w.target)] = 1;
      if (out < 0) {
        constant[at(w.target)] += unit_ * w.weight;
        continue;
      }
      const std::int64_t part = unit_ / (wanted - out) * w.weight;
      std::int64_t* const sums = factor.data() + at(w.target) * sites;
      for (const std::int32_t j : used.subspan(static_cast<std::size_t>(out))) sums[j] += part;
    }
  }
  std::vector<Plane> planes;
  for (std::size_t t = 0; t < constant.size(); ++t) {
    if (is_there[t] == 0) continue;
    Plane plane{t, constant[t], {}};
    for (std::size_t j = 0; j < sites; ++j)
      if (const std::int64_t f = factor[t * sites + j]; f != 0)
        plane.factors.emplace_back(static_cast<std::int32_t>(j), f);
    planes.push_back(std::move(plane));
  }
  return planes;
}

bool Master::add_plane(std::size_t block, const Plane& plane, std::span<const double> values) {
  const std::int32_t column = column_[plane.target][block];
  const double unit = static_cast<double>(unit_) * target_unit_[plane.target];
  const double constant = static_cast<double>(plane.constant) / unit;
  double height = constant;
  std::vector<MilpTerm> terms;
  for (const auto& [j, factor] : plane.factors) {
    terms.push_back({j, static_cast<double>(factor) / unit});
    height += terms.back().factor * values[at(j)];
  }
  const double size = static_cast<double>(core_.targets[plane.target].reach) / target_unit_[plane.target];
  if (at(column) < values.size() && values[at(column)] <= height + kPassed * std::max(1.0, size)) return false;
  terms.push_back({column, -1.0});
  add(-constant, terms, kMilpInfinity);
  return true;
}

/// One plane of all blocks, for a target that asks for something.
bool Master::add_whole_plane(std::size_t target, std::span<const Plane> parts, std::span<const double> shares) {
  std::vector<std::int64_t> factor(core_.site_count(), 0);
  std::int64_t constant = 0;
  for (const Plane& part : parts) {
    constant += part.constant;
    for (const auto& [j, f] : part.factors) factor[at(j)] += f;
  }
  const double unit = static_cast<double>(unit_);
  const double lower = missing(target) - static_cast<double>(constant) / unit;
  double sum = 0.0;
  std::vector<MilpTerm> terms;
  for (std::size_t j = 0; j < factor.size(); ++j) {
    if (factor[j] == 0) continue;
    const double part = static_cast<double>(factor[j]) / unit;
    sum += part * shares[j];
    // No more of a site than is asked for, since sites are whole; in units of what is asked for.
    terms.push_back({static_cast<std::int32_t>(j), std::min(1.0, part / lower)});
  }
  if (sum >= lower - kPassed * std::max(1.0, missing(target))) return false;
  add(1.0, terms, kMilpInfinity);
  return true;
}

std::size_t Master::add_musts(std::span<const double> shares) {
  struct Must {
    double missing;
    std::size_t row;
  };
  std::vector<Must> musts;
  for (std::size_t i = 0; i < core_.row_count(); ++i) {
    if (core_.must[i] == 0 || has_must_[i] != 0) continue;
    const double missing = core_.wanted[i] - share_sum(core_.sites[i], shares);
    if (missing > kMilpTolerance) musts.push_back({missing, i});
  }
  std::stable_sort(musts.begin(), musts.end(), [](const Must& a, const Must& b) { return a.missing > b.missing; });
  if (musts.size() > kMustsAtOnce) musts.resize(kMustsAtOnce);
  for (const Must& must : musts) add_must(must.row);
  return musts.size();
}

/// Of rows that want several: whichever sites are left out, others must be there.
std::size_t Master::add_row_planes(std::span<const double> values) {
  std::size_t passed = 0;
  std::vector<std::int32_t> order;
  std::vector<MilpTerm> terms;
  for (std::size_t i = 0; i < core_.row_count(); ++i) {
    const int wanted = core_.wanted[i];
    const std::int32_t column = row_column_[i];
    if (wanted == 1 || column < 0 || at(column) >= values.size()) continue;
    const int out = lowest_plane(core_.sites[i], wanted, values, order);
    if (out <= 0) continue;  // the constant one and the first are there
    const auto rest = std::span<const std::int32_t>(order).subspan(static_cast<std::size_t>(out));
    if (values[at(column)] * (wanted - out) <= share_sum(rest, values) + kRowPassed) continue;
    terms.clear();
    for (const std::int32_t j : rest) terms.push_back({j, 1.0});
    terms.push_back({column, -static_cast<double>(wanted - out)});
    add(0.0, terms, kMilpInfinity);
    ++passed;
  }
  return passed;
}

std::size_t Master::cut(std::span<const double> values) {
  const auto shares = values.first(core_.site_count());
  std::size_t passed = add_musts(shares);
  if (has_rows_) return passed + add_row_planes(values);
  std::vector<std::vector<Plane>> planes(blocks_.size());
  parallel_for(blocks_.size(), threads_, [&](std::size_t b) { planes[b] = planes_of(b, shares); });
  std::vector<std::vector<Plane>> parts(core_.targets.size());
  for (std::size_t b = 0; b < planes.size(); ++b)
    for (Plane& plane : planes[b]) {
      if (column_[plane.target].empty())
        parts[plane.target].push_back(std::move(plane));
      else
        passed += add_plane(b, plane, values) ? 1U : 0U;
    }
  for (std::size_t t = 0; t < parts.size(); ++t)
    if (column_[t].empty() && missing(t) > 0.0) passed += add_whole_plane(t, parts[t], shares) ? 1U : 0U;
  return passed;
}

Relaxed Master::relaxed(double seconds) {
  if (!relaxation_) relaxation_ = std::make_unique<MilpRelaxation>(milp_);
  const MilpSolution solution = relaxation_->solve(seconds);
  Relaxed out;
  out.impossible = solution.status == MilpStatus::infeasible;
  out.solved = solution.status == MilpStatus::optimal;
  if (!out.solved) return out;
  out.values = solution.values;
  for (std::size_t j = 0; j < core_.site_count(); ++j) out.values[j] = std::clamp(out.values[j], 0.0, 1.0);
  last_ = out.values;
  last_rows_ = milp_.rows();
  out.bound = proved_by(milp_, solution.row_prices, out.reduced) * scale_;
  out.reduced.resize(core_.site_count());
  for (double& reduced : out.reduced) reduced *= scale_;
  return out;
}

void Master::forget_planes() {
  milp_ = program();
  relaxation_.reset();
  last_rows_ = 0;
}

void Master::bound(std::int32_t site, double lower, double upper) {
  milp_.columns[at(site)].lower = lower;
  milp_.columns[at(site)].upper = upper;
  if (relaxation_) relaxation_->bound(site, lower, upper);
}

void Master::settle(std::span<const CoverState> states) {
  for (std::size_t j = 0; j < states.size(); ++j) {
    if (states[j] == CoverState::barred) bound(static_cast<std::int32_t>(j), 0.0, 0.0);
    if (states[j] == CoverState::chosen) bound(static_cast<std::int32_t>(j), 1.0, 1.0);
  }
}

MilpProblem Master::program() const {
  MilpProblem out;
  out.columns = milp_.columns;
  for (std::size_t i = 0; i < milp_.rows(); ++i) {
    const std::span<const MilpTerm> row(milp_.terms.data() + milp_.row_starts[i],
                                        milp_.row_starts[i + 1] - milp_.row_starts[i]);
    if (i >= fixed_rows_ && i < last_rows_) {
      double sum = 0.0;
      for (const MilpTerm& term : row) sum += term.factor * last_[at(term.column)];
      if (sum > milp_.row_lower[i] + kFarBelow * std::max(1.0, std::abs(milp_.row_lower[i]))) continue;
    }
    out.add_row(milp_.row_lower[i], row, milp_.row_upper[i]);
  }
  return out;
}

}  // namespace amaneku::cover
