#include "libsim/bill_of_plan.hpp"

namespace amaneku {
namespace {

/// Covered people by the site of the best server at the middle of each place.
std::vector<double> people_by_site(const PlanInput& input, const PlanResult& result) {
  std::vector<double> people(input.sites.size(), 0.0);
  const Raster<std::int32_t>& servers = result.maps.best_server;
  for (std::size_t i = 0; i < input.population.units.size(); ++i) {
    const PopulationUnit& unit = input.population.units[i];
    const double covered = unit.people * result.statistics.unit_covered_share[i];
    if (!(covered > 0.0) || !servers.grid.contains(unit.centre)) continue;
    const std::size_t cell =
        servers.grid.index(servers.grid.column_of(unit.centre.x_m), servers.grid.row_of(unit.centre.y_m));
    const std::int32_t server = servers.values[cell];
    if (server < 0) continue;
    people[static_cast<std::size_t>(result.coverage.sectors[static_cast<std::size_t>(server)].site)] += covered;
  }
  return people;
}

}  // namespace

Bill bill_of_plan(const PlanInput& input, const PlanResult& result) {
  const std::vector<double> all_people = people_by_site(input, result);
  std::vector<std::size_t> sites;
  std::vector<double> people;
  for (std::size_t i = 0; i < input.sites.size(); ++i) {
    if (!input.sites[i].existing) continue;
    sites.push_back(i);
    people.push_back(all_people[i]);
  }
  return make_bill(*input.money, sites, people);
}

}  // namespace amaneku
