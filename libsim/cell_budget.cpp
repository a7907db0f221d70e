#include "libsim/cell_budget.hpp"

#include <cmath>

#include "libsim/server_maps.hpp"
#include "propagation/radial_path.hpp"

namespace amaneku {
namespace {

/// The model on the path of the map, by the extractor that its engine has.
TotalLoss explained(const PlanInput& input, const Link& link, const CellPath& cell) {
  const ProfileView view = cell.profile.view();
  const Terrain terrain = terrain_of(input.model);
  RadialPath radial;
  const bool marched = input.coverage.engine == Engine::radial && view.size() > 2;
  const PathGeometry path =
      marched ? radial.geometry(link, view, terrain, cell.own_samples) : extract_path(link, view, terrain);
  return explain_total(input.model, input.coverage.added_losses, link, path);
}

}  // namespace

std::optional<CellBudget> cell_budget(const PlanInput& input, const CoverageGrid& network, int sector, int ix,
                                      int iy) {
  const SectorRef& ref = network.sectors[static_cast<std::size_t>(sector)];
  const Site& site = input.sites[static_cast<std::size_t>(ref.site)];
  const Sector& what = site.sectors[static_cast<std::size_t>(ref.sector)];
  TransmitterLoss transmitter = network.transmitters[static_cast<std::size_t>(ref.transmitter)];
  const LossJob job = loss_job(input.ground, site, input.receiver, input.coverage, transmitter);
  CellBudget out{.link = job.link, .path = cell_path(job, input.model, ix, iy)};
  if (std::isnan(out.path.loss_db)) return std::nullopt;

  const Point cell = network.grid.centre(ix, iy);
  const double rx_agl_m = input.receiver.rx_agl_m;
  out.tx_ground_asl_m = transmitter.tx_ground_asl_m;
  out.rx_ground_asl_m = static_cast<double>(input.ground.ground_asl_m.at(ix, iy));
  const double tx_asl_m = out.tx_ground_asl_m + what.tx_agl_m;
  const double rx_asl_m = out.rx_ground_asl_m + rx_agl_m;
  out.distance_m = distance_m(site.at, cell);
  out.azimuth_deg = std::fmod(grid_azimuth_deg(site.at, cell) - site.convergence_deg + 360.0, 360.0);
  out.elevation_deg = std::atan2(rx_asl_m - tx_asl_m, out.distance_m) * kRadToDeg;
  out.loss = explained(input, job.link, out.path);
  out.obstacle = find_obstacle(job.link, out.path.profile.view());
  out.ssb_beam = strongest_beam(what.antenna, what.mounting, out.azimuth_deg, out.elevation_deg);
  out.traffic_gain_dbi = traffic_gain_dbi(what.antenna, what.mounting, out.azimuth_deg, out.elevation_deg);
  const Db gain = sector_gain(what, site, tx_asl_m, cell, rx_asl_m);
  out.budget = link_budget(what, input.receiver, gain, {static_cast<double>(out.path.loss_db)});
  return out;
}

}  // namespace amaneku
