// The part of a raster that a cone of radials runs over, ring by ring: one side of a fan (radial_fan.hpp) with its
// rings as contiguous rows, whichever way the side looks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "terrain/raster/radial_fan.hpp"
#include "terrain/raster/raster.hpp"

namespace amaneku {

/// A ring's values between two cells across, in order of the cell.
struct RingRow {
  const float* values = nullptr;  ///< of cell `first` and on
  int first = 0;
};

/// Holds the last rings of a cone. Cells outside the raster hold the edge's value.
class RingRows {
 public:
  /// Rings kept before the newest one.
  static constexpr int kKept = 64;

  /// `slope_low`, `slope_high`: of the cone across the side, in order of the cell (FanSide::across_slope).
  void restart(const Raster<float>& raster, const FanSide& side, double slope_low, double slope_high);

  /// Row of ring j, which must not be older than kKept rings before the newest ring asked for.
  [[nodiscard]] RingRow row(int j) {
    if (j >= loaded_) load_block();
    const auto slot = static_cast<std::size_t>(j % kSlots);
    return {values_.data() + slot * width_ + kPadding, first_[slot]};
  }

 private:
  static constexpr int kBlock = 16;  ///< rings loaded at a time: one cache line where a ring runs down a column
  static constexpr int kSlots = kKept + 2 * kBlock;
  static constexpr std::size_t kPadding = 16;  ///< values on both sides that may be read, not used

  void load_block();

  const Raster<float>* raster_ = nullptr;
  const FanSide* side_ = nullptr;
  double slope_low_ = 0.0;
  double slope_high_ = 0.0;
  int loaded_ = 0;
  std::size_t width_ = 0;
  std::vector<float> values_{};
  std::vector<int> first_{};
};

/// Lines from the site by their slopes across (ascending, and not farther apart than a cell where they are asked
/// for), followed by kLinePadding readable values.
inline constexpr std::size_t kLinePadding = 16;

/// Heights where `lines` meet the ring at distance u: linear between its cells, NaN in a void; the same numbers as
/// FanSide::sample. `out` has room for the padding as well.
void sample_ring(const FanSide& side, const RingRow& row, double u, std::span<const double> lines, float* out);

/// The cells q = first .. first + n - 1 of a ring as ends of lines: slope across, metres per u of the line, and
/// which of the equal sectors of the cone it lies in, counted from slope_low. Arrays with room for the padding.
struct RingCells {
  std::vector<double> across_slope{};
  std::vector<double> metres_per_u{};
  std::vector<std::uint32_t> sector{};

  void resize(std::size_t n);
};
struct ConeSectors {
  double slope_low;
  double slope_step;
  std::size_t count;
};
void ring_cells(const FanSide& side, double cell_m, double u, int first, std::size_t n, const ConeSectors& sectors,
                RingCells& out);

}  // namespace amaneku
