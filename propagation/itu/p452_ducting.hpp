// ITU-R P.452-18 section 4.4 and P.1812-7 section 4.5: ducting and layer reflection (anomalous propagation).
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/itu/p452_horizon_angles.hpp"
#include "propagation/itu/p452_line_of_sight.hpp"

namespace amaneku::itu {

/// L_ba, dB, without gases.
[[nodiscard]] double ducting_loss_db(const Link& link, const PathGeometry& path, const HorizonAngles& angles,
                                     const TimePercents& time) noexcept;

}  // namespace amaneku::itu
