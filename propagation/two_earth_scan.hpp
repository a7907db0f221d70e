// RadialScan with what ITU-R P.452 and P.1812 need beyond diffraction for the median Earth: Terrain::two_earths.
#pragma once

#include <span>
#include <vector>

#include "propagation/radial_scan.hpp"

namespace amaneku {

/// Same interface as RadialScan; PathGeometry::sample_distance_m is valid until the next call of any function.
class TwoEarthScan {
 public:
  void restart(const Link& link, double tx_ground_asl_m, Zone tx_zone = Zone::inland);
  void push(GroundPoint sample);
  [[nodiscard]] std::size_t samples() const noexcept { return scan_.samples(); }
  [[nodiscard]] PathGeometry receiver(GroundPoint rx, std::span<const GroundPoint> tail = {});

 private:
  [[nodiscard]] double roughness_m(const PathGeometry& path, std::span<const GroundPoint> tail) const noexcept;

  double lambda_m_ = 0.0;
  RadialScan scan_{};
  FrameScan beta_{};
  FrameScan bare_{};  ///< used from the first sample with clutter on: before it is the frame of `scan_`
  bool has_clutter_ = false;
  BlockMaxima ground_asl_m_{};
  std::vector<double> distance_m_{};  ///< transmitter, samples, and what the last receiver() appended
};

}  // namespace amaneku
