#include "propagation/itu/p530_rain.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/itu/p530_wet_snow.hpp"

namespace amaneku::itu {
namespace {

// ITU-R P.2001-5 table C.2.1, the same as in P.530-18 section 2.4.2: probability that the rain height is 100 i m
// above (or below) its mean.
constexpr std::array<double, 25> kRainHeight = {
    0.049978, 0.049589, 0.048439, 0.046583, 0.044104, 0.041110, 0.037724, 0.034081, 0.030312,
    0.026542, 0.022881, 0.019419, 0.016225, 0.013346, 0.010808, 0.008617, 0.006764, 0.005227,
    0.003976, 0.002978, 0.002196, 0.001594, 0.001139, 0.000802, 0.000555};

constexpr std::size_t kSteps = kRainHeight.size() - 1;  // of 100 m, to either side of the mean height

}  // namespace

double RainStatistics::exceeded_db(double percent) const noexcept {
  // Below the vertex of the parabola in log p the attenuation would fall again.
  const double log_p = std::max(std::log10(std::clamp(percent, 1e-12, 100.0)), -c2 / (2.0 * c3));
  return exceeded_001_db * c1 * std::pow(10.0, -(c2 + c3 * log_p) * log_p);
}

double RainStatistics::percent(double attenuation_db) const noexcept {
  if (exceeded_001_db <= 0.0) return 0.0;
  if (attenuation_db <= 0.0) return 100.0;
  const double log_ratio = std::log10(attenuation_db / (exceeded_001_db * c1));
  const double inner = c2 * c2 - 4.0 * c3 * log_ratio;
  if (inner < 0.0) return 0.0;
  return std::pow(10.0, std::min(2.0, (std::sqrt(inner) - c2) / (2.0 * c3)));
}

RainStatistics rain_statistics(double freq_hz, double length_m, const RainLaw& law,
                               double rain_rate_001_mm_h) noexcept {
  RainStatistics out;
  const double length_km = positive(length_m) * 1e-3;
  out.specific_db_km = law.specific_db_km(rain_rate_001_mm_h);
  out.factor = rain_distance_factor(freq_hz, length_m, law, rain_rate_001_mm_h);
  out.exceeded_001_db = out.specific_db_km * length_km * out.factor.capped;    // (34)
  out.uncapped_001_db = out.specific_db_km * length_km * out.factor.uncapped;  // (34)
  const double c0 = freq_hz >= 10e9 ? 0.12 + 0.32 * std::log10(std::min(freq_hz, 1e13) * 1e-10) : 0.12;
  out.c1 = std::pow(0.07, c0) * std::pow(0.12, 1.0 - c0);
  out.c2 = 0.855 * c0 + 0.546 * (1.0 - c0);
  out.c3 = 0.139 * c0 + 0.043 * (1.0 - c0);
  return out;
}

RainAndWetSnow::RainAndWetSnow(const RainStatistics& rain, const RainHeights& heights) noexcept
    : rain_(rain), rain_probability_percent_(std::clamp(heights.rain_probability_percent, 0.0, 100.0)) {
  for (std::size_t i = 0; i < factors_.size(); ++i) {
    const double above_mean_m = 100.0 * (static_cast<double>(i) - static_cast<double>(kSteps));
    const double factor = melting_layer_factor(bounded(heights.mean_rain_height_asl_m) + above_mean_m,
                                               heights.low_asl_m, heights.high_asl_m);
    factors_[i] = factor;
    may_snow_ = may_snow_ || factor != 1.0;
  }
}

double RainAndWetSnow::percent(double attenuation_db) const noexcept {
  const auto rain_percent = [&](double rain_db) {
    return std::min(rain_.percent(rain_db), rain_probability_percent_);
  };
  if (!may_snow_) return rain_percent(attenuation_db);
  double sum = 0.0;
  for (std::size_t i = 0; i < factors_.size(); ++i) {
    const double probability = kRainHeight[i < kSteps ? kSteps - i : i - kSteps];
    // Dry snow takes nothing.
    if (factors_[i] > 0.0) sum += probability * rain_percent(attenuation_db / factors_[i]);
  }
  return sum;
}

}  // namespace amaneku::itu
