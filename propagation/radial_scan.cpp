#include "propagation/radial_scan.hpp"

#include <algorithm>
#include <limits>

#include "propagation/units.hpp"

namespace amaneku {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();

}  // namespace

void RadialScan::restart(const Link& link, double tx_ground_asl_m, Zone tx_zone) {
  link_ = link;
  tx_ground_asl_m_ = tx_ground_asl_m;
  tx_asl_m_ = tx_ground_asl_m + link.tx_agl_m;
  lambda_m_ = wavelength_m(link.freq_hz);
  bare_slope_ = kNone;
  sums_ = {};
  frame_.restart(tx_asl_m_, link.effective_earth_radius_m);
  bare_hull_.clear();
  zones_.restart(tx_zone);
  distance_m_.clear();
  last_ = {0.0, tx_ground_asl_m};
}

void RadialScan::push(GroundPoint sample) {
  const double d = sample.distance_m;
  distance_m_.push_back(d);
  frame_.push(d, sample.ground_asl_m + sample.clutter_m);
  bare_slope_ = std::max(bare_slope_, (sample.ground_asl_m - tx_asl_m_) / d);
  bare_hull_.push(d, sample.ground_asl_m);
  sums_.add(last_.distance_m, last_.ground_asl_m, d, sample.ground_asl_m);
  zones_.push(d, sample.zone);
  last_ = sample;
}

PathGeometry RadialScan::receiver(GroundPoint rx, std::span<const GroundPoint> tail) const noexcept {
  PathGeometry path;
  path.distance_m = rx.distance_m;
  path.tx_ground_asl_m = tx_ground_asl_m_;
  path.rx_ground_asl_m = rx.ground_asl_m;
  path.tx_asl_m = tx_asl_m_;
  path.rx_asl_m = rx.ground_asl_m + link_.rx_agl_m;
  path.rx_clutter_m = rx.clutter_m;
  path.samples = static_cast<std::uint32_t>(distance_m_.size() + tail.size() + 2);
  path.spacing_m = rx.distance_m / static_cast<double>(path.samples - 1);
  path.zones = zones_.receiver(rx, tail);
  path.median = frame_.horizons({rx.distance_m, path.rx_asl_m, lambda_m_, tail, true}, distance_m_);
  path.line_of_sight = path.median.line_of_sight;

  SmoothEarthSums sums = sums_;
  GroundPoint before = last_;
  for (const GroundPoint& point : tail) {
    sums.add(before.distance_m, before.ground_asl_m, point.distance_m, point.ground_asl_m);
    before = point;
  }
  sums.add(before.distance_m, before.ground_asl_m, rx.distance_m, rx.ground_asl_m);
  const SmoothEarthEnds smooth = smooth_earth_ends(sums, path.distance_m, path.tx_ground_asl_m,
                                                   path.rx_ground_asl_m, obstruction(path, tail));
  path.smooth_tx_asl_m = smooth.tx_asl_m;
  path.smooth_rx_asl_m = smooth.rx_asl_m;
  path.fitted_tx_asl_m = smooth.fitted_tx_asl_m;
  path.fitted_rx_asl_m = smooth.fitted_rx_asl_m;
  return path;
}

Obstruction RadialScan::obstruction(const PathGeometry& path, std::span<const GroundPoint> tail) const noexcept {
  Obstruction worst{kNone, kNone, kNone};
  const double slope = (path.rx_asl_m - path.tx_asl_m) / path.distance_m;
  if (!bare_hull_.empty()) {
    const UpperHull::Vertex top = bare_hull_.extreme(slope);
    worst.height_m = top.y - (path.tx_asl_m + slope * top.x);
    worst.tx_slope = bare_slope_ - slope;
  }
  for (const GroundPoint& point : tail) {
    const double above_m = point.ground_asl_m - (path.tx_asl_m + slope * point.distance_m);
    worst.height_m = std::max(worst.height_m, above_m);
    worst.tx_slope = std::max(worst.tx_slope, above_m / point.distance_m);
    worst.rx_slope = std::max(worst.rx_slope, above_m / (path.distance_m - point.distance_m));
  }
  if (worst.height_m > 0.0 && !bare_hull_.empty()) {
    const UpperHull::Vertex seen = bare_hull_.tangent_from(path.distance_m, path.rx_asl_m);
    worst.rx_slope = std::max(worst.rx_slope, (seen.y - path.rx_asl_m) / (path.distance_m - seen.x) + slope);
  }
  return worst;
}

}  // namespace amaneku
