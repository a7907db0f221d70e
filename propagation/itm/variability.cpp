#include "propagation/itm/variability.hpp"

#include <array>
#include <cmath>

#include "propagation/itm/terrain_terms.hpp"

namespace amaneku::itm {
namespace {

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
  DistanceCurve median_db;
  DistanceCurve below_db;  ///< spread of the times with larger loss than the median
  DistanceCurve above_db;  ///< and of those with smaller loss
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

double time_factor(const ClimateData& climate, double wave_number, double deviate) noexcept {
  const double log_wave_number = std::log(0.133 * wave_number);
  if (deviate < 0.0) return climate.below_factor.at(log_wave_number);
  const double above = climate.above_factor.at(log_wave_number);
  if (deviate <= climate.ducting_deviate) return above;
  const double ducting = climate.ducting_ratio * above;
  return ducting + (above - ducting) * climate.ducting_deviate / deviate;
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

LinkStatistics link_statistics(const Statistics& statistics, const Deviates& deviates,
                               double wave_number) noexcept {
  const ClimateData& climate = *kClimates[static_cast<std::size_t>(statistics.climate)];
  return {statistics.service,
          statistics.vary_location,
          statistics.vary_situation,
          deviates,
          wave_number,
          std::cbrt(575.7e12 / wave_number),
          climate.median_db,
          deviates.time < 0.0 ? climate.below_db : climate.above_db,
          time_factor(climate, wave_number, deviates.time)};
}

}  // namespace amaneku::itm
