#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/outputs.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

/// A share of nothing is null, not zero.
Json percent(double part, double total) {
  return total > 0.0 ? Json(100.0 * part / total) : Json(nullptr);
}

Json people_json(const PeopleCovered& people) {
  const double in_plan = people.total - people.outside_plan;
  return {{"total", people.total},
          {"covered", people.covered},
          {"coverage_percent", percent(people.covered, people.total)},
          {"below_threshold", people.below_threshold},
          {"not_computed", people.not_computed},
          {"outside_plan", people.outside_plan},
          {"in_plan", in_plan},
          {"coverage_in_plan_percent", percent(people.covered, in_plan)}};
}

Json area_json(const AreaCovered& area) {
  return {{"total_km2", area.total_m2 / 1e6},
          {"covered_km2", area.covered_m2 / 1e6},
          {"not_computed_km2", area.not_computed_m2 / 1e6},
          {"coverage_percent", percent(area.covered_m2, area.total_m2)}};
}

/// Municipalities with people are kept although the plan does not reach them, so that the sum is the total.
Json municipalities_json(const std::vector<MunicipalityCoverage>& municipalities) {
  Json out = Json::array();
  for (const MunicipalityCoverage& m : municipalities) {
    if (!m.in_plan() && !(m.people.total > 0.0)) continue;
    out.push_back({{"code", m.code},
                   {"name", m.name},
                   {"population", m.people.total},
                   {"population_covered", m.people.covered},
                   {"population_in_plan", m.people.total - m.people.outside_plan},
                   {"coverage_percent", percent(m.people.covered, m.people.total)},
                   {"area_in_plan_km2", m.area.total_m2 / 1e6},
                   {"area_covered_km2", m.area.covered_m2 / 1e6}});
  }
  return out;
}

Json roads_json(const std::vector<RoadCoverage>& roads) {
  Json out = Json::array();
  for (const RoadCoverage& road : roads) {
    out.push_back({{"class", road.road_class},
                   {"length_km", road.length_m / 1000.0},
                   {"covered_km", road.covered_m / 1000.0},
                   {"not_computed_km", road.not_computed_m / 1000.0},
                   {"coverage_percent", percent(road.covered_m, road.length_m)}});
  }
  return out;
}

Json sites_json(const std::vector<Site>& sites) {
  Json out = Json::array();
  for (const Site& site : sites) {
    out.push_back({{"id", site.id},
                   {"name", site.name},
                   {"status", site.existing ? "existing" : "candidate"},
                   {"lon_deg", site.position.lon_deg},
                   {"lat_deg", site.position.lat_deg},
                   {"sectors", site.sectors.size()}});
  }
  return out;
}

Json scenario_json(const Provenance& from) {
  return {{"name", from.scenario_name},
          {"description", from.scenario_description},
          {"synthetic", from.synthetic},
          {"synthetic_parts", from.synthetic_parts},
          {"seed", from.seed},
          {"settings", from.settings},
          {"input_sha256", from.input_sha256}};
}

Json parameters_json(const RadioModel& model) {
  Json out = Json::object();
  for (const ParameterValue& parameter : parameter_values(model)) {
    std::visit([&](const auto& value) { out[parameter.name] = value; }, parameter.value);
  }
  return out;
}

Json added_losses_json(const std::vector<RadioModel>& losses) {
  Json out = Json::array();
  for (const RadioModel& loss : losses) {
    out.push_back({{"model", model_id(loss)}, {"parameters", parameters_json(loss)}});
  }
  return out;
}

Json origin_json(const char* key, double value, const ClimateOrigin& origin) {
  return {{key, value},
          {"from", origin_word(origin.from)},
          {"detail", origin.detail},
          {"estimated", origin.estimated}};
}

Json climate_json(const PlanInput& input) {
  Json out = Json::array();
  out.push_back(origin_json("effective_earth_radius_m", input.coverage.effective_earth_radius_m,
                            input.climate.earth_radius));
  out.push_back(origin_json("n0", input.coverage.n0, input.climate.n0));
  return out;
}

Json plan_json(const PlanInput& input, const PlanResult& result) {
  const Grid& grid = result.grid;
  return {{"crs", input.crs_id},
          {"vertical_datum", input.vertical_datum},
          {"grid",
           {{"west_m", grid.west_m},
            {"north_m", grid.north_m},
            {"cell_m", grid.cell_m},
            {"nx", grid.nx},
            {"ny", grid.ny}}},
          {"terrain_void_cells", input.terrain_void_cells},
          {"model", model_id(input.model)},
          {"model_parameters", parameters_json(input.model)},
          {"added_losses", added_losses_json(input.coverage.added_losses)},
          {"climate", climate_json(input)},
          {"engine", input.coverage.engine == Engine::radial ? "radial" : "exact"},
          {"radius_m", input.coverage.radius_m},
          {"threshold_dbm", input.statistics.threshold_dbm}};
}

Json warnings_json(const std::vector<Warning>& warnings) {
  Json out = Json::array();
  for (const Warning& w : warnings) out.push_back({{"id", w.id}, {"message", w.message}, {"count", w.count}});
  return out;
}

}  // namespace

std::string summary_json(const PlanInput& input, const PlanResult& result) {
  Json timing = Json::object();
  for (const auto& [stage, seconds] : result.timing_s) timing[stage] = seconds;
  Json population = people_json(result.statistics.population);
  population["outside_municipalities"] = result.statistics.outside_municipalities.total;
  const Json out = {{"schema", kSummarySchema},
                    {"program", {{"version", program_version()}, {"git_revision", git_revision()}}},
                    {"scenario", scenario_json(input.provenance)},
                    {"plan", plan_json(input, result)},
                    {"population", population},
                    {"area", area_json(result.statistics.area)},
                    {"municipalities", municipalities_json(result.statistics.municipalities)},
                    {"roads", roads_json(result.statistics.roads)},
                    {"sites", sites_json(input.sites)},
                    {"warnings", warnings_json(result.warnings)},
                    {"timing", timing}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace amaneku::scenarios
