// The path from a transmitter to a point that need not be the centre of a cell: one profile of its own, exact.
#pragma once

#include <cstdint>

#include "libsim/engine/transmitter_loss.hpp"

namespace amaneku {

/// Why there is a loss at a point, or none.
enum class PathState : std::uint8_t {
  computed,
  beyond_radius,  ///< farther than CoverageOptions::radius_m
  no_ground,      ///< outside the plan, or a void of the terrain
  behind_void     ///< the path crosses a void of the terrain
};

struct PointPath {
  PathState state = PathState::no_ground;
  /// Both ends included: the ground where the line crosses the columns (or rows) of the plan's cells, interpolated
  /// between the two cells beside it, as the exact engine walks to a cell.
  Profile profile{};
  double loss_db = 0.0;        ///< added losses included; of a path that was computed
  bool line_of_sight = false;  ///< over ground and clutter, as PathGeometry has it
};

/// From the transmitter of the job. The nearest path is 1 m. Nothing is written to job.out.
[[nodiscard]] PointPath point_path(const LossJob& job, const RadioModel& model, Point at);

}  // namespace amaneku
