#include "libsim/plan.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "libsim/bill_of_plan.hpp"
#include "libsim/diagnostics.hpp"
#include "libsim/point_powers.hpp"
#include "libsim/roll_out.hpp"
#include "libsim/site_loop.hpp"
#include "libsim/transmitter_sectors.hpp"

namespace amaneku {
namespace {

/// Runs the stages in order, tells their progress and measures their time.
class Stages {
 public:
  Stages(const PlanOptions& options, PlanResult& result) : options_(options), result_(result) {}

  template <class Body>
  void run(std::string_view name, const Body& body) {
    const auto start = std::chrono::steady_clock::now();
    tell(name, 0.0);
    body([&](double done) { tell(name, done); });
    tell(name, 1.0);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    result_.timing_s.emplace_back(name, spent.count());
  }

 private:
  void tell(std::string_view name, double done) const {
    if (options_.on_progress) options_.on_progress(name, done);
  }

  const PlanOptions& options_;
  PlanResult& result_;
};

bool keeps_path_loss(const PlanInput& input, const CoverageGrid& network) {
  if (input.keep_path_loss != KeepPathLoss::automatic) return input.keep_path_loss == KeepPathLoss::always;
  std::size_t bytes = 0;
  for (const TransmitterLoss& transmitter : network.transmitters) {
    const Site& site = input.sites[static_cast<std::size_t>(transmitter.site)];
    const CellWindow window = reach_window(network.grid, site.at, input.coverage.radius_m);
    bytes += window_grid(network.grid, window).cells() * sizeof(float);
  }
  return bytes <= kMostPathLossBytes;
}

/// The stages of a plan up to its maps.
class Planner {
 public:
  Planner(const PlanInput& input, const CoverageOptions& options, PlanResult& result)
      : input_(input), options_(options), result_(result) {
    const auto height = [&](Point at) { return sample_bilinear(input.ground.ground_asl_m, at); };
    result.coverage = list_transmitters(result.grid, input.sites, height, result.warnings);
    result.has_path_loss = keeps_path_loss(input, result.coverage);
    surveys_.resize(result.coverage.transmitters.size());
  }

  /// Losses, what they tell, and the maps where they do not wait for the load of the cells. No more losses are in
  /// memory at a time than a batch has, unless they are kept.
  void cover(const Progress& progress) {
    const TransmitterSectors sectors(result_.coverage);
    SiteLoopSinks sinks{.loss =
                            [&](std::size_t t, const TransmitterLoss& loss) {
                              surveys_[t] = survey_loss(input_, result_.coverage, sectors.of(t), loss);
                              if (powers_) powers_->take(t, loss);
                            },
                        .keep_losses = result_.has_path_loss};
    std::vector<Point> points;
    if (input_.traffic.any()) {
      demand_ = demand_points(input_.traffic, input_.population, input_.roads, result_.grid);
      for (const DemandPoint& point : demand_) points.push_back(point.at);
      powers_.emplace(result_.coverage, input_.sites, input_.ground.ground_asl_m, input_.receiver, points);
    } else {
      result_.maps = empty_maps(result_.grid);
      sinks.tile = [&](ServerTile&& tile) { paste(tile, result_.maps); };
    }
    loop(sinks, {}, progress);
  }

  void load() {
    const std::vector<std::vector<PointPower>> powers = powers_->by_point();
    result_.load = solve_load({result_.coverage, input_.sites, input_.receiver, input_.service, demand_, powers},
                              {.threads = options_.threads});
    powers_.reset();
    warn_of_load();
  }

  /// With the loads that were solved.
  void servers(const Progress& progress) { result_.maps = maps_by(rules(), progress); }

  void serve() { result_.service = service_of(result_.maps); }

