// The losses of single sites of a plan: what the tasks of a distributed run compute.
#pragma once

#include <vector>

#include "libsim/plan/plan.hpp"

namespace amaneku {

/// The transmitters of a plan as plan() lists them, without losses.
[[nodiscard]] Coverage plan_transmitters(const PlanInput& input);

/// Indices of the sites with transmitters in the order in which the site loop takes them: neighbours follow one
/// another.
[[nodiscard]] std::vector<int> sites_in_order(const PlanInput& input);

/// plan_transmitters(), those of `site` with their losses: the same bytes as plan() computes. `threads` 0: as many
/// as the engine of the plan asks for. Without any where the site has no transmitters.
[[nodiscard]] Coverage site_losses(const PlanInput& input, int site, int threads, const Progress& progress = {});

}  // namespace amaneku
