#include "scenarios/network_layers.hpp"

#include <cmath>
#include <utility>

#include "scenarios/report/legend.hpp"
#include "scenarios/styles.hpp"
#include "terrain/polygonize.hpp"

namespace amaneku::scenarios {
namespace {

/// Shares in percent, from poor to good; the same five steps for meshes, municipalities and roads.
const std::vector<double> kShareBounds = {0.0, 20.0, 40.0, 60.0, 80.0, 100.0};

std::vector<Rgba> share_colours(std::uint8_t alpha) {
  std::vector<Rgba> colours;
  for (std::size_t i = 0; i + 1 < kShareBounds.size(); ++i) {
    Rgba colour = viridis(static_cast<double>(i) / static_cast<double>(kShareBounds.size() - 2));
    colour.a = alpha;
    colours.push_back(colour);
  }
  return colours;
}

Attribute percent(double part, double total) {
  return total > 0.0 ? Attribute(100.0 * part / total) : Attribute{};
}
Attribute finite(double value) {
  return std::isfinite(value) ? Attribute(value) : Attribute{};
}

/// Columns of the bill, empty where a site has none.
std::vector<Attribute> bill_columns(const PlanResult& result, std::size_t site) {
  constexpr std::size_t kColumns = 8;
  std::vector<Attribute> out(kColumns);
  for (const SiteBill& bill : result.bill->sites) {
    if (bill.site != site) continue;
    out[0] = bill.cost.capex_jpy;
    out[1] = bill.cost.opex_jpy_per_year;
    if (!bill.funding) continue;
    const PayerAmounts& payers = bill.funding->by_body_jpy;
    out[2] = payers[static_cast<std::size_t>(Payer::nation)];
    out[3] = payers[static_cast<std::size_t>(Payer::prefecture)];
    out[4] = payers[static_cast<std::size_t>(Payer::municipality)];
    out[5] = payers[static_cast<std::size_t>(Payer::mobile_operator)];
    out[6] = bill.funding->municipality_least_jpy;
    std::string rules;
    for (const std::string& rule : rule_ids(*bill.funding)) rules += (rules.empty() ? "" : ", ") + rule;
    out[7] = rules;
  }
  return out;
}

void add_bill_columns(Layer& layer, const PlanResult& result) {
  if (!result.bill) return;
  for (const char* name : {"capex_jpy", "opex_jpy_per_year", "national_jpy", "prefecture_jpy", "municipality_jpy",
                           "operator_jpy", "municipality_after_bonds_jpy"})
    layer.fields.push_back({name, FieldType::integer});
  layer.fields.push_back({"rule_ids", FieldType::text});
  for (std::size_t i = 0; i < layer.features.size(); ++i) {
    for (Attribute& value : bill_columns(result, i)) layer.features[i].attributes.push_back(std::move(value));
  }
}

Layer sites_layer(const PlanInput& input, const PlanResult& result) {
  Layer layer{.name = "sites", .description = "Sites, existing and candidate"};
  layer.fields = {{"id", FieldType::text},        {"name", FieldType::text},    {"status", FieldType::text},
                  {"lon_deg", FieldType::real},   {"lat_deg", FieldType::real}, {"ground_asl_m", FieldType::real},
                  {"sectors", FieldType::integer}};
  for (const Site& site : input.sites) {
    layer.features.push_back(
        {site.at,
         {site.id, site.name, std::string(site.existing ? "existing" : "candidate"), site.position.lon_deg,
          site.position.lat_deg, finite(sample_bilinear(input.ground.ground_asl_m, site.at)),
          static_cast<std::int64_t>(site.sectors.size())}});
  }
  add_bill_columns(layer, result);
  layer.qml =
      categorised_qml(SymbolKind::marker, "status",
                      {{"existing", "existing", {213, 94, 0}}, {"candidate", "candidate", {86, 180, 233}}}, 2.6);
  return layer;
}

std::vector<double> served_km2(const PlanResult& result) {
  std::vector<double> served(result.coverage.sectors.size(), 0.0);
  const double cell_km2 = result.grid.cell_m * result.grid.cell_m / 1e6;
  for (const std::int32_t server : result.maps.best_server.values) {
    if (server >= 0) served[static_cast<std::size_t>(server)] += cell_km2;
  }
  return served;
}

Layer sectors_layer(const PlanInput& input, const PlanResult& result) {
  Layer layer{.name = "sectors",
              .description = "Sectors that were planned on; best_server is their value in best_server.tif"};
  layer.fields = {{"best_server", FieldType::integer},
                  {"site_id", FieldType::text},
                  {"sector_id", FieldType::text},
                  {"azimuth_deg", FieldType::real},
                  {"mechanical_downtilt_deg", FieldType::real},
                  {"electrical_downtilt_deg", FieldType::real},
                  {"tx_agl_m", FieldType::real},
                  {"freq_hz", FieldType::real},
                  {"power_dbm", FieldType::real},
                  {"subcarriers", FieldType::integer},
                  {"feeder_loss_db", FieldType::real},
                  {"antenna", FieldType::text},
                  {"max_gain_dbi", FieldType::real},
                  {"best_server_km2", FieldType::real}};
  const std::vector<double> served = served_km2(result);
  for (std::size_t i = 0; i < result.coverage.sectors.size(); ++i) {
    const SectorRef& ref = result.coverage.sectors[i];
    const Site& site = input.sites[static_cast<std::size_t>(ref.site)];
    const Sector& sector = site.sectors[static_cast<std::size_t>(ref.sector)];
    layer.features.push_back(
        {site.at,
         {static_cast<std::int64_t>(i), site.id, sector.id, sector.mounting.azimuth_deg,
          sector.mounting.mechanical_downtilt_deg, sector.mounting.electrical_downtilt_deg, sector.tx_agl_m,
          sector.freq_hz, sector.power_dbm, static_cast<std::int64_t>(sector.subcarriers), sector.feeder_loss_db,
          sector.antenna_name, max_gain_dbi(sector.antenna), served[i]}});
  }
  layer.qml = single_symbol_qml(SymbolKind::marker, {0, 0, 0}, 1.2);
  return layer;
}

Layer coverage_layer(const PlanResult& result, const Legend& legend) {
  constexpr std::int16_t kNothing = -1;
  Layer layer{.name = "coverage", .description = legend.title};
  layer.fields = {{"class", FieldType::text}, {"unit", FieldType::text},       {"min", FieldType::real},
                  {"max", FieldType::real},   {"covered", FieldType::integer}, {"area_km2", FieldType::real}};
  Raster<std::int16_t> classes(result.grid, kNothing);
  for (std::size_t i = 0; i < classes.values.size(); ++i) {
    const float value = result.maps.rsrp_dbm.values[i];
    if (!std::isnan(value))
      classes.values[i] = static_cast<std::int16_t>(class_index(legend, static_cast<double>(value)));
  }
  std::vector<StyleCategory> categories;
  for (auto& [index, area] : polygonize(classes, kNothing)) {
    const LegendClass& of = legend.classes[static_cast<std::size_t>(index)];
    const double km2 = area_m2(area) / 1e6;
    layer.features.push_back(
        {std::move(area),
         {of.label, of.unit, finite(of.min), finite(of.max), std::int64_t{of.below_threshold ? 0 : 1}, km2}});
    Rgba colour = of.colour;
    colour.a = 180;
    categories.push_back({of.label, of.label + ' ' + of.unit, colour});
  }
  layer.qml = categorised_qml(SymbolKind::fill, "class", categories, 0.0);
  return layer;
}

Layer municipalities_layer(const PlanInput& input, const PlanResult& result) {
  Layer layer{.name = "municipalities",
              .description = "Municipalities that the plan reaches; shares of people in percent"};
  layer.fields = {{"code", FieldType::text},
                  {"name", FieldType::text},
                  {"population", FieldType::real},
                  {"population_covered", FieldType::real},
                  {"population_outside_plan", FieldType::real},
                  {"coverage_percent", FieldType::real},
                  {"area_in_plan_km2", FieldType::real},
                  {"area_covered_km2", FieldType::real}};
  const auto& rows = result.statistics.municipalities;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].in_plan()) continue;
    const PeopleCovered& people = rows[i].people;
    layer.features.push_back(
        {input.boundaries.municipalities[i].area,
         {rows[i].code, rows[i].name, people.total, people.covered, people.outside_plan,
          percent(people.covered, people.total), rows[i].area.total_m2 / 1e6, rows[i].area.covered_m2 / 1e6}});
  }
  layer.qml = single_symbol_qml(SymbolKind::fill, {0, 0, 0, 0}, 0.4);
  return layer;
}

