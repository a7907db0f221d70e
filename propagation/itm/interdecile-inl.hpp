// The interdecile range of terrain_irregularity.hpp for one lane, a register full of readings at a time.

// Once per target.
#if defined(AMANEKU_PROPAGATION_ITM_INTERDECILE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITM_INTERDECILE_INL_HPP
#undef AMANEKU_PROPAGATION_ITM_INTERDECILE_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITM_INTERDECILE_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>

#include "propagation/itm/height_fit.hpp"
#include "propagation/itm/lane_heights.hpp"
#include "propagation/itm/terrain_irregularity.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR

// Without vectors.
inline double lane_interdecile_m(const LaneHeights& heights, const StepRange& stretch, const FittedLine&) {
  return interdecile_range_m(heights, stretch);
}

#else

using FloatTag = hn::ScalableTag<float>;
using IntTag = hn::RebindToSigned<FloatTag>;
using UnsignedTag = hn::RebindToUnsigned<FloatTag>;
using DoubleTag = hn::Repartition<double, FloatTag>;
using KeyTag = hn::Repartition<std::int8_t, IntTag>;

/// Places of the readings in steps, as whole numbers of 2^-32: a block of them starts anew from the exact place.
class Places {
 public:
  static constexpr std::size_t kBlock = 16;

  Places(const StepRange& stretch, const Readings& readings)
      : from_(stretch.from), spacing_(readings.spacing), step_(static_cast<std::int64_t>(spacing_ * kOne)) {}

  [[nodiscard]] std::int64_t step() const { return step_; }
  /// Of reading `first`, which begins a block.
  [[nodiscard]] std::int64_t block(std::size_t first) const {
    return static_cast<std::int64_t>((from_ + spacing_ * static_cast<double>(first)) * kOne);
  }
  [[nodiscard]] static std::size_t whole(std::int64_t place) { return static_cast<std::size_t>(place >> 32); }

 private:
  static constexpr double kOne = 4294967296.0;

  double from_;
  double spacing_;
  std::int64_t step_;
};

/// A straight line near the readings whose heights at all of them are exact in single precision.
struct Trend {
  float start_m;
  float rise_m;  ///< from one reading to the next

  Trend(const FittedLine& line, std::size_t steps, const StepRange& stretch, const Readings& readings) {
    const double slope = (line.last_m - line.first_m) / static_cast<double>(steps);
    const double start = line.first_m + slope * stretch.from;
    const double rise = slope * readings.spacing;
    const double largest = std::abs(start) + std::abs(rise) * readings.count;
    // Whole numbers of 2^-21 of it: sums round to them.
    const double rounder = 1.5 * 0x1p31 * std::bit_cast<double>(std::bit_cast<std::uint64_t>(largest) & kExponent);
    start_m = static_cast<float>((start + rounder) - rounder);
    rise_m = static_cast<float>((rise + rounder) - rounder);
  }

 private:
  static constexpr std::uint64_t kExponent = 0x7ff0'0000'0000'0000U;
};

/// Heights read of one lane, m, about a trend: single precision is enough then. Room for whole groups of four
/// registers.
struct Read {
  static constexpr std::size_t kRoom = 256;
  static_assert(Readings::kMost <= kRoom);

  alignas(64) std::array<float, 2 * kRoom> around;  ///< the heights before and behind each place
  alignas(64) std::array<std::uint32_t, kRoom / Places::kBlock> block_part;  ///< see Places: of a block's first
  alignas(64) std::array<float, kRoom> value;
  std::array<double, kRoom> inside;  ///< of one class, see at_rank
  std::size_t count;
};

/// The heights of a lane as pairs that lie side by side: on the radial where both are borrowed, else copied.
class Pairs {
 public:
  /// Most samples on a receiver's own line.
  static constexpr std::size_t kMostOwn = 64;

  explicit Pairs(const LaneHeights& heights)
      // Height i is sample i - 1 + second().
      : first_(1 - heights.second()),
        behind_(first_ + heights.ground().on_radial - 1),
        radial_(heights.ground().ground_asl_m - static_cast<std::ptrdiff_t>(first_)),
        begin_{static_cast<float>(heights[0]), static_cast<float>(heights[1])} {
    float* to = end_.data();
    for (std::size_t i = behind_; i <= heights.steps(); ++i) *to++ = static_cast<float>(heights[i]);
    *to = to[-1];
  }

