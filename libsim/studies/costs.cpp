#include "libsim/studies/costs.hpp"

#include "libsim/count/footprint_cells.hpp"

namespace amaneku {

std::vector<double> people_by_site(const Radio& radio, const ServerMaps& maps, const Gained& gained) {
  std::vector<double> people(radio.sites().size(), 0.0);
  const std::vector<PopulationUnit>& units = radio.world().population.units;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const double covered = units[i].people * gained.unit_share[i];
    const std::size_t cell = covered > 0.0 ? cell_holding(maps.best_server.grid, units[i].centre) : kNoCell;
    if (cell == kNoCell) continue;
    const std::int32_t server = maps.best_server.values[cell];
    if (server < 0) continue;
    people[static_cast<std::size_t>(radio.coverage().sectors[static_cast<std::size_t>(server)].site)] += covered;
  }
  return people;
}

Bill bill_of_plan(const MoneyInput& money, const Radio& radio, const ServerMaps& maps, const Gained& gained) {
  const std::vector<double> all_people = people_by_site(radio, maps, gained);
  std::vector<std::size_t> sites;
  std::vector<double> people;
  for (std::size_t i = 0; i < radio.sites().size(); ++i) {
    if (!radio.sites()[i].existing) continue;
    sites.push_back(i);
    people.push_back(all_people[i]);
  }
  return make_bill(money, sites, people);
}

}  // namespace amaneku
