// ITU-R P.526-15 section 4.5.4: the complete delta-Bullington method.
#pragma once

#include "propagation/geometry.hpp"

namespace amaneku::itu {

/// Diffraction loss, dB, and the three losses that it is made of:
/// diffraction = actual + max(spherical - smooth, 0).
struct DeltaBullington {
  double diffraction_db;
  double actual_db;     ///< Bullington over the terrain
  double smooth_db;     ///< Bullington over the smooth surface with the effective antenna heights
  double spherical_db;  ///< spherical Earth with the same heights
};

[[nodiscard]] DeltaBullington delta_bullington_terms(const Link& link, const PathGeometry& path) noexcept;

/// diffraction_db alone: the smooth profile is skipped where the spherical Earth takes nothing away.
[[nodiscard]] double delta_bullington_loss_db(const Link& link, const PathGeometry& path) noexcept;

}  // namespace amaneku::itu
