// Ways over the ground that cost least.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "scenarios/demo/relief.hpp"

namespace amaneku::scenarios::demo {

/// Finds surface roads on the survey grid (Dijkstra over sixteen directions): steep steps cost much, cells that
/// already carry a road little, the sea cannot be crossed.
class Router {
 public:
  explicit Router(const Relief& relief);

  [[nodiscard]] const Grid& grid() const noexcept { return grid_; }
  /// Cells from `from` to the first cell, in order of cost, for which `reached` holds; empty if there is none.
  [[nodiscard]] std::vector<std::size_t> path(std::size_t from, const std::function<bool(std::size_t)>& reached);
  /// Cost of the straight step between cells a and b, infinite over the sea.
  [[nodiscard]] double step_cost(std::size_t a, std::size_t b) const noexcept;
  [[nodiscard]] bool built(std::size_t cell) const noexcept { return built_[cell] != 0; }
  void build(std::size_t cell) noexcept { built_[cell] = 1; }

 private:
  Grid grid_;
  const Relief* relief_;
  std::vector<std::uint8_t> built_;
  // Kept between searches, which are many and mostly short: only what a search touched is reset after it.
  std::vector<double> cost_;
  std::vector<std::size_t> from_;
};

/// For every cell, which of `sources` reaches it at the least cost; -1 where none does.
[[nodiscard]] std::vector<std::int32_t> easiest_source(const Router& router,
                                                       const std::vector<std::size_t>& sources);

/// A vertex of an expressway: where it is and how high its deck.
struct DeckPoint {
  Point at{};
  double deck_asl_m = 0.0;
};

/// The way of an expressway from `from` to where `reached` holds: grades of 4 % at most, through ridges and over
/// valleys where that is cheaper than around them. Empty if there is none.
[[nodiscard]] std::vector<DeckPoint> expressway_path(const Relief& relief, Point from,
                                                     const std::function<bool(Point)>& reached);

}  // namespace amaneku::scenarios::demo
