// The whole profile of a receiver on a radial, for models that look at every sample (Terrain::samples).
#pragma once

#include <span>
#include <vector>

#include "propagation/model.hpp"
#include "propagation/radial_scan.hpp"
#include "propagation/sight_scan.hpp"
#include "propagation/two_earth_scan.hpp"
#include "propagation/zone_scan.hpp"

namespace amaneku {

/// Same interface and same line of sight as RadialScan. Keeps every sample and fills PathGeometry::profile with
/// the points tx, samples, tail, receiver, and the zones; slopes, nu and smooth-Earth heights are not filled. The
/// transmitter's own point carries no clutter.
class ProfileScan {
 public:
  void restart(const Link& link, double tx_ground_asl_m, Zone tx_zone = Zone::inland) {
    sight_.restart(link, tx_ground_asl_m);
    zones_.restart(tx_zone);
    cut(0);
    append({0.0, tx_ground_asl_m, 0.0, tx_zone});
    samples_ = 0;
  }

  void push(GroundPoint sample) {
    sight_.push(sample);
    zones_.push(sample.distance_m, sample.zone);
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
    append(rx);
    path.zones = zones_.receiver(rx, tail);
    path.sample_distance_m = distance_m_;
    path.profile = {distance_m_, ground_asl_m_, clutter_m_, zone_};
    return path;
  }

 private:
  /// Drops what the last receiver() appended.
  void cut(std::size_t n) {
    distance_m_.resize(n);
    ground_asl_m_.resize(n);
    clutter_m_.resize(n);
    zone_.resize(n);
  }
  void append(const GroundPoint& point) {
    distance_m_.push_back(point.distance_m);
    ground_asl_m_.push_back(point.ground_asl_m);
    clutter_m_.push_back(point.clutter_m);
    zone_.push_back(point.zone);
  }

  SightScan sight_{};
  ZoneScan zones_{};
  std::vector<double> distance_m_{};
  std::vector<double> ground_asl_m_{};
  std::vector<double> clutter_m_{};
  std::vector<Zone> zone_{};
  std::size_t samples_ = 0;
};

template <Terrain terrain>
struct ScanOf;
template <>
struct ScanOf<Terrain::none> {
  using Type = SightScan;
};
template <>
struct ScanOf<Terrain::horizons> {
  using Type = RadialScan;
};
template <>
struct ScanOf<Terrain::two_earths> {
  using Type = TwoEarthScan;
};
template <>
struct ScanOf<Terrain::samples> {
  using Type = ProfileScan;
};

/// The cheapest scan that gives a model with this need its geometry.
template <Terrain terrain>
using ScanFor = typename ScanOf<terrain>::Type;

/// Geometry of a profile by a scan, as if its last point were a receiver and all others samples of the radial.
template <class Scan>
[[nodiscard]] PathGeometry scan_path(Scan& scan, const Link& link, const ProfileView& profile) {
  const auto point = [&](std::size_t i) {
    return GroundPoint{profile.distance_m[i], profile.ground_asl_m[i],
                       profile.clutter_m.empty() ? 0.0 : profile.clutter_m[i],
                       profile.zone.empty() ? Zone::inland : profile.zone[i]};
  };
  const std::size_t last = profile.size() - 1;
  scan.restart(link, profile.ground_asl_m[0], point(0).zone);
  for (std::size_t i = 1; i < last; ++i) scan.push(point(i));
  return scan.receiver(point(last));
}

}  // namespace amaneku
