// People and roads of a plan as weights of its cells; those who are served already (World::existing) weigh
// nothing.
#pragma once

#include <string_view>
#include <vector>

#include "libsim/input/world.hpp"

namespace amaneku {

/// [y, x] of the plan: the people of each cell, all that live inside the plan.
[[nodiscard]] std::vector<float> people_of_cells(const World& world);

/// [y, x] of the plan: metres of road in each cell, in the open (tunnels are left out), in steps of `step_m`;
/// of one class, where that is named.
[[nodiscard]] std::vector<float> road_of_cells_m(const World& world, double step_m,
                                                 std::string_view road_class = {});

}  // namespace amaneku
