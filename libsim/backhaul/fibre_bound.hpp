// What no layout of fibre falls below, for graphs of any size.
#pragma once

#include <cstdint>

#include "libsim/backhaul/fibre_routes.hpp"

namespace amaneku {

/// For a share s of cable prices that is counted with the trench, 0 to 1: a connected network of trench + s x
/// cable, and for the rest each terminal's own cheapest way (or pair) with its part of a cable. The greatest of
/// several s. Of limits of length and hops it knows little.
[[nodiscard]] std::int64_t fibre_lower_bound(FibreGraph& graph);

}  // namespace amaneku
