#include "libsim/maps/point_powers.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/index.hpp"
#include "libsim/maps/link_budget.hpp"
#include "propagation/sector_pattern.hpp"

namespace amaneku {

PointPowers::PointPowers(const Coverage& coverage, const std::vector<Site>& sites,
                         const Raster<float>& ground_asl_m, const Receiver& receiver,
                         const std::vector<Point>& points, double weakest_dbm)
    : coverage_(coverage),
      sites_(sites),
      ground_asl_m_(ground_asl_m),
      receiver_(receiver),
      weakest_dbm_(weakest_dbm),
      sectors_(coverage),
      entries_(coverage.transmitters.size()) {
  const Grid& grid = coverage.grid;
  row_first_.resize(index_of(grid.ny) + 1);
  for (const Point& point : points) {
    cells_.push_back(
        {std::min(grid.column_of(point.x_m), grid.nx - 1), std::min(grid.row_of(point.y_m), grid.ny - 1)});
    ++row_first_[index_of(cells_.back().iy) + 1];
  }
  if (!std::is_sorted(cells_.begin(), cells_.end(), [](const Cell& a, const Cell& b) { return a.iy < b.iy; })) {
    throw InternalError("points are not in order of row");
  }
  for (std::size_t row = 1; row < row_first_.size(); ++row) row_first_[row] += row_first_[row - 1];
}

void PointPowers::take(std::size_t transmitter, const TransmitterLoss& loss) {
  const Site& site = sites_[index_of(loss.site)];
  std::vector<Entry>& entries = entries_[transmitter];
  for (const int s : sectors_.of(transmitter)) {
    const Sector& sector = site.sectors[index_of(coverage_.sectors[index_of(s)].sector)];
    const SectorPattern pattern = pattern_on_grid(site, sector);
    const double before_gain_dbm = link_budget(sector, receiver_, {0.0}, {0.0}).rsrp().value;
    const Grid& window = loss.loss_db.grid;
    for (std::size_t i = row_first_[index_of(loss.iy0)]; i < row_first_[index_of(loss.iy0 + window.ny)]; ++i) {
      const Cell& cell = cells_[i];
      if (cell.ix < loss.ix0 || cell.ix >= loss.ix0 + window.nx) continue;
      const float loss_db = loss.loss_db.at(cell.ix - loss.ix0, cell.iy - loss.iy0);
      if (std::isnan(loss_db)) continue;
      const Point at = coverage_.grid.centre(cell.ix, cell.iy);
      const double higher_m = static_cast<double>(ground_asl_m_.at(cell.ix, cell.iy)) +
                              (receiver_.rx_agl_m - (loss.tx_ground_asl_m + loss.tx_agl_m));
      const double up_m = seen_above_m(coverage_, site.at, at, higher_m);
      const double gain_dbi = pattern.gain_dbi(at.x_m - site.at.x_m, at.y_m - site.at.y_m, up_m);
      const double power_dbm = before_gain_dbm + gain_dbi - static_cast<double>(loss_db);
      if (power_dbm < weakest_dbm_) continue;
      const double traffic_db = pattern.has_beams() ? traffic_over_ssb_db(pattern, site.at, at, up_m) : 0.0;
      entries.push_back({i, {s, static_cast<float>(power_dbm), static_cast<float>(traffic_db)}});
    }
  }
}

std::vector<std::vector<PointPower>> PointPowers::by_point() const {
  std::vector<std::vector<PointPower>> out(cells_.size());
  for (const std::vector<Entry>& entries : entries_) {
    for (const Entry& entry : entries) out[entry.point].push_back(entry.power);
  }
  for (std::vector<PointPower>& powers : out) {
    std::sort(powers.begin(), powers.end(),
              [](const PointPower& a, const PointPower& b) { return a.sector < b.sector; });
  }
  return out;
}

}  // namespace amaneku
