#include "scenarios/output/closing_summary.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string_view>

#include "scenarios/output/progress.hpp"
#include "scenarios/output/run_estimate.hpp"
#include "scenarios/output/terminal_phrases.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/report/warning_words.hpp"

namespace amaneku::scenarios {
namespace {

std::string percent_of(double part, double total) {
  return total > 0.0 ? fmt::format("{:.1f} %", 100.0 * part / total) : "-";
}

std::size_t planned_sectors(const PlanInput& input) {
  std::size_t n = 0;
  for (const Site& site : input.network.sites) n += site.existing ? site.sectors.size() : 0;
  return n;
}

/// Writes the lines in one language.
class Terminal {
 public:
  explicit Terminal(Language language) : language_(language) {}

  [[nodiscard]] std::string heading(const PlanInput& input) const;
  [[nodiscard]] std::string people(const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string existing(const ExistingStatistics& found) const;
  [[nodiscard]] std::string municipalities(const CoverageStatistics& found) const;
  [[nodiscard]] std::string ground(const CoverageStatistics& found) const;
  [[nodiscard]] std::string roads(const PlanResult& result) const;
  [[nodiscard]] std::string warning_lines(const std::vector<Warning>& warnings) const;
  [[nodiscard]] std::string timing(const PlanResult& result) const;
  [[nodiscard]] std::string said(const Phrase& phrase,
                                 std::initializer_list<std::string_view> arguments = {}) const {
    return fill(phrase.in(language_), arguments);
  }

 private:
  [[nodiscard]] std::string network(const PlanInput& input) const;
  [[nodiscard]] std::string engine(const PlanInput& input) const;
  [[nodiscard]] std::string model(const RadioModel& of) const;
  [[nodiscard]] std::string origin(const ClimateOrigin& of) const;
  [[nodiscard]] std::string municipality_rows(const std::vector<const MunicipalityCoverage*>& rows) const;

  Language language_;
};

std::string Terminal::heading(const PlanInput& input) const {
  const Provenance& provenance = input.provenance;
  std::string out = title_of(provenance, language_) + '\n';
  const std::string& description = description_of(provenance, language_);
  if (!description.empty()) out += "  " + description + '\n';
  if (provenance.synthetic) {
    std::string parts;
    for (const std::string& part : provenance.synthetic_parts)
      parts += (parts.empty() ? "" : said(phrases::kComma)) + synthetic_part(part, language_);
    out += "  " + said(terminal::kSynthetic, {parts}) + '\n';
  }
  if (input.world.flat_earth) out += "  " + said(terminal::kFlatEarth) + '\n';
  return out + network(input) + engine(input);
}

std::string Terminal::network(const PlanInput& input) const {
  const Grid& grid = input.world.ground.ground_asl_m.grid;
  const auto existing = std::count_if(input.network.sites.begin(), input.network.sites.end(),
                                      [](const Site& site) { return site.existing; });
  const auto candidates = static_cast<std::ptrdiff_t>(input.network.sites.size()) - existing;
  const std::size_t sectors = planned_sectors(input);
  const std::string sites =
      said(existing == 1 ? terminal::kOneSite : terminal::kSites, {std::to_string(existing)});
  std::string out =
      "  " + said(sectors == 1 ? terminal::kOneSector : terminal::kSectors, {sites, std::to_string(sectors)});
  if (candidates > 0) {
    out += said(candidates == 1 ? terminal::kOneCandidate : terminal::kCandidates, {std::to_string(candidates)});
  }
  return out +
         said(terminal::kGrid,
              {fmt::format("{:.1f}", grid.nx * grid.cell_m / 1000.0),
               fmt::format("{:.1f}", grid.ny * grid.cell_m / 1000.0), fmt::format("{}", grid.cell_m),
               std::to_string(grid.nx), std::to_string(grid.ny), input.world.crs_id}) +
         '\n';
}

std::string Terminal::model(const RadioModel& of) const {
  return language_ == Language::en ? model_text(of) : model_name(model_id(of), language_);
}

std::string Terminal::origin(const ClimateOrigin& of) const {
  return language_ == Language::en ? origin_text(of) : origin_name(of, language_);
}

std::string Terminal::engine(const PlanInput& input) const {
  const CoverageOptions& coverage = input.engine.coverage;
  const Phrase& how = coverage.engine == LossEngine::radial ? terminal::kModel : terminal::kExactModel;
  std::string out =
      "  " + said(how, {model(input.engine.model), fmt::format("{:g}", coverage.radius_m / 1000.0)}) + '\n';
  for (const RadioModel& loss : coverage.added_losses) out += "  " + said(terminal::kPlus, {model(loss)}) + '\n';
  return out + "  " +
         said(terminal::kAir, {fmt::format("{:g}", coverage.effective_earth_radius_m / 1000.0),
                               origin(input.engine.climate.earth_radius), fmt::format("{:g}", coverage.n0),
                               origin(input.engine.climate.n0)}) +
         '\n';
}

std::string Terminal::existing(const ExistingStatistics& found) const {
  const BesideExisting people = beside_existing(found.already.population, found.together.population);
  const double open = people.newly + people.left;
  return "\n  " + said(phrases::kExistingInShort, {percent_of(people.newly, open), grouped(people.newly),
                                                   grouped(open), grouped(people.already)});
}

std::string Terminal::people(const PlanInput& input, const PlanResult& result) const {
  const PeopleCovered& all = result.statistics.population;
  if (!(all.total > 0.0)) return '\n' + said(terminal::kNoPeople) + '\n';
  const bool outdoors = !(input.network.receiver.building_loss_db > 0.0);
  std::string out = '\n' +
                    said(terminal::kPeople,
                         {percent_of(all.covered, all.in_plan()), grouped(all.covered), grouped(all.in_plan())}) +
                    "\n  " +
                    said(outdoors ? terminal::kCoveredOutdoors : terminal::kCovered,
                         {fmt::format("{}", input.statistics.threshold_dbm),
                          fmt::format("{:g}", input.network.receiver.rx_agl_m)}) +
                    "\n  " + said(terminal::kBelow, {grouped(all.below_threshold), grouped(all.not_computed)});
  if (all.outside_plan > 0.0) out += said(terminal::kOutside, {grouped(all.outside_plan), grouped(all.total)});
  out += "\n  " + said(terminal::kHalfMeshes,
                       {percent_of(all.in_half_covered_units, all.in_plan()), grouped(all.in_half_covered_units)});
  if (result.existing) out += existing(*result.existing);
  return out + '\n';
}

std::string Terminal::municipality_rows(const std::vector<const MunicipalityCoverage*>& rows) const {
  std::string out;
  for (const MunicipalityCoverage* row : rows) {
    const double inside = row->people.in_plan();
    out += "  " +
           said(terminal::kOf, {fmt::format("{:>8}", percent_of(row->people.covered, inside)),
                                fmt::format("{:>11}", grouped(row->people.covered)),
                                fmt::format("{:>11}", grouped(inside)), row->code + ' ' + row->name}) +
           '\n';
  }
  return out;
}

double share(const MunicipalityCoverage& m) {
  return m.people.percent();
}

std::string Terminal::municipalities(const CoverageStatistics& found) const {
  constexpr std::size_t kShown = 5;
  std::vector<const MunicipalityCoverage*> rows;
  for (const MunicipalityCoverage& m : found.municipalities) {
    if (m.people.in_plan() >= 0.5) rows.push_back(&m);
  }
  if (rows.empty()) return {};
  std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return share(*a) > share(*b); });
  if (rows.size() <= 2 * kShown) return '\n' + said(terminal::kMunicipalities) + '\n' + municipality_rows(rows);
  const auto n = static_cast<std::ptrdiff_t>(kShown);
  const std::string shown = std::to_string(kShown);
  return '\n' + said(terminal::kBest, {shown, std::to_string(rows.size())}) + '\n' +
         municipality_rows({rows.begin(), rows.begin() + n}) + said(terminal::kWorst, {shown}) + '\n' +
         municipality_rows({rows.end() - n, rows.end()});
}

std::string Terminal::ground(const CoverageStatistics& found) const {
  return '\n' +
         said(terminal::kArea, {grouped(found.area.covered_m2 / 1e6), grouped(found.area.total_m2 / 1e6),
                                percent_of(found.area.covered_m2, found.area.total_m2)}) +
         '\n';
}

std::string Terminal::roads(const PlanResult& result) const {
  const CoverageStatistics& found = result.statistics;
  if (found.roads.empty()) return {};
  std::string out = said(terminal::kRoads) + '\n';
  for (const RoadCoverage& road : found.roads) {
    const std::string name =
        language_ == Language::en ? road.road_class : road_class_name(road.road_class, language_);
    out += "  " +
           said(terminal::kKilometresOf, {fmt::format("{:>8}", percent_of(road.covered_m, road.length_m)),
                                          fmt::format("{:>9.1f}", road.covered_m / 1000.0),
                                          fmt::format("{:>9.1f}", road.length_m / 1000.0), name}) +
           '\n';
  }
  if (!result.existing) return out;
  BesideExisting sum;
  for (std::size_t i = 0; i < found.roads.size(); ++i) {
    const BesideExisting of =
        beside_existing(result.existing->already.roads[i], result.existing->together.roads[i]);
    sum.already += of.already;
    sum.newly += of.newly;
    sum.left += of.left;
  }
  const auto kilometres = [](double metres) { return fmt::format("{:.1f}", metres / 1000.0); };
  const double open_m = sum.newly + sum.left;
  return out + "  " +
         said(phrases::kExistingRoadsInShort, {percent_of(sum.newly, open_m), kilometres(sum.newly),
                                               kilometres(open_m), kilometres(sum.already)}) +
         '\n';
}

std::string Terminal::warning_lines(const std::vector<Warning>& warnings) const {
  if (warnings.empty()) return '\n' + said(terminal::kNoWarnings) + '\n';
  std::string out = '\n' + said(terminal::kWarnings) + '\n';
  for (const Warning& warning : warnings) {
    const std::string count = grouped(static_cast<double>(warning.count));
    const std::string_view meaning = warning_meaning(warning, language_);
    const std::string detail = warning_detail(warning, language_);
    if (language_ == Language::en || meaning.empty()) {
      out += fmt::format("  {} x {}: {}\n", count, warning.id, detail);
    } else {
      out += said(terminal::kWarningLine, {count, meaning, detail}) + '\n';
    }
  }
  return out;
}

std::string Terminal::timing(const PlanResult& result) const {
  double total = 0.0;
  std::string parts;
  for (const auto& [stage, seconds] : result.timing_s) {
    total += seconds;
    if (seconds < 0.05) continue;
    parts += (parts.empty() ? "" : said(phrases::kComma)) +
             said(terminal::kStage, {stage_name(stage, language_), fmt::format("{:.1f}", seconds)});
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return '\n' +
         said(terminal::kTime, {fmt::format("{:.1f}", total), parts,
                                fmt::format("{:.0f}", static_cast<double>(usage.ru_maxrss) / 1024.0)}) +
         '\n';
}

/// Names and titles of strangers without what a terminal obeys: control characters but the ends of lines as
/// blanks.
std::string harmless(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool c1 = c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if ((c < 0x20 && c != '\n') || c == 0x7f || c1) text[i] = ' ';
    if (c1) text[i + 1] = ' ';
  }
  return text;
}

}  // namespace

