#include "scenarios/schema/schema.hpp"

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

/// A minimal legal document, and the faults of it with more text after it.
const std::string kBase = "scenario.name = \"x\"\narea.dem = true\npropagation.model = \"p526\"\n";

std::vector<std::string> faults(const std::string& text) {
  std::vector<std::string> out;
  for (const Fault& fault : check_document(parse_toml(text, "s.toml"), "s.toml")) out.push_back(fault.text());
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a legal document has no faults") {
  CHECK(faults(kBase).empty());
  CHECK(faults(test::SmallWorld::kScenario).empty());
}

TEST_CASE("a misspelt key is an error with the nearest known key") {
  CHECK(faults(kBase + "[coverage]\nradus_m = 1000\n") ==
        Lines{"s.toml:5:1: coverage.radus_m: unknown key; did you mean \"radius_m\"?"});
  CHECK(faults(kBase + "[covrage]\nradius_m = 1000\n") ==
        Lines{"s.toml:4:2: covrage: unknown section; did you mean \"coverage\"?"});
  CHECK(faults(kBase + "[[terrain.dmm]]\npath = \"x\"\n") ==
        Lines{"s.toml:4:11: terrain.dmm: unknown key; did you mean \"dem\"?"});
}

TEST_CASE("a key in the wrong section is sent to its own") {
  CHECK(faults(kBase + "[receiver]\nradius_m = 1000\n") ==
        Lines{"s.toml:5:1: receiver.radius_m: unknown key; it belongs to [coverage]"});
}

TEST_CASE("a wrong type says what was expected and what was found") {
  CHECK(faults(kBase + "[coverage]\nradius_m = \"far\"\n") ==
        Lines{"s.toml:5:12: coverage.radius_m = \"far\": expected a number, found text"});
  CHECK(faults(kBase + "[sector_defaults]\nsubcarriers = 12.5\n") ==
        Lines{"s.toml:5:15: sector_defaults.subcarriers = 12.5: expected a whole number, found a number"});
  CHECK(faults(kBase + "[terrain]\nallow_missing = 1\n") ==
        Lines{"s.toml:5:17: terrain.allow_missing = 1: expected true or false, found a whole number"});
  CHECK(faults(kBase + "[coverage]\nclasses_dbm = [1, \"a\"]\n") ==
        Lines{"s.toml:5:15: coverage.classes_dbm = [1, \"a\"]: expected a list of numbers, found a list"});
}

TEST_CASE("a value out of range tells the legal range with its unit") {
  CHECK(faults(kBase + "scenario.grid_m = 0.5\n") ==
        Lines{"s.toml:4:19: scenario.grid_m = 0.5: out of range (legal: 1 .. 1000 m)"});
  CHECK(faults(kBase + "scenario.grid_m = nan\n") ==
        Lines{"s.toml:4:19: scenario.grid_m = nan: is not a finite number (legal: 1 .. 1000)"});
  CHECK(faults(kBase + "[coverage]\nengine = \"radail\"\n") ==
        Lines{"s.toml:5:10: coverage.engine = \"radail\": unknown word; did you mean \"radial\"? (legal: radial | "
              "exact)"});
}

TEST_CASE("two faults at once are both reported, with line and column, in the order of the text") {
  CHECK(faults(kBase + "[receiver]\nrx_agl_m = -1\nhight = 3\n[coverage]\nengine = 7\n") ==
        Lines{"s.toml:5:12: receiver.rx_agl_m = -1: out of range (legal: 0 .. 100000 m)",
              "s.toml:6:1: receiver.hight: unknown key; known here: rx_agl_m, gain_dbi, body_loss_db, "
              "building_loss_db",
              "s.toml:8:10: coverage.engine = 7: expected text, found a whole number"});
}

TEST_CASE("missing keys and sections are named") {
  CHECK(faults("[scenario]\ngrid_m = 30\n[area]\ndem = true\n") ==
        Lines{"s.toml:1:1: scenario.name: is required in [scenario]",
              "s.toml:1:1: propagation: the section [propagation] is required"});
}

