// Gases, rain, cloud and fog: P.676, P.838, P.840.
#include <cmath>
#include <vector>

#include "propagation/itu/p530_wet_snow.hpp"
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

// k and alpha of table 5 of P.838-3.
TEST_CASE("p838: k and alpha of the table of the Recommendation") {
  struct Row {
    double freq_hz, k_h, alpha_h, k_v, alpha_v;
  };
  for (const Row& row :
       {Row{1e9, 0.0000259, 0.9691, 0.0000308, 0.8592}, Row{10e9, 0.01217, 1.2571, 0.01129, 1.2156},
        Row{30e9, 0.2403, 0.9485, 0.2291, 0.9129}, Row{100e9, 1.3671, 0.6815, 1.3680, 0.6765}}) {
    const itu::RainLaws laws = itu::rain_laws(row.freq_hz);
    CHECK(laws.horizontal.k == Approx(row.k_h).epsilon(2e-3));
    CHECK(laws.horizontal.alpha == Approx(row.alpha_h).epsilon(2e-4));
    CHECK(laws.vertical.k == Approx(row.k_v).epsilon(2e-3));
    CHECK(laws.vertical.alpha == Approx(row.alpha_v).epsilon(2e-4));
  }
}

TEST_CASE("p838: the polarization of the link, the elevation of the path, no rain") {
  const itu::RainLaws laws = itu::rain_laws(30e9);
  const PathGeometry path{.distance_m = 3000.0, .tx_asl_m = 3000.0, .rx_asl_m = 0.0};
  for (const Polarization polarization : {Polarization::horizontal, Polarization::vertical}) {
    const Link link{.freq_hz = 30e9, .polarization = polarization};
    const double tilt_deg = polarization == Polarization::horizontal ? 0.0 : 90.0;
    const double specific_db_km = itu::rain_law(laws, {45.0, tilt_deg}).specific_db_km(20.0);
    const P838 model{.rain_rate_mm_h = 20.0};
    CHECK(loss_db(model, link, path) == Approx(specific_db_km * 3.0 * std::sqrt(2.0)).epsilon(1e-12));
    CHECK(loss_db(prepared(model, link), link, path) == loss_db(model, link, path));
    CHECK(loss_db(P838{.rain_rate_mm_h = 0.0}, link, path) == 0.0);
  }
}

// P.530-18 eq. (33) at 10 km, 18 GHz, 50 mm/h, alpha 1: 0.477 x 4.2954 x 1.33046 x 1.42690 - 10.579 x 0.21337 =
// 1.6325.
TEST_CASE("p838: the effective path length") {
  const itu::DistanceFactor factor = itu::rain_distance_factor(18e9, 10e3, {.k = 0.07, .alpha = 1.0}, 50.0);
  CHECK(factor.uncapped == Approx(1.0 / 1.6325).epsilon(1e-3));
  CHECK(factor.capped == factor.uncapped);
  CHECK(itu::rain_distance_factor(18e9, 100.0, {.k = 0.07, .alpha = 1.0}, 50.0).capped == 2.5);
  const P838 model{.path_length = P838::PathLength::effective};
  const Link link{.freq_hz = 18e9};
  CHECK(loss_db(model, link, {.distance_m = 10e3}) < loss_db(P838{}, link, {.distance_m = 10e3}));
  CHECK(explain(model, link, {.distance_m = 10e3}).warnings.empty());
  CHECK(explain(model, link, {.distance_m = 70e3}).warnings.size() == 1);
}

// Eq. (43) by hand: at -300 m 4 (1 - exp(-30/7))^2 = 3.8911, (1 - exp(-1/4))^2 = 0.048929.
TEST_CASE("p838: wet snow in the melting layer, dry snow above it, rain below it") {
  CHECK(itu::melting_factor(1.0) == 0.0);
  CHECK(itu::melting_factor(0.0) == 0.0);
  CHECK(itu::melting_factor(-300.0) == Approx(3.8911 / (1.0 + 0.048929 * 2.8911)).epsilon(1e-4));
  CHECK(itu::melting_factor(-1200.0) == Approx(1.0).margin(0.03));
  CHECK(itu::melting_layer_factor(2000.0, 2100.0, 2500.0) == 0.0);
  CHECK(itu::melting_layer_factor(2000.0, 100.0, 800.0) == 1.0);
  CHECK(itu::melting_layer_factor(2000.0, 1730.0, 1730.0) == itu::melting_factor(-270.0));
  CHECK(itu::melting_layer_factor(2000.0, 1600.0, 1900.0) == itu::melting_layer_factor(2000.0, 1900.0, 1600.0));
  // Slices of 100 m against a fine integral.
  double sum = 0.0;
  for (int i = 0; i < 15000; ++i) sum += itu::melting_factor(-0.1 * (i + 0.5));
  CHECK(itu::melting_layer_factor(1500.0, 0.0, 1500.0) == Approx(sum / 15000.0).epsilon(0.01));
}

// P.840: 0.05 g/m3 is fog of some 300 m of sight. K_l at 100 GHz and 0 degC is 4.5 in figure 1.
TEST_CASE("p840: fog") {
  CHECK(itu::fog_coefficient(100e9, 273.15) == Approx(4.5).epsilon(0.1));
  const Link link{.freq_hz = 80e9};
  const PathGeometry path{.distance_m = 2000.0};
  CHECK(loss_db(P840{}, link, path) == Approx(2.0 * 0.05 * itu::fog_coefficient(80e9, 288.15)).epsilon(1e-12));
  CHECK(loss_db(P840{.liquid_water_g_m3 = 0.5}, link, path) == Approx(10.0 * loss_db(P840{}, link, path)));
}

TEST_CASE("p838 and p840: finite for anything finite") {
  for (const double a : kAnything) {
    for (const double b : kAnything) {
      for (const double freq_hz : {1e-300, 1e6, 30e9, 1e15, 1e300}) {
        for (const double rise_m : {0.0, -500.0, 1e300}) {
          const PathGeometry path{.distance_m = 1e4, .rx_asl_m = rise_m};
          const P838 rain{.rain_rate_mm_h = a,
                          .rain_height_asl_m = b,
                          .path_length = P838::PathLength::effective,
                          .precipitation = P838::Precipitation::melting_layer};
          INFO(a << ' ' << b << ' ' << freq_hz << ' ' << rise_m);
          CHECK_FALSE(std::isnan(loss_db(rain, {.freq_hz = freq_hz}, path)));
          CHECK_FALSE(
              std::isnan(loss_db(P840{.liquid_water_g_m3 = a, .temperature_c = b}, {.freq_hz = freq_hz}, path)));
        }
      }
    }
  }
}
