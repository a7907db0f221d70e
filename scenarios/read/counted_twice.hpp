// Losses and margins of a scenario that stand for the same thing: each is legal by itself, and their sum counts it
// twice.
#pragma once

#include <vector>

#include "libsim/plan/plan.hpp"

namespace amaneku::scenarios {

/// building_loss_counted_twice, body_loss_counted_twice, location_counted_twice: each at most once, its message
/// names what adds up; `count` is how many do.
[[nodiscard]] std::vector<Warning> counted_twice(const PlanInput& input);

}  // namespace amaneku::scenarios
