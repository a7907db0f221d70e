// A country that does not exist: an arc of mountainous islands of Japan's size, made of noise from a seed.
// Heights come for any window of any grid and depend on the position alone, so the country is never held as a
// whole.
#pragma once

#include <cstdint>

#include "libsim/engine/coverage.hpp"

namespace amaneku::bench {

/// Position with regard to the arc on which the islands lie.
struct ArcPosition {
  double along_m;     ///< from the south-western end, 0 .. kArcLength_m on the arc
  double outwards_m;  ///< positive on the convex, south-eastern side
};

inline constexpr double kArcLength_m = 1'500'000.0;

[[nodiscard]] ArcPosition arc_position(Point at) noexcept;

class Land {
 public:
  /// `land_km2` of the box are land, within some per mille.
  Land(std::uint64_t seed, double land_km2, int threads);

  /// The box that holds the country, in cells of `cell_m`, a divisor of 1000 m. Its south-western corner is (0,
  /// 0).
  [[nodiscard]] static Grid box(double cell_m);

  /// Heights and radio-climatic zones; the sea is 0 m high. The same position has the same height in every window,
  /// to the last bit, for any number of threads.
  [[nodiscard]] Ground ground(const Grid& window, int threads = 1) const;

 private:
  /// Fills the rows [first, end).
  void fill_rows(Ground& ground, int first, int end) const;

  std::uint64_t seed_;
  Raster<float> inland_km_;  ///< roughly the distance to the coast, negative over the sea; without fine detail
  Raster<float> relief_m_;   ///< height of the crests
};

}  // namespace amaneku::bench
