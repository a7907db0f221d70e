// The words in which a formula is written once and evaluated both for one path (V = double) and for a register
// full of paths (V = Pack).
//
// A branch of a formula becomes, for either V:
//
//   if (any(far)) loss = select(far, expensive(x), loss);
//
// Included once per SIMD target (see foreach_target.h of Highway), so this is the pattern of a source file:
//
//   #undef HWY_TARGET_INCLUDE
//   #define HWY_TARGET_INCLUDE "propagation/family/name.cpp"
//   #include <hwy/foreach_target.h>
//   #include "propagation/lane_math-inl.hpp"
//   HWY_BEFORE_NAMESPACE();
//   namespace amaneku::family::HWY_NAMESPACE {
//   using namespace amaneku::lane::HWY_NAMESPACE;
//   ...
//   }  // namespace amaneku::family::HWY_NAMESPACE
//   HWY_AFTER_NAMESPACE();
//   #if HWY_ONCE
//   HWY_EXPORT, HWY_DYNAMIC_DISPATCH
//   #endif
//
// and a file that only wants V = double includes the header without the first three lines. Lambdas need HWY_ATTR.
//
// For V = double these are the functions of <cmath>; for V = Pack the relative error is below 1e-12 and the
// arguments must lie in the domain that is stated. Neither raises nor signals on others.

// Once per target.
#if defined(AMANEKU_PROPAGATION_LANE_MATH_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_LANE_MATH_INL_HPP
#undef AMANEKU_PROPAGATION_LANE_MATH_INL_HPP
#else
#define AMANEKU_PROPAGATION_LANE_MATH_INL_HPP
#endif

#include <hwy/highway.h>
//
#include <hwy/contrib/math/math-inl.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace amaneku::lane::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The result of a comparison of packs, lane by lane.
struct PackMask {
  hn::Mask<hn::ScalableTag<double>> lanes;

  friend HWY_INLINE PackMask operator&&(PackMask a, PackMask b) { return {hn::And(a.lanes, b.lanes)}; }
  friend HWY_INLINE PackMask operator||(PackMask a, PackMask b) { return {hn::Or(a.lanes, b.lanes)}; }
  friend HWY_INLINE PackMask operator!(PackMask a) { return {hn::Not(a.lanes)}; }
};

/// As many doubles as a register of the target holds.
struct Pack {
  using Tag = hn::ScalableTag<double>;
  hn::Vec<Tag> lanes;

  Pack() = default;
  HWY_INLINE Pack(double value) : lanes(hn::Set(Tag(), value)) {}  // NOLINT(google-explicit-constructor)
  HWY_INLINE explicit Pack(hn::Vec<Tag> values) : lanes(values) {}

  friend HWY_INLINE Pack operator+(Pack a, Pack b) { return Pack(hn::Add(a.lanes, b.lanes)); }
  friend HWY_INLINE Pack operator-(Pack a, Pack b) { return Pack(hn::Sub(a.lanes, b.lanes)); }
  friend HWY_INLINE Pack operator*(Pack a, Pack b) { return Pack(hn::Mul(a.lanes, b.lanes)); }
  friend HWY_INLINE Pack operator/(Pack a, Pack b) { return Pack(hn::Div(a.lanes, b.lanes)); }
  friend HWY_INLINE Pack operator-(Pack a) { return Pack(hn::Neg(a.lanes)); }
  HWY_INLINE Pack& operator+=(Pack b) { return *this = *this + b; }
  HWY_INLINE Pack& operator-=(Pack b) { return *this = *this - b; }
  HWY_INLINE Pack& operator*=(Pack b) { return *this = *this * b; }
  friend HWY_INLINE PackMask operator<(Pack a, Pack b) { return {hn::Lt(a.lanes, b.lanes)}; }
  friend HWY_INLINE PackMask operator<=(Pack a, Pack b) { return {hn::Le(a.lanes, b.lanes)}; }
  friend HWY_INLINE PackMask operator>(Pack a, Pack b) { return {hn::Gt(a.lanes, b.lanes)}; }
  friend HWY_INLINE PackMask operator>=(Pack a, Pack b) { return {hn::Ge(a.lanes, b.lanes)}; }
  friend HWY_INLINE PackMask operator==(Pack a, Pack b) { return {hn::Eq(a.lanes, b.lanes)}; }
};

