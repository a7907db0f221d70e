// Forward scatter of the irregular terrain model. NBS Technical Note 101 chapter 9; the algorithm, sections 4
// and 6.
#pragma once

#include <optional>

#include "propagation/itm/diffraction.hpp"

namespace amaneku::itm {

/// The straight line of the scatter loss in the distance, and where it takes over from diffraction.
struct ScatterLine {
  double slope_db_m;
  double from_m;  ///< beyond this distance; there it equals the diffraction line
};

/// Nothing where both antennas are so low in wavelengths that the method defines no scatter loss.
[[nodiscard]] std::optional<ScatterLine> scatter_line(const Radio& radio, const TerrainTerms& terms,
                                                      const DiffractionLine& diffraction) noexcept;

}  // namespace amaneku::itm
