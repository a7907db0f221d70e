#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "scenarios/output/outputs.hpp"
#include "scenarios/report/service_scales.hpp"
#include "scenarios/tables/table_text.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

/// A share of nothing is null, not zero.
Json percent(double part, double total) {
  return total > 0.0 ? Json(100.0 * (part / total)) : Json(nullptr);
}

Json people_json(const PeopleCovered& people) {
  return {{"total", people.total},
          {"in_plan", people.in_plan()},
          {"covered", people.covered},
          {"coverage_percent", percent(people.covered, people.in_plan())},
          {"in_half_covered_units", people.in_half_covered_units},
          {"below_threshold", people.below_threshold},
          {"not_computed", people.not_computed},
          {"outside_plan", people.outside_plan}};
}

Json area_json(const AreaCovered& area) {
  return {{"total_km2", area.total_m2 / 1e6},
          {"covered_km2", area.covered_m2 / 1e6},
          {"not_computed_km2", area.not_computed_m2 / 1e6},
          {"coverage_percent", percent(area.covered_m2, area.total_m2)}};
}

/// Municipalities with people are kept although the plan does not reach them, so that the sum is the total.
Json municipalities_json(const Table& table) {
  const std::size_t in_plan = table.column("in_plan");
  const std::size_t population = table.column("population");
  Json out = Json::array();
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const std::vector<Attribute>& row = table.rows[i];
    if (std::get<std::int64_t>(row[in_plan]) == 0 && !(std::get<double>(row[population]) > 0.0)) continue;
    out.push_back(json_of_row(table, i));
  }
  return out;
}

Json focus_zones_json(const std::vector<ZoneCoverage>& zones) {
  Json out = Json::array();
  for (const ZoneCoverage& zone : zones) {
    out.push_back({{"name", zone.name}, {"population", people_json(zone.people)}, {"area", area_json(zone.area)}});
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
                   {"coverage_percent", percent(road.covered_m, road.length_m)},
                   {"tunnel_km", road.tunnel_m / 1000.0},
                   {"tunnel_unknown_km", road.tunnel_unknown_m / 1000.0}});
  }
  return out;
}

