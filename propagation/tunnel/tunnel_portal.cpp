#include "propagation/tunnel/tunnel_portal.hpp"

#include <algorithm>
#include <cmath>
#include <complex>

#include "propagation/fresnel_reflection.hpp"
#include "propagation/units.hpp"
#include "terrain/geo.hpp"

namespace amaneku::tunnel {
namespace {

using Complex = std::complex<double>;

/// ITU-R P.2040-3 table 3, concrete: relative permittivity 5.24, conductivity 0.0462 f^0.7822 S/m, f in GHz.
Complex concrete(double freq_hz) {
  return complex_permittivity(5.24, 0.0462 * std::pow(freq_hz / 1e9, 0.7822), freq_hz);
}

/// dB for each metre of tunnel, by the reflections on one pair of walls that stand `apart_m`. `normal`, `axial`:
/// parts of the ray's direction across the pair and along the tunnel.
double pair_db_m(const Complex& wall, double normal, double axial, double apart_m, Polarization polarization) {
  const double each_db = -20.0 * std::log10(std::abs(fresnel_reflection(wall, normal, polarization)));
  return normal / (axial * apart_m) * each_db;
}

}  // namespace

std::optional<double> portal_loss_db(double freq_hz, const CrossSection& section, Polarization polarization,
                                     const Arrival& from, double inside_m) {
  const double off_axis = from.off_axis_deg * kDegToRad;
  const double elevation = from.elevation_deg * kDegToRad;
  const double axial = std::cos(off_axis) * std::cos(elevation);
  constexpr double kGrazesThePortal = 1e-3;
  if (axial < kGrazesThePortal) return std::nullopt;
  const double half_wave_m = 0.5 * wavelength_m(freq_hz);
  const double sideways =
      std::max(std::abs(std::sin(off_axis) * std::cos(elevation)), half_wave_m / section.width_m);
  const double upwards = std::max(std::abs(std::sin(elevation)), half_wave_m / section.height_m);
  const Complex wall = concrete(freq_hz);
  // Seen from a side wall, what is upright to the road is parallel to the surface.
  const Polarization at_sides =
      polarization == Polarization::vertical ? Polarization::horizontal : Polarization::vertical;
  const double walls_db_m = pair_db_m(wall, sideways, axial, section.width_m, at_sides);
  const double floor_db_m = pair_db_m(wall, upwards, axial, section.height_m, polarization);
  return -10.0 * std::log10(axial) + inside_m * (walls_db_m + floor_db_m);
}

}  // namespace amaneku::tunnel
