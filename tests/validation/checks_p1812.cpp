#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "propagation/itu/p1812.hpp"
#include "propagation/models.hpp"
#include "tests/validation/checks.hpp"
#include "tests/validation/sg3_profile.hpp"

namespace amaneku::test {
namespace {

namespace fs = std::filesystem;

// Both reference codes are told that the coast is far; at sea its distance is none.
void set_coast(PathGeometry& path, double tx_m, double rx_m) {
  path.zones.coast_distance_tx_m = path.zones.tx == Zone::sea ? 0.0 : tx_m;
  path.zones.coast_distance_rx_m = path.zones.rx == Zone::sea ? 0.0 : rx_m;
}

PathGeometry geometry(const std::string& engine, const Link& link, const Profile& profile, RadialPath& radial) {
  return engine == "scalar" ? extract_path(link, profile.view())
                            : radial.geometry(link, profile.view(), Terrain::two_earths);
}

void generated_case(const Json& json, const ReferenceProfiles& profiles, Collector& collect) {
  const ReferenceProfile& reference = profile_of(json, profiles);
  const Profile& profile = reference.profile;
  const P1812 model{.time_percent = json.at("p"), .location_percent = json.at("pL")};
  const Link link{.freq_hz = json.at("f_ghz").get<double>() * 1e9,
                  .tx_agl_m = json.at("htg"),
                  .rx_agl_m = json.at("hrg"),
                  .polarization = json.at("pol") == 1 ? Polarization::horizontal : Polarization::vertical,
                  .effective_earth_radius_m = effective_earth_radius_m(json.at("DN")),
                  .n0 = json.at("N0"),
                  .latitude_deg = middle_latitude_deg({reference.tx_longitude_deg, reference.tx_latitude_deg},
                                                      {reference.rx_longitude_deg, reference.rx_latitude_deg},
                                                      profile.distance_m.back())};
  const auto coast_m = [&](Zone zone, const char* key) {
    return zone == Zone::sea ? 0.0 : json.at(key).get<double>() * 1e3;
  };
  const CoastDistances coast{coast_m(profile.zone.front(), "dct"), coast_m(profile.zone.back(), "dcr")};
  collect.add("fast engine", "radial", fast_loss_db(model, link, profile, coast), json.at("expected_Lb_db"));
  for (const std::string engine : {"scalar", "radial"}) {
    RadialPath radial;
    PathGeometry path = geometry(engine, link, profile, radial);
    set_coast(path, json.at("dct").get<double>() * 1e3, json.at("dcr").get<double>() * 1e3);
    collect.add("loss", engine, loss_db(model, link, path), json.at("expected_Lb_db"));
    collect.add("hot call against terms", engine, loss_db(model, link, path),
                explain_terms(model, link, path).loss_db);
  }
}

/// A log: name of the quantity (and its equation where a name occurs twice) to value.
std::map<std::string, double> read_log(const fs::path& path) {
  std::map<std::string, double> values;
  for (const std::vector<std::string>& row : read_csv(path)) {
    if (row.size() < 4 || row[3].empty() || row[0].starts_with("#")) continue;
    values[row[0]] = std::stod(row[3]);
  }
  return values;
}

struct Logged {
  const char* log;
  const char* term;
  double scale;  ///< from the unit of the term to that of the log
};

constexpr std::array<Logged, 24> kLogged = {{{"Lbfs", "free_space_db", 1.0},
                                             {"Lb0p", "line_of_sight_db", 1.0},
                                             {"Lb0b", "line_of_sight_beta0_db", 1.0},
                                             {"Ld50 (dB)", "diffraction_median_db", 1.0},
                                             {"Ldb (dB)", "diffraction_beta0_db", 1.0},
                                             {"Ldp (dB)", "diffraction_db", 1.0},
                                             {"Lbd50 (dB)", "diffraction_loss_median_db", 1.0},
                                             {"Lminb0p (dB)", "least_line_of_sight_db", 1.0},
                                             {"Lba (dB)", "ducting_db", 1.0},
                                             {"Lminbap (dB)", "least_ducting_db", 1.0},
                                             {"Lbda (dB)", "with_ducting_db", 1.0},
                                             {"Lbam (dB)", "modified_db", 1.0},
                                             {"Lbs (dB)", "troposcatter_db", 1.0},
                                             {"Lbc (dB)", "median_location_db", 1.0},
                                             {"Fi", "time_interpolation", 1.0},
                                             {"Fj", "angle_interpolation", 1.0},
                                             {"Fk", "distance_interpolation", 1.0},
                                             {"b0 (%)", "beta0_percent", 1.0},
                                             {"th_t (mrad)", "tx_horizon_mrad", 1.0},
                                             {"th_r (mrad)", "rx_horizon_mrad", 1.0},
                                             {"th (mrad)", "path_angle_mrad", 1.0},
                                             {"dlt (km)", "tx_horizon_m", 1e-3},
                                             {"dlr (km)", "rx_horizon_m", 1e-3},
                                             {"hm (m)", "roughness_m", 1.0}}};

void compare_log(const std::map<std::string, double>& log, const std::string& engine, const PathLoss& loss,
                 const PathGeometry& path, Collector& collect) {
  std::map<std::string_view, double> terms;
  for (const LossTerm& term : loss.terms) terms[term.name] = term.value;
  for (const auto& [name, term, scale] : kLogged) collect.add(name, engine, terms.at(term) * scale, log.at(name));
  collect.add("w", engine, path.zones.sea_fraction, log.at("w"));
  collect.add("dtm (km)", engine, path.zones.longest_land_m * 1e-3, log.at("dtm (km)"));
  collect.add("dlm (km)", engine, path.zones.longest_inland_m * 1e-3, log.at("dlm (km)"));
  collect.add("hst, hsr (m)", engine, path.fitted_tx_asl_m, log.at("hst (m)"));
  collect.add("hst, hsr (m)", engine, path.fitted_rx_asl_m, log.at("hsr (m)"));
  collect.add("hstd, hsrd (m)", engine, path.smooth_tx_asl_m, log.at("hstd (m)"));
  collect.add("hstd, hsrd (m)", engine, path.smooth_rx_asl_m, log.at("hsrd (m)"));
  collect.add("hte, hre (m)", engine, path.tx_asl_m - path.fitted_tx_asl_m, log.at("hte (m)"));
  collect.add("hte, hre (m)", engine, path.rx_asl_m - path.fitted_rx_asl_m, log.at("hre (m)"));
  collect.add("Lb (dB)", engine, loss.loss_db, log.at("Lb (dB)"));
}

double term_of(const PathLoss& loss, const std::string& name) {
  for (const LossTerm& term : loss.terms) {
    if (term.name == name) return term.value;
  }
  throw std::runtime_error("no term " + name);
}

// The two codes log the delta-Bullington terms of different Earths: MATLAB the median, Python that of beta_0.
void compare_bullington(const std::map<std::string, double>& log, const std::string& suffix,
                        const std::string& engine, const PathLoss& loss, Collector& collect) {
  collect.add("Lbulla (dB)", engine, term_of(loss, "bullington_terrain" + suffix), log.at("Lbulla (dB)"));
  collect.add("Lbulls (dB)", engine, term_of(loss, "bullington_smooth" + suffix), log.at("Lbulls (dB)"));
  // Beyond the horizon the first term may be a gain, which the next step cuts off; here it is cut off at once.
  collect.add("Ldsph (dB)", engine, term_of(loss, "spherical_earth" + suffix),
              std::max(0.0, log.at("Ldsph (dB)")));
}

std::size_t published(const fs::path& folder, Collector& collect) {
  const fs::path matlab = folder / "p1812" / "p1812_matlab" / "matlab";
  const fs::path python = folder / "p1812" / "Py1812" / "tests";
  std::size_t cases = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(matlab / "validation_profiles")) {
    const Sg3File file = read_sg3(entry.path());
    const std::string stem = entry.path().stem().string();
    for (std::size_t i = 0; i < file.measurements.size(); ++i, ++cases) {
      const auto matlab_log = read_log(matlab / "validation_results" / fmt::format("{}_{}.csv", stem, i + 1));
      const auto python_log = read_log(python / "validation_results" / fmt::format("{}_{}_log.csv", stem, i));
      const Sg3Measurement& row = file.measurements[i];
      const Link link{.freq_hz = row.freq_hz,
                      .tx_agl_m = row.tx_agl_m,
                      .rx_agl_m = row.rx_agl_m,
                      .polarization = row.polarization == 1 ? Polarization::horizontal : Polarization::vertical,
                      .effective_earth_radius_m = effective_earth_radius_m(file.delta_n),
                      .n0 = file.n0,
                      .latitude_deg = middle_latitude_deg(file.tx, file.rx, file.profile.distance_m.back())};
      const P1812 model{.time_percent = row.time_percent};
      for (const std::string engine : {"scalar", "radial"}) {
        RadialPath radial;
        PathGeometry path = geometry(engine, link, file.profile, radial);
        set_coast(path, 500e3, 500e3);
        const PathLoss loss = explain_terms(model, link, path);
        for (const auto& log : {matlab_log, python_log}) compare_log(log, engine, loss, path, collect);
        compare_bullington(matlab_log, "_db", engine, loss, collect);
        compare_bullington(python_log, "_beta0_db", engine, loss, collect);
        // Python logs L_bda under this name as well.
        collect.add("Lbd (dB)", engine, term_of(loss, "diffraction_loss_db"), matlab_log.at("Lbd (dB)"));
      }
    }
  }
  return cases;
}

}  // namespace

std::vector<LineCheck> p1812_line_checks() {
  return {{"p1812.jsonl", "p1812", 0.001, 588, generated_case}};
}

std::vector<PublishedCheck> p1812_published_checks() {
  return {{"P.1812 validation profiles (SG 3)", "p1812", 0.001, 63, 0, published}};
}

}  // namespace amaneku::test
