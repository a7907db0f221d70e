// The two steps of a bundle that are done for many radials or receivers at a time.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "propagation/radial_bundle.hpp"
#include "propagation/smooth_earth.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "propagation/radial_bundle_march.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.h.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace amaneku::bundle::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;
using M = hn::Mask<D>;
using F = hn::Rebind<float, D>;

constexpr double kNone = -std::numeric_limits<double>::infinity();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostLanes = hn::MaxLanes(D());

HWY_INLINE V set(double value) {
  return hn::Set(D(), value);
}
HWY_INLINE V load(const Lanes& lanes, std::size_t i) {
  return hn::LoadU(D(), lanes.data() + i);
}
HWY_INLINE void store(V value, Lanes& lanes, std::size_t i) {
  hn::StoreU(value, D(), lanes.data() + i);
}
HWY_INLINE V load_heights(const float* values) {
  return hn::PromoteTo(D(), hn::LoadU(F(), values));
}
HWY_INLINE V one_where(M mask) {
  return hn::IfThenElseZero(mask, set(1.0));
}

/// Clutter that counts at the distance d of a path of this length. Limits are compared in km, so that a point at
/// exactly the limit falls to the side where the codes of the Recommendation have it.
HWY_INLINE V counted_clutter(const State& s, V clutter, V d, V path_m) {
  V counted = hn::IfThenZeroElse(hn::IsNaN(clutter), clutter);
  if (s.needs.terrain == Terrain::two_earths_open_ends) {
    const V per_km = set(1000.0);
    const V limit_km = set(kOpenEnds_m / 1000.0);
    const V d_km = hn::Div(d, per_km);
    const V last_km = hn::Sub(hn::Div(path_m, per_km), limit_km);
    counted = hn::IfThenZeroElse(hn::Or(hn::Lt(d_km, limit_km), hn::Gt(d_km, last_km)), counted);
  }
  return counted;
}

/// Keeps, for each radial, the sample that looks steepest from the transmitter: (h - tx) / u - curvature u.
HWY_INLINE void keep_steepest(Frame& frame, std::size_t i, V rise, double u, V m) {
  const V per_u2 = hn::Mul(set(frame.per_two_ae), hn::Mul(m, m));
  const V kept = load(frame.rise, i);
  const V kept_u = load(frame.u, i);
  const V steeper = hn::Sub(rise, hn::Mul(per_u2, set(u)));
  const V before = hn::Sub(kept, hn::Mul(per_u2, kept_u));
  const M is_new = hn::Gt(steeper, before);
  store(hn::IfThenElse(is_new, rise, kept), frame.rise, i);
  store(hn::IfThenElse(is_new, set(u), kept_u), frame.u, i);
}

/// Keeps the steepest slope that samples would have if each were as much higher as it may lie below a line without
/// any loss along that line: below -0.78, nu = -clearance sqrt(2 d / (lambda d1 d2)) of a sample does not count,
/// and d / d2 is at least 1.
HWY_INLINE void keep_lifted(const State& s, Frame& frame, std::size_t i, V rise, double u) {
  const double lift =
      s.nu_clearance / std::sqrt(u) - frame.per_two_ae * s.least_metres_per_u * s.least_metres_per_u * u;
  store(hn::Max(load(frame.lifted, i), hn::Add(rise, set(lift))), frame.lifted, i);
}

void Push(State& s, double u, const float* ground, const float* clutter) {
  const double last_u = s.samples > 0 ? s.rings_u[s.samples - 1] : 0.0;
  const V inverse_u = set(1.0 / u);
  const V step = set(u - last_u);
  const V tx = set(s.tx_asl_m);
  for (std::size_t i = 0; i < s.radials; i += hn::Lanes(D())) {
    const V m = load(s.metres_per_u, i);
    V h = load_heights(ground + i);
    const M hole = hn::IsNaN(h);
    store(hn::Max(load(s.behind_void, i), one_where(hole)), s.behind_void, i);
    h = hn::IfThenElse(hole, set(s.tx_ground_asl_m), h);
    V top = h;
    if (clutter != nullptr) {
      const V d = hn::Mul(m, set(u));
      const V counted = counted_clutter(s, load_heights(clutter + i), d, set(kInfinity));
      top = hn::Add(h, counted);
      hn::StoreU(hn::DemoteTo(F(), counted), F(), s.new_clutter_m.data() + i);
    }
    hn::StoreU(hn::DemoteTo(F(), h), F(), s.new_ground_m.data() + i);
    const V rise = hn::Mul(hn::Sub(top, tx), inverse_u);
    keep_steepest(s.median, i, rise, u, m);
    if (s.needs.terrain == Terrain::none) continue;
    if (s.top_hull.kept()) keep_lifted(s, s.median, i, rise, u);
    const V bare_rise = hn::Mul(hn::Sub(h, tx), inverse_u);
    if (s.with_beta) {
      keep_steepest(s.beta, i, rise, u, m);
      keep_lifted(s, s.beta, i, rise, u);
    }
    if (s.with_bare) keep_steepest(s.bare, i, bare_rise, u, m);
    store(hn::Max(load(s.raw_rise, i), bare_rise), s.raw_rise, i);
    // SmoothEarthSums::add with u for the distance.
    const V before = load(s.last_asl_m, i);
    store(hn::MulAdd(step, hn::Add(h, before), load(s.v1, i)), s.v1, i);
    const V moment = hn::MulAdd(h, set(2.0 * u + last_u), hn::Mul(before, set(u + 2.0 * last_u)));
    store(hn::MulAdd(step, moment, load(s.v2, i)), s.v2, i);
    store(h, s.last_asl_m, i);
  }
}