/// What a comparison of two V gives: bool or PackMask.
template <class V>
using MaskOf = decltype(V() < V());

/// How many paths a V holds.
template <class V>
[[nodiscard]] HWY_INLINE std::size_t lane_count() {
  if constexpr (requires(V v) { v.lanes; }) {
    return hn::Lanes(typename V::Tag());
  } else {
    return 1;
  }
}

/// lane_count<V>() values from `from`, of any alignment.
template <class V>
[[nodiscard]] HWY_INLINE V load(const double* from) {
  if constexpr (requires(V v) { v.lanes; }) {
    return V(hn::LoadU(typename V::Tag(), from));
  } else {
    return *from;
  }
}
HWY_INLINE void store(double value, double* to) {
  *to = value;
}
HWY_INLINE void store(Pack value, double* to) {
  hn::StoreU(value.lanes, Pack::Tag(), to);
}

[[nodiscard]] HWY_INLINE bool any(bool mask) {
  return mask;
}
[[nodiscard]] HWY_INLINE bool any(PackMask mask) {
  return !hn::AllFalse(Pack::Tag(), mask.lanes);
}
[[nodiscard]] HWY_INLINE bool all(bool mask) {
  return mask;
}
[[nodiscard]] HWY_INLINE bool all(PackMask mask) {
  return hn::AllTrue(Pack::Tag(), mask.lanes);
}
/// `yes` where the mask holds, else `no`.
[[nodiscard]] HWY_INLINE double select(bool mask, double yes, double no) {
  return mask ? yes : no;
}
[[nodiscard]] HWY_INLINE Pack select(PackMask mask, Pack yes, Pack no) {
  return Pack(hn::IfThenElse(mask.lanes, yes.lanes, no.lanes));
}

// Operands turned round: of a number and not-a-number, x86 gives the second of its instruction, as std gives a.
[[nodiscard]] HWY_INLINE double min(double a, double b) {
  return std::min(a, b);
}
[[nodiscard]] HWY_INLINE Pack min(Pack a, Pack b) {
  return Pack(hn::Min(b.lanes, a.lanes));
}
[[nodiscard]] HWY_INLINE double max(double a, double b) {
  return std::max(a, b);
}
[[nodiscard]] HWY_INLINE Pack max(Pack a, Pack b) {
  return Pack(hn::Max(b.lanes, a.lanes));
}
template <class V>
[[nodiscard]] HWY_INLINE V clamp(V x, V low, V high) {
  return min(max(x, low), high);
}
[[nodiscard]] HWY_INLINE Pack clamp(Pack x, double low, double high) {
  return min(max(x, low), high);
}

[[nodiscard]] HWY_INLINE double abs(double x) {
  return std::abs(x);
}
[[nodiscard]] HWY_INLINE Pack abs(Pack x) {
  return Pack(hn::Abs(x.lanes));
}
[[nodiscard]] HWY_INLINE double copysign(double magnitude, double sign) {
  return std::copysign(magnitude, sign);
}
[[nodiscard]] HWY_INLINE Pack copysign(Pack magnitude, Pack sign) {
  return Pack(hn::CopySign(magnitude.lanes, sign.lanes));
}
[[nodiscard]] HWY_INLINE double floor(double x) {
  return std::floor(x);
}
[[nodiscard]] HWY_INLINE Pack floor(Pack x) {
  return Pack(hn::Floor(x.lanes));
}
[[nodiscard]] HWY_INLINE double sqrt(double x) {
  return std::sqrt(x);
}
[[nodiscard]] HWY_INLINE Pack sqrt(Pack x) {
  return Pack(hn::Sqrt(x.lanes));
}

/// a * b + c, in one rounding where the target has it.
[[nodiscard]] HWY_INLINE double mul_add(double a, double b, double c) {
  return a * b + c;
}
[[nodiscard]] HWY_INLINE Pack mul_add(Pack a, Pack b, Pack c) {
  return Pack(hn::MulAdd(a.lanes, b.lanes, c.lanes));
}

