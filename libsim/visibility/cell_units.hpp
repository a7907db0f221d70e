// Weights of cells as whole numbers, so that their sums do not depend on the order.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace amaneku {

/// Whole units of each cell. All of them together are less than 2^31.
struct CellUnits {
  std::vector<std::uint32_t> units{};
  double unit = 1.0;  ///< a power of two
};

/// What is lost by rounding a cell goes into the next one: the sum of any run of cells is right within a unit.
/// InternalError, with the name, for a weight that is negative or not a finite number.
[[nodiscard]] CellUnits cell_units(std::span<const float> weights, std::string_view name);

}  // namespace amaneku
