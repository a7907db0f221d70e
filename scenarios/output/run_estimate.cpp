#include "scenarios/output/run_estimate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <set>
#include <string_view>
#include <thread>
#include <utility>

#include "scenarios/output/terminal_phrases.hpp"

namespace amaneku::scenarios {
namespace {

struct ModelSpeed {
  std::string_view model;
  double cells_per_s;
};

/// Of one core, by `bench_cells` (bench/README.md); any other model is a formula of distance and heights.
constexpr std::array kSpeeds = {ModelSpeed{"p526", 11e6}, ModelSpeed{"p1812", 4e6}, ModelSpeed{"p452", 4e6},
                                ModelSpeed{"itm", 1e6}, ModelSpeed{"ehata", 2e6}};
constexpr double kFormulaCellsPerSecond = 15e6;
/// The exact engine walks a profile of its own to every cell.
constexpr double kExactTimes = 20.0;
/// Antenna gains, best servers and interference, of each transmitter in a cell.
constexpr double kServers_s = 2e-8;
/// Statistics, pictures and files, of each cell of the plan.
constexpr double kCell_s = 5e-6;
constexpr double kCellBytes = 115.0;
constexpr double kDiskBytes = 18.0;
/// Of a loss that is kept, and written compressed.
constexpr double kLossBytes = 7.0;
constexpr double kLossDiskBytes = 1.6;
/// As the plan decides by itself: losses of more cells than this are not kept.
constexpr double kMostLosses = 5e8;
constexpr double kMiB = 1024.0 * 1024.0;
constexpr double kProgram_mib = 120.0;

double cells_per_s(const Engine& engine) {
  const std::string_view id = model_id(engine.model);
  const auto known =
      std::find_if(kSpeeds.begin(), kSpeeds.end(), [&](const auto& speed) { return speed.model == id; });
  const double speed = known != kSpeeds.end() ? known->cells_per_s : kFormulaCellsPerSecond;
  return engine.coverage.engine == LossEngine::exact ? speed / kExactTimes : speed;
}

/// Cells of the plan within the radius of a site.
double cells_reached(const Grid& grid, Point site, double radius_m) {
  double cells = 0.0;
  for (int iy = 0; iy < grid.ny; ++iy) {
    const double north_m = grid.centre(0, iy).y_m - site.y_m;
    if (std::abs(north_m) > radius_m) continue;
    const double half_m = std::sqrt(radius_m * radius_m - north_m * north_m);
    const double from = std::max(0.0, grid.column(site.x_m - half_m));
    const double to = std::min(static_cast<double>(grid.nx), grid.column(site.x_m + half_m));
    cells += std::max(0.0, to - from);
  }
  return cells;
}

}  // namespace

RunEstimate run_estimate(const PlanInput& input) {
  const Grid& grid = input.world.grid();
  const auto plan_cells = static_cast<double>(grid.cells());
  double computed = 0.0;
  for (const Site& site : input.network.sites) {
    if (!site.existing) continue;
    // Sectors of one height and frequency share their losses.
    std::set<std::pair<double, double>> transmitters;
    for (const Sector& sector : site.sectors) transmitters.emplace(sector.tx_agl_m, sector.freq_hz);
    computed +=
        static_cast<double>(transmitters.size()) * cells_reached(grid, site.at, input.engine.coverage.radius_m);
  }
  // Loads are solved from a pass of their own, before the maps.
  const double passes = input.traffic.any() ? 1.3 : 1.0;
  const bool kept = input.keep_path_loss == KeepPathLoss::always ||
                    (input.keep_path_loss == KeepPathLoss::automatic && computed <= kMostLosses);
  const double losses = kept ? computed : 0.0;
  return {.processor_s = computed * (passes / cells_per_s(input.engine) + kServers_s) + plan_cells * kCell_s,
          .memory_mib = kProgram_mib + (plan_cells * kCellBytes + losses * kLossBytes) / kMiB,
          .disk_mib = (plan_cells * kDiskBytes + losses * kLossDiskBytes) / kMiB};
}

std::string estimate_text(const RunEstimate& estimate, int threads, Language language) {
  const double cores = threads > 0 ? static_cast<double>(threads)
                                   : static_cast<double>(std::max(1U, std::thread::hardware_concurrency()));
  const double seconds = estimate.processor_s / cores;
  const auto said = [&](const Phrase& phrase, std::initializer_list<std::string_view> arguments) {
    return fill(phrase.in(language), arguments);
  };
  const std::string time = seconds < 90.0
                               ? said(terminal::kSeconds, {fmt::format("{:.0f}", std::max(1.0, seconds))})
                           : seconds < 5400.0 ? said(terminal::kMinutes, {fmt::format("{:.0f}", seconds / 60.0)})
                                              : said(terminal::kHours, {fmt::format("{:.1f}", seconds / 3600.0)});
  const auto size = [](double mib) {
    return mib < 2048.0 ? fmt::format("{:.0f} MiB", std::max(1.0, mib)) : fmt::format("{:.1f} GiB", mib / 1024.0);
  };
  return said(cores == 1.0 ? terminal::kEstimateOneCore : terminal::kEstimate,
              {time, fmt::format("{:.0f}", cores), size(estimate.memory_mib), size(estimate.disk_mib)});
}

}  // namespace amaneku::scenarios
