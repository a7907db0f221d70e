#include "scenarios/output/closing_summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "scenarios/output/run_estimate.hpp"

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

std::string counted(std::size_t n, std::string_view thing) {
  return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

std::string heading(const PlanInput& input) {
  const Grid& grid = input.world.ground.ground_asl_m.grid;
  const auto existing = static_cast<std::size_t>(std::count_if(
      input.network.sites.begin(), input.network.sites.end(), [](const Site& site) { return site.existing; }));
  const std::size_t candidates = input.network.sites.size() - existing;
  std::string out = input.provenance.scenario_name + '\n';
  if (!input.provenance.scenario_description.empty()) out += "  " + input.provenance.scenario_description + '\n';
  if (input.provenance.synthetic) {
    out += fmt::format("  SYNTHETIC input: {}\n", fmt::join(input.provenance.synthetic_parts, ", "));
  }
  if (input.world.flat_earth) out += "  FLAT EARTH: no elevation data were given, no hill blocks anything\n";
  out += fmt::format("  {} with {}", counted(existing, "site"), counted(planned_sectors(input), "sector"));
  if (candidates > 0) out += fmt::format(" ({} not planned on)", counted(candidates, "candidate"));
  out += fmt::format("; {:.1f} km x {:.1f} km in cells of {} m ({} x {}), {}\n", grid.nx * grid.cell_m / 1000.0,
                     grid.ny * grid.cell_m / 1000.0, grid.cell_m, grid.nx, grid.ny, input.world.crs_id);
  out += fmt::format("  model {}, {} engine, radius {:g} km\n", model_text(input.engine.model),
                     input.engine.coverage.engine == LossEngine::radial ? "radial" : "exact",
                     input.engine.coverage.radius_m / 1000.0);
  for (const RadioModel& loss : input.engine.coverage.added_losses)
    out += fmt::format("  plus {}\n", model_text(loss));
  out += fmt::format("  air: effective Earth radius {:g} km ({}), N0 {:g} ({})\n",
                     input.engine.coverage.effective_earth_radius_m / 1000.0,
                     origin_text(input.engine.climate.earth_radius), input.engine.coverage.n0,
                     origin_text(input.engine.climate.n0));
  return out;
}

std::string people(const PlanInput& input, const CoverageStatistics& found) {
  const PeopleCovered& all = found.population;
  if (!(all.total > 0.0)) return "\nPeople: no population was given\n";
  std::string out =
      fmt::format("\nPeople covered: {}, {} of {} in the plan\n", percent_of(all.covered, all.in_plan()),
                  grouped(all.covered), grouped(all.in_plan()));
  out += fmt::format("  RSRP of {} dBm or more, {:g} m above ground{}, people spread evenly over their mesh\n",
                     input.statistics.threshold_dbm, input.network.receiver.rx_agl_m,
                     input.network.receiver.building_loss_db > 0.0 ? "" : " outdoors");
  out += fmt::format("  below the threshold {}, not computed {}", grouped(all.below_threshold),
                     grouped(all.not_computed));
  if (all.outside_plan > 0.0) {
    out += fmt::format("; outside the plan {} (total read {})", grouped(all.outside_plan), grouped(all.total));
  }
  return out + fmt::format("\n  meshes covered over half or more, each as a whole: {}, {}\n",
                           percent_of(all.in_half_covered_units, all.in_plan()),
                           grouped(all.in_half_covered_units));
}

std::string municipality_rows(const std::vector<const MunicipalityCoverage*>& rows) {
  std::string out;
  for (const MunicipalityCoverage* row : rows) {
    const double inside = row->people.in_plan();
    out += fmt::format("  {:>8}  {:>11} of {:>11}  {} {}\n", percent_of(row->people.covered, inside),
                       grouped(row->people.covered), grouped(inside), row->code, row->name);
  }
  return out;
}

double share(const MunicipalityCoverage& m) {
  return m.people.percent();
}

std::string municipalities(const CoverageStatistics& found) {
  constexpr std::size_t kShown = 5;
  std::vector<const MunicipalityCoverage*> rows;
  for (const MunicipalityCoverage& m : found.municipalities) {
    if (m.people.in_plan() >= 0.5) rows.push_back(&m);
  }
  if (rows.empty()) return {};
  std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return share(*a) > share(*b); });
  if (rows.size() <= 2 * kShown) return "\nMunicipalities, people covered:\n" + municipality_rows(rows);
  const auto n = static_cast<std::ptrdiff_t>(kShown);
  return fmt::format("\nMunicipalities, people covered: best {} of {}\n", kShown, rows.size()) +
         municipality_rows({rows.begin(), rows.begin() + n}) + fmt::format("worst {}\n", kShown) +
         municipality_rows({rows.end() - n, rows.end()});
}

