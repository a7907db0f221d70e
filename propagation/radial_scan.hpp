// Running structures along one azimuth: the geometry of any receiver behind the samples pushed so far in
// amortised O(log n), the same numbers as extract_path on the same points.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "propagation/frame_scan.hpp"
#include "propagation/geometry.hpp"
#include "propagation/smooth_earth.hpp"
#include "propagation/upper_hull.hpp"
#include "propagation/zone_scan.hpp"

namespace amaneku {

/// Push samples in order of distance, ask for receivers behind the last one. Samples are intermediate points
/// for every receiver asked; the points on the receiver's own line (docs/methods/radial_engine.md) come as `tail`.
/// Gives what Terrain::horizons names.
class RadialScan {
 public:
  /// Starts a new radial; keeps the memory. The link's heights and frequency hold for all receivers.
  void restart(const Link& link, double tx_ground_asl_m, Zone tx_zone = Zone::inland);

  /// Adds an intermediate sample: farther than the one before, ground finite.
  void push(GroundPoint sample);

  [[nodiscard]] std::size_t samples() const noexcept { return distance_m_.size(); }

  /// Geometry of the path tx, samples pushed so far, tail, receiver. Distances increase in that order.
  [[nodiscard]] PathGeometry receiver(GroundPoint rx, std::span<const GroundPoint> tail = {}) const noexcept;

  /// For scans that add to this one.
  [[nodiscard]] const FrameScan& frame() const noexcept { return frame_; }
  [[nodiscard]] std::span<const double> distances_m() const noexcept { return distance_m_; }

 private:
  [[nodiscard]] Obstruction obstruction(const PathGeometry& path,
                                        std::span<const GroundPoint> tail) const noexcept;

  Link link_{};
  double tx_ground_asl_m_ = 0.0;
  double tx_asl_m_ = 0.0;
  double lambda_m_ = 0.0;
  double bare_slope_ = 0.0;  ///< steepest from the transmitter on bare heights without Earth curvature
  SmoothEarthSums sums_{};
  FrameScan frame_{};
  UpperHull bare_hull_{};  ///< of (d, h)
  ZoneScan zones_{};
  std::vector<double> distance_m_{};
  GroundPoint last_{};
};

}  // namespace amaneku
