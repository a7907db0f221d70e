#include "scenarios/studies/targets/targets_study.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "libsim/studies/targets/roll_out.hpp"

#include "scenarios/catalogue/target_table.hpp"
#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/studies.hpp"
#include "scenarios/studies/targets/phrases.hpp"
#include "scenarios/studies/targets/target_words.hpp"
#include "terrain/nearest.hpp"
#include "terrain/people/mesh_code.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

// 3GPP TR 38.901 7.4.3.2: mean of the car penetration loss.
constexpr double kInCarLoss_db = 9.0;

Keys target_option_keys() {
  const TargetOptions defaults;
  const auto texts = [](const char* name, std::vector<std::string> fallback, const char* doc) {
    return list(text(name, std::move(fallback), doc), ValueType::texts);
  };
  return {
      text("path", {},
           "Targets of your own, beside or instead of those of the program (docs/formats/targets.md)."),
      texts("ids", {}, "Only these; empty: all."),
      choice(
          "mesh_rule", {kMeshRules.begin(), kMeshRules.end()},
          "When the people of a mesh count as covered: all, if at least half of its area is served (半分以上, the "
          "guideline of the industry); in proportion to the served area; all, if its centre is served; all, if "
          "more "
          "than half of it is served (過半, as the ministry is quoted). Sources: docs/methods/targets.md."),
      choice("mesh", {"500m", "1km", "250m", "125m", "as_read"},
             "Meshes of the rule; `as_read`: each unit of the population file by itself."),
      number("threshold_dbm", {"dBm", {}, {-200.0, 100.0}},
             "Received power per subcarrier from which a place is served; absent: as [coverage]."),
      number("vehicle_agl_m", {"m", {}, {0.1, 100.0}},
             "Height of the antenna on roads; absent: as [receiver]. Another height costs a coverage of its own."),
      flag("in_car", false, "Roads: the device is inside the car. No official definition was found."),
      number("in_car_loss_db", {"dB", kInCarLoss_db, {0.0, 60.0}},
             "Loss with in_car (3GPP TR 38.901 7.4.3.2: 9 dB in the mean, metallised windows 20 dB)."),
      choice("road_service", {"any", "5g"}, "Roads: served by any sector of the plan, or by those of 5G."),
      texts("technologies_5g", defaults.technologies_5g,
            "Beginnings of the technologies that count as 5G; empty: those of generation 5G."),
      texts("technologies_4g", defaults.technologies_4g,
            "Beginnings of the technologies that count as 4G; empty: those of generation 4G."),
      texts("parent_sites", {}, "Ids of the parent stations (親局); empty: every site with a 5G sector is one."),
      choice("already_served", {kAlreadyServed.begin(), kAlreadyServed.end()},
             "People and roads of [[coverage.existing]]: left out, so that targets are held against the rest and "
             "what the plan newly covers of it; or reached, beside what the plan covers."),
      flag("national", true,
           "The targets that come with the program, which are of the country; `false`: only those of `path`."),
      integer("as_of_year", {"1", {}, {1990.0, 2200.0}},
              "Fiscal year of the judgement: a target of the country for an earlier year is `past` where a region "
              "falls short of it, not `missed`. Absent: the year after the last published value of the table."),
      flag("whole_country", false, "The plan is the country: its counts are national."),
      list(number("fiscal_years", {"1", std::vector<double>{}, {1990.0, 2200.0}},
                  "Further years of the curves, ascending."),
           ValueType::numbers)};
}

Keys actual_keys() {
  return {required(text("id", {}, "The target that it is for.")),
          required(number("value", {"1", {}, {0.0, 1.0e12}}, "In the target's unit.")),
          required(text("source", {}, "Where it is from."))};
}

const Target* find_target(const std::vector<Target>& targets, const std::string& id) {
  const auto found = std::find_if(targets.begin(), targets.end(), [&](const Target& t) { return t.id == id; });
  return found == targets.end() ? nullptr : &*found;
}

std::string unknown_target(const std::string& id, const std::vector<Target>& targets) {
  std::vector<std::string> known;
  for (const Target& target : targets) known.push_back(target.id);
  const std::string near = nearest(id, known);
  return "no target \"" + id + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?");
}

void read_table(Document& document, const SectionView& view, TargetOptions& out) {
  std::vector<Target> all;
  const std::vector<Target> base = view.flag("national") ? built_in_targets() : std::vector<Target>();
  document.attempt(view, "path",
                   [&] { all = view.given("path") ? targets_with(document.path_of(view), base) : base; });
  if (!view.flag("national") && !view.given("path"))
    document.add(view.fault("national", "leaves no target: name a file of your own in path"));
  const std::vector<std::string> ids = view.texts("ids");
  for (const std::string& id : ids) {
    if (find_target(all, id) == nullptr) document.add(view.fault("ids", unknown_target(id, all)));
  }
  for (const Target& target : all) {
    const bool asked = ids.empty() || std::find(ids.begin(), ids.end(), target.id) != ids.end();
    if (asked || target.kind == TargetKind::actual) out.targets.push_back(target);
  }
  for (const SectionView& actual : document.sections("targets.actual")) {
    const Target* target = find_target(all, actual.text("id"));
    if (target == nullptr || target->kind == TargetKind::actual) {
      document.add(actual.fault("id", target == nullptr ? unknown_target(actual.text("id"), all)
                                                        : "is a published value, not a target"));
    }
    out.supplied.push_back({actual.text("id"), actual.number("value"), actual.text("source")});
  }
}

