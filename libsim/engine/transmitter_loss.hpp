// The path loss of one transmitter over its window, as tasks that any thread may take: each writes its own cells.
#pragma once

#include <cstddef>
#include <vector>

#include "libsim/engine/coverage.hpp"
#include "propagation/added_losses.hpp"
#include "terrain/raster/radial_fan.hpp"

namespace amaneku {

/// Everything that the cells of one transmitter share.
struct LossJob {
  const Ground& ground;
  const CoverageOptions& options;
  Link link;
  AddedLosses added;
  Point site;
  double tx_ground_asl_m;
  Zone tx_zone;
  TransmitterLoss* out;
};

/// The job of the transmitter that `out` names, over its window.
[[nodiscard]] LossJob loss_job(const Ground& ground, const Site& site, const Receiver& receiver,
                               const CoverageOptions& options, TransmitterLoss& out);

/// A cone of neighbouring radials of one side of the fan.
struct LossTask {
  Side side;
  int cone;
  int cones;  ///< of the whole side

  /// Its radials and cells have slopes in [slope_low, slope_high).
  [[nodiscard]] double slope_low() const noexcept { return -1.0 + 2.0 * cone / cones; }
  [[nodiscard]] double slope_high() const noexcept { return -1.0 + 2.0 * (cone + 1) / cones; }
};

/// Rings of cells that may lie within the radius.
[[nodiscard]] int radius_steps(const LossJob& job) noexcept;

/// Counts of one task.
struct LossCounts {
  std::size_t behind_void = 0;
  std::size_t line_of_sight = 0;
  double longest_m = 0.0;
};

[[nodiscard]] std::vector<LossTask> loss_tasks(const LossJob& job);
[[nodiscard]] LossCounts run_loss_task(const LossJob& job, const RadioModel& model, const LossTask& task);

/// The cell whose centre is the site itself belongs to no cone: its path has no distance.
void store_own_cell(const LossJob& job, const RadioModel& model);

/// One cell, as the engine of the job computes it among all others.
struct CellPath {
  /// Both ends included, as the engine's model sees them: the radial engine borrows the far terrain from a
  /// neighbouring radial. Empty where there is no path.
  Profile profile{};
  std::size_t own_samples = 0;  ///< the last intermediate points, which lie on the cell's own line
  float loss_db = kNoData;      ///< of the map; NaN: no ground here, beyond the radius, or behind a void
};
/// Nothing is written to job.out. (ix, iy) of the ground's grid.
[[nodiscard]] CellPath cell_path(const LossJob& job, const RadioModel& model, int ix, int iy);

}  // namespace amaneku
