#include "libsim/count/operators.hpp"

#include <bit>
#include <cmath>
#include <numeric>
#include <set>

#include "libsim/count/people_cells.hpp"

namespace amaneku {
namespace {

/// Sum over the sets that `belongs` picks.
template <class Belongs>
double sum_where(const ByNetworks& by, const Belongs& belongs) {
  double sum = 0.0;
  for (std::size_t set = 0; set < by.of_set.size(); ++set) sum += belongs(set) ? by.of_set[set] : 0.0;
  return sum;
}

}  // namespace

double ByNetworks::total() const noexcept {
  return std::accumulate(of_set.begin(), of_set.end(), 0.0);
}
double ByNetworks::by_count(int n) const noexcept {
  return sum_where(*this, [&](std::size_t set) { return std::popcount(set) == n; });
}
double ByNetworks::by(std::size_t k) const noexcept {
  return sum_where(*this, [&](std::size_t set) { return (set >> k & 1U) != 0; });
}
double ByNetworks::carried_without(std::size_t k) const noexcept {
  return sum_where(*this, [&](std::size_t set) { return (set >> k & 1U) != 0 && std::popcount(set) > 1; });
}

std::vector<std::string> operator_ids(const std::vector<Site>& sites) {
  std::set<std::string> ids;
  for (const Site& site : sites) {
    if (site.existing) ids.insert(site.operator_id);
  }
  return {ids.begin(), ids.end()};
}

std::vector<std::uint8_t> sectors_of_operator(const Coverage& coverage, const std::vector<Site>& sites,
                                              const std::string& id) {
  std::vector<std::uint8_t> own;
  own.reserve(coverage.sectors.size());
  for (const SectorRef& ref : coverage.sectors) {
    own.push_back(sites[static_cast<std::size_t>(ref.site)].operator_id == id ? 1 : 0);
  }
  return own;
}

void mark_covered(Raster<std::uint8_t>& covered_by, std::size_t k, const Raster<float>& rsrp_dbm,
                  double threshold_dbm) {
  for (std::size_t i = 0; i < rsrp_dbm.values.size(); ++i) {
    if (static_cast<double>(rsrp_dbm.values[i]) >= threshold_dbm) {
      covered_by.values[i] = static_cast<std::uint8_t>(covered_by.values[i] | 1U << k);
    }
  }
}

void count_by_networks(Operators& operators, const Counted& counted) {
  const Raster<std::uint8_t>& covered_by = operators.covered_by;
  const Grid& grid = covered_by.grid;
  operators.people.of_set.assign(std::size_t{1} << operators.networks.size(), 0.0);
  operators.area_m2.of_set = operators.people.of_set;
  FootprintCells cells(grid);
  for (const PopulationUnit& unit : counted.population.units) {
    for_each_unit_cell(unit, grid, cells, [&](std::size_t i, double share) {
      operators.people.of_set[covered_by.values[i]] += unit.people * share;
    });
  }
  for (std::size_t i = 0; i < covered_by.values.size(); ++i) {
    if (!std::isnan(counted.ground_asl_m.values[i])) {
      operators.area_m2.of_set[covered_by.values[i]] += grid.cell_m * grid.cell_m;
    }
  }
}

}  // namespace amaneku
