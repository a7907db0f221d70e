#include "libsim/visibility/sight_march.hpp"

#include <algorithm>
#include <limits>

#include "libsim/visibility/observer_lanes.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "libsim/visibility/sight_march.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.h.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace amaneku::sight::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using F = hn::ScalableTag<float>;
using U = hn::RebindToUnsigned<F>;

/// Slopes beyond are those of a void.
constexpr float kVoidSlope = 1e15F;

/// A register of observers on their way.
struct Watch {
  hn::Vec<F> eye;
  hn::Vec<F> steepest;
  hn::Vec<U> seen;
  hn::Vec<U> unknown;
  hn::Vec<U> people;
  hn::Vec<U> road;

  HWY_INLINE Watch(const SightBlock& block, std::size_t lane, bool starts)
      : eye(hn::LoadU(F(), block.eye_asl_m + lane)),
        steepest(starts ? hn::Set(F(), -std::numeric_limits<float>::infinity())
                        : hn::LoadU(F(), block.steepest + lane)),
        seen(hn::LoadU(U(), block.seen + lane)),
        unknown(hn::LoadU(U(), block.unknown + lane)),
        people(hn::LoadU(U(), block.people_seen + lane)),
        road(hn::LoadU(U(), block.road_seen + lane)) {}

  HWY_INLINE void keep(const SightBlock& block, std::size_t lane) const {
    hn::StoreU(steepest, F(), block.steepest + lane);
    hn::StoreU(seen, U(), block.seen + lane);
    hn::StoreU(unknown, U(), block.unknown + lane);
    hn::StoreU(people, U(), block.people_seen + lane);
    hn::StoreU(road, U(), block.road_seen + lane);
  }
};

/// The two rows of ground that a ring's line runs between, and its constants, for all lanes.
struct Ring {
  hn::Vec<F> fraction;
  hn::Vec<F> per_ring;
  hn::Vec<F> drop;
  hn::Vec<F> lift;
  hn::Vec<U> cells;

  HWY_INLINE explicit Ring(const MarchRing& ring)
      : fraction(hn::Set(F(), ring.fraction)),
        per_ring(hn::Set(F(), ring.per_ring)),
        drop(hn::Set(F(), ring.drop)),
        lift(hn::Set(F(), ring.lift)),
        cells(hn::Set(U(), ring.cells)) {}
};

/// Which lanes see the targets of the ring. No fused products: every processor gives the same numbers.
template <bool kVoids>
HWY_INLINE hn::Mask<U> look(Watch& watch, const Ring& ring, const float* low, const float* high) {
  const F f;
  const auto below = hn::LoadU(f, low);
  const auto ground = hn::Add(below, hn::Mul(ring.fraction, hn::Sub(hn::LoadU(f, high), below)));
  const auto slope = hn::Sub(hn::Mul(hn::Sub(ground, watch.eye), ring.per_ring), ring.drop);
  auto visible = hn::RebindMask(U(), hn::Gt(hn::Add(slope, ring.lift), watch.steepest));
  watch.steepest = hn::Max(watch.steepest, slope);
  if constexpr (kVoids) {
    const auto beyond = hn::RebindMask(U(), hn::Gt(watch.steepest, hn::Set(f, kVoidSlope)));
    visible = hn::AndNot(beyond, visible);
    watch.unknown = hn::Add(watch.unknown, hn::IfThenElseZero(beyond, ring.cells));
  }
  watch.seen = hn::Add(watch.seen, hn::IfThenElseZero(visible, ring.cells));
  return visible;
}

HWY_INLINE hn::Vec<U> between(const std::uint32_t* sums, const MarchRing& ring) {
  return hn::Sub(hn::LoadU(U(), sums + ring.end), hn::LoadU(U(), sums + ring.from));
}

/// Two registers, so that the constants of a ring are read once for both.
template <bool kVoids>
HWY_INLINE void pass(Watch& a, Watch& b, const SightBlock& block, std::size_t lane, const MarchRing* rings,
                     std::size_t begin, std::size_t end) {
  const std::size_t n = hn::Lanes(F());
  const auto last = static_cast<std::ptrdiff_t>(2 * n - 1);
  std::ptrdiff_t line = static_cast<std::ptrdiff_t>(lane) + static_cast<std::ptrdiff_t>(begin) * block.step;
  for (std::size_t i = begin; i < end; ++i) {
    const MarchRing& at = rings[i];
    const Ring ring(at);
    line += block.step;
    const float* const low = block.ground + line + at.cell;
    const float* const high = block.ground + line + at.next_cell;
    const auto visible_a = look<kVoids>(a, ring, low, high);
    const auto visible_b = look<kVoids>(b, ring, low + n, high + n);
    const auto count = [&](const std::uint32_t* sums, hn::Vec<U>& of_a, hn::Vec<U>& of_b) HWY_ATTR {
      const std::uint32_t* const here = sums + line;
      // Nothing is there for any of them, mostly.
      if (here[at.end + last] == here[at.from]) return;
      of_a = hn::Add(of_a, hn::IfThenElseZero(visible_a, between(here, at)));
      of_b = hn::Add(of_b, hn::IfThenElseZero(visible_b, between(here + n, at)));
    };
    if (block.people != nullptr) count(block.people, a.people, b.people);
    if (block.road != nullptr) count(block.road, a.road, b.road);
  }
}

void March(const SightBlock& block, const MarchRing* rings, const RingStretch& stretch) {
  const std::size_t n = hn::Lanes(F());
  const std::size_t clear = std::clamp(stretch.clear, stretch.begin, stretch.end);
  for (std::size_t lane = 0; lane < static_cast<std::size_t>(ObserverPattern::kBlock); lane += 2 * n) {
    Watch a(block, lane, stretch.begin == 0);
    Watch b(block, lane + n, stretch.begin == 0);
    pass<false>(a, b, block, lane, rings, stretch.begin, clear);
    pass<true>(a, b, block, lane, rings, clear, stretch.end);
    a.keep(block, lane);
    b.keep(block, lane + n);
  }
}

}  // namespace
}  // namespace amaneku::sight::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace amaneku {
namespace sight {
namespace {
HWY_EXPORT(March);
}  // namespace
}  // namespace sight

void march(const SightBlock& block, std::span<const MarchRing> rings, const RingStretch& stretch) {
  HWY_DYNAMIC_DISPATCH(sight::March)(block, rings.data(), stretch);
}

}  // namespace amaneku
#endif