  [[nodiscard]] bool on_radial(std::size_t first, std::size_t last) const {
    return first >= first_ && last < behind_;
  }
  /// Heights i and i + 1.
  [[nodiscard]] const float* on_radial(std::size_t i) const { return radial_ + i; }
  [[nodiscard]] const float* anywhere(std::size_t i) const {
    if (i < first_) return begin_.data();
    return i < behind_ ? radial_ + i : &end_[i - behind_];
  }

 private:
  std::size_t first_;   ///< of those on the radial
  std::size_t behind_;  ///< the last of them
  const float* radial_;
  std::array<float, 2> begin_;
  std::array<float, kMostOwn + 4> end_;
};

/// The heights on both sides of every place. One after the other: registers cannot be filled from so many places
/// any faster.
inline void read_around(const Pairs& pairs, const Places& places, Read& read) {
  const std::int64_t step = places.step();
  for (std::size_t first = 0; first < read.count; first += Places::kBlock) {
    std::int64_t place = places.block(first);
    read.block_part[first / Places::kBlock] = static_cast<std::uint32_t>(place);
    float* const to = &read.around[2 * first];
    constexpr auto kLast = static_cast<std::int64_t>(Places::kBlock - 1);
    if (pairs.on_radial(Places::whole(place), Places::whole(place + kLast * step))) {
#pragma GCC unroll 16
      for (std::size_t j = 0; j < Places::kBlock; ++j, place += step) {
        std::memcpy(&to[2 * j], pairs.on_radial(Places::whole(place)), 2 * sizeof(float));
      }
    } else {
      const std::size_t n = std::min(Places::kBlock, read.count - first);
      for (std::size_t j = 0; j < n; ++j, place += step) {
        std::memcpy(&to[2 * j], pairs.anywhere(Places::whole(place)), 2 * sizeof(float));
      }
    }
  }
}

/// The least-squares line through the values of a read and their standard deviation about it.
struct Line {
  double mean_m;
  double slope_m;  ///< per reading
  double deviation_m;
};

/// Sets the values about the trend.
HWY_INLINE Line set_values(const Places& places, const Trend& trend, Read& read) {
  const FloatTag df;
  const DoubleTag dd;
  const hn::Half<FloatTag> dh;
  const std::size_t lanes = hn::Lanes(df);
  auto sum = hn::Zero(df);
  auto squares = hn::Zero(df);
  auto low_moment = hn::Zero(dd);
  auto high_moment = hn::Zero(dd);
  auto low_at = hn::Iota(dd, -0.5 * static_cast<double>(read.count - 1));
  const auto half = hn::Set(dd, static_cast<double>(lanes / 2));
  const auto start = hn::Set(df, trend.start_m);
  const auto rise = hn::Set(df, trend.rise_m);
  auto at = hn::Iota(df, 0.0F);
  const UnsignedTag du;
  alignas(64) std::array<std::uint32_t, Places::kBlock> ahead;  // of the first of the block
  for (std::size_t i = 0; i < ahead.size(); i += lanes) {
    const auto step = hn::Set(du, static_cast<std::uint32_t>(places.step()));
    hn::Store(hn::Mul(hn::Iota(du, static_cast<std::uint32_t>(i)), step), du, &ahead[i]);
  }
  for (std::size_t j = 0; j < read.count; j += lanes) {
    const auto low_pairs = hn::Load(df, &read.around[2 * j]);
    const auto high_pairs = hn::Load(df, &read.around[2 * j + lanes]);
    const auto before = hn::ConcatEven(df, high_pairs, low_pairs);
    const auto behind = hn::ConcatOdd(df, high_pairs, low_pairs);
    const auto on_trend = hn::MulAdd(rise, at, start);
    at = hn::Add(at, hn::Set(df, static_cast<float>(lanes)));
    // To 2^-31, for a conversion of signed numbers.
    const auto place =
        hn::Add(hn::Set(du, read.block_part[j / Places::kBlock]), hn::Load(du, &ahead[j % Places::kBlock]));
    const auto bits = hn::BitCast(IntTag(), hn::ShiftRight<1>(place));
    const auto part = hn::Mul(hn::ConvertTo(df, bits), hn::Set(df, 0x1p-31F));
    auto value = hn::MulAdd(hn::Sub(behind, before), part, hn::Sub(before, on_trend));
    if (j + lanes > read.count) value = hn::IfThenElseZero(hn::FirstN(df, read.count - j), value);
    hn::Store(value, df, &read.value[j]);
    sum = hn::Add(sum, value);
    squares = hn::MulAdd(value, value, squares);
    const auto high_at = hn::Add(low_at, half);
    low_moment = hn::MulAdd(hn::PromoteTo(dd, hn::LowerHalf(dh, value)), low_at, low_moment);
    high_moment = hn::MulAdd(hn::PromoteTo(dd, hn::UpperHalf(dh, value)), high_at, high_moment);
    low_at = hn::Add(high_at, half);
  }
  const auto n = static_cast<double>(read.count);
  // Half weight for the two ends, as in height_fit.hpp.
  const double ends = 0.25 * (n - 1.0) * (read.value[read.count - 1] - read.value[0]);
  const double moment = hn::GetLane(hn::SumOfLanes(dd, hn::Add(low_moment, high_moment))) - ends;
  const double slope = slope_of(moment, static_cast<int>(read.count));
  const double mean = hn::GetLane(hn::SumOfLanes(df, sum)) / n;
  const double square = hn::GetLane(hn::SumOfLanes(df, squares)) / n;
  // About the line, but for readings that cancel: classes may be too wide, not too narrow.
  const double variance = square - mean * mean - slope * slope * n * n / 12.0;
  return {mean, slope, std::sqrt(std::max(variance, 1e-4 * square))};
}

