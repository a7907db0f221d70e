// Rows of the scenario's schema for costs and subsidies.
#include "scenarios/catalogue/costs_words.hpp"
#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/costs/costs_study.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr Range kRate{0.0, 1.0};

Keys costs_keys() {
  const SiteWorks works;
  const Sharing sharing;
  const AccessCosts access;
  return {
      text("path", {}, "Prices of your own (docs/formats/costs.md), added to the built-in ones."),
      required(integer("year", {"1", {}, {1950.0, 2200.0}}, "Price level of every amount, in JPY.")),
      number("price_position", {"1", MoneyBasis{}.position, kRate},
             "Within a price that is known as a range: 0 its lower, 1 its upper end."),
      list(text("price_factors", std::vector<std::string>{},
                "Prices multiplied, to see what hangs on them: `\"ID=1.2\"`, ids as in docs/formats/costs.md."),
           ValueType::texts),
      required(integer("years", {"a", {}, {1.0, 100.0}}, "Over which total cost and present value count.")),
      required(number("discount_rate", {"1/a", {}, kRate}, "Of the present value.")),
      number("inflation", {"1/a", CostHorizon{}.inflation, {-0.5, 1.0}}, "Of what is paid in later years."),
      choice("sharing", words_of(kSharingWords),
             "What the operators of a site share: nothing; mast, power and line; the radio too; the core too."),
      integer("operators", {"1", std::int64_t{sharing.operators}, {1.0, 100.0}}, "At every site."),
      number("slope_share", {"1/%", access.per_slope_percent, kRate},
             "Added to works at the site for each percent of slope."),
      number("snow_share", {"1", access.in_snow, {0.0, 10.0}}, "Added to works where there is much snow."),
      choice("build", words_of(kBuildWords),
             "What a planned site is: a whole station at one price; a new mast or a roof, part by part; 5G on a "
             "standing site; nothing is built."),
      number("autonomy_h", {"h", works.autonomy_h, {0.0, 1000.0}}, "Hours of battery."),
      flag("generator", works.generator, "A generator for longer failures of the grid."),
      number("grid_m", {"m", works.grid_m, {0.0, 1e6}}, "To the power grid."),
      flag("snow", works.snow, "Much snow."),
      choice("fibre", {"aerial", "buried", "none"},
             "How the fibre goes along the roads to the nearest `[[costs.exchange]]`.")};
}

Keys subsidy_keys() {
  return {
      text("path", {}, "Rules of your own (docs/formats/subsidy_rules.md), added to the built-in ones."),
      required(list(text("fiscal_years", {}, "Years whose programmes may be asked for: `[\"R7\"]`."),
                    ValueType::texts)),
      list(text("programmes", std::vector<std::string>{},
                "Programmes that may be asked for, ids or names; empty: all."),
           ValueType::texts),
      list(text("applicants", std::vector<std::string>{"municipality"},
                "Who may apply; the first pays for what no programme takes."),
           ValueType::texts),
      choice("payer", {"municipality", "prefecture", "operator", "nation"}, "Whose burden is to be least."),
      flag("after_bonds", true, "The burden of a local government counts after its best bond."),
      text("operator_part", std::string{"0"}, "Fraction of a municipal share that the operator pays, \"5/9\"."),
      number("persons_per_household", {"1", {}, {0.5, 20.0}},
             "Turns the people whom a site covers into households, where the table of sites states none."),
      list(text("choices", std::vector<std::string>{},
                "Readings of what the sources leave open, `\"NAME=option\"`."),
           ValueType::texts)};
}

/// Facts of all sites; a site's own table and its municipality go before.
Keys fact_keys() {
  Keys out;
  for (const SubsidyFact& fact : subsidy_facts()) {
    if (std::string_view(fact.name) == "subsidised") continue;
    SchemaKey key = text(fact.name, {}, fact.meaning);
    if (fact.kind == FactKind::flag) key.type = ValueType::flag;
    if (fact.kind == FactKind::number) key = number(fact.name, {"1", {}, fact.range}, fact.meaning);
    key.choices = fact.words;
    out.push_back(std::move(key));
  }
  return out;
}

}  // namespace

std::vector<SchemaSection> CostsStudy::sections() {
  const auto kTable = SectionKind::table;
  return {{"costs", kTable, "What the planned sites cost. Given, the result has a bill (docs/methods/costs.md).",
           costs_keys()},
          {"costs.sites",
           kTable,
           "What differs from site to site.",
           {required(text("path", {}, "CSV, one row a site (docs/formats/site_costs.md)."))}},
          {"costs.exchange",
           SectionKind::list,
           "Where fibre begins: an exchange office (収容局).",
           {text("name", std::string{}, "What it is called."),
            required(number("lon", {"deg", {}, {-180.0, 180.0}}, "Longitude.")),
            required(number("lat", {"deg", {}, {-90.0, 90.0}}, "Latitude."))}},
          {"subsidy", kTable, "Who pays, with [costs] (docs/methods/subsidies.md).", subsidy_keys()},
          {"subsidy.municipalities",
           kTable,
           "Designations and fiscal capacity of the municipalities.",
           {required(text("path", {}, "CSV, one row a municipality (docs/formats/municipal_attributes.md)."))}},
          {"subsidy.facts", kTable, "What the rules ask of a project and no table says.", fact_keys()}};
}

}  // namespace amaneku::scenarios
