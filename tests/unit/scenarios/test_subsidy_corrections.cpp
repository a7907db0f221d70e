// Where the reference JSON, or this program, had disagreed with the ministry's slides: the slides win. Each test
// names the place (reference/economics/sources: document, slide or line; CORRECTIONS.md lists them).
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenarios/ask/subsidy_lines.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using Json = nlohmann::json;

namespace {

Json ask(const Json& request) {
  return Json::parse(subsidy_line(request.dump(), built_in_subsidies(), ""));
}

Json with(Json base, const Json& changes) {
  base.update(changes);
  return base;
}

std::string nation(const Json& request) {
  const Json answer = ask(request);
  INFO(answer.dump());
  REQUIRE(answer.contains("eligible"));
  return answer["eligible"] == true ? answer["shares"]["nation"].get<std::string>() : "none";
}

std::string error_of(const Json& request) {
  const Json answer = ask(request);
  INFO(answer.dump());
  REQUIRE(answer.contains("error"));
  return answer["error"];
}

std::vector<std::string> bonds(const Json& request) {
  std::vector<std::string> out;
  for (const Json& bond : ask(request)["bonds"]) out.push_back(bond["name"]);
  return out;
}

using Names = std::vector<std::string>;

Json request(const char* programme, const char* part, const char* year, const char* applicant) {
  return {{"programme", programme}, {"sub_programme", part},         {"fiscal_year", year},
          {"applicant", applicant}, {"area", Json::array({"過疎"})}, {"eligible_cost_jpy", 10'000'000}};
}

Json cable(const char* applicant, const char* part = "catv_fibre") {
  return with(request("CT", part, "R6", applicant), {{"catv_in_disaster_plan", true}});
}

Json fibre(const char* year, const char* applicant) {
  return with(request("KD", "fibre", year, applicant),
              {{"island", false}, {"work", "new"}, {"fiscal_capacity_index", 0.3}});
}

Json station(const char* year, const char* part = "base_station_facility",
             const char* applicant = "municipality") {
  return with(request("KT", part, year, applicant),
              {{"island", false}, {"operators", 2}, {"builders", 2}, {"fiscal_capacity_index", 0.3}});
}

}  // namespace

TEST_CASE("000 slide 10: a successor of a municipality 1/2, of a third sector 1/3") {
  CHECK(nation(cable("市町村の承継事業者")) == "1/2");
  CHECK(nation(cable("municipality")) == "1/2");
  CHECK(nation(cable("municipal_union")) == "1/2");
  CHECK(nation(cable("第三セクターの承継事業者")) == "1/3");
  CHECK(nation(cable("third_sector")) == "1/3");
  CHECK(error_of(cable("承継事業者")) ==
        "applicant = \"successor\": does not say which kind: the rules are for narrower ones (legal: "
        "municipal_successor | third_sector_successor)");
}

TEST_CASE("000 slide 10: remote shared reception wants both conditions, and has lines of 10 km or less") {
  const auto line = [](const char* applicant, double km) {
    return with(cable(applicant, "henchi_long_line"), {{"line_km", km}});
  };
  CHECK(nation(line("municipality", 10.001)) == "2/3");
  CHECK(nation(line("third_sector", 10.001)) == "1/2");
  CHECK(nation(line("municipality", 10.0)) == "1/2");
  CHECK(nation(line("municipal_successor", 3.0)) == "1/2");
  CHECK(nation(line("third_sector_successor", 3.0)) == "1/3");
  for (const double km : {3.0, 12.0}) {
    CHECK(nation(with(line("municipality", km), {{"catv_in_disaster_plan", false}})) == "none");
    CHECK(nation(with(line("municipality", km), {{"area", Json::array()}})) == "none");
  }
  CHECK(nation(cable("municipality", "辺地共聴施設の耐災害性強化")) == "1/2");
  CHECK(nation(cable("third_sector", "henchi_resilience")) == "none");
}

