#include "scenarios/serve/plan_description.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/report/names.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/report/picture.hpp"
#include "scenarios/serve/map_rasters.hpp"
#include "terrain/crs.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

using PageJson = nlohmann::ordered_json;

PageJson share(double part, double whole) {
  return whole > 0.0 ? PageJson(100.0 * part / whole) : PageJson(nullptr);
}

PageJson grid_json(const Grid& grid) {
  return {{"west_m", grid.west_m},
          {"north_m", grid.north_m},
          {"cell_m", grid.cell_m},
          {"nx", grid.nx},
          {"ny", grid.ny}};
}

PageJson sector_json(const Sector& sector) {
  PageJson out = {{"id", sector.id},
                  {"antenna", sector.antenna_name},
                  {"technology", sector.technology},
                  {"freq_hz", sector.freq_hz}};
  for (const EditableValue& value : editable_values()) out[value.key] = value_of(sector, value.key);
  return out;
}

bool same_values(const Site& a, const Site& b) {
  if (a.position != b.position || a.existing != b.existing || a.sectors.size() != b.sectors.size()) return false;
  for (std::size_t k = 0; k < a.sectors.size(); ++k) {
    for (const EditableValue& value : editable_values()) {
      if (value_of(a.sectors[k], value.key) != value_of(b.sectors[k], value.key)) return false;
    }
  }
  return true;
}

PageJson sites_json(const Network& network, const Network& base) {
  PageJson out = PageJson::array();
  for (std::size_t i = 0; i < network.sites.size(); ++i) {
    const Site& site = network.sites[i];
    PageJson sectors = PageJson::array();
    for (const Sector& sector : site.sectors) sectors.push_back(sector_json(sector));
    out.push_back({{"id", site.id},
                   {"name", site.name},
                   {"operator", site.operator_id},
                   {"lon", site.position.lon_deg},
                   {"lat", site.position.lat_deg},
                   {"existing", site.existing},
                   {"changed", i >= base.sites.size() || !same_values(site, base.sites[i])},
                   {"sectors", std::move(sectors)}});
  }
  return out;
}

PageJson people(const PeopleCovered& now, const PeopleCovered& before) {
  return {{"in_plan", now.in_plan()},
          {"covered", now.covered},
          {"covered_before", before.covered},
          {"percent", share(now.covered, now.in_plan())},
          {"percent_before", share(before.covered, before.in_plan())}};
}

PageJson figures(const PlanResult& now, const PlanResult& before) {
  const CoverageStatistics& is = now.statistics;
  const CoverageStatistics& was = before.statistics;
  PageJson municipalities = PageJson::array();
  for (std::size_t i = 0; i < is.municipalities.size(); ++i) {
    const MunicipalityCoverage& of = is.municipalities[i];
    if (!of.in_plan()) continue;
    PageJson row = {{"code", of.code}, {"name", of.name}};
    row.update(people(of.people, was.municipalities[i].people));
    municipalities.push_back(std::move(row));
  }
  PageJson roads = PageJson::array();
  for (const RoadCoverage& road : is.roads) {
    const auto counterpart = std::find_if(was.roads.begin(), was.roads.end(), [&](const RoadCoverage& other) {
      return other.road_class == road.road_class;
    });
    roads.push_back({{"class", road.road_class},
                     {"length_km", road.length_m / 1e3},
                     {"covered_km", road.covered_m / 1e3},
                     {"covered_km_before", counterpart == was.roads.end() ? 0.0 : counterpart->covered_m / 1e3}});
  }
  return {{"population", people(is.population, was.population)},
          {"area",
           {{"total_km2", is.area.total_m2 / 1e6},
            {"covered_km2", is.area.covered_m2 / 1e6},
            {"covered_km2_before", was.area.covered_m2 / 1e6}}},
          {"municipalities", std::move(municipalities)},
          {"roads", std::move(roads)}};
}

PageJson crs_json(const std::string& id, Language language) {
  const Crs crs = Crs::from_text(id);
  return {{"id", crs.id()}, {"name", crs_name(crs.name(), language)}, {"proj4", crs.proj4()}};
}

PageJson editable_json() {
  PageJson out = PageJson::array();
  for (const EditableValue& value : editable_values())
    out.push_back({{"key", value.key}, {"unit", value.unit}, {"min", value.range.min}, {"max", value.range.max}});
  return out;
}

/// Names of those in use, by id.
PageJson technologies_json(const Network& network, Language language) {
  PageJson out = PageJson::object();
  for (const Site& site : network.sites) {
    for (const Sector& sector : site.sectors) {
      if (!sector.technology.empty()) out[sector.technology] = technology_name(sector.technology, language);
    }
  }
  return out;
}

}  // namespace

PageJson state_description(const PlanState& state, const HeldAgainst& against) {
  PageJson timing = PageJson::object();
  for (const auto& [stage, seconds] : state.plan->result.timing_s) timing[stage] = seconds;
  return {{"revision", state.revision},
          {"can_undo", state.steps_done > 0},
          {"can_redo", state.steps_done < state.steps_known},
          {"studies_current", state.studies_current},
          {"seconds", state.seconds},
          {"timing_s", std::move(timing)},
          {"sites", sites_json(state.plan->input.network, against.base.plan->input.network)},
          {"figures", figures(state.plan->result, against.before.plan->result)}};
}

PageJson plan_description(const PlanState& state, const HeldAgainst& against, const Grid& preview_grid,
                          Language language) {
  const PlanInput& input = state.plan->input;
  const bool another = &against.before != &against.base;
  const std::string covered = fill(
      phrases::kCoveredMeans.in(language),
      {fmt::format("{:g}", input.statistics.threshold_dbm), fmt::format("{:g}", input.network.receiver.rx_agl_m)});
  return {{"version", std::string(program_version())},
          {"title", title_of(input.provenance, language)},
          {"description", description_of(input.provenance, language)},
          {"credits", credits_of(input.provenance, language)},
          {"synthetic", input.provenance.synthetic},
          {"covered_means", covered},
          {"threshold_dbm", input.statistics.threshold_dbm},
          {"effective_earth_radius_m", input.engine.coverage.effective_earth_radius_m},
          {"rx_agl_m", input.network.receiver.rx_agl_m},
          {"crs", crs_json(input.world.crs_id, language)},
          {"grid", grid_json(state.plan->result.grid)},
          {"preview_grid", grid_json(preview_grid)},
          {"no_terrain_colour", hex_colour(kNoTerrainColour)},
          {"editable", editable_json()},
          {"technologies", technologies_json(input.network, language)},
          {"rasters", raster_list(*state.plan, language)},
          {"against", another ? PageJson(title_of(against.before.plan->input.provenance, language)) : PageJson()},
          {"state", state_description(state, against)}};
}

}  // namespace amaneku::scenarios
