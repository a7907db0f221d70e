// Radio-climatic zones along a path, ITU-R P.1812-7 section 3.6: running sums, so that any prefix of a radial is
// answered without walking back.
#pragma once

#include <algorithm>
#include <span>

#include "propagation/geometry.hpp"

namespace amaneku {

/// Points in order of distance. A point's zone reaches half-way to its neighbours.
class ZoneScan {
 public:
  void restart(Zone tx) noexcept {
    *this = {};
    tx_ = tx;
    last_ = tx;
    only_inland_ = tx == Zone::inland;
    leading_land_ = tx != Zone::sea;
  }

  void push(double distance_m, Zone zone) noexcept {
    const double half_m = 0.5 * (distance_m - last_m_);
    last_m_ = distance_m;
    if (only_inland_ && zone == Zone::inland) return;
    if (only_inland_) {
      // Inland up to the point before: what the running sums left out.
      only_inland_ = false;
      land_.run_m = inland_.run_m = coast_tx_m_ = distance_m - 2.0 * half_m;
    }
    sea_m_ += half_m * ((last_ == Zone::sea ? 1.0 : 0.0) + (zone == Zone::sea ? 1.0 : 0.0));
    land_.step(half_m, last_ != Zone::sea, zone != Zone::sea);
    inland_.step(half_m, last_ == Zone::inland, zone == Zone::inland);
    if (leading_land_) coast_tx_m_ = land_.longest_m;
    leading_land_ = leading_land_ && zone != Zone::sea;
    last_ = zone;
  }

  /// The zones of the path tx, points so far, tail, rx.
  [[nodiscard]] PathZones receiver(const GroundPoint& rx, std::span<const GroundPoint> tail) const noexcept {
    ZoneScan path = *this;
    for (const GroundPoint& point : tail) path.push(point.distance_m, point.zone);
    path.push(rx.distance_m, rx.zone);
    const double d = rx.distance_m;
    if (path.only_inland_) return {Zone::inland, Zone::inland, 0.0, d, d, d, d};
    return {tx_,
            rx.zone,
            std::min(1.0, path.sea_m_ / d),
            path.land_.longest_m,
            path.inland_.longest_m,
            path.coast_tx_m_,
            path.land_.run_m};
  }

 private:
  /// Consecutive points of one kind.
  struct Run {
    double run_m = 0.0;
    double longest_m = 0.0;
    void step(double half_m, bool before, bool now) noexcept {
      if (before) run_m += half_m;
      longest_m = std::max(longest_m, run_m);
      run_m = !now ? 0.0 : before ? run_m + half_m : half_m;
      longest_m = std::max(longest_m, run_m);
    }
  };

  Zone tx_ = Zone::inland;
  Zone last_ = Zone::inland;
  bool only_inland_ = true;
  bool leading_land_ = true;
  double last_m_ = 0.0;
  double sea_m_ = 0.0;
  double coast_tx_m_ = 0.0;
  Run land_{};
  Run inland_{};
};

}  // namespace amaneku
