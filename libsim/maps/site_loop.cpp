#include "libsim/maps/site_loop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "libsim/index.hpp"
#include "libsim/maps/site_order.hpp"
#include "libsim/maps/tiled_servers.hpp"
#include "libsim/parallel.hpp"

namespace amaneku {
namespace {

/// Ground beyond the reach that radials beside the outermost cells touch.
constexpr int kHaloCells = 4;

std::size_t cells_of(const CellWindow& window) {
  return index_of(window.nx) * index_of(window.ny);
}

/// The smallest window that holds both; one without cells holds nothing.
CellWindow united(const CellWindow& a, const CellWindow& b) {
  if (cells_of(a) == 0) return b;
  const int ix0 = std::min(a.ix0, b.ix0);
  const int iy0 = std::min(a.iy0, b.iy0);
  return {ix0, iy0, std::max(a.ix0 + a.nx, b.ix0 + b.nx) - ix0, std::max(a.iy0 + a.ny, b.iy0 + b.ny) - iy0};
}

/// Sites that are taken together.
struct Batch {
  std::vector<int> sites{};
  std::size_t window_bytes = 0;
  CellWindow ground{};
};

/// Transmitters of each site: they follow one another in the coverage.
struct SiteTransmitters {
  std::size_t first = 0;
  std::size_t count = 0;
};

class SiteLoop {
 public:
  SiteLoop(const SiteLoopInput& input, const SiteLoopBudget& budget, const SiteLoopSinks& sinks,
           Coverage& coverage)
      : input_(input),
        budget_(budget),
        sinks_(sinks),
        coverage_(coverage),
        transmitters_(input.sites.size()),
        tiles_(coverage, input.sites, input.receiver, input.rules, budget.tile_cells) {
    for (std::size_t t = 0; t < coverage.transmitters.size(); ++t) {
      SiteTransmitters& of_site = transmitters_[index_of(coverage.transmitters[t].site)];
      if (of_site.count++ == 0) of_site.first = t;
    }
  }

  SiteLoopPeak run(const Progress& progress) {
    const std::vector<Batch> batches = cut();
    for (const Batch& batch : batches) {
      for (const int site : batch.sites) each_transmitter(site, [&] { tiles_.expect(reach(site)); });
    }
    std::size_t taken = 0;
    for (const Batch& batch : batches) {
      const auto share = [&](double done) {
        if (progress)
          progress((static_cast<double>(taken) + done * static_cast<double>(batch.sites.size())) /
                   static_cast<double>(planned_));
      };
      take(batch, share);
      taken += batch.sites.size();
    }
    return peak_;
  }

 private:
  /// Everything that a loss of the site can touch. One cell more than the radius: on the grid of its batch its
  /// window may be rounded otherwise.
  [[nodiscard]] CellWindow reach(int site) const {
    const Grid& grid = coverage_.grid;
    return reach_window(grid, input_.sites[index_of(site)].at, input_.options.radius_m + grid.cell_m);
  }

  template <class Body>
  void each_transmitter(int site, const Body& body) const {
    for (std::size_t i = 0; i < transmitters_[index_of(site)].count; ++i) body();
  }

  [[nodiscard]] std::vector<Batch> cut() {
    const Grid& grid = coverage_.grid;
    std::vector<Batch> batches;
    for (const int site : sites_along_curve(grid, input_.sites)) {
      const std::size_t transmitters = transmitters_[index_of(site)].count;
      if (transmitters == 0) continue;
      ++planned_;
      const double halo_m = kHaloCells * grid.cell_m;
      const std::size_t bytes = transmitters * cells_of(reach(site)) * sizeof(float);
      const CellWindow ground =
          reach_window(grid, input_.sites[index_of(site)].at, input_.options.radius_m + halo_m);
      const bool fits = !batches.empty() && batches.back().window_bytes + bytes <= budget_.window_bytes &&
                        cells_of(united(batches.back().ground, ground)) <= budget_.ground_cells;
      if (!fits) batches.emplace_back();
      Batch& batch = batches.back();
      batch.sites.push_back(site);
      batch.window_bytes += bytes;
      batch.ground = united(batch.ground, ground);
      peak_.window_bytes = std::max(peak_.window_bytes, batch.window_bytes);
      peak_.ground_cells = std::max(peak_.ground_cells, cells_of(batch.ground));
    }
    peak_.batches = batches.size();
    return batches;
  }

