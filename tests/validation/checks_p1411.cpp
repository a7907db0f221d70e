#include "propagation/itu/p1411.hpp"

#include <cmath>
#include <functional>
#include <map>
#include <numbers>
#include <stdexcept>

#include "tests/validation/checks.hpp"

namespace amaneku::test {
namespace {

using itu::P1411Environment;
using Case = P1411::Case;

P1411Environment environment_of(const std::string& word) {
  static const std::map<std::string, P1411Environment> kWords = {
      {"URBAN_HIGH_RISE", P1411Environment::urban_high_rise},
      {"DENSE_URBAN_HIGH_RISE", P1411Environment::urban_high_rise},
      {"METROPOLITAN_CENTRE", P1411Environment::urban_high_rise},
      {"URBAN_LOW_RISE_OR_SUBURBAN", P1411Environment::urban_low_rise},
      {"URBAN", P1411Environment::urban_low_rise},
      {"MEDIUM_SIZED_CITY_OR_SUBURAN_CENTRE", P1411Environment::suburban},
      {"SUBURBAN", P1411Environment::suburban},
      {"RESIDENTIAL", P1411Environment::residential}};
  return kWords.at(word);
}

const std::map<std::string, Case>& cases_by_function() {
  static const std::map<std::string, Case> kCases = {
      {"SiteGeneralWithinStreetCanyons", Case::street_canyon},
      {"SiteGeneralOverRoofTops", Case::over_rooftops},
      {"SiteGeneralNearStreetLevel", Case::street_level},
      {"SiteSpecificWithinStreetCanyonsUHFLoS", Case::canyon_los_uhf},
      {"SiteSpecificWithinStreetCanyonsSHFLoS", Case::canyon_los_shf},
      {"SiteSpecificWithinStreetCanyonsEHFLoS", Case::canyon_los_ehf},
      {"SiteSpecificWithinStreetCanyonsUHFNonLoS", Case::corner_uhf},
      {"SiteSpecificWithinStreetCanyonsSHFNonLoS", Case::corner_shf},
      {"SiteSpecificOverRoofTopsUrban", Case::rooftops_urban},
      {"SiteSpecificOverRoofTopsSuburban", Case::rooftops_suburban},
      {"SiteSpecificNearStreetLevelUrban", Case::street_level_urban}};
  return kCases;
}

// The keys of the file beside the members that they set; a key that is not here must be one of the few below.
P1411 model_of(const Json& json) {
  static const std::map<std::string, double P1411::*> kMembers = {{"p", &P1411::location_percent},
                                                                  {"w_m", &P1411::transition_width_m},
                                                                  {"hs_m", &P1411::road_height_m},
                                                                  {"n", &P1411::loss_exponent},
                                                                  {"x1_m", &P1411::leg1_m},
                                                                  {"x2_m", &P1411::leg2_m},
                                                                  {"x3_m", &P1411::leg3_m},
                                                                  {"w1_m", &P1411::street_1_width_m},
                                                                  {"w2_m", &P1411::street_width_m},
                                                                  {"hr_m", &P1411::building_height_m},
                                                                  {"b_m", &P1411::building_separation_m},
                                                                  {"phi_deg", &P1411::street_orientation_deg}};
  P1411 model{.situation = cases_by_function().at(json.at("fn")), .legs_from = P1411::LegsFrom::given};
  for (const auto& [key, value] : json.items()) {
    if (key == "env") {
      model.environment = environment_of(value);
    } else if (key == "path") {
      model.line_of_sight = value == "LOS" ? P1411::LineOfSight::los : P1411::LineOfSight::nlos;
    } else if (key == "bldgLayout") {
      model.corner_shape = value == "CHAMFERED_SHAPE" ? P1411::CornerShape::chamfered : P1411::CornerShape::wedge;
    } else if (key == "alpha_rad") {
      model.corner_angle_deg = value.get<double>() * 180.0 / std::numbers::pi;
    } else if (key == "l_m") {
      model.built_up_share = value.get<double>() / json.at("d_m").get<double>();
    } else if (const auto member = kMembers.find(key); member != kMembers.end()) {
      model.*member->second = value;
    } else if (key != "fn" && key != "f_GHz" && key != "d_m" && key != "h1_m" && key != "h2_m" && key != "out" &&
               key != "addGaussianRandomVar") {
      throw std::runtime_error("unknown key " + key);
    }
  }
  return model;
}

bool has_warning(const PathLoss& loss, const std::string& text) {
  return std::any_of(loss.warnings.begin(), loss.warnings.end(),
                     [&](const std::string& warning) { return warning.find(text) != std::string::npos; });
}

void p1411_case(const Json& json, const ReferenceProfiles&, Collector& collect) {
  P1411 model = model_of(json);
  const Link link{.freq_hz = json.at("f_GHz").get<double>() * 1e9,
                  .tx_agl_m = json.value("h1_m", 10.0),
                  .rx_agl_m = json.value("h2_m", 1.5)};
  const PathGeometry path{.distance_m = json.value("d_m", 0.0)};
  const std::string name = json.at("fn");
  const Json& out = json.at("out");
  if (out.is_number()) {
    collect.add(name, "direct", loss_db(model, link, path), out);
  } else if (out.size() == 3) {
    for (const auto bound : {P1411::Bound::median, P1411::Bound::lower, P1411::Bound::upper}) {
      model.bound = bound;
      collect.add(name, "direct", loss_db(model, link, path), out.at(static_cast<std::size_t>(bound)));
    }
  } else {
    // Loss and warnings: 1 for the frequency, 2 for the distance.
    collect.add(name, "direct", loss_db(model, link, path), out.at(0));
    const PathLoss explained = explain_terms(model, link, path);
    const int warned =
        (has_warning(explained, "freq_hz") ? 1 : 0) + (has_warning(explained, "distance_m") ? 2 : 0);
    collect.equal("warnings of " + name, "direct", warned, static_cast<int>(out.at(1).get<double>()));
  }
}

double number(const std::vector<std::string>& row, std::size_t column) {
  return std::stod(row.at(column));
}

// ns-3's two classes follow older editions. In sight it gives the mean of both bounds; over the roof-tops it has
// no smooth join of the two multi-screen losses, which is where the 0.03 dB come from, and below the roofs (one
// row) other constants and no rule for the angle. Its defaults are the buildings here.
std::size_t ns3_rows(const std::filesystem::path& published, Collector& collect) {
  const std::filesystem::path set = published / "tr38901_ns3";
  const std::vector<std::vector<std::string>> sight = read_csv(set / "itu-r-1411-los.csv");
  const auto ends = [](const std::vector<std::string>& row) {
    return std::pair{
        Link{.freq_hz = number(row, 0), .tx_agl_m = number(row, 2), .rx_agl_m = number(row, 3)},
        PathGeometry{.distance_m = number(row, 1), .tx_asl_m = number(row, 2), .rx_asl_m = number(row, 3)}};
  };
  for (std::size_t i = 1; i < sight.size(); ++i) {
    const auto [link, path] = ends(sight[i]);
    P1411 model{.situation = Case::canyon_los_uhf, .bound = P1411::Bound::lower};
    const double lower_db = loss_db(model, link, path);
    model.bound = P1411::Bound::upper;
    collect.add("in sight, mean of the bounds", "direct", 0.5 * (lower_db + loss_db(model, link, path)),
                number(sight[i], 4));
  }
  const std::vector<std::vector<std::string>> roofs = read_csv(set / "itu-r-1411-nlos-over-rooftop.csv");
  for (std::size_t i = 1; i < roofs.size(); ++i) {
    const auto [link, path] = ends(roofs[i]);
    const double slant_m = std::hypot(path.distance_m, path.tx_asl_m - path.rx_asl_m);
    const P1411 model{.situation = Case::rooftops_urban,
                      .environment = P1411Environment::urban_high_rise,
                      .street_width_m = 20.0,
                      .building_height_m = number(roofs[i], 7),
                      .building_separation_m = 50.0,
                      .built_up_share = 80.0 / slant_m,
                      .street_orientation_deg = number(roofs[i], 6)};
    collect.add("over roof-tops", "direct", loss_db(model, link, path), number(roofs[i], 8));
  }
  return sight.size() + roofs.size() - 2;
}

}  // namespace

std::vector<LineCheck> p1411_line_checks() {
  return {{"p1411.jsonl", "p1411", 0.001, 435, p1411_case}};
}

std::vector<PublishedCheck> p1411_published_checks() {
  return {{"ns-3, P.1411 of older editions", "p1411", 0.05, 7, 1, ns3_rows}};
}

}  // namespace amaneku::test
