// The response of an array of elements to phase steering, and what its operation allows.
#pragma once

#include "propagation/antenna.hpp"

namespace amaneku {

/// A direction as the panel sees it: components of the unit vector to its right and upwards in its plane.
struct PanelDirection {
  double right;
  double up;
};

/// Azimuth clockwise from the panel's boresight, elevation above its horizontal plane.
[[nodiscard]] PanelDirection panel_direction(double azimuth_deg, double elevation_deg) noexcept;

/// Elements in a grid, spacings in wavelengths.
struct ElementGrid {
  int rows;
  int columns;
  double spacing_v_wavelengths;
  double spacing_h_wavelengths;
};
[[nodiscard]] ElementGrid ssb_elements(const Array38901& array) noexcept;
[[nodiscard]] ElementGrid all_elements(const Array38901& array) noexcept;

/// Perfect nulls are for perfect amplitudes and phases: no response is lower than this, against the largest.
inline constexpr double kDeepestNull = 1e-6;

/// Power gain over one element towards `at`, fed for a beam towards `beam`: equal amplitudes, linear phase, all
/// power shared out. rows x columns at the beam itself.
[[nodiscard]] double array_response(const ElementGrid& elements, PanelDirection at, PanelDirection beam) noexcept;

/// The strongest SSB beam towards a direction.
struct SsbResponse {
  SsbBeam beam{};
  double response = 0.0;  ///< power gain over one element
};
[[nodiscard]] SsbResponse ssb_response(const Array38901& array, double electrical_downtilt_deg,
                                       PanelDirection at) noexcept;

/// Power over the sphere of the whole array's boresight beam per power fed: 1 without loss. More than 1 is what no
/// antenna does: the elements then have too much gain for their spacing (a cell of spacing_v x spacing_h has
/// 4 pi spacing_v spacing_h at most).
[[nodiscard]] double radiated_share(const Array38901& array);

/// SS/PBCH blocks in a half frame, that is SSB beams: 3GPP TS 38.213 v17 clause 4.1. Between 1.88 and 3 GHz the
/// number of case C (30 kHz, TDD) is given; others have 4 there.
[[nodiscard]] int most_ssb_beams(double freq_hz) noexcept;

}  // namespace amaneku
