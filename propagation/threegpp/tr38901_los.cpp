#include "propagation/threegpp/tr38901_los.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"

namespace amaneku::threegpp {
namespace {

// How often a ray meets an obstacle: obstacles of `size_m` cover `density` of the ground.
double obstacles_per_m(double density, double size_m) noexcept {
  return -std::log(1.0 - std::clamp(density, 0.0, 1.0 - 1e-12)) / positive(size_m);
}

// Share of the ray that is below the top of the obstacles: none for a user above them, all of it where the base
// station is below them too (the formula of the low base stations, InF-SL and -DL).
double share_below(double top_m, const Ends& ends) noexcept {
  return std::min(1.0, std::max(0.0, top_m - ends.user_agl_m) / positive(ends.base_agl_m - ends.user_agl_m));
}

double suburban_rate(const Ends& ends, const Surroundings& around) noexcept {
  constexpr double kSize_m = 30.0;
  return obstacles_per_m(0.02, kSize_m) * share_below(20.0, ends) +
         obstacles_per_m(0.18, kSize_m) * share_below(8.0, ends) +
         obstacles_per_m(around.vegetation_density, kSize_m) * share_below(15.0, ends);
}

// UMa, UMi.
double street_probability(double d_m, double decay_m) noexcept {
  const double open = 18.0 / d_m;
  return open + std::exp(-d_m / decay_m) * (1.0 - open);
}

double uma_probability(double d_m, double tall_user) noexcept {
  if (d_m <= 18.0) return 1.0;
  const double street = street_probability(d_m, 63.0);
  if (tall_user == 0.0) return street;
  const double d_100m = d_m / 100.0;
  const double above_roofs = tall_user * 1.25 * d_100m * d_100m * d_100m * std::exp(-d_m / 150.0);
  return std::min(1.0, street * (1.0 + above_roofs));
}

double mixed_office_probability(double d_m) noexcept {
  if (d_m <= 1.2) return 1.0;
  if (d_m < 6.5) return std::exp(-(d_m - 1.2) / 4.7);
  return 0.32 * std::exp(-(d_m - 6.5) / 32.6);
}

double open_office_probability(double d_m) noexcept {
  if (d_m <= 5.0) return 1.0;
  if (d_m <= 49.0) return std::exp(-(d_m - 5.0) / 70.8);
  return 0.54 * std::exp(-(d_m - 49.0) / 211.7);
}

}  // namespace

LosProbability los_probability_of(Scenario scenario, const Ends& ends, const Surroundings& around) noexcept {
  LosProbability out{scenario, 0.0, 0.0};
  switch (scenario) {
    case Scenario::uma: {
      const double above = std::max(0.0, (ends.user_agl_m - 13.0) / 10.0);
      out.tall_user = above * std::sqrt(above);
      break;
    }
    case Scenario::sma:
      out.rate_per_m = suburban_rate(ends, around);
      break;
    case Scenario::inf_sl:
    case Scenario::inf_dl:
      out.rate_per_m = obstacles_per_m(around.clutter_density, around.clutter_size_m);
      break;
    case Scenario::inf_sh:
    case Scenario::inf_dh:
      out.rate_per_m = obstacles_per_m(around.clutter_density, around.clutter_size_m) *
                       share_below(around.clutter_height_m, ends);
      break;
    default:
      break;
  }
  return out;
}

double los_probability(const LosProbability& probability, double d_m) noexcept {
  switch (probability.scenario) {
    case Scenario::uma:
      return uma_probability(d_m, probability.tall_user);
    case Scenario::umi:
      return d_m <= 18.0 ? 1.0 : street_probability(d_m, 36.0);
    case Scenario::rma:
      return d_m <= 10.0 ? 1.0 : std::exp(-(d_m - 10.0) / 1000.0);
    case Scenario::sma:
      return d_m <= 10.0 ? 1.0 : std::exp(-d_m * probability.rate_per_m);
    case Scenario::inh_mixed_office:
      return mixed_office_probability(d_m);
    case Scenario::inh_open_office:
      return open_office_probability(d_m);
    default:
      return std::exp(-d_m * probability.rate_per_m);
  }
}

}  // namespace amaneku::threegpp
