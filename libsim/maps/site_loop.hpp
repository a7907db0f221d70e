// The site loop: maps of any number of sites, in memory that does not grow with their number.
//
// Sites are taken along a Hilbert curve over the plan, in batches whose loss windows fit a budget. While the
// windows of a batch exist, every tile of the plan under them takes them in, one thread to a tile. A tile that no
// later site reaches is handed over and forgotten. Cells see the sectors in the order of the curve, whatever the
// budget and the number of threads: the bytes are the same.
//
//   std::vector<Warning> warnings;
//   Coverage coverage = list_transmitters(grid, sites, height_at, warnings);
//   run_site_loop({sites, model, receiver, coverage_options, ground_of_window}, {}, sinks, coverage);
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "libsim/engine/coverage.hpp"
#include "libsim/maps/server_maps.hpp"

namespace amaneku {

/// The ground of a window of the plan: at least those cells, on the lattice of the plan (a source that holds all
/// of it gives all of it). Called from one thread.
using GroundSource = std::function<std::shared_ptr<const Ground>(const Grid& window)>;

struct SiteLoopInput {
  const std::vector<Site>& sites;
  const RadioModel& model;
  const Receiver& receiver;
  const CoverageOptions& options;
  GroundSource ground;
  ServerRules rules{};
  LossSource losses{};  ///< none: they are computed. Else of the coverage of the loop, every transmitter
};

struct SiteLoopBudget {
  std::size_t window_bytes = std::size_t{256} << 20U;  ///< loss windows at a time; one site is always let in
  std::size_t ground_cells = std::size_t{64} << 20U;   ///< of the window asked of the ground at a time; the same
  int tile_cells = 256;                                ///< side of a tile of the plan
};

struct SiteLoopSinks {
  /// Each tile that a sector reaches, once; tiles that none reaches are not handed over. One thread at a time.
  /// Without it no maps are made.
  std::function<void(ServerTile&& tile)> tile{};
  /// Each transmitter (index into Coverage::transmitters) with its loss, before the loss is forgotten. From
  /// several threads at once, each with its own transmitter.
  std::function<void(std::size_t transmitter, const TransmitterLoss& loss)> loss{};
  /// The losses stay in the coverage: memory for all of them at once, beside the budget.
  bool keep_losses = false;
};

/// What was held at once at most.
struct SiteLoopPeak {
  std::size_t batches = 0;  ///< in all
  std::size_t window_bytes = 0;
  std::size_t ground_cells = 0;  ///< asked for
  std::size_t tiles = 0;
};

/// `coverage` comes from list_transmitters(); what is known of its transmitters is filled in, the loss rasters
/// where they are to stay. InputError as compute_coverage(), and where a listed site has no ground in the window
/// of its batch.
SiteLoopPeak run_site_loop(const SiteLoopInput& input, const SiteLoopBudget& budget, const SiteLoopSinks& sinks,
                           Coverage& coverage, const Progress& progress = {});

}  // namespace amaneku
