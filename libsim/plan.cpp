#include "libsim/plan.hpp"

#include <chrono>
#include <utility>

#include "libsim/diagnostics.hpp"

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
  stages.run("coverage", [&](const Progress& progress) {
    result.coverage = compute_coverage(input.ground, input.sites, input.model, input.receiver, coverage,
                                       result.warnings, progress);
  });
  stages.run("best_server", [&](const Progress&) {
    result.maps = best_server(result.coverage, input.sites, input.ground, input.receiver, coverage.threads);
  });
  stages.run("statistics", [&](const Progress&) {
    const Places places{input.ground.ground_asl_m, input.population, input.boundaries, input.roads};
    result.statistics = coverage_statistics(result.maps.rsrp_dbm, places, input.statistics);
  });
  stages.run("diagnostics", [&](const Progress&) {
    const std::vector<Warning> found = diagnose(input, result.coverage, result.maps, coverage.threads);
    result.warnings.insert(result.warnings.end(), found.begin(), found.end());
    result.warnings = merged(result.warnings);
  });
  return result;
}

}  // namespace amaneku
