// Files of subsidy rules: what the program brings, what a user may add, and what is wrong with a file.
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "scenarios/ask/subsidy_lines.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

using Lines = std::vector<std::string>;

/// A rule of next year that lacks nothing; `more` is put at its end.
std::string next_year(const std::string& more = "nation = \"3/5\"\noperator = \"2/5\"\n",
                      const std::string& name = "KT-R8-1") {
  return "[document.R8]\ntitle = \"Budget of R8\"\n[rule." + name +
         "]\nprogramme = \"KT\"\nsub_programme = \"base_station_facility\"\nfiscal_year = \"R8\"\napplicants = "
         "[\"mobile_operator\"]\nwhen = [\"households < 300\"]\ndocument = \"R8\"\n" +
         more;
}

SubsidyRules read(const std::string& text) {
  return read_subsidy_rules(text, "own.toml", built_in_subsidies().rules());
}

Lines faults(const std::string& text) {
  Lines out;
  try {
    (void)read(text);
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults()) out.push_back(fault.text());
  }
  return out;
}

std::string only_fault(const std::string& text) {
  const Lines found = faults(text);
  INFO(text);
  REQUIRE(found.size() == 1);
  return found.front();
}

}  // namespace

TEST_CASE("next year's programme is a file, not a program") {
  const SubsidyEngine engine(read(next_year()));
  const std::string answer = subsidy_answer(
      R"({"programme":"KT","applicant":"mobile_operator","area":["kaso"],"households":299,"eligible_cost_jpy":10000000})",
      engine, "R8");
  CHECK(answer.find("\"rule_id\":\"KT-R8-1\"") != std::string::npos);
  CHECK(answer.find("\"nation\":6000000,\"operator\":4000000") != std::string::npos);
  CHECK(answer.find("Budget of R8") != std::string::npos);
}

TEST_CASE("a file of one's own replaces a rule, takes a choice, and rounds as it says") {
  const SubsidyEngine engine(
      read("[amounts]\nnational_multiple_jpy = 1\n[choice.kd_r7_upgrade_index]\nchosen = \"third\"\n"));
  const std::string answer = subsidy_answer(
      R"({"programme":"KD","sub_programme":"fibre","fiscal_year":"R7","applicant":"municipality","area":["kaso"],"island":false,)"
      R"("work":"upgrade_for_privatisation","fiscal_capacity_index":0.5,"eligible_cost_jpy":1000001})",
      engine, "");
  CHECK(answer.find("\"nation\":333333,\"municipality\":666668") != std::string::npos);
  CHECK(built_in_subsidies().rules().national_multiple_jpy == 1000);
}

TEST_CASE("subsidy rules: shares that do not add up to 1") {
  CHECK(
      only_fault(next_year("nation = \"1/2\"\nprefecture = \"1/5\"\nmunicipality = \"1/5\"\n")) ==
      "own.toml:10:10: rule.nation = \"1/2\": the shares nation 1/2 + prefecture 1/5 + municipality 1/5 add up to "
      "9/10, not to 1 (legal: together \"1\")");
}

TEST_CASE("subsidy rules: a fraction written as a decimal") {
  CHECK(only_fault(next_year("nation = 0.333\noperator = \"2/3\"\n")) ==
        "own.toml:10:10: rule.nation = 0.333: is no fraction: write it as printed, a decimal is never exact "
        "(legal: a "
        "text such as \"1/3\")");
  CHECK(only_fault(next_year("nation = \"0.333\"\noperator = \"2/3\"\n")) ==
        "own.toml:10:10: rule.nation = \"0.333\": is no fraction: write it as printed, a decimal is never exact "
        "(legal: a text such as \"1/3\")");
  CHECK(only_fault("[bond.mine]\nname = \"x\"\ncharge = 0.75\ngrant = \"0\"\ndocument = \"001\"\n")
            .find("own.toml:3:10: bond.charge = 0.75: is no fraction") == 0);
}

TEST_CASE("subsidy rules: two rules for one case are refused with both names") {
  const std::string second =
      "[rule.KT-R8-2]\nprogramme = \"KT\"\nsub_programme = \"base_station_facility\"\nfiscal_year = "
      "\"R8\"\napplicants = "
      "[\"infra_sharing_operator\", \"mobile_operator\"]\nwhen = [\"households >= 299\"]\ndocument = "
      "\"R8\"\nnation = "
      "\"1/2\"\noperator = \"1/2\"\n";
  const Lines found = faults(next_year() + second);
  REQUIRE(found.size() == 2);
  CHECK(found[0] ==
        "own.toml:8:8: rule.when = [\"households < 300\"]: KT-R8-2 and KT-R8-1 are both for one case of KT "
        "(applicant "
        "mobile_operator): exclude it in `when`, or name the weaker one in `overrides`");
  CHECK(found[1].find("KT-R8-1 and KT-R8-2 are both for one case of KT") != std::string::npos);
  CHECK(faults(next_year() + test::replaced(second, ">= 299", ">= 300")).empty());
  CHECK(faults(next_year() + second + "overrides = [\"KT-R8-1\"]\n").empty());
  CHECK(faults(next_year() + test::replaced(second, ", \"mobile_operator\"", "")).empty());
}

TEST_CASE("subsidy rules: a new rule may clash with a built-in one") {
  const std::string text = test::replaced(next_year(), "\"R8\"\napplicants", "\"R3\"\napplicants");
  const Lines found = faults(test::replaced(text, "base_station_facility", "upgrade_facility"));
  REQUIRE(found.size() == 1);
  CHECK(found[0].find("KT-R3-3-single and KT-R8-1 are both for one case of KT") != std::string::npos);
}

