#include <algorithm>
#include <map>
#include <stdexcept>

#include "propagation/threegpp/tr37885.hpp"
#include "propagation/threegpp/tr38901.hpp"
#include "propagation/threegpp/tr38901_o2i.hpp"
#include "tests/validation/checks.hpp"

namespace amaneku::test {
namespace {

using threegpp::Scenario;

Scenario scenario_of(const std::string& word) {
  static const std::map<std::string, Scenario> kScenarios = {{"UMa", Scenario::uma},
                                                             {"UMi", Scenario::umi},
                                                             {"RMa", Scenario::rma},
                                                             {"SMa", Scenario::sma},
                                                             {"InH", Scenario::inh_mixed_office},
                                                             {"InH-mixed", Scenario::inh_mixed_office},
                                                             {"InH-open", Scenario::inh_open_office},
                                                             {"InF-SL", Scenario::inf_sl},
                                                             {"InF-DL", Scenario::inf_dl},
                                                             {"InF-SH", Scenario::inf_sh},
                                                             {"InF-DH", Scenario::inf_dh}};
  const auto found = kScenarios.find(word);
  if (found == kScenarios.end()) throw std::runtime_error("unknown scenario " + word);
  return found->second;
}

PathGeometry level_path(const Link& link, double distance_m) {
  return {.distance_m = distance_m, .tx_asl_m = link.tx_agl_m, .rx_asl_m = link.rx_agl_m};
}

double term_of(const PathLoss& loss, std::string_view name) {
  const auto found =
      std::find_if(loss.terms.begin(), loss.terms.end(), [&](const LossTerm& term) { return term.name == name; });
  if (found == loss.terms.end()) throw std::runtime_error("no term " + std::string(name));
  return found->value;
}

void pathloss_case(const Json& json, Collector& collect) {
  const bool los = json.at("los");
  const Tr38901 model{.scenario = scenario_of(json.at("scenario")),
                      .line_of_sight = los ? Tr38901::LineOfSight::los : Tr38901::LineOfSight::nlos,
                      .nlos_formula = json.at("optional_formula") ? threegpp::NlosFormula::optional
                                                                  : threegpp::NlosFormula::standard,
                      .surroundings_from = Tr38901::SurroundingsFrom::given,
                      .average_building_height_m = json.at("avg_building_h_m"),
                      .street_width_m = json.at("street_w_m")};
  const Link link{.freq_hz = json.at("f_ghz").get<double>() * 1e9,
                  .tx_agl_m = json.at("h_bs_m"),
                  .rx_agl_m = json.at("h_ut_m")};
  collect.add(los ? "loss, LOS" : "loss, NLOS", "direct", loss_db(model, link, level_path(link, json.at("d2d_m"))),
              json.at("out"));
}

// The height of the base station enters the probability of InF-SH, InF-DH and SMa alone.
void probability_case(const Json& json, Collector& collect) {
  Tr38901 model{.scenario = scenario_of(json.at("scenario"))};
  if (json.contains("clutter_density")) {
    model.surroundings_from = Tr38901::SurroundingsFrom::given;
    model.clutter_density_percent = 100.0 * json.at("clutter_density").get<double>();
    model.clutter_size_m = json.at("d_clutter_m");
    model.clutter_height_m = json.at("h_c_m");
  }
  const Link link{.tx_agl_m = json.value("h_bs_m", 25.0), .rx_agl_m = json.at("h_ut_m")};
  const double distance_m = json.contains("d2d_m") ? json.at("d2d_m") : json.at("d2d_out_m");
  const PathLoss loss = explain_terms(model, link, level_path(link, distance_m));
  collect.add("probability of line of sight (1)", "direct", term_of(loss, "los_probability"), json.at("out"),
              1e-9);
}

void o2i_case(const Json& json, Collector& collect) {
  using Building = Tr38901O2i::Building;
  const std::string word = json.at("model");
  const Tr38901O2i model{.building = word == "low"    ? Building::low_loss
                                     : word == "high" ? Building::high_loss
                                                      : Building::low_loss_a,
                         .indoor_distance_from = Tr38901O2i::IndoorDistanceFrom::given,
                         .indoor_distance_m = json.at("d2d_in_m")};
  collect.add("building penetration", "direct",
              loss_db(model, {.freq_hz = json.at("f_ghz").get<double>() * 1e9}, {}), json.at("out"));
}

void tr38901_case(const Json& json, const ReferenceProfiles&, Collector& collect) {
  const std::string kind = json.at("kind");
  if (kind == "pathloss") return pathloss_case(json, collect);
  if (kind == "p_los") return probability_case(json, collect);
  if (kind == "o2i") return o2i_case(json, collect);
  throw std::runtime_error("unknown kind " + kind);
}

// Calls `visit(model, link, path, LOS, loss)` for the rows whose model is in `models`. Rows that ns-3 states but
// does not run (executed_by_ns3 = no) are compared as well.
template <class Visitor>
std::size_t for_each_ns3_row(const std::filesystem::path& published, const std::vector<std::string>& models,
                             Visitor&& visit) {
  std::size_t cases = 0;
  const auto rows = read_csv(published / "tr38901_ns3" / "three_gpp_pathloss.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& row = rows[i];
    if (row.size() < 9) throw std::runtime_error("three_gpp_pathloss.csv: a row has fewer than 9 columns");
    if (std::find(models.begin(), models.end(), row[0]) == models.end()) continue;
    const Link link{.freq_hz = std::stod(row[3]), .tx_agl_m = std::stod(row[4]), .rx_agl_m = std::stod(row[5])};
    visit(row[0], link, level_path(link, std::stod(row[1])), row[2] == "LOS", std::stod(row[6]));
    ++cases;
  }
  return cases;
}

std::size_t ns3_tr38901(const std::filesystem::path& published, Collector& collect) {
  return for_each_ns3_row(
      published, {"Rma", "Uma", "Umi", "IndoorOffice"},
      [&](const std::string& name, const Link& link, const PathGeometry& path, bool los, double expected_db) {
        const Tr38901 model{.scenario = name == "Rma"   ? Scenario::rma
                                        : name == "Uma" ? Scenario::uma
                                        : name == "Umi" ? Scenario::umi
                                                        : Scenario::inh_mixed_office,
                            .line_of_sight = los ? Tr38901::LineOfSight::los : Tr38901::LineOfSight::nlos};
        collect.add(los ? "loss, LOS" : "loss, NLOS", "direct", loss_db(model, link, path), expected_db);
      });
}

std::size_t ns3_tr37885(const std::filesystem::path& published, Collector& collect) {
  return for_each_ns3_row(
      published, {"V2vUrban", "V2vHighway"},
      [&](const std::string& name, const Link& link, const PathGeometry& path, bool los, double expected_db) {
        const Tr37885 model{.scenario = name == "V2vUrban" ? Tr37885::Scenario::urban : Tr37885::Scenario::highway,
                            .line_of_sight = los ? Tr37885::LineOfSight::los : Tr37885::LineOfSight::nlos};
        collect.add(los ? "loss, LOS" : "loss, NLOS", "direct", loss_db(model, link, path), expected_db);
      });
}

}  // namespace

std::vector<LineCheck> threegpp_line_checks() {
  return {{"tr38901.jsonl", "tr38901, tr38901_o2i", 0.001, 700, tr38901_case}};
}

// The tests of ns-3 allow 0.05 dB; its numbers have four decimals.
std::vector<PublishedCheck> threegpp_published_checks() {
  return {{"ns-3, TR 38.901", "tr38901", 0.001, 32, 0, ns3_tr38901},
          {"ns-3, TR 37.885", "tr37885", 0.001, 12, 0, ns3_tr37885}};
}

}  // namespace amaneku::test
