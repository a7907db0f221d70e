// The whole profile of a receiver on a radial, for models that look at every sample (Terrain::samples).
#pragma once

#include <span>
#include <type_traits>
#include <vector>

#include "propagation/model.hpp"
#include "propagation/radial_scan.hpp"
#include "propagation/sight_scan.hpp"

namespace amaneku {

/// Same interface and same line of sight as RadialScan. Keeps every sample and fills PathGeometry::profile with
/// the points tx, samples, tail, receiver; slopes, nu and smooth-Earth heights are not filled. The transmitter's
/// and the receiver's own point carry no clutter.
class ProfileScan {
 public:
  void restart(const Link& link, double tx_ground_asl_m) {
    sight_.restart(link, tx_ground_asl_m);
    cut(0);
    append({0.0, tx_ground_asl_m});
    samples_ = 0;
  }

  void push(GroundPoint sample) {
    sight_.push(sample);
    cut(samples_ + 1);
    append(sample);
    ++samples_;
  }

  [[nodiscard]] std::size_t samples() const noexcept { return samples_; }

  /// The profile of the result is valid until the next call of any function of this scan.
  [[nodiscard]] PathGeometry receiver(GroundPoint rx, std::span<const GroundPoint> tail = {}) {
    PathGeometry path = sight_.receiver(rx, tail);
    cut(samples_ + 1);
    for (const GroundPoint& point : tail) append(point);
    append({rx.distance_m, rx.ground_asl_m});
    path.profile = {distance_m_, ground_asl_m_, clutter_m_};
    return path;
  }

 private:
  /// Drops what the last receiver() appended.
  void cut(std::size_t n) {
    distance_m_.resize(n);
    ground_asl_m_.resize(n);
    clutter_m_.resize(n);
  }
  void append(const GroundPoint& point) {
    distance_m_.push_back(point.distance_m);
    ground_asl_m_.push_back(point.ground_asl_m);
    clutter_m_.push_back(point.clutter_m);
  }

  SightScan sight_{};
  std::vector<double> distance_m_{};
  std::vector<double> ground_asl_m_{};
  std::vector<double> clutter_m_{};
  std::size_t samples_ = 0;
};

/// The cheapest scan that gives a model with this need its geometry.
template <Terrain terrain>
using ScanFor = std::conditional_t<terrain == Terrain::none, SightScan,
                                   std::conditional_t<terrain == Terrain::samples, ProfileScan, RadialScan>>;

}  // namespace amaneku