/// The readings in 256 classes, one byte each, in an order of their own.
struct Classes {
  alignas(64) std::array<std::int8_t, Read::kRoom> key;
  std::size_t size;
};

/// Equal classes over three standard deviations to either side: by Cantelli's inequality no tenth lies outside.
HWY_INLINE Classes classes_of(const Read& read, const Line& line) {
  const FloatTag df;
  const IntTag di;
  const std::size_t lanes = hn::Lanes(df);
  const double scale = 42.0 / line.deviation_m;
  const double middle = 0.5 * static_cast<double>(read.count - 1);
  const auto per_value = hn::Set(df, static_cast<float>(scale));
  const auto per_reading = hn::Set(df, static_cast<float>(-line.slope_m * scale));
  const auto start = hn::Set(df, static_cast<float>(128.0 - (line.mean_m - line.slope_m * middle) * scale));
  const auto next = hn::Mul(per_reading, hn::Set(df, static_cast<float>(lanes)));
  auto centre = hn::MulAdd(per_reading, hn::Iota(df, 0.0F), start);
  const auto class_of = [&](std::size_t j) HWY_ATTR {
    const auto scaled = hn::MulAdd(hn::Load(df, &read.value[j]), per_value, centre);
    centre = hn::Add(centre, next);
    const auto limited = hn::Min(hn::Max(scaled, hn::Zero(df)), hn::Set(df, 255.0F));
    if (j + lanes <= read.count) return hn::ConvertTo(di, limited);
    // What lies behind the last reading is in the lowest class.
    const auto readings = hn::FirstN(df, read.count - std::min(j, read.count));
    return hn::ConvertTo(di, hn::IfThenElseZero(readings, limited));
  };
  Classes classes;
  classes.size = 0;
  // Four registers of readings make one of bytes.
  for (std::size_t j = 0; j < read.count; j += 4 * lanes) {
    auto keys = class_of(j);
    keys = hn::Or(keys, hn::ShiftLeft<8>(class_of(j + lanes)));
    keys = hn::Or(keys, hn::ShiftLeft<16>(class_of(j + 2 * lanes)));
    keys = hn::Or(keys, hn::ShiftLeft<24>(class_of(j + 3 * lanes)));
    // From 0 .. 255 to -128 .. 127: bytes are compared with their sign.
    const auto centred = hn::Xor(keys, hn::Set(di, static_cast<std::int32_t>(0x80808080U)));
    hn::Store(hn::BitCast(KeyTag(), centred), KeyTag(), &classes.key[classes.size]);
    classes.size += hn::Lanes(KeyTag());
  }
  return classes;
}

