#include "propagation/itm/troposcatter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace amaneku::itm {
namespace {

constexpr double kLargestGain_db = 15.0;
constexpr double kNoLoss_db = 1000.0;  // what is not below this is no loss of this Earth

/// A path of another length over the same horizons, relative to the Earth.
struct Scatter {
  double distance_m;
  double angle_rad;  ///< theta of the horizons' rays
  double bend_rad;   ///< behind the region in sight
  double wave_number;
  double refractivity;
};

/// Loss and frequency gain function, both dB.
struct ScatterLoss {
  double loss_db;
  double gain_db;
};

// The algorithm, eq. (6.9): attenuation function F(theta d).
double attenuation_db(double theta_d_m) noexcept {
  const double log_d = std::log10(theta_d_m);
  if (theta_d_m <= 10e3) return 133.4 + 0.332e-3 * theta_d_m - 10.0 * log_d;
  if (theta_d_m <= 70e3) return 104.6 + 0.212e-3 * theta_d_m - 2.5 * log_d;
  return 71.8 + 0.157e-3 * theta_d_m + 5.0 * log_d;
}

// The algorithm, eq. (6.13): H_0 for a whole number of the efficiency factor, 1 .. 5.
double gain_curve_db(int eta, double r) noexcept {
  struct Term {
    double fourth;
    double square;
  };
  constexpr std::array<Term, 5> kTerms = {
      {{25.0, 24.0}, {80.0, 45.0}, {177.0, 68.0}, {395.0, 80.0}, {705.0, 105.0}}};
  const Term& term = kTerms[static_cast<std::size_t>(eta - 1)];
  const double inverse2 = 1.0 / (r * r);
  return 10.0 * std::log10(1.0 + inverse2 * (term.square + inverse2 * term.fourth));
}

double gain_at_db(double eta, double r) noexcept {
  const double limited = std::clamp(eta, 1.0, 5.0);
  const int whole = static_cast<int>(limited);
  const double part = limited - whole;
  const double low_db = gain_curve_db(whole, r);
  return part == 0.0 ? low_db : (1.0 - part) * low_db + part * gain_curve_db(whole + 1, r);
}

/// Antennas in wavelengths over the scatter angle and the skew of the path.
struct Skew {
  double tx_r;
  double rx_r;
  double s;  ///< of the distances, TN 101 eq. (9.3) and below
  double q;  ///< of heights and distances
  double efficiency;
};

Skew skew_of(const Scatter& scatter, const TerrainTerms& terms) noexcept {
  const double difference_m = terms.tx.horizon_m - terms.rx.horizon_m;
  const double apart_m = std::abs(difference_m);
  const double heights = difference_m < 0.0 ? terms.tx.effective_m / terms.rx.effective_m
                                            : terms.rx.effective_m / terms.tx.effective_m;
  const double d = scatter.distance_m;
  const double s = (d - apart_m) / (d + apart_m);
  // The algorithm, eq. (4.66) and (4.67); TN 101 eq. (9.3a).
  const double crossover_m = 0.25 * (d - apart_m) * (d + apart_m) * scatter.angle_rad / d;
  const double n = scatter.refractivity;
  const double fade = std::pow(std::min(1.7, crossover_m / 8.0e3), 6);
  const double efficiency =
      crossover_m / 1.7556e3 * (1.0 + (0.031 - 2.32e-3 * n + 5.67e-6 * n * n) * std::exp(-fade));
  const double r = 2.0 * scatter.wave_number * scatter.angle_rad;
  return {r * terms.tx.effective_m, r * terms.rx.effective_m, std::max(0.1, s), within(heights / s, 0.1, 10.0),
          efficiency};
}

// TN 101 eq. (9.5) with its corrections; below an efficiency of 1 towards the value for none.
double gain_db(const Skew& skew) noexcept {
  const double mean_db = 0.5 * (gain_at_db(skew.efficiency, skew.tx_r) + gain_at_db(skew.efficiency, skew.rx_r));
  const double skewed_db =
      6.0 * (0.6 - std::log10(std::max(skew.efficiency, 1.0))) * std::log10(skew.s) * std::log10(skew.q);
  const double whole_db = std::max(0.0, mean_db + std::min(mean_db, skewed_db));
  if (skew.efficiency >= 1.0) return whole_db;
  constexpr double kRoot2 = std::numbers::sqrt2;
  const double product = (1.0 + kRoot2 / skew.tx_r) * (1.0 + kRoot2 / skew.rx_r);
  const double sum = skew.tx_r + skew.rx_r;
  const double none_db = 10.0 * std::log10(product * product * sum / (sum + 2.0 * kRoot2));
  return skew.efficiency * whole_db + (1.0 - skew.efficiency) * none_db;
}

// The algorithm, eq. (4.63).
double loss_db(const Scatter& scatter, double gain) noexcept {
  const double theta_d_m = scatter.bend_rad * scatter.distance_m;
  const double bend2 = scatter.bend_rad * scatter.bend_rad;
  return attenuation_db(theta_d_m) + 10.0 * std::log10(47.7 * scatter.wave_number * bend2 * bend2) -
         0.1 * (scatter.refractivity - 301.0) * std::exp(-theta_d_m / 40e3) + gain;
}

/// `far_gain_db`: frequency gain at a larger distance, if known; it takes the place of a gain above 15 dB.
std::optional<ScatterLoss> scatter_loss(const Scatter& scatter, const TerrainTerms& terms,
                                        std::optional<double> far_gain_db) noexcept {
  if (far_gain_db && *far_gain_db > kLargestGain_db)
    return ScatterLoss{loss_db(scatter, *far_gain_db), *far_gain_db};
  const Skew skew = skew_of(scatter, terms);
  if (skew.tx_r < 0.2 && skew.rx_r < 0.2) return std::nullopt;
  double gain = gain_db(skew);
  if (gain > kLargestGain_db && far_gain_db) gain = *far_gain_db;
  return ScatterLoss{loss_db(scatter, gain), gain};
}

}  // namespace

