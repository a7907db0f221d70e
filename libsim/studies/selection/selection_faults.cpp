#include "libsim/studies/selection/selection_faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "libsim/count/people_cells.hpp"

namespace amaneku {
namespace {

constexpr std::size_t kNamed = 10;
constexpr double kAllPercent = 100.0;
constexpr double kKmOfMetre = 1e-3;

/// "a, b, c and 7 more".
class Names {
 public:
  void add(const std::string& name) {
    if (++count_ <= kNamed) text_ += (text_.empty() ? "" : ", ") + name;
  }
  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  [[nodiscard]] std::string text() const {
    return count_ > kNamed ? fmt::format("{} and {} more", text_, count_ - kNamed) : text_;
  }

 private:
  std::string text_{};
  std::size_t count_ = 0;
};

/// "250 JPY (municipality)" of what a budget is for.
std::string budget_name(const SelectionBudget& budget) {
  return budget.payer ? kPayerWords[index_of(*budget.payer)] : "purchase";
}

class OutOfReach {
 public:
  explicit OutOfReach(const ReachJudgement& judged) : judged_(judged) {}

  void add(const CoverMissing& missing, const SelectionOptions& options) {
    const SelectionNeed& need = judged_.demand.needs[missing.target];
    switch (need.kind) {
      case SelectionNeed::Kind::population:
      case SelectionNeed::Kind::municipality:
        return add_people(need, missing, options);
      case SelectionNeed::Kind::road:
        return add_road(need, missing);
      case SelectionNeed::Kind::place:
        return places_.add(need.name.empty() ? need.id : need.name);
    }
  }

  [[nodiscard]] std::vector<Fault> faults() {
    if (places_.count() > 0)
      faults_.push_back(
          {.message = fmt::format("no candidate reaches {} of the places: {}", places_.count(), places_.text()),
           .key = "every_place",
           .value = "true"});
    return std::move(faults_);
  }

 private:
  [[nodiscard]] bool is_missed(std::uint32_t point, const CoverMissing& missing) const {
    return std::binary_search(missing.rows.begin(), missing.rows.end(), judged_.rows.row_of_point[point]);
  }

  [[nodiscard]] double missed(const SelectionNeed& need, const CoverMissing& missing) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < need.points.size(); ++i) {
      if (is_missed(need.points[i], missing)) sum += need.amounts[i];
    }
    return sum;
  }

  /// People out of reach by municipality, most of them first.
  [[nodiscard]] std::string by_municipality(const CoverMissing& missing) const {
    const World& world = judged_.world;
    std::vector<bool> is_missed_cell(world.grid().cells(), false);
    const SelectionNeed& need = judged_.demand.needs[missing.target];
    for (const std::uint32_t point : need.points) {
      if (is_missed(point, missing)) is_missed_cell[judged_.demand.points[point].cell] = true;
    }
    std::map<int, double> people;
    FootprintCells cells(world.grid());
    for (const PopulationUnit& unit : world.population.units) {
      for_each_unit_cell(unit, world.grid(), cells, [&](std::size_t cell, double share) {
        if (is_missed_cell[cell]) people[unit.municipality] += unit.people * share;
      });
    }
    std::vector<std::pair<double, std::string>> sorted;
    for (const auto& [municipality, count] : people) {
      const bool known = municipality >= 0;
      sorted.emplace_back(-count,
                          known ? world.boundaries.municipalities[static_cast<std::size_t>(municipality)].name
                                : std::string("in no municipality"));
    }
    std::sort(sorted.begin(), sorted.end());
    Names names;
    for (const auto& [count, name] : sorted) names.add(fmt::format("{} {:.0f}", name, -count));
    return names.text();
  }

  void add_people(const SelectionNeed& need, const CoverMissing& missing, const SelectionOptions& options) {
    const double out = missed(need, missing);
    const double lacking = static_cast<double>(missing.weight) / judged_.rows.weight_per_unit[missing.target];
    const bool all = need.kind == SelectionNeed::Kind::population;
    const double asked = all ? *options.population_percent : *options.municipality_percent;
    faults_.push_back({.message = fmt::format(
                           "all candidates together reach {:.2f} % of the people{}: {:.0f} are missing; out of "
                           "reach are {:.0f} ({})",
                           kAllPercent * (need.whole - out) / need.whole, all ? "" : " of " + need.name,
                           std::max(1.0, lacking), out, by_municipality(missing)),
                       .key = all ? "population_percent" : "municipality_percent",
                       .value = fmt::format("{:g}", asked)});
  }

  void add_road(const SelectionNeed& need, const CoverMissing& missing) {
    const double out_m = missed(need, missing);
    const std::string tunnels = need.in_tunnels > 0.0 ? fmt::format(
                                                            ", of it {:.2f} km in tunnels, where only equipment "
                                                            "of their own serves ([[roads]] tunnels_served)",
                                                            kKmOfMetre * need.in_tunnels)
                                                      : "";
    faults_.push_back({.message = fmt::format(
                           "all candidates together reach {:.2f} % of {}: {:.2f} km are out of reach{}",
                           kAllPercent * (need.whole - out_m) / need.whole, need.id, kKmOfMetre * out_m, tunnels),
                       .key = "roads." + need.id,
                       .value = fmt::format("{:g}", kAllPercent * need.least / need.whole)});
  }

