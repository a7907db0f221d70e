#include "propagation/itm/variability.hpp"

#include <array>
#include <cmath>

namespace amaneku::itm {
namespace {

/// (c1 + c2 / (1 + ((d - x2) / x3)^2)) (d / x1)^2 / (1 + (d / x1)^2), TN 101 eq. (III.69) and (III.70).
struct Curve {
  double c1;
  double c2;
  double x1_m;
  double x2_m;
  double x3_m;

  [[nodiscard]] double at(double distance_m) const noexcept {
    const double ratio = distance_m / x1_m;
    const double offset = (distance_m - x2_m) / x3_m;
    const double square = ratio * ratio;
    return (c1 + c2 / (1.0 + offset * offset)) * square / (1.0 + square);
  }
};

/// b1 + b2 / (1 + (b3 ln(0.133 k))^2), TN 101 section III.7.2.
struct FrequencyFactor {
  double b1 = 1.0;
  double b2 = 0.0;
  double b3 = 0.0;

  [[nodiscard]] double at(double log_wave_number) const noexcept {
    const double square = b3 * log_wave_number * b3 * log_wave_number;
    return b1 + b2 / (1.0 + square);
  }
};

struct ClimateData {
  Curve median_db;
  Curve below_db;  ///< spread of the times with larger loss than the median
  Curve above_db;  ///< and of those with smaller loss
  FrequencyFactor below_factor;
  FrequencyFactor above_factor;
  double ducting_ratio;    ///< C_D
  double ducting_deviate;  ///< z_D, where the slow growth of ducting begins
};

constexpr ClimateData kContinentalTemperate = {{-0.62, 9.19, 228.9e3, 205.2e3, 143.6e3},
                                               {2.68, 7.16, 93.7e3, 186.8e3, 133.5e3},
                                               {4.75, 8.12, 93.2e3, 135.9e3, 113.4e3},
                                               {0.92, 0.25, 1.77},
                                               {0.93, 0.31, 2.00},
                                               1.224,
                                               1.282};
constexpr ClimateData kMaritimeTemperateOverLand = {{-0.39, 2.86, 141.7e3, 315.9e3, 167.4e3},
                                                    {6.86, 10.38, 187.8e3, 169.6e3, 108.9e3},
                                                    {8.58, 13.97, 216.0e3, 152.0e3, 122.7e3},
                                                    {},
                                                    {},
                                                    1.518,
                                                    1.282};
constexpr ClimateData kMaritimeTemperateOverSea = {{3.15, 857.9, 2222.0e3, 164.8e3, 116.3e3},
                                                   {8.51, 169.8, 609.8e3, 119.9e3, 106.6e3},
                                                   {8.43, 8.19, 136.2e3, 188.5e3, 122.9e3},
                                                   {},
                                                   {},
                                                   1.518,
                                                   1.282};
constexpr ClimateData kContinentalSubtropical = {{-0.62, 9.19, 228.9e3, 205.2e3, 143.6e3},
                                                 {2.66, 7.67, 100.4e3, 172.5e3, 136.4e3},
                                                 {6.87, 15.53, 138.7e3, 143.7e3, 98.6e3},
                                                 {},
                                                 {0.93, 0.31, 2.00},
                                                 0.801,
                                                 2.161};
constexpr ClimateData kMaritimeSubtropical = {{1.26, 15.5, 262.6e3, 185.2e3, 99.8e3},
                                              {6.11, 6.65, 138.2e3, 242.2e3, 178.6e3},
                                              {10.08, 9.60, 165.3e3, 225.7e3, 129.7e3},
                                              {},
                                              {},
                                              1.380,
                                              1.282};
constexpr ClimateData kEquatorial = {{-9.67, 12.7, 144.9e3, 190.3e3, 133.8e3},
                                     {2.13, 159.5, 762.2e3, 123.6e3, 94.5e3},
                                     {2.11, 102.3, 636.9e3, 134.8e3, 95.6e3},
                                     {},
                                     {},
                                     1.224,
                                     1.282};
constexpr ClimateData kDesert = {{-9.21, 9.05, 84.1e3, 101.1e3, 98.6e3},
                                 {1.98, 13.11, 139.1e3, 132.7e3, 193.5e3},
                                 {3.68, 159.3, 464.4e3, 93.1e3, 94.2e3},
                                 {},
                                 {0.93, 0.19, 1.79},
                                 1.000,
                                 20.0};

/// In the order of Climate.
constexpr std::array<const ClimateData*, 7> kClimates = {&kContinentalTemperate,
                                                         &kMaritimeTemperateOverLand,
                                                         &kMaritimeTemperateOverSea,
                                                         &kContinentalSubtropical,
                                                         &kMaritimeSubtropical,
                                                         &kEquatorial,
                                                         &kDesert};

// The algorithm, eq. (5.3): the distance in units of the range in sight over a standard Earth and a share of
// scatter.
double effective_distance_m(const TerrainTerms& terms, double wave_number) noexcept {
  constexpr double kStandardEarth_m = 9'000e3;
  constexpr double kReach_m = 130e3;
  const double range_m = smooth_horizon_m(terms.tx.effective_m, kStandardEarth_m) +
                         smooth_horizon_m(terms.rx.effective_m, kStandardEarth_m) +
                         std::cbrt(575.7e12 / wave_number);
  return terms.distance_m < range_m ? kReach_m * terms.distance_m / range_m
                                    : kReach_m + terms.distance_m - range_m;
}

double time_spread_db(const ClimateData& climate, double distance_m, double wave_number, double deviate) noexcept {
  const double log_wave_number = std::log(0.133 * wave_number);
  if (deviate < 0.0) return climate.below_db.at(distance_m) * climate.below_factor.at(log_wave_number);
  const double above_db = climate.above_db.at(distance_m) * climate.above_factor.at(log_wave_number);
  if (deviate <= climate.ducting_deviate) return above_db;
  const double ducting_db = climate.ducting_ratio * above_db;
  return ducting_db + (above_db - ducting_db) * climate.ducting_deviate / deviate;
}

/// Standard deviations, dB.
struct Spreads {
  double time_db;
  double location_db;
  double situation_db;
};

// The algorithm, eq. (5.11) and the text below it: what is certain of time and place, and the share of it that the
// situation widens.
double deviation_db(Service service, const Deviates& z, const Spreads& spread) noexcept {
  const double time2 = spread.time_db * spread.time_db;
  const double location2 = spread.location_db * spread.location_db;
  const double z2 = z.situation * z.situation;
  const double widened = spread.situation_db * spread.situation_db + time2 * z.time * z.time / (7.8 + z2) +
                         location2 * z.location * z.location / (24.0 + z2);
  switch (service) {
    case Service::single_message:
      return std::sqrt(time2 + location2 + widened) * z.situation;
    case Service::accidental:
      return spread.time_db * z.time + std::sqrt(location2 + widened) * z.situation;
    case Service::mobile:
      return std::sqrt(time2 + location2) * z.time + std::sqrt(widened) * z.situation;
    case Service::broadcast:
      break;
  }
  return spread.time_db * z.time + spread.location_db * z.location + std::sqrt(widened) * z.situation;
}

}  // namespace

double normal_deviate(double percent) noexcept {
  constexpr double kNearest_percent = 1e-6;
  const double share = within(percent, kNearest_percent, 100.0 - kNearest_percent) / 100.0;
  const double tail = share > 0.5 ? 1.0 - share : share;
  const double t = std::sqrt(-2.0 * std::log(tail));
  const double numerator = 2.515516 + t * (0.802853 + t * 0.010328);
  const double denominator = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  const double deviate = t - numerator / denominator;
  return share > 0.5 ? -deviate : deviate;
}

Deviates deviates_of(Service service, const Shares& shares) noexcept {
  Deviates z{normal_deviate(shares.time_percent), normal_deviate(shares.location_percent),
             normal_deviate(shares.situation_percent)};
  if (service == Service::single_message) z.time = z.situation;
  if (service == Service::single_message || service == Service::accidental) z.location = z.situation;
  if (service == Service::mobile) z.location = z.time;
  return z;
}

double attenuation_db(const Statistics& statistics, const Deviates& deviates, const TerrainTerms& terms,
                      double wave_number, double reference_db) noexcept {
  const ClimateData& climate = *kClimates[static_cast<std::size_t>(statistics.climate)];
  const double distance_m = effective_distance_m(terms, wave_number);

  Spreads spread{};
  spread.time_db = time_spread_db(climate, distance_m, wave_number, deviates.time);
  if (statistics.vary_location) {
    // The algorithm, eq. (5.9).
    const double waves = wave_number * irregularity_at_m(terms.distance_m, terms.delta_h_m);
    spread.location_db = 10.0 * waves / (waves + 13.0);
  }
  if (statistics.vary_situation) spread.situation_db = 5.0 + 3.0 * std::exp(-distance_m / 100e3);  // eq. (5.10)

  const double result =
      reference_db - climate.median_db.at(distance_m) - deviation_db(statistics.service, deviates, spread);
  // The algorithm, eq. (5.2): less than free space only with reluctance.
  return result < 0.0 ? result * (29.0 - result) / (29.0 - 10.0 * result) : result;
}

}  // namespace amaneku::itm