std::optional<ScatterLine> scatter_line(const Radio& radio, const TerrainTerms& terms,
                                        const DiffractionLine& diffraction) noexcept {
  const double horizons_m = terms.tx.horizon_m + terms.rx.horizon_m;
  const double elevations_rad = terms.tx.horizon_rad + terms.rx.horizon_rad;
  const double lift_rad = std::max(elevations_rad, -horizons_m / terms.earth_radius_m);
  const auto at = [&](double distance_m) {
    return Scatter{distance_m, elevations_rad + distance_m / terms.earth_radius_m,
                   lift_rad + distance_m / terms.earth_radius_m, radio.wave_number, terms.surface_refractivity};
  };
  constexpr double kStep_m = 200e3;
  const double near_m = horizons_m + kStep_m;
  const auto far = scatter_loss(at(near_m + kStep_m), terms, std::nullopt);
  if (!far) return std::nullopt;
  const auto near = scatter_loss(at(near_m), terms, far->gain_db);
  if (!near || !(near->loss_db < kNoLoss_db)) return std::nullopt;

  const double slope = (far->loss_db - near->loss_db) / kStep_m;
  const double smooth_m = smooth_horizon_m(terms.tx.effective_m, terms.earth_radius_m) +
                          smooth_horizon_m(terms.rx.effective_m, terms.earth_radius_m);
  const double scale_m = std::cbrt(terms.earth_radius_m * terms.earth_radius_m) / radio.cbrt_f;
  const double steeper = diffraction.slope_db_m - slope;
  const double crossing_m =
      steeper == 0.0 ? 0.0 : (near->loss_db - diffraction.intercept_db - slope * near_m) / steeper;
  return ScatterLine{slope,
                     std::max({smooth_m, horizons_m + 1.088 * scale_m * std::log(radio.f_mhz), crossing_m})};
}

}  // namespace amaneku::itm
