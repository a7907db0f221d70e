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

/// How like a disc around the transmitter its coverage is.
struct DiscFit {
  double radius_m = 0.0;   ///< of the disc that differs least from the covered cells
  double misfit = 1.0;     ///< covered cells outside it and uncovered ones inside, per covered cell
  bool edge_seen = false;  ///< a quarter or more of the ground just beyond the disc was computed
  /// One per cent of misfit; real relief gives tens of per cent. Without a computed edge nothing is claimed:
  /// a disc cut out by the radius limit is another matter (range_cut_by_radius).
  [[nodiscard]] bool is_circle() const noexcept { return edge_seen && misfit <= 0.01; }
};

/// What one transmitter's loss tells, found while it is held.
struct LossSurvey {
  long long negative_loss_cells = 0;
  long long rim_cells = 0;        ///< computed, within one cell of the radius limit
  long long rim_cells_above = 0;  ///< of them, above the threshold in some sector
  DiscFit disc{};
};

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
