#include "libsim/plan/plan.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

#include "libsim/engine/transmitter_sectors.hpp"
#include "libsim/index.hpp"
#include "libsim/maps/earlier_service.hpp"
#include "libsim/maps/point_powers.hpp"
#include "libsim/maps/site_loop.hpp"
#include "libsim/maps/tiled_servers.hpp"
#include "libsim/parallel.hpp"
#include "libsim/plan/diagnostics.hpp"
#include "libsim/plan/earlier_sectors.hpp"
#include "libsim/plan/known_losses.hpp"

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

Engine with_threads(Engine engine, int threads) {
  if (threads > 0) engine.coverage.threads = threads;
  return engine;
}

bool keeps_path_loss(const PlanInput& input, const Coverage& coverage) {
  if (input.keep_path_loss != KeepPathLoss::automatic) return input.keep_path_loss == KeepPathLoss::always;
  return path_loss_bytes(coverage, input.network.sites, input.engine.coverage.radius_m) <= kMostPathLossBytes;
}

/// The stages of a plan up to its statistics.
class PlanRun {
 public:
  PlanRun(const PlanInput& input, const PlanOptions& options, PlanResult& result)
      : input_(input),
        engine_(with_threads(input.engine, options.threads)),
        losses_(options.losses),
        result_(result),
        counted_{input.world.ground.ground_asl_m, input.world.population, input.world.boundaries,
                 input.world.roads, input.world.focus_zones.zones} {
    const Raster<float>& ground = input.world.ground.ground_asl_m;
    result.coverage = list_transmitters(
        result.grid, input.network.sites, [&](Point at) { return sample_bilinear(ground, at); }, result.warnings);
    result.coverage.effective_earth_radius_m = engine_.coverage.effective_earth_radius_m;
    result.has_path_loss = keeps_path_loss(input, result.coverage);
    result.surveys.resize(result.coverage.transmitters.size());
    surveyed_.resize(result.surveys.size(), 0);
  }

  [[nodiscard]] Radio radio() const {
    return Radio(input_.world, input_.network, engine_, result_.coverage, result_.has_path_loss)
        .with_losses_of(losses_);
  }

  /// Losses, what they tell, and the maps where they do not wait for the load of the cells. No more losses are in
  /// memory at a time than a batch has, unless they are kept.
  void cover(const Progress& progress) {
    SiteLoopSinks sinks = survey_sinks();
    if (!input_.traffic.any()) {
      result_.maps = empty_maps(result_.grid);
      sinks.tile = [&](ServerTile&& tile) { paste(tile, result_.maps); };
    }
    SiteLoopInput loop = loop_over(input_.network.sites);
    loop.losses = losses_;
    run_site_loop(loop, {}, sinks, result_.coverage, progress);
  }

  /// The same where earlier plans have most of the losses. The first of them tells what of the maps has stayed.
  void cover_changed(const std::vector<EarlierPlan>& earlier, const Progress& progress) {
    KnownLosses known;
    for (const EarlierPlan& plan : earlier) known.add(plan.result.coverage, plan.input.network.sites);
    take_losses(known, progress);
    if (earlier.front().result.has_path_loss) {
      earlier_ = &earlier.front();
      sectors_ = earlier_sectors(*earlier_, input_, result_.coverage);
    }
    SiteLoopSinks sinks = survey_sinks();
    take_surveys();
    parallel_for(result_.coverage.transmitters.size(), engine_.coverage.threads,
                 [&](std::size_t t) { sinks.loss(t, result_.coverage.transmitters[t]); });
    if (!input_.traffic.any()) result_.maps = changed_maps();
  }

  void load() {
    const std::vector<std::vector<PointPower>> powers = powers_->by_point();
    result_.load = solve_load(
        {result_.coverage, input_.network.sites, input_.network.receiver, input_.service, demand_, powers},
        {.threads = engine_.coverage.threads});
    powers_.reset();
    warn_of_load();
  }

  /// With the loads that were solved.
  void servers(const Progress& progress) { result_.maps = radio().map(rules(), progress); }

  void serve() {
    const ServiceInput service = service_input(result_.maps);
    const bool comparable =
        earlier_ != nullptr && earlier_->result.service && same_targets(earlier_->input, input_);
    if (!comparable) {
      result_.service = service_maps(service, engine_.coverage.threads);
      return;
    }
    const PlanResult& old = earlier_->result;
    result_.service =
        service_maps(service, {old.maps, *old.service, sectors_.before, same_shares()}, engine_.coverage.threads);
  }

