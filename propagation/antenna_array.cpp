#include "propagation/antenna_array.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "terrain/geo.hpp"

namespace amaneku {
namespace {

/// |sum of n unit phasors, each a phase of 2 half_phase from the next|^2 / n.
double line_response(int n, double half_phase) noexcept {
  constexpr double kAlmostInPhase = 1e-6;
  const double count = n;
  const double step = std::sin(half_phase);
  if (std::abs(step) < kAlmostInPhase) return count;
  const double sum = std::sin(count * half_phase) / step;
  return sum * sum / count;
}

}  // namespace

PanelDirection panel_direction(double azimuth_deg, double elevation_deg) noexcept {
  const double elevation = elevation_deg * kDegToRad;
  return {std::cos(elevation) * std::sin(azimuth_deg * kDegToRad), std::sin(elevation)};
}

ElementGrid ssb_elements(const Array38901& array) noexcept {
  return {array.ssb_rows, array.ssb_columns, array.spacing_v_wavelengths, array.spacing_h_wavelengths};
}

ElementGrid all_elements(const Array38901& array) noexcept {
  return {array.rows, array.columns, array.spacing_v_wavelengths, array.spacing_h_wavelengths};
}

double array_response(const ElementGrid& elements, PanelDirection at, PanelDirection beam) noexcept {
  const double vertical = std::numbers::pi * elements.spacing_v_wavelengths * (at.up - beam.up);
  const double horizontal = std::numbers::pi * elements.spacing_h_wavelengths * (at.right - beam.right);
  const double response = line_response(elements.rows, vertical) * line_response(elements.columns, horizontal);
  return std::max(response, kDeepestNull * elements.rows * elements.columns);
}

SsbResponse ssb_response(const Array38901& array, double electrical_downtilt_deg, PanelDirection at) noexcept {
  const ElementGrid elements = ssb_elements(array);
  SsbResponse strongest;
  for (const double tilt_deg : array.beam_tilts_deg) {
    for (const double azimuth_deg : array.beam_azimuths_deg) {
      const PanelDirection beam = panel_direction(azimuth_deg, -tilt_deg - electrical_downtilt_deg);
      const double response = array_response(elements, at, beam);
      if (response > strongest.response) strongest = {{azimuth_deg, tilt_deg}, response};
    }
  }
  return strongest;
}

// Left mirrors right and below mirrors above: a quarter of the sphere will do.
double radiated_share(const Array38901& array) {
  constexpr double kFewestSteps = 180.0;
  constexpr double kStepsPerWavelength = 8.0;  // of the aperture: five to the period of the narrowest lobes
  const double aperture = std::max(array.rows * array.spacing_v_wavelengths,  //
                                   array.columns * array.spacing_h_wavelengths);
  const int steps = static_cast<int>(std::ceil(std::max(kFewestSteps, kStepsPerWavelength * aperture)));
  const ElementGrid elements = all_elements(array);
  const double step_deg = 90.0 / steps;
  double power = 0.0;
  double weight = 0.0;
  for (int i = 0; i < steps; ++i) {
    const double elevation_deg = (i + 0.5) * step_deg;
    const double area = std::cos(elevation_deg * kDegToRad);
    for (int j = 0; j < 2 * steps; ++j) {
      const double azimuth_deg = (j + 0.5) * step_deg;
      const double element_dbi = gain_dbi(array.element, {}, azimuth_deg, elevation_deg);
      power += area * std::pow(10.0, 0.1 * element_dbi) *
               array_response(elements, panel_direction(azimuth_deg, elevation_deg), {0.0, 0.0});
      weight += area;
    }
  }
  return power / weight;
}

int most_ssb_beams(double freq_hz) noexcept {
  constexpr double kCaseCMoreFromHz = 1.88e9;
  constexpr double kTopOfFr1Hz = 7.125e9;
  constexpr int kFewInFr1 = 4;
  constexpr int kFr1 = 8;
  constexpr int kFr2 = 64;
  if (freq_hz < kCaseCMoreFromHz) return kFewInFr1;
  return freq_hz <= kTopOfFr1Hz ? kFr1 : kFr2;
}

}  // namespace amaneku
