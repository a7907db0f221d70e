// The path loss of one transmitter over its window, as tasks that any thread may take: each writes its own cells.
#pragma once

#include <cstddef>
#include <vector>

#include "libsim/coverage.hpp"
#include "propagation/added_losses.hpp"
#include "terrain/radial_fan.hpp"

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

/// A cone of neighbouring radials of one side of the fan.
struct LossTask {
  Side side;
  int cone;
  int cones;  ///< of the whole side
};

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

}  // namespace amaneku