TEST_CASE("001 line 231, 003 line 147: a prefecture with one municipality or more, no municipality alone") {
  const Json team = request("DX", "①-2 推進体制構築支援", "R7", "prefecture");
  CHECK(ask(with(team, {{"eligible_cost_jpy", 200'000'000}}))["amounts_jpy"] ==
        Json({{"nation", 100'000'000}, {"prefecture", 100'000'000}}));
  CHECK(ask(with(team, {{"eligible_cost_jpy", 200'000'000}, {"previously_selected", true}}))["amounts_jpy"] ==
        Json({{"nation", 50'000'000}, {"prefecture", 150'000'000}}));
  CHECK(nation(with(team, {{"partner_municipalities", 0}})) == "none");
  CHECK(nation(with(team, {{"applicant", "municipality"}})) == "none");
}

TEST_CASE("001 line 53: bodies with municipal capital and non-profit ones have a plan drawn up too") {
  const Json plan = with(request("DX", "planning_support", "R7", "非営利法人"), {{"fiscal_capacity_index", 0.9}});
  CHECK(nation(plan) == "1");
  CHECK(nation(with(plan, {{"applicant", "地方公共団体が出資する法人"}})) == "1");
  CHECK(nation(with(plan, {{"applicant", "private_company"}})) == "none");
  CHECK(nation(with(plan, {{"fiscal_capacity_index", 1.0}})) == "none");
}

TEST_CASE("004 lines 768-784: bonds beside the Wi-Fi programme") {
  const Json wifi = with(request("WF", "wifi", "H29", "municipality"), {{"fiscal_capacity_index", 0.3}});
  CHECK(bonds(wifi) == Names{"過疎対策事業債"});
  CHECK(bonds(with(wifi, {{"area", {"辺地"}}})) == Names{"辺地対策事業債"});
  CHECK(bonds(with(wifi, {{"area", {"半島"}}})) == Names{"一般補助施設整備等事業債"});
  CHECK(bonds(with(wifi, {{"applicant", "prefecture"}})) == Names{"公共事業等債"});
  // The third sector: 1/2 of the nation, no bond.
  CHECK(bonds(with(wifi, {{"applicant", "third_sector"}})).empty());
  CHECK(bonds(with(wifi, {{"area", Json::array()}, {"fiscal_capacity_index", 0.9}})) ==
        Names{"緊急防災・減災事業債"});
}

TEST_CASE("000 slide 8, 002 p. 7: bonds for fibre") {
  for (const char* year : {"R3", "R5", "R6"}) {
    INFO(year);
    CHECK(bonds(with(fibre(year, "municipality"), {{"area", {"半島"}}})) == Names{"地域活性化事業債"});
    CHECK(bonds(with(fibre(year, "municipality"), {{"area", {"過疎", "辺地"}}, {"merged_municipality", true}})) ==
          Names{"過疎対策事業債", "辺地対策事業債", "地域活性化事業債", "合併特例債"});
  }
}

TEST_CASE("002 line 47: associations and other bodies lay fibre too") {
  for (const char* applicant : {"一般社団法人", "団体", "third_sector", "private_operator"}) {
    INFO(applicant);
    CHECK(nation(fibre("R3", applicant)) == "1/3");
    CHECK(nation(with(fibre("R3", applicant), {{"island", true}})) == "1/2");
  }
}

TEST_CASE("000 line 501: island fibre is kept up since R3, every year") {
  for (const char* year : {"R3", "R4", "R5", "R6", "R7"}) {
    INFO(year);
    CHECK(nation(with(request("KD", "island_om", year, "municipality"), {{"area", {"離島"}}, {"island", true}})) ==
          "1/2");
  }
}

TEST_CASE("002 p. 7, 000 slide 7, 001 slide 18: whoever applies pays, a prefecture too") {
  for (const char* year : {"R3", "R5", "R6", "R7"}) {
    INFO(year);
    CHECK(ask(fibre(year, "prefecture"))["amounts_jpy"] ==
          Json({{"nation", 5'000'000}, {"prefecture", 5'000'000}}));
    CHECK(ask(fibre(year, "municipality"))["amounts_jpy"] ==
          Json({{"nation", 5'000'000}, {"municipality", 5'000'000}}));
  }
}

