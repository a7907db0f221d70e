// The catalogue of microwave bands and radios: figures that can be computed, and what is wrong with a user's file.
#include "scenarios/catalogue/microwave_file.hpp"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "libsim/entry_of.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

/// Bits wrong of uncoded square QAM with Gray mapping.
double bit_error_rate(double points, double snr_db) {
  const double snr = std::pow(10.0, 0.1 * snr_db);
  const double tail = 0.5 * std::erfc(std::sqrt(1.5 * snr / (points - 1.0)));
  return 4.0 / std::log2(points) * (1.0 - 1.0 / std::sqrt(points)) * tail;
}

std::string faults_of(const std::string& text) {
  try {
    (void)read_microwave(text, "own.toml", built_in_microwave());
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

const std::string kOwnBand = R"([band.42ghz]
name = "42 GHz"
low_hz = 40.5e9
high_hz = 43.5e9
channel_hz = [28e6, 56e6]
longest_m = 5e3
radio = "split_mount"
licensed = true
source = "own licence"
)";

std::string changed(std::string from, const std::string& to) {
  std::string out = kOwnBand;
  return out.replace(out.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("the thresholds of the built-in radios are those of uncoded QAM") {
  for (const MicrowaveType& type : built_in_microwave().types) {
    double points = 4.0;
    for (const ModulationStep& step : type.steps) {
      INFO(type.id << " " << step.id);
      CHECK(step.id == std::to_string(std::lround(points)) + "qam");
      CHECK(bit_error_rate(points, step.snr_db) == Approx(1e-6).epsilon(0.05));
      points *= 4.0;
    }
  }
}

TEST_CASE("every band from 6 to 80 GHz has a radio, a source, and no figure that claims to be verified") {
  const MicrowaveCatalogue& catalogue = built_in_microwave();
  CHECK(catalogue.bands.size() == 12);
  for (const MicrowaveBand& band : catalogue.bands) {
    const MicrowaveRadio radio = radio_of(catalogue, band);
    CHECK(band.freq_hz.contains(radio.freq_hz));
    CHECK(radio.channel_hz == band.channel_hz.back());
    CHECK_FALSE(band.source.empty());
    CHECK_FALSE(band.verified);
  }
  CHECK(radio_of(catalogue, licensed_band(catalogue, "18ghz")).freq_hz == Approx(18.77e9));
}

TEST_CASE("a band without licence data is refused, until a user's own table states them") {
  CHECK_THROWS_WITH(licensed_band(built_in_microwave(), "42ghz"), test::Contains("band_without_licence_data"));
  CHECK_THROWS_WITH(licensed_band(built_in_microwave(), "9ghz"), test::Contains("18ghz"));
  const MicrowaveCatalogue own = read_microwave(kOwnBand, "own.toml", built_in_microwave());
  CHECK(licensed_band(own, "42ghz").source == "own licence");
  CHECK(own.bands.size() == built_in_microwave().bands.size());
}

TEST_CASE("what is wrong with a table of one's own is told with line and key") {
  CHECK(faults_of(kOwnBand) == "no fault");
  CHECK_THAT(faults_of(changed("43.5e9", "40.5e9")), test::Contains("own.toml:4") && test::Contains("high_hz"));
  CHECK_THAT(faults_of(changed("[28e6, 56e6]", "[56e6, 28e6]")), test::Contains("channel_hz"));
  CHECK_THAT(faults_of(changed("[28e6, 56e6]", "[28e6, 5e9]")), test::Contains("wider than the band"));
  CHECK_THAT(faults_of(changed("split_mount", "no_such")), test::Contains("is no [radio.NAME]"));
  CHECK_THAT(faults_of(changed("source = \"own licence\"", "")), test::Contains("source"));
  CHECK_THAT(faults_of(changed("low_hz = 40.5e9", "low_hz = 40.5")), test::Contains("low_hz"));
  const std::string radio = R"([radio.own]
name = "own"
tx_power_dbm = 20
noise_figure_db = 6
antenna_diameter_m = [0.6]
step = ["a", "b"]
snr_db = [10, 20]
bit_s_per_hz = [1, 2]
backoff_db = [0]
source = "test"
)";
  CHECK_THAT(faults_of(radio), test::Contains("as many values"));
}

TEST_CASE("docs/formats/microwave.md is what the program checks against") {
  const std::filesystem::path page = std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/formats/microwave.md";
  if (std::getenv("AMANEKU_UPDATE") != nullptr) test::write_text(page, microwave_markdown());
  REQUIRE(std::filesystem::exists(page));
  CHECK(test::read_bytes(page) == microwave_markdown());
}