/// Four columns; without values where no radio technology is known.
std::vector<Attribute> service_of_unit(const PlanResult& result, std::size_t unit) {
  if (!result.service_statistics) return std::vector<Attribute>(4);
  const ServiceOfUnit& service = result.service_statistics->units[unit];
  return {100.0 * service.served_share, finite(static_cast<double>(service.sinr_p50_db)),
          finite(static_cast<double>(service.dl_p50_mbps)), finite(static_cast<double>(service.ul_p50_mbps))};
}

/// One layer has one geometry type: units with a footprint and bare points go to different layers.
Layer people_layer(const PlanInput& input, const PlanResult& result, bool points) {
  Layer layer{.name = points ? "population_points" : "meshes",
              .description = "Where people live and what share of them is covered"};
  layer.fields = {{"id", FieldType::text},
                  {"people", FieldType::real},
                  {"covered_percent", FieldType::real},
                  {"municipality_code", FieldType::text},
                  {"served_percent", FieldType::real},
                  {"sinr_p50_db", FieldType::real},
                  {"dl_p50_mbps", FieldType::real},
                  {"ul_p50_mbps", FieldType::real}};
  const auto& units = input.population.units;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const PopulationUnit& unit = units[i];
    if (unit.footprint.parts.empty() != points) continue;
    Attribute code;
    if (unit.municipality >= 0)
      code = input.boundaries.municipalities[static_cast<std::size_t>(unit.municipality)].code;
    std::vector<Attribute> values = {unit.id, unit.people, 100.0 * result.statistics.unit_covered_share[i],
                                     std::move(code)};
    const std::vector<Attribute> service = service_of_unit(result, i);
    values.insert(values.end(), service.begin(), service.end());
    layer.features.push_back({points ? Geometry(unit.centre) : Geometry(unit.footprint), std::move(values)});
  }
  layer.qml = graduated_qml(points ? SymbolKind::marker : SymbolKind::fill, "covered_percent", kShareBounds,
                            share_colours(200));
  return layer;
}