TEST_CASE("002 line 124: laying a path asks which kind of municipality") {
  const auto path = [](const char* applicant) {
    return with(request("KT", "transmission_installation", "R3", applicant),
                {{"area", {"離島"}}, {"island", true}});
  };
  CHECK(error_of(path("municipality")) ==
        "applicant = \"municipality\": does not say which kind: the rules are for narrower ones (legal: "
        "island_municipality | mainland_municipality)");
  CHECK(error_of(path("prefecture")).find("prefecture_do_fu_ken | tokyo_metropolis") != std::string::npos);
  CHECK(nation(path("離島市町村")) == "2/3");
  CHECK(nation(path("離島以外の市町村")) == "1/2");
  CHECK(nation(path("mobile_operator")) == "none");
  // No rule of the kinds in this place: no question.
  CHECK(nation(with(path("municipality"), {{"area", Json::array()}})) == "none");
}

TEST_CASE("the ministry's page: local governments build 高度化施設 of KT") {
  for (const char* year : {"R5", "R6", "R7"}) {
    INFO(year);
    CHECK(ask(station(year, "upgrade_facility"))["shares"] ==
          Json({{"nation", "2/3"}, {"prefecture", "2/15"}, {"municipality", "1/5"}}));
  }
  CHECK(ask(station("R6", "upgrade_facility"))["status"] == "stated");
}

TEST_CASE("002 line 1674: smart cities of R3, firms too; 000 line 939: 地方公共団体等") {
  const auto city = [](const char* year, const char* applicant) {
    return with(request("SC", "city_os", year, applicant),
                {{"years_of_operation", 5}, {"area", Json::array()}, {"eligible_cost_jpy", 900'000'000}});
  };
  for (const char* year : {"R3", "R5", "R6"}) {
    INFO(year);
    CHECK(ask(city(year, "municipality"))["amounts_jpy"]["nation"] == 450'000'000);
    CHECK(nation(with(city(year, "民間事業者"), {{"consortium_with_local_government", true}})) == "1/2");
    CHECK(nation(city(year, "民間事業者")) == "none");
  }
  CHECK(nation(with(city("R3", "municipality"), {{"eligible_cost_jpy", 1'000'000}})) == "1/2");
}

TEST_CASE("002 line 1280: satellite offices, consortia with a small local government too") {
  const Json office = request("SO", "satellite_office", "R3", "private_company");
  CHECK(nation(with(office, {{"consortium_with_local_government", true}})) == "1/2");
  CHECK(nation(office) == "none");
  CHECK(nation(with(office, {{"applicant", "municipality"}})) == "1/2");
  CHECK(nation(with(office, {{"applicant", "municipality"}, {"city_kind", "special_city"}})) == "1/2");
  for (const char* kind : {"special_ward", "designated_city", "core_city"})
    CHECK(nation(with(office, {{"applicant", "municipality"}, {"city_kind", kind}})) == "none");
  CHECK(nation(with(office, {{"applicant", "prefecture"}})) == "none");
}

TEST_CASE("a place that is an island by its designation is no mainland") {
  CHECK(error_of(with(fibre("R7", "municipality"), {{"area", {"離島"}}, {"island", false}})) ==
        "island = false: contradicts area = \"離島\": in such a place island is true");
  CHECK(nation(with(fibre("R7", "municipality"), {{"area", {"離島"}}, {"island", true}})) == "4/5");
}

