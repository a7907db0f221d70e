// Sections and keys of a file of subsidy rules, and its page of documentation.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "scenarios/schema/schema_keys.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr Range kJpy{0.0, 1e15};

constexpr const char* kSubsidyIntroduction = R"(# Subsidy rules

`scenarios/catalogue/subsidies.toml` is part of the program. A file of one's own of the same form adds to it, or replaces by
NAME, without a line of C++: `amaneku subsidy --rules FILE`. Next year's programme is a few `[rule.NAME]` sections.
Every fault is reported at once as `file:line:column: key = value: message (legal: range)`.
This page is generated from the table that the program checks against. What the rules mean: [subsidies](../methods/subsidies.md).

Fractions are texts as printed, `"1/3"`; a decimal is refused, for 0.333 is no third. Sources are a `document` of this file and the
`place` in it.

## Conditions

`when` is a list of clauses that must all hold. A clause is one comparison, or several with ` or ` between them, of which one must
hold: `"households < 300"`, `"island"`, `"not island"`, `"work = new"`, `"fiscal_capacity_index <= 0.8 or disadvantaged_area"`,
`"applicant = municipality"`, `"area = kaso"`, `"choice.NAME = option"`. Numbers take `<`, `<=`, `=`, `!=`, `>=`, `>`, all else `=` and
`!=`; decimals compare exactly. A fact that decides and is missing in a request is an error; facts with a default need not be stated.
Two rules that fit one case are refused with both names, unless one names the other in `overrides`.

)";

SchemaKey fraction(std::string name, std::string doc) {
  return text(std::move(name), std::string{"0"}, std::move(doc));
}

SchemaKey words(std::string name, std::string doc) {
  return list(text(std::move(name), std::vector<std::string>{}, std::move(doc)), ValueType::texts);
}

SchemaKey numbers_of_ambiguities() {
  return list(integer("ambiguities", {"1", std::vector<double>{}, {1.0, 1e6}}, "Numbers of the ambiguities met."),
              ValueType::numbers);
}

SchemaKey status() {
  return choice("status", {"stated", "inferred", "ambiguous"},
                "Printed in the source; put together from what is printed; one reading of several.");
}

SchemaKey verified() {
  return flag(
      "verified", true,
      "Read in a document of the ministry, or in a copy of it; `false`: told by others, or carried over from "
      "another year. Said with the answer.");
}

Keys source() {
  return {required(text("document", {}, "NAME of a document.")), text("place", std::string{}, "Where in it.")};
}

