// A hop of light, against a link worked by hand (docs/methods/optics.md) and the laws that it must keep.
#include "libsim/backhaul/optics_hop.hpp"

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

OpticsTerminal terminal() {
  OpticsTerminal out{.wavelength_nm = 1550.0, .tx_power_dbm = 13.0, .sensitivity_dbm = -33.0, .rate_bps = 1e9};
  out.optics.divergence_mrad = 2.0;
  out.optics.rx_area_m2 = 0.02;
  out.optics.turbulence_cn2 = 1e-14;
  out.optics.clear_air_db_km = 0.2;
  out.optics.allowance_db = 6.0;
  out.optics.fog_law = optics::FogLaw::kim;
  return out;
}

OpticsWeather weather() {
  return {.visibility = assumed_visibility(), .rain = scaled_rain(48.0)};
}

}  // namespace

// All figures by a calculation of its own from the equations of P.1814; the page goes through it step by step.
TEST_CASE("optics: the link worked by hand") {
  const OpticsService hop = optics_service(terminal(), 1000.0, weather());
  CHECK(hop.geometric_db == Approx(21.96119877).epsilon(1e-6));
  CHECK(hop.scintillation_db == Approx(3.873210601).epsilon(1e-6));
  CHECK(hop.clear_air_db == Approx(0.2));
  CHECK(hop.margin_db == Approx(13.96559063).epsilon(1e-6));
  CHECK(hop.lowest_visibility_km == Approx(0.8479134154).epsilon(1e-6));
  CHECK(hop.fog_percent == Approx(0.4239567077).epsilon(1e-6));
  CHECK(hop.highest_rain_mm_h == Approx(31.78525843).epsilon(1e-6));
  CHECK(hop.rain_percent == Approx(0.02121274624).epsilon(1e-6));
  CHECK(hop.snow_percent == 0.0);
  CHECK(100.0 * hop.availability() == Approx(99.55483055).epsilon(1e-8));
  CHECK_FALSE(hop.beyond_statistics);
}

TEST_CASE("optics: longer, foggier or dimmer is never more available") {
  double before = 1.0;
  for (double length_m = 50.0; length_m <= 8000.0; length_m += 50.0) {
    const double now = optics_service(terminal(), length_m, weather()).availability();
    INFO(length_m);
    CHECK(now <= before);
    before = now;
  }
  before = 0.0;
  for (double power_dbm = -20.0; power_dbm <= 30.0; power_dbm += 1.0) {
    OpticsTerminal lamp = terminal();
    lamp.tx_power_dbm = power_dbm;
    const double now = optics_service(lamp, 1000.0, weather()).availability();
    CHECK(now >= before);
    before = now;
  }
  OpticsWeather foggier = weather();
  for (WeatherPoint& point : foggier.visibility) point.percent = std::min(100.0, 3.0 * point.percent);
  CHECK(optics_service(terminal(), 1000.0, foggier).availability() <
        optics_service(terminal(), 1000.0, weather()).availability());
  OpticsWeather snowy = weather();
  snowy.snow = {{0.5, 2.0}, {5.0, 0.1}};
  CHECK(optics_service(terminal(), 1000.0, snowy).snow_percent > 0.0);
}

TEST_CASE("optics: a margin beyond the statistics counts as their last point, and says so") {
  OpticsTerminal strong = terminal();
  strong.tx_power_dbm = 40.0;
  const OpticsService near = optics_service(strong, 20.0, weather());
  CHECK(near.beyond_statistics);
  CHECK(near.fog_percent == 0.01);
  CHECK(near.rain_percent == 0.001);
  const OpticsService far = optics_service(terminal(), 20e3, weather());
  CHECK(far.margin_db < 0.0);
  CHECK(far.availability() == 0.0);
}

TEST_CASE("optics: the longest hop keeps the availability, and one metre more does not") {
  const double longest_m = longest_optics_hop_m(terminal(), 0.999, weather());
  CHECK(longest_m > 100.0);
  CHECK(longest_m < 1000.0);
  CHECK(optics_service(terminal(), longest_m, weather()).availability() >= 0.999);
  CHECK(optics_service(terminal(), longest_m + 1.0, weather()).availability() < 0.999);
  CHECK(longest_optics_hop_m(terminal(), 0.99999, weather()) == 0.0);
}

TEST_CASE("optics: weather that is no distribution is refused") {
  const auto refused = [](const OpticsWeather& broken, const std::string& words) {
    CHECK_THROWS_WITH(optics_service(terminal(), 1000.0, broken), test::Contains(words));
  };
  refused({}, "visibility");
  refused({.visibility = {{1.0, 0.5}}}, "stands alone");
  refused({.visibility = {{1.0, 0.5}, {2.0, 0.4}}}, "not in order");
  refused({.visibility = {{1.0, 0.5}, {2.0, 140.0}}}, "visibility = 140");
  refused({.visibility = assumed_visibility(), .rain = {{5.0, 0.1}, {10.0, 0.3}}}, "rain");
  OpticsTerminal broken = terminal();
  broken.optics.divergence_mrad = 0.0;
  CHECK_THROWS_AS(optics_service(broken, 1000.0, weather()), InputError);
}