std::string grouped(double number) {
  std::string digits = fmt::format("{:.0f}", std::fabs(number));
  for (std::ptrdiff_t i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return (number <= -0.5 ? "-" : "") + digits;
}

std::string closing_summary(const Planned& planned, const std::filesystem::path& folder, Language language) {
  const Terminal lines(language);
  const PlanResult& result = planned.result;
  std::string of_studies;
  planned.studies.each_asked([&](const auto& study) { of_studies += closing_of(study, planned.input, language); });
  return harmless(lines.heading(planned.input) + lines.people(planned.input, result) +
                  lines.municipalities(result.statistics) + lines.ground(result.statistics) + lines.roads(result) +
                  of_studies + lines.warning_lines(result.warnings) + lines.timing(result) +
                  lines.said(terminal::kReportAt, {(folder / "report.html").string()}) + '\n');
}

std::string check_summary(const Scenario& scenario, Language language) {
  const Terminal lines(language);
  const PlanInput& input = scenario.input;
  std::string out = lines.heading(input);
  out += "  " +
         lines.said(terminal::kRead, {grouped(input.world.population.total),
                                      grouped(static_cast<double>(input.world.population.units.size())),
                                      std::to_string(input.world.boundaries.municipalities.size()),
                                      std::to_string(input.world.roads.roads.size())}) +
         '\n';
  scenario.studies.each_asked([&](const auto& study) {
    out += fmt::format("  {}: {}\n", stage_name(study.id, language), study.plan_text(language));
  });
  out += "  " +
         lines.said(terminal::kRunTakes,
                    {estimate_text(run_estimate(input), input.engine.coverage.threads, language)}) +
         '\n';
  return harmless(out + lines.warning_lines(input.warnings) + lines.said(terminal::kValid) + '\n');
}

}  // namespace amaneku::scenarios
