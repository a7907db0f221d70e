// The engine against the rules of the shared reference: every group of rules at, just below and just above each
// threshold.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "scenarios/ask/subsidy_lines.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using Json = nlohmann::json;

namespace {

Json reference_rules() {
  std::ifstream in(*test::reference() / "economics/subsidy_rules.json");
  return Json::parse(in);
}

/// What the reference's words for a fact are in a request.
const std::map<std::string, std::string> kFactNames = {
    {"fiscal_capacity_index_of_site_municipality", "fiscal_capacity_index"},
    {"households_if_4g_area", "households"},
    {"consortium_with_local_government_if_private", "consortium_with_local_government"},
    {"min_years", "years_of_operation"}};

std::string request_name(const std::string& name) {
  const auto found = kFactNames.find(name);
  return found == kFactNames.end() ? name : found->second;
}

/// Kinds of applicant that a kind belongs to, itself included.
std::set<std::string> kinds_of(const std::string& applicant) {
  static const std::map<std::string, std::set<std::string>> kWider = {
      {"prefecture_do_fu_ken", {"prefecture", "local_government"}},
      {"tokyo_metropolis", {"prefecture", "local_government"}},
      {"municipality", {"local_government"}},
      {"island_municipality", {"municipality", "local_government"}},
      {"mainland_municipality", {"municipality", "local_government"}},
      {"municipal_union", {"local_government"}},
      {"third_sector", {"organisation"}},
      {"private_operator", {"private_company"}},
      {"mobile_operator", {"private_operator", "private_company"}},
      {"infra_sharing_operator", {"private_operator", "private_company"}}};
  std::set<std::string> out = {applicant};
  if (const auto found = kWider.find(applicant); found != kWider.end())
    out.insert(found->second.begin(), found->second.end());
  return out;
}

double number_of(const Json& value) {
  return value.is_string() ? std::stod(value.get<std::string>()) : value.get<double>();
}

bool compares(double value, const std::string& sign, double bound) {
  if (sign == "eq") return value == bound;
  if (sign == "ge") return value >= bound;
  if (sign == "le") return value <= bound;
  if (sign == "lt") return value < bound;
  REQUIRE(sign == "gt");
  return value > bound;
}

/// One condition of the reference for a request, read independently of the engine.
bool reference_holds(const std::string& name, const Json& wanted, const Json& request) {
  const std::set<std::string> kinds = kinds_of(request["applicant"]);
  if (name == "applicant") return kinds.count(wanted) > 0;
  if (name == "applicant_any") {
    return std::any_of(wanted.begin(), wanted.end(), [&](const Json& kind) { return kinds.count(kind) > 0; });
  }
  if (name == "applicant_kind") {
    const bool local = kinds.count("local_government") > 0;
    return wanted == "local_government" ? local : !local;
  }
  if (name == "consortium_with_local_government_if_private")
    return kinds.count("local_government") > 0 || request.value("consortium_with_local_government", false);
  if (name == "min_years") return request["years_of_operation"].get<double>() >= wanted.get<double>();
  if (name == "any") {
    return std::any_of(wanted.begin(), wanted.end(), [&](const Json& one) {
      return reference_holds(one.begin().key(), one.begin().value(), request);
    });
  }
  if (!request.contains(request_name(name))) return false;
  const Json& value = request[request_name(name)];
  if (!wanted.is_object()) return value == wanted;
  for (const auto& [sign, bound] : wanted.items()) {
    if (sign == "or") continue;
    if (!compares(value.get<double>(), sign, number_of(bound))) return false;
  }
  return true;
}

bool reference_fits(const Json& rule, const Json& request) {
  const std::set<std::string> kinds = kinds_of(request["applicant"]);
  const Json& bodies = rule["implementing_bodies"];
  if (std::none_of(bodies.begin(), bodies.end(), [&](const Json& body) { return kinds.count(body) > 0; }))
    return false;
  const Json& areas = rule["eligible_area_any_of"];
  const auto has_area = [&](const Json& area) {
    return area == "any" ||
           std::find(request["area"].begin(), request["area"].end(), area) != request["area"].end();
  };
  if (std::none_of(areas.begin(), areas.end(), has_area)) return false;
  for (const auto& [name, wanted] : rule["when"].items()) {
    if (!reference_holds(name, wanted, request)) return false;
  }
  return true;
}

/// The rule of the reference for a request; null: none.
Json reference_rule(const std::vector<Json>& group, const Json& request) {
  std::vector<Json> fitting;
  for (const Json& rule : group) {
    if (reference_fits(rule, request)) fitting.push_back(rule);
  }
  for (const Json& strong : std::vector<Json>(fitting)) {
    for (const Json& weak : strong.value("overrides", Json::array())) {
      fitting.erase(
          std::remove_if(fitting.begin(), fitting.end(), [&](const Json& rule) { return rule["id"] == weak; }),
          fitting.end());
    }
  }
  REQUIRE(fitting.size() <= 1);
  return fitting.empty() ? Json() : fitting.front();
}

using Values = std::map<std::string, std::set<Json>>;

void add_values(Values& values, const std::string& name, const Json& wanted) {
  if (name.compare(0, 9, "applicant") == 0) return;
  if (name == "any") {
    for (const Json& one : wanted) add_values(values, one.begin().key(), one.begin().value());
    return;
  }
  std::set<Json>& out = values[request_name(name)];
  if (name == "min_years") {
    for (const int step : {-1, 0, 1}) out.insert(wanted.get<int>() + step);
  } else if (wanted.is_boolean()) {
    out.insert({true, false});
  } else if (wanted.is_string()) {
    out.insert(wanted);
  } else {
    const bool whole = name != "fiscal_capacity_index" && name != "fiscal_capacity_index_of_site_municipality";
    for (const auto& [sign, bound] : wanted.items()) {
      if (sign == "or") continue;
      for (const int step : {-1, 0, 1}) {
        const double at = number_of(bound);
        if (whole && name != "line_km") {
          out.insert(static_cast<int>(at) + step);
        } else {
          out.insert(at + step * 1e-6);
        }
      }
    }
  }
}

/// Every combination of values that the rules of a group may tell apart, for every applicant of the group.
void each_case(const std::vector<Json>& group, const std::function<void(const Json&)>& body) {
  Values values;
  std::set<std::string> applicants;
  for (const Json& rule : group) {
    for (const std::string applicant : rule["implementing_bodies"]) {
      if (applicant != "successor") applicants.insert(applicant);
    }
    for (const auto& [name, wanted] : rule["when"].items()) add_values(values, name, wanted);
  }
  for (const char* index : {"0.3", "0.4", "0.5", "0.8", "1.0"}) {
    if (values.count("fiscal_capacity_index") == 0) continue;
    for (const int step : {-1, 0, 1}) values["fiscal_capacity_index"].insert(std::stod(index) + step * 1e-6);
  }
  if (values.count("households") > 0) values["households"].insert({99, 100, 101, 299, 300, 301});
  std::vector<Json> cases;
  for (const std::string& applicant : applicants) {
    for (const Json& area : {Json::array({"kaso"}), Json::array({"rito", "gosetsu"}), Json::array()})
      cases.push_back({{"applicant", applicant}, {"area", area}});
  }
  for (const auto& [name, options] : values) {
    std::vector<Json> longer;
    for (const Json& base : cases) {
      for (const Json& option : options) {
        Json next = base;
        next[name] = option;
        longer.push_back(std::move(next));
      }
    }
    cases = std::move(longer);
  }
  for (Json& request : cases) {
    if (request.contains("disadvantaged_area")) request["disadvantaged_area"] = !request["area"].empty();
    body(request);
  }
}

std::map<std::string, std::vector<Json>> groups_of(const Json& reference) {
  std::map<std::string, std::vector<Json>> out;
  for (const Json& rule : reference["rules"]) {
    out[rule["programme"]["ja"].get<std::string>() + '/' + rule["sub_programme"]["id"].get<std::string>() + '/' +
        rule["fiscal_year"].get<std::string>()]
        .push_back(rule);
  }
  return out;
}

/// Rules of the file that the slides contradict (reference/economics/CORRECTIONS.md); test_subsidy_corrections.cpp
/// has the places. What is not here is as the file has it.
const std::map<std::string, std::string> kDifferences = {
    {"CT-R6-muni-long", "000 slide 10: the disaster plan is a condition; lines of 10 km or less have a rule"},
    {"CT-R6-third-long", "000 slide 10: the disaster plan is a condition; lines of 10 km or less have a rule"},
    {"KT-R6-2-lg-single", "the ministry's page says that local governments may: stated"},
    {"KT-R6-2-lg-multi", "the ministry's page says that local governments may: stated"},
    {"KD-R6-muni-island", "slide 7 by default: choice kd_r6_rates"},
    {"KD-R6-muni-other", "slide 7 by default: choice kd_r6_rates"},
    {"KD-R6-muni-other-fci05", "slide 7 by default: choice kd_r6_rates"},
    {"KD-R6-priv-island", "slide 7 by default: choice kd_r6_rates"},
    {"KD-R6-priv-other", "slide 7 by default: choice kd_r6_rates"}};

/// The reading under which the rules of the file are those of the program.
void read_as_the_file(Json& request) {
  if (request["sub_programme"] == "henchi_long_line") request["catv_in_disaster_plan"] = true;
  if (request["sub_programme"] == "fibre" && request["fiscal_year"] == "R6")
    request["choices"] = {{"kd_r6_rates", "slide_8"}};
}

/// A designation as an island, and no island.
bool contradicts_itself(const Json& request) {
  const Json& areas = request["area"];
  return std::find(areas.begin(), areas.end(), "rito") != areas.end() && request.contains("island") &&
         request["island"] == false;
}

/// Shares of the file with the applicant called by its name.
Json named_shares(const Json& rule, const std::string& applicant) {
  Json out = rule["shares"];
  if (!out.contains("applicant")) return out;
  const std::set<std::string> kinds = kinds_of(applicant);
  const char* payer = kinds.count("prefecture") > 0         ? "prefecture"
                      : kinds.count("local_government") > 0 ? "municipality"
                                                            : "operator";
  out[payer] = out["applicant"];
  out.erase("applicant");
  return out;
}

std::string expected_status(const Json& rule, const Json& request) {
  const std::string status = rule["status"];
  const std::string id = rule["id"];
  if (status == "stated" || id == "KT-R6-2-lg-single" || id == "KT-R6-2-lg-multi") return "stated";
  if (status.compare(0, 8, "inferred") == 0) return "inferred";
  if (status == "ambiguous for fiscal_capacity_index >= 0.5")
    return request["fiscal_capacity_index"].get<double>() >= 0.5 ? "ambiguous" : "stated";
  CHECK(status == "national stated, rest assumed pro rata 2:3");
  return "ambiguous";
}

}  // namespace

