// ITU-R P.526-15 section 3: diffraction over a spherical Earth.
#pragma once

#include "propagation/geometry.hpp"

namespace amaneku::itu {

/// A path over a smooth sphere.
struct SmoothPath {
  double distance_m = 0.0;
  double tx_m = 0.0;  ///< antenna height above the smooth surface, >= 0
  double rx_m = 0.0;
  double sea_fraction = 0.0;  ///< omega: the loss is the mean of sea and land, weighted by it
};

/// Section 3.2, diffraction loss for any distance, dB, >= 0: the first term of the residue series beyond the
/// horizon, interpolated to zero where the path clears the sphere by 0.552 of the first Fresnel zone's scale.
/// Valid from 10 MHz. Uses frequency, polarization and effective Earth radius of the link.
[[nodiscard]] double spherical_earth_loss_db(const Link& link, const SmoothPath& path) noexcept;

}  // namespace amaneku::itu
