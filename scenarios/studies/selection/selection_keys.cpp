// Rows of the scenario's schema for the selection of sites.
#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/selection/selection_study.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr Range kShareOfDemand{0.0, 100.0};
constexpr Range kBudgetRange{0.0, 1e15};

SchemaKey goal_key() {
  SchemaKey key =
      text("goal", {},
           "Least objective with every target reached, or as many people as the budgets allow; absent: "
           "the first where there is a target.");
  key.choices = {"least_cost", "most_people"};
  return key;
}

SchemaKey budget(const char* name, const std::string& whose) {
  return number(name, {"JPY", {}, kBudgetRange}, "At most " + whose + ".");
}

Keys year_keys() {
  const std::string of = " for the sites of this year; what is left of it is lost. Absent: no limit";
  return {required(integer("year", {"1", {}, {2000.0, 2200.0}}, "Fiscal year, ascending.")),
          number("population_percent", {"%", {}, kShareOfDemand},
                 "Of the people inside the plan, to be covered at the end of the year."),
          integer("sites_at_most", {"1", {}, {1.0, 1e6}}, "Built in the year; absent: any number."),
          budget("budget_jpy", "this is paid in all" + of),
          budget("budget_nation_jpy", "this is paid by the nation" + of),
          budget("budget_prefecture_jpy", "this is borne by the prefecture" + of),
          budget("budget_municipality_jpy", "this is borne by municipalities" + of),
          budget("budget_operator_jpy", "this is paid by operators" + of)};
}

Keys tuning_keys() {
  const TuningOptions defaults;
  return {number("tilt_most_deg", {"deg", defaults.tilt_most_deg, {0.0, 45.0}},
                 "Electrical downtilts from 0 to this are tried."),
          number("tilt_step_deg", {"deg", defaults.tilt_step_deg, {0.0, 45.0}}, "0: tilts stay."),
          number("azimuth_within_deg", {"deg", defaults.azimuth_within_deg, {0.0, 180.0}},
                 "Azimuths as far from the listed one are tried; 0: azimuths stay."),
          number("azimuth_step_deg", {"deg", defaults.azimuth_step_deg, {0.0, 180.0}}, "0: azimuths stay."),
          flag("existing", defaults.existing, "Antennas of the sites that stay are turned too.")};
}

Keys selection_keys() {
  const SelectionOptions defaults;
  return {
      choice(
          "objective", {"total", "municipality", "prefecture", "nation", "operator", "sites"},
          "What is to be least: present value of purchase and operation over costs.years, the burden of one payer "
          "by the purchase (with [subsidy]), or the number of sites."),
      goal_key(),
      flag("keep", defaults.keep, "Existing sites stay; `false`: they are candidates like the others."),
      number("population_percent", {"%", {}, kShareOfDemand}, "Of the people inside the plan, to be covered."),
      number("municipality_percent", {"%", {}, kShareOfDemand},
             "Of the people of every municipality inside the plan, to be covered."),
      flag("every_place", defaults.every_place,
           "Every place of [[places]] gets its level; rates are told by the plan, not held here."),
      integer("servers", {"1", std::int64_t{defaults.servers}, {1.0, 4.0}},
              "Sites that have to reach people, roads and places; 2: they survive the loss of one."),
      list(text("sharing", std::vector<std::string>{},
                "Levels of `costs.sharing` among which the best for the objective is chosen too; empty: that of "
                "the costs."),
           ValueType::texts),
      integer("sites_at_most", {"1", {}, {1.0, 1e6}}, "Chosen beside those that stay; absent: any number."),
      budget("budget_jpy", "this is paid in all for the chosen sites"),
      budget("budget_nation_jpy", "this is paid by the nation for the chosen sites"),
      budget("budget_prefecture_jpy", "this is borne by the prefecture for the chosen sites"),
      budget("budget_municipality_jpy", "this is borne by municipalities for the chosen sites"),
      budget("budget_operator_jpy", "this is paid by operators for the chosen sites")};
}

}  // namespace

std::vector<SchemaSection> SelectionStudy::sections() {
  return {
      {"selection", SectionKind::table,
       "Which candidates reach the targets at the least cost, with a bound (docs/selection.md). `amaneku select` "
       "plans the chosen ones, `amaneku run` only tells of them.",
       selection_keys()},
      {"selection.candidates",
       SectionKind::list,
       "Candidate sites beside those of [sites] whose status is `candidate`.",
       {required(text("path", {}, "A file as that of [sites]; status is `candidate` where there is none.")),
        text("layer", std::string(), "Of a file with several.")}},
      {"selection.roads",
       SectionKind::list,
       "A class of roads that has to be covered.",
       {required(text("class", {}, "As [[roads]] gives it: expressway, national ...")),
        number("percent", {"%", RoadNeed{}.percent, kShareOfDemand}, "Of its length inside the plan.")}},
      {"selection.tuning", SectionKind::table,
       "After the choice `amaneku select` turns its antennas, one after another, so that most people are served "
       "under the interference of all cells; every target stays reached.",
       tuning_keys()},
      {"selection.years", SectionKind::list,
       "A fiscal year of the roll-out: the chosen sites are put into years so that as many people as can be are "
       "covered early. Budgets of all years together limit the choice.",
       year_keys()}};
}

}  // namespace amaneku::scenarios
