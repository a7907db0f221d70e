// Radio horizons of the two ends of a lane: those of find_horizons, from the vertices of the upper hull of the
// borrowed ground and the samples on the lane's own line, a register full of points at a time.

// Once per target.
#if defined(AMANEKU_PROPAGATION_ITM_HORIZON_SCAN_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITM_HORIZON_SCAN_INL_HPP
#undef AMANEKU_PROPAGATION_ITM_HORIZON_SCAN_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITM_HORIZON_SCAN_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "propagation/itm/horizons.hpp"
#include "propagation/itm/lane_heights.hpp"
#include "propagation/itm/terrain_terms.hpp"
#include "propagation/path_arrays.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The steepest points so far as one end sees them, one for each lane of a register.
template <class D>
struct Steepest {
  hn::Vec<D> rise_m;  ///< above the end, in the frame of the Earth
  hn::Vec<D> away_m;  ///< distance from the end

  /// The first of equal ones stays. Slopes are compared without dividing.
  HWY_INLINE void look_at(hn::Vec<D> asl_m, hn::Vec<D> at_m, hn::Vec<D> curvature, hn::Vec<D> end_asl_m) {
    const auto rise = hn::Sub(hn::NegMulAdd(hn::Mul(at_m, at_m), curvature, asl_m), end_asl_m);
    const auto higher = hn::Gt(hn::Mul(rise, away_m), hn::Mul(rise_m, at_m));
    rise_m = hn::IfThenElse(higher, rise, rise_m);
    away_m = hn::IfThenElse(higher, at_m, away_m);
  }
};

/// Distance from the transmitter of the steepest point of all; the first of equal ones.
template <class D>
HWY_INLINE double first_steepest_m(D d, hn::Vec<D> rise_m, hn::Vec<D> away_m, hn::Vec<D> from_tx_m) {
  const auto slope = hn::Div(rise_m, away_m);
  const auto steepest = hn::Eq(slope, hn::MaxOfLanes(d, slope));
  return hn::GetLane(hn::MinOfLanes(d, hn::IfThenElse(steepest, from_tx_m, hn::Set(d, 1e300))));
}

/// Points of a lane looked at from both ends.
template <class D>
class HorizonScan {
 public:
  HWY_INLINE HorizonScan(double length_m, double metres_per_u, double tx_asl_m, double rx_asl_m, double curvature)
      : length_m_(hn::Set(d_, length_m)),
        metres_per_u_(hn::Set(d_, metres_per_u)),
        tx_asl_m_(hn::Set(d_, tx_asl_m)),
        rx_asl_m_(hn::Set(d_, rx_asl_m)),
        curvature_(hn::Set(d_, curvature)) {
    // The other end is the horizon where no point stands higher.
    const double sagitta_m = length_m * length_m * curvature;
    tx_ = {hn::Set(d_, rx_asl_m - tx_asl_m - sagitta_m), length_m_};
    rx_ = {hn::Set(d_, tx_asl_m - rx_asl_m - sagitta_m), length_m_};
  }

  /// Looks at Lanes(D) points; they may repeat.
  HWY_INLINE void look_at(const HullVertex* points) {
    hn::Vec<D> u;
    hn::Vec<D> asl_m;
    hn::LoadInterleaved2(d_, &points->u, u, asl_m);
    const auto at_m = hn::Mul(u, metres_per_u_);
    tx_.look_at(asl_m, at_m, curvature_, tx_asl_m_);
    rx_.look_at(asl_m, hn::Sub(length_m_, at_m), curvature_, rx_asl_m_);
  }

  /// Distances of the horizons from the transmitter: the length of the path, and 0, where there is none.
  [[nodiscard]] HWY_INLINE double tx_at_m() const {
    return first_steepest_m(d_, tx_.rise_m, tx_.away_m, tx_.away_m);
  }
  [[nodiscard]] HWY_INLINE double rx_at_m() const {
    return first_steepest_m(d_, rx_.rise_m, rx_.away_m, hn::Sub(length_m_, rx_.away_m));
  }

 private:
  D d_;
  hn::Vec<D> length_m_;
  hn::Vec<D> metres_per_u_;
  hn::Vec<D> tx_asl_m_;
  hn::Vec<D> rx_asl_m_;
  hn::Vec<D> curvature_;
  Steepest<D> tx_;
  Steepest<D> rx_;
};

/// Every point of a lane between its ends; some more than once.
template <class D>
HWY_INLINE void look_at_all(HorizonScan<D>& scan, const PathArrays& paths, const LaneHeights& heights) {
  constexpr std::size_t kMost = 32;
  const std::size_t lanes = hn::Lanes(D());
  const LaneProfile& ground = heights.ground();
  std::array<HullVertex, kMost> rest;
  std::size_t n = 0;
  const auto look_at_rest = [&]() HWY_ATTR {
    for (; n % lanes != 0; ++n) rest[n] = rest[n - 1];
    for (std::size_t k = 0; k < n; k += lanes) scan.look_at(&rest[k]);
    n = 0;
  };
  const std::size_t vertices = ground.hull.size();
  if (vertices < lanes) {
    for (const HullVertex& vertex : ground.hull) rest[n++] = vertex;
  } else {
    for (std::size_t i = 0; i + lanes < vertices; i += lanes) scan.look_at(&ground.hull[i]);
    scan.look_at(&ground.hull[vertices - lanes]);
  }
  for (std::size_t k = ground.on_radial; k < ground.samples; ++k) {
    rest[n++] = {paths.rings.u[k], heights.sample(k)};
    if (n == kMost) look_at_rest();
  }
  look_at_rest();
}

/// What find_horizons gives for the lane's profile.
HWY_INLINE Horizons lane_horizons(const PathArrays& paths, std::size_t lane, const LaneHeights& heights,
                                  const Antennas& antennas, double earth_radius_m) {
  const double length_m = paths.distance_m[lane];
  const double metres_per_u = paths.metres_per_u[lane];
  const std::size_t last = heights.ground().samples + 1;
  const double tx_asl_m = paths.tx_ground_asl_m + antennas.tx_agl_m;
  const double rx_asl_m = paths.rx_ground_asl_m[lane] + antennas.rx_agl_m;
  const double curvature = 1.0 / (2.0 * earth_radius_m);
  HorizonScan<hn::ScalableTag<double>> scan(length_m, metres_per_u, tx_asl_m, rx_asl_m, curvature);
  look_at_all(scan, paths, heights);

  const double rise = (rx_asl_m - tx_asl_m) / length_m;
  Horizons out{{rise - length_m * curvature, length_m, last}, {-rise - length_m * curvature, length_m, 0}};
  const auto point_at = [&](double at_m) {
    return static_cast<std::size_t>(at_m / metres_per_u - paths.rings.u[0] + 0.5) + 1;
  };
  const double tx_at_m = scan.tx_at_m();
  if (tx_at_m < length_m) {
    const std::size_t point = point_at(tx_at_m);
    const double above_m = heights.sample(point - 1) - tx_at_m * tx_at_m * curvature - tx_asl_m;
    out.tx = {above_m / tx_at_m, tx_at_m, point};
  }
  const double rx_at_m = scan.rx_at_m();
  if (rx_at_m > 0.0) {
    const std::size_t point = point_at(rx_at_m);
    const double to_rx_m = length_m - paths.rings.u[point - 1] * metres_per_u;
    const double above_m = heights.sample(point - 1) - to_rx_m * to_rx_m * curvature - rx_asl_m;
    out.rx = {above_m / to_rx_m, to_rx_m, point};
  }
  return out;
}

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
