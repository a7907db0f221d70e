// Coverage: from sites and ground to path loss on a grid.
//
// What is computed is the basic transmission loss, added losses included, from each transmitter position (sectors
// of a site with equal antenna height and carrier share it); everything else is derived (server_maps.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "libsim/network.hpp"
#include "terrain/error.hpp"
#include "terrain/profile.hpp"
#include "terrain/raster.hpp"

namespace amaneku {

enum class Engine : std::uint8_t {
  radial,  ///< fast: running structures along shared radials, the last samples on each cell's own line
  exact    ///< reference: every cell walks its own profile
};

struct CoverageOptions {
  static constexpr int kMostOwnLineSamples = 64;
  static constexpr Range kArcs = {0.1, 1.0};

  double radius_m = 30'000.0;  ///< cells farther from a site are not computed for it
  Engine engine = Engine::radial;
  int own_line_samples = 12;  ///< before each cell, 0 .. kMostOwnLineSamples
  double arc_cells = 1.0;     ///< between neighbouring radials at the rim of the radius, kArcs
  double effective_earth_radius_m = 8'500'000.0;
  double n0 = Link{}.n0;  ///< surface refractivity at sea level, N-units
  Polarization polarization = Polarization::vertical;
  std::vector<RadioModel> added_losses{};  ///< role added; their sum is part of every stored loss
  int threads = 0;
};

/// The link from an antenna of a site to the receivers of a plan.
[[nodiscard]] Link link_of(const Site& site, double freq_hz, double tx_agl_m, const Receiver& receiver,
                           const CoverageOptions& options) noexcept;

/// Ground under the plan. `surface_m` (optional, same grid) is the height of buildings and trees above ground.
struct Ground {
  Raster<float> ground_asl_m{};
  Raster<float> clutter_m{};  ///< empty values: none
  Raster<Zone> zone{};        ///< empty values: all inland
};

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
  int transmitter;  ///< index into CoverageGrid::transmitters
};

struct CoverageGrid {
  Grid grid{};
  std::vector<TransmitterLoss> transmitters{};
  std::vector<SectorRef> sectors{};  ///< in order of site, then sector: the index used in best_server
};

/// `done` of `total` units of work are finished; called from one thread at a time.
using Progress = std::function<void(double done_fraction)>;

/// The distinct transmitters of the sectors of the existing sites, without losses. Sites where `ground_asl_m` is
/// NaN are reported and left out.
[[nodiscard]] CoverageGrid list_transmitters(const Grid& grid, const std::vector<Site>& sites,
                                             const std::function<float(Point)>& ground_asl_m,
                                             std::vector<Warning>& warnings);

/// InputError for a model that has not the role path, an added loss that has not the role added, or an option
/// outside its range.
void check_request(const RadioModel& model, const CoverageOptions& options);

/// Computes the loss grids; InputError as check_request(). Sites whose position has no ground are skipped and
/// reported.
[[nodiscard]] CoverageGrid compute_coverage(const Ground& ground, const std::vector<Site>& sites,
                                            const RadioModel& model, const Receiver& receiver,
                                            const CoverageOptions& options, std::vector<Warning>& warnings,
                                            const Progress& progress = {});

}  // namespace amaneku
