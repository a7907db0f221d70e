// Two registers of paths, V = PackPair, in the words of lane_math-inl.hpp. A long formula is a long chain of
// results that wait for one another; a second chain beside it costs a third of the time of the first. (P.1812 in
// AVX-512: 47 ns a path against 64.)
#if defined(AMANEKU_PROPAGATION_LANE_PAIR_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_LANE_PAIR_INL_HPP
#undef AMANEKU_PROPAGATION_LANE_PAIR_INL_HPP
#else
#define AMANEKU_PROPAGATION_LANE_PAIR_INL_HPP
#endif

#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::lane::HWY_NAMESPACE {

struct PackPairMask {
  PackMask first;
  PackMask second;

  friend HWY_INLINE PackPairMask operator&&(PackPairMask a, PackPairMask b) {
    return {a.first && b.first, a.second && b.second};
  }
  friend HWY_INLINE PackPairMask operator||(PackPairMask a, PackPairMask b) {
    return {a.first || b.first, a.second || b.second};
  }
  friend HWY_INLINE PackPairMask operator!(PackPairMask a) { return {!a.first, !a.second}; }
};

struct PackPair {
  Pack first;
  Pack second;

  PackPair() = default;
  HWY_INLINE PackPair(double value) : first(value), second(value) {}  // NOLINT(google-explicit-constructor)
  HWY_INLINE PackPair(Pack a, Pack b) : first(a), second(b) {}

  friend HWY_INLINE PackPair operator+(PackPair a, PackPair b) { return {a.first + b.first, a.second + b.second}; }
  friend HWY_INLINE PackPair operator-(PackPair a, PackPair b) { return {a.first - b.first, a.second - b.second}; }
  friend HWY_INLINE PackPair operator*(PackPair a, PackPair b) { return {a.first * b.first, a.second * b.second}; }
  friend HWY_INLINE PackPair operator/(PackPair a, PackPair b) { return {a.first / b.first, a.second / b.second}; }
  friend HWY_INLINE PackPair operator-(PackPair a) { return {-a.first, -a.second}; }
  HWY_INLINE PackPair& operator+=(PackPair b) { return *this = *this + b; }
  HWY_INLINE PackPair& operator*=(PackPair b) { return *this = *this * b; }
  HWY_INLINE PackPair& operator-=(PackPair b) { return *this = *this - b; }
  friend HWY_INLINE PackPairMask operator<(PackPair a, PackPair b) {
    return {a.first < b.first, a.second < b.second};
  }
  friend HWY_INLINE PackPairMask operator<=(PackPair a, PackPair b) {
    return {a.first <= b.first, a.second <= b.second};
  }
  friend HWY_INLINE PackPairMask operator>(PackPair a, PackPair b) {
    return {a.first > b.first, a.second > b.second};
  }
  friend HWY_INLINE PackPairMask operator>=(PackPair a, PackPair b) {
    return {a.first >= b.first, a.second >= b.second};
  }
  friend HWY_INLINE PackPairMask operator==(PackPair a, PackPair b) {
    return {a.first == b.first, a.second == b.second};
  }
};

template <>
[[nodiscard]] HWY_INLINE std::size_t lane_count<PackPair>() {
  return 2 * lane_count<Pack>();
}
template <>
[[nodiscard]] HWY_INLINE PackPair load<PackPair>(const double* from) {
  return {load<Pack>(from), load<Pack>(from + lane_count<Pack>())};
}
HWY_INLINE void store(PackPair value, double* to) {
  store(value.first, to);
  store(value.second, to + lane_count<Pack>());
}

[[nodiscard]] HWY_INLINE bool any(PackPairMask mask) {
  return any(mask.first || mask.second);
}
[[nodiscard]] HWY_INLINE bool all(PackPairMask mask) {
  return all(mask.first && mask.second);
}
[[nodiscard]] HWY_INLINE PackPair select(PackPairMask mask, PackPair yes, PackPair no) {
  return {select(mask.first, yes.first, no.first), select(mask.second, yes.second, no.second)};
}
[[nodiscard]] HWY_INLINE PackPair min(PackPair a, PackPair b) {
  return {min(a.first, b.first), min(a.second, b.second)};
}
[[nodiscard]] HWY_INLINE PackPair max(PackPair a, PackPair b) {
  return {max(a.first, b.first), max(a.second, b.second)};
}
[[nodiscard]] HWY_INLINE PackPair sqrt(PackPair x) {
  return {sqrt(x.first), sqrt(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair floor(PackPair x) {
  return {floor(x.first), floor(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair abs(PackPair x) {
  return {abs(x.first), abs(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair log(PackPair x) {
  return {log(x.first), log(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair log10(PackPair x) {
  return {log10(x.first), log10(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair exp(PackPair x) {
  return {exp(x.first), exp(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair expm1(PackPair x) {
  return {expm1(x.first), expm1(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair exp10(PackPair x) {
  return {exp10(x.first), exp10(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair cos(PackPair x) {
  return {cos(x.first), cos(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair acos(PackPair x) {
  return {acos(x.first), acos(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair atan(PackPair x) {
  return {atan(x.first), atan(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair tanh(PackPair x) {
  return {tanh(x.first), tanh(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair log1p(PackPair x) {
  return {log1p(x.first), log1p(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair exp2(PackPair x) {
  return {exp2(x.first), exp2(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair cbrt(PackPair x) {
  return {cbrt(x.first), cbrt(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair sin(PackPair x) {
  return {sin(x.first), sin(x.second)};
}
[[nodiscard]] HWY_INLINE PackPair copysign(PackPair a, PackPair b) {
  return {copysign(a.first, b.first), copysign(a.second, b.second)};
}
[[nodiscard]] HWY_INLINE PackPair pow(PackPair a, PackPair b) {
  return {pow(a.first, b.first), pow(a.second, b.second)};
}
[[nodiscard]] HWY_INLINE PackPair mul_add(PackPair a, PackPair b, PackPair c) {
  return {mul_add(a.first, b.first, c.first), mul_add(a.second, b.second, c.second)};
}

}  // namespace amaneku::lane::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
