// Best server, second server and interference, tile by tile of a plan, from losses that come and go.
//
// A tile keeps its sums from the first loss that touches it to the last one that was announced; then its maps are
// handed over. Losses are taken in the order in which they come: in the same order, cut up in any way and on any
// number of threads, they give the same bytes.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "libsim/engine/transmitter_sectors.hpp"
#include "libsim/maps/interference.hpp"
#include "libsim/maps/server_maps.hpp"

namespace amaneku {

/// A transmitter of the coverage, and its loss in the frame of the plan.
struct HeldLoss {
  std::size_t transmitter;
  const TransmitterLoss* loss;
};

[[nodiscard]] CellWindow window_of(const TransmitterLoss& loss) noexcept;

/// The cells that a ground raster holds of a plan on whose lattice it lies.
[[nodiscard]] CellWindow window_of(const Grid& plan, const Grid& part) noexcept;

/// All of a coverage, in the order in which they are added.
[[nodiscard]] std::vector<HeldLoss> losses_along_curve(const Coverage& coverage, const std::vector<Site>& sites);

/// Maps of the same grid that hold outside of some windows.
struct EarlierServers {
  const ServerMaps& maps;
  std::vector<int> sector_now;        ///< [sector of the maps] its index now, ascending; -1: it is no more
  std::vector<CellWindow> changed{};  ///< all that sectors reach which are no more, are new, or radiate otherwise
};

/// Everything around losses that are all held.
struct HeldNetwork {
  const Coverage& coverage;
  const std::vector<Site>& sites;
  const Ground& ground;  ///< of the whole plan
  const Receiver& receiver;
  ServerRules rules{};
};

/// Their maps; `losses` in the order in which they are added. With `earlier`, what still holds is taken from
/// there. Strip by strip: no sums are kept beyond the strip that a thread works on.
[[nodiscard]] ServerMaps servers_of(const HeldNetwork& network, std::span<const HeldLoss> losses, int threads,
                                    const EarlierServers* earlier = nullptr);

/// What a tile has seen so far.
struct TileSums;

class TiledServers {
 public:
  /// `coverage` (whose losses are not looked at) and `sites` live longer than this object.
  TiledServers(const Coverage& coverage, const std::vector<Site>& sites, const Receiver& receiver,
               ServerRules rules = {}, int tile_cells = 256);
  ~TiledServers();
  TiledServers(const TiledServers&) = delete;
  TiledServers& operator=(const TiledServers&) = delete;

  /// Announces the cells of one loss. A loss that is taken lies within what was announced for it.
  void expect(const CellWindow& window);
  /// Takes losses in; `ground` holds at least their cells.
  void take(std::span<const HeldLoss> losses, const Ground& ground, int threads);
  /// Nothing more will come for a window that was announced.
  void done(const CellWindow& window);
  /// Hands over what is finished, in order of tile, from this thread.
  void hand_over(const std::function<void(ServerTile&&)>& sink, int threads);

  [[nodiscard]] std::size_t tiles_held() const noexcept { return held_; }

 private:
  [[nodiscard]] std::vector<std::size_t> tiles_of(const CellWindow& window) const;
  [[nodiscard]] TileSums& sums_of(std::size_t tile);

  const Coverage& coverage_;
  const std::vector<Site>& sites_;
  Receiver receiver_;
  ServerRules rules_;
  ChannelPlan channels_;
  TransmitterSectors sectors_;
  int tile_cells_;
  int tiles_x_;
  std::vector<int> expected_{};                    ///< [tile] announced and not yet done
  std::vector<std::unique_ptr<TileSums>> sums_{};  ///< [tile] empty: not begun, or handed over
  std::size_t held_ = 0;
};

}  // namespace amaneku
