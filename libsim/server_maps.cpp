#include "libsim/server_maps.hpp"

#include <cmath>

#include "libsim/link_budget.hpp"
#include "libsim/parallel.hpp"

namespace amaneku {
namespace {

/// The sectors' patterns with their azimuths counted from grid north.
std::vector<SectorPattern> mounted_patterns(const CoverageGrid& coverage, const std::vector<Site>& sites) {
  std::vector<SectorPattern> patterns;
  for (const SectorRef& ref : coverage.sectors) {
    const Site& site = sites[static_cast<std::size_t>(ref.site)];
    const Sector& sector = site.sectors[static_cast<std::size_t>(ref.sector)];
    Mounting mounting = sector.mounting;
    mounting.azimuth_deg += site.convergence_deg;
    patterns.emplace_back(sector.antenna, mounting);
  }
  return patterns;
}

}  // namespace

Db sector_gain(const Sector& sector, const Site& site, double tx_asl_m, Point cell, double rx_asl_m) noexcept {
  const double azimuth = grid_azimuth_deg(site.at, cell) - site.convergence_deg;
  const double elevation = std::atan2(rx_asl_m - tx_asl_m, distance_m(site.at, cell)) * kRadToDeg;
  return {gain_dbi(sector.antenna, sector.mounting, azimuth, elevation)};
}

ServerMaps best_server(const CoverageGrid& coverage, const std::vector<Site>& sites, const Ground& ground,
                       const Receiver& receiver, int threads) {
  const Grid& grid = coverage.grid;
  ServerMaps maps{Raster<float>(grid, kNoData), Raster<std::int32_t>(grid, -1)};
  const std::vector<SectorPattern> patterns = mounted_patterns(coverage, sites);
  parallel_for(static_cast<std::size_t>(grid.ny), threads, [&](std::size_t row) {
    const int iy = static_cast<int>(row);
    for (std::size_t s = 0; s < coverage.sectors.size(); ++s) {
      const SectorRef& ref = coverage.sectors[s];
      const TransmitterLoss& loss = coverage.transmitters[static_cast<std::size_t>(ref.transmitter)];
      const int wy = iy - loss.iy0;
      if (wy < 0 || wy >= loss.loss_db.grid.ny) continue;
      const Site& site = sites[static_cast<std::size_t>(ref.site)];
      const Sector& sector = site.sectors[static_cast<std::size_t>(ref.sector)];
      const double tx_asl_m = loss.tx_ground_asl_m + loss.tx_agl_m;
      const Dbm before_gain = link_budget(sector, receiver, {0.0}, {0.0}).rsrp();
      for (int wx = 0; wx < loss.loss_db.grid.nx; ++wx) {
        const float path_loss = loss.loss_db.at(wx, wy);
        if (std::isnan(path_loss)) continue;
        const int ix = wx + loss.ix0;
        const double rx_asl_m = static_cast<double>(ground.ground_asl_m.at(ix, iy)) + receiver.rx_agl_m;
        const Point cell = grid.centre(ix, iy);
        const double gain_dbi =
            patterns[s].gain_dbi(cell.x_m - site.at.x_m, cell.y_m - site.at.y_m, rx_asl_m - tx_asl_m);
        const auto rsrp = static_cast<float>(before_gain.value + gain_dbi - static_cast<double>(path_loss));
        float& best = maps.rsrp_dbm.at(ix, iy);
        if (std::isnan(best) || rsrp > best) {
          best = rsrp;
          maps.best_server.at(ix, iy) = static_cast<std::int32_t>(s);
        }
      }
    }
  });
  return maps;
}

}  // namespace amaneku