std::string ground(const CoverageStatistics& found) {
  return fmt::format("\nArea covered: {} of {} km2 ({})\n", grouped(found.area.covered_m2 / 1e6),
                     grouped(found.area.total_m2 / 1e6), percent_of(found.area.covered_m2, found.area.total_m2));
}

std::string roads(const CoverageStatistics& found) {
  if (found.roads.empty()) return {};
  std::string out = "Roads covered:\n";
  for (const RoadCoverage& road : found.roads) {
    out += fmt::format("  {:>8}  {:>9.1f} of {:>9.1f} km  {}\n", percent_of(road.covered_m, road.length_m),
                       road.covered_m / 1000.0, road.length_m / 1000.0, road.road_class);
  }
  return out;
}

template <class Study>
std::string closing_of(const Study& study) {
  if constexpr (requires { study.closing(); }) return study.closing();
  return {};
}

std::string warning_lines(const std::vector<Warning>& warnings) {
  if (warnings.empty()) return "\nNo warnings\n";
  std::string out = "\nWarnings:\n";
  for (const Warning& warning : warnings) {
    out +=
        fmt::format("  {} x {}: {}\n", grouped(static_cast<double>(warning.count)), warning.id, warning.message);
  }
  return out;
}

std::string timing(const PlanResult& result) {
  double total = 0.0;
  std::vector<std::string> parts;
  for (const auto& [stage, seconds] : result.timing_s) {
    total += seconds;
    if (seconds >= 0.05) parts.push_back(fmt::format("{} {:.1f} s", stage, seconds));
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return fmt::format("\nTime {:.1f} s ({}); peak memory {:.0f} MiB\n", total, fmt::join(parts, ", "),
                     static_cast<double>(usage.ru_maxrss) / 1024.0);
}

}  // namespace

std::string grouped(double number) {
  std::string digits = fmt::format("{:.0f}", std::fabs(number));
  for (std::ptrdiff_t i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return (number <= -0.5 ? "-" : "") + digits;
}

std::string closing_summary(const Planned& planned, const std::filesystem::path& folder) {
  const PlanResult& result = planned.result;
  std::string of_studies;
  planned.studies.each_asked([&](const auto& study) { of_studies += closing_of(study); });
  return heading(planned.input) + people(planned.input, result.statistics) + municipalities(result.statistics) +
         ground(result.statistics) + roads(result.statistics) + of_studies + warning_lines(result.warnings) +
         timing(result) + fmt::format("Report: {}\n", (folder / "report.html").string());
}

std::string check_summary(const Scenario& scenario) {
  const PlanInput& input = scenario.input;
  std::string out = heading(input);
  out +=
      fmt::format("  {} people in {} places, {} municipalities, {} roads\n", grouped(input.world.population.total),
                  grouped(static_cast<double>(input.world.population.units.size())),
                  input.world.boundaries.municipalities.size(), input.world.roads.roads.size());
  scenario.studies.each_asked(
      [&](const auto& study) { out += fmt::format("  {}: {}\n", study.id, study.plan_text()); });
  out += "  a run takes " + estimate_text(run_estimate(input), input.engine.coverage.threads) +
         ", without what its studies add\n";
  return out + warning_lines(input.warnings) + "The scenario is valid.\n";
}

}  // namespace amaneku::scenarios
