#include "libsim/maps/site_order.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

namespace amaneku {

std::uint64_t hilbert_position(std::uint32_t x, std::uint32_t y, int order) noexcept {
  std::uint64_t position = 0;
  for (std::uint32_t side = std::uint32_t{1} << (order - 1); side > 0; side /= 2) {
    const bool right = (x & side) != 0;
    const bool upper = (y & side) != 0;
    position += std::uint64_t{side} * side * (upper ? (right ? 2U : 1U) : (right ? 3U : 0U));
    x &= side - 1;
    y &= side - 1;
    if (upper) continue;
    if (right) {
      x = side - 1 - x;
      y = side - 1 - y;
    }
    std::swap(x, y);
  }
  return position;
}

std::vector<int> sites_along_curve(const Grid& grid, const std::vector<Site>& sites) {
  const int order =
      std::max(1, static_cast<int>(std::bit_width(static_cast<unsigned>(std::max(grid.nx, grid.ny)))));
  std::vector<std::uint64_t> position;
  position.reserve(sites.size());
  for (const Site& site : sites) {
    const int ix = static_cast<int>(std::clamp(grid.column(site.at.x_m) + 0.5, 0.0, grid.nx - 1.0));
    const int iy = static_cast<int>(std::clamp(grid.row(site.at.y_m) + 0.5, 0.0, grid.ny - 1.0));
    position.push_back(hilbert_position(static_cast<std::uint32_t>(ix), static_cast<std::uint32_t>(iy), order));
  }
  std::vector<int> along(sites.size());
  std::iota(along.begin(), along.end(), 0);
  std::stable_sort(along.begin(), along.end(), [&](int a, int b) {
    return position[static_cast<std::size_t>(a)] < position[static_cast<std::size_t>(b)];
  });
  return along;
}

std::vector<std::size_t> transmitters_along_curve(const Coverage& coverage, const std::vector<Site>& sites) {
  const std::vector<int> along = sites_along_curve(coverage.grid, sites);
  std::vector<std::size_t> rank(sites.size());
  for (std::size_t i = 0; i < along.size(); ++i) rank[static_cast<std::size_t>(along[i])] = i;
  std::vector<std::size_t> order(coverage.transmitters.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto rank_of = [&](std::size_t t) {
    return rank[static_cast<std::size_t>(coverage.transmitters[t].site)];
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank_of(a) < rank_of(b); });
  return order;
}

}  // namespace amaneku