/// Where a rank lies: in class `key`, and so many readings lie in higher ones.
struct Place {
  int key;
  std::size_t above;
};

/// The classes of two ranks, counted from 1 for the largest reading. Side by side: a step waits for the one
/// before.
HWY_INLINE std::array<Place, 2> places_of(const Classes& classes, const std::array<std::size_t, 2>& ranks) {
  const KeyTag d;
  std::array<Place, 2> places{{{-128, 0}, {-128, 0}}};
  for (int step = 128; step > 0; step /= 2) {
    std::array<std::size_t, 2> above{};
    for (std::size_t i = 0; i < classes.size; i += hn::Lanes(d)) {
      const auto keys = hn::Load(d, &classes.key[i]);
      for (const std::size_t k : {0U, 1U}) {
        above[k] += hn::CountTrue(d, hn::Gt(keys, hn::Set(d, static_cast<std::int8_t>(places[k].key + step - 1))));
      }
    }
    for (const std::size_t k : {0U, 1U}) {
      const bool higher = above[k] >= ranks[k];
      places[k].key = higher ? places[k].key + step : places[k].key;
      places[k].above = higher ? places[k].above : above[k];
    }
  }
  return places;
}

/// The reading of a rank about the line, exactly, from its class.
HWY_INLINE double at_rank(Read& read, const Line& line, const Classes& classes, const Place& place,
                          std::size_t rank) {
  const KeyTag d;
  const std::size_t lanes = hn::Lanes(FloatTag());
  std::size_t n = 0;
  for (std::size_t i = 0; i < classes.size; i += hn::Lanes(d)) {
    const auto same = hn::Eq(hn::Load(d, &classes.key[i]), hn::Set(d, static_cast<std::int8_t>(place.key)));
    std::uint64_t bits = 0;
    hn::StoreMaskBits(d, same, reinterpret_cast<std::uint8_t*>(&bits));
    // Byte b of lane l of a register of keys is reading l of register b of its four.
    for (; bits != 0; bits &= bits - 1) {
      const auto at = static_cast<std::size_t>(std::countr_zero(bits));
      const std::size_t j = i + at % 4 * lanes + at / 4;
      if (j < read.count) read.inside[n++] = read.value[j] - line.slope_m * static_cast<double>(j);
    }
  }
  if (n == 1) return read.inside[0];
  double* const wanted = read.inside.data() + (rank - place.above - 1);
  std::nth_element(read.inside.data(), wanted, read.inside.data() + n, std::greater<>());
  return *wanted;
}

/// `line`: through the samples of the stretch.
HWY_INLINE double lane_interdecile_m(const LaneHeights& heights, const StepRange& stretch,
                                     const FittedLine& line) {
  // Single precision rounds the heights of the ends, which count for more where samples are few.
  constexpr std::size_t kFew = 32;
  const LaneProfile& ground = heights.ground();
  if (ground.on_radial < kFew || ground.samples - ground.on_radial > Pairs::kMostOwn) {
    return interdecile_range_m(heights, stretch);
  }
  if (!(stretch.to - stretch.from >= 2.0)) return 0.0;
  const Readings readings = readings_of(stretch);
  const Places places(stretch, readings);
  Read read;
  read.count = static_cast<std::size_t>(readings.count);
  read_around(Pairs(heights), places, read);
  const Line about = set_values(places, Trend(line, heights.steps(), stretch, readings), read);
  if (!(about.deviation_m > 0.0)) return 0.0;
  const Classes classes = classes_of(read, about);
  const auto tenth = static_cast<std::size_t>(readings.tenth);
  const std::array<std::size_t, 2> ranks = {tenth, read.count - tenth + 1};
  const auto [high, low] = places_of(classes, ranks);
  return at_rank(read, about, classes, high, ranks[0]) - at_rank(read, about, classes, low, ranks[1]);
}

#endif  // HWY_TARGET == HWY_SCALAR

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
