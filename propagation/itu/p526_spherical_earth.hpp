// ITU-R P.526-15 section 3: diffraction over a spherical Earth.
#pragma once

#include "propagation/geometry.hpp"

namespace amaneku::itu {

/// Section 3.1.1.1: normalised surface admittance K, times the cube root of the effective Earth radius in km.
struct GroundAdmittance {
  double k_cbrt_a;
  double log_k_cbrt_a;  ///< natural
};

/// What diffraction needs of a link.
struct DiffractionLink {
  double wavelength_m;
  double effective_earth_radius_m;
  double root_two_ae;  ///< square root of twice the radius
  double per_two_ae;   ///< one over twice the radius, 1/m
  double cbrt_f;       ///< cube root of the frequency in MHz
  GroundAdmittance land;
  GroundAdmittance sea;
};
/// Without `over_sea`, `sea` is left out: for paths with sea_fraction 0.
[[nodiscard]] DiffractionLink diffraction_link(const Link& link, bool over_sea = true) noexcept;
/// The same link in air with another effective Earth radius.
[[nodiscard]] DiffractionLink with_earth_radius(DiffractionLink link, double effective_earth_radius_m) noexcept;

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
