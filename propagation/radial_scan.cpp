#include "propagation/radial_scan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "propagation/units.hpp"

namespace amaneku {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();

}  // namespace

void UpperHull::push(double x, double y) {
  while (points_.size() >= 2) {
    const Vertex& a = points_[points_.size() - 2];
    const Vertex& b = points_.back();
    if ((b.y - a.y) * (x - a.x) > (y - a.y) * (b.x - a.x)) break;
    points_.pop_back();
  }
  points_.push_back({x, y});
}

UpperHull::Vertex UpperHull::tangent_from(double x, double y) const noexcept {
  // Towards the receiver the slope (v.y - y) / (x - v.x) rises to the tangent vertex, then falls.
  std::size_t low = 0;
  std::size_t high = points_.size() - 1;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const Vertex& a = points_[middle];
    const Vertex& b = points_[middle + 1];
    if ((b.y - y) * (x - a.x) > (a.y - y) * (x - b.x)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return points_[low];
}

UpperHull::Vertex UpperHull::extreme(double slope) const noexcept {
  std::size_t low = 0;
  std::size_t high = points_.size() - 1;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const Vertex& a = points_[middle];
    const Vertex& b = points_[middle + 1];
    if (b.y - a.y > slope * (b.x - a.x)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return points_[low];
}

/// One receiver's line in the frame y = h - d^2 / (2 a_e).
struct RadialScan::Frame {
  double distance_m;
  double rx_y_m;
  double slope;            ///< of the line from the transmitter
  double samples_from_rx;  ///< steepest slope of a pushed sample seen from the receiver
};

void RadialScan::restart(const Link& link, double tx_ground_asl_m) {
  link_ = link;
  tx_ground_asl_m_ = tx_ground_asl_m;
  tx_asl_m_ = tx_ground_asl_m + link.tx_agl_m;
  two_ae_m_ = 2.0 * link.effective_earth_radius_m;
  lambda_m_ = wavelength_m(link.freq_hz);
  horizon_slope_ = kNone;
  horizon_m_ = 0.0;
  bare_slope_ = kNone;
  sums_ = {};
  framed_hull_.clear();
  bare_hull_.clear();
  distance_m_.clear();
  y_m_.clear();
  block_max_y_m_.clear();
  last_ = {0.0, tx_ground_asl_m};
}

void RadialScan::push(GroundPoint sample) {
  const double d = sample.distance_m;
  const double y = sample.ground_asl_m + sample.clutter_m - d * d / two_ae_m_;
  if (distance_m_.size() % kBlock == 0) {
    block_max_y_m_.push_back(y);
  } else {
    block_max_y_m_.back() = std::max(block_max_y_m_.back(), y);
  }
  distance_m_.push_back(d);
  y_m_.push_back(y);

  const double slope = (y - tx_asl_m_) / d;
  if (slope > horizon_slope_) {
    horizon_slope_ = slope;
    horizon_m_ = d;
  }
  bare_slope_ = std::max(bare_slope_, (sample.ground_asl_m - tx_asl_m_) / d);
  framed_hull_.push(d, y);
  bare_hull_.push(d, sample.ground_asl_m);
  sums_.add(last_.distance_m, last_.ground_asl_m, d, sample.ground_asl_m);
  last_ = sample;
}

PathGeometry RadialScan::receiver(GroundPoint rx, std::span<const GroundPoint> tail) const noexcept {
  PathGeometry path;
  path.distance_m = rx.distance_m;
  path.tx_ground_asl_m = tx_ground_asl_m_;
  path.rx_ground_asl_m = rx.ground_asl_m;
  path.tx_asl_m = tx_asl_m_;
  path.rx_asl_m = rx.ground_asl_m + link_.rx_agl_m;
  path.samples = static_cast<std::uint32_t>(distance_m_.size() + tail.size() + 2);
  path.spacing_m = rx.distance_m / static_cast<double>(path.samples - 1);

  Frame frame{rx.distance_m, path.rx_asl_m - rx.distance_m * rx.distance_m / two_ae_m_, 0.0, kNone};
  frame.slope = (frame.rx_y_m - tx_asl_m_) / frame.distance_m;
  path.tx_horizon_slope = horizon_slope_;
  path.tx_horizon_m = horizon_m_;
  path.rx_horizon_slope = kNone;
  if (!framed_hull_.empty()) {
    const UpperHull::Vertex seen = framed_hull_.tangent_from(frame.distance_m, frame.rx_y_m);
    path.rx_horizon_m = frame.distance_m - seen.x;
    path.rx_horizon_slope = (seen.y - frame.rx_y_m) / path.rx_horizon_m;
  }
  frame.samples_from_rx = path.rx_horizon_slope;

  SmoothEarthSums sums = sums_;
  GroundPoint before = last_;
  for (const GroundPoint& point : tail) {
    const double d = point.distance_m;
    const double y = point.ground_asl_m + point.clutter_m - d * d / two_ae_m_;
    const double from_tx = (y - tx_asl_m_) / d;
    if (from_tx > path.tx_horizon_slope) {
      path.tx_horizon_slope = from_tx;
      path.tx_horizon_m = d;
    }
    const double from_rx = (y - frame.rx_y_m) / (frame.distance_m - d);
    if (from_rx > path.rx_horizon_slope) {
      path.rx_horizon_slope = from_rx;
      path.rx_horizon_m = frame.distance_m - d;
    }
    sums.add(before.distance_m, before.ground_asl_m, d, point.ground_asl_m);
    before = point;
  }
  sums.add(before.distance_m, before.ground_asl_m, rx.distance_m, rx.ground_asl_m);

  path.line_of_sight = path.tx_horizon_slope < frame.slope;
  if (path.line_of_sight) path.nu_max = largest_nu(frame, tail);
  const SmoothEarthEnds smooth = smooth_earth_ends(sums, path.distance_m, path.tx_ground_asl_m,
                                                   path.rx_ground_asl_m, obstruction(path, tail));
  path.smooth_tx_asl_m = smooth.tx_asl_m;
  path.smooth_rx_asl_m = smooth.rx_asl_m;
  return path;
}

double RadialScan::largest_nu(const Frame& frame, std::span<const GroundPoint> tail) const noexcept {
  double largest = largest_nu_of_samples(frame);
  for (const GroundPoint& point : tail) {
    const double d = point.distance_m;
    const double y = point.ground_asl_m + point.clutter_m - d * d / two_ae_m_;
    const double above_m = y - (tx_asl_m_ + frame.slope * d);
    largest =
        std::max(largest, above_m * std::sqrt(2.0 * frame.distance_m / (lambda_m_ * d * (frame.distance_m - d))));
  }
  return largest;
}

// A sample lies at least (angular clearance at an end) x (distance from it) below the line. Put into
// eq. (26), nu > -0.78 is possible only within reach_m of that end, so for both ends only between
// d - reach_from_rx and reach_from_tx; there, blocks that stay too low even at their best are skipped.
double RadialScan::largest_nu_of_samples(const Frame& frame) const noexcept {
  double largest = PathGeometry::kNuNoLoss;
  if (distance_m_.empty()) return largest;
  const double d = frame.distance_m;
  const double limit2 = PathGeometry::kNuNoLoss * PathGeometry::kNuNoLoss * lambda_m_ / (2.0 * d);
  const auto reach_m = [&](double clearance) {
    const double ratio = limit2 / (clearance * clearance) * 1.0001;  // slack for rounding
    return d * ratio / (1.0 + ratio);
  };
  const double reach_tx_m = reach_m(frame.slope - horizon_slope_);
  const double reach_rx_m = reach_m(frame.samples_from_rx + frame.slope);
  if (reach_tx_m + reach_rx_m < d) return largest;

  const auto at_or_after = [&](double x) {
    return static_cast<std::size_t>(std::lower_bound(distance_m_.begin(), distance_m_.end(), x) -
                                    distance_m_.begin());
  };
  const std::size_t end = reach_tx_m < distance_m_.back() ? at_or_after(reach_tx_m * 1.0001) : distance_m_.size();
  std::size_t i = at_or_after((d - reach_rx_m) * 0.9999);
  while (i < end) {
    const std::size_t block = i / kBlock;
    const std::size_t stop = std::min(end, (block + 1) * kBlock);
    const double line_low = tx_asl_m_ + frame.slope * (frame.slope > 0.0 ? distance_m_[i] : distance_m_[stop - 1]);
    const double best_above_m = block_max_y_m_[block] - line_low;
    // The weight is least at the middle of the path; a negative clearance is best there.
    if (best_above_m * std::sqrt(8.0 / (lambda_m_ * d)) > largest) {
      for (; i < stop; ++i) {
        const double x = distance_m_[i];
        const double above_m = y_m_[i] - (tx_asl_m_ + frame.slope * x);
        largest = std::max(largest, above_m * std::sqrt(2.0 * d / (lambda_m_ * x * (d - x))));
      }
    }
    i = stop;
  }
  return largest;
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
