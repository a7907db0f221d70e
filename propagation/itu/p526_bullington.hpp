// ITU-R P.526-15 section 4.5.1: the Bullington construction.
#pragma once

#include <span>

#include "propagation/geometry.hpp"
#include "propagation/itu/p526_spherical_earth.hpp"

namespace amaneku::itu {

/// Section 4.5.1 over the terrain that the horizons describe, dB: nu of the Bullington point of an obstructed
/// path, the largest nu of an intermediate point (sub-path) of a path in line of sight. The effective Earth radius
/// of `link` is that of `horizons`.
[[nodiscard]] double bullington_loss_db(const Link& link, const PathGeometry& path,
                                        const Horizons& horizons) noexcept;

/// Where the points of a profile are, ends included.
struct SamplePositions {
  std::uint32_t count = 0;
  std::span<const double> distance_m{};  ///< empty: evenly spaced
};

/// The same over a smooth sphere with the terrain profile's points: every quantity has one extreme along the path
/// and only the two samples beside it need to be looked at.
[[nodiscard]] double smooth_bullington_loss_db(const Link& link, const SmoothPath& path,
                                               const SamplePositions& positions) noexcept;

}  // namespace amaneku::itu
