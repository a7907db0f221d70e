// Georeferenced grids: north-up, square cells, row-major [y, x], row 0 is north.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "terrain/files/mapped_file.hpp"
#include "terrain/geo.hpp"

namespace amaneku {

/// Where the cells lie. Values belong to cell centres; (west_m, north_m) is the outer corner of cell (0, 0).
struct Grid {
  double west_m = 0.0;
  double north_m = 0.0;
  double cell_m = 1.0;
  int nx = 0;
  int ny = 0;

  friend bool operator==(const Grid&, const Grid&) = default;

  [[nodiscard]] std::size_t cells() const noexcept {
    return static_cast<std::size_t>(nx) * static_cast<std::size_t>(ny);
  }
  [[nodiscard]] std::size_t index(int ix, int iy) const noexcept {
    return static_cast<std::size_t>(iy) * static_cast<std::size_t>(nx) + static_cast<std::size_t>(ix);
  }
  [[nodiscard]] double east_m() const noexcept { return west_m + nx * cell_m; }
  [[nodiscard]] double south_m() const noexcept { return north_m - ny * cell_m; }
  [[nodiscard]] Point centre(int ix, int iy) const noexcept {
    return {west_m + (ix + 0.5) * cell_m, north_m - (iy + 0.5) * cell_m};
  }
  /// Fractional column, 0.0 at the centre of column 0.
  [[nodiscard]] double column(double x_m) const noexcept { return (x_m - west_m) / cell_m - 0.5; }
  /// Fractional row, 0.0 at the centre of row 0, growing southwards.
  [[nodiscard]] double row(double y_m) const noexcept { return (north_m - y_m) / cell_m - 0.5; }
  /// The cell that contains the point may be outside the grid: test with `holds`.
  [[nodiscard]] int column_of(double x_m) const noexcept {
    return static_cast<int>(std::floor((x_m - west_m) / cell_m));
  }
  [[nodiscard]] int row_of(double y_m) const noexcept {
    return static_cast<int>(std::floor((north_m - y_m) / cell_m));
  }
  [[nodiscard]] bool holds(int ix, int iy) const noexcept { return ix >= 0 && iy >= 0 && ix < nx && iy < ny; }
  [[nodiscard]] bool contains(Point p) const noexcept {
    return p.x_m >= west_m && p.x_m < east_m() && p.y_m > south_m() && p.y_m <= north_m;
  }
};

/// Where the values of rasters lie: in memory, or from kMappedBytes on in a nameless file (mapped_file.hpp), so
/// that the plan of a whole country needs a disk and not as much memory.
template <class T>
struct CellAllocator {
  using value_type = T;
  static constexpr std::size_t kMappedBytes = std::size_t{128} << 20U;

  CellAllocator() = default;
  template <class Other>
  CellAllocator(const CellAllocator<Other>& /*other*/) noexcept {}

  [[nodiscard]] T* allocate(std::size_t n) {
    if (n > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_array_new_length();
    const std::size_t bytes = n * sizeof(T);
    return static_cast<T*>(bytes < kMappedBytes ? ::operator new(bytes) : map_scratch(bytes));
  }
  void deallocate(T* memory, std::size_t n) noexcept {
    if (n * sizeof(T) < kMappedBytes) {
      ::operator delete(memory);
    } else {
      unmap_scratch(memory, n * sizeof(T));
    }
  }
  friend bool operator==(const CellAllocator& /*a*/, const CellAllocator& /*b*/) noexcept { return true; }
};

/// [y, x]
template <class T>
using CellValues = std::vector<T, CellAllocator<T>>;

inline constexpr float kNoData = std::numeric_limits<float>::quiet_NaN();

/// A grid and its values. For float rasters NaN means "no data".
template <class T>
struct Raster {
  Grid grid{};
  CellValues<T> values{};  ///< [y, x], size grid.cells()

  Raster() = default;
  Raster(const Grid& where, T fill) : grid(where), values(where.cells(), fill) {}

  [[nodiscard]] T& at(int ix, int iy) noexcept { return values[grid.index(ix, iy)]; }
  [[nodiscard]] const T& at(int ix, int iy) const noexcept { return values[grid.index(ix, iy)]; }
  [[nodiscard]] std::span<T> row(int iy) noexcept {
    return {values.data() + grid.index(0, iy), static_cast<std::size_t>(grid.nx)};
  }
  [[nodiscard]] std::span<const T> row(int iy) const noexcept {
    return {values.data() + grid.index(0, iy), static_cast<std::size_t>(grid.nx)};
  }
};

/// Bilinear value at a point. NaN outside the hull of the cell centres by more than half a cell, and
/// wherever a neighbour with non-zero weight is NaN; within the outer half cell the edge value is held.
[[nodiscard]] float sample_bilinear(const Raster<float>& raster, Point p) noexcept;

/// Number of NaN cells.
[[nodiscard]] std::size_t count_voids(const Raster<float>& raster) noexcept;

}  // namespace amaneku
