// The least layout of fibre as a mixed-integer program, for small graphs. The formulation is in
// docs/methods/backhaul_options.md.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/backhaul/fibre_routes.hpp"
#include "libsim/selection/milp.hpp"

namespace amaneku {

struct FibreProof {
  MilpStatus status = MilpStatus::unknown;
  std::vector<std::vector<FibreRoute>> routes{};  ///< per terminal, empty without a solution
  double lower_bound_jpy = 0.0;                   ///< in the solver's arithmetic
};

/// Columns of flow that the program would have at most: 2 x edges x routes, three times that where it has no
/// directions (docs/methods/backhaul_options.md), which makes it as hard.
[[nodiscard]] std::int64_t program_columns(const FibreProblem& problem);

/// `known`: routes to begin with, or none.
[[nodiscard]] FibreProof fibre_program(FibreGraph& graph, const std::vector<std::vector<FibreRoute>>& known,
                                       const MilpOptions& options);

}  // namespace amaneku
