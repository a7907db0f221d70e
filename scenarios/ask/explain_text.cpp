#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/ask/explain.hpp"
#include "scenarios/ask/explain_phrases.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/report/warning_words.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> loss_warnings(const TotalLoss& loss) {
  std::vector<std::string> out = loss.path.warnings;
  for (const PathLoss& added : loss.added) out.insert(out.end(), added.warnings.begin(), added.warnings.end());
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
          {"dl_alone_mbps", 1e-6 * cell.dl_bps},
          {"map_dl_alone_mbps", static_cast<double>(service.map.dl_alone_mbps)},
          {"map_dl_mbps", static_cast<double>(service.map.dl_mbps)},
          {"uplink_coupling_loss_db", cell.coupling_loss_db},
          {"uplink_noise_rise_db", service.noise_rise_db},
          {"uplink_resource_blocks", static_cast<double>(service.uplink.resource_blocks)},
          {"uplink_power_dbm", service.uplink.power_dbm},
          {"uplink_sinr_db", service.uplink.sinr_db},
          {"ul_alone_mbps", 1e-6 * cell.ul_bps},
          {"map_ul_alone_mbps", static_cast<double>(service.map.ul_alone_mbps)},
          {"map_ul_mbps", static_cast<double>(service.map.ul_mbps)}};
}

/// Every term of an explanation, in one language.
class Text {
 public:
  Text(const Explanation& explanation, Language language) : explanation_(explanation), language_(language) {}

  [[nodiscard]] std::string cell(const ExplainedCell& cell) const {
    std::string out = server(cell.server, explained::kRankServer);
    if (cell.service) out += service_lines(*cell.service);
    if (cell.second) out += server(*cell.second, explained::kRankSecond);
    return out;
  }

  [[nodiscard]] std::string said(const Phrase& phrase, std::initializer_list<std::string_view> values = {}) const {
    return fill(phrase.in(language_), values);
  }

 private:
  static std::string term_line(std::string_view name, double value) {
    return fmt::format("      {:<32} {:>12.3f}\n", name, value);
  }

  static std::string term_lines(const PathLoss& loss) {
    std::string out;
    for (const LossTerm& term : loss.terms) out += term_line(term.name, term.value);
    return out;
  }

  [[nodiscard]] std::string loss_line(const Phrase& phrase, const RadioModel& model, const PathLoss& loss,
                                      const std::string& mode) const {
    return "    " + said(phrase, {model_text(model), mode, fmt::format("{:.3f}", loss.loss_db)}) + '\n' +
           term_lines(loss);
  }

  [[nodiscard]] std::string loss_lines(const TotalLoss& loss) const {
    const std::string mode(loss.mode());
    const std::string method(loss.method());
    std::string out = loss_line(explained::kModelLoss, explanation_.model, loss.path,
                                mode == method ? mode : mode + said(explained::kMethod, {method}));
    for (std::size_t i = 0; i < loss.added.size(); ++i) {
      out += loss_line(explained::kPlusLoss, explanation_.added_losses[i], loss.added[i],
                       std::string(loss.added[i].mode));
    }
    return out;
  }

  [[nodiscard]] std::string budget_lines(const ExplainedServer& server) const {
    std::string out = "    " + said(explained::kLinkBudget) + '\n';
    for (const BudgetTerm& term : budget_terms(server.cell.budget)) out += term_line(term.name, term.value);
    out += term_line("sum_rsrp_dbm", server.cell.budget.rsrp().value) + term_line("map_rsrp_dbm", server.map_dbm);
    if (!server.agrees()) {
      const double by_db = server.cell.budget.rsrp().value - server.map_dbm;
      out += "      " + said(explained::kDiffersBy, {fmt::format("{:.3f}", by_db)}) + '\n';
    }
    return out;
  }

  [[nodiscard]] std::string point(const ExplainedServer& server, const PointOnPath& point) const {
    std::string out = said(explained::kPointAt, {fmt::format("{:.2f}", point.distance_m / 1000.0)});
    if (server.obstacle_at)
      out += fmt::format(" ({:.5f},{:.5f})", server.obstacle_at->lon_deg, server.obstacle_at->lat_deg);
    out += said(explained::kPointGround, {fmt::format("{:.1f}", point.ground_asl_m)});
    return point.clutter_m > 0.0 ? out + said(explained::kPointClutter, {fmt::format("{:.1f}", point.clutter_m)})
                                 : out;
  }

  [[nodiscard]] std::string edge(const PointOnPath& point) const {
    return said(explained::kKnifeEdge) +
           said(point.above_line_m > 0.0 ? explained::kEdgeAbove : explained::kEdgeBelow,
                {fmt::format("{:.1f}", std::abs(point.above_line_m)),
                 fmt::format("{:.0f}", 100.0 * std::abs(point.clearance_share())),
                 fmt::format("{:.1f}", point.fresnel_m), fmt::format("{:.0f}", 100.0 * point.free_share()),
                 fmt::format("{:.2f}", point.nu())});
  }

