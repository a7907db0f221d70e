// What no layout of fibre falls below, for graphs of any size.
#pragma once

#include <cstdint>

#include "libsim/backhaul/fibre_routes.hpp"
#include "libsim/backhaul/fibre_search.hpp"

namespace amaneku {

struct FibreBound {
  std::int64_t jpy = 0;  ///< no layout costs less
  FibreRoutes
      routes{};  ///< per terminal its way in the cheapest tree, none where a limit or a second route forbids it
};

/// For a share s of cable prices that is counted with the trench, 0 to 1: a connected network of trench + s x
/// cable, and for the rest each terminal's own cheapest way (or pair) with its part of a cable. The greatest of
/// several s. Of limits of length and hops it knows little. `work`: of the tree, as SteinerOptions has it.
[[nodiscard]] FibreBound fibre_lower_bound(FibreGraph& graph, std::int64_t work);

}  // namespace amaneku
