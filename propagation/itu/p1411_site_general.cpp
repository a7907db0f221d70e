#include "propagation/itu/p1411_site_general.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/itu/p525.hpp"
#include "propagation/normal_quantile.hpp"

namespace amaneku::itu {
namespace {

// Table 4.
constexpr SiteGeneral kBelowLos = {2.12, 29.2, 2.11, 5.06, {0.8, 82.0}, {5.0, 660.0}, false};
constexpr SiteGeneral kBelowHighRise = {4.0, 10.2, 2.36, 7.6, {0.8, 82.0}, {30.0, 715.0}, true};
constexpr SiteGeneral kBelowLowRise = {5.06, -4.68, 2.02, 9.33, {10.0, 73.0}, {30.0, 250.0}, true};
constexpr SiteGeneral kBelowResidential = {3.01, 18.8, 2.07, 3.07, {0.8, 73.0}, {30.0, 170.0}, false};
// Table 8.
constexpr SiteGeneral kOverLos = {2.29, 28.6, 1.96, 3.48, {2.2, 73.0}, {55.0, 1200.0}, false};
constexpr SiteGeneral kOverNlos = {4.39, -6.27, 2.3, 6.89, {2.2, 66.5}, {260.0, 1200.0}, false};

}  // namespace

SiteGeneralRow below_rooftops(P1411Environment environment, bool line_of_sight) noexcept {
  if (line_of_sight) return {kBelowLos, environment != P1411Environment::residential};
  switch (environment) {
    case P1411Environment::urban_high_rise:
      return {kBelowHighRise, true};
    case P1411Environment::residential:
      return {kBelowResidential, true};
    case P1411Environment::urban_low_rise:
    case P1411Environment::suburban:
      break;
  }
  return {kBelowLowRise, true};
}

SiteGeneralRow over_rooftops(P1411Environment environment, bool line_of_sight) noexcept {
  if (line_of_sight) return {kOverLos, environment != P1411Environment::residential};
  return {kOverNlos, environment == P1411Environment::urban_high_rise};
}

double site_general_loss_db(const SiteGeneral& row, double freq_hz, double distance_m) noexcept {
  return 10.0 * row.alpha * std::log10(positive(distance_m)) + row.beta +
         10.0 * row.gamma * std::log10(positive(freq_hz * 1e-9));
}

double site_general_loss_db(const SiteGeneral& row, double freq_hz, double distance_m,
                            double location_percent) noexcept {
  const double median_db = site_general_loss_db(row, freq_hz, distance_m);
  const double spread_db = row.sigma_db * normal_quantile(share_of(location_percent));
  if (!row.spread_above_free_space) return median_db + spread_db;
  const double free_db = free_space_loss_db(positive(freq_hz * 1e-9) * 1e9, positive(distance_m));
  const double excess_db = median_db + spread_db - free_db;
  // 10 log10(10^(A / 10) + 1) without overflow.
  return free_db + std::max(excess_db, 0.0) + 10.0 * std::log10(1.0 + std::pow(10.0, -0.1 * std::abs(excess_db)));
}

}  // namespace amaneku::itu
