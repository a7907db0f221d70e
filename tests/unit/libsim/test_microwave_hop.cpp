// A microwave hop, against a link worked by hand (docs/methods/microwave.md) and the laws that it must keep.
#include "libsim/backhaul/microwave_hop.hpp"

#include <cmath>

#include "propagation/itu/p530_rain.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

Profile level(double length_m) {
  Profile out;
  for (int i = 0; i <= 100; ++i) {
    out.distance_m.push_back(0.01 * i * length_m);
    out.ground_asl_m.push_back(100.0);
  }
  return out;
}

MicrowaveRadio radio() {
  return {.freq_hz = 18e9,
          .channel_hz = 56e6,
          .tx_power_dbm = 20.0,
          .noise_figure_db = 6.0,
          .feeder_loss_db = 1.0,
          .steps = {{"4qam", 13.5, 1.7}, {"16qam", 20.4, 3.4}, {"64qam", 26.6, 5.1}, {"256qam", 32.6, 6.8}}};
}

/// Tokyo, docs/methods/p530.md.
P530 tokyo() {
  P530 out;
  out.rain_rate_001_mm_h = 48.0;
  out.rain_height_asl_m = 4160.0;
  out.rain_probability_percent = 9.5;
  out.dn1_n_units_km = -142.0;
  out.terrain_roughness_m = 163.0;
  return out;
}

struct Setting {
  double length_m = 10e3;
  double diameter_m = 0.6;
  double rain_rate_001_mm_h = 48.0;
  double degradation_db = 0.0;
  Polarization polarization = Polarization::vertical;
};

MicrowaveService service(const Setting& setting) {
  const Profile profile = level(setting.length_m);
  MicrowaveRadio equipment = radio();
  equipment.polarization = setting.polarization;
  P530 climate = tokyo();
  climate.rain_rate_001_mm_h = setting.rain_rate_001_mm_h;
  const double gain_dbi = dish_gain_dbi(setting.diameter_m, 18e9, 0.55);
  return microwave_service({.radio = equipment,
                            .profile = profile.view(),
                            .antenna_agl_m = {40.0, 40.0},
                            .antenna_gain_dbi = {gain_dbi, gain_dbi},
                            .climate = climate,
                            .degradation_db = setting.degradation_db});
}

double outage(const Setting& setting) {
  return 1.0 - service(setting).availability();
}

}  // namespace

// Figures of an independent calculation: gases and the coefficients of rain by ITU-Rpy, all else by the equations
// of P.530 on paper. The page goes through it step by step.
TEST_CASE("microwave: the link worked by hand") {
  const MicrowaveService hop = service({});
  CHECK(dish_gain_dbi(0.6, 18e9, 0.55) == Approx(38.47869).epsilon(1e-6));
  CHECK(hop.length_m == Approx(10e3));
  CHECK(hop.free_space_db == Approx(137.55323).epsilon(1e-6));
  CHECK(hop.gases_db == Approx(0.575129).epsilon(1e-3));
  CHECK(hop.diffraction_db == 0.0);
  CHECK(hop.eirp_dbm == Approx(57.47869).epsilon(1e-6));
  CHECK(hop.received_dbm == Approx(-43.17099).epsilon(2e-5));
  CHECK(hop.noise_dbm == Approx(-90.49331).epsilon(1e-6));
  CHECK(hop.rain_001_db == Approx(23.005394).epsilon(1e-6));
  CHECK(hop.multipath_occurrence_percent == Approx(0.17853230).epsilon(1e-6));
  REQUIRE(hop.steps.size() == 4);
  CHECK(hop.steps[0].margin_db == Approx(33.82232).epsilon(2e-5));
  CHECK(hop.steps[0].outage.rain_percent == Approx(0.003056609).epsilon(2e-4));
  CHECK(hop.steps[0].worst_month_percent == Approx(7.404322e-5).epsilon(2e-4));
  CHECK(hop.steps[0].outage.multipath_percent == Approx(1.564669e-5).epsilon(2e-4));
  CHECK(hop.steps[1].outage.rain_percent == Approx(0.006316623).epsilon(2e-4));
  CHECK(hop.steps[1].outage.multipath_percent == Approx(7.663418e-5).epsilon(2e-4));
  CHECK(hop.steps[2].margin_db == Approx(20.72232).epsilon(5e-5));
  CHECK(hop.steps[2].outage.rain_percent == Approx(0.013230794).epsilon(2e-4));
  CHECK(hop.steps[3].outage.rain_percent == Approx(0.031277127).epsilon(2e-4));
  CHECK(100.0 * hop.availability() == Approx(100.0 - 0.003056609 - 1.564669e-5).epsilon(1e-8));
  CHECK(hop.doubts.empty());
}

