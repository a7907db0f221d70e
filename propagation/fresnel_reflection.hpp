// Reflection of a plane wave by a plane half space.
#pragma once

#include <cmath>
#include <complex>

#include "propagation/geometry.hpp"
#include "propagation/units.hpp"

namespace amaneku {

/// Relative permittivity less its lossy part, eps - j 60 sigma lambda (convention e^{jwt}).
[[nodiscard]] inline std::complex<double> complex_permittivity(double relative, double conductivity_s_m,
                                                               double freq_hz) noexcept {
  return {relative, -60.0 * conductivity_s_m * wavelength_m(freq_hz)};
}

/// Fresnel coefficient of the field (ITU-R P.2040 section 2.2.2). `sine`: of the grazing angle. Horizontal: the
/// field is parallel to the surface (TE); vertical: it lies in the plane of incidence (TM).
[[nodiscard]] inline std::complex<double> fresnel_reflection(std::complex<double> permittivity, double sine,
                                                             Polarization polarization) noexcept {
  const std::complex<double> root = std::sqrt(permittivity - (1.0 - sine * sine));
  if (polarization == Polarization::horizontal) return (sine - root) / (sine + root);
  return (permittivity * sine - root) / (permittivity * sine + root);
}

}  // namespace amaneku
