#include "libsim/maps/server_maps.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/maps/tiled_servers.hpp"

namespace amaneku {
namespace {

template <class T>
void paste(const Raster<T>& part, int ix0, int iy0, Raster<T>& whole) {
  for (int iy = 0; iy < part.grid.ny; ++iy) {
    const auto row = part.row(iy);
    std::copy(row.begin(), row.end(), &whole.at(ix0, iy0 + iy));
  }
}

}  // namespace

std::array<std::size_t, kPilotPollution> cells_by_contenders(const ServerMaps& maps, double threshold_dbm) {
  std::array<std::size_t, kPilotPollution> cells{};
  for (std::size_t i = 0; i < maps.contenders.values.size(); ++i) {
    if (static_cast<double>(maps.rsrp_dbm.values[i]) < threshold_dbm || maps.contenders.values[i] == 0) continue;
    ++cells[maps.contenders.values[i] - std::size_t{1}];
  }
  return cells;
}

ServerMaps empty_maps(const Grid& grid) {
  return {.rsrp_dbm = {grid, kNoData},
          .best_server = {grid, -1},
          .second_dbm = {grid, kNoData},
          .second_server = {grid, -1},
          .interference_dbm = {grid, kNoData},
          .contenders = {grid, 0}};
}

void paste(const ServerTile& tile, ServerMaps& plan) {
  paste(tile.maps.rsrp_dbm, tile.ix0, tile.iy0, plan.rsrp_dbm);
  paste(tile.maps.best_server, tile.ix0, tile.iy0, plan.best_server);
  paste(tile.maps.second_dbm, tile.ix0, tile.iy0, plan.second_dbm);
  paste(tile.maps.second_server, tile.ix0, tile.iy0, plan.second_server);
  paste(tile.maps.interference_dbm, tile.ix0, tile.iy0, plan.interference_dbm);
  paste(tile.maps.contenders, tile.ix0, tile.iy0, plan.contenders);
}

ServerMaps best_server(const Coverage& coverage, const std::vector<Site>& sites, const Ground& ground,
                       const Receiver& receiver, int threads, const ServerRules& rules) {
  return servers_of({coverage, sites, ground, receiver, rules}, losses_along_curve(coverage, sites), threads);
}

Db sector_gain(const Sector& sector, const Site& site, Point cell, double up_m) noexcept {
  const double azimuth = grid_azimuth_deg(site.at, cell) - site.convergence_deg;
  const double elevation = std::atan2(up_m, distance_m(site.at, cell)) * kRadToDeg;
  return {gain_dbi(sector.antenna, sector.mounting, azimuth, elevation)};
}

}  // namespace amaneku
