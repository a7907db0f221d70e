// A layout of fibre by inserting terminals one by one and laying them anew, for graphs of any size.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "libsim/backhaul/fibre_routes.hpp"

namespace amaneku {

/// Of an edge whose routes carry `load`; 0 without routes.
[[nodiscard]] std::int64_t cables_for(std::int64_t load, std::int32_t routes, std::int64_t capacity) noexcept;

using FibreRoutes = std::vector<std::vector<FibreRoute>>;

struct FibreFound {
  FibreRoutes routes{};
  std::vector<std::int32_t> missed{};  ///< terminals for which no routes within the limits were found
};

/// Routes of all terminals: those of `start` (per terminal, some or all empty) and the rest inserted, then
/// improved in `work` steps at most; from nothing as well, where the graph is small.
[[nodiscard]] FibreFound fibre_search(FibreGraph& graph, const FibreRoutes& start, std::int64_t work);

}  // namespace amaneku
