// `amaneku subsidy`: shares, yen, bonds, readings, and what a request may say wrong.
#include "scenarios/ask/subsidy_lines.hpp"

#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "libsim/economics/subsidy_bonds.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using Json = nlohmann::json;

namespace {

Json ask(const Json& request, const SubsidyEngine& engine = built_in_subsidies()) {
  return Json::parse(subsidy_line(request.dump(), engine, "R7"));
}

/// `base` with other values.
Json with(Json base, const Json& changes) {
  base.update(changes);
  return base;
}

const Json kStation = {{"programme", "KT"},
                       {"sub_programme", "base_station_facility"},
                       {"fiscal_year", "R3"},
                       {"applicant", "local_government"},
                       {"area", {"kaso"}},
                       {"operators", 2},
                       {"eligible_cost_jpy", 30'000'000}};
const Json kFibre = {{"programme", "KD"},
                     {"sub_programme", "fibre"},
                     {"applicant", "municipality"},
                     {"area", {"kaso"}},
                     {"island", false},
                     {"work", "new"},
                     {"fiscal_capacity_index", "0.3"},
                     {"eligible_cost_jpy", 100'000'000}};

std::string error_of(const Json& request) {
  const Json answer = ask(request);
  INFO(answer.dump());
  REQUIRE(answer.size() == 1);
  return answer["error"];
}

}  // namespace

TEST_CASE("published awards come out to the yen") {
  // Decisions of the Tokai bureau 2016-07-26, 2019-07-22, 2019-08-01 and the Kinki bureau 2020-11-27.
  struct Award {
    const char* place;
    int operators;
    std::int64_t cost_jpy;
    std::int64_t nation_jpy;
  };
  for (const Award& award : {Award{"Shirakawa", 2, 10'895'000, 7'263'000},
                             {"Ibigawa", 2, 12'980'000, 8'653'000},
                             {"Shinshiro 1", 2, 13'000'000, 8'666'000},
                             {"Shinshiro 2", 2, 5'560'000, 3'706'000},
                             {"Hida", 2, 24'613'000, 16'408'000}}) {
    INFO(award.place);
    const Json answer =
        ask(with(kStation, {{"operators", award.operators}, {"eligible_cost_jpy", award.cost_jpy}}));
    CHECK(answer["amounts_jpy"]["nation"] == award.nation_jpy);
  }
  for (const Award& award : {Award{"Maizuru", 1, 7'151'000, 3'575'000},
                             {"Nantan", 1, 4'949'000, 2'474'000},
                             {"Gojo 1", 1, 8'770'000, 4'385'000},
                             {"Gojo 2", 1, 7'310'000, 3'655'000}}) {
    INFO(award.place);
    const Json answer = ask({{"programme", "KT"},
                             {"sub_programme", "upgrade_facility"},
                             {"fiscal_year", "R3"},
                             {"applicant", "mobile_operator"},
                             {"area", {"sanson"}},
                             {"builders", award.operators},
                             {"households", 100},
                             {"eligible_cost_jpy", award.cost_jpy}});
    CHECK(answer["amounts_jpy"]["nation"] == award.nation_jpy);
  }
}

TEST_CASE("the base is the eligible cost, the rest is paid by whoever runs the project: Chita") {
  const Json answer = ask({{"programme", "高度無線環境整備推進事業"},
                           {"sub_programme", "伝送路設備等整備"},
                           {"fiscal_year", "R3"},
                           {"applicant", "private_operator"},
                           {"area", {"離島"}},
                           {"island", true},
                           {"eligible_cost_jpy", 121'530'000},
                           {"total_cost_jpy", 161'371'000}});
  CHECK(answer["amounts_jpy"] == Json({{"nation", 60'765'000}, {"operator", 100'606'000}}));
  CHECK(answer["ineligible_jpy"] == 39'841'000);
  CHECK(answer["rule_id"] == "KD-R3-priv-island");
}

