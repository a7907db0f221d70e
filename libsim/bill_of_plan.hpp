// The bill of a plan: its existing sites, and the households in the area that each newly covers.
#pragma once

#include "libsim/plan.hpp"

namespace amaneku {

/// `input.money` must be given; statistics and servers of the result are read.
[[nodiscard]] Bill bill_of_plan(const PlanInput& input, const PlanResult& result);

}  // namespace amaneku
