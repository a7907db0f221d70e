// What every terrain model needs to know of a path, computed once per receiver by one of two extractors:
// extract_path (scalar, O(n), the reference) and RadialScan (amortised O(log n), radial_scan.hpp).
//
// Frame: with effective Earth radius a_e, y = h - d^2 / (2 a_e). In it the ray from the transmitter to any
// receiver is a straight line, so all receivers on one azimuth share their prefix.
#pragma once

#include <cstdint>

#include "terrain/profile.hpp"
#include "terrain/range.hpp"

namespace amaneku {

enum class Polarization : std::uint8_t { horizontal, vertical };

/// The two ends of a radio path and the air between them; the same for all receivers of a transmitter.
struct Link {
  double freq_hz = 4.7e9;
  double tx_agl_m = 30.0;
  double rx_agl_m = 1.5;
  Polarization polarization = Polarization::vertical;
  double effective_earth_radius_m = 8'500'000.0;
  double n0 = 315.0;           ///< surface refractivity at sea level, N-units; default: ITU-R P.453-14 eq. (8)
  double latitude_deg = 36.0;  ///< of the middle of the path; decides how often the air ducts
};

/// Path 0..n from the transmitter to one receiver. "Intermediate" excludes both ends. Slopes are in the
/// frame above (metres per metre); with no intermediate point the horizon slopes are -infinity.
struct PathGeometry {
  static constexpr double kNuNoLoss = -0.78;

  double distance_m = 0.0;
  double tx_ground_asl_m = 0.0;
  double rx_ground_asl_m = 0.0;
  double tx_asl_m = 0.0;  ///< antenna
  double rx_asl_m = 0.0;  ///< antenna

  bool line_of_sight = true;
  double tx_horizon_slope = 0.0;  ///< max over intermediate i of (y_i - y_tx) / d_i
  double rx_horizon_slope = 0.0;  ///< max over intermediate i of (y_i - y_rx) / (d_n - d_i)
  double tx_horizon_m = 0.0;      ///< distance from the transmitter to that point; 0 with no intermediate point
  double rx_horizon_m = 0.0;      ///< distance from the receiver to that point; 0 with no intermediate point
  /// Line of sight only: largest diffraction parameter nu of an intermediate point, P.526-15 eq. (26).
  /// Never below kNuNoLoss, where J(nu) is 0: smaller values are reported as kNuNoLoss.
  double nu_max = kNuNoLoss;

  /// Smooth-Earth surface after the correction for obstructions, ITU-R P.452-18 Annex 1 Attachment 2
  /// section 5.1.6 (P.1812-7 Attachment 1): heights above sea level under the two ends.
  double smooth_tx_asl_m = 0.0;
  double smooth_rx_asl_m = 0.0;

  double spacing_m = 0.0;     ///< mean distance between profile points, distance_m / (samples - 1)
  double sea_fraction = 0.0;  ///< share of the path over sea (omega)
  std::uint32_t samples = 0;  ///< profile points, ends included
  /// The points themselves, for models with Terrain::samples; else it may be empty. Borrowed: valid as long
  /// as the profile of extract_path, or until the next call of the scan.
  ProfileView profile{};
};

/// Reference extractor: walks the whole profile. The profile must satisfy check_profile. Clutter heights
/// are added to intermediate points for horizons and nu, not for the smooth-Earth fit (P.1812-7 4.3).
[[nodiscard]] PathGeometry extract_path(const Link& link, const ProfileView& profile) noexcept;

}  // namespace amaneku
