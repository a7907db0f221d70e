#include <string>
#include <variant>

#include "scenarios/read/scenario.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::SmallWorld;

namespace {

constexpr const char* kElement = "type = \"element38901\"\ngain_dbi = 15.0\n";
constexpr const char* kArray = "type = \"array38901\"\nrows = 8\ncolumns = 4\n";

/// The small world with another antenna in the place of its panel.
class AntennaWorld {
 public:
  explicit AntennaWorld(const std::string& antenna) { world_.edit(kElement, antenna); }

  [[nodiscard]] PlanInput loaded() const { return load(world_.scenario()).input; }
  /// The text of its faults.
  [[nodiscard]] std::string refused() const {
    try {
      [[maybe_unused]] const PlanInput input = loaded();
    } catch (const InputError& error) {
      return error.what();
    }
    return "not refused";
  }

 private:
  SmallWorld world_{};
};

/// The array with further keys.
std::string array_with(std::string_view keys) {
  std::string antenna = kArray;
  antenna.append(keys);
  return antenna;
}
AntennaWorld with_array(std::string_view keys) {
  return AntennaWorld(array_with(keys));
}

const Warning* find(const PlanInput& input, const std::string& id) {
  for (const Warning& warning : input.warnings) {
    if (warning.id == id) return &warning;
  }
  return nullptr;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an array of a scenario") {
  const PlanInput input = with_array(
                              "gain_dbi = 5.5\nbeamwidth_v_deg = 90\nspacing_v_wavelengths = 0.7\n"
                              "ssb_rows = 2\nbeam_azimuths_deg = [-30, 0, 30]\nbeam_tilts_deg = [3, 9]\n"
                              "steer_azimuth_deg = [-45, 40]\nsteer_elevation_deg = [-20, 5]\n")
                              .loaded();
  const auto& array = std::get<Array38901>(input.network.sites.at(0).sectors.at(0).antenna);
  CHECK(array.element.gain_dbi == 5.5);
  CHECK(array.element.beamwidth_v_deg == 90.0);
  CHECK(array.rows == 8);
  CHECK(array.columns == 4);
  CHECK(array.spacing_v_wavelengths == 0.7);
  CHECK(array.spacing_h_wavelengths == 0.5);
  CHECK(array.ssb_rows == 2);
  CHECK(array.ssb_columns == 4);  // all of them where nothing is said
  CHECK(array.beam_azimuths_deg == std::vector<double>{-30.0, 0.0, 30.0});
  CHECK(array.beam_tilts_deg == std::vector<double>{3.0, 9.0});
  CHECK(array.steer_azimuth_deg.min == -45.0);
  CHECK(array.steer_azimuth_deg.max == 40.0);
  CHECK(array.steer_elevation_deg.min == -20.0);
  CHECK(array.steer_elevation_deg.max == 5.0);
  for (const char* id : {"ssb_beams_above_band", "ssb_beam_not_steerable", "array_gain_above_aperture"}) {
    CHECK(find(input, id) == nullptr);
  }
}

TEST_CASE("an array without elements is refused") {
  CHECK(contains(AntennaWorld("type = \"array38901\"\nrows = 0\ncolumns = 4\n").refused(),
                 "antennas.rows = 0: out of range (legal: 1 .. 64)"));
  CHECK(contains(AntennaWorld("type = \"array38901\"\nrows = 4\n").refused(),
                 "antennas.columns: is required of type \"array38901\" (legal: 1 .. 64)"));
}

TEST_CASE("a beam outside the steering range is named with the legal range") {
  const std::string refused = with_array("beam_azimuths_deg = [0, 70]\nbeam_tilts_deg = [-4, 31.5]\n").refused();
  CHECK(contains(refused,
                 "antennas.beam_azimuths_deg = [0, 70]: the beam at 70 deg lies outside "
                 "steer_azimuth_deg (legal: -60 .. 60 deg)"));
  CHECK(contains(refused,
                 "antennas.beam_tilts_deg = [-4, 31.5]: the beam at 31.5 deg lies outside "
                 "steer_elevation_deg (legal: -30 .. 30 deg)"));
  // Tilt counts downwards, elevation upwards.
  const std::string tilt = with_array("beam_tilts_deg = [6]\nsteer_elevation_deg = [-5, 20]\n").refused();
  CHECK(contains(tilt, "the beam at 6 deg lies outside steer_elevation_deg (legal: -20 .. 5 deg)"));
}

TEST_CASE("parts of an array that cannot be are refused") {
  const auto refused = [](const std::string& keys) { return with_array(keys).refused(); };
  CHECK(contains(refused("ssb_rows = 9\n"), "antennas.ssb_rows = 9: more than the array has (legal: 1 .. 8)"));
  CHECK(
      contains(refused("ssb_columns = 5\n"), "antennas.ssb_columns = 5: more than the array has (legal: 1 .. 4)"));
  CHECK(contains(refused("beam_tilts_deg = []\n"), "antennas.beam_tilts_deg = []: needs one beam at least"));
  CHECK(contains(refused("steer_azimuth_deg = [30, -30]\n"),
                 "antennas.steer_azimuth_deg = [30, -30]: is not a range (legal: [from, to], from <= to)"));
  CHECK(contains(AntennaWorld(std::string(kElement) + "rows = 8\n").refused(),
                 "antennas.rows = 8: is only for type \"array38901\""));
}

TEST_CASE("more SSB beams than the band has are a warning") {
  const PlanInput input =
      with_array("beam_azimuths_deg = [-30, -10, 10, 30]\nbeam_tilts_deg = [2, 8, 14]\n").loaded();
  const Warning* warning = find(input, "ssb_beams_above_band");
  REQUIRE(warning != nullptr);
  CHECK(warning->count == 4);  // sectors
  CHECK(contains(warning->message, "panel: 12 SSB beams, 8 fit a half frame at 3.7 GHz"));
}

TEST_CASE("a tilt that takes the SSB beams out of the steering range is a warning") {
  const SmallWorld world;
  world.edit(kElement, array_with("beam_tilts_deg = [20]\n"));
  world.edit("antenna = \"panel\"\n", "antenna = \"panel\"\nelectrical_downtilt_deg = 12\n");
  const PlanInput input = load(world.scenario()).input;
  const Warning* warning = find(input, "ssb_beam_not_steerable");
  REQUIRE(warning != nullptr);
  CHECK(warning->count == 4);
  CHECK(contains(warning->message, "panel: electrical_downtilt_deg 12"));
}

TEST_CASE("elements with more gain than their spacing has room for are a warning") {
  const PlanInput input = AntennaWorld(kArray).loaded();
  const Warning* warning = find(input, "array_gain_above_aperture");
  REQUIRE(warning != nullptr);
  CHECK(contains(warning->message, "panel: elements of 8 dBi"));
  CHECK(contains(warning->message, "5.0 dBi"));
}

TEST_CASE("an antenna of a table is chosen by name, and what a pattern leaves in doubt is a warning") {
  SmallWorld world;
  world.edit(kElement, "type = \"file\"\npath = \"antennas.txt\"\nname = \"B\"\n");
  std::string table = "Name\tGain (dBi)\tPattern\tPattern Electrical Tilt\n";
  for (const char* name : {"A", "B"}) {
    std::string pattern = "2 0 0 36";
    for (int i = 0; i < 360; i += 10) pattern += " " + std::to_string(i) + " 0";
    pattern += " 1 0 360";
    for (int i = 0; i < 360; ++i) pattern += " " + std::to_string(i) + (i == 0 ? " 0" : " 20");
    table += std::string(name) + "\t" + (*name == 'A' ? "11" : "12.5") + "\t" + pattern + "\t6\n";
  }
  test::write_text(world.file("antennas.txt"), table);
  const PlanInput input = load(world.scenario()).input;
  const auto& antenna = std::get<TabulatedAntenna>(input.network.sites.at(0).sectors.at(0).antenna);
  CHECK(antenna.name == "B");
  CHECK(antenna.gain_dbi == 12.5);
  const Warning* warning = find(input, "antenna_tilt_contradicted");
  REQUIRE(warning != nullptr);
  CHECK(contains(warning->message, "states a tilt of 6 degrees"));

  world.edit("name = \"B\"\n", "");
  CHECK_THROWS_WITH(load(world.scenario()), amaneku::test::Contains("say which by name (legal: \"A\", \"B\")"));
  CHECK(contains(AntennaWorld(std::string(kElement) + "name = \"B\"\n").refused(), "is only for type \"file\""));
}

TEST_CASE("the shared scenarios of antenna files have the gains that stand beside them", "[shared]") {
  const auto folder = test::cases();
  AMANEKU_NEEDS(folder, "../shared/cases");
  for (const char* file :
       {"02-antenna-first-line-is-the-name/scenario.toml", "03-antenna-tilt-in-words/scenario0.toml",
        "03-antenna-tilt-in-words/scenario2.toml", "04-antenna-two-degree-steps/scenario.toml",
        "07-antenna-gain-with-brackets/scenario1.toml", "08-antenna-atoll-table/scenario.toml"}) {
    INFO(file);
    const PlanInput input = load(*folder / file).input;
    const Sector& sector = input.network.sites.at(0).sectors.at(0);
    CHECK(gain_dbi(sector.antenna, sector.mounting, 1.22, -1.49) == Approx(16.41).margin(0.005));
  }
}
