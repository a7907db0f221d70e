// What a planner must know of a result that looks fine: named warnings, never silence.
//
//   power_above_eirp            received power above EIRP plus receive gain: a path with negative loss
//   coverage_is_circle          the terrain had no influence on what a transmitter covers
//   terrain_missing_under_path  cells not computed because their path crosses a void of the terrain
//   range_cut_by_radius         still above the threshold where the radius limit stops the computation
//   model_validity              links outside the range for which the model's source vouches
//   sector_serves_nowhere       a sector that is the strongest in no cell
//   antenna_tilted_twice        an electrical tilt in the pattern file and one in the sector add up
#pragma once

#include <span>
#include <vector>

#include "libsim/plan/plan.hpp"

namespace amaneku {

/// `loss` in the frame of the plan, of the transmitter that feeds `sectors` (indices into coverage.sectors).
[[nodiscard]] LossSurvey survey_loss(const PlanInput& input, const Coverage& coverage,
                                     std::span<const int> sectors, const TransmitterLoss& loss);

/// Each id at most once; `count` is in cells for the first, third and fourth, in transmitters for the
/// second and fifth, in sectors for the last two. `surveys` [transmitter]; losses are not looked at.
[[nodiscard]] std::vector<Warning> diagnose(const PlanInput& input, const Coverage& coverage,
                                            const std::vector<LossSurvey>& surveys, const ServerMaps& maps);

/// Each id once, in order of first appearance: counts added up, the first few messages kept.
[[nodiscard]] std::vector<Warning> merged(const std::vector<Warning>& warnings);

/// Compares {loss_db <= max_loss_db} with discs around `centre`. Fewer than 200 covered cells say nothing.
[[nodiscard]] DiscFit fit_disc(const Raster<float>& loss_db, Point centre, double max_loss_db);

}  // namespace amaneku
