// ITU-R P.530-18 section 2.4: attenuation of fixed links by rain and wet snow over the average year.
#pragma once

#include <array>

#include "propagation/itu/p838_rain.hpp"

namespace amaneku::itu {

/// Section 2.4.1: attenuation exceeded for p percent of the year, p = 0.001 .. 1.
struct RainStatistics {
  double specific_db_km = 0.0;   ///< at the rate exceeded for 0.01 %
  DistanceFactor factor{};       ///< r, eq. (33)
  double exceeded_001_db = 0.0;  ///< with the capped r
  double uncapped_001_db = 0.0;  ///< with r as the equation gives it
  double c1 = 0.0;               ///< eq. (36a)
  double c2 = 0.0;               ///< eq. (36b)
  double c3 = 0.0;               ///< eq. (36c)

  /// Eq. (35). Outside 0.001 .. 1 % the power law goes on; below its vertex (some 0.0001 %) it is level.
  [[nodiscard]] double exceeded_db(double percent) const noexcept;
  /// The inverse: percentage of the year for which the attenuation is exceeded, 0 .. 100.
  [[nodiscard]] double percent(double attenuation_db) const noexcept;
};

/// `length_m`: of the path, up to 60 km. `law`: k and alpha for the path. `rain_rate_001_mm_h`: exceeded for 0.01
/// % of the average year, integration time one minute (P.837).
[[nodiscard]] RainStatistics rain_statistics(double freq_hz, double length_m, const RainLaw& law,
                                             double rain_rate_001_mm_h) noexcept;

/// Where a path lies below the rain, section 2.4.2.
struct RainHeights {
  double mean_rain_height_asl_m;    ///< P.839
  double low_asl_m;                 ///< the lower antenna
  double high_asl_m;                ///< the higher antenna
  double rain_probability_percent;  ///< of the average year (P.837)
};

/// Section 2.4.2: rain and wet snow together. The rain height wanders around its mean (49 heights, 100 m apart);
/// for each of them the path sees the melting layer at another place.
class RainAndWetSnow {
 public:
  RainAndWetSnow(const RainStatistics& rain, const RainHeights& heights) noexcept;
  /// Percentage of the average year for which rain and wet snow take more than this.
  [[nodiscard]] double percent(double attenuation_db) const noexcept;
  /// Whether any of the path is ever within or above the melting layer; else this is rain alone.
  [[nodiscard]] bool may_snow() const noexcept { return may_snow_; }

 private:
  RainStatistics rain_;
  double rain_probability_percent_;
  std::array<double, 49> factors_{};
  bool may_snow_ = false;
};

}  // namespace amaneku::itu