  void take(const Batch& batch, const Progress& progress) {
    const std::shared_ptr<const Ground> ground = input_.ground(window_grid(coverage_.grid, batch.ground));
    std::vector<TransmitterLoss> losses =
        input_.losses ? stored_losses_of(batch, progress) : losses_of(batch, *ground, progress);
    std::vector<HeldLoss> held;
    for (const int site : batch.sites) {
      const SiteTransmitters& own = transmitters_[index_of(site)];
      for (std::size_t i = 0; i < own.count; ++i) held.push_back({own.first + i, &losses[held.size()]});
    }
    const int threads = input_.options.threads;
    if (sinks_.tile) tiles_.take(held, *ground, threads);
    peak_.tiles = std::max(peak_.tiles, tiles_.tiles_held());
    if (sinks_.loss) {
      parallel_for(held.size(), threads, [&](std::size_t i) { sinks_.loss(held[i].transmitter, losses[i]); });
    }
    for (std::size_t i = 0; i < held.size(); ++i) {
      if (!sinks_.keep_losses) losses[i].loss_db = {};
      coverage_.transmitters[held[i].transmitter] = std::move(losses[i]);
    }
    for (const int site : batch.sites) each_transmitter(site, [&] { tiles_.done(reach(site)); });
    if (sinks_.tile) tiles_.hand_over(sinks_.tile, threads);
  }

  /// As losses_of().
  [[nodiscard]] std::vector<TransmitterLoss> stored_losses_of(const Batch& batch, const Progress& progress) const {
    std::vector<TransmitterLoss> losses;
    for (std::size_t s = 0; s < batch.sites.size(); ++s) {
      const SiteTransmitters& own = transmitters_[index_of(batch.sites[s])];
      for (std::size_t t = own.first; t < own.first + own.count; ++t) {
        const TransmitterLoss& wanted = coverage_.transmitters[t];
        losses.push_back(input_.losses(t));
        const TransmitterLoss& loss = losses.back();
        if (loss.site != wanted.site || loss.freq_hz != wanted.freq_hz || loss.tx_agl_m != wanted.tx_agl_m ||
            loss.tx_ground_asl_m != wanted.tx_ground_asl_m) {
          throw InputError(Fault{.message = fmt::format("the losses of transmitter {} are those of another", t)});
        }
      }
      progress(static_cast<double>(s + 1) / static_cast<double>(batch.sites.size()));
    }
    return losses;
  }

  /// In the frame of the plan, in order of batch.sites and their transmitters.
  [[nodiscard]] std::vector<TransmitterLoss> losses_of(const Batch& batch, const Ground& ground,
                                                       const Progress& progress) const {
    std::vector<Site> sites;
    std::size_t expected = 0;
    for (const int site : batch.sites) {
      sites.push_back(input_.sites[index_of(site)]);
      expected += transmitters_[index_of(site)].count;
    }
    std::vector<Warning> warnings;
    Coverage local =
        compute_coverage(ground, sites, input_.model, input_.receiver, input_.options, warnings, progress);
    if (local.transmitters.size() != expected) {
      throw InputError(
          Fault{.message = "a block of the ground lacks the ground of a site that has it elsewhere: " +
                           (warnings.empty() ? std::string() : warnings.front().message)});
    }
    const CellWindow window = window_of(coverage_.grid, ground.ground_asl_m.grid);
    for (TransmitterLoss& loss : local.transmitters) {
      loss.site = batch.sites[index_of(loss.site)];
      loss.ix0 += window.ix0;
      loss.iy0 += window.iy0;
    }
    return std::move(local.transmitters);
  }

  const SiteLoopInput& input_;
  const SiteLoopBudget& budget_;
  const SiteLoopSinks& sinks_;
  Coverage& coverage_;
  std::vector<SiteTransmitters> transmitters_;  ///< [site]
  TiledServers tiles_;
  std::size_t planned_ = 0;  ///< sites with transmitters
  SiteLoopPeak peak_{};
};

}  // namespace

SiteLoopPeak run_site_loop(const SiteLoopInput& input, const SiteLoopBudget& budget, const SiteLoopSinks& sinks,
                           Coverage& coverage, const Progress& progress) {
  check_request(input.model, input.options);
  coverage.effective_earth_radius_m = input.options.effective_earth_radius_m;
  return SiteLoop(input, budget, sinks, coverage).run(progress);
}

}  // namespace amaneku
