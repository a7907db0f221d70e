// ITU-R P.452-18 section 4.2.4 and P.1812-7 section 4.3.5: diffraction loss not exceeded for a share of time.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/itu/p452_line_of_sight.hpp"
#include "propagation/itu/p526_delta_bullington.hpp"

namespace amaneku::itu {

struct TimeDiffraction {
  DeltaBullington median;  ///< effective Earth radius of the link
  DeltaBullington beta;    ///< three Earth radii
  double at_p_db;          ///< L_dp
};

/// F_i, eq. (40a): 1 for p up to beta_0, 0 at 50 percent.
[[nodiscard]] double time_interpolation(const TimePercents& time) noexcept;

[[nodiscard]] TimeDiffraction time_diffraction(const Link& link, const PathGeometry& path,
                                               double interpolation) noexcept;

}  // namespace amaneku::itu
