#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "propagation/itu/p452.hpp"
#include "propagation/models.hpp"
#include "tests/validation/checks.hpp"
#include "tests/validation/sg3_profile.hpp"

namespace amaneku::test {
namespace {

namespace fs = std::filesystem;

struct Case {
  P452 model;
  Link link;
  double coast_tx_m;
  double coast_rx_m;
};

PathGeometry geometry(const std::string& engine, const Case& c, const Profile& profile, RadialPath& radial) {
  PathGeometry path = engine == "scalar" ? extract_path(c.link, profile.view(), Terrain::samples)
                                         : radial.geometry(c.link, profile.view(), Terrain::samples);
  path.zones.coast_distance_tx_m = c.coast_tx_m;
  path.zones.coast_distance_rx_m = c.coast_rx_m;
  return path;
}

Polarization polarization_of(double code) {
  return code == 1.0 ? Polarization::horizontal : Polarization::vertical;
}

Case generated_case_of(const Json& json, const ReferenceProfile& reference) {
  const LonLat tx{reference.tx_longitude_deg, reference.tx_latitude_deg};
  const LonLat rx{reference.rx_longitude_deg, reference.rx_latitude_deg};
  Case c{.model = {.time_percent = json.at("p"),
                   .tx_gain_dbi = json.at("Gt"),
                   .rx_gain_dbi = json.at("Gr"),
                   .pressure_hpa = json.at("press_hpa"),
                   .temperature_c = json.at("temp_c")},
         .link = {.freq_hz = json.at("f_ghz").get<double>() * 1e9,
                  .tx_agl_m = json.at("htg"),
                  .rx_agl_m = json.at("hrg"),
                  .polarization = polarization_of(json.at("pol")),
                  .effective_earth_radius_m = effective_earth_radius_m(json.at("DN")),
                  .n0 = json.at("N0"),
                  .latitude_deg = middle_latitude_deg(tx, rx, reference.profile.distance_m.back())},
         .coast_tx_m = json.at("dct").get<double>() * 1e3,
         .coast_rx_m = json.at("dcr").get<double>() * 1e3};
  if (json.contains("ha_t")) {
    c.model.edition = P452::Edition::p452_17;
    c.model.nominal_clutter_tx_m = json.at("ha_t");
    c.model.nominal_clutter_rx_m = json.at("ha_r");
    c.model.nominal_clutter_distance_tx_m = json.at("dk_t").get<double>() * 1e3;
    c.model.nominal_clutter_distance_rx_m = json.at("dk_r").get<double>() * 1e3;
  }
  return c;
}

void generated_case(const Json& json, const ReferenceProfiles& profiles, Collector& collect) {
  const ReferenceProfile& reference = profile_of(json, profiles);
  const Case c = generated_case_of(json, reference);
  const bool steady = stands_rounding(c.model, c.link, reference.profile);
  if (steady) {
    collect.add("fast engine", "radial",
                fast_loss_db(c.model, c.link, reference.profile, {c.coast_tx_m, c.coast_rx_m}),
                json.at("Lb_crc_covlib_db"));
  }
  for (const std::string engine : {"scalar", "radial"}) {
    if (engine == "radial" && !steady) continue;
    RadialPath radial;
    const PathGeometry path = geometry(engine, c, reference.profile, radial);
    collect.add("loss", engine, loss_db(c.model, c.link, path), json.at("Lb_crc_covlib_db"));
    if (json.contains("Lb_py452_db")) {
      collect.add("loss, second code", engine, loss_db(c.model, c.link, path), json.at("Lb_py452_db"));
    }
  }
}

/// A row of a result file by the first word of the column's heading ("Gt (dBi)" -> "Gt").
class ResultRow {
 public:
  ResultRow(const std::vector<std::string>& heading, const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < std::min(heading.size(), row.size()); ++i) {
      values_[heading[i].substr(0, heading[i].find(' '))] = row[i];
    }
  }
  [[nodiscard]] bool has(const std::string& name) const { return values_.contains(name); }
  [[nodiscard]] double at(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end() || found->second.empty()) throw std::runtime_error("no value of " + name);
    return std::stod(found->second);
  }

 private:
  std::map<std::string, std::string> values_{};
};

// d km, h m, cover height m (edition 18), zone as text.
Profile read_profile(const fs::path& path) {
  Profile profile;
  const auto rows = read_csv(path);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::vector<std::string>& row = rows[i];
    const bool has_cover = row.size() > 4;
    const std::string& zone = row.at(has_cover ? 3 : 2);
    profile.distance_m.push_back(std::stod(row.at(0)) * 1e3);
    profile.ground_asl_m.push_back(std::stod(row.at(1)));
    profile.clutter_m.push_back(has_cover ? std::stod(row.at(2)) : 0.0);
    profile.zone.push_back(zone == "B" ? Zone::sea : zone == "A1" ? Zone::coast : Zone::inland);
  }
  check_profile(profile.view());
  return profile;
}