/// Samples of all radials on the ring u; `clutter` null: none.
void PushHull(Hulls& hull, double u, std::size_t radials, const float* ground, const float* clutter) {
  const D d;
  const hn::Rebind<std::uint64_t, D> u64;
  const V new_u = set(u);
  const V last_u = set(hull.last_u);
  for (std::size_t i = 0; i < radials; i += hn::Lanes(d)) {
    V asl = load_heights(ground + i);
    if (clutter != nullptr) asl = hn::Add(asl, load_heights(clutter + i));
    const V y = hn::Sub(asl, set(hull.per_u2 * u * u));
    const V last_y = load(hull.last_y, i);
    const V second_u = load(hull.second_u, i);
    const V second_y = load(hull.second_y, i);
    const V third_u = load(hull.third_u, i);
    const V third_y = hn::NegMulAdd(hn::Mul(set(hull.per_u2), third_u), third_u, load(hull.third_asl_m, i));
    // A point goes that does not rise above the line from the one before it to the new one.
    const M last_goes = hn::Le(hn::Mul(hn::Sub(last_y, second_y), hn::Sub(new_u, second_u)),
                               hn::Mul(hn::Sub(y, second_y), hn::Sub(last_u, second_u)));
    const M second_goes = hn::And(last_goes, hn::Le(hn::Mul(hn::Sub(second_y, third_y), hn::Sub(new_u, third_u)),
                                                    hn::Mul(hn::Sub(y, third_y), hn::Sub(second_u, third_u))));
    store(asl, hull.new_asl_m, i);
    store(y, hull.last_y, i);
    store(hn::IfThenElse(second_goes, third_u, hn::IfThenElse(last_goes, second_u, last_u)), hull.second_u, i);
    store(hn::IfThenElse(second_goes, third_y, hn::IfThenElse(last_goes, second_y, last_y)), hull.second_y, i);
    // A mask is -1 where it holds.
    const auto minus = hn::Add(hn::VecFromMask(u64, hn::RebindMask(u64, last_goes)),
                               hn::VecFromMask(u64, hn::RebindMask(u64, second_goes)));
    const auto count = hn::Add(hn::Add(hn::LoadU(u64, hull.count.data() + i), minus), hn::Set(u64, 1));
    hn::StoreU(count, u64, hull.count.data() + i);
  }
  hull.last_u = u;
  const std::size_t half = std::max<std::size_t>(1, hn::Lanes(d) / 2);
  HullVertex* row = hull.vertices.data() + Hulls::kBefore;
  for (std::size_t i = 0; i < radials; ++i, row += hull.stride) {
    HullVertex* const last = row + hull.count[i] - 1;
    const V vertices = hn::OddEven(set(hull.new_asl_m[i]), new_u);
    hn::StoreU(vertices, d, &last->u);
    hn::StoreU(vertices, d, &last[half].u);
    hull.third_u[i] = last[-2].u;
    hull.third_asl_m[i] = last[-2].asl_m;
  }
}

/// One receiver's line among the samples of its radial, in the frame of one effective Earth radius.
struct Line {
  double m;  // metres per u
  double distance_m;
  double tx_asl_m;
  double slope;  // in the frame, from the transmitter
  double per_two_ae;
  const double* rings_u;
  std::size_t samples;
  const float* ground;
  const float* clutter;  // null: none, or not in this frame
  const float* highest;  // by block, of what stands in this frame
  bool even;

  /// Samples that lie at most d from the transmitter.
  [[nodiscard]] std::size_t up_to(double d) const noexcept {
    if (samples == 0) return 0;
    const double u = d / m;
    if (even) {
      const double n = std::floor(u - rings_u[0]) + 1.0;
      return n <= 0.0 ? 0 : std::min(samples, static_cast<std::size_t>(std::min(n, 1e9)));
    }
    return static_cast<std::size_t>(std::upper_bound(rings_u, rings_u + samples, u) - rings_u);
  }
};

/// Distances and depths below the line of the samples i .. i + N - 1.
struct Depths {
  V d;
  V below;
};

HWY_INLINE Depths depths(const Line& line, std::size_t i) {
  const V d = hn::Mul(hn::LoadU(D(), line.rings_u + i), set(line.m));
  V top = load_heights(line.ground + i);
  if (line.clutter != nullptr) top = hn::Add(top, load_heights(line.clutter + i));
  const V on_line = hn::MulAdd(set(line.slope), d, set(line.tx_asl_m));
  const V y = hn::NegMulAdd(hn::Mul(set(line.per_two_ae), d), d, top);
  return {d, hn::Sub(on_line, y)};
}

/// What bounds the samples of a register of blocks: the ends of each, and how far its samples lie below the line
/// at least.
struct BlockBounds {
  V first_m;
  V last_m;
  V below_m;
};

HWY_INLINE V ring_m(const Line& line, V sample) {
  const D d;
  const V i = hn::Min(sample, set(static_cast<double>(line.samples - 1)));
  const V u = line.even ? hn::Add(set(line.rings_u[0]), i)
                        : hn::GatherIndex(d, line.rings_u, hn::ConvertTo(hn::RebindToSigned<D>(), i));
  return hn::Mul(u, set(line.m));
}

HWY_INLINE BlockBounds bounds_of(const Line& line, std::size_t block) {
  constexpr auto kBlock = static_cast<double>(Heights::kBlock);
  const V first = hn::Mul(hn::Iota(D(), static_cast<double>(block)), set(kBlock));
  const V d0 = ring_m(line, first);
  const V d1 = ring_m(line, hn::Add(first, set(kBlock - 1.0)));
  const V line_low = hn::MulAdd(set(line.slope), line.slope > 0.0 ? d0 : d1, set(line.tx_asl_m));
  const V y_high = hn::NegMulAdd(hn::Mul(set(line.per_two_ae), d0), d0, load_heights(line.highest + block));
  return {d0, d1, hn::Sub(line_low, y_high)};
}

/// Calls `visit(block)` for those of the blocks first .. end - 1 whose bound is below `limit()`, asked anew before
/// each. `bounds(block)`: of a register of blocks.
template <class Bounds, class Limit, class Visit>
HWY_INLINE void visit_blocks(std::size_t first, std::size_t end, const Bounds& bounds, const Limit& limit,
                             const Visit& visit) {
  const D d;
  for (std::size_t block = first; block < end; block += hn::Lanes(d)) {
    const V bound = hn::IfThenElse(hn::FirstN(d, end - block), bounds(block), set(kInfinity));
    if (hn::AllFalse(d, hn::Lt(bound, set(limit())))) continue;
    alignas(64) double of_lane[kMostLanes];
    hn::Store(bound, d, of_lane);
    for (std::size_t lane = 0; lane < hn::Lanes(d); ++lane) {
      if (of_lane[lane] < limit()) visit(block + lane);
    }
  }
}

/// The sample with the least clearance^2 / (d1 d2), the first of equal ones: where nu of a path in line of sight
/// is largest. `least` begins with the best of what is known already.
struct LeastClearance {
  double ratio;
  double point_m;
};

