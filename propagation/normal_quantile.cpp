#include "propagation/normal_quantile.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <span>

namespace amaneku {
namespace {

// P.1057-7 Annex 1 section 3, constant term first.
constexpr std::array kMiddleAbove = {2.506628277459239,  -30.66479806614716, 138.3577518672690,
                                     -275.9285104469687, 220.9460984245205,  -39.69683028665376};
constexpr std::array kMiddleBelow = {
    1.0, -13.28068155288572, 66.80131188771972, -155.6989798598866, 161.5858368580409, -54.47609879822406};
constexpr std::array kTailAbove = {2.938163982698783,  4.374664141464968,   -2.549732539343734,
                                   -2.400758277161838, -0.3223964580411365, -0.007784894002430293};
constexpr std::array kTailBelow = {1.0, 3.754408661907416, 2.445134137142996, 0.3224671290700398,
                                   0.007784695709041462};
constexpr double kTailShare = 0.02425;

double polynomial(std::span<const double> coefficients, double x) noexcept {
  double sum = 0.0;
  for (std::size_t i = coefficients.size(); i-- > 0;) sum = sum * x + coefficients[i];
  return sum;
}

// For a share up to one half: never above 0.
double approximate_quantile(double share) noexcept {
  if (share <= kTailShare) {
    const double t = std::sqrt(-2.0 * std::log(share));
    return polynomial(kTailAbove, t) / polynomial(kTailBelow, t);
  }
  const double from_middle = share - 0.5;
  const double t = from_middle * from_middle;
  return from_middle * polynomial(kMiddleAbove, t) / polynomial(kMiddleBelow, t);
}

}  // namespace

double normal_quantile(double share) noexcept {
  const double tail = std::clamp(std::min(share, 1.0 - share), 1e-16, 0.5);
  const double x = approximate_quantile(tail);
  const double excess = 0.5 * std::erfc(-x / std::numbers::sqrt2) - tail;
  const double step = excess * std::sqrt(2.0 * std::numbers::pi) * std::exp(0.5 * x * x);
  const double exact = x - step / (1.0 + 0.5 * x * step);
  return share > 0.5 ? -exact : exact;
}

}  // namespace amaneku
