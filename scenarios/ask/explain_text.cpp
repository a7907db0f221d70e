#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/ask/explain.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

std::string term_lines(const PathLoss& loss) {
  std::string out;
  for (const LossTerm& term : loss.terms) out += fmt::format("      {:<32} {:>12.3f}\n", term.name, term.value);
  return out;
}

std::string loss_lines(const Explanation& explanation, const TotalLoss& loss) {
  const std::string method =
      loss.mode() == loss.method() ? std::string() : fmt::format(" (method {})", loss.method());
  std::string out = fmt::format("    model {}, mode {}{}: {:.3f} dB\n", model_text(explanation.model), loss.mode(),
                                method, loss.path.loss_db);
  out += term_lines(loss.path);
  for (std::size_t i = 0; i < loss.added.size(); ++i) {
    out += fmt::format("    plus {}, mode {}: {:.3f} dB\n", model_text(explanation.added_losses[i]),
                       loss.added[i].mode, loss.added[i].loss_db);
    out += term_lines(loss.added[i]);
  }
  return out;
}

std::string budget_lines(const ExplainedServer& server) {
  std::string out = "    link budget\n";
  for (const BudgetTerm& term : budget_terms(server.cell.budget)) {
    out += fmt::format("      {:<32} {:>12.3f}\n", term.name, term.value);
  }
  out += fmt::format("      {:<32} {:>12.3f}\n", "sum_rsrp_dbm", server.cell.budget.rsrp().value);
  out += fmt::format("      {:<32} {:>12.3f}\n", "map_rsrp_dbm", server.map_dbm);
  if (!server.agrees()) {
    out += fmt::format("      DIFFERS by {:.3f} dB: the result was made by other code, or other data\n",
                       server.cell.budget.rsrp().value - server.map_dbm);
  }
  return out;
}

std::string fresnel_text(const PointOnPath& point) {
  return fmt::format(
      "{:.1f} m {} the line = {:.0f} % of the first Fresnel radius ({:.1f} m); {:.0f} % of the zone is "
      "free there",
      std::abs(point.above_line_m), point.above_line_m > 0.0 ? "above" : "below",
      100.0 * std::abs(point.clearance_share()), point.fresnel_m, 100.0 * point.free_share());
}

std::string point_text(const ExplainedServer& server, const PointOnPath& point) {
  std::string out = fmt::format("{:.2f} km from the site", point.distance_m / 1000.0);
  if (server.obstacle_at)
    out += fmt::format(" ({:.5f},{:.5f})", server.obstacle_at->lon_deg, server.obstacle_at->lat_deg);
  out += fmt::format(", ground {:.1f} m", point.ground_asl_m);
  return point.clutter_m > 0.0 ? out + fmt::format(" and {:.1f} m of clutter", point.clutter_m) : out;
}

std::string obstacle_lines(const ExplainedServer& server) {
  const PathObstacle& obstacle = server.cell.obstacle;
  if (!obstacle.deciding) return "    line of sight: no ground between the ends\n";
  std::string out =
      obstacle.line_of_sight ? "    line of sight; nearest to it: " : "    obstructed; deciding obstacle: ";
  out += point_text(server, *obstacle.deciding) + "\n      knife edge: " + fresnel_text(*obstacle.deciding);
  out += fmt::format("; nu {:.2f}\n", obstacle.deciding->nu());
  if (obstacle.tx_horizon && obstacle.rx_horizon) {
    out += fmt::format("      horizons: {:.2f} km seen from the site, {:.2f} km seen from the receiver\n",
                       obstacle.tx_horizon->distance_m / 1000.0, obstacle.rx_horizon->distance_m / 1000.0);
  }
  if (const auto& point = obstacle.bullington) {
    out += fmt::format("      Bullington point: {:.2f} km from the site, {:.1f} m above the line, nu {:.2f}\n",
                       point->distance_m / 1000.0, point->above_line_m, point->nu);
  }
  return out;
}

std::vector<std::string> loss_warnings(const TotalLoss& loss) {
  std::vector<std::string> out = loss.path.warnings;
  for (const PathLoss& added : loss.added) out.insert(out.end(), added.warnings.begin(), added.warnings.end());
  return out;
}