HWY_INLINE LeastClearance least_of_block(const Line& line, LeastClearance least, std::size_t i, std::size_t stop) {
  const D d_tag;
  for (; i < stop; i += hn::Lanes(d_tag)) {
    const Depths at = depths(line, i);
    V ratio = hn::Div(hn::Mul(at.below, at.below), hn::Mul(at.d, hn::Sub(set(line.distance_m), at.d)));
    ratio = hn::IfThenElse(hn::FirstN(d_tag, stop - i), ratio, set(kInfinity));
    const double smallest = hn::GetLane(hn::MinOfLanes(d_tag, ratio));
    if (smallest > least.ratio) continue;
    const M first = hn::Eq(ratio, set(smallest));
    const double point = hn::GetLane(hn::MinOfLanes(d_tag, hn::IfThenElse(first, at.d, set(kInfinity))));
    if (smallest < least.ratio || point < least.point_m) least = {smallest, point};
  }
  return least;
}

HWY_NOINLINE LeastClearance least_clearance(const Line& line, LeastClearance least, std::size_t end) {
  const V path_m = set(line.distance_m);
  const auto bounds = [&](std::size_t block) HWY_ATTR {
    const BlockBounds b = bounds_of(line, block);
    // d1 d2 is largest in the middle of the path.
    const V heaviest_m = hn::Min(hn::Max(hn::Mul(set(0.5), path_m), b.first_m), b.last_m);
    const V ratio = hn::Div(hn::Mul(b.below_m, b.below_m), hn::Mul(heaviest_m, hn::Sub(path_m, heaviest_m)));
    return hn::IfThenElseZero(hn::Gt(b.below_m, hn::Zero(D())), ratio);
  };
  const auto limit = [&]() { return least.ratio * 1.0000001; };
  visit_blocks(0, (end + Heights::kBlock - 1) / Heights::kBlock, bounds, limit, [&](std::size_t block) HWY_ATTR {
    const std::size_t i = block * Heights::kBlock;
    least = least_of_block(line, least, i, std::min(end, i + Heights::kBlock));
  });
  return least;
}

// A sample lies at least (angular clearance of the transmitter's horizon) x (its distance) below the line. Put
// into P.526-15 eq. (26), nu > -0.78 is possible only within this reach of the transmitter.
double reach_m(const Line& line, double clearance, double lambda_m) {
  const double limit2 = Horizons::kNuNoLoss * Horizons::kNuNoLoss * lambda_m / (2.0 * line.distance_m);
  const double ratio = limit2 / (clearance * clearance) * 1.0001;  // slack for rounding
  return line.distance_m * ratio / (1.0 + ratio) * 1.0001;
}

/// Largest nu of the samples of a path in line of sight, where it is above `largest`.
double largest_nu(const Line& line, double largest, double tx_slope, double lambda_m) {
  const std::size_t end = line.up_to(reach_m(line, line.slope - tx_slope, lambda_m));
  if (end == 0) return largest;
  // In line of sight nu is negative: above `largest` means less than this clearance^2 / (d1 d2).
  const double per_ratio = 2.0 * line.distance_m / lambda_m;
  const double most = largest * largest / per_ratio;
  const LeastClearance least = least_clearance(line, {most, kInfinity}, end);
  return least.ratio < most ? -std::sqrt(least.ratio * per_ratio) : largest;
}

/// Highest bare ground above the straight line `fitted`, of the samples begin .. end - 1 and of what is known
/// already.
double highest_above(const Line& fitted, double highest, std::size_t begin, std::size_t end) {
  const D d_tag;
  if (begin >= end) return highest;
  const auto bounds = [&](std::size_t block) HWY_ATTR { return bounds_of(fitted, block).below_m; };
  const auto limit = [&]() { return -highest; };
  visit_blocks(begin / Heights::kBlock, (end - 1) / Heights::kBlock + 1, bounds, limit,
               [&](std::size_t block) HWY_ATTR {
                 const std::size_t stop = std::min(end, (block + 1) * Heights::kBlock);
                 V most = set(kNone);
                 for (std::size_t i = std::max(begin, block * Heights::kBlock); i < stop; i += hn::Lanes(d_tag)) {
                   const V above = hn::Neg(depths(fitted, i).below);
                   most = hn::Max(most, hn::IfThenElse(hn::FirstN(d_tag, stop - i), above, set(kNone)));
                 }
                 highest = std::max(highest, hn::GetLane(hn::MaxOfLanes(d_tag, most)));
               });
  return highest;
}

/// What the receiver sees of a hull.
struct SeenFromReceiver {
  double median_slope = kNone;  // in the frames
  double median_u = 0.0;
  double beta_slope = kNone;
  double raw_slope = kNone;     // without curvature
  double raw_height_m = kNone;  // above the straight line between the antennas
};

struct ReceiverEnd {
  double m;
  double u;
  double asl_m;
  double tx_asl_m;
};

/// `curvatures`: 1 / (2 a_e) of the median and the beta frame.
template <bool kPoint, bool kBeta>
HWY_INLINE SeenFromReceiver look_back(std::span<const HullVertex> hull, const ReceiverEnd& rx, double per_two_ae,
                                      double per_two_ae_beta) {
  const D d;
  const V bend = set(per_two_ae * rx.m * rx.m);
  const V bend_beta = set(per_two_ae_beta * rx.m * rx.m);
  const V rx_u = set(rx.u);
  const V rx_asl = set(rx.asl_m);
  const V straight = set((rx.asl_m - rx.tx_asl_m) / rx.u);
  V median = set(kNone);
  V median_u = hn::Zero(d);
  V beta = median;
  V raw = median;
  V height = median;
  // The last register is filled up with points of the radial.
  const double* at = &hull.data()->u;
  for (std::size_t i = 0; i < hull.size(); i += hn::Lanes(d), at += 2 * hn::Lanes(d)) {
    V u;
    V h;
    hn::LoadInterleaved2(d, at, u, h);
    const V rise = hn::Div(hn::Sub(h, rx_asl), hn::Sub(rx_u, u));
    // (y - y_rx) / (d - x) of a frame is the straight slope and (d + x) / (2 a_e).
    const V span = hn::Add(rx_u, u);
    const V in_median = hn::MulAdd(bend, span, rise);
    if constexpr (kPoint) median_u = hn::IfThenElse(hn::Gt(in_median, median), u, median_u);
    median = hn::Max(median, in_median);
    if constexpr (kBeta) beta = hn::Max(beta, hn::MulAdd(bend_beta, span, rise));
    raw = hn::Max(raw, rise);
    height = hn::Max(height, hn::NegMulAdd(straight, u, h));
  }
  SeenFromReceiver seen;
  const double per_m = 1.0 / rx.m;
  const V steepest = hn::MaxOfLanes(d, median);
  seen.median_slope = per_m * hn::GetLane(steepest);
  if constexpr (kPoint) {
    seen.median_u =
        hn::GetLane(hn::MinOfLanes(d, hn::IfThenElse(hn::Eq(median, steepest), median_u, set(kInfinity))));
  }
  if constexpr (kBeta) seen.beta_slope = per_m * hn::GetLane(hn::MaxOfLanes(d, beta));
  seen.raw_slope = per_m * hn::GetLane(hn::MaxOfLanes(d, raw));
  seen.raw_height_m = hn::GetLane(hn::MaxOfLanes(d, height)) - rx.tx_asl_m;
  return seen;
}

