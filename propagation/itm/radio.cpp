#include "propagation/itm/radio.hpp"

#include <cmath>

#include "propagation/itm/terrain_terms.hpp"

namespace amaneku::itm {
namespace {

constexpr double kWaveNumber_mhz_m = 47.7;  // c / (2 pi) in MHz m
constexpr double kSmallestImpedance = 1e-6;

std::complex<double> ground_impedance(const GroundConstants& ground, Polarization polarization, double f_mhz) {
  const std::complex<double> permittivity(within(ground.relative_permittivity, 1.0, 1e6),
                                          18'000.0 * within(ground.conductivity_s_m, 0.0, 1e6) / f_mhz);
  const std::complex<double> horizontal = std::sqrt(permittivity - 1.0);
  const std::complex<double> z = polarization == Polarization::vertical ? horizontal / permittivity : horizontal;
  return std::abs(z) < kSmallestImpedance ? kSmallestImpedance : z;
}

}  // namespace

Radio radio_of(const Link& link, const GroundConstants& ground) noexcept {
  const double f_mhz = within(link.freq_hz * 1e-6, 1e-3, 1e9);
  return {f_mhz, f_mhz / kWaveNumber_mhz_m, std::cbrt(f_mhz), ground_impedance(ground, link.polarization, f_mhz)};
}

}  // namespace amaneku::itm