  /// The network of each operator by itself. The loads are those of all together.
  void operators(const Places& places, const Progress& progress) {
    const std::vector<std::string> ids = operator_ids(input_.sites);
    if (ids.size() > kMostOperators) {
      result_.warnings.push_back({"too_many_operators",
                                  "operators: their networks are compared for no more than 8 of them",
                                  static_cast<long long>(ids.size())});
      return;
    }
    Operators out;
    out.covered_by = Raster<std::uint8_t>(result_.grid, 0);
    for (std::size_t k = 0; k < ids.size(); ++k) {
      ServerRules own = rules();
      own.serves = sectors_of_operator(result_.coverage, input_.sites, ids[k]);
      const ServerMaps maps = maps_by(own, {});
      OperatorNetwork network{
          .id = ids[k],
          .sectors = static_cast<std::size_t>(std::count(own.serves.begin(), own.serves.end(), 1)),
          .coverage = coverage_statistics(maps.rsrp_dbm, places, input_.statistics)};
      if (result_.service) {
        network.service =
            service_statistics(service_of(maps), places, input_.statistics.road_step_m, options_.threads);
      }
      out.networks.push_back(std::move(network));
      mark_covered(out.covered_by, k, maps.rsrp_dbm, input_.statistics.threshold_dbm);
      progress(static_cast<double>(k + 1) / static_cast<double>(ids.size()));
    }
    count_by_networks(out, places);
    result_.operators = std::move(out);
  }

  void check_targets() {
    const auto strongest = [&](const std::vector<std::uint8_t>& serves) {
      const bool all = std::find(serves.begin(), serves.end(), 0) == serves.end();
      return all ? result_.maps.rsrp_dbm : maps_by({.serves = serves}, {}).rsrp_dbm;
    };
    Receiver vehicle = input_.receiver;
    vehicle.rx_agl_m = input_.targets->vehicle_agl_m.value_or(vehicle.rx_agl_m);
    const auto on_roads = [&](const std::vector<std::uint8_t>& serves) {
      if (vehicle.rx_agl_m == input_.receiver.rx_agl_m) return strongest(serves);
      CoverageGrid network = result_.coverage;
      ServerMaps maps = empty_maps(network.grid);
      loop({.tile = [&](ServerTile&& tile) { paste(tile, maps); }}, {.serves = serves}, vehicle, network, {});
      return maps.rsrp_dbm;
    };
    result_.targets = check_plan(input_, result_.coverage, strongest, on_roads, result_.warnings);
  }

  void draw_licence() {
    result_.licence = licence_areas(input_, result_.coverage, result_.has_path_loss, options_);
    if (!result_.licence->cut) return;
    result_.warnings.push_back(
        {"licence_area_cut",
         "a licence area touches the edge of the plan or cells that were not computed: it may "
         "go on there; enlarge the area or coverage.radius_m"});
  }

  [[nodiscard]] const std::vector<LossSurvey>& surveys() const noexcept { return surveys_; }

 private:
  void warn_of_load() {
    const NetworkLoad& load = *result_.load;
    const auto overloaded = std::count_if(load.cells.begin(), load.cells.end(),
                                          [](const CellLoad& cell) { return cell.overloaded(); });
    if (overloaded > 0) {
      result_.warnings.push_back(
          {"cells_overloaded", "cells whose demand is more than they carry: they need capacity", overloaded});
    }
    if (!load.converged) {
      result_.warnings.push_back({"load_not_converged", "the loads of the cells have not settled", 1});
    }
    if (!(load.dl_demand_bps + load.ul_demand_bps > 0.0)) {
      result_.warnings.push_back(
          {"traffic_without_demand",
           "traffic is asked for, but there are no people, roads or points in the plan that want it: "
           "all cells are idle, and nothing interferes",
           1});
    }
  }

  [[nodiscard]] ServerRules rules() const {
    return {.load = result_.load ? downlink_loads(*result_.load) : std::vector<double>{}};
  }

  /// Losses that were not kept are computed once more.
  [[nodiscard]] ServerMaps maps_by(const ServerRules& rules, const Progress& progress) {
    if (result_.has_path_loss) {
      return best_server(result_.coverage, input_.sites, input_.ground, input_.receiver, options_.threads, rules);
    }
    ServerMaps maps = empty_maps(result_.grid);
    loop({.tile = [&](ServerTile&& tile) { paste(tile, maps); }}, rules, progress);
    return maps;
  }

