// A raster as registers of observers want it: at whatever cell beside them all observers of a line look, the
// values lie side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "terrain/raster/raster.hpp"

namespace amaneku {

/// Observers of a pass: the sides that look along x, their observers side by side along y, or the other way round.
struct ObserverPattern {
  bool along_x = true;
  int along = 0;   ///< cells
  int across = 0;  ///< cells
  int stride = 1;
  int reach = 0;  ///< cells that an observer looks at on either side across, at most

  /// Observers are taken kBlock at a time.
  static constexpr int kBlock = 32;

  [[nodiscard]] int observers_along() const noexcept;
  [[nodiscard]] int observers_across() const noexcept;
  [[nodiscard]] int blocks() const noexcept { return (observers_across() + kBlock - 1) / kBlock; }
  [[nodiscard]] std::size_t lanes() const noexcept { return static_cast<std::size_t>(blocks()) * kBlock; }
};

/// Ground higher than anything: a void, or the outside. Nothing is seen there or behind it.
inline constexpr float kVoidWall_m = 1e30F;

class ObserverLanes {
 public:
  ObserverLanes(const Grid& grid, const ObserverPattern& pattern, int threads);

  /// [cell along][lane position]
  [[nodiscard]] std::vector<float> heights(std::span<const float> ground_asl_m) const;
  /// Of the cells before each, across; modulo 2^32.
  [[nodiscard]] std::vector<std::uint32_t> sums(std::span<const std::uint32_t> values) const;

  /// Where the value of the cell `offset` across from observer 0 lies in a line of positions: that of observer i
  /// is i positions further.
  [[nodiscard]] std::int32_t position(int offset) const noexcept;
  /// Positions of one cell along.
  [[nodiscard]] std::size_t width() const noexcept { return width_; }

 private:
  template <class T, class Fill>
  [[nodiscard]] std::vector<T> arranged(const Fill& fill) const;

  Grid grid_;
  ObserverPattern pattern_;
  int threads_;
  int padding_;  ///< positions before observer 0 of a phase
  std::size_t phase_width_;
  std::size_t width_;
};

}  // namespace amaneku