  /// The network of each operator by itself. The loads are those of all together.
  void operators(const Progress& progress) {
    const std::vector<std::string> ids = operator_ids(input_.network.sites);
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
      own.serves = sectors_of_operator(result_.coverage, input_.network.sites, ids[k]);
      const ServerMaps maps = radio().map(own);
      OperatorNetwork network{
          .id = ids[k],
          .sectors = static_cast<std::size_t>(std::count(own.serves.begin(), own.serves.end(), 1)),
          .coverage = coverage_statistics(maps.rsrp_dbm, counted_, input_.statistics)};
      if (result_.service)
        network.service = statistics_of(service_maps(service_input(maps), engine_.coverage.threads));
      out.networks.push_back(std::move(network));
      mark_covered(out.covered_by, k, maps.rsrp_dbm, input_.statistics.threshold_dbm);
      progress(static_cast<double>(k + 1) / static_cast<double>(ids.size()));
    }
    count_by_networks(out, counted_);
    result_.operators = std::move(out);
  }

  void count() {
    result_.statistics = coverage_statistics(result_.maps.rsrp_dbm, counted_, input_.statistics);
    if (result_.service) result_.service_statistics = statistics_of(*result_.service);
    if (input_.world.existing.given()) {
      result_.existing =
          existing_statistics(result_.maps.rsrp_dbm, input_.world.existing.served, counted_, input_.statistics);
    }
  }

 private:
  /// What is taken of every loss while it is held.
  [[nodiscard]] SiteLoopSinks survey_sinks() {
    if (input_.traffic.any()) {
      demand_ = demand_points(input_.traffic, input_.world.population, input_.world.roads, result_.grid);
      std::vector<Point> points;
      for (const DemandPoint& point : demand_) points.push_back(point.at);
      powers_.emplace(result_.coverage, input_.network.sites, input_.world.ground.ground_asl_m,
                      input_.network.receiver, points, PointPowers::kWeakest_dbm);
    }
    return {
        .loss =
            [this, sectors = TransmitterSectors(result_.coverage)](std::size_t t, const TransmitterLoss& loss) {
              if (!surveyed_[t]) result_.surveys[t] = survey_loss(input_, result_.coverage, sectors.of(t), loss);
              if (powers_) powers_->take(t, loss);
            },
        .keep_losses = result_.has_path_loss};
  }

  [[nodiscard]] SiteLoopInput loop_over(const std::vector<Site>& sites) const {
    const auto all_of_it = [this](const Grid&) {
      return std::shared_ptr<const Ground>(std::shared_ptr<const Ground>(), &input_.world.ground);
    };
    return {sites, engine_.model, input_.network.receiver, engine_.coverage, all_of_it, {}, {}};
  }

  /// Into the coverage: known ones, and of the other sites those that are computed.
  void take_losses(const KnownLosses& known, const Progress& progress) {
    std::vector<Site> rest = input_.network.sites;
    for (Site& site : rest) site.existing = false;
    for (const TransmitterLoss& wanted : result_.coverage.transmitters) {
      Site& site = rest[index_of(wanted.site)];
      if (known.find(site, wanted) == nullptr) site.existing = true;
    }
    std::vector<Warning> ignored;  // those of all sites were told
    Coverage computed = list_transmitters(
        result_.grid, rest, [&](Point at) { return sample_bilinear(input_.world.ground.ground_asl_m, at); },
        ignored);
    run_site_loop(loop_over(rest), {}, {.keep_losses = true}, computed, progress);
    KnownLosses fresh;
    fresh.add(computed, rest);
    // From several threads: what takes time is memory that is touched for the first time.
    parallel_for(result_.coverage.transmitters.size(), engine_.coverage.threads, [&](std::size_t t) {
      TransmitterLoss& transmitter = result_.coverage.transmitters[t];
      const int index = transmitter.site;
      const Site& site = rest[index_of(index)];
      const TransmitterLoss* loss = site.existing ? fresh.find(site, transmitter) : known.find(site, transmitter);
      transmitter = *loss;
      transmitter.site = index;
    });
  }

  void take_surveys() {
    if (earlier_ == nullptr || earlier_->result.surveys.empty() ||
        earlier_->input.statistics.threshold_dbm != input_.statistics.threshold_dbm)
      return;
    const std::vector<int> before = earlier_transmitters(sectors_, earlier_->result.coverage, result_.coverage);
    for (std::size_t t = 0; t < before.size(); ++t) {
      if (before[t] < 0) continue;
      result_.surveys[t] = earlier_->result.surveys[index_of(before[t])];
      surveyed_[t] = 1;
    }
  }

  /// Of sectors that send as the sites say; loads that were solved differ everywhere.
  [[nodiscard]] ServerMaps changed_maps() const {
    if (earlier_ == nullptr || earlier_->result.load) return radio().map();
    const EarlierServers kept{earlier_->result.maps, sectors_.now, sectors_.changed};
    return servers_of({result_.coverage, input_.network.sites, input_.world.ground, input_.network.receiver, {}},
                      losses_along_curve(result_.coverage, input_.network.sites), engine_.coverage.threads, &kept);
  }

  /// [sector] 1: noise rise and free share are those of its counterpart in the earlier plan.
  [[nodiscard]] std::vector<std::uint8_t> same_shares() const {
    std::vector<std::uint8_t> same(sectors_.before.size(), 1);
    if (!result_.load || !earlier_->result.load) return same;
    const std::vector<double> rises = noise_rises_db(*result_.load);
    const std::vector<double> old_rises = noise_rises_db(*earlier_->result.load);
    const std::vector<FreeShare> free = free_shares(*result_.load);
    const std::vector<FreeShare> old_free = free_shares(*earlier_->result.load);
    for (std::size_t s = 0; s < same.size(); ++s) {
      if (sectors_.before[s] < 0) continue;
      const std::size_t b = index_of(sectors_.before[s]);
      same[s] = rises[s] == old_rises[b] && free[s].downlink == old_free[b].downlink &&
                        free[s].uplink == old_free[b].uplink
                    ? 1
                    : 0;
    }
    return same;
  }

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

  [[nodiscard]] ServiceInput service_input(const ServerMaps& maps) const {
    ServiceInput service{maps,
                         result_.coverage,
                         input_.network.sites,
                         input_.world.ground.ground_asl_m,
                         input_.network.receiver,
                         input_.service,
                         {}};
    service.over_terrain = uses_profile(engine_.model) && !input_.world.flat_earth;
    if (result_.load) {
      service.noise_rise_db = noise_rises_db(*result_.load);
      service.free = free_shares(*result_.load);
    }
    return service;
  }

  [[nodiscard]] ServiceStatistics statistics_of(const ServiceMaps& service) const {
    return service_statistics(service, counted_, input_.statistics.road_step_m, engine_.coverage.threads);
  }

  const PlanInput& input_;
  Engine engine_;
  LossSource losses_;
  PlanResult& result_;
  Counted counted_;
  std::vector<std::uint8_t> surveyed_{};  ///< [transmitter] 1: its survey was taken from the earlier plan
  std::vector<DemandPoint> demand_{};
  std::optional<PointPowers> powers_{};
  const EarlierPlan* earlier_ = nullptr;  ///< with its losses; none: nothing is known of what has changed
  EarlierSectors sectors_{};              ///< against it
};

}  // namespace

