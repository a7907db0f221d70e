// One sector held against what a row of cells has seen so far. In SIMD.
#pragma once

#include <cstddef>
#include <cstdint>

namespace amaneku {

/// Cells that may be read and written beyond the last of a row: a register is always used whole.
inline constexpr std::size_t kRowPadding = 8;

/// What consecutive cells know of the sectors so far. Powers of the two strongest: -infinity before any. Sums of
/// one carrier: its strongest sector, and all others of it.
struct ServerCells {
  float* best_dbm;
  std::int32_t* best_server;
  float* second_dbm;
  std::int32_t* second_server;
  double* strongest_mw;
  double* others_mw;
};

/// What they receive from the sector: before_gain_dbm + gain_dbi[i] - loss_db[i]. A loss that is NaN changes
/// nothing.
struct SectorRow {
  std::int32_t sector;
  double before_gain_dbm;
  const double* gain_dbi;
  const float* loss_db;  ///< NaN beyond the last cell
};

/// Of two equal powers the sector of the lower index is the stronger, in whatever order they come.
void add_sector(const ServerCells& cells, const SectorRow& row, std::size_t n);

}  // namespace amaneku
