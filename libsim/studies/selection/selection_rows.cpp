#include "libsim/studies/selection/selection_rows.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "libsim/count/coverage_counts.hpp"

namespace amaneku {
namespace {

// Of the whole of a need as weight: rounding rows to whole numbers then costs less than a tenth of a millionth.
constexpr int kWholeBits = 40;
constexpr double kAllOfIt = 1.0 - 1e-12;

/// The sites that serve each point, one list after the other.
struct SitesOfPoints {
  std::vector<std::size_t> starts{};
  std::vector<std::int32_t> sites{};

  [[nodiscard]] std::span<const std::int32_t> of(std::size_t point) const {
    return {sites.data() + starts[point], starts[point + 1] - starts[point]};
  }
};

SitesOfPoints sites_of_points(std::size_t points, std::span<const std::vector<std::uint32_t>> reach) {
  SitesOfPoints out;
  out.starts.assign(points + 1, 0);
  for (const std::vector<std::uint32_t>& served : reach) {
    for (const std::uint32_t point : served) ++out.starts[point + 1];
  }
  for (std::size_t i = 1; i < out.starts.size(); ++i) out.starts[i] += out.starts[i - 1];
  out.sites.resize(out.starts.back());
  std::vector<std::size_t> next(out.starts.begin(), out.starts.end() - 1);
  for (std::size_t site = 0; site < reach.size(); ++site) {
    for (const std::uint32_t point : reach[site]) out.sites[next[point]++] = static_cast<std::int32_t>(site);
  }
  return out;
}

std::uint64_t hash_of(std::span<const std::int32_t> sites) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const std::int32_t site : sites) hash = (hash ^ static_cast<std::uint32_t>(site)) * 0x100000001b3ULL;
  return hash;
}

void add_rows(SelectionRows& out, std::size_t points, const SitesOfPoints& serving) {
  std::unordered_map<std::uint64_t, std::vector<std::int32_t>> known;
  for (std::size_t point = 0; point < points; ++point) {
    const std::span<const std::int32_t> sites = serving.of(point);
    std::vector<std::int32_t>& alike = known[hash_of(sites)];
    const auto same = std::find_if(alike.begin(), alike.end(), [&](std::int32_t row) {
      const auto of_row = out.problem.sites_of(static_cast<std::size_t>(row));
      return std::equal(of_row.begin(), of_row.end(), sites.begin(), sites.end());
    });
    if (same != alike.end()) {
      out.row_of_point.push_back(*same);
      continue;
    }
    const auto row = static_cast<std::int32_t>(out.problem.rows());
    (void)out.problem.add_row(sites);
    alike.push_back(row);
    out.row_of_point.push_back(row);
  }
}

/// Amounts of the need by row.
std::vector<double> amounts_by_row(const SelectionNeed& need, const SelectionRows& rows) {
  std::vector<Sum> sums(rows.problem.rows());
  for (std::size_t i = 0; i < need.points.size(); ++i)
    sums[static_cast<std::size_t>(rows.row_of_point[need.points[i]])].add(need.amounts[i]);
  std::vector<double> out;
  for (const Sum& sum : sums) out.push_back(sum.value());
  return out;
}

CoverTarget target_of(const SelectionNeed& need, const SelectionRows& rows, double weight_per_unit) {
  CoverTarget out;
  const std::vector<double> amounts = amounts_by_row(need, rows);
  for (std::size_t row = 0; row < amounts.size(); ++row) {
    if (!(amounts[row] > 0.0)) continue;
    out.rows.push_back(static_cast<std::int32_t>(row));
    out.weights.push_back(std::llround(amounts[row] * weight_per_unit));
  }
  out.least = asked_weight(need, out, weight_per_unit, need.least);
  return out;
}

double weight_per_unit_of(double whole) {
  return whole > 0.0 ? std::ldexp(1.0, kWholeBits - std::ilogb(whole) - 1) : 1.0;
}

}  // namespace

SelectionRows selection_rows(const SelectionDemand& demand, std::span<const std::vector<std::uint32_t>> reach,
                             int servers) {
  SelectionRows out;
  out.problem.sites.resize(reach.size());
  add_rows(out, demand.points.size(), sites_of_points(demand.points.size(), reach));
  if (servers > 1) out.problem.wanted.assign(out.problem.rows(), static_cast<std::uint8_t>(servers));
  for (const SelectionNeed& need : demand.needs) {
    out.weight_per_unit.push_back(weight_per_unit_of(need.whole));
    out.problem.targets.push_back(target_of(need, out, out.weight_per_unit.back()));
  }
  return out;
}

std::int64_t asked_weight(const SelectionNeed& need, const CoverTarget& target, double weight_per_unit,
                          double least) {
  const double asked = least - need.given;
  if (!(asked > 0.0)) return 0;
  const std::int64_t all = std::accumulate(target.weights.begin(), target.weights.end(), std::int64_t{0});
  const auto rounding = static_cast<std::int64_t>(target.rows.size() / 2 + 1);
  const auto share = static_cast<std::int64_t>(std::floor(asked * weight_per_unit)) - rounding;
  return asked >= kAllOfIt * (need.whole - need.given) ? std::max(all, share) : std::max<std::int64_t>(share, 1);
}

double covered_amount(const SelectionNeed& need, const SelectionRows& rows, std::span<const std::int32_t> chosen) {
  std::vector<bool> is_chosen(rows.problem.sites.size(), false);
  for (const std::int32_t site : chosen) is_chosen[static_cast<std::size_t>(site)] = true;
  Sum sum;
  sum.add(need.given);
  for (std::size_t i = 0; i < need.points.size(); ++i) {
    const auto row = static_cast<std::size_t>(rows.row_of_point[need.points[i]]);
    const auto serving = rows.problem.sites_of(row);
    const auto servers = std::count_if(serving.begin(), serving.end(), [&](std::int32_t site) {
      return is_chosen[static_cast<std::size_t>(site)];
    });
    if (servers >= rows.problem.wanted_of(row)) sum.add(need.amounts[i]);
  }
  return sum.value();
}

}  // namespace amaneku
