// Coverage: from sites and ground to path loss on a grid.
//
// What is computed is the basic transmission loss, added losses included, from each transmitter position (sectors
// of a site with equal antenna height and carrier share it); everything else is derived (server_maps.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "libsim/input/engine.hpp"
#include "libsim/input/network.hpp"
#include "libsim/input/world.hpp"
#include "terrain/error.hpp"
#include "terrain/raster/profile.hpp"
#include "terrain/raster/raster.hpp"

namespace amaneku {

/// The link from an antenna of a site to the receivers of a plan.
[[nodiscard]] Link link_of(const Site& site, double freq_hz, double tx_agl_m, const Receiver& receiver,
                           const CoverageOptions& options) noexcept;

/// A block of cells of a plan: its north-western cell, and its size.
struct CellWindow {
  int ix0 = 0;
  int iy0 = 0;
  int nx = 0;
  int ny = 0;
  friend bool operator==(const CellWindow&, const CellWindow&) = default;
};
[[nodiscard]] Grid window_grid(const Grid& plan, const CellWindow& window) noexcept;
/// The cells that a radius around a point reaches; of a point outside the plan the nearest.
[[nodiscard]] CellWindow reach_window(const Grid& plan, Point at, double radius_m) noexcept;

/// Loss from one transmitter over a window of the plan grid.
struct TransmitterLoss {
  int site = 0;  ///< index into the sites
  double freq_hz = 0.0;
  double tx_agl_m = 0.0;
  double tx_ground_asl_m = 0.0;
  int ix0 = 0;  ///< window origin in the plan grid
  int iy0 = 0;
  Raster<float> loss_db{};  ///< [y, x] of the window; NaN: not computed
  std::size_t cells_behind_void = 0;
  std::size_t cells_line_of_sight = 0;
  double longest_computed_m = 0.0;
};

/// Which sector uses which transmitter.
struct SectorRef {
  int site;
  int sector;       ///< within the site
  int transmitter;  ///< index into Coverage::transmitters
};

struct Coverage {
  Grid grid{};
  std::vector<TransmitterLoss> transmitters{};
  std::vector<SectorRef> sectors{};  ///< in order of site, then sector: the index used in best_server
  double effective_earth_radius_m =
      CoverageOptions{}.effective_earth_radius_m;  ///< of the engine: rays bend with it
};

/// The loss of a transmitter (index into Coverage::transmitters) as it was computed elsewhere, with everything
/// that is known of it, in the frame of the plan. Called from one thread.
using LossSource = std::function<TransmitterLoss(std::size_t transmitter)>;

/// `done` of `total` units of work are finished; called from one thread at a time.
using Progress = std::function<void(double done_fraction)>;

/// The distinct transmitters of the sectors of the existing sites, without losses. Sites where `ground_asl_m` is
/// NaN are reported and left out.
[[nodiscard]] Coverage list_transmitters(const Grid& grid, const std::vector<Site>& sites,
                                         const std::function<float(Point)>& ground_asl_m,
                                         std::vector<Warning>& warnings);

/// InputError for a model that has not the role path, an added loss that has not the role added, or an option
/// outside its range.
void check_request(const RadioModel& model, const CoverageOptions& options);

/// Computes the loss grids; InputError as check_request(). Sites whose position has no ground are skipped and
/// reported.
[[nodiscard]] Coverage compute_coverage(const Ground& ground, const std::vector<Site>& sites,
                                        const RadioModel& model, const Receiver& receiver,
                                        const CoverageOptions& options, std::vector<Warning>& warnings,
                                        const Progress& progress = {});

}  // namespace amaneku
