#include "propagation/itm/even_steps.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace amaneku::itm {
namespace {

// Tenths of a horizon decide which samples count. Where they are whole steps the last bit of the distance does, so
// it is summed up then in the order of NTIA's code; elsewhere a product is as good.
constexpr std::size_t kTenths = 10;

/// Positive doubles between two powers of two, as whole numbers of their last bit.
constexpr std::int64_t kBinade = std::int64_t{1} << 52;

std::int64_t bits_of(double positive) noexcept {
  return std::bit_cast<std::int64_t>(positive);
}

std::size_t left_out_of(std::size_t points, double first_m, double length_m) noexcept {
  return points > 2 && first_m * static_cast<double>(points - 1) < 0.5 * length_m ? 1 : 0;
}

}  // namespace

// Between two powers of two every sum is rounded to the same last bit, so from the second one on (the first may
// break a tie towards an even number) each adds the same whole number of it: they are taken together.
double stepped_m(double start_m, double step_m, std::size_t times) noexcept {
  constexpr std::size_t kFew = 8;
  double at_m = start_m;
  std::size_t left = times;
  while (left > kFew) {
    at_m += step_m;
    const double first_m = at_m + step_m;
    const double second_m = first_m + step_m;
    left -= 3;
    const std::int64_t from = bits_of(first_m);
    const std::int64_t to = bits_of(second_m);
    const std::int64_t gain = to - from;
    const bool inside = at_m > 0.0 && second_m > 0.0 && gain != 0 && bits_of(at_m) / kBinade == to / kBinade;
    at_m = second_m;
    if (!inside) continue;
    const std::int64_t room = gain > 0 ? kBinade - 1 - to % kBinade : to % kBinade;
    const auto together = std::min(static_cast<std::int64_t>(left), room / std::abs(gain));
    at_m = std::bit_cast<double>(to + together * gain);
    left -= static_cast<std::size_t>(together);
  }
  for (; left > 0; --left) at_m += step_m;
  return at_m;
}

EvenSteps::EvenSteps(std::size_t points, double first_m, double length_m) noexcept
    : left_out_(left_out_of(points, first_m, length_m)),
      steps_(points - 1 - left_out_),
      step_m_(length_m / static_cast<double>(steps_)) {}

double EvenSteps::tx_reach_m(const Horizon& horizon) const noexcept {
  const std::size_t steps = horizon.sample - left_out_;
  if (steps == steps_ || steps % kTenths != 0) return step_m_ * static_cast<double>(steps);
  return stepped_m(0.0, step_m_, steps);
}

double EvenSteps::rx_reach_m(const Horizon& horizon) const noexcept {
  const std::size_t before = std::max(horizon.sample, left_out_) - left_out_;
  const double length_m = step_m_ * static_cast<double>(steps_);
  if (before == 0) return length_m;
  if ((steps_ - before) % kTenths != 0) return step_m_ * static_cast<double>(steps_ - before);
  return stepped_m(length_m, -step_m_, before);
}

}  // namespace amaneku::itm
