#include <algorithm>
#include <cmath>
#include <limits>

#include "propagation/geometry.hpp"
#include "propagation/smooth_earth.hpp"
#include "propagation/units.hpp"

namespace amaneku {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();

/// The path's ends in the frame y = h - d^2 / (2 a_e).
struct Ends {
  double distance_m;
  double tx_y_m;
  double rx_y_m;
  double two_ae_m;
};

void find_horizons(PathGeometry& path, const ProfileView& profile, const Ends& ends) noexcept {
  path.tx_horizon_slope = kNone;
  path.rx_horizon_slope = kNone;
  for (std::size_t i = 1; i + 1 < profile.size(); ++i) {
    const double d = profile.distance_m[i];
    const double clutter = profile.clutter_m.empty() ? 0.0 : profile.clutter_m[i];
    const double y = profile.ground_asl_m[i] + clutter - d * d / ends.two_ae_m;
    const double from_tx = (y - ends.tx_y_m) / d;
    if (from_tx > path.tx_horizon_slope) {
      path.tx_horizon_slope = from_tx;
      path.tx_horizon_m = d;
    }
    const double from_rx = (y - ends.rx_y_m) / (ends.distance_m - d);
    if (from_rx > path.rx_horizon_slope) {
      path.rx_horizon_slope = from_rx;
      path.rx_horizon_m = ends.distance_m - d;
    }
  }
}

// P.526-15 eq. (26) over every intermediate point, heights above the straight line in the frame.
double largest_nu(const ProfileView& profile, const Ends& ends, double lambda_m) noexcept {
  double largest = PathGeometry::kNuNoLoss;
  const double slope = (ends.rx_y_m - ends.tx_y_m) / ends.distance_m;
  for (std::size_t i = 1; i + 1 < profile.size(); ++i) {
    const double d = profile.distance_m[i];
    const double clutter = profile.clutter_m.empty() ? 0.0 : profile.clutter_m[i];
    const double y = profile.ground_asl_m[i] + clutter - d * d / ends.two_ae_m;
    const double above_m = y - (ends.tx_y_m + slope * d);
    const double weight = std::sqrt(2.0 * ends.distance_m / (lambda_m * d * (ends.distance_m - d)));
    largest = std::max(largest, above_m * weight);
  }
  return largest;
}

Obstruction find_obstruction(const PathGeometry& path, const ProfileView& profile) noexcept {
  Obstruction worst{kNone, kNone, kNone};
  const double slope = (path.rx_asl_m - path.tx_asl_m) / path.distance_m;
  for (std::size_t i = 1; i + 1 < profile.size(); ++i) {
    const double d = profile.distance_m[i];
    const double above_m = profile.ground_asl_m[i] - (path.tx_asl_m + slope * d);
    worst.height_m = std::max(worst.height_m, above_m);
    worst.tx_slope = std::max(worst.tx_slope, above_m / d);
    worst.rx_slope = std::max(worst.rx_slope, above_m / (path.distance_m - d));
  }
  return worst;
}

// Share of the distance over sea: every stretch counts half for each of its end points.
double sea_share(const ProfileView& profile) noexcept {
  if (profile.zone.empty()) return 0.0;
  double sea_m = 0.0;
  for (std::size_t i = 1; i < profile.size(); ++i) {
    const double step_m = profile.distance_m[i] - profile.distance_m[i - 1];
    if (profile.zone[i - 1] == Zone::sea) sea_m += 0.5 * step_m;
    if (profile.zone[i] == Zone::sea) sea_m += 0.5 * step_m;
  }
  return sea_m / profile.distance_m.back();
}

}  // namespace

PathGeometry extract_path(const Link& link, const ProfileView& profile) noexcept {
  const std::size_t n = profile.size();
  PathGeometry path;
  path.distance_m = profile.distance_m[n - 1];
  path.tx_ground_asl_m = profile.ground_asl_m[0];
  path.rx_ground_asl_m = profile.ground_asl_m[n - 1];
  path.tx_asl_m = path.tx_ground_asl_m + link.tx_agl_m;
  path.rx_asl_m = path.rx_ground_asl_m + link.rx_agl_m;
  path.samples = static_cast<std::uint32_t>(n);
  path.spacing_m = path.distance_m / static_cast<double>(n - 1);
  path.sea_fraction = sea_share(profile);
  path.profile = profile;

  const double two_ae_m = 2.0 * link.effective_earth_radius_m;
  const Ends ends{path.distance_m, path.tx_asl_m, path.rx_asl_m - path.distance_m * path.distance_m / two_ae_m,
                  two_ae_m};
  find_horizons(path, profile, ends);
  path.line_of_sight = path.tx_horizon_slope < (ends.rx_y_m - ends.tx_y_m) / ends.distance_m;
  if (path.line_of_sight) path.nu_max = largest_nu(profile, ends, wavelength_m(link.freq_hz));

  SmoothEarthSums sums;
  for (std::size_t i = 1; i < n; ++i) {
    sums.add(profile.distance_m[i - 1], profile.ground_asl_m[i - 1], profile.distance_m[i],
             profile.ground_asl_m[i]);
  }
  const SmoothEarthEnds smooth = smooth_earth_ends(sums, path.distance_m, path.tx_ground_asl_m,
                                                   path.rx_ground_asl_m, find_obstruction(path, profile));
  path.smooth_tx_asl_m = smooth.tx_asl_m;
  path.smooth_rx_asl_m = smooth.rx_asl_m;
  return path;
}

}  // namespace amaneku
