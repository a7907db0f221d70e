#include "libsim/studies/targets/target_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "libsim/studies/targets/municipal_overlap.hpp"
#include "libsim/studies/targets/target_measure.hpp"

namespace amaneku {
namespace {

const SuppliedActual* supplied(const TargetOptions& options, const Target& target) {
  const auto found = std::find_if(options.supplied.begin(), options.supplied.end(),
                                  [&](const SuppliedActual& actual) { return actual.id == target.id; });
  return found == options.supplied.end() ? nullptr : &*found;
}

void judge(TargetResult& result) {
  if (!result.actual) return;
  result.met = result.target.met_by(*result.actual);
  result.shortfall = result.target.shortfall(*result.actual);
}

/// What the country was to reach by a year that is over cannot be missed by a region any more.
bool is_past(const TargetOptions& options, const Target& target) {
  const bool own = target.scope == TargetScope::region || target.scope == TargetScope::each_municipality;
  return !own && !options.whole_country && target.fiscal_year < options.as_of_year;
}

TargetResult checked(const TargetMeasure& measure, const Target& target) {
  TargetResult out{.target = target, .past = is_past(measure.input().options, target)};
  if (const SuppliedActual* given = supplied(measure.input().options, target)) {
    out.actual = given->value;
    out.source_of_actual = given->source;
    judge(out);
    return out;
  }
  Measured measured = measure.measure(target, 0, target.fiscal_year);
  out.actual = measured.actual;
  out.reason = measured.reason;
  out.whole = measured.whole;
  out.part = measured.part;
  out.parts = std::move(measured.parts);
  out.outside = std::move(measured.outside);
  judge(out);
  if (!out.actual) return out;
  const std::vector<ServedSince>& networks = measure.networks(target.metric);
  for (std::size_t k = 1; k < networks.size(); ++k) {
    const Measured alone = measure.measure(target, k, target.fiscal_year);
    const double actual = alone.actual.value_or(0.0);
    out.networks.push_back({networks[k].network, actual, target.met_by(actual)});
  }
  if (!out.met && !out.past) out.gaps = gaps_to_close(measure, out);
  return out;
}

/// Years of the sectors, the targets and those asked for.
std::vector<int> fiscal_years(const TargetInput& input) {
  std::set<int> years(input.options.fiscal_years.begin(), input.options.fiscal_years.end());
  for (const Target& target : input.options.targets) {
    if (target.kind == TargetKind::target) years.insert(target.fiscal_year);
  }
  for (const Site& site : input.sites) {
    for (const Sector& sector : site.sectors) {
      if (site.existing && sector.fiscal_year > 0) years.insert(sector.fiscal_year);
    }
  }
  return {years.begin(), years.end()};
}

bool has_years(const std::vector<Site>& sites) {
  return std::any_of(sites.begin(), sites.end(), [](const Site& site) {
    return site.existing && std::any_of(site.sectors.begin(), site.sectors.end(),
                                        [](const Sector& sector) { return sector.fiscal_year > 0; });
  });
}

std::vector<TargetCurve> curves(const TargetMeasure& measure, const std::vector<TargetResult>& results,
                                const std::vector<int>& years) {
  std::vector<TargetCurve> out;
  std::set<std::pair<TargetMetric, TargetScope>> done;
  for (const TargetResult& result : results) {
    const Target& target = result.target;
    if (!result.actual || !(result.whole > 0.0)) continue;  // of the plan only
    if (!done.insert({target.metric, target.scope}).second) continue;
    const std::vector<ServedSince>& networks = measure.networks(target.metric);
    for (std::size_t k = 0; k < networks.size(); ++k) {
      TargetCurve curve{.metric = target.metric, .scope = target.scope, .network = networks[k].network};
      for (const int year : years) {
        if (const auto actual = measure.measure(target, k, year).actual) curve.points.emplace_back(year, *actual);
      }
      out.push_back(std::move(curve));
    }
  }
  return out;
}

bool wants(const TargetOptions& options, std::initializer_list<TargetMetric> metrics) {
  return std::any_of(options.targets.begin(), options.targets.end(), [&](const Target& target) {
    return target.kind == TargetKind::target &&
           std::find(metrics.begin(), metrics.end(), target.metric) != metrics.end();
  });
}

void warn_of_roads(const TargetInput& input, std::vector<Warning>& warnings) {
  static const std::set<std::string> kKnown = {"expressway", "national", "prefectural", "local"};
  const auto& roads = input.roads.roads;
  const auto unknown = std::count_if(roads.begin(), roads.end(),
                                     [](const Road& road) { return kKnown.count(road.road_class) == 0; });
  if (unknown == 0) return;
  warnings.push_back(
      {"roads_without_class",
       "roads whose class is neither expressway, national, prefectural nor local: they count for no "
       "target; name the field with roads.class_field, or the class with roads.road_class",
       unknown});
}

void warn_of_tunnels(const TargetInput& input, std::vector<Warning>& warnings) {
  double all_m = 0.0;
  double unknown_m = 0.0;
  long long unknown = 0;
  for (const Road& road : input.roads.roads) {
    if (road.road_class != "expressway" && road.road_class != "national") continue;
    const double of_road_m = length_m(road.line);
    all_m += of_road_m;
    if (road.tunnel != Presence::unknown) continue;
    unknown_m += of_road_m;
    ++unknown;
  }
  if (unknown == 0) return;
  warnings.push_back(
      {"targets_tunnels_unknown",
       fmt::format("of {:.0f} % of the expressways and national highways ({:.1f} km) the data do not say whether "
                   "they run in tunnels: they count as open ground (roads.tunnel_field)",
                   100.0 * unknown_m / all_m, unknown_m / 1000.0),
       unknown});
}

void warn_of_sectors(const TargetInput& input, std::vector<Warning>& warnings) {
  long long unknown = 0;
  for (const Site& site : input.sites) {
    for (const Sector& sector : site.sectors) unknown += site.existing && !sector.carrier ? 1 : 0;
  }
  if (unknown > 0) {
    warnings.push_back({"targets_technology_unknown",
                        "sectors of no known technology: they count for no target of 4G or 5G", unknown});
  }
  long long of_none = 0;
  std::set<std::string> technologies;
  for (const Site& site : input.sites) {
    for (const Sector& sector : site.sectors) {
      if (!site.existing || !sector.carrier || is_of_generation(sector, "5G", input.options.technologies_5g) ||
          is_of_generation(sector, "4G", input.options.technologies_4g))
        continue;
      ++of_none;
      technologies.insert(sector.carrier->technology);
    }
  }
  if (of_none == 0) return;
  warnings.push_back(
      {"targets_without_generation",
       fmt::format("sectors whose technology is of neither 5G nor 4G ({}): they count for no target of "
                   "either; state its generation in the catalogue, or targets.technologies_5g",
                   fmt::join(technologies, ", ")),
       of_none});
}

void warn_of_overlaps(const TargetInput& input, std::vector<Warning>& warnings) {
  const std::vector<MunicipalOverlap> overlaps = municipal_overlaps(input.boundaries, input.grid);
  if (overlaps.empty()) return;
  const MunicipalOverlap& largest = overlaps.front();
  warnings.push_back(
      {"municipalities_overlap",
       fmt::format("municipalities that lie on one another, {} and {} by {:.2f} km2: people and cells "
                   "there count for one of them only",
                   largest.first, largest.second, largest.area_m2 / 1e6),
       static_cast<long long>(overlaps.size())});
}

void warn_of_people(const TargetMeasure& measure, const TargetReport& report, std::vector<Warning>& warnings) {
  const PeopleMeshes& people = measure.people();
  if (people.divided > 0) {
    warnings.push_back({"targets_mesh_divided",
                        "meshes of people are coarser than those of the targets: their people were spread evenly",
                        people.divided});
  }
  if (people.kept > 0) {
    warnings.push_back({"targets_not_a_mesh",
                        "areas of people that are no meshes and larger than one count as a mesh each",
                        people.kept});
  }
  if (report.people_outside_municipalities > 0.0) {
    warnings.push_back(
        {"targets_people_without_municipality",
         fmt::format("{:.0f} people live in no municipality: they count for the whole plan, and in no "
                     "prefecture",
                     report.people_outside_municipalities)});
  }
}

}  // namespace

TargetReport check_targets(const TargetInput& input, std::vector<Warning>& warnings) {
  const TargetMeasure measure(input);
  TargetReport out{.fiscal_years = fiscal_years(input),
                   .people = measure.people().total,
                   .meshes = static_cast<long long>(measure.people().meshes.size())};
  for (const MeshShare& share : measure.people().shares) {
    out.people_outside_municipalities += share.municipality < 0 ? share.people : 0.0;
  }
  for (const Target& target : input.options.targets) {
    if (target.kind == TargetKind::target) out.results.push_back(checked(measure, target));
  }
  if (has_years(input.sites)) out.curves = curves(measure, out.results, out.fiscal_years);
  if (wants(input.options, {TargetMetric::road_coverage})) {
    warn_of_roads(input, warnings);
    warn_of_tunnels(input, warnings);
  }
  warn_of_sectors(input, warnings);
  warn_of_overlaps(input, warnings);
  warn_of_people(measure, out, warnings);
  return out;
}

}  // namespace amaneku
