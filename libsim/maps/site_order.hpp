// The order in which the sites of a plan are taken: along a Hilbert curve, so that neighbours in the order are
// neighbours on the ground.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/engine/coverage.hpp"

namespace amaneku {

/// Position of cell (x, y) on the Hilbert curve over a square of 2^order cells a side (Hilbert 1891; the loop of
/// Wikipedia's "Hilbert curve"). 0 <= x, y < 2^order, order <= 31.
[[nodiscard]] std::uint64_t hilbert_position(std::uint32_t x, std::uint32_t y, int order) noexcept;

/// Indices of the sites along the curve over the grid's cells; sites of one cell in order of index. Sites outside
/// count as of the nearest cell.
[[nodiscard]] std::vector<int> sites_along_curve(const Grid& grid, const std::vector<Site>& sites);

/// Indices of the transmitters in that order of their sites.
[[nodiscard]] std::vector<std::size_t> transmitters_along_curve(const Coverage& coverage,
                                                                const std::vector<Site>& sites);

}  // namespace amaneku