TEST_CASE("subsidy rules: unknown words are met with the nearest") {
  const auto with = [](const std::string& from, const std::string& to) {
    return only_fault(test::replaced(next_year(), from, to));
  };
  CHECK(
      with("\"base_station_facility\"", "\"base_station_facilty\"")
          .find(
              "own.toml:5:17: rule.sub_programme = \"base_station_facilty\": there is none of this name, did you "
              "mean \"base_station_facility\"?") == 0);
  CHECK(with("\"mobile_operator\"", "\"mobile_operater\"").find("did you mean \"mobile_operator\"?") !=
        std::string::npos);
  CHECK(with("programme = \"KT\"", "programme = \"携帯電話等エリア整備事業費\"")
            .find("did you mean \"携帯電話等エリア整備事業\"?") != std::string::npos);
  CHECK(
      with("\"R8\"\napplicants", "\"2026\"\napplicants")
          .find(
              "own.toml:6:15: rule.fiscal_year = \"2026\": is no Japanese fiscal year (legal: \"R7\", \"H29\")") ==
      0);
  CHECK(only_fault(next_year("nation = \"1\"\nareas = [\"kasso\"]\n"))
            .find("own.toml:11:9: rule.areas = [\"kasso\"]: there is none of this name, did you mean \"kaso\"?") ==
        0);
  CHECK(with("document = \"R8\"", "document = \"R9\"").find("rule.document = \"R9\"") != std::string::npos);
  CHECK(only_fault(next_year("nation = \"1\"\noverrides = [\"KT-R3-1-singel\"]\n"))
            .find("did you mean \"KT-R3-1-single\"?") != std::string::npos);
}

TEST_CASE("subsidy rules: conditions are checked word by word") {
  const auto when = [](const std::string& clause) {
    return only_fault(test::replaced(next_year(), "households < 300", clause));
  };
  CHECK(when("housholds < 300") ==
        "own.toml:8:8: rule.when = [\"housholds < 300\"]: in \"housholds < 300\": \"housholds\" there is none of "
        "this "
        "name, did you mean \"households\"? (legal: applicant | area | choice.NAME | island | "
        "fiscal_capacity_index | "
        "households | operators | builders | work | submarine_cable | buried | purpose | "
        "inhabited_border_island_all | "
        "existing_4g_area | consortium_with_local_government | catv_in_disaster_plan | specially_needed_area | "
        "disadvantaged_area | previously_selected | merged_municipality | subsidised | line_km | "
        "years_of_operation | city_kind | partner_municipalities)");
  CHECK(when("households < many").find("\"many\" is no number") != std::string::npos);
  CHECK(when("households < -1").find("out of range") != std::string::npos);
  CHECK(when("island < 3").find("compares what is no number") != std::string::npos);
  CHECK(when("work = newer").find("new | upgrade") != std::string::npos);
  CHECK(when("applicant = nobody").find("mobile_operator") != std::string::npos);
  CHECK(when("choice.kd_r6_rates = slide_9").find("did you mean \"slide_7\"?") != std::string::npos);
  CHECK(when("island = maybe").find("false | true") != std::string::npos);
}

TEST_CASE("subsidy rules: amounts and rates stay within their limits") {
  CHECK(only_fault(next_year("nation = \"1\"\nnational_cap_jpy = -5\n")) ==
        "own.toml:11:20: rule.national_cap_jpy = -5: out of range (legal: 0 .. 1000000000000000 JPY)");
  CHECK(only_fault(next_year("nation = \"1\"\nguide_min_jpy = 7\nguide_max_jpy = 6\n"))
            .find("is below guide_min_jpy") != std::string::npos);
  CHECK(only_fault("[bond.mine]\nname = \"x\"\ncharge = \"4/3\"\ndocument = \"001\"\n").find("is more than all") !=
        std::string::npos);
  CHECK(only_fault("[choice.kd_r6_rates]\nchosen = \"slide_7\"\noptions = [\"slide_7\"]\n")
            .find("are those of the built-in choice") != std::string::npos);
  CHECK(faults("[rule.x]\nprogrme = 1\nnation = 0.5\n").size() >= 5);
}

TEST_CASE("a rules file that contradicts itself is refused as a whole") {
  CHECK_THROWS_AS(read("[rule.KT-R3-1-single]\nprogramme = \"KT\"\n"), InputError);
  CHECK_THROWS_AS(subsidies_with("no/such/file.toml"), InputError);
}

TEST_CASE("every choice and every built-in rule can be met, and names its source") {
  const SubsidyRules& rules = built_in_subsidies().rules();
  CHECK(rules.rules.size() == 174);
  std::set<int> numbers;
  for (const SubsidyAmbiguity& ambiguity : rules.ambiguities) numbers.insert(ambiguity.number);
  CHECK(numbers.size() == 17);
  CHECK(*numbers.begin() == 1);
  CHECK(*numbers.rbegin() == 17);
  for (const SubsidyRule& rule : rules.rules) {
    INFO(rule.id);
    CHECK(rule.source.find(": ") != std::string::npos);
    CHECK(rule.applicants != 0);
  }
}

TEST_CASE("docs/formats/subsidy_rules.md is what the schema says") {
  const std::filesystem::path page = std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/formats/subsidy_rules.md";
  if (std::getenv("AMANEKU_UPDATE") != nullptr) test::write_text(page, subsidy_rules_markdown());
  INFO("run test_scenarios once with AMANEKU_UPDATE=1 after a change of the schema");
  CHECK(test::read_bytes(page) == subsidy_rules_markdown());
}