Json sites_json(const PlanInput& input) {
  Json out = Json::array();
  for (const Site& site : input.network.sites) {
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
  out.push_back(origin_json("effective_earth_radius_m", input.engine.coverage.effective_earth_radius_m,
                            input.engine.climate.earth_radius));
  out.push_back(origin_json("n0", input.engine.coverage.n0, input.engine.climate.n0));
  return out;
}

Json plan_json(const PlanInput& input, const PlanResult& result) {
  const Grid& grid = result.grid;
  return {{"crs", input.world.crs_id},
          {"vertical_datum", input.world.vertical_datum},
          {"grid",
           {{"west_m", grid.west_m},
            {"north_m", grid.north_m},
            {"cell_m", grid.cell_m},
            {"nx", grid.nx},
            {"ny", grid.ny}}},
          {"terrain_void_cells", input.world.terrain_void_cells},
          {"model", model_id(input.engine.model)},
          {"model_parameters", parameters_json(input.engine.model)},
          {"added_losses", added_losses_json(input.engine.coverage.added_losses)},
          {"climate", climate_json(input)},
          {"engine", input.engine.coverage.engine == LossEngine::radial ? "radial" : "exact"},
          {"radius_m", input.engine.coverage.radius_m},
          {"threshold_dbm", input.statistics.threshold_dbm}};
}

Json warnings_json(const std::vector<Warning>& warnings) {
  Json out = Json::array();
  for (const Warning& w : warnings) out.push_back({{"id", w.id}, {"message", w.message}, {"count", w.count}});
  return out;
}

/// Rates that nine of ten, half and one of ten have at least.
Json rates_json(const ServiceOf& of, double (ServiceOf::*mbps)(double) const noexcept) {
  return {{"p10_mbps", (of.*mbps)(0.1)}, {"p50_mbps", (of.*mbps)(0.5)}, {"p90_mbps", (of.*mbps)(0.9)}};
}

Json service_of_json(const ServiceOf& of) {
  Json out = {{"total", of.shares.total}};
  for (const ServiceStateClass& c : service_state_classes()) {
    out[std::string(c.id) + "_percent"] =
        percent(of.shares.state[static_cast<std::size_t>(c.state)], of.shares.total);
  }
  out["not_computed_percent"] = percent(of.shares.not_computed, of.shares.total);
  out["dl"] = rates_json(of, &ServiceOf::dl_mbps);
  out["ul"] = rates_json(of, &ServiceOf::ul_mbps);
  out["dl_alone"] = rates_json(of, &ServiceOf::dl_alone_mbps);
  out["ul_alone"] = rates_json(of, &ServiceOf::ul_alone_mbps);
  const double median_db = of.sinr_db.quantile(0.5);
  out["sinr_p50_db"] = std::isnan(median_db) ? Json(nullptr) : Json(median_db);
  return out;
}

Json service_json(const PlanInput& input, const PlanResult& result) {
  const ServiceStatistics& statistics = *result.service_statistics;
  Json municipalities = Json::array();
  for (std::size_t i = 0; i < statistics.municipalities.size(); ++i) {
    if (!(statistics.municipalities[i].shares.total > 0.0)) continue;
    Json entry = {{"code", result.statistics.municipalities[i].code},
                  {"name", result.statistics.municipalities[i].name}};
    entry.update(service_of_json(statistics.municipalities[i]));
    municipalities.push_back(std::move(entry));
  }
  Json roads = Json::array();
  for (const ServiceStatistics::RoadClass& road : statistics.roads) {
    Json entry = {{"class", road.road_class}};
    entry.update(service_of_json(road.length));
    roads.push_back(std::move(entry));
  }
  Json zones = Json::array();
  for (std::size_t i = 0; i < statistics.focus_zones.size(); ++i) {
    zones.push_back({{"name", result.statistics.focus_zones[i].name},
                     {"people", service_of_json(statistics.focus_zones[i].people)},
                     {"area", service_of_json(statistics.focus_zones[i].area)}});
  }
  return {{"location_percent", input.service.location_percent},
          {"people", service_of_json(statistics.people)},
          {"area", service_of_json(statistics.area)},
          {"municipalities", municipalities},
          {"focus_zones", zones},
          {"roads", roads}};
}

/// How many sectors are within 6 dB of the strongest, where the coverage threshold is reached.
Json overlap_json(const PlanInput& input, const PlanResult& result) {
  const auto cells = cells_by_contenders(result.maps, input.statistics.threshold_dbm);
  const auto all = static_cast<double>(std::accumulate(cells.begin(), cells.end(), std::size_t{0}));
  const auto share = [&](std::size_t i) { return percent(static_cast<double>(cells[i]), all); };
  return {{"window_db", kContenders_db},
          {"one_percent", share(0)},
          {"two_percent", share(1)},
          {"three_percent", share(2)},
          {"pilot_pollution_percent", share(3)}};
}

Json load_json(const PlanInput& input, const PlanResult& result) {
  const NetworkLoad& load = *result.load;
  Json cells = Json::array();
  for (std::size_t s = 0; s < load.cells.size(); ++s) {
    const CellLoad& cell = load.cells[s];
    const SectorRef& ref = result.coverage.sectors[s];
    const Site& site = input.network.sites[static_cast<std::size_t>(ref.site)];
    cells.push_back({{"site", site.id},
                     {"sector", site.sectors[static_cast<std::size_t>(ref.sector)].id},
                     {"dl_load", cell.dl_load},
                     {"ul_load", cell.ul_load},
                     {"dl_wanted", cell.dl_wanted},
                     {"ul_wanted", cell.ul_wanted},
                     {"overloaded", cell.overloaded()},
                     {"noise_rise_db", cell.noise_rise_db},
                     {"dl_demand_mbps", 1e-6 * cell.dl_demand_bps},
                     {"dl_served_mbps", 1e-6 * cell.dl_served_bps},
                     {"ul_demand_mbps", 1e-6 * cell.ul_demand_bps},
                     {"ul_served_mbps", 1e-6 * cell.ul_served_bps},
                     {"dl_interfered_mbps", 1e-6 * cell.dl_interfered_bps},
                     {"ul_interfered_mbps", 1e-6 * cell.ul_interfered_bps},
                     {"dl_overload_mbps", 1e-6 * cell.dl_overload_bps()},
                     {"ul_overload_mbps", 1e-6 * cell.ul_overload_bps()},
                     {"dl_user_mbps", 1e-6 * cell.dl_user_bps()},
                     {"ul_user_mbps", 1e-6 * cell.ul_user_bps()},
                     {"people", cell.people}});
  }
  return {{"converged", load.converged},
          {"rounds", load.rounds},
          {"last_change", load.last_change},
          {"dl_demand_mbps", 1e-6 * load.dl_demand_bps},
          {"ul_demand_mbps", 1e-6 * load.ul_demand_bps},
          {"dl_out_of_reach_mbps", 1e-6 * load.dl_out_of_reach_bps},
          {"ul_out_of_reach_mbps", 1e-6 * load.ul_out_of_reach_bps},
          {"dl_interfered_mbps", 1e-6 * load.dl_interfered_bps},
          {"ul_interfered_mbps", 1e-6 * load.ul_interfered_bps},
          {"people_out_of_reach", load.people_out_of_reach},
          {"people_interfered", load.people_interfered},
          {"cells", cells}};
}

/// Of people or area: overlay of all networks, by how many are there, and what the others carry when one fails.
Json networks_json(const ByNetworks& by, const std::vector<OperatorNetwork>& networks, double unit) {
  Json counts = Json::array();
  for (std::size_t n = 0; n <= networks.size(); ++n) counts.push_back(unit * by.by_count(static_cast<int>(n)));
  Json roaming = Json::array();
  for (std::size_t k = 0; k < networks.size(); ++k) {
    roaming.push_back({{"failed", networks[k].id},
                       {"covered", unit * by.by(k)},
                       {"carried_by_others", unit * by.carried_without(k)},
                       {"carried_percent", percent(by.carried_without(k), by.by(k))}});
  }
  return {{"total", unit * by.total()},
          {"covered_by_any", unit * by.any()},
          {"covered_by_any_percent", percent(by.any(), by.total())},
          {"covered_by_count", counts},
          {"emergency_roaming", roaming}};
}

Json operators_json(const Operators& operators) {
  Json networks = Json::array();
  for (const OperatorNetwork& network : operators.networks) {
    Json entry = {{"id", network.id},
                  {"sectors", network.sectors},
                  {"population", people_json(network.coverage.population)},
                  {"area", area_json(network.coverage.area)},
                  {"roads", roads_json(network.coverage.roads)}};
    if (network.service) {
      entry["service"] = {{"people", service_of_json(network.service->people)},
                          {"area", service_of_json(network.service->area)}};
    }
    networks.push_back(std::move(entry));
  }
  return {{"networks", networks},
          {"people", networks_json(operators.people, operators.networks, 1.0)},
          {"area_km2", networks_json(operators.area_m2, operators.networks, 1e-6)}};
}

}  // namespace