Layer focus_zones_layer(const PlanInput& input, const PlanResult& result) {
  Layer layer{.name = "focus_zones",
              .description = "Focus zones: people and area inside the plan, covered and served"};
  layer.fields = {{"name", FieldType::text},
                  {"population", FieldType::real},
                  {"population_covered", FieldType::real},
                  {"coverage_percent", FieldType::real},
                  {"area_in_plan_km2", FieldType::real},
                  {"area_covered_km2", FieldType::real},
                  {"people_served_percent", FieldType::real},
                  {"area_served_percent", FieldType::real},
                  {"dl_p50_mbps", FieldType::real},
                  {"ul_p50_mbps", FieldType::real}};
  const auto& rows = result.statistics.focus_zones;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PeopleCovered& people = rows[i].people;
    std::vector<Attribute> values = {rows[i].name,
                                     people.total,
                                     people.covered,
                                     percent(people.covered, people.total),
                                     rows[i].area.total_m2 / 1e6,
                                     rows[i].area.covered_m2 / 1e6};
    if (result.service_statistics) {
      const ServiceStatistics::Zone& service = result.service_statistics->focus_zones[i];
      values.insert(values.end(), {percent(service.people.shares.served(), service.people.shares.total),
                                   percent(service.area.shares.served(), service.area.shares.total),
                                   service.area.dl_mbps(0.5), service.area.ul_mbps(0.5)});
    }
    values.resize(layer.fields.size());
    layer.features.push_back({input.focus_zones.zones[i].area, std::move(values)});
  }
  layer.qml = single_symbol_qml(SymbolKind::fill, {0, 0, 0, 0}, 0.6);
  return layer;
}

Layer roads_layer(const PlanInput& input, const PlanResult& result) {
  Layer layer{.name = "roads", .description = "Roads and the covered share of their length inside the plan"};
  layer.fields = {{"id", FieldType::text},
                  {"class", FieldType::text},
                  {"name", FieldType::text},
                  {"length_m", FieldType::real},
                  {"covered_percent", FieldType::real}};
  for (std::size_t i = 0; i < input.roads.roads.size(); ++i) {
    const Road& road = input.roads.roads[i];
    const double share = result.statistics.road_covered_share[i];
    if (std::isnan(share)) continue;
    layer.features.push_back(
        {road.line, {road.id, road.road_class, road.name, length_m(road.line), 100.0 * share}});
  }
  layer.qml = graduated_qml(SymbolKind::line, "covered_percent", kShareBounds, share_colours(255));
  return layer;
}

Layer licence_layer(const PlanResult& result) {
  Layer layer{.name = std::string(kLicenceLayer), .description = "Cover and coordination areas of the licence"};
  layer.fields = {{"kind", FieldType::text},      {"land", FieldType::text},    {"site", FieldType::text},
                  {"limit_dbm", FieldType::real}, {"area_m2", FieldType::real}, {"model", FieldType::text}};
  if (!result.licence) return layer;
  for (const LicenceArea& area : result.licence->areas) {
    layer.features.push_back({area.area,
                              {std::string(kLicenceKinds[static_cast<std::size_t>(area.kind)]),
                               std::string(kLicenceLands[static_cast<std::size_t>(area.land)]), area.site,
                               area.threshold_dbm, area.area_m2, result.licence->model}});
  }
  layer.qml = categorised_qml(
      SymbolKind::fill, "kind",
      {{"cover", "cover area", {0, 114, 178, 110}}, {"coordination", "coordination area", {230, 159, 0, 80}}},
      0.4);
  return layer;
}

}  // namespace

std::vector<Layer> network_layers(const PlanInput& input, const PlanResult& result) {
  std::vector<Layer> layers;
  const auto add = [&](Layer layer) {
    if (!layer.features.empty()) layers.push_back(std::move(layer));
  };
  add(coverage_layer(result, rsrp_legend(input, result)));
  add(people_layer(input, result, false));
  add(people_layer(input, result, true));
  add(municipalities_layer(input, result));
  add(focus_zones_layer(input, result));
  add(roads_layer(input, result));
  add(licence_layer(result));
  add(sectors_layer(input, result));
  add(sites_layer(input, result));
  return layers;
}

}  // namespace amaneku::scenarios