PlanResult plan(const PlanInput& input, const PlanOptions& options, std::span<const StudyStage> studies) {
  PlanResult result;
  result.grid = input.world.grid();
  result.warnings = input.warnings;

  Stages stages(options, result);
  PlanRun run(input, options, result);
  const bool reuses = !options.earlier.empty() && result.has_path_loss;
  stages.run("coverage", [&](const Progress& progress) {
    reuses ? run.cover_changed(options.earlier, progress) : run.cover(progress);
  });
  if (input.traffic.any()) {
    stages.run("load", [&](const Progress&) { run.load(); });
    stages.run("servers", [&](const Progress& progress) { run.servers(progress); });
  }
  if (knows_any_carrier(result.coverage, input.network.sites)) {
    stages.run("service", [&](const Progress&) { run.serve(); });
  }
  if (operator_ids(input.network.sites).size() > 1) {
    stages.run("operators", [&](const Progress& progress) { run.operators(progress); });
  }
  stages.run("statistics", [&](const Progress&) { run.count(); });
  const Radio radio = run.radio();
  for (const StudyStage& study : studies) {
    stages.run(study.id, [&](const Progress&) { study.run({input, result, radio, result.warnings}); });
  }
  stages.run("diagnostics", [&](const Progress&) {
    const std::vector<Warning> found = diagnose(input, result.coverage, result.surveys, result.maps);
    result.warnings.insert(result.warnings.end(), found.begin(), found.end());
    result.warnings = merged(result.warnings);
  });
  return result;
}

std::string sector_name(const PlanInput& input, const PlanResult& result, int sector) {
  if (sector < 0) return {};
  const SectorRef& ref = result.coverage.sectors[static_cast<std::size_t>(sector)];
  const Site& site = input.network.sites[static_cast<std::size_t>(ref.site)];
  return site.id + " / " + site.sectors[static_cast<std::size_t>(ref.sector)].id;
}

Radio radio_of(const PlanInput& input, const PlanResult& result) {
  return {input.world, input.network, input.engine, result.coverage, result.has_path_loss};
}

}  // namespace amaneku
