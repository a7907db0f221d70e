#include "libsim/studies/selection/selection_recount.hpp"

#include <algorithm>
#include <cstdint>

#include "libsim/studies/selection/selection_rows.hpp"
#include "libsim/studies/selection/site_reach.hpp"

namespace amaneku {
namespace {

constexpr double kPercent = 0.01;

/// [site] points; none of sites that are not planned on.
std::vector<std::vector<std::uint32_t>> planned_reach(const SelectionInput& input, const SelectionDemand& demand) {
  std::vector<Site> planned;
  std::vector<std::size_t> index;
  for (std::size_t i = 0; i < input.network.sites.size(); ++i) {
    if (!input.network.sites[i].existing) continue;
    planned.push_back(input.network.sites[i]);
    index.push_back(i);
  }
  std::vector<Warning> told_before;
  std::vector<std::vector<std::uint32_t>> reach =
      reach_of_sites({input.world, planned, input.engine, input.network.receiver}, demand.points, told_before);
  std::vector<std::vector<std::uint32_t>> out(input.network.sites.size());
  for (std::size_t k = 0; k < index.size(); ++k) out[index[k]] = std::move(reach[k]);
  return out;
}

}  // namespace

void recount(const SelectionInput& input, const SelectionOptions& options, SelectionReport& report) {
  const SelectionDemand demand = selection_demand(input.world, input.statistics, input.places, options);
  const std::vector<std::vector<std::uint32_t>> reach = planned_reach(input, demand);
  const SelectionRows rows = selection_rows(demand, reach, options.servers);
  std::vector<std::int32_t> with;
  for (std::size_t i = 0; i < input.network.sites.size(); ++i) {
    if (input.network.sites[i].existing) with.push_back(static_cast<std::int32_t>(i));
  }
  for (std::size_t k = 0; k < demand.needs.size(); ++k)
    report.needs[k].reached = covered_amount(demand.needs[k], rows, with);
  const std::vector<double> people = people_of_sites(demand, reach);
  const std::vector<std::int64_t> lost = lost_without(rows.problem, with, 0);
  for (ChosenSite& one : report.chosen) {
    one.people = people[one.site];
    const auto at = std::lower_bound(with.begin(), with.end(), static_cast<std::int32_t>(one.site)) - with.begin();
    one.people_alone = static_cast<double>(lost[static_cast<std::size_t>(at)]) / rows.weight_per_unit.front();
  }
  std::vector<std::int32_t> there = with;  // from the start; then year by year
  there.erase(std::remove_if(there.begin(), there.end(),
                             [&](std::int32_t site) {
                               return std::any_of(report.chosen.begin(), report.chosen.end(),
                                                  [&](const ChosenSite& one) {
                                                    return one.site == static_cast<std::size_t>(site);
                                                  });
                             }),
              there.end());
  report.person_years = 0.0;
  for (YearReached& year : report.years) {
    for (const std::size_t site : year.sites) there.push_back(static_cast<std::int32_t>(site));
    std::sort(there.begin(), there.end());
    for (std::size_t k = 0; k < demand.needs.size(); ++k)
      year.reached[k] = covered_amount(demand.needs[k], rows, there);
    report.person_years += year.reached.front();
  }
}

bool reaches_targets(const SelectionReport& report, const SelectionReport& before,
                     const SelectionOptions& options) {
  const auto holds = [](double reached, double least, double was) { return reached >= std::min(least, was); };
  for (std::size_t k = 0; k < report.needs.size(); ++k) {
    const bool goal = options.most_people && k == 0;
    const double least = goal ? report.needs[k].whole : report.needs[k].least;
    if (!holds(report.needs[k].reached, least, before.needs[k].reached)) return false;
  }
  for (std::size_t t = 0; t < report.years.size(); ++t) {
    const double least = kPercent * options.years[t].population_percent.value_or(0.0) * report.needs.front().whole;
    if (!holds(report.years[t].reached.front(), least, before.years[t].reached.front())) return false;
  }
  return true;
}

}  // namespace amaneku
