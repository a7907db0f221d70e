// Whether a picture of differences has rays, rings or blocks: the means over each of them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <vector>

#include "terrain/raster/raster.hpp"

namespace amaneku::test {

/// |mean| of the differences over groups of cells; what noise without a pattern leaves is small.
struct GroupMeans {
  std::vector<double> absolute_db{};  ///< by group, ascending
  [[nodiscard]] double quantile_db(double q) const {
    return absolute_db.at(static_cast<std::size_t>(q * static_cast<double>(absolute_db.size() - 1)));
  }
};

struct AreaPatterns {
  GroupMeans rays{};    ///< from the site outwards, one cell wide at the radius
  GroupMeans rings{};   ///< around the site, one cell wide
  GroupMeans blocks{};  ///< 16 x 16 cells
};

/// Means of the groups with at least `least` cells, by group(ix, iy).
template <class Group>
[[nodiscard]] GroupMeans group_means(const Raster<float>& difference_db, std::size_t least, const Group& group) {
  struct Sum {
    double sum_db = 0.0;
    std::size_t cells = 0;
  };
  std::map<long, Sum> sums;
  for (int iy = 0; iy < difference_db.grid.ny; ++iy) {
    for (int ix = 0; ix < difference_db.grid.nx; ++ix) {
      const float value_db = difference_db.at(ix, iy);
      if (std::isnan(value_db)) continue;
      Sum& sum = sums[group(ix, iy)];
      sum.sum_db += static_cast<double>(value_db);
      ++sum.cells;
    }
  }
  GroupMeans means;
  for (const auto& [key, sum] : sums) {
    if (sum.cells >= least) means.absolute_db.push_back(std::fabs(sum.sum_db / static_cast<double>(sum.cells)));
  }
  std::sort(means.absolute_db.begin(), means.absolute_db.end());
  return means;
}

[[nodiscard]] inline AreaPatterns area_patterns(const Raster<float>& difference_db, Point site,
                                                double radius_cells) {
  const Grid& grid = difference_db.grid;
  const auto east = [&](int ix) { return ix - grid.column(site.x_m); };
  const auto south = [&](int iy) { return iy - grid.row(site.y_m); };
  return {group_means(difference_db, static_cast<std::size_t>(0.3 * radius_cells),
                      [&](int ix, int iy) {
                        return std::lround(std::floor(std::atan2(south(iy), east(ix)) * radius_cells));
                      }),
          group_means(difference_db, 200,
                      [&](int ix, int iy) { return std::lround(std::floor(std::hypot(south(iy), east(ix)))); }),
          group_means(difference_db, 200, [&](int ix, int iy) { return iy / 16 * 100'000L + ix / 16; })};
}

}  // namespace amaneku::test