void read_definitions(const SectionView& view, TargetOptions& out) {
  const auto rule = std::find(kMeshRules.begin(), kMeshRules.end(), view.text("mesh_rule"));
  out.mesh_rule = static_cast<MeshRule>(rule - kMeshRules.begin());
  out.mesh_level = view.text("mesh") == "as_read" ? 0 : mesh_level_from_text(view.text("mesh"));
  if (view.given("threshold_dbm")) out.threshold_dbm = view.number("threshold_dbm");
  if (view.given("vehicle_agl_m")) out.vehicle_agl_m = view.number("vehicle_agl_m");
  out.in_car_loss_db = view.flag("in_car") ? view.number("in_car_loss_db") : 0.0;
  out.road_service = view.text("road_service") == "any" ? RoadService::any : RoadService::only_5g;
  out.technologies_5g = view.texts("technologies_5g");
  out.technologies_4g = view.texts("technologies_4g");
  out.parent_sites = view.texts("parent_sites");
  out.whole_country = view.flag("whole_country");
  out.already_served = view.text("already_served") == "reached" ? AlreadyServed::reached : AlreadyServed::left_out;
}

void read_as_of_year(const SectionView& view, TargetOptions& out) {
  if (view.given("as_of_year")) {
    out.as_of_year = static_cast<int>(view.integer("as_of_year"));
    return;
  }
  for (const Target& target : built_in_targets()) {
    if (target.kind == TargetKind::actual) out.as_of_year = std::max(out.as_of_year, target.fiscal_year + 1);
  }
}

void read_years(Document& document, const SectionView& view, TargetOptions& out) {
  for (const double year : view.numbers("fiscal_years")) {
    const int whole = static_cast<int>(year);
    if (whole != year) {
      document.add(view.fault("fiscal_years", "is not a whole number"));
    } else if (!out.fiscal_years.empty() && whole <= out.fiscal_years.back()) {
      document.add(view.fault("fiscal_years",
                              fmt::format("the years go backwards: {} after {}", whole, out.fiscal_years.back())));
    } else {
      out.fiscal_years.push_back(whole);
    }
  }
}

}  // namespace

std::vector<SchemaSection> TargetsStudy::sections() {
  return {{"targets", SectionKind::table,
           "Given, even without keys, the plan is held against targets (docs/methods/targets.md).",
           target_option_keys()},
          {"targets.actual", SectionKind::list,
           "The actual value of a target that a radio plan cannot tell, or that you know better.", actual_keys()}};
}

void TargetsStudy::read(const StudyReading& reading) {
  const SectionView view = reading.document.section("targets");
  if (view.node() == nullptr) return;
  TargetOptions out;
  read_table(reading.document, view, out);
  read_definitions(view, out);
  read_as_of_year(view, out);
  read_years(reading.document, view, out);
  if (view.given("already_served") && reading.document.sections("coverage.existing").empty())
    reading.document.add(view.fault("already_served", "there is no [[coverage.existing]] that it could be of"));
  for (const std::string& parent : out.parent_sites) {
    const std::vector<Site>& sites = reading.input.network.sites;
    const bool known =
        std::any_of(sites.begin(), sites.end(), [&](const Site& site) { return site.id == parent; });
    if (!known) reading.document.add(view.fault("parent_sites", "no site \"" + parent + "\""));
  }
  options = std::move(out);
}

std::string TargetsStudy::plan_text(Language language) const {
  const auto wanted = std::count_if(options->targets.begin(), options->targets.end(),
                                    [](const Target& target) { return target.kind == TargetKind::target; });
  return fill(phrases::kTargetsPlan.in(language), {std::to_string(wanted)});
}

void TargetsStudy::run(const StudyInput& plan, const Studies& earlier) {
  earlier.get<BackhaulStudy>().supply(*options, plan.input);
  report = check_plan(*options, plan.input.statistics, plan.radio, plan.result.maps.rsrp_dbm, plan.warnings);
}

std::string TargetsStudy::closing(Language language, const PlanInput& /*input*/) const {
  const TargetsInShort found = targets_in_short(report, language);
  std::string out = '\n' +
                    fill(phrases::kTargetsInShort.in(language),
                         {std::to_string(found.met), std::to_string(found.missed), std::to_string(found.open)}) +
                    '\n';
  for (const std::string& line : found.lines) out += "  " + line + '\n';
  return out;
}

}  // namespace amaneku::scenarios
