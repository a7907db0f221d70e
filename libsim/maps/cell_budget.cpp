#include "libsim/maps/cell_budget.hpp"

#include <cmath>

#include "libsim/maps/radio.hpp"
#include "propagation/radial_path.hpp"

namespace amaneku {
namespace {

/// The model on the path of the map, by the extractor that its engine has.
TotalLoss explained(const Engine& engine, const Link& link, const CellPath& cell) {
  const ProfileView view = cell.profile.view();
  const Terrain terrain = terrain_of(engine.model);
  RadialPath radial;
  const bool marched = engine.coverage.engine == LossEngine::radial && view.size() > 2;
  const PathGeometry path =
      marched ? radial.geometry(link, view, terrain, cell.own_samples) : extract_path(link, view, terrain);
  return explain_total(engine.model, engine.coverage.added_losses, link, path);
}

}  // namespace

std::optional<CellBudget> cell_budget(const Radio& radio, int sector, int ix, int iy) {
  const Ground& ground = radio.world().ground;
  const Site& site = radio.site_of(sector);
  const Sector& what = radio.sector_of(sector);
  const Coverage& coverage = radio.coverage();
  TransmitterLoss transmitter =
      coverage
          .transmitters[static_cast<std::size_t>(coverage.sectors[static_cast<std::size_t>(sector)].transmitter)];
  const LossJob job = loss_job(ground, site, radio.receiver(), radio.engine().coverage, transmitter);
  CellBudget out{.link = job.link, .path = cell_path(job, radio.engine().model, ix, iy)};
  if (std::isnan(out.path.loss_db)) return std::nullopt;

  const Point cell = coverage.grid.centre(ix, iy);
  out.tx_ground_asl_m = transmitter.tx_ground_asl_m;
  out.rx_ground_asl_m = static_cast<double>(ground.ground_asl_m.at(ix, iy));
  const double tx_asl_m = out.tx_ground_asl_m + what.tx_agl_m;
  const double rx_asl_m = out.rx_ground_asl_m + radio.receiver().rx_agl_m;
  out.distance_m = distance_m(site.at, cell);
  out.azimuth_deg = std::fmod(grid_azimuth_deg(site.at, cell) - site.convergence_deg + 360.0, 360.0);
  const double up_m = seen_above_m(coverage, site.at, cell, rx_asl_m - tx_asl_m);
  out.elevation_deg = std::atan2(up_m, out.distance_m) * kRadToDeg;
  out.loss = explained(radio.engine(), job.link, out.path);
  out.obstacle = find_obstacle(job.link, out.path.profile.view());
  out.loss.line_of_sight = out.obstacle.line_of_sight;
  out.ssb_beam = strongest_beam(what.antenna, what.mounting, out.azimuth_deg, out.elevation_deg);
  out.traffic_gain_dbi = traffic_gain_dbi(what.antenna, what.mounting, out.azimuth_deg, out.elevation_deg);
  const Db gain = sector_gain(what, site, cell, up_m);
  out.budget = link_budget(what, radio.receiver(), gain, {static_cast<double>(out.path.loss_db)});
  return out;
}

}  // namespace amaneku
