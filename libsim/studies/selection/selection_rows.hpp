// The covering problem of a selection: points that the same sites serve are one row.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libsim/selection/cover_problem.hpp"
#include "libsim/studies/selection/selection_demand.hpp"

namespace amaneku {

struct SelectionRows {
  /// Rows and targets (one for each need, in their order); sites are open and cost nothing yet.
  CoverProblem problem{};
  std::vector<std::int32_t> row_of_point{};  ///< [point]
  std::vector<double> weight_per_unit{};     ///< [need] of its target: a power of two
};

/// Shares are met to 1e-7 of the whole: weights are whole numbers. `reach` [site] as of reach_of_sites();
/// `servers` at least have to serve a row.
[[nodiscard]] SelectionRows selection_rows(const SelectionDemand& demand,
                                           std::span<const std::vector<std::uint32_t>> reach, int servers);

/// As weight of its target, so that rounding never asks for more than `least` of a need.
[[nodiscard]] std::int64_t asked_weight(const SelectionNeed& need, const CoverTarget& target,
                                        double weight_per_unit, double least);

/// What the chosen sites cover of a need, in its unit, given parts included.
[[nodiscard]] double covered_amount(const SelectionNeed& need, const SelectionRows& rows,
                                    std::span<const std::int32_t> chosen);

}  // namespace amaneku