  [[nodiscard]] ServiceMaps service_of(const ServerMaps& maps) const {
    ServiceInput service{
        maps, result_.coverage, input_.sites, input_.ground.ground_asl_m, input_.receiver, input_.service, {}};
    service.over_terrain = uses_profile(input_.model);
    if (result_.load) service.noise_rise_db = noise_rises_db(*result_.load);
    return service_maps(service, options_.threads);
  }

  void loop(const SiteLoopSinks& sinks, const ServerRules& rules, const Progress& progress) {
    loop(sinks, rules, input_.receiver, result_.coverage, progress);
  }

  void loop(const SiteLoopSinks& sinks, const ServerRules& rules, const Receiver& receiver, CoverageGrid& network,
            const Progress& progress) {
    const auto all_of_it = [&](const Grid&) {
      return std::shared_ptr<const Ground>(std::shared_ptr<const Ground>(), &input_.ground);
    };
    run_site_loop({input_.sites, input_.model, receiver, options_, all_of_it, rules}, {}, sinks, network,
                  progress);
  }

  const PlanInput& input_;
  const CoverageOptions& options_;
  PlanResult& result_;
  std::vector<LossSurvey> surveys_{};
  std::vector<DemandPoint> demand_{};
  std::optional<PointPowers> powers_{};
};

}  // namespace

std::string_view origin_word(ClimateOrigin::From from) noexcept {
  switch (from) {
    case ClimateOrigin::From::standard:
      return "standard";
    case ClimateOrigin::From::scenario:
      return "scenario";
    case ClimateOrigin::From::maps:
      return "maps";
    case ClimateOrigin::From::city:
      return "city";
  }
  return "";
}

std::string origin_text(const ClimateOrigin& origin) {
  std::string out(origin_word(origin.from));
  if (!origin.detail.empty()) out += ": " + origin.detail;
  return origin.estimated ? out + ", estimated" : out;
}

PlanResult plan(const PlanInput& input, const PlanOptions& options) {
  PlanResult result;
  result.grid = input.ground.ground_asl_m.grid;
  result.warnings = input.warnings;

  CoverageOptions coverage = input.coverage;
  if (options.threads > 0) coverage.threads = options.threads;

  Stages stages(options, result);
  Planner planner(input, coverage, result);
  stages.run("coverage", [&](const Progress& progress) { planner.cover(progress); });
  if (input.traffic.any()) {
    stages.run("load", [&](const Progress&) { planner.load(); });
    stages.run("servers", [&](const Progress& progress) { planner.servers(progress); });
  }
  if (knows_any_carrier(result.coverage, input.sites)) {
    stages.run("service", [&](const Progress&) { planner.serve(); });
  }
  const Places places{input.ground.ground_asl_m, input.population, input.boundaries, input.roads,
                      input.focus_zones.zones};
  if (operator_ids(input.sites).size() > 1) {
    stages.run("operators", [&](const Progress& progress) { planner.operators(places, progress); });
  }
  stages.run("statistics", [&](const Progress&) {
    result.statistics = coverage_statistics(result.maps.rsrp_dbm, places, input.statistics);
    if (result.service) {
      result.service_statistics =
          service_statistics(*result.service, places, input.statistics.road_step_m, coverage.threads);
    }
  });
  if (input.targets) {
    stages.run("targets", [&](const Progress&) { planner.check_targets(); });
  }
  if (input.licence) {
    stages.run("licence", [&](const Progress&) { planner.draw_licence(); });
  }
  if (input.coordination) {
    stages.run("coordination", [&](const Progress&) {
      result.coordination = coordination_levels(input, result.coverage, coverage);
    });
  }
  if (!input.places.empty()) {
    result.places = serve_places(input.places, result.maps, result.service ? &*result.service : nullptr);
  }
  stages.run("diagnostics", [&](const Progress&) {
    const std::vector<Warning> found = diagnose(input, result.coverage, planner.surveys(), result.maps);
    result.warnings.insert(result.warnings.end(), found.begin(), found.end());
    if (input.money) {
      result.bill = bill_of_plan(input, result);
      result.warnings.insert(result.warnings.end(), result.bill->warnings.begin(), result.bill->warnings.end());
    }
    result.warnings = merged(result.warnings);
  });
  return result;
}

}  // namespace amaneku
