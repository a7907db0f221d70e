#include <algorithm>
#include <cmath>
#include <limits>

#include "propagation/geometry.hpp"
#include "propagation/smooth_earth.hpp"
#include "propagation/units.hpp"
#include "propagation/zone_scan.hpp"

namespace amaneku {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();

/// A profile in the frame y = h - d^2 / (2 a_e), with clutter or without.
struct Framed {
  const ProfileView& profile;
  double tx_y_m;
  double rx_y_m;
  double two_ae_m;
  bool with_clutter;

  Framed(const PathGeometry& path, const ProfileView& points, double effective_earth_radius_m, bool clutter)
      : profile(points),
        tx_y_m(path.tx_asl_m),
        rx_y_m(path.rx_asl_m - path.distance_m * path.distance_m / (2.0 * effective_earth_radius_m)),
        two_ae_m(2.0 * effective_earth_radius_m),
        with_clutter(clutter && !points.clutter_m.empty()) {}

  [[nodiscard]] double y_m(std::size_t i) const noexcept {
    const double d = profile.distance_m[i];
    const double top_asl_m = profile.ground_asl_m[i] + (with_clutter ? profile.clutter_m[i] : 0.0);
    return top_asl_m - d * d / two_ae_m;
  }
  [[nodiscard]] double distance_m() const noexcept { return profile.distance_m.back(); }
  [[nodiscard]] double line_slope() const noexcept { return (rx_y_m - tx_y_m) / distance_m(); }
};

// P.526-15 eq. (26) over every intermediate point, heights above the straight line in the frame.
double largest_nu(const Framed& frame, double lambda_m) noexcept {
  double largest = Horizons::kNuNoLoss;
  const double slope = frame.line_slope();
  const double path_m = frame.distance_m();
  for (std::size_t i = 1; i + 1 < frame.profile.size(); ++i) {
    const double d = frame.profile.distance_m[i];
    const double above_m = frame.y_m(i) - (frame.tx_y_m + slope * d);
    largest = std::max(largest, above_m * std::sqrt(2.0 * path_m / (lambda_m * d * (path_m - d))));
  }
  return largest;
}

bool in_sight(const Framed& frame) noexcept {
  double steepest = kNone;
  for (std::size_t i = 1; i + 1 < frame.profile.size(); ++i) {
    steepest = std::max(steepest, (frame.y_m(i) - frame.tx_y_m) / frame.profile.distance_m[i]);
  }
  return steepest < frame.line_slope();
}

Horizons find_horizons(const Framed& frame, double lambda_m) noexcept {
  Horizons seen{.tx_slope = kNone, .rx_slope = kNone};
  const double path_m = frame.distance_m();
  for (std::size_t i = 1; i + 1 < frame.profile.size(); ++i) {
    const double d = frame.profile.distance_m[i];
    const double y = frame.y_m(i);
    const double from_tx = (y - frame.tx_y_m) / d;
    if (from_tx > seen.tx_slope) {
      seen.tx_slope = from_tx;
      seen.tx_point_m = d;
    }
    const double from_rx = (y - frame.rx_y_m) / (path_m - d);
    if (from_rx > seen.rx_slope) {
      seen.rx_slope = from_rx;
      seen.rx_point_m = d;
    }
  }
  seen.line_of_sight = seen.tx_slope < frame.line_slope();
  if (seen.line_of_sight) seen.nu_max = largest_nu(frame, lambda_m);
  return seen;
}

// Where nu is largest on a path in line of sight: the least clearance^2 / (d1 d2), the first of equal ones; the
// middle of a path without intermediate points.
double largest_nu_point_m(const Framed& frame) noexcept {
  const double path_m = frame.distance_m();
  const double slope = frame.line_slope();
  double least = std::numeric_limits<double>::infinity();
  double point_m = 0.5 * path_m;
  for (std::size_t i = 1; i + 1 < frame.profile.size(); ++i) {
    const double d = frame.profile.distance_m[i];
    const double below_m = frame.tx_y_m + slope * d - frame.y_m(i);
    const double ratio = below_m * below_m / (d * (path_m - d));
    if (!(ratio < least)) continue;
    least = ratio;
    point_m = d;
  }
  return point_m;
}

double find_roughness(const PathGeometry& path, const ProfileView& profile) noexcept {
  double highest_m = kNone;
  const double slope = (path.fitted_rx_asl_m - path.fitted_tx_asl_m) / path.distance_m;
  for (std::size_t i = 1; i + 1 < profile.size(); ++i) {
    const double d = profile.distance_m[i];
    if (d < path.tx_radio_horizon_m || d > path.rx_radio_horizon_m) continue;
    highest_m = std::max(highest_m, profile.ground_asl_m[i] - (path.fitted_tx_asl_m + slope * d));
  }
  return std::isinf(highest_m) ? 0.0 : highest_m;
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

void fit_smooth_earth(PathGeometry& path, const ProfileView& profile) noexcept {
  SmoothEarthSums sums;
  for (std::size_t i = 1; i < profile.size(); ++i) {
    sums.add(profile.distance_m[i - 1], profile.ground_asl_m[i - 1], profile.distance_m[i],
             profile.ground_asl_m[i]);
  }
  const SmoothEarthEnds smooth = smooth_earth_ends(sums, path.distance_m, path.tx_ground_asl_m,
                                                   path.rx_ground_asl_m, find_obstruction(path, profile));
  path.smooth_tx_asl_m = smooth.tx_asl_m;
  path.smooth_rx_asl_m = smooth.rx_asl_m;
  path.fitted_tx_asl_m = smooth.fitted_tx_asl_m;
  path.fitted_rx_asl_m = smooth.fitted_rx_asl_m;
}

PathZones find_zones(const ProfileView& profile) noexcept {
  const auto zone = [&](std::size_t i) { return profile.zone.empty() ? Zone::inland : profile.zone[i]; };
  const std::size_t last = profile.size() - 1;
  ZoneScan scan;
  scan.restart(zone(0));
  if (!profile.zone.empty()) {
    for (std::size_t i = 1; i < last; ++i) scan.push(profile.distance_m[i], zone(i));
  }
  return scan.receiver({profile.distance_m[last], profile.ground_asl_m[last], 0.0, zone(last)}, {});
}

void add_second_earth(PathGeometry& path, const Link& link, const ProfileView& profile) noexcept {
  const double lambda_m = wavelength_m(link.freq_hz);
  path.beta = find_horizons(Framed(path, profile, kBetaEarthRadius_m, true), lambda_m);
  const Framed bare(path, profile, link.effective_earth_radius_m, false);
  path.bare = profile.clutter_m.empty() ? path.median : find_horizons(bare, lambda_m);
  path.tx_radio_horizon_m = path.bare.line_of_sight ? largest_nu_point_m(bare) : path.bare.tx_point_m;
  path.rx_radio_horizon_m = path.bare.line_of_sight ? path.tx_radio_horizon_m : path.bare.rx_point_m;
  path.roughness_m = find_roughness(path, profile);
}

}  // namespace

PathGeometry extract_path(const Link& link, const ProfileView& profile, Terrain terrain) noexcept {
  const std::size_t n = profile.size();
  PathGeometry path;
  path.distance_m = profile.distance_m[n - 1];
  path.tx_ground_asl_m = profile.ground_asl_m[0];
  path.rx_ground_asl_m = profile.ground_asl_m[n - 1];
  path.tx_asl_m = path.tx_ground_asl_m + link.tx_agl_m;
  path.rx_asl_m = path.rx_ground_asl_m + link.rx_agl_m;
  path.rx_clutter_m = profile.clutter_m.empty() ? 0.0 : profile.clutter_m[n - 1];
  path.samples = static_cast<std::uint32_t>(n);
  path.spacing_m = path.distance_m / static_cast<double>(n - 1);
  path.zones = find_zones(profile);
  path.profile = profile;
  path.sample_distance_m = profile.distance_m;
  if (terrain == Terrain::none || terrain == Terrain::prefix || terrain == Terrain::samples) {
    path.line_of_sight = in_sight(Framed(path, profile, link.effective_earth_radius_m, true));
    return path;
  }
  path.median =
      find_horizons(Framed(path, profile, link.effective_earth_radius_m, true), wavelength_m(link.freq_hz));
  path.line_of_sight = path.median.line_of_sight;
  fit_smooth_earth(path, profile);
  if (terrain == Terrain::two_earths || terrain == Terrain::two_earths_open_ends)
    add_second_earth(path, link, profile);
  return path;
}

}  // namespace amaneku
