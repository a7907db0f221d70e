#include "libsim/visibility/visible_weights.hpp"

#include "libsim/count/line_steps.hpp"
#include "libsim/count/people_cells.hpp"

namespace amaneku {

std::vector<float> people_of_cells(const World& world) {
  const Grid& grid = world.grid();
  std::vector<double> people(grid.cells());
  FootprintCells cells(grid);
  for (const PopulationUnit& unit : world.population.units) {
    for_each_unit_cell(unit, grid, cells, [&](std::size_t i, double share) {
      if (!world.existing.at(i)) people[i] += unit.people * share;
    });
  }
  return {people.begin(), people.end()};
}

std::vector<float> road_of_cells_m(const World& world, double step_m, std::string_view road_class) {
  const Grid& grid = world.grid();
  std::vector<double> road_m(grid.cells());
  for (const Road& road : world.roads.roads) {
    if (road.in_tunnel() || (!road_class.empty() && road.road_class != road_class)) continue;
    walk_line(road.line, step_m, [&](Point at, double length_m) {
      const std::size_t cell = cell_holding(grid, at);
      if (cell != kNoCell && !world.existing.at(cell)) road_m[cell] += length_m;
    });
  }
  return {road_m.begin(), road_m.end()};
}

}  // namespace amaneku