TEST_CASE("the operator's part of the municipal share: Tottori, 660 M JPY") {
  const Json answer = ask(with(kStation, {{"eligible_cost_jpy", 660'000'000}, {"operator_part", "5/9"}}));
  CHECK(answer["shares"] ==
        Json({{"nation", "2/3"}, {"prefecture", "2/15"}, {"municipality", "4/45"}, {"operator", "1/9"}}));
  CHECK(answer["amounts_jpy"] == Json({{"nation", 440'000'000},
                                       {"prefecture", 88'000'000},
                                       {"municipality", 58'666'667},
                                       {"operator", 73'333'333}}));
  CHECK(error_of(with(kFibre, {{"programme", "CT"},
                               {"sub_programme", "catv_fibre"},
                               {"fiscal_year", "R6"},
                               {"catv_in_disaster_plan", true},
                               {"operator_part", "1/2"}})) ==
        "operator_part = \"1/2\": CT-R6-muni has no share of a municipality that an operator may take part in "
        "(legal: \"0\")");
}

TEST_CASE("two operators instead of one lower the municipality's burden by what the rules say") {
  const Json one = ask(with(kStation, {{"operators", 1}}));
  const Json two = ask(kStation);
  CHECK(one["amounts_jpy"] ==
        Json({{"nation", 15'000'000}, {"prefecture", 6'000'000}, {"municipality", 9'000'000}}));
  CHECK(two["amounts_jpy"] ==
        Json({{"nation", 20'000'000}, {"prefecture", 4'000'000}, {"municipality", 6'000'000}}));
}

TEST_CASE("bonds down to what prefecture and municipality bear in the end") {
  // 001 slide 13: with 1/2 from the nation a depopulated municipality bears 15 % of the project, a remote place 10
  // %, an ordinary municipality 50 %, a prefecture 40 %.
  const auto burden = [&](const Json& changes) { return ask(with(kFibre, changes))["effective_local_cost_jpy"]; };
  CHECK(burden({{"area", {"kaso"}}}) == Json({{"municipality", 15'000'000}}));
  CHECK(burden({{"area", {"kaso", "henchi"}}}) == Json({{"municipality", 10'000'000}}));
  CHECK(burden({{"area", {"hanto"}}}) == Json({{"municipality", 50'000'000}}));
  const Json prefecture = ask({{"programme", "KT"},
                               {"sub_programme", "transmission_installation"},
                               {"fiscal_year", "R6"},
                               {"applicant", "prefecture_do_fu_ken"},
                               {"area", {"rito"}},
                               {"eligible_cost_jpy", 100'000'000}});
  CHECK(prefecture["effective_local_cost_jpy"] == Json({{"prefecture", 40'000'000}}));
  REQUIRE(prefecture["bonds"].size() == 1);
  CHECK(prefecture["bonds"][0]["name"] == "公共事業等債");
  CHECK(prefecture["bonds"][0]["charge"] == "9/10");
  CHECK(prefecture["bonds"][0]["grant"] == "2/9");
  CHECK(prefecture["bonds"][0]["status"] == "inferred");
  // What is not eligible is no burden that a bond is for.
  CHECK(burden({{"total_cost_jpy", 120'000'000}}) == Json({{"municipality", 35'000'000}}));
  const Json merged = ask(with(kFibre, {{"area", {"hanto"}}, {"merged_municipality", true}}))["bonds"];
  REQUIRE(merged.size() == 2);
  CHECK(merged[1]["charge"].is_null());
  CHECK(merged[1]["effective_local_cost_jpy"].is_null());
}

TEST_CASE("burying adds to the numerator as printed, also beside note 4, and is ambiguous") {
  const Json plain = ask(kFibre);
  CHECK(plain["shares"] == Json({{"nation", "1/2"}, {"municipality", "1/2"}}));
  CHECK(plain["status"] == "stated");
  const Json buried = ask(with(kFibre, {{"buried", true}}));
  CHECK(buried["shares"] == Json({{"nation", "3/4"}, {"municipality", "1/4"}}));
  CHECK(buried["status"] == "ambiguous");
  CHECK(buried["ambiguities"] == Json::array({2, 9, 15, 16}));
  CHECK(buried["source"].get<std::string>().find("adds 0.5 to the numerator") != std::string::npos);
  const Json note_4 = ask(with(
      kFibre, {{"applicant", "third_sector"}, {"island", true}, {"submarine_cable", false}, {"buried", true}}));
  CHECK(note_4["shares"] == Json({{"nation", "7/8"}, {"operator", "1/8"}}));
}

