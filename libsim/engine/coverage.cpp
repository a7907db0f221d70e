#include "libsim/engine/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <optional>

#include "libsim/engine/transmitter_loss.hpp"
#include "libsim/parallel.hpp"

namespace amaneku {
namespace {

/// Calls `progress` with the share done, from one thread at a time.
class ProgressCount {
 public:
  ProgressCount(const Progress& progress, std::size_t total) : progress_(progress), total_(total) {}
  void one_done() {
    if (!progress_) return;
    const std::scoped_lock lock(guard_);
    progress_(static_cast<double>(++done_) / static_cast<double>(total_));
  }

 private:
  const Progress& progress_;
  std::size_t total_;
  std::size_t done_ = 0;
  std::mutex guard_;
};

void check_options(const CoverageOptions& options) {
  const Range own{0.0, static_cast<double>(CoverageOptions::kMostOwnLineSamples)};
  std::vector<Fault> faults;
  const auto check = [&](const char* key, double value, const Range& range) {
    if (range.contains(value)) return;
    faults.push_back({.message = "outside the legal range",
                      .key = key,
                      .value = fmt::format("{}", value),
                      .legal = fmt::format("{} .. {}", range.min, range.max)});
  };
  check("own_line_samples", options.own_line_samples, own);
  check("arc_cells", options.arc_cells, CoverageOptions::kArcs);
  if (!faults.empty()) throw InputError(std::move(faults));
}

}  // namespace

Grid window_grid(const Grid& plan, const CellWindow& window) noexcept {
  return {.west_m = plan.west_m + window.ix0 * plan.cell_m,
          .north_m = plan.north_m - window.iy0 * plan.cell_m,
          .cell_m = plan.cell_m,
          .nx = window.nx,
          .ny = window.ny};
}

CellWindow reach_window(const Grid& plan, Point at, double radius_m) noexcept {
  const auto clamped = [](double value, int n) { return static_cast<int>(std::clamp(value, 0.0, n - 1.0)); };
  const double reach = radius_m / plan.cell_m;
  const int ix0 = clamped(std::floor(plan.column(at.x_m) - reach), plan.nx);
  const int iy0 = clamped(std::floor(plan.row(at.y_m) - reach), plan.ny);
  const int ix1 = clamped(std::ceil(plan.column(at.x_m) + reach), plan.nx);
  const int iy1 = clamped(std::ceil(plan.row(at.y_m) + reach), plan.ny);
  return {ix0, iy0, ix1 - ix0 + 1, iy1 - iy0 + 1};
}

Link link_of(const Site& site, double freq_hz, double tx_agl_m, const Receiver& receiver,
             const CoverageOptions& options) noexcept {
  return {.freq_hz = freq_hz,
          .tx_agl_m = tx_agl_m,
          .rx_agl_m = receiver.rx_agl_m,
          .polarization = options.polarization,
          .effective_earth_radius_m = options.effective_earth_radius_m,
          .n0 = options.n0,
          .latitude_deg = site.position.lat_deg};
}

Coverage list_transmitters(const Grid& grid, const std::vector<Site>& sites,
                           const std::function<float(Point)>& ground_asl_m, std::vector<Warning>& warnings) {
  Coverage coverage;
  coverage.grid = grid;
  for (std::size_t s = 0; s < sites.size(); ++s) {
    const Site& site = sites[s];
    if (!site.existing) continue;
    const float height = ground_asl_m(site.at);
    if (std::isnan(height)) {
      warnings.push_back({"site_without_ground",
                          fmt::format("site {} stands on no terrain data and was not planned", site.id), 1});
      continue;
    }
    std::map<std::pair<double, double>, int> known;
    for (std::size_t c = 0; c < site.sectors.size(); ++c) {
      const Sector& sector = site.sectors[c];
      const auto key = std::pair(sector.freq_hz, sector.tx_agl_m);
      const auto [entry, is_new] = known.try_emplace(key, static_cast<int>(coverage.transmitters.size()));
      if (is_new) {
        TransmitterLoss loss;
        loss.site = static_cast<int>(s);
        loss.freq_hz = sector.freq_hz;
        loss.tx_agl_m = sector.tx_agl_m;
        loss.tx_ground_asl_m = static_cast<double>(height);
        coverage.transmitters.push_back(std::move(loss));
      }
      coverage.sectors.push_back({static_cast<int>(s), static_cast<int>(c), entry->second});
    }
  }
  return coverage;
}

void check_request(const RadioModel& model, const CoverageOptions& options) {
  check_options(options);
  require_path_model(model, "model");
  for (const RadioModel& loss : options.added_losses) require_added_loss(loss, "added_loss");
}

Coverage compute_coverage(const Ground& ground, const std::vector<Site>& sites, const RadioModel& model,
                          const Receiver& receiver, const CoverageOptions& options, std::vector<Warning>& warnings,
                          const Progress& progress) {
  check_request(model, options);
  const auto height = [&](Point at) { return sample_bilinear(ground.ground_asl_m, at); };
  Coverage coverage = list_transmitters(ground.ground_asl_m.grid, sites, height, warnings);
  coverage.effective_earth_radius_m = options.effective_earth_radius_m;

  std::vector<LossJob> jobs;
  std::vector<std::pair<std::size_t, LossTask>> work;
  for (TransmitterLoss& out : coverage.transmitters) {
    const Site& site = sites[static_cast<std::size_t>(out.site)];
    const CellWindow window = reach_window(coverage.grid, site.at, options.radius_m);
    out.ix0 = window.ix0;
    out.iy0 = window.iy0;
    out.loss_db = Raster<float>(window_grid(coverage.grid, window), kNoData);
    jobs.push_back(loss_job(ground, site, receiver, options, out));
    for (const LossTask& task : loss_tasks(jobs.back())) work.emplace_back(jobs.size() - 1, task);
  }

  std::vector<LossCounts> counts(work.size());
  ProgressCount count(progress, work.size());
  parallel_for(work.size(), options.threads, [&](std::size_t i) {
    counts[i] = run_loss_task(jobs[work[i].first], model, work[i].second);
    count.one_done();
  });

  for (std::size_t i = 0; i < work.size(); ++i) {
    TransmitterLoss& out = *jobs[work[i].first].out;
    out.cells_behind_void += counts[i].behind_void;
    out.cells_line_of_sight += counts[i].line_of_sight;
    out.longest_computed_m = std::max(out.longest_computed_m, counts[i].longest_m);
  }
  for (const LossJob& job : jobs) store_own_cell(job, model);
  return coverage;
}

}  // namespace amaneku
