// The part of RadialScan that models without a terrain profile need: distance, heights, line of sight.
#pragma once

#include <algorithm>
#include <limits>
#include <span>

#include "propagation/geometry.hpp"

namespace amaneku {

/// Same interface and same line of sight as RadialScan; the rest is not filled.
class SightScan {
 public:
  void restart(const Link& link, double tx_ground_asl_m, Zone = Zone::inland) noexcept {
    rx_agl_m_ = link.rx_agl_m;
    tx_ground_asl_m_ = tx_ground_asl_m;
    tx_asl_m_ = tx_ground_asl_m + link.tx_agl_m;
    per_two_ae_ = 1.0 / (2.0 * link.effective_earth_radius_m);
    horizon_slope_ = -std::numeric_limits<double>::infinity();
    samples_ = 0;
  }

  void push(GroundPoint sample) noexcept {
    horizon_slope_ = std::max(horizon_slope_, slope_to(sample.distance_m, sample.ground_asl_m + sample.clutter_m));
    ++samples_;
  }

  [[nodiscard]] PathGeometry receiver(GroundPoint rx, std::span<const GroundPoint> tail = {}) const noexcept {
    PathGeometry path;
    path.distance_m = rx.distance_m;
    path.tx_ground_asl_m = tx_ground_asl_m_;
    path.rx_ground_asl_m = rx.ground_asl_m;
    path.tx_asl_m = tx_asl_m_;
    path.rx_asl_m = rx.ground_asl_m + rx_agl_m_;
    path.rx_clutter_m = rx.clutter_m;
    path.samples = static_cast<std::uint32_t>(samples_ + tail.size() + 2);
    path.spacing_m = rx.distance_m / static_cast<double>(path.samples - 1);
    double horizon_slope = horizon_slope_;
    for (const GroundPoint& point : tail) {
      horizon_slope = std::max(horizon_slope, slope_to(point.distance_m, point.ground_asl_m + point.clutter_m));
    }
    path.line_of_sight = horizon_slope < slope_to(rx.distance_m, path.rx_asl_m);
    return path;
  }

 private:
  [[nodiscard]] double slope_to(double distance_m, double height_asl_m) const noexcept {
    return (height_asl_m - tx_asl_m_) / distance_m - distance_m * per_two_ae_;
  }

  double rx_agl_m_ = 0.0;
  double tx_ground_asl_m_ = 0.0;
  double tx_asl_m_ = 0.0;
  double per_two_ae_ = 0.0;
  double horizon_slope_ = 0.0;
  std::size_t samples_ = 0;
};

}  // namespace amaneku
