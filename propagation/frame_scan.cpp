#include "propagation/frame_scan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace amaneku {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();

}  // namespace

/// One receiver's line in the frame.
struct FrameScan::Chord {
  double distance_m;
  double rx_y_m;
  double slope;            // of the line from the transmitter
  double samples_from_rx;  // steepest slope of a pushed sample seen from the receiver
};

void FrameScan::restart(double tx_asl_m, double effective_earth_radius_m) noexcept {
  tx_asl_m_ = tx_asl_m;
  two_ae_m_ = 2.0 * effective_earth_radius_m;
  horizon_slope_ = kNone;
  horizon_m_ = 0.0;
  hull_.clear();
  y_m_.clear();
}

void FrameScan::push(double distance_m, double top_asl_m) {
  const double y = top_asl_m - distance_m * distance_m / two_ae_m_;
  y_m_.push(y);
  const double slope = (y - tx_asl_m_) / distance_m;
  if (slope > horizon_slope_) {
    horizon_slope_ = slope;
    horizon_m_ = distance_m;
  }
  hull_.push(distance_m, y);
}

FrameScan::Chord FrameScan::chord(const ReceiverLine& line) const noexcept {
  const double rx_y_m = line.rx_asl_m - line.distance_m * line.distance_m / two_ae_m_;
  return {line.distance_m, rx_y_m, (rx_y_m - tx_asl_m_) / line.distance_m, kNone};
}

double FrameScan::y_of(const GroundPoint& point, const ReceiverLine& line) const noexcept {
  const double top_asl_m = line.with_clutter ? point.ground_asl_m + point.clutter_m : point.ground_asl_m;
  return top_asl_m - point.distance_m * point.distance_m / two_ae_m_;
}

Horizons FrameScan::horizons(const ReceiverLine& line, std::span<const double> distance_m) const noexcept {
  Chord to_rx = chord(line);
  Horizons seen{.tx_slope = horizon_slope_, .rx_slope = kNone, .tx_point_m = horizon_m_};
  if (!hull_.empty()) {
    const UpperHull::Vertex tangent = hull_.tangent_from(to_rx.distance_m, to_rx.rx_y_m);
    seen.rx_point_m = tangent.x;
    seen.rx_slope = (tangent.y - to_rx.rx_y_m) / (to_rx.distance_m - tangent.x);
  }
  to_rx.samples_from_rx = seen.rx_slope;
  for (const GroundPoint& point : line.tail) {
    const double d = point.distance_m;
    const double y = y_of(point, line);
    const double from_tx = (y - tx_asl_m_) / d;
    if (from_tx > seen.tx_slope) {
      seen.tx_slope = from_tx;
      seen.tx_point_m = d;
    }
    const double from_rx = (y - to_rx.rx_y_m) / (to_rx.distance_m - d);
    if (from_rx > seen.rx_slope) {
      seen.rx_slope = from_rx;
      seen.rx_point_m = d;
    }
  }
  seen.line_of_sight = seen.tx_slope < to_rx.slope;
  if (seen.line_of_sight) seen.nu_max = largest_nu(to_rx, line, distance_m);
  return seen;
}

double FrameScan::largest_nu(const Chord& to_rx, const ReceiverLine& line,
                             std::span<const double> distance_m) const noexcept {
  double largest = largest_nu_of_samples(to_rx, line.lambda_m, distance_m);
  for (const GroundPoint& point : line.tail) {
    const double d = point.distance_m;
    const double above_m = y_of(point, line) - (tx_asl_m_ + to_rx.slope * d);
    largest = std::max(largest,
                       above_m * std::sqrt(2.0 * to_rx.distance_m / (line.lambda_m * d * (to_rx.distance_m - d))));
  }
  return largest;
}

// A sample lies at least (angular clearance at an end) x (distance from it) below the line. Put into
// eq. (26), nu > -0.78 is possible only within reach_m of that end, so for both ends only between
// d - reach_from_rx and reach_from_tx; there, blocks that stay too low even at their best are skipped.
double FrameScan::largest_nu_of_samples(const Chord& to_rx, double lambda_m,
                                        std::span<const double> distance_m) const noexcept {
  double largest = Horizons::kNuNoLoss;
  if (distance_m.empty()) return largest;
  const double d = to_rx.distance_m;
  const double limit2 = Horizons::kNuNoLoss * Horizons::kNuNoLoss * lambda_m / (2.0 * d);
  const auto reach_m = [&](double clearance) {
    const double ratio = limit2 / (clearance * clearance) * 1.0001;  // slack for rounding
    return d * ratio / (1.0 + ratio);
  };
  const double reach_tx_m = reach_m(to_rx.slope - horizon_slope_);
  const double reach_rx_m = reach_m(to_rx.samples_from_rx + to_rx.slope);
  if (reach_tx_m + reach_rx_m < d) return largest;

  const auto at_or_after = [&](double x) {
    return static_cast<std::size_t>(std::lower_bound(distance_m.begin(), distance_m.end(), x) -
                                    distance_m.begin());
  };
  const std::size_t end = reach_tx_m < distance_m.back() ? at_or_after(reach_tx_m * 1.0001) : distance_m.size();
  std::size_t i = at_or_after((d - reach_rx_m) * 0.9999);
  while (i < end) {
    const std::size_t stop = std::min(end, BlockMaxima::block_end(i));
    const double line_low = tx_asl_m_ + to_rx.slope * (to_rx.slope > 0.0 ? distance_m[i] : distance_m[stop - 1]);
    const double best_above_m = y_m_.block_max(i) - line_low;
    // The weight is least at the middle of the path; a negative clearance is best there.
    if (best_above_m * std::sqrt(8.0 / (lambda_m * d)) > largest) {
      for (; i < stop; ++i) {
        const double x = distance_m[i];
        const double above_m = y_m_[i] - (tx_asl_m_ + to_rx.slope * x);
        largest = std::max(largest, above_m * std::sqrt(2.0 * d / (lambda_m * x * (d - x))));
      }
    }
    i = stop;
  }
  return largest;
}

double FrameScan::largest_nu_point_m(const ReceiverLine& line, const Horizons& horizons,
                                     std::span<const double> distance_m) const noexcept {
  const Chord to_rx = chord(line);
  const auto below_m = [&](double x, double y) { return tx_asl_m_ + to_rx.slope * x - y; };
  LeastClearance least(to_rx.distance_m);
  for (const GroundPoint& point : line.tail) {
    least.offer(point.distance_m, below_m(point.distance_m, y_of(point, line)));
  }
  // The horizons are good candidates: with them known most blocks are skipped.
  for (const double x : {horizons.tx_point_m, horizons.rx_point_m}) {
    const auto at = std::lower_bound(distance_m.begin(), distance_m.end(), x);
    if (at == distance_m.end()) continue;
    least.offer(*at, below_m(*at, y_m_[static_cast<std::size_t>(at - distance_m.begin())]));
  }
  for (std::size_t i = 0; i < distance_m.size();) {
    const std::size_t stop = std::min(distance_m.size(), BlockMaxima::block_end(i));
    const double line_low = tx_asl_m_ + to_rx.slope * (to_rx.slope > 0.0 ? distance_m[i] : distance_m[stop - 1]);
    if (least.possible(distance_m[i], distance_m[stop - 1], line_low - y_m_.block_max(i))) {
      for (; i < stop; ++i) least.offer(distance_m[i], below_m(distance_m[i], y_m_[i]));
    }
    i = stop;
  }
  return least.point_m();
}

}  // namespace amaneku