std::string summary_json(const Planned& planned, const std::vector<std::string>& files) {
  const PlanInput& input = planned.input;
  const PlanResult& result = planned.result;
  const std::vector<Table> tables = all_tables(planned);
  const auto municipalities = std::find_if(tables.begin(), tables.end(),
                                           [](const Table& table) { return table.name == "municipalities"; });
  Json population = people_json(result.statistics.population);
  population["outside_municipalities"] = result.statistics.outside_municipalities.total;
  if (result.existing) {
    const BesideExisting beside =
        beside_existing(result.existing->already.population, result.existing->together.population);
    population["already_served"] = beside.already;
    population["newly_covered"] = beside.newly;
    population["not_served"] = beside.left;
  }
  Json out = {{"schema", kSummarySchema},
              {"program", {{"version", program_version()}, {"git_revision", git_revision()}}},
              {"files", files},
              {"scenario", scenario_json(input.provenance)},
              {"plan", plan_json(input, result)},
              {"population", population},
              {"area", area_json(result.statistics.area)},
              {"municipalities", municipalities_json(*municipalities)},
              {"focus_zones", focus_zones_json(result.statistics.focus_zones)},
              {"roads", Json::array()},
              {"sites", sites_json(input)},
              {"targets", Json::array()},
              {"warnings", warnings_json(result.warnings)}};
  if (result.service) out["service"] = service_json(input, result);
  out["overlap"] = overlap_json(input, result);
  if (result.load) out["load"] = load_json(input, result);
  if (result.operators) out["operators"] = operators_json(*result.operators);
  for (const Table& table : tables) add_to_json(out, table);
  planned.studies.each_asked([&](const auto& study) {
    if constexpr (requires { study.summarize(out, input, result); }) study.summarize(out, input, result);
  });
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string timing_json(const Planned& plan, const std::filesystem::path& folder) {
  Json timing = Json::object();
  for (const auto& [stage, seconds] : plan.result.timing_s) timing[stage] = seconds;
  std::error_code error;
  const std::filesystem::path here = std::filesystem::canonical(folder, error);
  const std::filesystem::path there = error ? here : std::filesystem::canonical(plan.file, error);
  if (!error) timing["scenario_file"] = there.lexically_relative(here).string();
  return timing.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace amaneku::scenarios
