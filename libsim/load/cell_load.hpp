// Load of the cells: traffic loads them, load interferes, interference costs rate, and less rate is more load. The
// fixed point of that circle.
//
// A cell's downlink load is the share of its resource elements that the demand of its points needs at the rates
// that the loads of the others leave them: rho = sum(demand / rate), 1 at most. Rates never rise with load, so the
// map from loads to loads never falls; from zero it climbs to its least fixed point, and a bound of 1 stops it.
// The uplink likewise, by resource blocks and the noise rise that the devices of other cells cause; there
// a load is never taken back from one round to the next, which makes it climb as well (and err upwards).
// A point that interference puts below the lowest step of the link curve is not served, but still loads its
// cell, as by repeating that step until the energy is gathered: otherwise loads would fall when interference
// rises. It sends nothing: the downlink, which does not hear the uplink, is solved first.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "libsim/load/traffic.hpp"
#include "libsim/maps/point_powers.hpp"
#include "libsim/maps/service.hpp"

namespace amaneku {

struct CellLoad {
  double dl_load = 0.0;    ///< 0 .. 1
  double ul_load = 0.0;    ///< 0 .. 1
  double dl_wanted = 0.0;  ///< before the bound of 1: above it the cell is overloaded
  double ul_wanted = 0.0;
  double noise_rise_db = 0.0;  ///< of the uplink, rounded up to 0.1 dB
  double dl_demand_bps = 0.0;  ///< of the points that it serves
  double ul_demand_bps = 0.0;
  double dl_served_bps = 0.0;  ///< all of it, or what a full cell carries, shared out in equal parts of the demand
  double ul_served_bps = 0.0;
  double dl_interfered_bps = 0.0;  ///< of its demand, at points whose downlink interference kills
  double ul_interfered_bps = 0.0;  ///< at those points, and where noise rise leaves nothing; neither is served
  double people = 0.0;             ///< that it serves
  /// Demand that would be carried but for want of capacity.
  [[nodiscard]] double dl_overload_bps() const noexcept {
    return dl_demand_bps - dl_served_bps - dl_interfered_bps;
  }
  [[nodiscard]] double ul_overload_bps() const noexcept {
    return ul_demand_bps - ul_served_bps - ul_interfered_bps;
  }
  /// Mean rate of a user in the busy hour: what the carrier gives on average to the demand, times the share that
  /// the others leave free (processor sharing). 0 where overloaded or without demand.
  [[nodiscard]] double dl_user_bps() const noexcept { return user_bps(dl_demand_bps, dl_wanted); }
  [[nodiscard]] double ul_user_bps() const noexcept { return user_bps(ul_demand_bps, ul_wanted); }
  /// What a further user finds free; nothing where overloaded.
  [[nodiscard]] FreeShare free() const noexcept {
    return {std::max(0.0, 1.0 - dl_wanted), std::max(0.0, 1.0 - ul_wanted)};
  }
  [[nodiscard]] bool overloaded() const noexcept { return dl_wanted > 1.0 || ul_wanted > 1.0; }

 private:
  [[nodiscard]] static double user_bps(double demand_bps, double wanted) noexcept {
    return wanted > 0.0 && wanted < 1.0 ? demand_bps / wanted * (1.0 - wanted) : 0.0;
  }
};

struct NetworkLoad {
  std::vector<CellLoad> cells{};  ///< [Coverage::sectors]
  double dl_demand_bps = 0.0;     ///< of all points
  double ul_demand_bps = 0.0;
  double dl_out_of_reach_bps = 0.0;  ///< of points that no sector could serve even without interference
  double ul_out_of_reach_bps = 0.0;
  double people_out_of_reach = 0.0;  ///< at points without downlink
  double people_interfered = 0.0;
  double dl_interfered_bps = 0.0;  ///< of points that interference leaves below the lowest step of the link curve
  double ul_interfered_bps = 0.0;  ///< of the same points, and by noise rise; neither is served
  int rounds = 0;                  ///< of the downlink and of the uplink
  double last_change = 0.0;        ///< largest change of a load in the last round
  bool converged = false;
};

struct LoadInput {
  const Coverage& coverage;
  const std::vector<Site>& sites;
  const Receiver& receiver;
  ServiceTargets targets{};
  const std::vector<DemandPoint>& demand;
  const std::vector<std::vector<PointPower>>& powers;  ///< [point]
};

struct LoadOptions {
  double tolerance = 1e-4;  ///< of a load, between rounds
  int most_rounds = 200;    ///< for each direction
  int threads = 0;
};

[[nodiscard]] NetworkLoad solve_load(const LoadInput& input, const LoadOptions& options = {});

/// Loads and noise rises for the maps.
[[nodiscard]] std::vector<double> downlink_loads(const NetworkLoad& load);
[[nodiscard]] std::vector<double> noise_rises_db(const NetworkLoad& load);
[[nodiscard]] std::vector<FreeShare> free_shares(const NetworkLoad& load);

}  // namespace amaneku
