// ITU-R P.526-15 section 4.5.1: the Bullington construction.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/itu/p526_spherical_earth.hpp"

namespace amaneku::itu {

/// Section 4.5.1 over the terrain that the geometry describes, dB: nu of the Bullington point of an obstructed
/// path, the largest nu of an intermediate point (sub-path) of a path in line of sight.
[[nodiscard]] double bullington_loss_db(const Link& link, const PathGeometry& path) noexcept;

/// The same over a smooth sphere sampled at `samples` evenly spaced points, ends included: O(1), because every
/// quantity has one extreme along the path and only the two samples beside it need to be looked at.
[[nodiscard]] double smooth_bullington_loss_db(const Link& link, const SmoothPath& path,
                                               std::uint32_t samples) noexcept;

}  // namespace amaneku::itu