TEST_CASE("caps, least costs and guides of a rule") {
  const auto level4 = [](std::int64_t cost_jpy) {
    return ask({{"programme", "DX"},
                {"sub_programme", "level4_demonstration"},
                {"applicant", "private_company"},
                {"consortium_with_local_government", true},
                {"eligible_cost_jpy", cost_jpy}});
  };
  CHECK(level4(250'000'000)["amounts_jpy"] == Json({{"nation", 250'000'000}}));
  CHECK(level4(250'000'000)["warnings"].empty());
  CHECK(level4(300'000'000)["amounts_jpy"] == Json({{"nation", 250'000'000}, {"operator", 50'000'000}}));
  CHECK(level4(300'000'000)["warnings"].size() == 1);
  const Json city = {{"programme", "SC"},
                     {"fiscal_year", "R5"},
                     {"applicant", "municipality"},
                     {"years_of_operation", 5},
                     {"eligible_cost_jpy", 2'999'999}};
  CHECK(ask(city)["reason"] == "SC-R5 wants an eligible cost of at least 3000000 JPY");
  CHECK(ask(with(city, {{"eligible_cost_jpy", 3'000'000}}))["amounts_jpy"]["nation"] == 1'500'000);
  const auto planning = [](double index) {
    return ask({{"programme", "DX"},
                {"sub_programme", "planning_support"},
                {"applicant", "municipality"},
                {"fiscal_capacity_index", index},
                {"eligible_cost_jpy", 1000}})["eligible"];
  };
  CHECK(planning(0.999999) == true);
  CHECK(planning(1.0) == false);
  CHECK(planning(1.000001) == false);
}

TEST_CASE("what is not eligible says why, for every rule") {
  const Json nowhere = ask(with(kStation, {{"area", Json::array()}}));
  CHECK(nowhere["eligible"] == false);
  CHECK(nowhere["reason"].get<std::string>().find("KT-R3-1-single wants one of the areas kaso, henchi") == 0);
  CHECK(nowhere["amounts_jpy"] == Json({{"nation", 0}, {"municipality", 30'000'000}}));
  CHECK(ask(with(kStation, {{"applicant", "mobile_operator"}}))["reason"].get<std::string>().find(
            "KT-R3-1-single is for local_government; ") == 0);
  CHECK(
      ask(with(kStation, {{"operators", 0}}))["reason"] ==
      "KT-R3-1-single wants operators = 1 (operators is 0); KT-R3-1-multi wants operators >= 2 (operators is 0)");
}

TEST_CASE("a bad request gives an error with key, value and what is legal") {
  CHECK(error_of(with(kStation, {{"eligible_cost_jpy", -1}})) ==
        "eligible_cost_jpy = -1: a cost is not negative (legal: 0 .. 1000000000000000 JPY)");
  CHECK(error_of(with(kStation, {{"total_cost_jpy", 29'999'999}})) ==
        "eligible_cost_jpy = 30000000: is above total_cost_jpy (legal: 0 .. 29999999 JPY)");
  CHECK(error_of(with(kStation, {{"eligible_cost_jpy", 0.5}})) ==
        "eligible_cost_jpy = 0.5: is no whole number of yen");
  CHECK(error_of(with(kStation, {{"area", {"過疏地"}}}))
            .find("area = \"過疏地\": there is none of this name, did you mean \"過疎地\"?") == 0);
  CHECK(error_of(with(kStation, {{"programme", "携帯電話エリア整備事業"}}))
            .find("did you mean \"携帯電話等エリア整備事業\"?") != std::string::npos);
  CHECK(
      error_of(with(kStation, {{"fiscal_year", "R4"}})) ==
      "fiscal_year = \"R4\": no rules are known for this year, the nearest are those of \"R3\" (legal: R3 | R5 | "
      "R6 | R7)");
  CHECK(error_of(with(kStation, {{"fiscal_year", "2024"}})) ==
        "fiscal_year = \"2024\": no rules are known for this year (legal: R3 | R5 | R6 | R7)");
  CHECK(error_of(with(kStation, {{"operators", nullptr}})) ==
        "operators: is missing: KT-R3-1-single wants operators = 1");
  CHECK(error_of(with(kStation, {{"operaters", 1}}))
            .find("operaters = \"operaters\": there is none of this name, did you mean \"operators\"?") == 0);
  CHECK(error_of(with(kStation, {{"operator_part", 0.555}})) ==
        "operator_part = 0.555: is no fraction as text (legal: \"0\" .. \"1\")");
  CHECK(error_of(with(kStation, {{"operator_part", "0.555"}})).find("is no fraction") != std::string::npos);
  CHECK(error_of(with(kStation, {{"operator_part", "4/3"}})).find("out of range") != std::string::npos);
  CHECK(error_of(with(kFibre, {{"fiscal_capacity_index", 11}})) ==
        "fiscal_capacity_index = 11: out of range (legal: 0 .. 10)");
  CHECK(error_of(with(kFibre, {{"work", "renewal"}})).find("new | upgrade") != std::string::npos);
  CHECK(error_of(with(kFibre, {{"island", "yes"}})) == "island = \"yes\": is not true or false");
  CHECK(error_of({{"programme", "KT"}}) == "applicant: is missing");
  CHECK(error_of(Json::array()) == "the line is not a JSON object");
  CHECK(Json::parse(subsidy_line("{", built_in_subsidies(), ""))["error"] == "not valid JSON at byte 2");
  CHECK(error_of(with(kStation, {{"choices", {{"kd_r6_rates", "slide_9"}}}})).find("slide_7 | slide_8") !=
        std::string::npos);
}