/// Natural logarithm; x >= 0. Of 0: -infinity for double, a number below -700 for packs.
[[nodiscard]] HWY_INLINE double log(double x) {
  return std::log(x);
}
[[nodiscard]] HWY_INLINE Pack log(Pack x) {
  return Pack(hn::Log(Pack::Tag(), x.lanes));
}
[[nodiscard]] HWY_INLINE double log10(double x) {
  return std::log10(x);
}
[[nodiscard]] HWY_INLINE Pack log10(Pack x) {
  return Pack(hn::Log10(Pack::Tag(), x.lanes));
}
/// log(1 + x), x >= 0.
[[nodiscard]] HWY_INLINE double log1p(double x) {
  return std::log1p(x);
}
[[nodiscard]] HWY_INLINE Pack log1p(Pack x) {
  return Pack(hn::Log1p(Pack::Tag(), x.lanes));
}

/// e^x. Packs: the largest power is e^706.
[[nodiscard]] HWY_INLINE double exp(double x) {
  return std::exp(x);
}
[[nodiscard]] HWY_INLINE Pack exp(Pack x) {
  return Pack(hn::Exp(Pack::Tag(), min(x, 706.0).lanes));
}
/// e^x - 1.
[[nodiscard]] HWY_INLINE double expm1(double x) {
  return std::expm1(x);
}
[[nodiscard]] HWY_INLINE Pack expm1(Pack x) {
  return Pack(hn::Expm1(Pack::Tag(), min(x, 706.0).lanes));
}
/// 2^x.
[[nodiscard]] HWY_INLINE double exp2(double x) {
  return std::exp2(x);
}
[[nodiscard]] HWY_INLINE Pack exp2(Pack x) {
  return exp(x * 0.6931471805599453);
}
/// 10^x.
[[nodiscard]] HWY_INLINE double exp10(double x) {
  return std::exp2(x * 3.321928094887362);
}
[[nodiscard]] HWY_INLINE Pack exp10(Pack x) {
  return exp(x * 2.302585092994046);
}
/// base^exponent, base > 0.
[[nodiscard]] HWY_INLINE double pow(double base, double exponent) {
  return std::pow(base, exponent);
}
[[nodiscard]] HWY_INLINE Pack pow(Pack base, Pack exponent) {
  return exp(exponent * log(base));
}
/// Cube root, x > 0.
[[nodiscard]] HWY_INLINE double cbrt(double x) {
  return std::cbrt(x);
}
[[nodiscard]] HWY_INLINE Pack cbrt(Pack x) {
  return exp(log(x) * (1.0 / 3.0));
}

/// x in radians; packs: |x| up to 39000.
[[nodiscard]] HWY_INLINE double cos(double x) {
  return std::cos(x);
}
[[nodiscard]] HWY_INLINE Pack cos(Pack x) {
  return Pack(hn::Cos(Pack::Tag(), x.lanes));
}
[[nodiscard]] HWY_INLINE double sin(double x) {
  return std::sin(x);
}
[[nodiscard]] HWY_INLINE Pack sin(Pack x) {
  return Pack(hn::Sin(Pack::Tag(), x.lanes));
}
/// -1 <= x <= 1.
[[nodiscard]] HWY_INLINE double acos(double x) {
  return std::acos(x);
}
[[nodiscard]] HWY_INLINE Pack acos(Pack x) {
  return Pack(hn::Acos(Pack::Tag(), x.lanes));
}
[[nodiscard]] HWY_INLINE double atan(double x) {
  return std::atan(x);
}
[[nodiscard]] HWY_INLINE Pack atan(Pack x) {
  return Pack(hn::Atan(Pack::Tag(), x.lanes));
}
[[nodiscard]] HWY_INLINE double tanh(double x) {
  return std::tanh(x);
}
[[nodiscard]] HWY_INLINE Pack tanh(Pack x) {
  return Pack(hn::Tanh(Pack::Tag(), x.lanes));
}

}  // namespace amaneku::lane::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