TEST_CASE("every rule of the reference is reproduced at, below and above every threshold", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "economics/subsidy_rules.json");
  const Json reference = reference_rules();
  REQUIRE(reference["rules"].size() == 79);
  std::set<std::string> met;
  int cases = 0;
  int eligible = 0;
  int contradictions = 0;
  int short_lines = 0;
  for (const auto& [name, group] : groups_of(reference)) {
    each_case(group, [&, rules = group](const Json& facts) {
      Json request = facts;
      request["programme"] = rules.front()["programme"]["ja"];
      request["sub_programme"] = rules.front()["sub_programme"]["id"];
      request["fiscal_year"] = rules.front()["fiscal_year"];
      request["eligible_cost_jpy"] = 100'000'000;
      read_as_the_file(request);
      const Json answer = Json::parse(subsidy_line(request.dump(), built_in_subsidies(), ""));
      const Json rule = reference_rule(rules, request);
      INFO(request.dump() << '\n' << answer.dump() << '\n' << rule.dump());
      ++cases;
      if (contradicts_itself(request)) {
        ++contradictions;
        REQUIRE(answer["error"].get<std::string>().find("island = false: contradicts area") == 0);
        return;
      }
      REQUIRE(answer.contains("eligible"));
      if (rule.is_null() && answer["eligible"] == true) {
        ++short_lines;
        const std::string id = answer["rule_id"];
        REQUIRE((id == "CT-R6-muni-henchi" || id == "CT-R6-third-henchi"));
        return;
      }
      REQUIRE(answer["eligible"].get<bool>() == !rule.is_null());
      if (rule.is_null()) {
        CHECK_FALSE(answer["reason"].get<std::string>().empty());
        return;
      }
      ++eligible;
      met.insert(rule["id"]);
      REQUIRE(answer["rule_id"] == rule["id"]);
      CHECK(answer["shares"] == named_shares(rule, request["applicant"]));
      CHECK(answer["status"] == expected_status(rule, request));
      CHECK(answer["basis"] == rule["basis"]);
      CHECK_FALSE(answer["source"].get<std::string>().empty());
    });
  }
  CHECK(met.size() == 79);
  CHECK(cases == 9102);
  CHECK(eligible + contradictions > 4000);
  CHECK(short_lines > 0);
  for (const auto& [id, why] : kDifferences) {
    INFO(id << ": " << why);
    CHECK(met.count(id) == 1);
  }
}