TEST_CASE("a list that is written as a table, and the reverse, are explained") {
  CHECK(faults(kBase + "[population]\npath = \"p.csv\"\n") ==
        Lines{"s.toml:4:2: population: is a list: write [[population]] for each"});
  CHECK(faults(kBase + "[[receiver]]\n") == Lines{"s.toml:4:3: receiver: is a section: write [receiver]"});
  CHECK(faults(kBase + "[antennas]\ngain_dbi = 3\n") ==
        Lines{"s.toml:5:1: antennas.gain_dbi = 3: is not inside a named section: write [antennas.NAME]"});
}

TEST_CASE("a parameter of another propagation model is refused") {
  CHECK(
      faults(kBase + "propagation.conductivity_s_m = 0.1\n") ==
      Lines{"s.toml:4:13: propagation.conductivity_s_m = 0.1: is no parameter of the model p526, only of two_ray, "
            "itm, itm_area"});
}

TEST_CASE("faults of a setting name --set") {
  TomlNode root = parse_toml(kBase, "s.toml");
  apply_setting(root, "coverage.radius_m", "-5");
  const std::vector<Fault> found = check_document(root, "s.toml");
  REQUIRE(found.size() == 1);
  CHECK(found.front().text() == "--set: coverage.radius_m = -5: out of range (legal: 10 .. 500000 m)");
}

TEST_CASE("every key has a default of its own type, or none") {
  for (const SchemaSection& section : schema()) {
    for (const SchemaKey& key : section.keys) {
      INFO(section.name << '.' << key.name);
      CHECK_FALSE(key.doc.empty());
      if (const auto* number = std::get_if<double>(&key.fallback)) CHECK(key.range.contains(*number));
    }
  }
}

TEST_CASE("docs/formats/scenario.md is what the schema says") {
  const std::filesystem::path page = std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/formats/scenario.md";
  if (std::getenv("AMANEKU_UPDATE") != nullptr) test::write_text(page, schema_markdown());
  INFO("run test_scenarios once with AMANEKU_UPDATE=1 after a change of the schema");
  CHECK(test::read_bytes(page) == schema_markdown());
}

TEST_CASE("a model of another role is sent to where it belongs") {
  const auto starts = [](const Lines& found, const std::string& text) {
    REQUIRE(found.size() == 1);
    CHECK(found.front().substr(0, text.size()) == text);
  };
  starts(faults("scenario.name = \"x\"\narea.dem = true\npropagation.model = \"p676\"\n"),
         "s.toml:3:21: propagation.model = \"p676\": is a loss on top of a path model: write it as "
         "[[propagation.added_loss]] (legal: free_space | ");
  starts(faults(kBase + "[[propagation.added_loss]]\nmodel = \"p526\"\n"),
         "s.toml:5:9: propagation.added_loss.model = \"p526\": is a path model: write it as propagation.model "
         "(legal: ");
}

TEST_CASE("an added loss has the parameters of its own model only") {
  CHECK(faults(kBase + "[[propagation.added_loss]]\nmodel = \"p2109\"\nlocation_percent = 90\n").empty());
  CHECK(
      faults(kBase + "[[propagation.added_loss]]\nmodel = \"p2109\"\nlocation_precent = 90\n") ==
      Lines{
          "s.toml:6:1: propagation.added_loss.location_precent: unknown key; did you mean \"location_percent\"?"});
  CHECK(faults(kBase + "[[propagation.added_loss]]\nmodel = \"p2109\"\npressure_hpa = 9\n") ==
        Lines{"s.toml:6:1: propagation.added_loss.pressure_hpa = 9: is no parameter of the model p2109, only of "
              "p676"});
  CHECK(faults(kBase + "[[propagation.added_loss]]\n") ==
        Lines{"s.toml:4:1: propagation.added_loss.model: is required in [[propagation.added_loss]]"});
}
