#include "scenarios/closing_summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace amaneku::scenarios {
namespace {

std::string percent_of(double part, double total) {
  return total > 0.0 ? fmt::format("{:.1f} %", 100.0 * part / total) : "-";
}

std::size_t planned_sectors(const PlanInput& input) {
  std::size_t n = 0;
  for (const Site& site : input.sites) n += site.existing ? site.sectors.size() : 0;
  return n;
}

std::string counted(std::size_t n, std::string_view thing) {
  return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

std::string heading(const PlanInput& input) {
  const Grid& grid = input.ground.ground_asl_m.grid;
  const auto existing = static_cast<std::size_t>(
      std::count_if(input.sites.begin(), input.sites.end(), [](const Site& site) { return site.existing; }));
  const std::size_t candidates = input.sites.size() - existing;
  std::string out = input.provenance.scenario_name + '\n';
  if (!input.provenance.scenario_description.empty()) out += "  " + input.provenance.scenario_description + '\n';
  if (input.provenance.synthetic) {
    out += fmt::format("  SYNTHETIC input: {}\n", fmt::join(input.provenance.synthetic_parts, ", "));
  }
  out += fmt::format("  {} with {}", counted(existing, "site"), counted(planned_sectors(input), "sector"));
  if (candidates > 0) out += fmt::format(" ({} not planned on)", counted(candidates, "candidate"));
  out += fmt::format("; {:.1f} km x {:.1f} km in cells of {} m ({} x {}), {}\n", grid.nx * grid.cell_m / 1000.0,
                     grid.ny * grid.cell_m / 1000.0, grid.cell_m, grid.nx, grid.ny, input.crs_id);
  out +=
      fmt::format("  model {}, {} engine, radius {:g} km\n", model_text(input.model),
                  input.coverage.engine == Engine::radial ? "radial" : "exact", input.coverage.radius_m / 1000.0);
  for (const RadioModel& loss : input.coverage.added_losses) out += fmt::format("  plus {}\n", model_text(loss));
  out += fmt::format("  air: effective Earth radius {:g} km ({}), N0 {:g} ({})\n",
                     input.coverage.effective_earth_radius_m / 1000.0, origin_text(input.climate.earth_radius),
                     input.coverage.n0, origin_text(input.climate.n0));
  return out;
}

std::string people(const PlanInput& input, const CoverageStatistics& found) {
  const PeopleCovered& all = found.population;
  if (!(all.total > 0.0)) return "\nPeople: no population was given\n";
  const double inside = all.total - all.outside_plan;
  std::string out = fmt::format("\nPeople covered (received power >= {} dBm): {} of {} in the area ({})\n",
                                input.statistics.threshold_dbm, grouped(all.covered), grouped(inside),
                                percent_of(all.covered, inside));
  out += fmt::format("  below the threshold {}, not computed {}", grouped(all.below_threshold),
                     grouped(all.not_computed));
  if (all.outside_plan > 0.0) {
    out += fmt::format("; outside the area {} (total read {})", grouped(all.outside_plan), grouped(all.total));
  }
  return out + '\n';
}

std::string municipality_rows(const std::vector<const MunicipalityCoverage*>& rows) {
  std::string out;
  for (const MunicipalityCoverage* row : rows) {
    const double inside = row->people.total - row->people.outside_plan;
    out += fmt::format("  {:>8}  {:>11} of {:>11}  {} {}\n", percent_of(row->people.covered, inside),
                       grouped(row->people.covered), grouped(inside), row->code, row->name);
  }
  return out;
}

double share(const MunicipalityCoverage& m) {
  return m.people.covered / (m.people.total - m.people.outside_plan);
}

std::string municipalities(const CoverageStatistics& found) {
  constexpr std::size_t kShown = 5;
  std::vector<const MunicipalityCoverage*> rows;
  for (const MunicipalityCoverage& m : found.municipalities) {
    if (m.people.total - m.people.outside_plan >= 0.5) rows.push_back(&m);
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

std::string bill(const PlanInput& input, const PlanResult& result) {
  if (!result.bill) return {};
  const auto yen = [](std::int64_t amount_jpy) { return grouped(static_cast<double>(amount_jpy)); };
  const Bill& found = *result.bill;
  std::string out =
      fmt::format("\nCosts (JPY of {}): purchase {}, operation {} a year; present value of {} years {}\n",
                  input.money->terms.basis.year, yen(found.capex_jpy), yen(found.opex_jpy_per_year),
                  input.money->horizon.years, yen(found.life.present_jpy));
  if (!found.has_funding) return out;
  const auto part = [&](Payer payer) { return yen(found.by_body_jpy[static_cast<std::size_t>(payer)]); };
  return out + fmt::format("  paid by nation {}, prefecture {}, municipality {} (after bonds {}), operator {}\n",
                           part(Payer::nation), part(Payer::prefecture), part(Payer::municipality),
                           yen(found.municipality_least_jpy), part(Payer::mobile_operator));
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

std::string closing_summary(const PlanInput& input, const PlanResult& result,
                            const std::filesystem::path& folder) {
  return heading(input) + people(input, result.statistics) + municipalities(result.statistics) +
         ground(result.statistics) + roads(result.statistics) + bill(input, result) +
         warning_lines(result.warnings) + timing(result) +
         fmt::format("Report: {}\n", (folder / "report.html").string());
}

std::string check_summary(const PlanInput& input) {
  std::string out = heading(input);
  out += fmt::format("  {} people in {} places, {} municipalities, {} roads\n", grouped(input.population.total),
                     grouped(static_cast<double>(input.population.units.size())),
                     input.boundaries.municipalities.size(), input.roads.roads.size());
  return out + warning_lines(input.warnings) + "The scenario is valid.\n";
}

}  // namespace amaneku::scenarios