TEST_CASE("the nation stays in the answer where it pays nothing, and payers have one name") {
  const Json none = ask(with(station("R3"), {{"area", Json::array()}}));
  CHECK(none["amounts_jpy"] == Json({{"nation", 0}, {"municipality", 10'000'000}}));
  CHECK(none["shares"] == Json({{"nation", "0"}, {"municipality", "1"}}));
  // 999 JPY of the nation are none.
  CHECK(ask(with(fibre("R7", "municipality"), {{"eligible_cost_jpy", 1'999}}))["amounts_jpy"] ==
        Json({{"nation", 0}, {"municipality", 1'999}}));
  for (const char* applicant : {"municipality", "third_sector"}) {
    const Json answer = ask(cable(applicant));
    CHECK_FALSE(answer["shares"].contains("applicant"));
    CHECK_FALSE(answer["amounts_jpy"].contains("applicant"));
  }
  CHECK(ask(cable("third_sector"))["shares"] == Json({{"nation", "1/3"}, {"operator", "2/3"}}));
}

TEST_CASE("published awards in thousands of yen, the nation's part truncated") {
  struct Award {
    const char* what;
    Json request;
    std::int64_t cost_kjpy;
    std::int64_t nation_kjpy;
  };
  const Json private_mainland = fibre("R6", "private_operator");
  const Json noto = with(request("CT", "災害復旧事業", "R6", "municipality"), {{"area", {"半島"}}});
  const Award awards[] = {
      {"2024-05-30, cable television, successor", cable("municipal_successor"), 346'619, 173'309},
      {"2024-05-30, fibre, private, mainland", private_mainland, 37'451, 12'483},
      {"2024-05-30, fibre, private, mainland, second", private_mainland, 40'769, 13'589},
      {"2025-02-27, cable television after the earthquake", noto, 10'991, 7'327},
      {"2025-02-27, the same, a third sector", with(noto, {{"applicant", "third_sector"}}), 273'235, 182'156},
      {"2025-10-06, resilience of base stations",
       with(request("RB", "resilience", "R7", "prefecture"), {{"island", false}}), 317'661, 238'245},
      {"2022-09-16, shielding, hospital", request("SH", "医療施設", "R4", "一般社団法人"), 79'146, 26'382},
      {"2018-01-26, base station, three operators", with(station("R3"), {{"operators", 3}}), 77'526, 51'684}};
  for (const Award& award : awards) {
    INFO(award.what);
    const Json answer = ask(with(award.request, {{"eligible_cost_jpy", award.cost_kjpy * 1000}}));
    INFO(answer.dump());
    CHECK(answer["amounts_jpy"]["nation"] == award.nation_kjpy * 1000);
  }
}

TEST_CASE("000 slide 7 is the default of KD R6, slide 8 a choice") {
  CHECK(nation(fibre("R6", "private_operator")) == "1/3");
  CHECK(ask(fibre("R6", "private_operator"))["status"] == "inferred");
  CHECK(nation(with(fibre("R6", "private_operator"), {{"choices", {{"kd_r6_rates", "slide_8"}}}})) == "1/2");
  CHECK(nation(with(fibre("R6", "municipality"), {{"island", true}})) == "2/3");
}

TEST_CASE("years for which a programme ran, and programmes that were missing") {
  struct Case {
    Json request;
    const char* nation;
    bool verified;
  };
  const auto tunnel = [](const char* part, const char* year) {
    return request("SH", part, year, "general_association");
  };
  const Case cases[] = {
      {station("R5"), "2/3", false},
      {station("R7"), "2/3", false},
      {with(station("R5"), {{"island", true}}), "2/3", false},
      {with(station("R7"), {{"island", true}}), "3/4", false},
      {station("R5", "base_station_facility", "mobile_operator"), "2/3", false},
      {fibre("R4", "municipality"), "1/2", false},
      {with(fibre("R4", "private_operator"), {{"island", true}}), "1/2", false},
      {with(request("WF", "wifi", "H30", "municipality"), {{"fiscal_capacity_index", 0.4}}), "2/3", true},
      {with(request("WF", "wifi", "H30", "municipality"), {{"fiscal_capacity_index", 0.41}}), "1/2", true},
      {request("SC", "city_os", "H29", "municipality"), "1/2", false},
      {request("SC", "city_os", "H30", "municipality"), "1/2", false},
      {request("SC", "city_os", "R1", "municipality"), "1/2", false},
      {request("SC", "city_os", "R2", "municipality"), "1/2", false},
      {request("SC", "city_os", "R4", "municipality"), "1/2", false},
      {request("DX", "infrastructure_subsidy", "R8", "municipality"), "1/2", true},
      {tunnel("road_tunnel", "R4"), "1/2", true},
      {tunnel("rail_tunnel", "R4"), "1/3", true},
      {tunnel("hospital", "H30"), "1/3", true},
      {tunnel("rail_tunnel_loss_making", "R6"), "5/12", false},
      {with(request("RB", "resilience", "R7", "prefecture"), {{"island", true}}), "4/5", true},
      {request("IOT", "iot_fixed", "H30", "municipality"), "1", true},
      {with(request("IOT", "iot_fixed", "H30", "municipality"), {{"city_kind", "special_city"}}), "none", true},
      {request("IOT", "iot_half", "H30", "prefecture"), "1/2", true},
      {request("AD", "ad_general", "R7", "municipality"), "4/5", false},
      {request("KD", "disaster_recovery", "R6", "municipality"), "2/3", true}};
  for (const Case& of : cases) {
    INFO(of.request.dump());
    CHECK(nation(of.request) == of.nation);
    const Json answer = ask(of.request);
    if (answer["eligible"] == false) continue;
    CHECK(answer["verified"] == of.verified);
    CHECK(answer["warnings"].size() == (of.verified ? 0U : 1U));
  }
  const Json small = with(request("IOT", "iot_fixed", "H30", "municipality"), {{"eligible_cost_jpy", 40'000'000}});
  CHECK(ask(small)["amounts_jpy"] == Json({{"nation", 30'000'000}, {"municipality", 10'000'000}}));
  const Json bus = with(request("AD", "ad_priority", "R7", "municipality"), {{"eligible_cost_jpy", 500'000'000}});
  CHECK(ask(bus)["amounts_jpy"]["nation"] == 300'000'000);
}

TEST_CASE("amounts with and without the consumption tax that an applicant deducts") {
  const Json taxed =
      with(fibre("R7", "private_operator"),
           {{"eligible_cost_jpy", 110'000'000}, {"total_cost_jpy", 121'000'001}, {"consumption_tax", "1/10"}});
  const Json answer = ask(taxed);
  CHECK(answer["amounts_jpy"] == Json({{"nation", 82'500'000}, {"operator", 38'500'001}}));
  CHECK(answer["without_tax"]["eligible_cost_jpy"] == 100'000'000);
  CHECK(answer["without_tax"]["cost_jpy"] == 110'000'000);
  CHECK(answer["without_tax"]["amounts_jpy"] == Json({{"nation", 75'000'000}, {"operator", 35'000'000}}));
  CHECK_FALSE(ask(fibre("R7", "private_operator")).contains("without_tax"));
  CHECK(error_of(with(taxed, {{"consumption_tax", 0.1}})) ==
        "consumption_tax = 0.1: is no fraction as text (legal: \"0\" .. \"1\")");
}

TEST_CASE("budgets and calls of the year stand beside the answer") {
  const Json fibre_r4 = ask(fibre("R4", "municipality"))["budgets"];
  REQUIRE(fibre_r4.size() == 2);
  CHECK(fibre_r4[0]["kind"] == "initial");
  CHECK(fibre_r4[0]["amount_jpy"] == 3'680'000'000);
  CHECK(fibre_r4[1]["kind"] == "supplementary");
  CHECK(fibre_r4[1]["amount_jpy"] == 2'840'000'000);
  const Json call = ask(request("DX", "infrastructure_subsidy", "R8", "municipality"))["budgets"];
  REQUIRE(call.size() == 1);
  CHECK(call[0]["amount_jpy"].is_null());
  CHECK(call[0]["call_from"] == "2026-01-30");
  CHECK(call[0]["call_until"] == "2026-02-27");
  CHECK(ask(station("R7"))["budgets"][0]["verified"] == false);
}
