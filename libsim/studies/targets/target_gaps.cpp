// The places that would close the gap of a missed target.
#include <algorithm>
#include <cmath>

#include "libsim/studies/targets/target_measure.hpp"
#include "terrain/people/mesh_code.hpp"

namespace amaneku {
namespace {

std::vector<TargetGap> uncovered_meshes(const TargetMeasure& measure, const Target& target) {
  const TargetInput& input = measure.input();
  const ServedSince& served = measure.networks(target.metric).front();
  const PeopleMeshes& people = measure.people();
  std::map<std::pair<std::size_t, std::string>, double> missing;  // by mesh and part
  for (const MeshShare& share : people.shares) {
    const double covered =
        measure.mesh_cells().covered_share(share.mesh, input.options.mesh_rule, served, target.fiscal_year);
    const double people_there = share.people * (1.0 - covered);
    if (people_there > 0.0)
      missing[{share.mesh, measure.part_of(share.municipality, target.scope)}] += people_there;
  }
  std::vector<TargetGap> out;
  for (const auto& [where, people_there] : missing) {
    const PeopleMesh& mesh = people.meshes[where.first];
    out.push_back({.kind = TargetGap::Kind::mesh,
                   .id = mesh.code,
                   .part = where.second,
                   .at = mesh.centre,
                   .end = mesh.centre,
                   .people = people_there,
                   .gain = people_there});
  }
  return out;
}

std::vector<TargetGap> unserved_sections(const TargetMeasure& measure, const Target& target) {
  const Roads& roads = measure.input().roads;
  const ServedSince& served = measure.networks(target.metric).front();
  std::vector<RoadSection> sections;
  for (std::size_t i = 0; i < roads.roads.size(); ++i) {
    if (measure.in_scope(roads.roads[i], target.scope))
      measure.road_samples().add_unserved(i, served, target.fiscal_year, sections);
  }
  std::vector<TargetGap> out;
  for (const RoadSection& section : sections) {
    const Road& road = roads.roads[section.road];
    out.push_back({.kind = TargetGap::Kind::road,
                   .id = road.id,
                   .name = road.name,
                   .at = section.start,
                   .end = section.end,
                   .length_m = section.length_m(),
                   .gain = section.length_m()});
  }
  return out;
}

/// By people, though each counts as one.
std::vector<TargetGap> meshes_without_parent(const TargetMeasure& measure, int year) {
  const std::set<std::string> with = measure.meshes_with_parent(year);
  std::vector<TargetGap> out;
  for (const auto& [code, people] : measure.wide_meshes()) {
    if (with.count(code) > 0) continue;
    const Point centre = measure.input().crs.to_plan(decode_mesh(code).box.centre());
    out.push_back({.kind = TargetGap::Kind::mesh_10km,
                   .id = code,
                   .at = centre,
                   .end = centre,
                   .people = people,
                   .gain = 1.0});
  }
  return out;
}

std::vector<TargetGap> municipalities_without_station(const TargetMeasure& measure, int year) {
  const std::vector<bool> with = measure.municipalities_with_station(year);
  const auto& municipalities = measure.input().boundaries.municipalities;
  std::vector<double> people(municipalities.size(), 0.0);
  for (const MeshShare& share : measure.people().shares) {
    if (share.municipality >= 0) people[static_cast<std::size_t>(share.municipality)] += share.people;
  }
  std::vector<TargetGap> out;
  for (std::size_t i = 0; i < municipalities.size(); ++i) {
    if (with[i] || !measure.municipalities_in_plan()[i]) continue;
    const Point at = inner_point(municipalities[i].area);
    out.push_back({.kind = TargetGap::Kind::municipality,
                   .id = municipalities[i].code,
                   .name = municipalities[i].name,
                   .at = at,
                   .end = at,
                   .people = people[i],
                   .gain = 1.0});
  }
  return out;
}

/// What is missing of `part`, in people, m, meshes or municipalities.
double missing_of(const Target& target, double whole, double part) {
  if (target.unit == "%") return 0.01 * target.value * whole - part;
  return whole - part - target.value;  // people outside
}

/// The largest first, as many as `missing` needs.
void keep_until(std::vector<TargetGap>& places, double missing) {
  const auto larger = [](const TargetGap& a, const TargetGap& b) {
    return a.gain != b.gain ? a.gain > b.gain : a.people > b.people;
  };
  std::stable_sort(places.begin(), places.end(), larger);
  double gained = 0.0;
  std::size_t kept = 0;
  // The sum of gains may round below what is missing by a part in 10^12.
  while (kept < places.size() && gained < missing - 1e-9 * std::fabs(missing)) {
    gained += places[kept].gain;
    places[kept].gained = gained;
    ++kept;
  }
  places.resize(kept);
}

std::vector<TargetGap> all_places(const TargetMeasure& measure, const Target& target) {
  switch (target.metric) {
    case TargetMetric::population_coverage_5g:
    case TargetMetric::population_outside_4g:
      return uncovered_meshes(measure, target);
    case TargetMetric::road_coverage:
      return unserved_sections(measure, target);
    case TargetMetric::base_deployment_rate_5g:
      return meshes_without_parent(measure, target.fiscal_year);
    case TargetMetric::municipalities_with_5g:
      return municipalities_without_station(measure, target.fiscal_year);
    default:
      return {};
  }
}

/// For every part that misses the target, its own places.
std::vector<TargetGap> places_by_part(const std::vector<TargetGap>& places, const TargetResult& result) {
  std::vector<TargetGap> out;
  for (const TargetPart& part : result.parts) {
    if (part.met) continue;
    std::vector<TargetGap> own;
    std::copy_if(places.begin(), places.end(), std::back_inserter(own),
                 [&](const TargetGap& place) { return place.part == part.code; });
    keep_until(own, missing_of(result.target, part.whole, part.part));
    out.insert(out.end(), own.begin(), own.end());
  }
  return out;
}

}  // namespace

std::vector<TargetGap> gaps_to_close(const TargetMeasure& measure, const TargetResult& result) {
  std::vector<TargetGap> out = all_places(measure, result.target);
  if (result.parts.empty()) {
    keep_until(out, missing_of(result.target, result.whole, result.part));
  } else {
    out = places_by_part(out, result);
  }
  for (TargetGap& place : out) {
    place.at_lonlat = measure.input().crs.to_lonlat(place.at);
    place.end_lonlat = measure.input().crs.to_lonlat(place.end);
  }
  return out;
}

}  // namespace amaneku
