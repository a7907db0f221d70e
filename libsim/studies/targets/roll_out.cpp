#include "libsim/studies/targets/roll_out.hpp"

#include <algorithm>
#include <set>

namespace amaneku {

std::vector<ServedSince> RollOut::served_since(const std::function<bool(const Sector&)>& picks,
                                               double threshold_dbm, const StrongestOf& strongest) const {
  std::set<std::string> operators;
  std::set<int> years;
  for (const SectorRef& ref : coverage_.sectors) {
    if (!picks(sector_of(ref))) continue;
    operators.insert(site_of(ref).operator_id);
    years.insert(sector_of(ref).fiscal_year);
  }
  if (operators.empty()) return {};
  std::vector<ServedSince> out{{.fiscal_year = {coverage_.grid, kNeverServed}}};
  for (const std::string& id : operators) {
    Raster<std::int16_t> own(coverage_.grid, kNeverServed);
    for (const int year : years) {
      std::vector<std::uint8_t> serves;
      for (const SectorRef& ref : coverage_.sectors) {
        const Sector& sector = sector_of(ref);
        const bool picked = picks(sector) && site_of(ref).operator_id == id && sector.fiscal_year == year;
        serves.push_back(picked ? 1 : 0);
      }
      if (std::find(serves.begin(), serves.end(), 1) == serves.end()) continue;
      mark_served(own, strongest(serves), threshold_dbm, year);
    }
    Raster<std::int16_t>& any = out.front().fiscal_year;
    std::transform(any.values.begin(), any.values.end(), own.values.begin(), any.values.begin(),
                   [](std::int16_t a, std::int16_t b) { return std::min(a, b); });
    if (operators.size() > 1) out.push_back({.network = id, .fiscal_year = std::move(own)});
  }
  return out;
}

TargetReport check_plan(const TargetOptions& options, const StatisticsOptions& statistics, const Radio& radio,
                        const Raster<float>& rsrp_dbm, std::vector<Warning>& warnings) {
  const World& world = radio.world();
  const Receiver& receiver = radio.receiver();
  const double threshold_dbm = options.threshold_dbm.value_or(statistics.threshold_dbm);
  const Crs crs = Crs::from_text(world.crs_id);
  const RollOut roll_out(radio.coverage(), radio.sites());
  const StrongestOf strongest = [&](const std::vector<std::uint8_t>& serves) {
    const bool all = std::find(serves.begin(), serves.end(), 0) == serves.end();
    return all ? rsrp_dbm : radio.map({.serves = serves}).rsrp_dbm;
  };
  const auto wanted = [&](TargetMetric metric) {
    return std::any_of(options.targets.begin(), options.targets.end(), [&](const Target& target) {
      return target.kind == TargetKind::target && target.metric == metric;
    });
  };
  const auto is_5g = [&](const Sector& sector) { return is_of_generation(sector, "5G", options.technologies_5g); };
  TargetInput held{.options = options,
                   .sites = radio.sites(),
                   .population = world.population,
                   .boundaries = world.boundaries,
                   .roads = world.roads,
                   .grid = radio.coverage().grid,
                   .crs = crs,
                   .road_step_m = statistics.road_step_m};
  held.of_5g = roll_out.served_since(is_5g, threshold_dbm, strongest);
  if (wanted(TargetMetric::population_outside_4g)) {
    held.of_4g = roll_out.served_since(
        [&](const Sector& sector) { return is_of_generation(sector, "4G", options.technologies_4g); },
        threshold_dbm, strongest);
  }
  if (wanted(TargetMetric::road_coverage)) {
    Receiver vehicle = receiver;
    vehicle.rx_agl_m = options.vehicle_agl_m.value_or(receiver.rx_agl_m);
    const bool as_planned = vehicle.rx_agl_m == receiver.rx_agl_m;
    const Radio on_roads = as_planned ? radio : radio.as({.receiver = vehicle}).with_losses();
    // The map is that of people, with their loss into buildings; a car stands outside.
    const double on_roads_dbm = threshold_dbm - receiver.building_loss_db + options.in_car_loss_db;
    held.on_roads = roll_out.served_since(
        [&](const Sector& sector) { return options.road_service == RoadService::any || is_5g(sector); },
        on_roads_dbm,
        as_planned
            ? strongest
            : [&](const std::vector<std::uint8_t>& serves) { return on_roads.map({.serves = serves}).rsrp_dbm; });
  }
  if (world.existing.given()) {
    const Raster<std::uint8_t>& served = world.existing.served;
    held.already.fiscal_year = Raster<std::int16_t>(served.grid, kNeverServed);
    mark_served_already(held.already.fiscal_year, served);
    for (std::vector<ServedSince>* networks : {&held.of_5g, &held.of_4g, &held.on_roads}) {
      for (ServedSince& network : *networks) mark_served_already(network.fiscal_year, served);
    }
  }
  return check_targets(held, warnings);
}

}  // namespace amaneku