/// Values of the radials that the receivers i, i + 1 ... of a ring borrow. Neighbours borrow neighbouring radials,
/// so two registers hold all that is wanted but near the site.
class Borrowed {
 public:
  HWY_INLINE Borrowed(const RingReceivers& ring, std::size_t i) : first_(ring.radial[i]) {
    const D d;
    const hn::Rebind<std::uint32_t, D> u32;
    const hn::Rebind<std::uint64_t, D> u64;
    const std::size_t last = ring.radial[std::min(i + hn::Lanes(d), ring.size) - 1];
    near_ = last - first_ < 2 * hn::Lanes(d);
    const auto radial = hn::PromoteTo(u64, hn::LoadU(u32, ring.radial + i));
    radial_ = hn::BitCast(I(), radial);
    // Of padding, whatever it is, only the place in the registers matters.
    const auto offset = hn::And(hn::Sub(radial, hn::Set(u64, first_)), hn::Set(u64, 2 * hn::Lanes(d) - 1));
    const auto lane = hn::And(offset, hn::Set(u64, hn::Lanes(d) - 1));
    second_ = hn::RebindMask(d, hn::Ne(hn::BitCast(I(), offset), hn::BitCast(I(), lane)));
    lane_ = hn::IndicesFromVec(d, lane);
  }

  [[nodiscard]] HWY_INLINE V of(const Lanes& lanes) const {
    const D d;
    if (!near_) return hn::GatherIndex(d, lanes.data(), radial_);
    const V first = hn::TableLookupLanes(load(lanes, first_), lane_);
    const V second = hn::TableLookupLanes(load(lanes, first_ + hn::Lanes(d)), lane_);
    return hn::IfThenElse(second_, second, first);
  }

 private:
  using I = hn::Rebind<std::int64_t, D>;
  std::size_t first_;
  bool near_;
  hn::Vec<I> radial_;
  M second_;
  decltype(hn::IndicesFromVec(D(), hn::Vec<hn::Rebind<std::uint64_t, D>>())) lane_;
};

/// What an own sample looks like without curvature, lengths in u: slopes from the transmitter and from the
/// receiver, height above the straight line between them.
struct Sight {
  V rise;
  V back;
  V above;
};

HWY_INLINE Sight sight(const OwnRing& at, V asl, V tx_asl, V rx_asl, V straight) {
  const V over_tx = hn::Sub(asl, tx_asl);
  return {hn::Mul(over_tx, set(at.inverse_u)), hn::Mul(hn::Sub(asl, rx_asl), set(at.inverse_gap)),
          hn::NegMulAdd(straight, set(at.u), over_tx)};
}

/// One frame of a vector of receivers: the line to the receiver and what is seen of the samples and own samples.
/// Lengths are in u, as for one metre per u, until they are saved.
struct FrameLanes {
  V bend;             // the Earth drops by bend u^2
  V line;             // slope
  V radial_tx_slope;  // of the samples of the radial alone
  V lifted;           // keep_lifted
  V tx_slope;
  V tx_u;
  V rx_slope;
  V rx_u;
  V nu_ratio;  // largest above |above| / (d1 d2) of the own samples: nu^2 lambda / (2 d) with its sign
  V nu_u;

  HWY_INLINE void begin(const Frame& frame, V m, V rx_u_, V straight, const Borrowed& radials) {
    bend = hn::Mul(set(frame.per_two_ae), hn::Mul(m, m));
    line = hn::NegMulAdd(bend, rx_u_, straight);
    tx_u = radials.of(frame.u);
    radial_tx_slope = hn::NegMulAdd(bend, tx_u, radials.of(frame.rise));
    tx_slope = radial_tx_slope;
    lifted = radials.of(frame.lifted);
    rx_slope = set(kNone);
    rx_u = hn::Zero(D());
    nu_ratio = set(kNone);
    nu_u = hn::Zero(D());
  }

  static HWY_INLINE void keep_larger(V value, V& largest, V& largest_u, double u) {
    const M larger = hn::Gt(value, largest);
    largest = hn::IfThenElse(larger, value, largest);
    largest_u = hn::IfThenElse(larger, set(u), largest_u);
  }

  HWY_INLINE void see_from_tx(const OwnRing& at, V rise) {
    keep_larger(hn::NegMulAdd(bend, set(at.u), rise), tx_slope, tx_u, at.u);
  }

  /// Without points, slopes and ratio alone.
  template <bool kPoints>
  HWY_INLINE void see(const OwnRing& at, const Sight& seen) {
    const V back = hn::MulAdd(bend, set(at.ends_sum), seen.back);
    const V above = hn::MulAdd(bend, set(at.ends_product), seen.above);
    const V ratio = hn::Mul(hn::Mul(above, hn::Abs(above)), set(at.per_ends_product));
    if constexpr (kPoints) {
      see_from_tx(at, seen.rise);
      keep_larger(back, rx_slope, rx_u, at.u);
      keep_larger(ratio, nu_ratio, nu_u, at.u);
    } else {
      tx_slope = hn::Max(tx_slope, hn::NegMulAdd(bend, set(at.u), seen.rise));
      rx_slope = hn::Max(rx_slope, back);
      nu_ratio = hn::Max(nu_ratio, ratio);
    }
  }

  [[nodiscard]] HWY_INLINE M in_sight() const { return hn::Lt(tx_slope, line); }