  const ReachJudgement& judged_;
  Names places_{};
  std::vector<Fault> faults_{};
};

bool are_twins(const Site& a, const Site& b) {
  constexpr double kSame_m = 1.0;
  if (distance_m(a.at, b.at) > kSame_m || a.sectors.size() != b.sectors.size()) return false;
  return std::equal(a.sectors.begin(), a.sectors.end(), b.sectors.begin(),
                    [](const Sector& one, const Sector& other) {
                      return one.freq_hz == other.freq_hz && one.power_dbm == other.power_dbm &&
                             one.tx_agl_m == other.tx_agl_m && one.antenna_name == other.antenna_name &&
                             one.mounting.azimuth_deg == other.mounting.azimuth_deg &&
                             one.mounting.mechanical_downtilt_deg == other.mounting.mechanical_downtilt_deg &&
                             one.mounting.electrical_downtilt_deg == other.mounting.electrical_downtilt_deg;
                    });
}

}  // namespace

std::string budget_key(const SelectionBudget& budget) {
  return budget.payer ? fmt::format("budget_{}_jpy", kPayerWords[index_of(*budget.payer)]) : "budget_jpy";
}

void refuse_out_of_reach(const ReachJudgement& judged, const SelectionOptions& options) {
  OutOfReach out(judged);
  for (const CoverMissing& missing : out_of_reach(judged.rows.problem)) out.add(missing, options);
  std::vector<Fault> faults = out.faults();
  if (!faults.empty()) throw InputError(std::move(faults));
}

void refuse_small_budgets(const BudgetJudgement& judged, const SelectionOptions& options) {
  for (const SelectionBudget& budget : options.budgets) {
    const auto cheapest =
        std::min_element(judged.candidates.begin(), judged.candidates.end(), [&](std::size_t a, std::size_t b) {
          return judged.costs.estimate()[a].spent(budget) < judged.costs.estimate()[b].spent(budget);
        });
    if (budget.of_lines_too && judged.costs.lays_lines()) continue;  // sites may make the lines of others cheaper
    const std::int64_t least_jpy = judged.costs.estimate()[*cheapest].spent(budget);
    if (least_jpy <= budget.most_jpy) continue;
    throw InputError(
        Fault{.message = fmt::format("buys no site: the cheapest, {}, costs {} JPY ({})",
                                     judged.network.sites[*cheapest].id, least_jpy, budget_name(budget)),
              .key = budget_key(budget),
              .value = std::to_string(budget.most_jpy)});
  }
}

void refuse_unaffordable(std::span<const std::int32_t> enough, bool proved, const BudgetJudgement& judged,
                         const SelectionOptions& options) {
  std::vector<Fault> faults;
  SelectionAmounts amounts;
  for (const std::int32_t site : enough) amounts += judged.costs.estimate()[static_cast<std::size_t>(site)];
  const std::string none = proved ? "no choice within it reaches the targets"
                                  : "no choice within it that reaches the targets was found";
  for (const SelectionBudget& budget : options.budgets) {
    const bool laid = budget.of_lines_too && judged.costs.lays_lines();
    const std::int64_t needed_jpy = laid ? judged.costs.of(enough).spent(budget) : amounts.spent(budget);
    if (needed_jpy <= budget.most_jpy) continue;
    faults.push_back({.message = fmt::format("{}: {} sites that do cost {} JPY ({})", none, enough.size(),
                                             needed_jpy, budget_name(budget)),
                      .key = budget_key(budget),
                      .value = std::to_string(budget.most_jpy)});
  }
  if (options.sites_at_most > 0 && enough.size() > static_cast<std::size_t>(options.sites_at_most))
    faults.push_back({.message = fmt::format("{}: it takes about {}", none, enough.size()),
                      .key = "sites_at_most",
                      .value = std::to_string(options.sites_at_most)});
  if (faults.empty())
    faults.push_back(
        {.message = "the limits contradict each other: no choice keeps all of them and reaches the targets",
         .key = "objective"});
  throw InputError(std::move(faults));
}

void warn_of_twins(const Network& network, const std::vector<std::size_t>& candidates,
                   std::vector<Warning>& warnings) {
  std::map<std::pair<long long, long long>, std::vector<std::size_t>> near;  // by metre
  Names names;
  for (const std::size_t site : candidates) {
    const Point at = network.sites[site].at;
    const std::pair key{std::llround(at.x_m), std::llround(at.y_m)};
    std::vector<std::size_t>& here = near[key];
    for (const std::size_t other : here) {
      if (!are_twins(network.sites[site], network.sites[other])) continue;
      names.add(network.sites[site].id + " and " + network.sites[other].id);
      break;
    }
    here.push_back(site);
  }
  if (names.count() > 0)
    warnings.push_back(
        {"selection_same_place",
         "candidates that stand in one place with the same sectors, one of which is never of use: " + names.text(),
         static_cast<long long>(names.count())});
}

void warn_of_unreached(const Network& network, std::span<const std::int32_t> sites,
                       std::vector<Warning>& warnings) {
  Names names;
  for (const std::int32_t site : sites) names.add(network.sites[static_cast<std::size_t>(site)].id);
  if (names.count() > 0)
    warnings.push_back(
        {"selection_no_way",
         "candidates that no cable or link with a price leads to an exchange, left out: " + names.text(),
         static_cast<long long>(names.count())});
}

}  // namespace amaneku
