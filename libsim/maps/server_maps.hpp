// Received power from path loss: the two strongest sectors and the interference, cell by cell.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "libsim/engine/coverage.hpp"
#include "propagation/units.hpp"

namespace amaneku {

/// What sectors do beyond what the sites say of them. Empty: for all sectors as the sites say, and all may serve.
struct ServerRules {
  std::vector<double> load{};  ///< [Coverage::sectors] instead of Sector::load
  std::vector<std::uint8_t>
      serves{};  ///< [Coverage::sectors] 0: only interferes, as the network of another operator
};

/// The usual window of an active set.
inline constexpr float kContenders_db = 6.0F;
inline constexpr std::uint8_t kPilotPollution = 4;

/// Powers are per subcarrier.
struct ServerMaps {
  Raster<float> rsrp_dbm{};              ///< strongest sector; NaN: no sector computed here
  Raster<std::int32_t> best_server{};    ///< index into Coverage::sectors, -1: none
  Raster<float> second_dbm{};            ///< second strongest sector; NaN: fewer than two computed here
  Raster<std::int32_t> second_server{};  ///< -1: none
  /// Sum over all other sectors of what falls into a subcarrier of the strongest one's channel, each at its load
  /// (interference.hpp); NaN: none of them does.
  Raster<float> interference_dbm{};
  /// Sectors on the channel of the strongest one within kContenders_db of it, itself included; 4 stands for four
  /// or more, 0 for none. Two and three overlap (handover margin), four are pilot pollution: none is clearly the
  /// server.
  Raster<std::uint8_t> contenders{};
};

/// Cells at the threshold or above by their contenders: one, two, three, four or more.
[[nodiscard]] std::array<std::size_t, kPilotPollution> cells_by_contenders(const ServerMaps& maps,
                                                                           double threshold_dbm);

/// Maps of a grid that no sector reaches.
[[nodiscard]] ServerMaps empty_maps(const Grid& grid);

/// The maps of a part of a plan.
struct ServerTile {
  int ix0 = 0;  ///< of the tile's north-western cell, in the plan grid
  int iy0 = 0;
  ServerMaps maps{};  ///< on the tile's own grid
};

/// Puts the tile in its place in the maps of the plan.
void paste(const ServerTile& tile, ServerMaps& plan);

/// From losses that are all held in memory. For any number of threads the same bytes, and those of the site loop.
[[nodiscard]] ServerMaps best_server(const Coverage& coverage, const std::vector<Site>& sites,
                                     const Ground& ground, const Receiver& receiver, int threads,
                                     const ServerRules& rules = {});

/// Gain of a sector towards a receiver cell that appears `up_m` above it (seen_above_m()).
[[nodiscard]] Db sector_gain(const Sector& sector, const Site& site, Point cell, double up_m) noexcept;

}  // namespace amaneku
