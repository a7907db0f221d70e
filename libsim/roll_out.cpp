#include "libsim/roll_out.hpp"

#include <algorithm>
#include <set>

namespace amaneku {

std::vector<ServedSince> RollOut::served_since(const std::function<bool(const Sector&)>& picks,
                                               double threshold_dbm, const StrongestOf& strongest) const {
  std::set<std::string> operators;
  std::set<int> years;
  for (const SectorRef& ref : network_.sectors) {
    if (!picks(sector_of(ref))) continue;
    operators.insert(site_of(ref).operator_id);
    years.insert(sector_of(ref).fiscal_year);
  }
  if (operators.empty()) return {};
  std::vector<ServedSince> out{{.fiscal_year = {network_.grid, kNeverServed}}};
  for (const std::string& id : operators) {
    Raster<std::int16_t> own(network_.grid, kNeverServed);
    for (const int year : years) {
      std::vector<std::uint8_t> serves;
      for (const SectorRef& ref : network_.sectors) {
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

TargetReport check_plan(const PlanInput& input, const CoverageGrid& network, const StrongestOf& strongest,
                        const StrongestOf& strongest_on_roads, std::vector<Warning>& warnings) {
  const TargetOptions& options = *input.targets;
  const double threshold_dbm = options.threshold_dbm.value_or(input.statistics.threshold_dbm);
  const Crs crs = Crs::from_text(input.crs_id);
  const RollOut roll_out(network, input.sites);
  const auto wanted = [&](TargetMetric metric) {
    return std::any_of(options.targets.begin(), options.targets.end(), [&](const Target& target) {
      return target.kind == TargetKind::target && target.metric == metric;
    });
  };
  const auto is_5g = [&](const Sector& sector) { return has_technology(sector, options.technologies_5g); };
  TargetInput held{.options = options,
                   .sites = input.sites,
                   .population = input.population,
                   .boundaries = input.boundaries,
                   .roads = input.roads,
                   .grid = network.grid,
                   .crs = crs,
                   .road_step_m = input.statistics.road_step_m};
  held.of_5g = roll_out.served_since(is_5g, threshold_dbm, strongest);
  if (wanted(TargetMetric::population_outside_4g)) {
    held.of_4g = roll_out.served_since(
        [&](const Sector& sector) { return has_technology(sector, options.technologies_4g); }, threshold_dbm,
        strongest);
  }
  if (wanted(TargetMetric::road_coverage)) {
    // The map is that of people, with their loss into buildings; a car stands outside.
    const double on_roads_dbm = threshold_dbm - input.receiver.building_loss_db + options.in_car_loss_db;
    held.on_roads = roll_out.served_since(
        [&](const Sector& sector) { return options.road_service == RoadService::any || is_5g(sector); },
        on_roads_dbm, strongest_on_roads);
  }
  return check_targets(held, warnings);
}

}  // namespace amaneku
