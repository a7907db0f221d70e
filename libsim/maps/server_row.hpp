// One sector held against what a row of cells has seen so far. In SIMD.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace amaneku {

/// Cells that may be read and written beyond the last of a row: a register is always used whole.
inline constexpr std::size_t kRowPadding = 8;

/// Powers of a channel that are kept apart.
inline constexpr std::size_t kRanked = 4;

/// What consecutive cells know of the sectors of one channel so far: the power of the strongest that serves, the
/// part of it that its load lets interfere, and the sum of such parts of all others.
struct ChannelCells {
  double* strongest_mw;
  double* strongest_interfering_mw;
  double* others_mw;
  std::array<float*, kRanked> ranked_dbm;  ///< its strongest, second, third, fourth; -infinity before any
};

/// What consecutive cells know of the sectors so far. Powers of the strongest: -infinity before any.
struct ServerCells {
  float* best_dbm;
  std::int32_t* best_server;
  float* second_dbm;
  std::int32_t* second_server;
  ChannelCells channel;  ///< of the sector to be added
};

/// What they receive from the sector: before_gain_dbm + gain_dbi[i] - loss_db[i]. A loss that is NaN changes
/// nothing.
struct SectorRow {
  std::int32_t sector;
  double before_gain_dbm;
  const double* gain_dbi;
  const float* loss_db;  ///< NaN beyond the last cell
  double load = 1.0;     ///< share of its power that interferes, 0 .. 1
};

/// Of two equal powers the sector of the lower index is the stronger, in whatever order they come (of two with
/// unequal loads the one that came first is left out of the interference).
void add_sector(const ServerCells& cells, const SectorRow& row, std::size_t n);

/// Of a sector that serves nobody here: `share` of its power, its load included, is added to others_mw.
void add_interferer(double* others_mw, const SectorRow& row, double share, std::size_t n);

}  // namespace amaneku
