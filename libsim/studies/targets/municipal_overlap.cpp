#include "libsim/studies/targets/municipal_overlap.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "libsim/count/footprint_cells.hpp"

namespace amaneku {

std::vector<MunicipalOverlap> municipal_overlaps(const Boundaries& boundaries, const Grid& grid) {
  const Raster<std::int16_t> owner = rasterize_municipalities(boundaries, grid);
  std::map<std::pair<std::size_t, std::size_t>, long long> cells;  // by first and second
  FootprintCells footprint(grid);
  for (std::size_t m = 0; m < boundaries.municipalities.size(); ++m) {
    footprint.for_each_run(boundaries.municipalities[m].area, [&](const CellRun& run) {
      if (run.row < 0 || run.row >= grid.ny) return;
      const auto end = std::clamp<long long>(run.end, 0, grid.nx);
      for (auto ix = std::clamp<long long>(run.begin, 0, grid.nx); ix < end; ++ix) {
        const auto first = static_cast<std::size_t>(owner.at(static_cast<int>(ix), static_cast<int>(run.row)));
        if (first != m) ++cells[{first, m}];
      }
    });
  }
  std::vector<MunicipalOverlap> out;
  for (const auto& [pair, count] : cells) {
    out.push_back({boundaries.municipalities[pair.first].code, boundaries.municipalities[pair.second].code,
                   static_cast<double>(count) * grid.cell_m * grid.cell_m});
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.area_m2 > b.area_m2; });
  return out;
}

}  // namespace amaneku