  HWY_INLINE void save(HorizonLanes& out, std::size_t i, V m, V inverse_m, V distance, double lambda_m) const {
    store(one_where(in_sight()), out.line_of_sight, i);
    store(hn::Mul(tx_slope, inverse_m), out.tx_slope, i);
    store(hn::Mul(rx_slope, inverse_m), out.rx_slope, i);
    store(hn::Mul(tx_u, m), out.tx_point_m, i);
    store(hn::Mul(rx_u, m), out.rx_point_m, i);
    const V per_ratio = hn::Mul(hn::Add(distance, distance), set(1.0 / lambda_m));
    const V nu = hn::Mul(hn::Sqrt(hn::Mul(hn::Abs(nu_ratio), per_ratio)), inverse_m);
    store(hn::Max(hn::CopySign(nu, nu_ratio), set(Horizons::kNuNoLoss)), out.nu_max, i);
  }

  /// In line of sight, and neither reach_m() nor keep_lifted() rules out that nu of a sample of the radial counts.
  [[nodiscard]] HWY_INLINE M nu_to_search(V m, double rx_u_, double first_u, double lambda_m) const {
    constexpr double kLimit2 = Horizons::kNuNoLoss * Horizons::kNuNoLoss;
    const V limit2 = hn::Mul(m, set(kLimit2 * lambda_m / (2.0 * rx_u_)));
    const V clearance = hn::Sub(line, radial_tx_slope);
    const V reach = hn::Mul(limit2, set(1.001 * rx_u_));
    const M may = hn::And(in_sight(), hn::Ge(lifted, line));
    return hn::And(may, hn::Ge(reach, hn::Mul(set(first_u), hn::MulAdd(clearance, clearance, limit2))));
  }
};

/// Of the bare ground without curvature: obstruction above the straight line (smooth_earth.hpp), lengths in u.
struct RawLanes {
  V tx_rise;
  V rx_slope;
  V height;

  HWY_INLINE void see(const Sight& seen) {
    tx_rise = hn::Max(tx_rise, seen.rise);
    rx_slope = hn::Max(rx_slope, seen.back);
    height = hn::Max(height, seen.above);
  }
};

/// Everything of a vector of receivers that does not need a search among the samples of the radials.
struct Chunk {
  V m;
  V inverse_m;
  V distance;
  V rx_ground;
  V rx_asl;
  V straight;  // slope of the straight line, lengths in u
  M valid;
  FrameLanes median;
  FrameLanes beta;
  FrameLanes bare;
  RawLanes raw;
  V v1;
  V v2;
};

template <bool kHorizons, bool kTwo, bool kClutter>
HWY_INLINE void look(const State& s, const RingReceivers& ring, std::size_t i, Chunk& c) {
  const D d_tag;
  const V tx = set(s.tx_asl_m);
  const Borrowed radials(ring, i);
  c.m = hn::LoadU(d_tag, ring.metres_per_u + i);
  c.inverse_m = hn::Div(set(1.0), c.m);
  c.distance = hn::Mul(c.m, set(ring.u));
  c.rx_ground = load_heights(ring.ground_asl_m + i);
  M hole = hn::Or(hn::IsNaN(c.rx_ground), hn::Gt(radials.of(s.behind_void), set(0.5)));
  c.rx_ground = hn::IfThenElse(hn::IsNaN(c.rx_ground), set(s.tx_ground_asl_m), c.rx_ground);
  c.rx_asl = hn::Add(c.rx_ground, set(s.rx_agl_m));
  c.straight = hn::Div(hn::Sub(c.rx_asl, tx), set(ring.u));
  c.median.begin(s.median, c.m, set(ring.u), c.straight, radials);
  if constexpr (kTwo) c.beta.begin(s.beta, c.m, set(ring.u), c.straight, radials);
  if constexpr (kTwo && kClutter) c.bare.begin(s.bare, c.m, set(ring.u), c.straight, radials);
  if constexpr (kHorizons) {
    c.raw = {radials.of(s.raw_rise), set(kNone), set(kNone)};
    const V last = radials.of(s.last_asl_m);
    c.v1 = hn::MulAdd(set(s.own_ends.last_v1), last, radials.of(s.v1));
    c.v2 = hn::MulAdd(set(s.own_ends.last_v2), last, radials.of(s.v2));
  }
  for (std::size_t k = 0; k < ring.own_u.size(); ++k) {
    const OwnRing& at = s.own_rings[k];
    V h = load_heights(ring.own_ground_asl_m + k * ring.own_stride + i);
    hole = hn::Or(hole, hn::IsNaN(h));
    h = hn::IfThenElse(hn::IsNaN(h), set(s.tx_ground_asl_m), h);
    V top = h;
    if constexpr (kClutter) {
      if (ring.own_clutter_m != nullptr) {
        const V clutter = load_heights(ring.own_clutter_m + k * ring.own_stride + i);
        top = hn::Add(h, counted_clutter(s, clutter, hn::Mul(set(at.u), c.m), c.distance));
      }
    }
    if constexpr (!kHorizons) {
      c.median.see_from_tx(at, hn::Mul(hn::Sub(top, tx), set(at.inverse_u)));
    } else {
      const Sight seen = sight(at, top, tx, c.rx_asl, c.straight);
      const Sight ground = kClutter ? sight(at, h, tx, c.rx_asl, c.straight) : seen;
      c.median.template see<kTwo>(at, seen);
      if constexpr (kTwo) c.beta.template see<false>(at, seen);
      if constexpr (kTwo && kClutter) c.bare.template see<true>(at, ground);
      c.raw.see(ground);
      c.v1 = hn::MulAdd(set(at.v1_weight), h, c.v1);
      c.v2 = hn::MulAdd(set(at.v2_weight), h, c.v2);
    }
  }
  if constexpr (kHorizons) {
    c.v1 = hn::Mul(hn::MulAdd(set(s.own_ends.rx_v1), c.rx_ground, c.v1), c.m);
    c.v2 = hn::Mul(hn::MulAdd(set(s.own_ends.rx_v2), c.rx_ground, c.v2), hn::Mul(c.m, c.m));
  }
  c.valid = hn::Not(hole);
}

/// Values of a vector of receivers that the searches change, one by one.
struct Searched {
  alignas(64) double raw_rx_slope[kMostLanes];
  alignas(64) double raw_height[kMostLanes];
};

/// Slopes of the lines to a vector of receivers, in the frames.
struct LineSlopes {
  alignas(64) double median[kMostLanes];
  alignas(64) double beta[kMostLanes];
  alignas(64) double bare[kMostLanes];
};

