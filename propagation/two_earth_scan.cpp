#include "propagation/two_earth_scan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "propagation/units.hpp"

namespace amaneku {

void TwoEarthScan::restart(const Link& link, double tx_ground_asl_m, Zone tx_zone) {
  lambda_m_ = wavelength_m(link.freq_hz);
  scan_.restart(link, tx_ground_asl_m, tx_zone);
  beta_.restart(tx_ground_asl_m + link.tx_agl_m, kBetaEarthRadius_m);
  has_clutter_ = false;
  ground_asl_m_.clear();
  distance_m_.assign(1, 0.0);
}

void TwoEarthScan::push(GroundPoint sample) {
  if (sample.clutter_m != 0.0 && !has_clutter_) {
    has_clutter_ = true;
    bare_ = scan_.frame();
  }
  distance_m_.resize(scan_.samples() + 1);
  distance_m_.push_back(sample.distance_m);
  scan_.push(sample);
  beta_.push(sample.distance_m, sample.ground_asl_m + sample.clutter_m);
  if (has_clutter_) bare_.push(sample.distance_m, sample.ground_asl_m);
  ground_asl_m_.push(sample.ground_asl_m);
}

PathGeometry TwoEarthScan::receiver(GroundPoint rx, std::span<const GroundPoint> tail) {
  distance_m_.resize(scan_.samples() + 1);
  for (const GroundPoint& point : tail) distance_m_.push_back(point.distance_m);
  distance_m_.push_back(rx.distance_m);

  PathGeometry path = scan_.receiver(rx, tail);
  path.sample_distance_m = distance_m_;
  ReceiverLine line{rx.distance_m, path.rx_asl_m, lambda_m_, tail, true};
  path.beta = beta_.horizons(line, scan_.distances_m());

  const FrameScan& ground = has_clutter_ ? bare_ : scan_.frame();
  const bool cluttered = has_clutter_ || std::any_of(tail.begin(), tail.end(), [](const GroundPoint& point) {
                           return point.clutter_m != 0.0;
                         });
  line.with_clutter = false;
  path.bare = cluttered ? ground.horizons(line, scan_.distances_m()) : path.median;
  if (path.bare.line_of_sight) {
    path.tx_radio_horizon_m = ground.largest_nu_point_m(line, path.bare, scan_.distances_m());
    path.rx_radio_horizon_m = path.tx_radio_horizon_m;
  } else {
    path.tx_radio_horizon_m = path.bare.tx_point_m;
    path.rx_radio_horizon_m = path.bare.rx_point_m;
  }
  path.roughness_m = roughness_m(path, tail);
  return path;
}

double TwoEarthScan::roughness_m(const PathGeometry& path, std::span<const GroundPoint> tail) const noexcept {
  const double from_m = path.tx_radio_horizon_m;
  const double to_m = path.rx_radio_horizon_m;
  const double slope = (path.fitted_rx_asl_m - path.fitted_tx_asl_m) / path.distance_m;
  double highest_m = -std::numeric_limits<double>::infinity();
  for (const GroundPoint& point : tail) {
    if (point.distance_m < from_m || point.distance_m > to_m) continue;
    highest_m = std::max(highest_m, point.ground_asl_m - (path.fitted_tx_asl_m + slope * point.distance_m));
  }
  const std::span<const double> x = scan_.distances_m();
  std::size_t i = static_cast<std::size_t>(std::lower_bound(x.begin(), x.end(), from_m) - x.begin());
  const auto end = static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), to_m) - x.begin());
  while (i < end) {
    const std::size_t stop = std::min(end, BlockMaxima::block_end(i));
    const double fitted_low = path.fitted_tx_asl_m + slope * (slope > 0.0 ? x[i] : x[stop - 1]);
    if (ground_asl_m_.block_max(i) - fitted_low > highest_m) {
      for (; i < stop; ++i) {
        highest_m = std::max(highest_m, ground_asl_m_[i] - (path.fitted_tx_asl_m + slope * x[i]));
      }
    }
    i = stop;
  }
  return std::isinf(highest_m) ? 0.0 : highest_m;
}

}  // namespace amaneku
