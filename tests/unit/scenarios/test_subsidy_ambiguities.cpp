// The 17 ambiguities of the sources: each is a documented choice that the answer marks, or an option of the user.
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "scenarios/ask/subsidy_lines.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using Json = nlohmann::json;

namespace {

Json ask(const Json& request, const SubsidyEngine& engine = built_in_subsidies()) {
  return Json::parse(subsidy_line(request.dump(), engine, ""));
}

Json with(Json base, const Json& changes) {
  base.update(changes);
  return base;
}

bool touches(const Json& answer, int number) {
  const Json& numbers = answer["ambiguities"];
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

Json chosen(const char* name, const char* option) {
  return {{"choices", {{name, option}}}};
}

/// A project of KD in the year.
Json fibre(const char* year) {
  return {{"programme", "KD"},
          {"sub_programme", "fibre"},
          {"fiscal_year", year},
          {"applicant", "municipality"},
          {"area", {"kaso"}},
          {"island", false},
          {"work", "new"},
          {"fiscal_capacity_index", 0.3},
          {"eligible_cost_jpy", 600'000}};
}

/// A project of KT R6 by a local government on an island.
Json island_station(const char* part) {
  return {{"programme", "KT"}, {"sub_programme", part}, {"fiscal_year", "R6"}, {"applicant", "municipality"},
          {"area", {"rito"}},  {"island", true},        {"operators", 1},      {"eligible_cost_jpy", 600'000}};
}

}  // namespace

TEST_CASE("ambiguity 1: upgrade for privatisation with an index of 0.5 or more") {
  const Json upgrade = with(fibre("R7"), {{"work", "upgrade_for_privatisation"}, {"fiscal_capacity_index", 0.5}});
  CHECK(ask(upgrade)["status"] == "ambiguous");
  CHECK(touches(ask(upgrade), 1));
  CHECK(ask(upgrade)["shares"]["nation"] == "1/2");
  CHECK(ask(with(upgrade, {{"fiscal_capacity_index", 0.499999}}))["status"] == "stated");
  const Json third = ask(with(upgrade, chosen("kd_r7_upgrade_index", "third")));
  CHECK(third["shares"]["nation"] == "1/3");
  CHECK(third["status"] == "ambiguous");
}

TEST_CASE("ambiguity 2: burying") {
  const Json buried = ask(with(fibre("R7"), {{"buried", true}}));
  CHECK(buried["status"] == "ambiguous");
  CHECK(touches(buried, 2));
}

TEST_CASE("ambiguity 3: rows of KD R6") {
  const Json island = with(fibre("R6"), {{"island", true}});
  CHECK(ask(island)["shares"]["nation"] == "2/3");
  CHECK(ask(island)["status"] == "inferred");
  CHECK(touches(ask(island), 3));
  CHECK(ask(with(island, chosen("kd_r6_rates", "slide_8")))["shares"]["nation"] == "4/5");
  for (const char* applicant : {"municipality", "third_sector"}) {
    for (const bool on_island : {true, false}) {
      for (const double index : {0.4, 0.5}) {
        const Json changes = {{"applicant", applicant}, {"island", on_island}, {"fiscal_capacity_index", index}};
        CHECK(ask(with(fibre("R6"), changes))["shares"] == ask(with(fibre("R5"), changes))["shares"]);
      }
    }
  }
}

TEST_CASE("ambiguity 4: the island uplift of KT R6") {
  const Json uplift = ask(island_station("base_station_facility"));
  CHECK(uplift["shares"] == Json({{"nation", "3/5"}, {"prefecture", "4/25"}, {"municipality", "6/25"}}));
  CHECK(uplift["status"] == "ambiguous");
  CHECK(touches(uplift, 4));
  const Json without =
      ask(with(island_station("base_station_facility"), chosen("kt_r6_island_uplift", "not_adopted")));
  CHECK(without["shares"] == Json({{"nation", "1/2"}, {"prefecture", "1/5"}, {"municipality", "3/10"}}));
}

TEST_CASE("ambiguity 5: the operator's part of the municipal share") {
  const Json part = ask(with(island_station("base_station_facility"), {{"operator_part", "1/2"}}));
  CHECK(touches(part, 5));
  CHECK(part["shares"]["operator"] == "3/25");
  CHECK(part["shares"]["municipality"] == "3/25");
}

TEST_CASE("ambiguity 6: exactly 300 households") {
  const Json lease = {{"programme", "KT"},
                      {"sub_programme", "transmission_operation"},
                      {"fiscal_year", "R3"},
                      {"applicant", "mobile_operator"},
                      {"area", {"kaso"}},
                      {"households", 300},
                      {"eligible_cost_jpy", 600'000}};
  const Json upgrade = with(lease, {{"sub_programme", "upgrade_facility"}, {"builders", 1}});
  for (const Json& project : {lease, upgrade}) {
    CHECK(ask(project)["eligible"] == false);
    CHECK(ask(with(project, chosen("kt_r3_300_households", "included")))["eligible"] == true);
    CHECK(touches(ask(with(project, {{"households", 299}})), 6));
    CHECK(ask(with(with(project, {{"households", 301}}),
                   chosen("kt_r3_300_households", "included")))["eligible"] == false);
  }
  CHECK(ask(with(upgrade, {{"existing_4g_area", false}}))["eligible"] == true);
}

TEST_CASE("ambiguity 7: a local government applies for an upgrade under KT R6") {
  // Closed: the ministry's page of the programme lists 高度化施設 under 地方公共団体.
  const Json upgrade = with(island_station("upgrade_facility"), {{"area", {"kaso"}}, {"island", false}});
  CHECK(ask(upgrade)["status"] == "stated");
  CHECK_FALSE(touches(ask(upgrade), 7));
}

TEST_CASE("ambiguities 8 and 9: households and index are the user's") {
  CHECK(touches(ask(fibre("R7")), 9));
  const Json lease = {{"programme", "KT"},     {"sub_programme", "transmission_operation"},
                      {"fiscal_year", "R3"},   {"applicant", "mobile_operator"},
                      {"area", {"kaso"}},      {"households", 99},
                      {"eligible_cost_jpy", 1}};
  CHECK(touches(ask(lease), 8));
}

TEST_CASE("ambiguity 10: the bond of a prefecture") {
  const Json station = with(island_station("base_station_facility"), {{"area", {"kaso"}}, {"island", false}});
  CHECK(ask(station)["bonds"][0]["status"] == "inferred");
  CHECK(Rational::parse("9/10") * Rational::parse("2/9") == Rational::parse("1/5"));
}

TEST_CASE("ambiguity 11: the multiple of the national amount") {
  const SubsidyEngine to_the_yen(
      read_subsidy_rules("[amounts]\nnational_multiple_jpy = 1\n", "own.toml", built_in_subsidies().rules()));
  const Json project = with(fibre("R7"), {{"eligible_cost_jpy", 600'999}});
  CHECK(ask(project)["amounts_jpy"]["nation"] == 300'000);
  CHECK(ask(project, to_the_yen)["amounts_jpy"]["nation"] == 300'499);
}

TEST_CASE("ambiguity 14: eligible and total cost are both stated") {
  const Json answer = ask(with(fibre("R7"), {{"total_cost_jpy", 800'000}}));
  CHECK(answer["amounts_jpy"] == Json({{"nation", 300'000}, {"municipality", 500'000}}));
}

TEST_CASE("ambiguities 15 and 16: boxes that had to be rebuilt may be refused") {
  for (const Json& project :
       {fibre("R7"), with(island_station("base_station_facility"),
                          {{"applicant", "mobile_operator"}, {"builders", 2}, {"fiscal_capacity_index", 0.5}})}) {
    CHECK(touches(ask(project), 15));
    CHECK(touches(ask(project), 16));
    CHECK(ask(with(project, chosen("reconstructed_boxes", "refuse")))["eligible"] == false);
  }
}

TEST_CASE("docs/methods/subsidies.md has all ambiguities and choices as the rules have them") {
  const std::string page =
      test::read_bytes(std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/methods/subsidies.md");
  const SubsidyRules& rules = built_in_subsidies().rules();
  REQUIRE(rules.ambiguities.size() == 17);
  for (const SubsidyAmbiguity& ambiguity : rules.ambiguities) {
    const std::string row = "| " + std::to_string(ambiguity.number) + " | " + ambiguity.question + " | " +
                            ambiguity.handling + " | " + ambiguity.chosen + " |";
    INFO(row);
    CHECK(page.find(row) != std::string::npos);
  }
  for (const SubsidyChoice& choice : rules.choices) {
    INFO(choice.id);
    CHECK(page.find("| `" + choice.id + "` | " + choice.question) != std::string::npos);
  }
}

TEST_CASE("docs/methods/subsidy_example.md is what the program answers") {
  std::istringstream page(
      test::read_bytes(std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/methods/subsidy_example.md"));
  Json answer;
  int projects = 0;
  for (std::string line; std::getline(page, line);) {
    if (line.compare(0, 17, "    {\"programme\":") == 0) {
      REQUIRE(answer.is_null());
      answer = ask(Json::parse(line));
    } else if (line.compare(0, 15, "    {\"rule_id\":") == 0) {
      INFO(line << '\n' << answer.dump());
      const Json expected = Json::parse(line);
      for (const auto& [key, value] : expected.items()) CHECK(answer[key] == value);
      answer = nullptr;
      ++projects;
    }
  }
  CHECK(projects == 6);
  CHECK(answer.is_null());
}
