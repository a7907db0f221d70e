// Who lives where in the synthetic country, and where the masts stand.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/national/land.hpp"

namespace amaneku::bench {

struct CountryOptions {
  std::uint64_t seed = 1;
  double land_km2 = 378'000.0;
  std::int64_t people = 127'000'000;
  int masts = 300'000;
};

/// A site as it is kept for a whole country: where it stands and how high its antenna is.
struct Mast {
  Point at{};
  double tx_agl_m = 30.0;
  double along_m = 0.0;  ///< arc_position of the mast
};

/// Whole numbers that add up to `total`, in proportion to the shares: each is a step of the rounded running sum.
/// Throws InternalError where no share is positive.
[[nodiscard]] std::vector<std::int32_t> apportion(const std::vector<double>& shares, std::int64_t total);

/// People of the 1 km meshes, [y, x] of Land::box(1000): cities in the plains by rank and size, hamlets between
/// them, nobody at sea. They add up to `options.people`.
[[nodiscard]] Raster<std::int32_t> settle(const Land& land, const CountryOptions& options, int threads);

/// Exactly `options.masts` masts, by the people of the meshes, on land, from the south-western end of the arc on.
/// No two of a mesh are in the same 100 m cell while there are enough of them on land.
[[nodiscard]] std::vector<Mast> place_masts(const Land& land, const Raster<std::int32_t>& people,
                                            const CountryOptions& options, int threads);

/// A slice across the arc: `share` of the masts, neighbours along the arc, chosen where they stand as dense as in
/// the country as a whole.
struct Slice {
  std::size_t first_mast = 0;
  std::size_t end_mast = 0;
  double from_along_m = 0.0;
  double to_along_m = 0.0;
  [[nodiscard]] bool holds(Point at) const noexcept {
    const double along_m = arc_position(at).along_m;
    return along_m >= from_along_m && along_m <= to_along_m;
  }
};

/// 0 < share <= 1, at least one mast. The whole arc, and what lies beyond its ends, for all masts.
[[nodiscard]] Slice typical_slice(const std::vector<Mast>& masts, double share);

}  // namespace amaneku::bench
