#include "propagation/model.hpp"

#include <algorithm>
#include <limits>

#include "propagation/itu/p525.hpp"

namespace amaneku {

double loss_db(const SpecificLoss& specific, const Link&, const PathGeometry& path) noexcept {
  // An infinite distance times no loss would be no number.
  return specific.loss_db_m * std::min(itu::slant_distance_m(path), std::numeric_limits<double>::max());
}

}  // namespace amaneku
