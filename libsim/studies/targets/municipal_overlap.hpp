// Municipalities whose areas lie on one another.
#pragma once

#include <string>
#include <vector>

#include "terrain/people/boundaries.hpp"
#include "terrain/people/roads.hpp"
#include "terrain/raster/raster.hpp"

namespace amaneku {

struct MunicipalOverlap {
  std::string first{};   ///< code: the one that the cells count for
  std::string second{};  ///< code
  double area_m2 = 0.0;  ///< of the cells that both hold
};

/// In order of area, the largest first.
[[nodiscard]] std::vector<MunicipalOverlap> municipal_overlaps(const Boundaries& boundaries, const Grid& grid);

}  // namespace amaneku
