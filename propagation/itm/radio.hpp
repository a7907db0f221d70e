// What depends on the link and the ground alone, not on the path.
#pragma once

#include <complex>

#include "propagation/geometry.hpp"

namespace amaneku::itm {

struct GroundConstants {
  double relative_permittivity;
  double conductivity_s_m;
};

struct Radio {
  double f_mhz;
  double wave_number;              ///< 2 pi / lambda, 1/m, with the source's rounded constant
  double cbrt_f;                   ///< f_mhz^(1/3)
  std::complex<double> impedance;  ///< of the ground, relative: Z_g
};

/// Surface transfer impedance of the ground for the polarization, ERL 79-ITS 67 section 3-2. `ground` outside
/// permittivity 1 .. 1e6 or conductivity 0 .. 1e6 S/m and frequencies outside 1 kHz .. 1e15 Hz are taken at the
/// nearest end.
[[nodiscard]] Radio radio_of(const Link& link, const GroundConstants& ground) noexcept;

}  // namespace amaneku::itm