TEST_CASE("amounts add up to the cost, are never negative, and the nation's are whole thousands") {
  std::mt19937_64 engine(20'260'401);
  const SubsidyRules& rules = built_in_subsidies().rules();
  const auto pick = [&](std::int64_t count) {
    return std::uniform_int_distribution<std::int64_t>(0, count - 1)(engine);
  };
  int eligible = 0;
  for (int i = 0; i < 40'000; ++i) {
    const SubsidyRule& rule =
        rules.rules[static_cast<std::size_t>(pick(static_cast<std::int64_t>(rules.rules.size())))];
    SubsidyProject project{
        .programme = rule.programme, .sub_programme = rule.sub_programme, .fiscal_year = rule.fiscal_year};
    project.applicant =
        rules.applicants[static_cast<std::size_t>(pick(static_cast<std::int64_t>(rules.applicants.size())))].id;
    project.areas = {rules.areas[static_cast<std::size_t>(pick(7))].id};
    for (std::size_t fact = 0; fact < kFactCount; ++fact) {
      const SubsidyFact& spec = subsidy_facts()[fact];
      project.facts[fact] = spec.kind == FactKind::flag   ? pick(2)
                            : spec.kind == FactKind::word ? pick(static_cast<std::int64_t>(spec.words.size()))
                                                          : pick(12) * 1'000'000'000 / (pick(2) + 1);
    }
    project.total_cost_jpy = pick(std::int64_t{1} << pick(49));
    project.eligible_cost_jpy = project.total_cost_jpy - pick(project.total_cost_jpy + 1);
    SubsidyAnswer answer;
    try {
      answer = built_in_subsidies().answer(project);
    } catch (const InputError& error) {  // the kind of the applicant is too wide, or the mainland is an island
      const std::string key = error.faults().front().key;
      REQUIRE((key == "applicant" || key == "island"));
      continue;
    }
    INFO(rule.id << ' ' << project.applicant << ' ' << project.eligible_cost_jpy << ' ' << project.total_cost_jpy);
    std::int64_t sum_jpy = 0;
    Rational shares;
    for (std::size_t payer = 0; payer < kPayerCount; ++payer) {
      REQUIRE(answer.amounts_jpy[payer] >= 0);
      sum_jpy += answer.amounts_jpy[payer];
      shares = shares + answer.shares[payer];
    }
    REQUIRE(sum_jpy == project.total_cost_jpy);
    REQUIRE(answer.amounts_jpy[static_cast<std::size_t>(Payer::applicant)] == 0);
    REQUIRE(answer.shares[static_cast<std::size_t>(Payer::applicant)] == Rational());
    REQUIRE(answer.amounts_jpy[0] % 1000 == 0);
    REQUIRE(shares == Rational(1, 1));
    REQUIRE((answer.rule != nullptr || answer.amounts_jpy[0] == 0));
    for (const Payer payer : {Payer::prefecture, Payer::municipality}) {
      const std::int64_t least_jpy = least_local_cost_jpy(answer, payer);
      REQUIRE(least_jpy >= 0);
      REQUIRE(least_jpy <= answer.amounts_jpy[static_cast<std::size_t>(payer)]);
    }
    eligible += answer.rule != nullptr ? 1 : 0;
  }
  CHECK(eligible > 4000);
}
