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
#include "terrain/error.hpp"

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

/// Cells of all transmitters.
double cells_computed(const PlanInput& input) {
  double computed = 0.0;
  for (const Site& site : input.network.sites) {
    if (!site.existing) continue;
    // Sectors of one height and frequency share their losses.
    std::set<std::pair<double, double>> transmitters;
    for (const Sector& sector : site.sectors) transmitters.emplace(sector.tx_agl_m, sector.freq_hz);
    computed += static_cast<double>(transmitters.size()) *
                cells_reached(input.world.grid(), site.at, input.engine.coverage.radius_m);
  }
  return computed;
}

std::string size_text(double mib) {
  return mib < 2048.0 ? fmt::format("{:.0f} MiB", std::max(1.0, mib)) : fmt::format("{:.1f} GiB", mib / 1024.0);
}

/// Of what is left, which may be next to nothing.
std::string free_text(double mib) {
  return mib < 1.0 ? fmt::format("{:.0f} KiB", mib * 1024.0) : size_text(mib);
}

/// Rounded up to two figures.
double rounded_up(double value) {
  const double step = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
  return step * std::ceil(value / step - 1e-9);
}

}  // namespace

RunEstimate run_estimate(const PlanInput& input) {
  const Grid& grid = input.world.grid();
  const auto plan_cells = static_cast<double>(grid.cells());
  const double computed = cells_computed(input);
  // Loads are solved from a pass of their own, before the maps.
  const double passes = input.traffic.any() ? 1.3 : 1.0;
  const bool kept = input.keep_path_loss == KeepPathLoss::always ||
                    (input.keep_path_loss == KeepPathLoss::automatic && computed <= kMostLosses);
  const double losses = kept ? computed : 0.0;
  return {.processor_s = computed * (passes / cells_per_s(input.engine) + kServers_s) + plan_cells * kCell_s,
          .memory_mib = kProgram_mib + (plan_cells * kCellBytes + losses * kLossBytes) / kMiB,
          .disk_mib = (plan_cells * kDiskBytes + losses * kLossDiskBytes) / kMiB};
}

void require_memory(const PlanInput& input, std::uint64_t budget_bytes) {
  const double budget_mib = static_cast<double>(budget_bytes) / kMiB;
  const double needed_mib = run_estimate(input).memory_mib;
  if (needed_mib <= budget_mib) return;
  std::string fits;
  PlanInput bare{.keep_path_loss = KeepPathLoss::never};
  bare.world.ground.ground_asl_m.grid = input.world.grid();
  bare.network = input.network;
  bare.engine = input.engine;
  if (input.keep_path_loss != KeepPathLoss::never && run_estimate(bare).memory_mib <= budget_mib)
    fits = "output.path_loss = \"never\", or ";
  const double share = (budget_mib - kProgram_mib) / (needed_mib - kProgram_mib);
  constexpr double kLeastShare = 1e-6;
  fits = share > kLeastShare ? fmt::format("{}scenario.grid_m = {:g} fits", fits,
                                           rounded_up(input.world.grid().cell_m / std::sqrt(share)))
                             : fmt::format("{} at least", size_text(kProgram_mib + 1.0));
  throw InputError(Fault{.message = fmt::format("the plan needs about {} of memory", size_text(needed_mib)),
                         .key = "--memory",
                         .value = size_text(budget_mib),
                         .legal = fits});
}

void require_disk(const RunEstimate& estimate, const std::filesystem::path& folder) {
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(folder, error);
  constexpr double kSure = 0.5;
  const double free_mib = static_cast<double>(space.available) / kMiB;
  if (error || kSure * estimate.disk_mib <= free_mib) return;
  throw InputError(Fault{.message = fmt::format("the results need about {} of disk, and {} are free",
                                                size_text(estimate.disk_mib), free_text(free_mib)),
                         .file = folder.string()});
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
  return said(cores == 1.0 ? terminal::kEstimateOneCore : terminal::kEstimate,
              {time, fmt::format("{:.0f}", cores), size_text(estimate.memory_mib), size_text(estimate.disk_mib)});
}

}  // namespace amaneku::scenarios
