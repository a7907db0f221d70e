// A hop as it is drawn: the ground over the bent Earth, the straight ray, and the first Fresnel zone around it.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "libsim/backhaul/hop_sight.hpp"

namespace amaneku {

/// Along the line from the first to the second antenna, [point]. Heights in metres above sea level at the ends, in
/// between raised by what the Earth bulges under a ray that is drawn straight.
struct HopView {
  std::vector<double> distance_m{};
  std::vector<double> ground_m{};         ///< with the Earth of k = 4/3
  std::vector<double> surface_m{};        ///< with what stands on it
  std::vector<double> worst_surface_m{};  ///< the surface with the Earth of the worst k
  std::vector<double> ray_m{};
  std::vector<double> fresnel_m{};  ///< radius of the first zone; 0 at the ends
  /// Least share of that radius that is free under the ray, over the points between the ends; may exceed 1, and is
  /// negative where the ray is cut.
  double least_share = 0.0;
  std::size_t tightest = 0;  ///< the point of it
};

/// What is between two antennas. None where ground is missing.
struct HopLine {
  std::array<Point, 2> at;
  std::array<double, 2> antenna_agl_m;
  double freq_hz;
};
[[nodiscard]] std::optional<HopView> hop_view(const Ground& ground, const HopLine& line,
                                              const SightRules& rules = kCustomaryRules);

}  // namespace amaneku
