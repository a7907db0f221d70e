// Sites that carry no more than they can: who is carried by which, and the search where that counts.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libsim/selection/cover_solve.hpp"

namespace amaneku::cover {

/// [row] demand that the chosen sites carry of rows that enough of them serve. Rows with most weight for their
/// demand come first, each target's weight as a share of what it asks for (or of all, where it asks for nothing);
/// whoever is in moves to another site, in part too, where that lets another one in. Of one target it is the best
/// assignment.
[[nodiscard]] std::vector<std::int64_t> carried(const CoverProblem& problem, std::span<const std::int32_t> chosen);

/// [target] weight of what is carried, rounded down.
[[nodiscard]] std::vector<std::int64_t> carried_weights(const CoverProblem& problem,
                                                        std::span<const std::int32_t> chosen);

/// solve_cover for a problem with capacities.
[[nodiscard]] CoverChoice solve_capacitated(const CoverProblem& problem, const CoverOptions& options);

}  // namespace amaneku::cover
