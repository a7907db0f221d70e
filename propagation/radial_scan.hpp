// Running structures along one azimuth: the geometry of any receiver behind the samples pushed so far in
// amortised O(log n), the same numbers as extract_path on the same points.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "propagation/geometry.hpp"
#include "propagation/smooth_earth.hpp"

namespace amaneku {

/// A profile point: distance from the transmitter, ground height, clutter that stands on it.
struct GroundPoint {
  double distance_m;
  double ground_asl_m;
  double clutter_m = 0.0;  ///< counts for intermediate points, not for a receiver
};

/// Upper convex hull of points in order of distance: a monotone stack.
class UpperHull {
 public:
  void clear() noexcept { points_.clear(); }
  void push(double x, double y);
  [[nodiscard]] bool empty() const noexcept { return points_.empty(); }
  struct Vertex {
    double x;
    double y;
  };
  /// The vertex that looks steepest from (x, y), x behind every vertex. Precondition: not empty.
  [[nodiscard]] Vertex tangent_from(double x, double y) const noexcept;
  /// The vertex with the largest y - slope * x. Precondition: not empty.
  [[nodiscard]] Vertex extreme(double slope) const noexcept;

 private:
  std::vector<Vertex> points_;
};

/// Push samples in order of distance, ask for receivers behind the last one. Samples are intermediate points
/// for every receiver asked; the points on the receiver's own line (docs/methods/radial_engine.md) come as `tail`.
class RadialScan {
 public:
  /// Starts a new radial; keeps the memory. The link's heights and frequency hold for all receivers.
  void restart(const Link& link, double tx_ground_asl_m);

  /// Adds an intermediate sample: farther than the one before, ground finite.
  void push(GroundPoint sample);

  [[nodiscard]] std::size_t samples() const noexcept { return distance_m_.size(); }

  /// Geometry of the path tx, samples pushed so far, tail, receiver. Distances increase in that order.
  [[nodiscard]] PathGeometry receiver(GroundPoint rx, std::span<const GroundPoint> tail = {}) const noexcept;

 private:
  struct Frame;
  [[nodiscard]] double largest_nu(const Frame& frame, std::span<const GroundPoint> tail) const noexcept;
  [[nodiscard]] double largest_nu_of_samples(const Frame& frame) const noexcept;
  [[nodiscard]] Obstruction obstruction(const PathGeometry& path,
                                        std::span<const GroundPoint> tail) const noexcept;

  static constexpr std::size_t kBlock = 16;

  Link link_{};
  double tx_ground_asl_m_ = 0.0;
  double tx_asl_m_ = 0.0;
  double two_ae_m_ = 0.0;
  double lambda_m_ = 0.0;
  double horizon_slope_ = 0.0;  ///< of the samples, from the transmitter, in the frame
  double horizon_m_ = 0.0;
  double bare_slope_ = 0.0;  ///< the same on bare heights without Earth curvature
  SmoothEarthSums sums_{};
  UpperHull framed_hull_{};  ///< of (d, y)
  UpperHull bare_hull_{};    ///< of (d, h)
  std::vector<double> distance_m_{};
  std::vector<double> y_m_{};
  std::vector<double> block_max_y_m_{};
  GroundPoint last_{};
};

}  // namespace amaneku