HWY_INLINE Line line_of(const State& s, std::size_t radial, double m, double distance_m, double slope,
                        double per_two_ae, bool with_clutter) {
  return {m,
          distance_m,
          s.tx_asl_m,
          slope,
          per_two_ae,
          s.rings_u.data(),
          s.samples,
          s.heights.ground(radial),
          with_clutter ? s.heights.clutter(radial) : nullptr,
          with_clutter ? s.heights.highest_top(radial) : s.heights.highest_ground(radial),
          s.even};
}

/// Raises the largest nu of own samples to that of all samples, on a path in line of sight.
HWY_INLINE void search_nu(const State& s, const Line& line, const Frame& frame, std::size_t radial,
                          double& nu_max) {
  const double tx_slope = frame.rise[radial] / line.m - line.per_two_ae * frame.u[radial] * line.m;
  nu_max = largest_nu(line, nu_max, tx_slope, s.lambda_m);
}

/// Bit by bit, the receivers of a chunk.
using LaneBits = std::uint32_t;

HWY_INLINE LaneBits bits_of(M mask) {
  std::uint8_t bytes[8] = {};
  hn::StoreMaskBits(D(), mask, bytes);
  static_assert(kMostLanes <= 8);
  return bytes[0];
}

template <class Visit>
HWY_INLINE void for_each_lane(LaneBits lanes, const Visit& visit) {
  for (; lanes != 0; lanes &= lanes - 1) visit(static_cast<std::size_t>(std::countr_zero(lanes)));
}

/// Which receivers need a search among the samples of their radials.
struct Wanted {
  LaneBits median_nu;
  LaneBits beta_nu;
  LaneBits horizons;  ///< not in the median line of sight
};

template <bool kTwo, bool kClutter>
HWY_INLINE void search_horizons(const State& s, const RingReceivers& ring, std::size_t i, std::size_t lane,
                                Searched& found, PathArrays& p) {
  const std::size_t radial = ring.radial[i];
  const ReceiverEnd rx{ring.metres_per_u[i], ring.u, p.rx_asl_m[i], s.tx_asl_m};
  const SeenFromReceiver seen =
      look_back<kTwo, kTwo>(s.top_hull.of(radial), rx, s.median.per_two_ae, kTwo ? s.beta.per_two_ae : 0.0);
  const auto take = [&](double slope, double u, HorizonLanes& horizons) HWY_ATTR {
    // Own samples lie behind those of the radial: of equal slopes the first point counts.
    if (slope < horizons.rx_slope[i]) return;
    horizons.rx_slope[i] = slope;
    horizons.rx_point_m[i] = u * rx.m;
  };
  take(seen.median_slope, seen.median_u, p.median);
  if (kTwo && p.beta.line_of_sight[i] == 0.0) p.beta.rx_slope[i] = std::max(p.beta.rx_slope[i], seen.beta_slope);
  SeenFromReceiver ground = seen;
  if (kClutter) ground = look_back<true, false>(s.ground_hull.of(radial), rx, s.median.per_two_ae, 0.0);
  found.raw_rx_slope[lane] = std::max(found.raw_rx_slope[lane], ground.raw_slope);
  found.raw_height[lane] = std::max(found.raw_height[lane], ground.raw_height_m);
  if (kTwo && kClutter && p.bare.line_of_sight[i] == 0.0) take(ground.median_slope, ground.median_u, p.bare);
}

template <bool kTwo, bool kClutter>
HWY_INLINE void search(const State& s, const RingReceivers& ring, std::size_t i, const Wanted& wanted,
                       const LineSlopes& slopes, Searched& found, PathArrays& p) {
  const auto nu = [&](const Frame& frame, const double* slope_of_line, HorizonLanes& out) {
    return [&, slope_of_line](std::size_t lane) {
      const std::size_t radial = ring.radial[i + lane];
      const Line line = line_of(s, radial, ring.metres_per_u[i + lane], p.distance_m[i + lane],
                                slope_of_line[lane], frame.per_two_ae, kClutter);
      search_nu(s, line, frame, radial, out.nu_max[i + lane]);
    };
  };
  for_each_lane(wanted.median_nu, nu(s.median, slopes.median, p.median));
  if constexpr (kTwo) for_each_lane(wanted.beta_nu, nu(s.beta, slopes.beta, p.beta));
  if (s.samples == 0) return;
  for_each_lane(wanted.horizons, [&](std::size_t lane) HWY_ATTR {
    search_horizons<kTwo, kClutter>(s, ring, i + lane, lane, found, p);
  });
}

/// Radio horizons and roughness of P.1812 and P.452.
template <bool kClutter>
HWY_INLINE void search_roughness(const State& s, const RingReceivers& ring, std::size_t i, double slope_of_line,
                                 double own_ratio, double own_point_m, PathArrays& p) {
  const std::size_t radial = ring.radial[i];
  const HorizonLanes& ground = kClutter ? p.bare : p.median;
  const double m = ring.metres_per_u[i];
  const double distance_m = p.distance_m[i];
  if (ground.line_of_sight[i] != 0.0) {
    const Line line = line_of(s, radial, m, distance_m, slope_of_line, s.median.per_two_ae, false);
    LeastClearance least{std::abs(own_ratio), own_point_m};
    if (!(least.ratio < kInfinity)) least = {kInfinity, 0.5 * distance_m};
    const Frame& frame = kClutter ? s.bare : s.median;
    if (s.samples > 0) {
      // The transmitter's horizon is a good candidate: with it known most blocks are skipped.
      const double x = frame.u[radial] * m;
      const double below = x * slope_of_line - (frame.rise[radial] * frame.u[radial] - line.per_two_ae * x * x);
      const double ratio = below * below / (x * (distance_m - x));
      if (ratio <= least.ratio) least = {ratio * (1.0 + 1e-12), x};
      least = least_clearance(line, least, s.samples);
    }
    p.tx_radio_horizon_m[i] = p.rx_radio_horizon_m[i] = least.point_m;
  } else {
    p.tx_radio_horizon_m[i] = ground.tx_point_m[i];
    p.rx_radio_horizon_m[i] = ground.rx_point_m[i];
  }
  const double from_m = p.tx_radio_horizon_m[i];
  const double to_m = p.rx_radio_horizon_m[i];
  const double fitted_slope = (p.fitted_rx_asl_m[i] - p.fitted_tx_asl_m[i]) / distance_m;
  Line fitted = line_of(s, radial, m, distance_m, fitted_slope, 0.0, false);
  fitted.tx_asl_m = p.fitted_tx_asl_m[i];
  // The horizons are samples themselves: some slack on both sides leaves no doubt that they count.
  const double slack_m = 1e-6 * m;
  double highest = kNone;
  for (std::size_t k = 0; k < ring.own_u.size(); ++k) {
    const double d = ring.own_u[k] * m;
    if (d < from_m - slack_m || d > to_m + slack_m) continue;
    const auto h = static_cast<double>(ring.own_ground_asl_m[k * ring.own_stride + i]);
    highest = std::max(highest, h - (fitted.tx_asl_m + fitted_slope * d));
  }
  highest = highest_above(fitted, highest, fitted.up_to(from_m - slack_m), fitted.up_to(to_m + slack_m));
  p.roughness_m[i] = std::isinf(highest) ? 0.0 : highest;
}

