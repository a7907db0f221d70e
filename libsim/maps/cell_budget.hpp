// Why one cell receives what it does from one sector: the path of the map's engine, the terms of the model, the
// link budget.
#pragma once

#include <optional>

#include "libsim/engine/transmitter_loss.hpp"
#include "libsim/maps/link_budget.hpp"
#include "propagation/path_obstacle.hpp"

namespace amaneku {

struct CellBudget {
  Link link{};
  double distance_m = 0.0;     ///< along the ground, from the site to the cell's centre
  double azimuth_deg = 0.0;    ///< of the cell from the site, clockwise from true north, 0 .. 360
  double elevation_deg = 0.0;  ///< of departure, over the effective Earth: for this the gain is
  double tx_ground_asl_m = 0.0;
  double rx_ground_asl_m = 0.0;
  CellPath path{};
  TotalLoss loss{};                   ///< of the model on that path, term by term
  PathObstacle obstacle{};            ///< over the path's points
  std::optional<SsbBeam> ssb_beam{};  ///< of antennas with beams: the one that serves the cell
  double traffic_gain_dbi = 0.0;      ///< of the sector's antenna for data; without beams that of the budget
  LinkBudget budget{};                ///< with the loss that the map's engine gives: rsrp() is the map's value
};

class Radio;

/// `sector`: index into Coverage::sectors. Nothing where the sector has no path to the cell: beyond the radius,
/// without ground, behind a void.
[[nodiscard]] std::optional<CellBudget> cell_budget(const Radio& radio, int sector, int ix, int iy);

}  // namespace amaneku