TEST_CASE("rules, modifiers, bonds and areas are those of the reference", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "economics/subsidy_rules.json");
  const Json reference = reference_rules();
  const SubsidyRules& rules = built_in_subsidies().rules();
  std::map<std::string, const SubsidyRule*> by_id;
  for (const SubsidyRule& rule : rules.rules) by_id[rule.id] = &rule;
  for (const Json& rule : reference["rules"]) {
    INFO(rule["id"]);
    REQUIRE(by_id.count(rule["id"]) == 1);
    const SubsidyRule& own = *by_id[rule["id"]];
    const PrintedFraction printed = printed_fraction(rule["national_share_stated"].get<std::string>());
    CHECK(own.nation_printed.numerator == printed.numerator);
    CHECK(own.nation_printed.denominator == printed.denominator);
    CHECK(own.assets == rule["eligible_assets"].get<std::vector<std::string>>());
    CHECK(own.modifiers == rule.value("modifiers", std::vector<std::string>{}));
    CHECK(own.overrides == rule.value("overrides", std::vector<std::string>{}));
    const std::string kind = rule["cost_kind"];
    CHECK(static_cast<int>(own.cost) == (kind == "capex" ? 0 : kind == "opex_10y_lease" ? 1 : 2));
  }
  CHECK(rules.areas.size() == reference["area_codes"].size());
  for (const auto& [code, name] : reference["area_codes"].items())
    CHECK(word_index(rules.areas, code) == word_index(rules.areas, name.get<std::string>()));
  REQUIRE(rules.bonds.size() == reference["local_bonds"].size());
  for (const Json& bond : reference["local_bonds"]) {
    const auto own = std::find_if(rules.bonds.begin(), rules.bonds.end(), [&](const LocalBond& known) {
      return known.id == bond["id"].get<std::string>();
    });
    REQUIRE(own != rules.bonds.end());
    CHECK(own->name == bond["ja"].get<std::string>());
    CHECK(own->charge.has_value() == (bond["charge_rate"].is_string() && own->id != "chiiki_kasseika"));
    if (own->id == "chiiki_kasseika") continue;  // 000 slide 8: named for KD without rates
    if (own->charge) CHECK(own->charge->text() == bond["charge_rate"].get<std::string>());
    if (own->grant) CHECK(own->grant->text() == bond["grant_on_debt_service"].get<std::string>());
  }
}