/// Smooth-Earth heights from sums and obstruction: smooth_earth_ends, for a vector.
HWY_INLINE void save_smooth_earth(const State& s, const Chunk& c, const Searched& found, std::size_t i,
                                  PathArrays& p) {
  const D d;
  const V distance = c.distance;
  const V per_d2 = hn::Div(set(1.0), hn::Mul(distance, distance));
  const V v1_d = hn::Mul(c.v1, distance);
  const V fitted_tx = hn::Mul(hn::Sub(hn::Add(v1_d, v1_d), c.v2), per_d2);
  const V fitted_rx = hn::Mul(hn::Sub(c.v2, v1_d), per_d2);
  const V height = hn::Load(d, found.raw_height);
  const V line_slope = hn::Mul(c.straight, c.inverse_m);
  const V tx_slope = hn::NegMulAdd(c.straight, c.inverse_m, hn::Mul(c.raw.tx_rise, c.inverse_m));
  const V rx_slope = hn::Add(hn::Load(d, found.raw_rx_slope), line_slope);
  const M obstructed = hn::Gt(height, hn::Zero(d));
  const V share = hn::Div(height, hn::Add(tx_slope, rx_slope));
  const V tx = hn::Sub(fitted_tx, hn::IfThenElseZero(obstructed, hn::Mul(share, tx_slope)));
  const V rx = hn::Sub(fitted_rx, hn::IfThenElseZero(obstructed, hn::Mul(share, rx_slope)));
  const V tx_ground = set(s.tx_ground_asl_m);
  store(hn::Min(tx, tx_ground), p.smooth_tx_asl_m, i);
  store(hn::Min(rx, c.rx_ground), p.smooth_rx_asl_m, i);
  store(hn::Min(fitted_tx, tx_ground), p.fitted_tx_asl_m, i);
  store(hn::Min(fitted_rx, c.rx_ground), p.fitted_rx_asl_m, i);
}

template <bool kHorizons, bool kTwo, bool kClutter>
HWY_INLINE void save_ends(const State& s, const RingReceivers& ring, const Chunk& c, std::size_t i,
                          PathArrays& p) {
  store(c.distance, p.distance_m, i);
  store(c.m, p.metres_per_u, i);
  store(c.rx_ground, p.rx_ground_asl_m, i);
  store(c.rx_asl, p.rx_asl_m, i);
  store(set(static_cast<double>(s.samples + ring.own_u.size() + 2)), p.samples, i);
  store(one_where(c.median.in_sight()), p.line_of_sight, i);
  V clutter = hn::Zero(D());
  if (ring.clutter_m != nullptr) {
    clutter = load_heights(ring.clutter_m + i);
    clutter = hn::IfThenZeroElse(hn::IsNaN(clutter), clutter);
  }
  store(clutter, p.rx_clutter_m, i);
  if constexpr (kHorizons) {
    c.median.save(p.median, i, c.m, c.inverse_m, c.distance, s.lambda_m);
    if constexpr (kTwo) c.beta.save(p.beta, i, c.m, c.inverse_m, c.distance, s.lambda_m);
    if constexpr (kTwo && kClutter) c.bare.save(p.bare, i, c.m, c.inverse_m, c.distance, s.lambda_m);
  }
}

template <bool kTwo, bool kClutter>
HWY_INLINE void search_all(const State& s, const RingReceivers& ring, const Chunk& c, LaneBits valid,
                           std::size_t i, PathArrays& p) {
  const D d;
  const double first_u = s.samples > 0 ? s.rings_u[0] : kInfinity;
  Wanted wanted{.median_nu = valid & bits_of(c.median.nu_to_search(c.m, ring.u, first_u, s.lambda_m)),
                .beta_nu = 0,
                .horizons = valid & ~bits_of(c.median.in_sight())};
  LineSlopes slopes;
  hn::Store(hn::Mul(c.median.line, c.inverse_m), d, slopes.median);
  if constexpr (kTwo) {
    wanted.beta_nu = valid & bits_of(c.beta.nu_to_search(c.m, ring.u, first_u, s.lambda_m));
    hn::Store(hn::Mul(c.beta.line, c.inverse_m), d, slopes.beta);
  }
  Searched found;
  hn::Store(hn::Mul(c.raw.rx_slope, c.inverse_m), d, found.raw_rx_slope);
  hn::Store(c.raw.height, d, found.raw_height);
  search<kTwo, kClutter>(s, ring, i, wanted, slopes, found, p);
  save_smooth_earth(s, c, found, i, p);
  if constexpr (kTwo) {
    const FrameLanes& ground = kClutter ? c.bare : c.median;
    alignas(64) double ratio[kMostLanes];
    alignas(64) double point[kMostLanes];
    hn::Store(hn::Mul(ground.nu_ratio, hn::Mul(c.inverse_m, c.inverse_m)), d, ratio);
    hn::Store(hn::Mul(ground.nu_u, c.m), d, point);
    hn::Store(hn::Mul(ground.line, c.inverse_m), d, slopes.bare);
    for_each_lane(valid, [&](std::size_t lane) HWY_ATTR {
      search_roughness<kClutter>(s, ring, i + lane, slopes.bare[lane], ratio[lane], point[lane], p);
    });
  }
}

