// The words of lane_math-inl.hpp: packs and doubles agree on every SIMD target that this machine has.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/unit/propagation/test_lane_math.cpp"
#include <hwy/foreach_target.h>
//
#include "propagation/lane_pair-inl.hpp"

#ifndef AMANEKU_TEST_LANE_MATH_ONCE
#define AMANEKU_TEST_LANE_MATH_ONCE
#include <array>
#include <random>
#include <string>
#include <vector>

namespace {

/// One function, both ways.
struct Compared {
  std::string name;
  double largest_relative_error;
};

constexpr std::size_t kMostLanes = 64;
using Values = std::array<double, kMostLanes>;

}  // namespace
#endif

HWY_BEFORE_NAMESPACE();
namespace amaneku::HWY_NAMESPACE {
namespace {

using namespace amaneku::lane::HWY_NAMESPACE;

// Largest error of `function` over many arguments between the limits, even in the logarithm where both are
// positive; relative to the value, or to 1e-3 where that is smaller.
template <class V, class Function>
Compared compared(std::string name, double low, double high, const Function& function) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> share(0.0, 1.0);
  double largest = 0.0;
  for (int round = 0; round < 2000; ++round) {
    Values x{};
    Values y{};
    Values got{};
    for (std::size_t i = 0; i < lane_count<V>(); ++i) {
      x[i] = low > 0.0 ? low * std::pow(high / low, share(random)) : low + (high - low) * share(random);
      y[i] = -3.0 + 6.0 * share(random);
    }
    store(function(load<V>(x.data()), load<V>(y.data())), got.data());
    for (std::size_t i = 0; i < lane_count<V>(); ++i) {
      const double expected = function(x[i], y[i]);
      largest = std::max(largest, std::abs(got[i] - expected) / std::max(1e-3, std::abs(expected)));
    }
  }
  return {std::move(name), largest};
}

template <class V>
std::vector<Compared> compare_words() {
  return {
      compared<V>("log", 1e-300, 1e300, [](auto x, auto) HWY_ATTR { return log(x); }),
      compared<V>("log10", 1e-12, 1e12, [](auto x, auto) HWY_ATTR { return log10(x); }),
      compared<V>("log1p", 1e-12, 1e12, [](auto x, auto) HWY_ATTR { return log1p(x); }),
      compared<V>("exp", -700.0, 700.0, [](auto x, auto) HWY_ATTR { return exp(x); }),
      compared<V>("exp far below", -1e9, -800.0, [](auto x, auto) HWY_ATTR { return exp(x); }),
      compared<V>("expm1", -50.0, 50.0, [](auto x, auto) HWY_ATTR { return expm1(x); }),
      compared<V>("exp2", -300.0, 300.0, [](auto x, auto) HWY_ATTR { return exp2(x); }),
      compared<V>("exp10", -100.0, 100.0, [](auto x, auto) HWY_ATTR { return exp10(x); }),
      compared<V>("pow", 1e-12, 1e9, [](auto x, auto y) HWY_ATTR { return pow(x, y); }),
      compared<V>("cbrt", 1e-12, 1e12, [](auto x, auto) HWY_ATTR { return cbrt(x); }),
      compared<V>("sqrt", 1e-12, 1e12, [](auto x, auto) HWY_ATTR { return sqrt(x); }),
      compared<V>("cos", -100.0, 100.0, [](auto x, auto) HWY_ATTR { return cos(x); }),
      compared<V>("sin", -100.0, 100.0, [](auto x, auto) HWY_ATTR { return sin(x); }),
      compared<V>("acos", -1.0, 1.0, [](auto x, auto) HWY_ATTR { return acos(x); }),
      compared<V>("atan", -50.0, 50.0, [](auto x, auto) HWY_ATTR { return atan(x); }),
      compared<V>("tanh", -30.0, 30.0, [](auto x, auto) HWY_ATTR { return tanh(x); }),
      compared<V>("min", -2.0, 2.0, [](auto x, auto y) HWY_ATTR { return min(x, y); }),
      compared<V>("max", -2.0, 2.0, [](auto x, auto y) HWY_ATTR { return max(x, y); }),
      compared<V>("clamp", -2.0, 2.0,
                  [](auto x, auto) HWY_ATTR { return clamp(x, decltype(x)(-1.0), decltype(x)(0.5)); }),
      compared<V>("abs", -2.0, 2.0, [](auto x, auto) HWY_ATTR { return abs(x); }),
      compared<V>("floor", -20.0, 20.0, [](auto x, auto) HWY_ATTR { return floor(x); }),
      compared<V>("copysign", -2.0, 2.0, [](auto x, auto y) HWY_ATTR { return copysign(x, y); }),
      compared<V>("mul_add", -2.0, 2.0, [](auto x, auto y) HWY_ATTR { return mul_add(x, y, 3.0 * x); }),
      compared<V>("arithmetic", -2.0, 2.0, [](auto x, auto y) HWY_ATTR { return 2.0 * x - y / 3.0 + (-x) * y; }),
      compared<V>("select", -2.0, 2.0,
                  [](auto x, auto y) HWY_ATTR { return select((x < y && !(x >= 1.0)) || y > 2.0, x, y - x); }),
      compared<V>("any", -2.0, 2.0, [](auto x, auto y) HWY_ATTR {
        // The expensive branch is right whether or not any lane takes it.
        auto out = x;
        if (any(x > y)) out = select(x > y, exp(x), out);
        return out;
      })};
}

template <class V>
bool masks_of_all_lanes() {
  return any(V(1.0) < V(2.0)) && all(V(1.0) < V(2.0)) && !any(V(2.0) <= V(1.0)) && !all(V(2.0) == V(1.0)) &&
         any(true) && !all(false);
}

// One lane differs from the others, each in turn.
template <class V>
bool masks_of_one_lane() {
  for (std::size_t i = 0; i < lane_count<V>(); ++i) {
    Values x{};
    x[i] = 1.0;
    const V v = load<V>(x.data());
    if (!any(v > 0.5) || all(v > 0.5) || all(v < 0.5) || !any(v < 0.5)) return false;
  }
  return true;
}

}  // namespace

std::vector<Compared> CompareWords() {
  std::vector<Compared> all = compare_words<Pack>();
  const std::vector<Compared> of_pairs = compare_words<PackPair>();
  all.insert(all.end(), of_pairs.begin(), of_pairs.end());
  return all;
}
bool MasksOfOneLane() {
  return (lane_count<Pack>() == 1 || masks_of_one_lane<Pack>()) && masks_of_one_lane<PackPair>();
}
bool MasksOfAllLanes() {
  return masks_of_all_lanes<Pack>() && masks_of_all_lanes<PackPair>();
}

}  // namespace amaneku::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "tests/support/catch.hpp"

namespace amaneku {

HWY_EXPORT(CompareWords);
HWY_EXPORT(MasksOfAllLanes);
HWY_EXPORT(MasksOfOneLane);

TEST_CASE("lane math: packs and doubles agree on every target", "[lanes]") {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    INFO(hwy::TargetName(target));
    for (const Compared& word : HWY_DYNAMIC_DISPATCH(CompareWords)()) {
      INFO(word.name);
      CHECK(word.largest_relative_error < 1e-12);
    }
    CHECK(HWY_DYNAMIC_DISPATCH(MasksOfAllLanes)());
    CHECK(HWY_DYNAMIC_DISPATCH(MasksOfOneLane)());
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace amaneku
#endif