TEST_CASE("microwave: horizontal polarization suffers more from rain") {
  const MicrowaveService hop = service({.polarization = Polarization::horizontal});
  CHECK(hop.rain_001_db == Approx(27.245161).epsilon(1e-6));
  CHECK(hop.steps[0].outage.rain_percent == Approx(0.005279708).epsilon(2e-4));
}

TEST_CASE("microwave: shares of time and capacities add up") {
  const MicrowaveService hop = service({});
  double percent = 0.0;
  for (const StepService& step : hop.steps) {
    CHECK(step.time_percent >= 0.0);
    percent += step.time_percent;
  }
  CHECK(percent == Approx(100.0 * hop.availability()).epsilon(1e-12));
  // 64-QAM is out for 0.0133 % of the year, 16-QAM for 0.0064 %, 4-QAM for 0.0031 %.
  CHECK(hop.capacity_bps(0.999) == Approx(6.8 * 56e6));
  CHECK(hop.capacity_bps(0.9999) == Approx(3.4 * 56e6));
  CHECK(hop.capacity_bps(0.99995) == Approx(1.7 * 56e6));
  CHECK(hop.capacity_bps(0.99999) == 0.0);
  CHECK(hop.mean_capacity_bps() < 6.8 * 56e6);
  CHECK(hop.mean_capacity_bps() > 6.79 * 56e6);
}

TEST_CASE("microwave: longer, wetter, smaller or disturbed is never more available") {
  double before = 0.0;
  for (double length_m = 1e3; length_m <= 60e3; length_m += 1e3) {
    const double now = outage({.length_m = length_m});
    INFO(length_m);
    CHECK(now >= before);
    before = now;
  }
  before = 1.0;
  for (double diameter_m = 0.2; diameter_m <= 3.0; diameter_m += 0.1) {
    const double now = outage({.diameter_m = diameter_m});
    CHECK(now <= before);
    before = now;
  }
  before = 0.0;
  for (double rate = 5.0; rate <= 150.0; rate += 5.0) {
    const double now = outage({.rain_rate_001_mm_h = rate});
    CHECK(now >= before);
    before = now;
  }
  before = 0.0;
  for (double degradation_db = 0.0; degradation_db <= 40.0; degradation_db += 1.0) {
    const double now = outage({.degradation_db = degradation_db});
    CHECK(now >= before);
    before = now;
  }
}

TEST_CASE("microwave: a step without margin never works, and doubts are told") {
  const MicrowaveService weak = service({.degradation_db = 20.0});
  CHECK(weak.steps[3].margin_db < 0.0);
  CHECK(weak.steps[3].outage.total_percent() == 100.0);
  CHECK(weak.steps[3].time_percent == 0.0);
  const MicrowaveService none = service({.degradation_db = 100.0});
  CHECK(none.availability() == 0.0);
  CHECK(none.capacity_bps(0.0001) == 0.0);
  const MicrowaveService far = service({.length_m = 70e3});
  REQUIRE_FALSE(far.doubts.empty());
  CHECK(far.doubts[0] == HopDoubt::rain_path_too_long);
  const MicrowaveService near = service({.length_m = 1e3});
  CHECK(near.doubts == std::vector{HopDoubt::rain_beyond_statistic});
}

TEST_CASE("microwave: radios that make no sense are refused with the key") {
  const Profile profile = level(10e3);
  const auto refused = [&](auto change, const std::string& words) {
    MicrowaveRadio broken = radio();
    change(broken);
    CHECK_THROWS_WITH(microwave_service({.radio = broken,
                                         .profile = profile.view(),
                                         .antenna_agl_m = {40.0, 40.0},
                                         .antenna_gain_dbi = {38.0, 38.0}}),
                      test::Contains(words));
  };
  refused([](MicrowaveRadio& r) { r.steps.clear(); }, "steps");
  refused([](MicrowaveRadio& r) { std::swap(r.steps[0], r.steps[1]); }, "steps = 4qam");
  refused([](MicrowaveRadio& r) { r.freq_hz = 18.0; }, "freq_hz = 18");
  refused([](MicrowaveRadio& r) { r.channel_hz = std::nan(""); }, "channel_hz");
}