  [[nodiscard]] std::string obstacle_lines(const ExplainedServer& server) const {
    const PathObstacle& obstacle = server.cell.obstacle;
    if (!obstacle.deciding) return "    " + said(explained::kNothingBetween) + '\n';
    const auto km = [](double distance_m) { return fmt::format("{:.2f}", distance_m / 1000.0); };
    std::string out = "    " + said(obstacle.line_of_sight ? explained::kNearest : explained::kObstacle) +
                      point(server, *obstacle.deciding) + "\n      " + edge(*obstacle.deciding) + '\n';
    if (obstacle.tx_horizon && obstacle.rx_horizon) {
      out +=
          "      " +
          said(explained::kHorizons, {km(obstacle.tx_horizon->distance_m), km(obstacle.rx_horizon->distance_m)}) +
          '\n';
    }
    if (const auto& bullington = obstacle.bullington) {
      out += "      " +
             said(explained::kBullingtonAt,
                  {km(bullington->distance_m), fmt::format("{:.1f}", bullington->above_line_m),
                   fmt::format("{:.2f}", bullington->nu)}) +
             '\n';
    }
    return out;
  }

  [[nodiscard]] std::string server(const ExplainedServer& server, const Phrase& rank) const {
    const CellBudget& cell = server.cell;
    const auto tenths = [](double value) { return fmt::format("{:.1f}", value); };
    const auto hundredths = [](double value) { return fmt::format("{:.2f}", value); };
    std::string out = fmt::format("  {} {}: {:.2f} dBm\n", said(rank), server.name(), server.map_dbm);
    out += "    " +
           said(explained::kPosition,
                {tenths(cell.distance_m), hundredths(cell.azimuth_deg), hundredths(cell.elevation_deg),
                 tenths(server.tx_agl_m), tenths(cell.tx_ground_asl_m), tenths(cell.link.rx_agl_m),
                 tenths(cell.rx_ground_asl_m)}) +
           '\n';
    if (cell.ssb_beam) {
      out += "    " +
             said(explained::kSsbBeam,
                  {fmt::format("{:g}", cell.ssb_beam->azimuth_deg), fmt::format("{:g}", cell.ssb_beam->tilt_deg),
                   hundredths(cell.traffic_gain_dbi)}) +
             '\n';
    }
    out += obstacle_lines(server) + loss_lines(cell.loss) + budget_lines(server);
    for (const std::string& warning : loss_warnings(cell.loss))
      out += "    " + said(explained::kWarningLine, {warning}) + '\n';
    return out;
  }

  [[nodiscard]] std::string service_lines(const ExplainedService& service) const {
    std::string out = "    " + said(explained::kServiceBy, {service.technology, service.link_curve}) + '\n';
    for (const ServiceTerm& term : service_terms(service)) out += term_line(term.name, term.value);
    if (!service.agrees()) out += "      " + said(explained::kServiceDiffers) + '\n';
    return out;
  }

  const Explanation& explanation_;
  Language language_;
};

std::string lonlat_text(LonLat place) {
  return fmt::format("{:.6f},{:.6f}", place.lon_deg, place.lat_deg);
}

Json service_json(const ExplainedService& service) {
  Json out = {{"technology", service.technology}, {"link_curve", service.link_curve}};
  for (const ServiceTerm& term : service_terms(service)) {
    out[term.name] = std::isfinite(term.value) ? Json(term.value) : Json(nullptr);
  }
  out["agrees"] = service.agrees();
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
              {"verdict", verdict(cell, Language::en)},
              {"server", server_json(explanation, cell.server)}};
  out["second"] = cell.second ? server_json(explanation, *cell.second) : Json();
  out["service"] = cell.service ? service_json(*cell.service) : Json();
  out["data_gaps"] = Json::array();
  for (const DataGap& gap : cell.gaps) out["data_gaps"].push_back(gap_text(gap, Language::en));
  return out;
}

}  // namespace

std::string meaning_of(const Warning& warning, Language language) {
  const std::string_view meaning = warning_meaning(warning, language);
  return language == Language::en || meaning.empty() ? warning.message : std::string(meaning);
}

std::string gap_text(const DataGap& gap, Language language) {
  if (gap.kind == DataGap::Kind::cells_without_height)
    return fill(explained::kCellsWithoutHeight.in(language), {std::to_string(gap.cells)});
  return fill(explained::kPathOverVoid.in(language),
              {gap.site_id, fmt::format("{:.2f}", gap.distance_m / 1000.0)});
}

std::string explanation_text(const Explanation& explanation, const ExplainedText& as) {
  const Text text(explanation, as.language);
  const bool radial = explanation.engine == LossEngine::radial;
  std::string out = text.said(explained::kHead,
                              {explanation.title +
                                   (explanation.synthetic ? text.said(explained::kSyntheticMark) : std::string()),
                               explanation.result_file, explanation.scenario_file,
                               text.said(radial ? explained::kRadialEngine : explained::kExactEngine)}) +
                    '\n';
  for (const ExplainedCell& cell : explanation.cells) {
    out += '\n' +
           text.said(explained::kPlace, {lonlat_text(cell.asked), std::to_string(cell.iy), std::to_string(cell.ix),
                                         lonlat_text(cell.centre)}) +
           "\n  " + verdict(cell, as.language) + '\n';
    if (as.all) out += text.cell(cell);
    for (const DataGap& gap : cell.gaps)
      out += "  " + text.said(explained::kGapLine, {gap_text(gap, as.language)}) + '\n';
  }
  if (!as.all) return out + '\n' + text.said(explained::kMoreWithAll) + '\n';
  if (!explanation.plan_warnings.empty()) out += '\n' + text.said(explained::kWarningsOfPlan) + '\n';
  for (const Warning& warning : explanation.plan_warnings) {
    out += fmt::format("  {} ({}): {}\n", warning.id, warning.count, meaning_of(warning, as.language));
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
