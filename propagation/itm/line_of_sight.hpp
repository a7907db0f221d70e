// Line of sight of the irregular terrain model: two rays over rough ground, joined to the diffraction line.
// ERL 79-ITS 67 section 3-2; the algorithm, section 4.
#pragma once

#include "propagation/itm/diffraction.hpp"

namespace amaneku::itm {

/// Attenuation relative to free space, dB, at a distance inside the smooth Earth's range in sight: a weighted sum
/// of the two-ray field and the diffraction line continued.
[[nodiscard]] double two_ray_db(const Radio& radio, const TerrainTerms& terms, const DiffractionLine& diffraction,
                                double distance_m) noexcept;

/// A_o + k_1 d + k_2 ln d through the two-ray loss at two distances and the diffraction line at the end of the
/// range in sight, taken at the distance of the path. dB, may be negative.
[[nodiscard]] double line_of_sight_db(const Radio& radio, const TerrainTerms& terms,
                                      const DiffractionLine& diffraction) noexcept;

}  // namespace amaneku::itm