Case published_case_of(const ResultRow& row, const Profile& profile) {
  const double latitude =
      row.has("phi_path") ? row.at("phi_path")
                          : middle_latitude_deg({row.at("phit_e"), row.at("phit_n")},
                                                {row.at("phir_e"), row.at("phir_n")}, profile.distance_m.back());
  Case c{.model = {.time_percent = row.at("p"),
                   .tx_gain_dbi = row.at("Gt"),
                   .rx_gain_dbi = row.at("Gr"),
                   .pressure_hpa = row.at("press"),
                   .temperature_c = row.at("temp")},
         .link = {.freq_hz = row.at("f") * 1e9,
                  .tx_agl_m = row.at("htg"),
                  .rx_agl_m = row.at("hrg"),
                  .polarization = polarization_of(row.at("pol")),
                  .effective_earth_radius_m = effective_earth_radius_m(row.at("DN")),
                  .n0 = row.at("N0"),
                  .latitude_deg = latitude},
         .coast_tx_m = row.at("dct") * 1e3,
         .coast_rx_m = row.at("dcr") * 1e3};
  if (row.has("ha_t")) {
    c.model.edition = P452::Edition::p452_17;
    c.model.nominal_clutter_tx_m = row.at("ha_t");
    c.model.nominal_clutter_rx_m = row.at("ha_r");
    c.model.nominal_clutter_distance_tx_m = row.at("dk_t") * 1e3;
    c.model.nominal_clutter_distance_rx_m = row.at("dk_r") * 1e3;
  }
  return c;
}

struct Column {
  const char* column;
  const char* term;
  double scale;  ///< from the unit of the term to that of the column
};

constexpr std::array<Column, 22> kColumns = {{{"theta_t", "tx_horizon_mrad", 1.0},
                                              {"theta_r", "rx_horizon_mrad", 1.0},
                                              {"theta", "path_angle_mrad", 1.0},
                                              {"hm", "roughness_m", 1.0},
                                              {"hte", "tx_effective_height_m", 1.0},
                                              {"hre", "rx_effective_height_m", 1.0},
                                              {"hstd", "tx_smooth_earth_asl_m", 1.0},
                                              {"hsrd", "rx_smooth_earth_asl_m", 1.0},
                                              {"dlt", "tx_horizon_m", 1e-3},
                                              {"dlr", "rx_horizon_m", 1e-3},
                                              {"dtm", "longest_land_m", 1e-3},
                                              {"dlm", "longest_inland_m", 1e-3},
                                              {"b0", "beta0_percent", 1.0},
                                              {"omega", "sea_fraction", 1.0},
                                              {"Lbfsg", "free_space_db", 1.0},
                                              {"Lb0p", "line_of_sight_db", 1.0},
                                              {"Lb0b", "line_of_sight_beta0_db", 1.0},
                                              {"Ldsph", "spherical_earth_db", 1.0},
                                              {"Ld50", "diffraction_median_db", 1.0},
                                              {"Ldp", "diffraction_db", 1.0},
                                              {"Lbs", "troposcatter_db", 1.0},
                                              {"Lba", "ducting_db", 1.0}}};

void compare(const ResultRow& row, const std::string& engine, const PathLoss& loss, Collector& collect) {
  std::map<std::string_view, double> terms;
  for (const LossTerm& term : loss.terms) terms[term.name] = term.value;
  for (const auto& [column, term, scale] : kColumns) {
    double expected = row.at(column);
    // Beyond the horizon the first term may be a gain, which the next step cuts off; here it is cut off at once.
    if (std::string_view(column) == "Ldsph") expected = std::max(0.0, expected);
    collect.add(column, engine, terms.at(term) * scale, expected);
  }
  collect.add("Lb", engine, loss.loss_db, row.at("Lb"));
}

// The profile goes by the name of the result file; the column "profile" names another one in 34 rows.
std::size_t examples(const fs::path& folder, Collector& collect) {
  constexpr std::string_view kPrefix = "test_result_";
  std::size_t cases = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / "results")) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kPrefix)) continue;
    const Profile profile = read_profile(folder / "profiles" / ("test_profile_" + name.substr(kPrefix.size())));
    const auto rows = read_csv(entry.path());
    for (std::size_t i = 1; i < rows.size(); ++i, ++cases) {
      const ResultRow row(rows[0], rows[i]);
      const Case c = published_case_of(row, profile);
      for (const std::string engine : {"scalar", "radial"}) {
        RadialPath radial;
        compare(row, engine, explain_terms(c.model, c.link, geometry(engine, c, profile, radial)), collect);
      }
    }
  }
  return cases;
}

std::size_t edition_18(const fs::path& published, Collector& collect) {
  return examples(published / "p452" / "p452_matlab_v18" / "matlab" / "validation_examples", collect);
}

std::size_t edition_17(const fs::path& published, Collector& collect) {
  return examples(published / "crc-covlib" / "tests" / "iturp452v17" / "validation_examples", collect);
}

}  // namespace

std::vector<LineCheck> p452_line_checks() {
  return {{"p452v18.jsonl", "p452", 0.001, 588, generated_case},
          {"p452v17.jsonl", "p452", 0.001, 392, generated_case}};
}

std::vector<PublishedCheck> p452_published_checks() {
  return {{"P.452-18 validation examples (SG 3)", "p452", 0.001, 595, 0, edition_18},
          {"P.452-17 validation examples (SG 3)", "p452", 0.001, 280, 0, edition_17}};
}

}  // namespace amaneku::test
