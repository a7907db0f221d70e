// Smooth fields along the rows of any grid: a value depends on the position alone, so grids that meet agree to the
// last bit, and a row costs a few nanoseconds a cell.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "terrain/raster/raster.hpp"

namespace amaneku::bench {

/// For every column of a grid: the node of a lattice to the west of its centre, and how far it lies beyond it.
struct LatticeColumns {
  LatticeColumns(double origin_m, double spacing_m, const Grid& grid);

  std::vector<std::int64_t> node{};  ///< [ix]
  std::vector<float> beyond{};       ///< [ix], 0 .. 1
};

/// One octave of gradient noise (Perlin 2002) at the cell centres of a grid: -1 .. 1, mean 0, 0 at the nodes of a
/// lattice of one wavelength, whose place follows the seed. Rows are asked for from north to south, or in any
/// order at some cost.
class NoiseRows {
 public:
  NoiseRows(std::uint64_t seed, double wavelength_m, const Grid& grid);

  /// Values of row iy, valid until the next call.
  [[nodiscard]] std::span<const float> row(int iy);

 private:
  struct Gradients {
    std::int64_t node_row = std::numeric_limits<std::int64_t>::min();  ///< none yet
    std::vector<float> x{};                                            ///< [node], unit vectors
    std::vector<float> y{};
  };
  void draw(Gradients& gradients, std::int64_t node_row) const;

  std::uint64_t seed_;
  double wavelength_m_;
  double origin_m_;  ///< of the lattice, in x and in y
  Grid grid_;
  LatticeColumns columns_;
  std::vector<std::size_t> runs_{};  ///< where columns beyond another node begin; the last: number of columns
  std::vector<float> fade_{};        ///< [ix]
  Gradients south_{};
  Gradients north_{};
  std::vector<float> value_{};
};

/// Bilinear values of a coarse lattice at the cell centres of a grid. Beyond the outer nodes the edge is held.
class LatticeRows {
 public:
  /// `lattice` lives longer than this object.
  LatticeRows(const Raster<float>& lattice, const Grid& grid);

  /// Values of row iy, valid until the next call.
  [[nodiscard]] std::span<const float> row(int iy);

 private:
  const Raster<float>& lattice_;
  Grid grid_;
  LatticeColumns columns_;
  std::vector<float> node_row_{};
  std::vector<float> value_{};
};

}  // namespace amaneku::bench
