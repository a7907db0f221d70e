// Gases, rain, cloud and fog: P.676, P.838, P.840.
#include <cmath>
#include <vector>

#include "propagation/models.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

const std::vector<double> kAnything = {-1e300, -1e6, -300.0, -1.0, 0.0, 1e-300, 1e-3, 1.0, 100.0, 1e9, 1e300};

}  // namespace

// Values of figure 1 of P.676-13 as tabled by Study Group 3 (CG-3M-3J): 1013.25 hPa, 15 degC, 7.5 g/m3.
TEST_CASE("p676: loss is the specific attenuation times the slant distance") {
  const Link link{.freq_hz = 12e9};
  const PathGeometry path{.distance_m = 4000.0, .tx_asl_m = 3000.0, .rx_asl_m = 0.0};
  CHECK(loss_db(P676{}, link, path) == Approx(5.0 * 0.018233652).margin(1e-7));
  CHECK(loss_db(prepared(P676{}, link), link, path) == loss_db(P676{}, link, path));
  CHECK(explain(P676{}, link, path).loss_db == loss_db(P676{}, link, path));
}

TEST_CASE("p676: the peaks are at 60 GHz for oxygen and at 22 GHz for water vapour") {
  const itu::Air air;
  const auto at = [&](double freq_hz) { return itu::specific_gas_attenuation(freq_hz, air); };
  CHECK(at(60e9).dry_air_db_km > 100.0 * at(45e9).dry_air_db_km);
  CHECK(at(22.235e9).water_vapour_db_km > at(18e9).water_vapour_db_km);
  CHECK(at(22.235e9).water_vapour_db_km > at(28e9).water_vapour_db_km);
  CHECK(itu::specific_gas_attenuation(22.235e9, {.water_vapour_g_m3 = 0.0}).water_vapour_db_km == 0.0);
}

// Saturated air at 15 degC holds 12.8 g/m3 (psychrometric tables).
TEST_CASE("p676: more vapour than the air can hold is told") {
  CHECK(itu::saturated_water_vapour_g_m3({}) == Approx(12.9).margin(0.1));
  CHECK(explain(P676{.water_vapour_g_m3 = 12.0}, {}, {.distance_m = 1e3}).warnings.empty());
  CHECK(explain(P676{.water_vapour_g_m3 = 14.0}, {}, {.distance_m = 1e3}).warnings.size() == 1);
}

TEST_CASE("p676: finite for anything finite") {
  for (const double a : kAnything) {
    for (const double b : kAnything) {
      for (const double c : kAnything) {
        const P676 model{.pressure_hpa = a, .temperature_c = b, .water_vapour_g_m3 = c};
        for (const double freq_hz : {1e-300, 1e6, 22.235e9, 1e15, 1e300}) {
          INFO(a << ' ' << b << ' ' << c << ' ' << freq_hz);
          CHECK(std::isfinite(loss_db(model, {.freq_hz = freq_hz}, {.distance_m = 1e4})));
        }
      }
    }
  }
}