template <bool kHorizons, bool kTwo, bool kClutter>
void Receive(const State& s, const RingReceivers& ring, PathArrays& p) {
  const D d;
  for (std::size_t i = 0; i < ring.size; i += hn::Lanes(d)) {
    Chunk c;
    look<kHorizons, kTwo, kClutter>(s, ring, i, c);
    save_ends<kHorizons, kTwo, kClutter>(s, ring, c, i, p);
    const LaneBits valid = bits_of(hn::And(c.valid, hn::FirstN(d, ring.size - i)));
    for (std::size_t lane = 0; lane < hn::Lanes(d); ++lane) p.valid[i + lane] = (valid >> lane) & 1U;
    if constexpr (kHorizons) search_all<kTwo, kClutter>(s, ring, c, valid, i, p);
  }
}

void Receivers(const State& s, const RingReceivers& ring, PathArrays& p) {
  const bool clutter = s.needs.clutter;
  switch (s.needs.terrain) {
    case Terrain::none:
    case Terrain::prefix:
    case Terrain::samples:
      return clutter ? Receive<false, false, true>(s, ring, p) : Receive<false, false, false>(s, ring, p);
    case Terrain::horizons:
      return clutter ? Receive<true, false, true>(s, ring, p) : Receive<true, false, false>(s, ring, p);
    case Terrain::two_earths:
    case Terrain::two_earths_open_ends:
      return clutter ? Receive<true, true, true>(s, ring, p) : Receive<true, true, false>(s, ring, p);
  }
}

}  // namespace amaneku::bundle::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace amaneku {
namespace bundle {
HWY_EXPORT(Push);
HWY_EXPORT(PushHull);
HWY_EXPORT(Receivers);
}  // namespace bundle

namespace {

bool one_apart(double u0, double u1) noexcept {
  return std::abs(u1 - u0 - 1.0) < 1e-9;
}

}  // namespace

void RadialBundle::push(double u, const float* ground_asl_m, const float* clutter_m, const Zone* zone) {
  bundle::State& s = state_;
  HWY_DYNAMIC_DISPATCH(bundle::Push)(s, u, ground_asl_m, s.needs.clutter ? clutter_m : nullptr);
  const std::size_t n = s.samples;
  s.rings_u.resize(n);
  s.even = s.even && (n == 0 || one_apart(s.rings_u[n - 1], u));
  s.rings_u.push_back(u);
  ++s.samples;
  const Terrain need = s.needs.terrain;
  if (s.needs.zones) {
    for (std::size_t i = 0; i < s.radials; ++i) s.zone_scans[i].push(u, zone != nullptr ? zone[i] : Zone::inland);
  }
  if (need == Terrain::none) return;
  const float* const ground = s.new_ground_m.data();
  const float* const clutter = s.needs.clutter ? s.new_clutter_m.data() : nullptr;
  s.heights.push(n, s.radials, ground, clutter);
  if (s.top_hull.kept()) HWY_DYNAMIC_DISPATCH(bundle::PushHull)(s.top_hull, u, s.radials, ground, clutter);
  if (s.ground_hull.kept()) HWY_DYNAMIC_DISPATCH(bundle::PushHull)(s.ground_hull, u, s.radials, ground, nullptr);
  for (std::size_t i = 0; i < s.radials && !s.zone.empty(); ++i) {
    s.zone[i * s.most_samples + n] = zone != nullptr ? zone[i] : Zone::inland;
  }
  for (std::size_t i = 0; i < s.radials && !s.sum_height.empty(); ++i) {
    const std::size_t at = i * s.most_samples + n;
    const auto h = static_cast<double>(ground[i]);
    s.sum_height[at] = (n > 0 ? s.sum_height[at - 1] : 0.0) + h;
    s.sum_moment[at] = (n > 0 ? s.sum_moment[at - 1] : 0.0) + static_cast<double>(n) * h;
  }
}

namespace {

/// What the own samples of a ring have in common; the last sample of the radials lies at last_u (0: the
/// transmitter).
void set_own_rings(bundle::State& s, const RingReceivers& ring, double last_u) {
  const std::span<const double> own = ring.own_u;
  s.own_rings.resize(own.size());
  for (std::size_t k = 0; k < own.size(); ++k) {
    const double u = own[k];
    const double before = k > 0 ? own[k - 1] : last_u;
    const double after = k + 1 < own.size() ? own[k + 1] : ring.u;
    const double gap = ring.u - u;
    const double per_product = 1.0 / (u * gap);
    s.own_rings[k] = {.u = u,
                      .inverse_u = gap * per_product,
                      .inverse_gap = u * per_product,
                      .per_ends_product = per_product,
                      .ends_sum = ring.u + u,
                      .ends_product = u * gap,
                      .v1_weight = after - before,
                      .v2_weight = (u - before) * (2.0 * u + before) + (after - u) * (2.0 * u + after)};
  }
  const double first = own.empty() ? ring.u : own.front();
  const double last = own.empty() ? last_u : own.back();
  s.own_ends = {.last_v1 = first - last_u,
                .last_v2 = (first - last_u) * (2.0 * last_u + first),
                .rx_v1 = ring.u - last,
                .rx_v2 = (ring.u - last) * (2.0 * ring.u + last)};
}

}  // namespace

void RadialBundle::receivers(const RingReceivers& ring, PathArrays& paths) {
  bundle::State& s = state_;
  paths.resize(ring.size);
  paths.size = ring.size;
  paths.tx_ground_asl_m = s.tx_ground_asl_m;
  paths.tx_asl_m = s.tx_asl_m;
  s.rings_u.resize(s.samples);
  set_own_rings(s, ring, s.samples > 0 ? s.rings_u.back() : 0.0);
  bool even = s.even;
  for (const double u : ring.own_u) {
    even = even && (s.rings_u.empty() || one_apart(s.rings_u.back(), u));
    s.rings_u.push_back(u);
  }
  even = even && (s.rings_u.empty() || one_apart(s.rings_u.back(), ring.u));
  s.rings_u.push_back(ring.u);
  s.rings_u.resize(s.rings_u.size() + PathArrays::kPadding, ring.u);
  const std::size_t points = s.samples + ring.own_u.size() + 1;
  paths.rings = {std::span<const double>(s.rings_u).first(points), even};
  HWY_DYNAMIC_DISPATCH(bundle::Receivers)(s, ring, paths);
  const Terrain need = s.needs.terrain;
  fill_zones(ring, paths);
  if (need == Terrain::prefix || need == Terrain::samples) fill_profiles(ring, paths);
  if (s.with_beta && !s.with_bare) paths.bare = paths.median;
}

}  // namespace amaneku
#endif