TEST_CASE("burying and island modifiers are those of the reference", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "economics/subsidy_rules.json");
  const Json reference = reference_rules();
  int buried = 0;
  for (const Json& rule : reference["rules"]) {
    if (rule.value("modifiers", Json::array()).empty()) continue;
    Json request = {{"programme", "KD"},
                    {"sub_programme", "fibre"},
                    {"fiscal_year", "R7"},
                    {"applicant", rule["implementing_bodies"][0]},
                    {"area", {"rito"}},
                    {"buried", true},
                    {"eligible_cost_jpy", 80'000'000}};
    for (const auto& [name, wanted] : rule["when"].items()) {
      if (name == "applicant_kind") continue;
      request[name] = wanted.is_object() ? Json(wanted.contains("lt") ? 0.2 : 0.5) : wanted;
    }
    if (!request.value("island", false)) request["area"] = {"kaso"};
    const Json answer = Json::parse(subsidy_line(request.dump(), built_in_subsidies(), ""));
    INFO(request.dump() << answer.dump());
    REQUIRE(answer["rule_id"] == rule["id"]);
    CHECK(answer["shares"]["nation"] ==
          reference["modifiers"][0]["table"][rule["national_share_stated"].get<std::string>()]);
    CHECK(answer["status"] == "ambiguous");
    CHECK(answer["modifiers"] == Json::array({"KD-R7-MOD-BURY"}));
    ++buried;
    request["work"] = "upgrade";
    if (rule["implementing_bodies"][0] == "local_government") request["work"] = "upgrade_for_privatisation";
    CHECK(Json::parse(subsidy_line(request.dump(), built_in_subsidies(), ""))["modifiers"].empty());
  }
  CHECK(buried == 6);
  std::map<std::string, std::string> national;
  for (const Json& rule : reference["rules"]) national[rule["id"]] = rule["shares"]["nation"];
  int islands = 0;
  for (const auto& [id, share] : national) {
    const std::string suffix = "-island";
    if (id.compare(0, 5, "KT-R6") != 0 || id.size() < suffix.size() ||
        id.compare(id.size() - suffix.size(), suffix.size(), suffix) != 0)
      continue;
    CHECK(reference["modifiers"][1]["map"][national[id.substr(0, id.size() - suffix.size())]] == share);
    ++islands;
  }
  CHECK(islands == 12);
}

