// The reference attenuation of the irregular terrain model: the median relative to free space for the state of the
// atmosphere of which the other statistics are told. ERL 79-ITS 67 section 3.
#pragma once

#include <cstdint>

#include "propagation/itm/radio.hpp"
#include "propagation/itm/terrain_terms.hpp"

namespace amaneku::itm {

enum class Mode : std::uint8_t { line_of_sight = 1, diffraction = 2, troposcatter = 3 };

struct Reference {
  double attenuation_db;  ///< never negative
  Mode mode;
};

[[nodiscard]] Reference reference_attenuation(const Radio& radio, const TerrainTerms& terms) noexcept;

/// Free space with the source's rounded constant, dB, at the distance on the ground.
[[nodiscard]] double free_space_db(const Radio& radio, double distance_m) noexcept;

}  // namespace amaneku::itm
