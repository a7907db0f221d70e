#include "scenarios/catalogue/target_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "scenarios/schema/document.hpp"
#include "scenarios/schema/schema_keys.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr std::uintmax_t kMaxTargetsBytes = 1 << 20;

constexpr const char* kTargetsIntroduction = R"(# The table of targets

`scenarios/catalogue/targets.toml` is part of the program: the targets of the Japanese digital infrastructure plans
(デジタルインフラ整備計画) with their documents. A scenario with `[targets]` holds its plan against them. A file of one's
own of the same form, named by `[targets] path`, adds to it, or replaces by NAME. Every fault is reported at once as
`file:line:column: key = value: message (legal: range)`. This page is generated from the table that the program checks
against.

| metric | what is counted | from a plan |
|---|---|---|
| `5g_population_coverage` | % of people in covered meshes | yes |
| `population_outside_4g` | people outside covered meshes, with the LTE sectors of the plan | yes, where it has any |
| `5g_base_deployment_rate` | % of inhabited 10 km meshes (JIS X 0410 level 2) that hold a parent station | yes |
| `5g_base_stations` | sites with a 5G sector | yes, for a `region` |
| `municipalities_with_5g_station` | % of municipalities that hold one | yes |
| `road_coverage` | % of the length of the roads of the scope | yes, where it has such roads |
| `fibre_household_coverage`, `schools_without_adequate_access`, `level4_services` | as the name says | no: `[[targets.actual]]` |

How a plan is held against them: [targets](../methods/targets.md).

A national figure cannot be read off a plan of a region: percentages are then those of the plan's own people,
municipalities, meshes and roads, and counts are not evaluated. `[targets] whole_country = true` says that the plan is the
country.
)";

std::vector<std::string> words_of(std::span<const std::string_view> words) {
  return {words.begin(), words.end()};
}

/// The element of an enumeration whose word this is; the schema has checked that it is one.
template <class Enum>
Enum element(std::span<const std::string_view> words, const std::string& word) {
  return static_cast<Enum>(std::find(words.begin(), words.end(), word) - words.begin());
}

Keys target_keys() {
  return {
      required(text("name", {}, "For people.")),
      text("name_ja", std::string{}, "In Japanese; absent: `name`."),
      choice("kind", {"target", "actual"}, "To be reached, or published as reached."),
      required(choice("metric", words_of(kTargetMetrics), "What is counted.")),
      choice("scope", words_of(kTargetScopes), "Of what; `region` is the plan."),
      choice("comparison", words_of(kComparisons), "The actual value must be so; required of a target."),
      required(number("value", {"1", {}, {0.0, 1.0e12}}, "In `unit`.")),
      required(text("unit", {}, "`%` for shares.")),
      required(integer("fiscal_year", {"1", {}, {1990.0, 2200.0}}, "At whose end (31 March of the next year).")),
      text("note", std::string{}, "What the document adds."),
      required(text("source", {}, "Document."))};
}

bool is_share(TargetMetric metric) {
  switch (metric) {
    case TargetMetric::population_coverage_5g:
    case TargetMetric::base_deployment_rate_5g:
    case TargetMetric::municipalities_with_5g:
    case TargetMetric::road_coverage:
    case TargetMetric::fibre_households:
      return true;
    default:
      return false;
  }
}

bool is_of_roads(TargetScope scope) {
  return scope == TargetScope::expressways || scope == TargetScope::expressways_and_national_highways;
}

Target target_of(const SectionView& view, const std::string& id, std::vector<Fault>& faults) {
  Target out{.id = id,
             .name = view.text("name"),
             .name_ja = view.text("name_ja"),
             .kind = view.text("kind") == "target" ? TargetKind::target : TargetKind::actual,
             .metric = element<TargetMetric>(kTargetMetrics, view.text("metric")),
             .scope = element<TargetScope>(kTargetScopes, view.text("scope")),
             .comparison = element<Comparison>(kComparisons, view.text("comparison")),
             .value = view.number("value"),
             .unit = view.text("unit"),
             .fiscal_year = static_cast<int>(view.integer("fiscal_year")),
             .note = view.text("note"),
             .source = view.text("source")};
  if (out.name_ja.empty()) out.name_ja = out.name;
  const auto refuse = [&](const char* key, const char* message) { faults.push_back(view.fault(key, message)); };
  if ((out.kind == TargetKind::target) == (out.comparison == Comparison::none)) {
    refuse("comparison", "a target has one, a published value none");
  }
  if (is_share(out.metric) != (out.unit == "%")) refuse("unit", "a share is in %, a count is not");
  if (is_share(out.metric) && out.value > 100.0) refuse("value", "is more than all of it");
  if (is_of_roads(out.scope) != (out.metric == TargetMetric::road_coverage)) {
    refuse("scope", "roads have a road coverage, and nothing else has");
  }
  return out;
}

void put(std::vector<Target>& targets, Target target) {
  const auto same =
      std::find_if(targets.begin(), targets.end(), [&](const Target& old) { return old.id == target.id; });
  if (same == targets.end()) {
    targets.push_back(std::move(target));
  } else {
    *same = std::move(target);
  }
}

}  // namespace

const std::vector<Target>& built_in_targets() {
  static const std::vector<Target> kTargets =
      read_targets(built_in_targets_text(), "scenarios/catalogue/targets.toml", {});
  return kTargets;
}

std::vector<Target> read_targets(std::string_view text, const std::string& file, std::vector<Target> base) {
  const TomlNode root = parse_toml(text, file);
  std::vector<Fault> faults = check_document(root, file, target_schema());
  if (!faults.empty()) throw InputError(std::move(faults));
  const TomlNode* named = root.find("target");
  if (named == nullptr) return base;
  const SchemaSection& section = schema_section("target", target_schema());
  for (const TomlEntry& entry : *named->table()) {
    put(base, target_of(SectionView(section, &entry.node, file), entry.key, faults));
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  return base;
}

std::vector<Target> targets_with(const std::filesystem::path& file, std::vector<Target> base) {
  return read_targets(read_text(file, kMaxTargetsBytes), file.string(), std::move(base));
}

const Schema& target_schema() {
  static const Schema kSchema = {
      {"target", SectionKind::named, "A target, or a published value. NAME is its id.", target_keys()}};
  return kSchema;
}

std::string targets_markdown() {
  std::string out = kTargetsIntroduction;
  for (const SchemaSection& section : target_schema()) out += section_markdown(section);
  out +=
      "\n## What comes with the program\n\n| id | what | scope | demanded | fiscal year | source "
      "|\n|---|---|---|---|---|---|\n";
  for (const Target& target : built_in_targets()) {
    out += fmt::format("| {} | {} | {} | {} {} {} | {} | {} |\n", target.id, word(target.metric),
                       word(target.scope), target.kind == TargetKind::actual ? "reached" : word(target.comparison),
                       target.value, target.unit, target.fiscal_year, target.source);
  }
  return out;
}

}  // namespace amaneku::scenarios
