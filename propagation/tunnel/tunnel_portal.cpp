#include "propagation/tunnel/tunnel_portal.hpp"

#include <algorithm>
#include <cmath>
#include <complex>

#include "propagation/units.hpp"
#include "terrain/geo.hpp"

namespace amaneku::tunnel {
namespace {

using Complex = std::complex<double>;

/// P.2040-3 table 3, concrete: relative permittivity 5.24, conductivity 0.0462 f^0.7822 S/m; equation (13).
Complex concrete(double freq_hz) {
  const double f_ghz = freq_hz / 1e9;
  constexpr double kOverGhz = 17.98;
  return {5.24, -kOverGhz * 0.0462 * std::pow(f_ghz, 0.7822) / f_ghz};
}

enum class Field { across, along };  // electric field parallel to the wall (TE), or in the plane of incidence (TM)

/// Loss of one reflection, dB. `normal`: sine of the grazing angle.
double reflection_db(const Complex& eta, double normal, Field field) {
  const Complex root = std::sqrt(eta - (1.0 - normal * normal));
  const Complex seen = field == Field::across ? Complex(normal) : eta * normal;
  return -20.0 * std::log10(std::abs((seen - root) / (seen + root)));
}

/// dB for each metre of tunnel, by the reflections on one pair of walls that stand `apart_m`.
double pair_db_m(const Complex& eta, double normal, double axial, double apart_m, Field field) {
  return normal / (axial * apart_m) * reflection_db(eta, normal, field);
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
  const Complex eta = concrete(freq_hz);
  const bool upright = polarization == Polarization::vertical;
  const double walls_db_m =
      pair_db_m(eta, sideways, axial, section.width_m, upright ? Field::across : Field::along);
  const double floor_db_m =
      pair_db_m(eta, upwards, axial, section.height_m, upright ? Field::along : Field::across);
  return -10.0 * std::log10(axial) + inside_m * (walls_db_m + floor_db_m);
}

}  // namespace amaneku::tunnel