std::string server_text(const Explanation& explanation, const ExplainedServer& server, const char* rank) {
  const CellBudget& cell = server.cell;
  std::string out = fmt::format("  {} {}: {:.2f} dBm\n", rank, server.name(), server.map_dbm);
  out += fmt::format(
      "    distance {:.1f} m, azimuth {:.2f} deg, elevation {:.2f} deg; antenna {:.1f} m above ground at "
      "{:.1f} m, receiver {:.1f} m above ground at {:.1f} m\n",
      cell.distance_m, cell.azimuth_deg, cell.elevation_deg, server.tx_agl_m, cell.tx_ground_asl_m,
      cell.link.rx_agl_m, cell.rx_ground_asl_m);
  if (cell.ssb_beam) {
    out += fmt::format(
        "    SSB beam: azimuth {:g} deg, tilt {:g} deg of the panel; a traffic beam has {:.2f} dBi here\n",
        cell.ssb_beam->azimuth_deg, cell.ssb_beam->tilt_deg, cell.traffic_gain_dbi);
  }
  out += obstacle_lines(server) + loss_lines(explanation, cell.loss) + budget_lines(server);
  for (const std::string& warning : loss_warnings(cell.loss)) out += "    warning: " + warning + '\n';
  return out;
}

struct ServiceTerm {
  const char* name;
  double value;
};

/// From RSRP to the rates, in the order in which one follows from the other.
std::vector<ServiceTerm> service_terms(const ExplainedService& service) {
  const CellService& cell = service.cell;
  return {{"rsrp_dbm", cell.rsrp_dbm + service.location_margin_db},
          {"location_margin_db", 0.0 - service.location_margin_db},
          {"interference_dbm", cell.interference_dbm},
          {"noise_dbm", cell.noise_dbm},
          {"sinr_db", cell.sinr_db},
          {"map_sinr_db", static_cast<double>(service.map.sinr_db)},
          {"rsrq_db", cell.rsrq_db},
          {"traffic_beam_gain_db", cell.traffic_gain_db},
          {"dl_mbps", 1e-6 * cell.dl_bps},
          {"map_dl_mbps", static_cast<double>(service.map.dl_mbps)},
          {"uplink_coupling_loss_db", cell.coupling_loss_db},
          {"uplink_noise_rise_db", service.noise_rise_db},
          {"uplink_resource_blocks", static_cast<double>(service.uplink.resource_blocks)},
          {"uplink_power_dbm", service.uplink.power_dbm},
          {"uplink_sinr_db", service.uplink.sinr_db},
          {"ul_mbps", 1e-6 * cell.ul_bps},
          {"map_ul_mbps", static_cast<double>(service.map.ul_mbps)}};
}

std::string service_lines(const ExplainedService& service) {
  std::string out = fmt::format("    service by {}, link curve {}\n", service.technology, service.link_curve);
  for (const ServiceTerm& term : service_terms(service)) {
    out += fmt::format("      {:<32} {:>12.3f}\n", term.name, term.value);
  }
  if (!service.agrees()) out += "      DIFFERS from the result: made by other code, or other data\n";
  return out;
}

Json service_json(const ExplainedService& service) {
  Json out = {{"technology", service.technology}, {"link_curve", service.link_curve}};
  for (const ServiceTerm& term : service_terms(service)) {
    out[term.name] = std::isfinite(term.value) ? Json(term.value) : Json(nullptr);
  }
  out["agrees"] = service.agrees();
  return out;
}

std::string cell_text(const Explanation& explanation, const ExplainedCell& cell) {
  std::string out =
      fmt::format("\n{:.6f},{:.6f}: cell [{}, {}] (y, x), centre {:.6f},{:.6f}\n", cell.asked.lon_deg,
                  cell.asked.lat_deg, cell.iy, cell.ix, cell.centre.lon_deg, cell.centre.lat_deg);
  out += server_text(explanation, cell.server, "served by");
  if (cell.service) out += service_lines(*cell.service);
  if (cell.second) out += server_text(explanation, *cell.second, "second:");
  for (const std::string& gap : cell.gaps) out += "  data gap: " + gap + '\n';
  return out;
}

Json place_json(LonLat place) {
  return {{"lon_deg", place.lon_deg}, {"lat_deg", place.lat_deg}};
}

Json loss_json(const RadioModel& model, const PathLoss& loss) {
  Json terms = Json::object();
  for (const LossTerm& term : loss.terms) terms[std::string(term.name)] = term.value;
  return {{"model", model_text(model)}, {"mode", loss.mode}, {"loss_db", loss.loss_db}, {"terms", terms}};
}

/// With the geometry apart from the method: ITM's line_of_sight is a method for obstructed paths too.
Json path_loss_json(const RadioModel& model, const CellBudget& cell) {
  Json out = loss_json(model, cell.loss.path);
  out["mode"] = cell.loss.mode();
  out["geometry"] = cell.obstacle.line_of_sight ? "line_of_sight" : "obstructed";
  out["method"] = cell.loss.method();
  return out;
}

Json point_json(const PointOnPath& point) {
  return {{"distance_m", point.distance_m},
          {"ground_asl_m", point.ground_asl_m},
          {"clutter_m", point.clutter_m},
          {"above_line_m", point.above_line_m},
          {"fresnel_radius_m", point.fresnel_m},
          {"clearance_fresnel_radii", point.clearance_share()},
          {"fresnel_zone_free_percent", 100.0 * point.free_share()},
          {"nu", point.nu()}};
}

