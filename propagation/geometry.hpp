// What every terrain model needs to know of a path, computed once per receiver by one of two extractors:
// extract_path (scalar, O(n), the reference) and, for many receivers at a time, RadialBundle (radial_bundle.hpp).
//
// Frame: with effective Earth radius a_e, y = h - d^2 / (2 a_e). In it the ray from the transmitter to any
// receiver is a straight line, so all receivers on one azimuth share their prefix.
#pragma once

#include <cstdint>
#include <span>

#include "terrain/geo.hpp"
#include "terrain/range.hpp"
#include "terrain/raster/profile.hpp"

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

/// How far a receiver appears above the horizontal plane of an antenna: by how much it stands higher, less what
/// the effective Earth falls away over the distance. Over the distance it is the angle of departure, (h_rx - h_tx)
/// / d - d / (2 a_e), for which the antenna's gain is.
[[nodiscard]] constexpr double seen_above_m(double higher_m, double distance2_m2,
                                            double effective_earth_radius_m) noexcept {
  return higher_m - distance2_m2 / (2.0 * effective_earth_radius_m);
}

/// What a model looks at between the ends.
enum class Terrain : std::uint8_t {
  none,                  ///< only at the ends and whether they see each other
  horizons,              ///< horizons and smooth Earth for the median effective Earth radius
  two_earths,            ///< the same plus the horizons for beta_0 (3 Earth radii), roughness and zones (P.1812)
  two_earths_open_ends,  ///< two_earths without the clutter within kOpenEnds_m of either end (P.452-18); lanes
                         ///< only
  prefix,                ///< the samples with running sums and hull: LaneProfile (path_arrays.hpp); lanes only
  samples                ///< every sample of the profile: PathGeometry::profile, and the zones
};

/// Terrain::two_earths_open_ends: ITU-R P.452-18 eq. (6e).
inline constexpr double kOpenEnds_m = 50.0;

/// A profile point: distance from the transmitter, ground height, clutter that stands on it, zone.
struct GroundPoint {
  double distance_m;
  double ground_asl_m;
  double clutter_m = 0.0;  ///< counts for intermediate points; on a receiver it is what stands around it
  Zone zone = Zone::inland;
};

/// What the antennas see of the intermediate points for one effective Earth radius. Slopes are in the frame above
/// (metres per metre); with no intermediate point they are -infinity and the points 0.
struct Horizons {
  static constexpr double kNuNoLoss = -0.78;

  bool line_of_sight = true;
  double tx_slope = 0.0;    ///< max over intermediate i of (y_i - y_tx) / d_i
  double rx_slope = 0.0;    ///< max over intermediate i of (y_i - y_rx) / (d_n - d_i)
  double tx_point_m = 0.0;  ///< distance of the first of those points from the transmitter
  double rx_point_m = 0.0;  ///< distance of the second one, from the transmitter as well
  /// Line of sight only: largest diffraction parameter nu of an intermediate point, P.526-15 eq. (26).
  /// Never below kNuNoLoss, where J(nu) is 0: smaller values are reported as kNuNoLoss.
  double nu_max = kNuNoLoss;
};

/// Radio-climatic zones along a path. A point stands for the ground half-way to its neighbours.
struct PathZones {
  Zone tx = Zone::inland;
  Zone rx = Zone::inland;
  double sea_fraction = 0.0;      ///< omega, share of the path over sea
  double longest_land_m = 0.0;    ///< d_tm, longest continuous section of coastal land and inland
  double longest_inland_m = 0.0;  ///< d_lm
  double coast_distance_tx_m =
      0.0;  ///< d_ct, over land towards the other end; 0 at sea, the whole path without sea
  double coast_distance_rx_m = 0.0;  ///< d_cr
};

/// Effective Earth radius exceeded for beta_0 percent of the time: k_beta = 3, ITU-R P.1812-7 section 3.7.
inline constexpr double kBetaEarthRadius_m = 3.0 * kEarthRadius_m;

/// Path 0..n from the transmitter to one receiver. "Intermediate" excludes both ends.
struct PathGeometry {
  static constexpr double kNuNoLoss = Horizons::kNuNoLoss;

  double distance_m = 0.0;
  double tx_ground_asl_m = 0.0;
  double rx_ground_asl_m = 0.0;
  double tx_asl_m = 0.0;      ///< antenna
  double rx_asl_m = 0.0;      ///< antenna
  double rx_clutter_m = 0.0;  ///< representative clutter height at the receiver
  bool line_of_sight = true;  ///< over ground and clutter, median effective Earth radius

  Horizons median{};  ///< over ground and clutter, effective Earth radius of the link
  Horizons beta{};    ///< over ground and clutter, kBetaEarthRadius_m (two_earths)
  Horizons bare{};    ///< over the ground without clutter, effective Earth radius of the link (two_earths)
  /// d_lt and d_n - d_lr of ITU-R P.1812-7 Attachment 1 section 5, from the transmitter: the points of `bare`;
  /// in line of sight the point of largest nu, the middle of a path without intermediate points (two_earths).
  double tx_radio_horizon_m = 0.0;
  double rx_radio_horizon_m = 0.0;
  double roughness_m =
      0.0;  ///< h_m, highest ground above the fitted line between these two points, 0 without any (two_earths)

  /// Smooth-Earth surface after the correction for obstructions, ITU-R P.452-18 Annex 1 Attachment 2
  /// section 5.1.6 (P.1812-7 Attachment 1): heights above sea level under the two ends.
  double smooth_tx_asl_m = 0.0;
  double smooth_rx_asl_m = 0.0;
  double fitted_tx_asl_m = 0.0;  ///< h_st: the fitted line without that correction, not above the ground
  double fitted_rx_asl_m = 0.0;

  /// May be changed by a caller who knows better than the profile (distance to the coast, share of sea ...).
  PathZones zones{};

  double spacing_m = 0.0;     ///< mean distance between profile points, distance_m / (samples - 1)
  std::uint32_t samples = 0;  ///< profile points, ends included
  /// Distances of the points, ends included (two_earths). Borrowed as `profile`.
  std::span<const double> sample_distance_m{};
  /// The points themselves, for models with Terrain::samples; else it may be empty. Borrowed: valid as long
  /// as the profile of extract_path, or until the next call of the scan.
  ProfileView profile{};
};

/// Reference extractor: walks the whole profile. The profile must satisfy check_profile. Clutter heights
/// are added to intermediate points for horizons and nu, not for the smooth-Earth fit (P.1812-7 4.3).
/// `terrain`: the need of the model. Everything is filled for two_earths; of none and samples, no horizons and no
/// smooth Earth.
[[nodiscard]] PathGeometry extract_path(const Link& link, const ProfileView& profile,
                                        Terrain terrain = Terrain::two_earths) noexcept;

}  // namespace amaneku