TEST_CASE("golden cases of the reference to the yen", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "economics/subsidy_rules.json");
  const Json reference = reference_rules();
  int golden = 0;
  for (const Json& award : reference["golden_cases"]) {
    SubsidyProject project;
    project.eligible_cost_jpy = award["cost"];
    project.total_cost_jpy = award.value("total_project", project.eligible_cost_jpy);
    PayerShares shares{};
    if (award.contains("rate")) {
      shares[0] = Rational::parse(award["rate"].get<std::string>());
      shares[3] = Rational(1, 1) - shares[0];
    } else {
      for (std::size_t i = 0; i < kPayerCount; ++i)
        shares[i] = Rational::parse(award["shares"].value(kPayerWords[i], "0"));
    }
    const PayerAmounts amounts_jpy = split_cost(project, shares, 1000, std::numeric_limits<std::int64_t>::max());
    INFO(award.dump());
    CHECK(amounts_jpy[0] == award["nation"].get<std::int64_t>());
    if (award.contains("prefecture")) CHECK(amounts_jpy[1] == award["prefecture"].get<std::int64_t>());
    CHECK(amounts_jpy[0] + amounts_jpy[1] + amounts_jpy[2] + amounts_jpy[3] == project.total_cost_jpy);
    ++golden;
  }
  CHECK(golden == 6);
}