Json obstacle_json(const ExplainedServer& server) {
  const PathObstacle& obstacle = server.cell.obstacle;
  Json out = {{"line_of_sight", obstacle.line_of_sight}};
  if (obstacle.deciding) {
    out["deciding"] = point_json(*obstacle.deciding);
    if (server.obstacle_at) out["deciding"]["at"] = place_json(*server.obstacle_at);
  }
  if (obstacle.tx_horizon) out["tx_horizon"] = point_json(*obstacle.tx_horizon);
  if (obstacle.rx_horizon) out["rx_horizon"] = point_json(*obstacle.rx_horizon);
  if (obstacle.bullington) {
    out["bullington_point"] = {{"distance_m", obstacle.bullington->distance_m},
                               {"above_line_m", obstacle.bullington->above_line_m},
                               {"nu", obstacle.bullington->nu}};
  }
  return out;
}

Json server_json(const Explanation& explanation, const ExplainedServer& server) {
  const CellBudget& cell = server.cell;
  Json budget = Json::object();
  for (const BudgetTerm& term : budget_terms(cell.budget)) budget[std::string(term.name)] = term.value;
  Json added = Json::array();
  for (std::size_t i = 0; i < cell.loss.added.size(); ++i) {
    added.push_back(loss_json(explanation.added_losses[i], cell.loss.added[i]));
  }
  Json out = {{"site", server.site_id},
              {"site_name", server.site_name},
              {"sector", server.sector_id},
              {"distance_m", cell.distance_m},
              {"azimuth_deg", cell.azimuth_deg},
              {"elevation_deg", cell.elevation_deg},
              {"tx_agl_m", server.tx_agl_m},
              {"tx_ground_asl_m", cell.tx_ground_asl_m},
              {"rx_agl_m", cell.link.rx_agl_m},
              {"rx_ground_asl_m", cell.rx_ground_asl_m},
              {"path_loss", path_loss_json(explanation.model, cell)},
              {"added_losses", added},
              {"budget", budget},
              {"sum_rsrp_dbm", cell.budget.rsrp().value},
              {"map_rsrp_dbm", server.map_dbm},
              {"agrees", server.agrees()},
              {"obstacle", obstacle_json(server)},
              {"warnings", loss_warnings(cell.loss)}};
  if (cell.ssb_beam) {
    out["ssb_beam"] = {{"azimuth_deg", cell.ssb_beam->azimuth_deg}, {"tilt_deg", cell.ssb_beam->tilt_deg}};
    out["traffic_gain_dbi"] = cell.traffic_gain_dbi;
  }
  return out;
}

Json cell_json(const Explanation& explanation, const ExplainedCell& cell) {
  Json out = {{"asked", place_json(cell.asked)},
              {"centre", place_json(cell.centre)},
              {"ix", cell.ix},
              {"iy", cell.iy},
              {"server", server_json(explanation, cell.server)}};
  out["second"] = cell.second ? server_json(explanation, *cell.second) : Json();
  out["service"] = cell.service ? service_json(*cell.service) : Json();
  out["data_gaps"] = cell.gaps;
  return out;
}

}  // namespace

std::string explanation_text(const Explanation& explanation) {
  std::string out =
      fmt::format("{}{}: {}, planned from {}, {} engine\n", explanation.title,
                  explanation.synthetic ? " (SYNTHETIC input)" : "", explanation.result_file,
                  explanation.scenario_file, explanation.engine == LossEngine::radial ? "radial" : "exact");
  for (const ExplainedCell& cell : explanation.cells) out += cell_text(explanation, cell);
  if (!explanation.plan_warnings.empty()) out += "\nWarnings of the plan\n";
  for (const Warning& warning : explanation.plan_warnings) {
    out += fmt::format("  {} ({}): {}\n", warning.id, warning.count, warning.message);
  }
  return out;
}

std::string explanation_json(const Explanation& explanation) {
  Json cells = Json::array();
  for (const ExplainedCell& cell : explanation.cells) cells.push_back(cell_json(explanation, cell));
  Json told = Json::array();
  for (const Warning& warning : explanation.plan_warnings) {
    told.push_back({{"id", warning.id}, {"message", warning.message}, {"count", warning.count}});
  }
  const Json out = {{"result", explanation.result_file},
                    {"scenario", explanation.scenario_file},
                    {"title", explanation.title},
                    {"synthetic", explanation.synthetic},
                    {"engine", explanation.engine == LossEngine::radial ? "radial" : "exact"},
                    {"cells", cells},
                    {"plan_warnings", told}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace amaneku::scenarios
