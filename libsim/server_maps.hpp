// Received power from path loss: strongest sector and its power, cell by cell.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/coverage.hpp"
#include "propagation/units.hpp"

namespace amaneku {

struct ServerMaps {
  Raster<float> rsrp_dbm{};            ///< strongest sector; NaN: no sector computed here
  Raster<std::int32_t> best_server{};  ///< index into CoverageGrid::sectors, -1: none
};

[[nodiscard]] ServerMaps best_server(const CoverageGrid& coverage, const std::vector<Site>& sites,
                                     const Ground& ground, const Receiver& receiver, int threads);

/// Gain of a sector towards a receiver cell (true azimuth, elevation of the straight line).
[[nodiscard]] Db sector_gain(const Sector& sector, const Site& site, double tx_asl_m, Point cell,
                             double rx_asl_m) noexcept;

}  // namespace amaneku
