#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "libsim/radio/carrier.hpp"
#include "libsim/radio/link_curve.hpp"
#include "libsim/radio/numerology.hpp"
#include "libsim/radio/power_limits.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr CarrierWidth k100MHz{
    .bandwidth_hz = 100e6, .subcarrier_spacing_hz = 30e3, .subcarriers = 12 * 273, .symbols_per_s = 28'000.0};

std::string error_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

LinkCurve two_steps() {
  return {.id = "two", .steps = {{0.0, 1.0}, {10.0, 3.0}}};
}

RadioTechnology technology() {
  return {.id = "made_up",
          .tdd_pattern = "DU",
          .share = {.downlink = 0.5, .uplink = 0.25},
          .widths = {k100MHz},
          .downlink = {.layers = 2, .curve = "two", .overhead = 0.1, .noise_figure_db = 9.0},
          .uplink = {.layers = 1, .curve = "two", .overhead = 0.2, .noise_figure_db = 5.0}};
}

}  // namespace

TEST_CASE("a rate curve is exact at its steps and 0 below") {
  const RateCurve curve({-7.53, 0.0, 0.01, 0.02, 30.0}, {1.0, 2.0, 3.0, 4.0, 5.0});
  CHECK(curve.at(-7.53) == 1.0);
  CHECK(curve.at(std::nextafter(-7.53, -kInf)) == 0.0);
  CHECK(curve.at(0.0) == 2.0);
  CHECK(curve.at(0.015) == 3.0);
  CHECK(curve.at(0.02) == 4.0);
  CHECK(curve.at(std::nextafter(30.0, 0.0)) == 4.0);
  CHECK(curve.at(30.0) == 5.0);
  CHECK(curve.at(1e300) == 5.0);
  CHECK(curve.at(kInf) == 5.0);
  CHECK(curve.at(-kInf) == 0.0);
  CHECK(curve.at(kNan) == 0.0);
  CHECK(RateCurve().at(20.0) == 0.0);
  CHECK(RateCurve({}, {}).at(20.0) == 0.0);
  CHECK(curve.sinr_db().size() == 5);
  CHECK(curve.rate_bps().back() == 5.0);
  CHECK_THROWS_AS(RateCurve({1.0, 0.0}, {1.0, 2.0}), InternalError);
  CHECK_THROWS_AS(RateCurve({1.0}, {}), InternalError);
}