Keys with(Keys keys, const Keys& more) {
  keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

Keys named() {
  return {required(text("name", {}, "In English.")), words("also", "Further names, in Japanese and English.")};
}

Keys applicant_keys() {
  return with(named(), {words("is", "NAMEs of the wider kinds of applicant that it belongs to."),
                        choice("payer", {"operator", "municipality", "prefecture"},
                               "Whose money the applicant's share is.")});
}

Keys share_keys() {
  return {fraction("nation", "Share of the eligible cost, as printed."), fraction("prefecture", "Share."),
          fraction("municipality", "Share."), fraction("operator", "Share."),
          fraction("applicant", "Share of whoever applies, where the source says no more.")};
}

Keys rule_keys() {
  const Keys who = {
      required(text("programme", {}, "NAME of a programme.")),
      required(text("sub_programme", {}, "NAME of a sub-programme.")),
      required(text("fiscal_year", {}, "Japanese fiscal year: `\"R7\"`, `\"H29\"`.")),
      text("basis", std::string{"budget"},
           "`budget`, or what is not decided yet: `budget_request`, `budget_draft`."),
      required(words("applicants", "NAMEs of the applicants it is for.")),
      words("areas", "One of these designations is needed; absent: those of the programme; `[\"any\"]`: none."),
      choice("cost", {"capex", "lease_10_years", "operating_deficit"}, "What the eligible cost is."),
      words("assets", "What may be paid for."),
      words("when", "Clauses that must all hold.")};
  const Keys how = {
      status(),
      verified(),
      words("ambiguous_when", "Clauses under which the status is ambiguous instead."),
      numbers_of_ambiguities(),
      words("overrides", "NAMEs of rules of the same group that give way where both fit."),
      words("modifiers", "NAMEs of modifiers."),
      integer("national_cap_jpy", {"JPY", std::int64_t{1'000'000'000'000'000}, kJpy}, "The nation pays no more."),
      integer("cost_min_jpy", {"JPY", std::int64_t{0}, kJpy}, "A smaller eligible cost is not eligible."),
      integer("guide_min_jpy", {"JPY", std::int64_t{0}, kJpy}, "A smaller one gives a warning."),
      integer("guide_max_jpy", {"JPY", std::int64_t{1'000'000'000'000'000}, kJpy},
              "A larger one gives a warning."),
      text("note", std::string{}, "Said with the answer.")};
  return with(with(with(who, share_keys()), how), source());
}

Keys bond_keys() {
  return with(
      {required(text("name", {}, "For people.")),
       text("charge", std::string{}, "充当率: share of the burden that may be borrowed; absent: not known."),
       text("grant", std::string{}, "交付税措置率: share of the debt service that the state pays."),
       words("payers", "`prefecture`, `municipality`."), words("programmes", "NAMEs of programmes; absent: all."),
       words("fiscal_years", "Absent: all."),
       words("except", "`\"KD R5\"`: a programme in a year whose document does not list it."),
       words("when", "Clauses that must all hold."), status(), numbers_of_ambiguities()},
      source());
}

Keys budget_keys() {
  return with({required(text("programme", {}, "NAME of a programme.")),
               required(text("fiscal_year", {}, "Japanese fiscal year.")),
               choice("kind", {"initial", "supplementary", "request", "draft"}, "当初, 補正, 概算要求, 案."),
               integer("amount_jpy", {"JPY", {}, kJpy}, "Absent: only the call is known."),
               flag("shared", false, "内数: other programmes are paid from it too."),
               text("call_from", std::string{}, "First day of the call: `\"2026-01-30\"`."),
               text("call_until", std::string{}, "Last day of the call."), verified()},
              source());
}

std::string facts_markdown() {
  std::string out = "## Facts\n\n| fact | values | where a request does not say | meaning |\n|---|---|---|---|\n";
  for (const SubsidyFact& fact : subsidy_facts()) {
    std::string values = "true, false";
    if (fact.kind == FactKind::number) values = fact.range.text();
    if (fact.kind == FactKind::word) values = fmt::format("{}", fmt::join(fact.words, ", "));
    const std::string fallback =
        fact.fallback == kUnknown ? "asked for" : fact_text(fact_index(fact.name), fact.fallback);
    out += fmt::format("| `{}` | {} | {} | {} |\n", fact.name, values, fallback, fact.meaning);
  }
  return out;
}

}  // namespace

const Schema& subsidy_schema() {
  static const Schema kSchema = {
      {"amounts",
       SectionKind::table,
       "How shares become yen.",
       {integer("national_multiple_jpy", {"JPY", std::int64_t{1000}, {1.0, 1e9}},
                "The national amount is truncated to a multiple of this; 1: to the yen.")}},
      {"document", SectionKind::named, "A source.", {required(text("title", {}, "For people."))}},
      {"area", SectionKind::named, "A designation of an area.",
       with(named(), {text("implies", std::string{},
                           "NAME of a flag that holds in such an area: a request that denies it is refused.")})},
      {"applicant", SectionKind::named, "Who may apply.", applicant_keys()},
      {"programme", SectionKind::named, "A programme.",
       with(named(), {words("areas", "One of these designations is needed; absent: anywhere.")})},
      {"sub_programme", SectionKind::named, "A part of a programme, with rules of its own.", named()},
      {"ambiguity",
       SectionKind::named,
       "What the sources leave open, and how it is met.",
       {required(integer("number", {"1", {}, {1.0, 1e6}}, "As in docs/methods/subsidies.md.")),
        required(text("question", {}, "What is open.")),
        choice(
            "handling", {"status", "choice", "input", "none", "closed"},
            "Marked in the answer; a choice of the user; a value that the user states; no amount depends on it; "
            "answered by a source since."),
        required(text("chosen", {}, "What the program does.")),
        words("facts", "input: rules that test one of these facts carry the ambiguity.")}},
      {"choice",
       SectionKind::named,
       "A reading that the user may choose, here or in a request (`choices`). In a file of one's own `chosen` is "
       "enough for a "
       "built-in one.",
       {integer("ambiguity", {"1", std::int64_t{0}, {0.0, 1e6}}, "Number of the ambiguity."),
        text("question", std::string{}, "What is chosen."), words("options", "Words for the readings."),
        required(text("chosen", {}, "One of the options."))}},
      {"modifier", SectionKind::named,
       "Adds to the numerator of the national share as printed: 1/2 becomes (1 + 1/2)/2. What is left is shared "
       "as before.",
       with({required(text("add_to_numerator", {}, "A fraction.")), words("when", "Clauses that must all hold."),
             status(), numbers_of_ambiguities()},
            source())},
      {"bond", SectionKind::named, "A local bond for the burden of a prefecture or a municipality.", bond_keys()},
      {"rule", SectionKind::named, "One case of a programme in one year. The shares add up to 1.", rule_keys()},
      {"budget", SectionKind::named,
       "Money of a programme in a year, and when it could be asked for. Said with the answer; no amount depends "
       "on it.",
       budget_keys()}};
  return kSchema;
}

std::string subsidy_rules_markdown() {
  std::string out = kSubsidyIntroduction + facts_markdown();
  for (const SchemaSection& section : subsidy_schema()) out += section_markdown(section);
  return out;
}

}  // namespace amaneku::scenarios
