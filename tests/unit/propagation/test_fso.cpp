// Free-space optics: ITU-R P.1814, P.1817.
#include <cmath>
#include <vector>

#include "propagation/models.hpp"
#include "propagation/units.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

constexpr double kLight1550_hz = kSpeedOfLight_m_s / 1550e-9;

}  // namespace

// Table of P.1814 for 1 km: 0.39, 3.87 and 12.25 dB at 1550 nm, 0.51, 5.06 and 16.00 dB at 980 nm.
TEST_CASE("fso: scintillation as in the table of the Recommendation") {
  const double cn2[] = {1e-16, 1e-14, 1e-13};
  const double at_1550_db[] = {0.39, 3.87, 12.25};
  const double at_980_db[] = {0.51, 5.06, 16.00};
  for (int i = 0; i < 3; ++i) {
    CHECK(optics::scintillation_db(1550e-9, cn2[i], 1000.0) == Approx(at_1550_db[i]).margin(0.005));
    CHECK(optics::scintillation_db(980e-9, cn2[i], 1000.0) == Approx(at_980_db[i]).margin(0.01));
  }
}

// 50 mm/h: 1.58 x 11.757 = 18.58. 5 mm/h of snow at 1550 nm: wet 3.94411 x 3.1861, dry 5.57989 x 9.2168.
TEST_CASE("fso: rain and snow by hand") {
  CHECK(optics::rain_db_km(optics::RainLaw::japan, 50.0) == Approx(18.58).margin(0.01));
  CHECK(optics::rain_db_km(optics::RainLaw::france, 50.0) == Approx(14.80).margin(0.01));
  CHECK(optics::snow_db_km(optics::SnowKind::wet, 5.0, 1550.0) == Approx(12.566).margin(0.01));
  CHECK(optics::snow_db_km(optics::SnowKind::dry, 5.0, 1550.0) == Approx(51.43).margin(0.05));
  CHECK(optics::snow_db_km(optics::SnowKind::dry, 0.0, 1550.0) == 0.0);
}

TEST_CASE("fso: in dense fog Kim's law does not depend on the wavelength") {
  using optics::FogLaw;
  CHECK(optics::fog_db_km(FogLaw::kim, 0.3, 785.0) == optics::fog_db_km(FogLaw::kim, 0.3, 1550.0));
  CHECK(optics::fog_db_km(FogLaw::kruse, 0.3, 785.0) > optics::fog_db_km(FogLaw::kruse, 0.3, 1550.0));
  CHECK(optics::fog_db_km(FogLaw::kim, 10.0, 785.0) == optics::fog_db_km(FogLaw::kruse, 10.0, 785.0));
}

// 2 mrad over 1 km is a spot of 2 m, 3.14159 m2.
TEST_CASE("fso: the sum of its terms") {
  const Link link{.freq_hz = kLight1550_hz};
  const PathGeometry path{.distance_m = 1000.0};
  const Fso model{.visibility_km = 2.0, .rain_rate_mm_h = 20.0, .rx_area_m2 = 0.0314159265, .allowance_db = 3.0};
  const PathLoss out = explain(model, link, path);
  double sum_db = 0.0;
  for (const LossTerm& term : out.terms) sum_db += term.value;
  CHECK(sum_db == Approx(out.loss_db));
  CHECK(out.loss_db == loss_db(model, link, path));
  CHECK(out.terms[0].value == Approx(20.0).margin(1e-6));
  CHECK(out.mode == "rain");
  CHECK(out.warnings.empty());
  CHECK(explain(model, {.freq_hz = 80e9}, path).warnings.size() == 1);
  CHECK(explain(model, link, {.distance_m = 1000.0, .line_of_sight = false}).warnings.size() == 1);
  // All light caught: no gain.
  CHECK(optics::geometric_loss_db({0.1, 0.0, 0.05}, 100.0) == 0.0);
}

TEST_CASE("fso: no NaN for anything finite") {
  const std::vector<double> anything = {-1e300, -1.0, 0.0, 1e-300, 1.0, 1e9, 1e300};
  for (const double a : anything) {
    for (const double b : anything) {
      for (const double freq_hz : {1e-300, kLight1550_hz, 1e300}) {
        for (const double distance_m : {1e-300, 1e3, 1e300}) {
          const Fso model{.visibility_km = a,
                          .rain_rate_mm_h = b,
                          .snow_rate_mm_h = a,
                          .divergence_mrad = b,
                          .tx_aperture_m = a,
                          .rx_area_m2 = b,
                          .turbulence_cn2 = a,
                          .clear_air_db_km = b,
                          .allowance_db = a,
                          .fog_law = optics::FogLaw::kim};
          INFO(a << ' ' << b << ' ' << freq_hz << ' ' << distance_m);
          CHECK(std::isfinite(loss_db(model, {.freq_hz = freq_hz}, {.distance_m = distance_m})));
        }
      }
    }
  }
}