TEST_CASE("the index of a rate curve gives what a plain search gives") {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> at_db(-12.0, 32.0);
  std::vector<double> steps_db(40);
  for (double& step_db : steps_db) step_db = at_db(random);
  std::sort(steps_db.begin(), steps_db.end());
  std::vector<double> rates;
  for (std::size_t i = 0; i < steps_db.size(); ++i) rates.push_back(static_cast<double>(i + 1));
  const RateCurve curve(steps_db, rates);
  int wrong = 0;
  for (int i = 0; i < 100'000; ++i) {
    const double sinr_db = at_db(random);
    const auto below = std::upper_bound(steps_db.begin(), steps_db.end(), sinr_db) - steps_db.begin();
    if (curve.at(sinr_db) != static_cast<double>(below)) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("noise: k T B at 290 K is -174 dBm/Hz, and the figure comes on top") {
  CHECK(noise_dbm(1.0, 0.0) == Approx(-173.975).margin(0.001));
  CHECK(noise_dbm(1e6, 7.0) - noise_dbm(1.0, 0.0) == Approx(67.0));
}

TEST_CASE("layers: each has its share of the power, and the number is taken that carries most") {
  const LinkDirection two{.layers = 2, .curve = "two"};
  const RateCurve curve = layered_rates(two_steps(), k100MHz, two);
  const double split_db = 10.0 * std::log10(2.0);
  const double one_bit_bps = 12.0 * 273.0 * 28'000.0;
  CHECK(curve.at(-0.01) == 0.0);
  CHECK(curve.at(0.0) == Approx(one_bit_bps));
  CHECK(curve.at(split_db) == Approx(2.0 * one_bit_bps));
  CHECK(curve.at(10.0) == Approx(3.0 * one_bit_bps));
  CHECK(curve.at(10.0 + split_db) == Approx(6.0 * one_bit_bps));
  CHECK(curve.sinr_db().size() == 4);
}

TEST_CASE("a carrier: share and overhead are off its rates, noise is per subcarrier") {
  const Carrier carrier = make_carrier(technology(), 100e6, {two_steps()});
  CHECK(carrier.downlink.at(20.0) == Approx(6.0 * 12.0 * 273.0 * 28'000.0 * 0.9 * 0.5));
  CHECK(carrier.device_noise_dbm == Approx(noise_dbm(30e3, 9.0)));
  CHECK(carrier.base_noise_dbm == Approx(noise_dbm(30e3, 5.0)));
  CHECK(carrier.occupied_hz() == Approx(98.28e6));
  CHECK(carrier.downlink_curve == "two");
  CHECK(carrier.uplink_curve.steps.size() == 2);
  CHECK(carrier.uplink_overhead == 0.2);
  CHECK(carrier.share.uplink == 0.25);
}

TEST_CASE("peak rates: the best step of either direction, with its share") {
  const PeakRates peak = peak_rates(make_carrier(technology(), 100e6, {two_steps()}));
  CHECK(peak.downlink_bps == Approx(6.0 * 12.0 * 273.0 * 28'000.0 * 0.9 * 0.5));
  CHECK(peak.uplink_bps == Approx(3.0 * 12.0 * 273.0 * 28'000.0 * 0.8 * 0.25));
  CHECK(peak_rates(Carrier{}).uplink_bps == 0.0);
}

TEST_CASE("EIRP above the limit is a warning that names the rule") {
  RadioTechnology limited = technology();
  CHECK_FALSE(eirp_warning(limited, 99.0, 100e6));
  limited.limits = {.eirp_dbm = 23.01, .conducted_dbm = 20.0, .rule = "the 6 GHz rule"};
  limited.sources = {{.key = "eirp_limit_dbm", .source = "x", .verified = true}};
  CHECK_FALSE(eirp_warning(limited, 10.0 * std::log10(200.0), 20e6));
  const auto warning = eirp_warning(limited, 24.0, 20e6);
  REQUIRE(warning);
  CHECK(warning->id == "eirp_above_limit");
  CHECK(warning->message ==
        "made_up: EIRP of 24.0 dBm is above the 23.0 dBm allowed for 20 MHz by the 6 GHz rule");
  CHECK_FALSE(conducted_warning(limited, 20.0, 20e6));
  const auto conducted = conducted_warning(limited, 21.0, 20e6);
  REQUIRE(conducted);
  CHECK(conducted->id == "power_above_limit");
  CHECK(conducted->message ==
        "made_up: power of 21.0 dBm is above the 20.0 dBm allowed for 20 MHz by the 6 GHz rule (the figure is not "
        "verified)");
  CHECK_FALSE(eirp_warning(limited, kNan, 20e6));
}

TEST_CASE("a limit per bandwidth grows with the carrier") {
  RadioTechnology limited = technology();
  limited.limits = {.eirp_dbm = 25.0, .per_bandwidth_hz = 1e6, .rule = "25 dBm/MHz"};
  CHECK(eirp_limit_dbm(limited.limits, 100e6) == Approx(45.0));
  CHECK_FALSE(eirp_warning(limited, 45.0, 100e6));
  CHECK(eirp_warning(limited, 45.1, 100e6));
  CHECK(eirp_warning(limited, 45.0, 50e6));
}

TEST_CASE("a carrier: an unknown width or curve is refused with what there is") {
  CHECK(error_of([] { (void)make_carrier(technology(), 40e6, {two_steps()}); }) ==
        "bandwidth_hz = 40000000: is no width of made_up (legal: 100 MHz)");
  CHECK(error_of([] { (void)make_carrier(technology(), 100e6, {{.id = "twos"}}); }) ==
        "dl_curve = \"two\": there is none of this name, did you mean \"twos\"? (legal: twos)");
}

TEST_CASE("TDD shares count symbols") {
  const TimeShare share = tdd_share("DDDSU", {.downlink_symbols = 10, .uplink_symbols = 2});
  CHECK(share.downlink == Approx(52.0 / 70.0));
  CHECK(share.uplink == Approx(16.0 / 70.0));
  CHECK(tdd_share("U", {}).uplink == 1.0);
  CHECK(error_of([] { (void)tdd_share("DDXU", {}); }) ==
        "tdd_pattern = \"DDXU\": has the unknown slot \"X\" (legal: slots D, U and S)");
  CHECK(error_of([] { (void)tdd_share("", {}); }) == "tdd_pattern = \"\": is empty (legal: slots D, U and S)");
  CHECK(error_of([] { (void)tdd_share("S", {.downlink_symbols = 12, .uplink_symbols = 4}); }) ==
        "special_slot_symbols = [12, 4]: are more symbols than a slot has (legal: together 0 .. 14)");
}

TEST_CASE("widths come from the numerology's table") {
  const Numerology numerology{
      .id = "n", .subcarrier_spacing_hz = 30e3, .symbols_per_s = 28'000.0, .widths = {{20e6, 51}, {100e6, 273}}};
  const CarrierWidth width = carrier_width(numerology, 100e6);
  CHECK(width.subcarriers == 3276);
  CHECK(width.symbols_per_s == 28'000.0);
  CHECK(error_of([&] { (void)carrier_width(numerology, 30e6); }) ==
        "bandwidth_hz = 30000000: the numerology n has no such width (legal: 20, 100 MHz)");
}

TEST_CASE("steps that carry no more than an easier one are dropped") {
  const std::vector<RateStep> steps =
      ascending_steps({{3.0, 2.0}, {1.0, 1.0}, {4.0, 1.9}, {5.0, 2.0}, {3.0, 1.5}});
  REQUIRE(steps.size() == 2);
  CHECK(steps[1].sinr_db == 3.0);
  CHECK(steps[1].bits_per_symbol == 2.0);
}

TEST_CASE("Shannon with a margin: QPSK 1/2 needs 0 dB and the margin") {
  const ModulationTable table{.id = "t", .schemes = {{2.0, 0.5}, {4.0, 0.5}}};
  const std::vector<RateStep> steps = shannon_steps(table, 2.0);
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].sinr_db == Approx(2.0));
  CHECK(steps[1].sinr_db == Approx(2.0 + 10.0 * std::log10(3.0)));
}

TEST_CASE("a band for use indoors alone, and power far above any licence seen") {
  RadioTechnology local = technology();
  CHECK_FALSE(indoor_warning(local, 4.7e9, 100e6));
  CHECK_FALSE(unknown_limit_warning(local, 99.0));
  local.limits = {.indoor_min_hz = 4.6e9, .indoor_max_hz = 4.8e9, .licence_power_dbm = 24.9};
  local.sources = {{.key = "indoor_only_hz", .source = "a study", .verified = false},
                   {.key = "licence_power_dbm", .source = "a licence", .verified = true}};
  CHECK_FALSE(indoor_warning(local, 4.85e9, 100e6));  // touches the edge
  const auto indoor = indoor_warning(local, 4.82e9, 100e6);
  REQUIRE(indoor);
  CHECK(indoor->id == "carrier_indoor_only");
  CHECK(
      indoor->message ==
      "made_up: 4600 .. 4800 MHz are for use indoors alone: a study (not verified); a sector that stands indoors "
      "says indoor = true");
  CHECK_FALSE(unknown_limit_warning(local, 44.8));
  const auto power = unknown_limit_warning(local, 60.0);
  REQUIRE(power);
  CHECK(power->id == "power_limit_unknown");
  CHECK(power->message.find(
            "60.0 dBm at the antenna connector is 35.1 dB above the largest licence seen (24.9 dBm: a "
            "licence)") != std::string::npos);
  local.limits.conducted_dbm = 30.0;  // a limit is known: that is the warning then
  CHECK_FALSE(unknown_limit_warning(local, 60.0));
}
