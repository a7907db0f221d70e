// Sections and keys of a file of costs, and its page of documentation.
#include "scenarios/catalogue/costs_file.hpp"
#include "scenarios/catalogue/costs_words.hpp"
#include "scenarios/schema/schema_keys.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr Range kPrice{0.0, 1e15};
constexpr Range kYear{1950.0, 2200.0};

constexpr const char* kCostsIntroduction = R"(# Costs

`scenarios/catalogue/costs.toml` is part of the program: prices as somebody paid or published them, and what a site buys at them. A file of one's own
of the same form adds to it, or replaces by NAME: `path` in `[costs]` of a [scenario](scenario.md). Every fault is reported at once as
`file:line:column: key = value: message (legal: range)`. This page is generated from the table that the program checks against. What is computed:
[costs](../methods/costs.md).

A price has a currency, a year, a source and a confidence. One without a source is the user's own figure: allowed, and named in every result
(`price_without_source`). **An asset without a price is never free**: a plan that needs it is refused until a price is stated, be it 0. Not
known with a source are: roof mounts, lines to the grid, batteries, generators, paths, Japanese fibre on poles, underground and under the sea by the
metre, leases and fees.

**Money is never converted silently.** A plan states currency and year; a price of another currency or another year needs a `[[deflator]]` that says
what one unit of it is worth in the plan's money. None is built in.
)";

SchemaKey source(const char* doc) {
  return text("source", std::string{}, doc);
}

}  // namespace

const Schema& costs_schema() {
  static const Schema kSchema = {
      {"price",
       SectionKind::named,
       "A price.",
       {required(text("name", {}, "What it is for.")),
        required(number("low", {"", {}, kPrice}, "Of one unit; the lower end of a range.")),
        number("high", {"", {}, kPrice}, "The upper end; absent: `low`."),
        required(text("currency", {}, "`JPY`, `USD` ...; `1` for a share.")),
        integer("year", {"1", std::int64_t{0}, {0.0, kYear.max}}, "Of the price level; absent: not known."),
        text("unit", std::string{}, "Of what."), source("Document, or empty for the user's own figure."),
        choice("confidence", {"low", "medium", "high"}, "How far it can be trusted.")}},
      {"deflator",
       SectionKind::list,
       "What one unit of money is worth in another currency or year.",
       {required(text("from_currency", {}, "Currency of the price.")),
        required(integer("from_year", {"1", {}, kYear}, "Year of the price.")),
        required(text("to_currency", {}, "Currency of the plan.")),
        required(integer("to_year", {"1", {}, kYear}, "Year of the plan.")),
        required(number("factor", {"", {}, {1e-9, 1e9}}, "Units of the plan's money for one of the price's.")),
        required(text("source", {}, "Where the factor comes from."))}},
      {"asset",
       SectionKind::named,
       "What a site buys. In a file of one's own `price` is enough for a built-in asset.",
       {text("name", std::string{}, "In English; required for a new asset."),
        text("name_ja", std::string{}, "In Japanese; absent: `name`."),
        choice("quantity", words_of(kQuantityWords), "How many of it a site needs."),
        choice("payment", words_of(kPaymentWords), "When it is paid."),
        choice("level", words_of(kSharingWords),
               "Bought once for all operators where they share at least so much."),
        flag("by_access", false, "Dearer on slopes and in snow."),
        integer("life_years", {"a", std::int64_t{0}, {0.0, 100.0}}, "Bought again after so many years; 0: never."),
        text("price", std::string{}, "NAME of a price."),
        list(
            text("eligible_as", std::vector<std::string>{}, "Words of `assets` of subsidy rules that pay for it."),
            ValueType::texts)}}};
  return kSchema;
}

std::string costs_markdown() {
  std::string out = kCostsIntroduction;
  for (const SchemaSection& section : costs_schema()) out += section_markdown(section);
  return out;
}

}  // namespace amaneku::scenarios
