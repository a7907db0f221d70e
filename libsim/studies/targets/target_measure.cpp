#include "libsim/studies/targets/target_measure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "terrain/people/mesh_code.hpp"

namespace amaneku {
namespace {

constexpr int kMesh10km = 2;  // Mesh::level

Measured not_evaluated(NotEvaluated reason) {
  return {.reason = reason};
}

Measured share_of(double part, double whole, NotEvaluated nothing) {
  if (!(whole > 0.0)) return not_evaluated(nothing);
  return {.actual = 100.0 * part / whole, .whole = whole, .part = part};
}

bool has_mesh_codes(LonLat p) {
  return p.lon_deg >= 100.0 && p.lon_deg < 180.0 && p.lat_deg >= 0.0 && p.lat_deg < 66.0;
}

bool is_for_each(TargetScope scope) {
  return scope == TargetScope::each_prefecture || scope == TargetScope::each_municipality;
}

}  // namespace

bool is_of_generation(const Sector& sector, std::string_view generation,
                      const std::vector<std::string>& beginnings) {
  if (!sector.carrier) return false;
  if (beginnings.empty()) return sector.carrier->generation == generation;
  return std::any_of(beginnings.begin(), beginnings.end(), [&](const std::string& beginning) {
    return sector.carrier->technology.starts_with(beginning);
  });
}

TargetMeasure::TargetMeasure(const TargetInput& input)
    : input_(input),
      people_(people_meshes(input.population, input.crs, input.options.mesh_level)),
      mesh_cells_(people_.meshes, input.grid),
      road_samples_(input.roads, input.grid, input.road_step_m) {
  find_wide_meshes();
  std::vector<const MultiPolygon*> areas;
  for (const Municipality& municipality : input.boundaries.municipalities) {
    areas.push_back(&municipality.area);
    in_plan_.push_back(input.grid.contains(inner_point(municipality.area)));
  }
  const AreaIndex index(areas);
  for (const Site& site : input.sites) municipality_of_site_.push_back(index.find(site.at));
}

void TargetMeasure::find_wide_meshes() {
  for (const MeshShare& share : people_.shares) {
    if (!(share.people > 0.0)) continue;
    const LonLat at = input_.crs.to_lonlat(people_.meshes[share.mesh].centre);
    if (!has_mesh_codes(at)) continue;
    const std::string code = encode_mesh(at, kMesh10km);
    if (input_.grid.contains(input_.crs.to_plan(decode_mesh(code).box.centre())))
      wide_meshes_[code] += share.people;
  }
}

const std::vector<ServedSince>& TargetMeasure::networks(TargetMetric metric) const noexcept {
  if (metric == TargetMetric::population_outside_4g) return input_.of_4g;
  return metric == TargetMetric::road_coverage ? input_.on_roads : input_.of_5g;
}

Measured TargetMeasure::measure(const Target& target, std::size_t network, int year) const {
  const std::vector<ServedSince>& all = networks(target.metric);
  switch (target.metric) {
    case TargetMetric::fibre_households:
    case TargetMetric::schools_without_access:
    case TargetMetric::level4_services:
      return not_evaluated(NotEvaluated::needs_supply);
    case TargetMetric::road_coverage:
      if (all.empty()) return not_evaluated(NotEvaluated::no_sector_on_roads);
      return roads(target.scope, all[network], year);
    default:
      break;
  }
  if (all.empty()) {
    const bool of_4g = target.metric == TargetMetric::population_outside_4g;
    return not_evaluated(of_4g ? NotEvaluated::no_4g : NotEvaluated::no_5g);
  }
  switch (target.metric) {
    case TargetMetric::population_coverage_5g:
      return people_share(target, all[network], year);
    case TargetMetric::population_outside_4g:
      if (is_for_each(target.scope)) return not_evaluated(NotEvaluated::whole_only);
      return people_outside(all[network], year);
    case TargetMetric::base_deployment_rate_5g:
      return deployment(all[network].network, year);
    case TargetMetric::municipalities_with_5g:
      return municipalities(all[network].network, year);
    default:
      return stations(target.scope, all[network].network, year);
  }
}

std::string TargetMeasure::part_of(int municipality, TargetScope scope) const {
  if (municipality < 0 || !is_for_each(scope)) return {};
  const std::string& code = input_.boundaries.municipalities[static_cast<std::size_t>(municipality)].code;
  return scope == TargetScope::each_prefecture ? code.substr(0, 2) : code;
}

double TargetMeasure::left_out_share(std::size_t mesh) const {
  if (!input_.already.given() || input_.options.already_served == AlreadyServed::reached) return 0.0;
  return mesh_cells_.covered_share(mesh, input_.options.mesh_rule, input_.already, 0);
}

/// Why there is nothing to take a share of: perhaps all of it is served already.
NotEvaluated TargetMeasure::nothing(NotEvaluated reason) const noexcept {
  const bool leaves_out = input_.already.given() && input_.options.already_served == AlreadyServed::left_out;
  return leaves_out ? NotEvaluated::all_served : reason;
}

Measured TargetMeasure::people_share(const Target& target, const ServedSince& served, int year) const {
  std::map<std::string, TargetPart> parts;
  double whole = 0.0;
  double part = 0.0;
  for (const MeshShare& share : people_.shares) {
    const double left_out = left_out_share(share.mesh);
    const double counted = share.people * (1.0 - left_out);
    const double covered =
        share.people * (mesh_cells_.covered_share(share.mesh, input_.options.mesh_rule, served, year) - left_out);
    whole += counted;
    part += covered;
    const std::string code = part_of(share.municipality, target.scope);
    TargetPart& of = parts[code];
    of.whole += counted;
    of.part += covered;
    if (target.scope == TargetScope::each_municipality && !code.empty())
      of.name = input_.boundaries.municipalities[static_cast<std::size_t>(share.municipality)].name;
  }
  Measured out =
      share_of(part, whole, people_.total > 0.0 ? nothing(NotEvaluated::no_people) : NotEvaluated::no_people);
  if (!is_for_each(target.scope)) return out;
  out.actual.reset();
  for (auto& [code, of] : parts) {
    if (code.empty()) out.outside = of;
    if (code.empty() || !(of.whole > 0.0)) continue;
    of.code = code;
    of.actual = 100.0 * of.part / of.whole;
    of.met = target.met_by(of.actual);
    out.actual = std::min(out.actual.value_or(of.actual), of.actual);
    out.parts.push_back(std::move(of));
  }
  if (!out.actual) out.reason = nothing(NotEvaluated::no_people_in_municipality);
  return out;
}

Measured TargetMeasure::people_outside(const ServedSince& served, int year) const {
  Measured out;
  for (const MeshShare& share : people_.shares) {
    const double left_out = left_out_share(share.mesh);
    out.whole += share.people * (1.0 - left_out);
    out.part +=
        share.people * (mesh_cells_.covered_share(share.mesh, input_.options.mesh_rule, served, year) - left_out);
  }
  if (!(people_.total > 0.0)) return not_evaluated(NotEvaluated::no_people);
  out.actual = out.whole - out.part;
  return out;
}

bool TargetMeasure::in_scope(const Road& road, TargetScope scope) const {
  if (road.road_class == "expressway") return true;
  return road.road_class == "national" && scope == TargetScope::expressways_and_national_highways;
}

Measured TargetMeasure::roads(TargetScope scope, const ServedSince& served, int year) const {
  RoadLength sum;
  const bool leaves_out = input_.already.given() && input_.options.already_served == AlreadyServed::left_out;
  double all_m = 0.0;
  for (std::size_t i = 0; i < input_.roads.roads.size(); ++i) {
    if (!in_scope(input_.roads.roads[i], scope)) continue;
    const RoadLength of = road_samples_.length(i, served, year);
    const RoadLength already = leaves_out ? road_samples_.length(i, input_.already, year) : RoadLength{};
    all_m += of.total_m;
    sum.total_m += of.total_m - already.served_m;
    sum.served_m += of.served_m - already.served_m;
  }
  return share_of(sum.served_m, sum.total_m, all_m > 0.0 ? nothing(NotEvaluated::no_road) : NotEvaluated::no_road);
}

bool TargetMeasure::has_5g(const Site& site, std::string_view network, int year) const {
  if (!network.empty() && site.operator_id != network) return false;
  return site.existing && std::any_of(site.sectors.begin(), site.sectors.end(), [&](const Sector& sector) {
           return sector.fiscal_year <= year && is_of_generation(sector, "5G", input_.options.technologies_5g);
         });
}

std::set<std::string> TargetMeasure::meshes_with_parent(int year, std::string_view network) const {
  const auto& parents = input_.options.parent_sites;
  std::set<std::string> out;
  for (const Site& site : input_.sites) {
    const bool parent = parents.empty() || std::find(parents.begin(), parents.end(), site.id) != parents.end();
    if (parent && has_5g(site, network, year) && has_mesh_codes(site.position))
      out.insert(encode_mesh(site.position, kMesh10km));
  }
  return out;
}

Measured TargetMeasure::deployment(std::string_view network, int year) const {
  const std::set<std::string> with = meshes_with_parent(year, network);
  const auto held = std::count_if(wide_meshes_.begin(), wide_meshes_.end(),
                                  [&](const auto& mesh) { return with.count(mesh.first) > 0; });
  return share_of(static_cast<double>(held), static_cast<double>(wide_meshes_.size()), NotEvaluated::no_mesh);
}

std::vector<bool> TargetMeasure::municipalities_with_station(int year, std::string_view network) const {
  std::vector<bool> with(in_plan_.size(), false);
  for (std::size_t i = 0; i < input_.sites.size(); ++i) {
    const int municipality = municipality_of_site_[i];
    if (municipality >= 0 && has_5g(input_.sites[i], network, year))
      with[static_cast<std::size_t>(municipality)] = true;
  }
  return with;
}

Measured TargetMeasure::municipalities(std::string_view network, int year) const {
  const std::vector<bool> with = municipalities_with_station(year, network);
  double held = 0.0;
  for (std::size_t i = 0; i < with.size(); ++i) held += in_plan_[i] && with[i] ? 1.0 : 0.0;
  const auto all = static_cast<double>(std::count(in_plan_.begin(), in_plan_.end(), true));
  return share_of(held, all, NotEvaluated::no_municipality);
}

Measured TargetMeasure::stations(TargetScope scope, std::string_view network, int year) const {
  if (is_for_each(scope)) return not_evaluated(NotEvaluated::whole_only);
  const auto count = std::count_if(input_.sites.begin(), input_.sites.end(),
                                   [&](const Site& site) { return has_5g(site, network, year); });
  if (scope == TargetScope::national && !input_.options.whole_country) {
    return not_evaluated(NotEvaluated::national_count);
  }
  return {.actual = static_cast<double>(count),
          .whole = static_cast<double>(count),
          .part = static_cast<double>(count)};
}

}  // namespace amaneku
