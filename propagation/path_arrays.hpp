// The paths from one transmitter to a ring of receivers, quantity by quantity: what PathGeometry is for one path,
// in arrays, so that a model can be evaluated for many receivers at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "propagation/geometry.hpp"

namespace amaneku {

/// One quantity of all paths. Longer than the number of paths: a kernel may read and write whole vectors, up to
/// PathArrays::kPadding values past the last path.
using Lanes = std::vector<double>;

/// Horizons of all paths; see struct Horizons. In line of sight only nu_max means something, otherwise all but
/// nu_max; points are those of `bare` only.
struct HorizonLanes {
  Lanes line_of_sight{};  ///< 1 or 0
  Lanes tx_slope{};
  Lanes rx_slope{};
  Lanes tx_point_m{};
  Lanes rx_point_m{};
  Lanes nu_max{};

  void resize(std::size_t n);
};

/// Distances of the rings at which profiles are sampled, in units of the radial: a point of a path lies
/// u[i] * metres_per_u from the transmitter.
struct Rings {
  std::span<const double> u{};
  bool even = true;  ///< u[i] = u[0] + i
};

/// A vertex of the upper hull of a radial: at the ring distance u, so at u * metres_per_u on a receiver's path.
struct HullVertex {
  double u;
  double asl_m;
};

/// The ground of one path, for models that read it (Terrain::prefix, Terrain::samples): the samples of the radial
/// that the receiver borrows, then those on its own line. Without the two ends. Sample i lies at rings.u[i] *
/// metres_per_u, whether it is borrowed or not.
struct LaneProfile {
  std::size_t on_radial = 0;                ///< samples 0 .. on_radial - 1 are the radial's
  std::size_t samples = 0;                  ///< of both, each at the ring of its index
  const float* ground_asl_m = nullptr;      ///< [on_radial]
  const float* clutter_m = nullptr;         ///< [on_radial]; null: none
  const Zone* zone = nullptr;               ///< [on_radial]; null: all inland
  const float* own_ground_asl_m = nullptr;  ///< sample on_radial + k at [k * own_stride]
  const float* own_clutter_m = nullptr;     ///< null: none
  const Zone* own_zone = nullptr;           ///< null: all inland
  std::size_t own_stride = 0;
  /// Terrain::prefix: running sums over the radial's samples 0 .. i, of the height, and of i times the height.
  const double* sum_height = nullptr;
  const double* sum_moment = nullptr;
  /// Terrain::prefix: points of the radial's bare ground among which is every vertex of its upper hull in the
  /// frame of any effective Earth radius not below kSmallestEarthRadius_m; in order of distance.
  std::span<const HullVertex> hull{};
};

/// Hulls are kept for this effective Earth radius where the model's own depends on the path.
inline constexpr double kSmallestEarthRadius_m = 6'000'000.0;

/// Members have the meaning, the unit and the need (Terrain) of those of PathGeometry with the same name; what the
/// model does not need is not filled. A path with a void has finite values as well, without meaning.
struct PathArrays {
  static constexpr std::size_t kPadding = 16;

  double tx_ground_asl_m = 0.0;
  double tx_asl_m = 0.0;
  Zone tx_zone = Zone::inland;
  Rings rings{};
  /// Every path runs over inland ground only: sea_fraction 0, all other distances of zones the whole path; the
  /// arrays of zones are not filled.
  bool all_inland = true;
  std::size_t size = 0;

  std::vector<std::uint8_t> valid{};  ///< 0: a void at the receiver or before it; its loss is of no use
  Lanes distance_m{};
  Lanes rx_ground_asl_m{};
  Lanes rx_asl_m{};
  Lanes rx_clutter_m{};
  Lanes metres_per_u{};   ///< intermediate sample i lies at rings.u[i] * metres_per_u
  Lanes samples{};        ///< profile points, ends included: intermediate samples are 0 .. samples - 3
  Lanes line_of_sight{};  ///< 1 or 0

  HorizonLanes median{};
  HorizonLanes beta{};
  HorizonLanes bare{};  ///< nu_max is not filled
  Lanes tx_radio_horizon_m{};
  Lanes rx_radio_horizon_m{};
  Lanes roughness_m{};
  Lanes smooth_tx_asl_m{};
  Lanes smooth_rx_asl_m{};
  Lanes fitted_tx_asl_m{};
  Lanes fitted_rx_asl_m{};

  std::vector<Zone> rx_zone{};
  Lanes sea_fraction{};
  Lanes longest_land_m{};
  Lanes longest_inland_m{};
  Lanes coast_distance_tx_m{};
  Lanes coast_distance_rx_m{};

  std::vector<LaneProfile> profile{};  ///< Terrain::prefix and Terrain::samples

  /// Room for n paths: lanes, padding included, and profiles. Values are kept.
  void resize(std::size_t n);
};

}  // namespace amaneku
