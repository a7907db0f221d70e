#include "libsim/plan.hpp"

#include <chrono>
#include <memory>
#include <utility>

#include "libsim/diagnostics.hpp"
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

/// Losses, maps, and what the losses tell, with no more losses in memory at a time than a batch has.
std::vector<LossSurvey> cover(const PlanInput& input, const CoverageOptions& options, PlanResult& result,
                              const Progress& progress) {
  const Raster<float>& ground = input.ground.ground_asl_m;
  const auto height = [&](Point at) { return sample_bilinear(ground, at); };
  result.coverage = list_transmitters(result.grid, input.sites, height, result.warnings);
  result.has_path_loss = keeps_path_loss(input, result.coverage);
  result.maps = empty_maps(result.grid);
  const TransmitterSectors sectors(result.coverage);
  std::vector<LossSurvey> surveys(result.coverage.transmitters.size());
  const SiteLoopSinks sinks{.tile = [&](ServerTile&& tile) { paste(tile, result.maps); },
                            .loss =
                                [&](std::size_t t, const TransmitterLoss& loss) {
                                  surveys[t] = survey_loss(input, result.coverage, sectors.of(t), loss);
                                },
                            .keep_losses = result.has_path_loss};
  const auto all_of_it = [&](const Grid&) {
    return std::shared_ptr<const Ground>(std::shared_ptr<const Ground>(), &input.ground);
  };
  run_site_loop({input.sites, input.model, input.receiver, options, all_of_it}, {}, sinks, result.coverage,
                progress);
  return surveys;
}

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
  std::vector<LossSurvey> surveys;
  stages.run("coverage", [&](const Progress& progress) { surveys = cover(input, coverage, result, progress); });
  stages.run("statistics", [&](const Progress&) {
    const Places places{input.ground.ground_asl_m, input.population, input.boundaries, input.roads};
    result.statistics = coverage_statistics(result.maps.rsrp_dbm, places, input.statistics);
  });
  stages.run("diagnostics", [&](const Progress&) {
    const std::vector<Warning> found = diagnose(input, result.coverage, surveys, result.maps);
    result.warnings.insert(result.warnings.end(), found.begin(), found.end());
    result.warnings = merged(result.warnings);
  });
  return result;
}

}  // namespace amaneku
