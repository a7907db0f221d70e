// The words of lane_math-inl.hpp: packs and doubles agree on every SIMD target that this machine has.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/unit/propagation/test_lane_math.cpp"
#include <hwy/foreach_target.h>
//
#include "propagation/lane_math-inl.hpp"

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
template <class Function>
Compared compared(std::string name, double low, double high, const Function& function) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> share(0.0, 1.0);
  double largest = 0.0;
  for (int round = 0; round < 2000; ++round) {
    Values x{};
    Values y{};
    Values got{};
    for (std::size_t i = 0; i < lane_count<Pack>(); ++i) {
      x[i] = low > 0.0 ? low * std::pow(high / low, share(random)) : low + (high - low) * share(random);
      y[i] = -3.0 + 6.0 * share(random);
    }
    store(function(load<Pack>(x.data()), load<Pack>(y.data())), got.data());
    for (std::size_t i = 0; i < lane_count<Pack>(); ++i) {
      const double expected = function(x[i], y[i]);
      largest = std::max(largest, std::abs(got[i] - expected) / std::max(1e-3, std::abs(expected)));
    }
  }
  return {std::move(name), largest};
}

std::vector<Compared> compare_words() {
  return {compared("log", 1e-300, 1e300, [](auto x, auto) HWY_ATTR { return log(x); }),
          compared("log10", 1e-12, 1e12, [](auto x, auto) HWY_ATTR { return log10(x); }),
          compared("log1p", 1e-12, 1e12, [](auto x, auto) HWY_ATTR { return log1p(x); }),
          compared("exp", -700.0, 700.0, [](auto x, auto) HWY_ATTR { return exp(x); }),
          compared("exp far below", -1e9, -800.0, [](auto x, auto) HWY_ATTR { return exp(x); }),
          compared("expm1", -50.0, 50.0, [](auto x, auto) HWY_ATTR { return expm1(x); }),
          compared("exp2", -300.0, 300.0, [](auto x, auto) HWY_ATTR { return exp2(x); }),
          compared("exp10", -100.0, 100.0, [](auto x, auto) HWY_ATTR { return exp10(x); }),
          compared("pow", 1e-12, 1e9, [](auto x, auto y) HWY_ATTR { return pow(x, y); }),
          compared("cbrt", 1e-12, 1e12, [](auto x, auto) HWY_ATTR { return cbrt(x); }),
          compared("sqrt", 1e-12, 1e12, [](auto x, auto) HWY_ATTR { return sqrt(x); }),
          compared("cos", -100.0, 100.0, [](auto x, auto) HWY_ATTR { return cos(x); }),
          compared("sin", -100.0, 100.0, [](auto x, auto) HWY_ATTR { return sin(x); }),
          compared("acos", -1.0, 1.0, [](auto x, auto) HWY_ATTR { return acos(x); }),
          compared("atan", -50.0, 50.0, [](auto x, auto) HWY_ATTR { return atan(x); }),
          compared("tanh", -30.0, 30.0, [](auto x, auto) HWY_ATTR { return tanh(x); }),
          compared("min", -2.0, 2.0, [](auto x, auto y) HWY_ATTR { return min(x, y); }),
          compared("max", -2.0, 2.0, [](auto x, auto y) HWY_ATTR { return max(x, y); }),
          compared("clamp", -2.0, 2.0, [](auto x, auto) HWY_ATTR { return clamp(x, -1.0, 0.5); }),
          compared("abs", -2.0, 2.0, [](auto x, auto) HWY_ATTR { return abs(x); }),
          compared("floor", -20.0, 20.0, [](auto x, auto) HWY_ATTR { return floor(x); }),
          compared("copysign", -2.0, 2.0, [](auto x, auto y) HWY_ATTR { return copysign(x, y); }),
          compared("mul_add", -2.0, 2.0, [](auto x, auto y) HWY_ATTR { return mul_add(x, y, 3.0 * x); }),
          compared("arithmetic", -2.0, 2.0, [](auto x, auto y) HWY_ATTR { return 2.0 * x - y / 3.0 + (-x) * y; }),
          compared("select", -2.0, 2.0,
                   [](auto x, auto y) HWY_ATTR { return select((x < y && !(x >= 1.0)) || y > 2.0, x, y - x); }),
          compared("any", -2.0, 2.0, [](auto x, auto y) HWY_ATTR {
            // The expensive branch is right whether or not any lane takes it.
            auto out = x;
            if (any(x > y)) out = select(x > y, exp(x), out);
            return out;
          })};
}

bool masks_of_all_lanes() {
  return any(Pack(1.0) < Pack(2.0)) && all(Pack(1.0) < Pack(2.0)) && !any(Pack(2.0) <= Pack(1.0)) &&
         !all(Pack(2.0) == Pack(1.0)) && any(true) && !all(false);
}

}  // namespace

std::vector<Compared> CompareWords() {
  return compare_words();
}
bool MasksOfAllLanes() {
  return masks_of_all_lanes();
}

}  // namespace amaneku::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "tests/support/catch.hpp"

namespace amaneku {

HWY_EXPORT(CompareWords);
HWY_EXPORT(MasksOfAllLanes);

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
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace amaneku
#endif
