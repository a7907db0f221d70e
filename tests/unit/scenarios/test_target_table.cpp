#include "scenarios/catalogue/target_table.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

const Target& target(const std::string& id) {
  const auto& all = built_in_targets();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Target& t) { return t.id == id; });
  INFO(id);
  REQUIRE(found != all.end());
  return *found;
}

std::string faults_of(const std::string& text) {
  try {
    (void)read_targets(text, "own.toml", built_in_targets());
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

const std::string kOwn = R"([target.own]
name = "Our valley"
metric = "5g_population_coverage"
scope = "region"
comparison = ">="
value = 80
unit = "%"
fiscal_year = 2027
source = "town council"
)";

void faulty(const std::string& from, const std::string& to, const std::string& message) {
  INFO(to);
  CHECK(faults_of(test::replaced(kOwn, from, to)) == message);
}

}  // namespace

TEST_CASE("the built-in targets are those of the reference file, each with its document", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "economics/subsidy_rules.json")
  const auto rules =
      nlohmann::json::parse(test::read_bytes(*test::reference() / "economics" / "subsidy_rules.json"));
  const std::map<std::string, std::string> bureaus = {
      {"000", "四国総合通信局"}, {"001", "中国総合通信局"}, {"003", "関東総合通信局"}};
  REQUIRE(rules["targets"].size() == 22);
  // Published since: reference/economics/CORRECTIONS.md.
  const std::map<std::string, std::pair<int, double>> later = {{"A-POP-2022", {2022, 96.6}},
                                                               {"A-POP-2023", {2023, 98.1}},
                                                               {"A-POP-2024", {2024, 98.4}},
                                                               {"A-POP-PREF-2024", {2024, 88.4}},
                                                               {"A-FTTH-2022", {2022, 99.84}}};
  CHECK(built_in_targets().size() == rules["targets"].size() + later.size());
  for (const auto& [id, published] : later) {
    CHECK(target(id).kind == TargetKind::actual);
    CHECK(target(id).fiscal_year == published.first);
    CHECK(target(id).value == published.second);
  }
  for (const auto& expected : rules["targets"]) {
    const Target& found = target(expected["id"]);
    INFO(found.id);
    CHECK((found.kind == TargetKind::target ? "target" : "actual") == expected["kind"].get<std::string>());
    CHECK(word(found.metric) == expected["metric"].get<std::string>());
    CHECK(word(found.scope) == expected["scope"].get<std::string>());
    CHECK(found.fiscal_year == expected["fiscal_year_end"].get<int>());
    CHECK((found.kind == TargetKind::actual ? "actual" : word(found.comparison)) ==
          expected["op"].get<std::string>());
    CHECK(found.value == std::stod(expected["value"].get<std::string>()));
    CHECK(found.unit == expected["unit"].get<std::string>());
    CHECK(found.note == expected.value("note", std::string{}));
    const std::string source = expected["source"];
    for (const auto& [prefix, bureau] : bureaus) {
      CHECK((source.find(prefix + "_") != std::string::npos) == (found.source.find(bureau) != std::string::npos));
    }
  }
}

TEST_CASE("the national plan's numbers are there") {
  CHECK(target("T-POP-2023").value == 95.0);
  CHECK(target("T-POP-2025").value == 97.0);
  CHECK(target("T-POP-2030").value == 99.0);
  CHECK(target("T-POP-PREF-2030").scope == TargetScope::each_prefecture);
  CHECK(target("T-POP-PREF-2030").value == 99.0);
  for (const char* id : {"T-POP-2030", "T-POP-PREF-2030"})
    CHECK(target(id).source.find("デジタルインフラ整備計画2030") != std::string::npos);
  CHECK(target("T-BS-2023").value == 280'000.0);
  CHECK(target("T-BS-2025").value == 300'000.0);
  CHECK(target("T-BS-2030").value == 600'000.0);
  CHECK(target("T-KIBAN-2023").value == 98.0);
  CHECK(target("T-ROAD-2030").value == 99.0);
  CHECK(target("T-EXPWY-2030").value == 100.0);
  CHECK(target("T-FTTH-2027").value == 99.9);
  for (const Target& any : built_in_targets()) {
    INFO(any.id);
    CHECK(any.source.size() > 10);
    CHECK(any.name_ja != any.name);
  }
}

TEST_CASE("a target is met exactly, and what is missing is in its unit") {
  CHECK(target("T-POP-2025").met_by(97.0));
  CHECK_FALSE(target("T-POP-2025").met_by(96.999999));
  CHECK(target("T-POP-2025").shortfall(95.5) == 1.5);
  CHECK(target("T-POP-2025").shortfall(99.0) == 0.0);
  CHECK(target("T-EXPWY-2030").met_by(100.0));
  CHECK_FALSE(target("T-EXPWY-2030").met_by(99.99));
  CHECK(target("T-4G-2023").met_by(0.0));
  CHECK(target("T-4G-2023").shortfall(6000.0) == 6000.0);
  CHECK_FALSE(target("A-POP-2021").met_by(93.2));
  Target most = target("T-POP-2025");
  most.comparison = Comparison::at_most;
  CHECK(most.met_by(97.0));
  CHECK(most.shortfall(98.0) == 1.0);
}

TEST_CASE("a file of one's own adds a target, and replaces one by its name") {
  const std::vector<Target> more = read_targets(kOwn, "own.toml", built_in_targets());
  CHECK(more.size() == built_in_targets().size() + 1);
  CHECK(more.back().id == "own");
  CHECK(more.back().name_ja == "Our valley");
  CHECK(more.back().value == 80.0);
  const std::vector<Target> same =
      read_targets(test::replaced(kOwn, "target.own", "target.T-POP-2025"), "own.toml", built_in_targets());
  CHECK(same.size() == built_in_targets().size());
  const auto found = std::find_if(same.begin(), same.end(), [](const Target& t) { return t.id == "T-POP-2025"; });
  CHECK(found->name == "Our valley");
}

TEST_CASE("a table of targets with faults is refused, each with its place") {
  faulty("value = 80", "value = 180", "own.toml:6:9: target.value = 180: is more than all of it");
  faulty("\"%\"", "\"persons\"", "own.toml:7:8: target.unit = \"persons\": a share is in %, a count is not");
  faulty("\"region\"", "\"expressways\"",
         "own.toml:4:9: target.scope = \"expressways\": roads have a road coverage, and nothing else has");
  faulty("comparison = \">=\"\n", "", "own.toml:1:1: target.comparison: a target has one, a published value none");
  const std::string unknown = faults_of(test::replaced(kOwn, "5g_population", "6g_population"));
  CHECK(unknown.find("own.toml:3:10: target.metric = \"6g_population_coverage\"") == 0);
}

TEST_CASE("docs/formats/targets.md is what the schema says") {
  const std::filesystem::path page = std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/formats/targets.md";
  if (std::getenv("AMANEKU_UPDATE") != nullptr) test::write_text(page, targets_markdown());
  INFO("run test_scenarios once with AMANEKU_UPDATE=1 after a change of the schema");
  CHECK(test::read_bytes(page) == targets_markdown());
}
