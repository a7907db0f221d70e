#include "tests/validation/vectors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "propagation/itu/p526_delta_bullington.hpp"
#include "propagation/itu/p526_knife_edge.hpp"
#include "propagation/itu/p526_spherical_earth.hpp"
#include "propagation/models.hpp"
#include "propagation/radial_scan.hpp"

namespace amaneku::test {
namespace {

using Json = nlohmann::json;
using Profiles = std::map<std::string, Profile>;

/// Collects differences by quantity and engine, in order of first appearance.
class Collector {
 public:
  void add(const std::string& quantity, const std::string& engine, double computed, double expected) {
    const double difference = std::abs(computed - expected);
    // A NaN would compare as "not over".
    of(quantity, engine)
        .absolute_db.push_back(std::isfinite(difference) ? difference : std::numeric_limits<double>::infinity());
  }
  [[nodiscard]] std::vector<Differences> take() { return std::move(all_); }

 private:
  Differences& of(const std::string& quantity, const std::string& engine) {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const Differences& d) {
      return d.quantity == quantity && d.engine == engine;
    });
    if (found != all_.end()) return *found;
    all_.push_back({quantity, engine, {}});
    return all_.back();
  }
  std::vector<Differences> all_{};
};

/// Calls `visit(json)` for every line; the error names the line.
template <class Visit>
std::size_t for_each_line(const std::filesystem::path& path, Visit&& visit) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot be opened");
  std::size_t number = 0;
  std::size_t cases = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    try {
      visit(Json::parse(line));
    } catch (const std::exception& error) {
      throw std::runtime_error(fmt::format("line {}: {}", number, error.what()));
    }
    ++cases;
  }
  return cases;
}

Profiles read_profiles(const std::filesystem::path& folder) {
  Profiles profiles;
  if (!std::filesystem::exists(folder / "profiles.jsonl")) return profiles;
  for_each_line(folder / "profiles.jsonl", [&](const Json& json) {
    Profile profile;
    for (const double d_km : json.at("d_km")) profile.distance_m.push_back(d_km * 1e3);
    profile.ground_asl_m = json.at("h_masl").get<std::vector<double>>();
    check_profile(profile.view());
    profiles.emplace(json.at("id").get<std::string>(), std::move(profile));
  });
  return profiles;
}

PathGeometry radial_geometry(const Link& link, const Profile& profile) {
  RadialScan scan;
  scan.restart(link, profile.ground_asl_m.front());
  const std::size_t last = profile.distance_m.size() - 1;
  for (std::size_t i = 1; i < last; ++i) scan.push({profile.distance_m[i], profile.ground_asl_m[i]});
  return scan.receiver({profile.distance_m[last], profile.ground_asl_m[last]});
}

Link link_of(const Json& json, Polarization polarization) {
  Link link;
  link.freq_hz = json.at("f_ghz").get<double>() * 1e9;
  link.polarization = polarization;
  link.effective_earth_radius_m = json.at("ae_km").get<double>() * 1e3;
  return link;
}

constexpr std::array<std::pair<Polarization, const char*>, 2> kPolarizations = {
    {{Polarization::horizontal, "H"}, {Polarization::vertical, "V"}}};

void delta_bullington_case(const Json& json, const Profiles& profiles, Collector& collect) {
  const std::string id = json.at("profile");
  const auto profile = profiles.find(id);
  if (profile == profiles.end()) throw std::runtime_error("profile " + id + " is not in profiles.jsonl");
  const Json& expected = json.at("out");
  for (const auto& [polarization, letter] : kPolarizations) {
    Link link = link_of(json, polarization);
    link.tx_agl_m = json.at("htg");
    link.rx_agl_m = json.at("hrg");
    for (const std::string engine : {"scalar", "radial"}) {
      PathGeometry path =
          engine == "scalar" ? extract_path(link, profile->second.view()) : radial_geometry(link, profile->second);
      path.sea_fraction = json.at("omega");
      const itu::DeltaBullington terms = itu::delta_bullington_terms(link, path);
      collect.add(fmt::format("diffraction {}", letter), engine, terms.diffraction_db,
                  expected.at(fmt::format("Ld_{}_db", letter)));
      collect.add(fmt::format("spherical earth {}", letter), engine, terms.spherical_db,
                  expected.at(fmt::format("L_sph_{}_db", letter)));
      collect.add("hot call against terms", engine, itu::delta_bullington_loss_db(link, path),
                  terms.diffraction_db);
      if (polarization == Polarization::vertical) continue;
      collect.add("Bullington, terrain", engine, terms.actual_db, expected.at("L_bull_actual_db"));
      collect.add("Bullington, smooth", engine, terms.smooth_db, expected.at("L_bull_smooth_db"));
      // Metres here, compared under the same number: the heights feed every other quantity.
      collect.add("smooth-earth height (m)", engine, path.smooth_tx_asl_m, json.at("hstd"));
      collect.add("smooth-earth height (m)", engine, path.smooth_rx_asl_m, json.at("hsrd"));
    }
  }
}

void element_case(const Json& json, const Profiles&, Collector& collect) {
  const std::string kind = json.at("kind");
  if (kind == "knife_edge_J") {
    collect.add("J(nu)", "direct", itu::knife_edge_loss_db(json.at("nu")), json.at("out"));
    return;
  }
  if (kind != "spherical_earth") throw std::runtime_error("unknown kind " + kind);
  const itu::SmoothPath path{.distance_m = json.at("d_km").get<double>() * 1e3,
                             .tx_m = json.at("h_te_m"),
                             .rx_m = json.at("h_re_m"),
                             .sea_fraction = json.at("omega_sea")};
  for (const auto& [polarization, letter] : kPolarizations) {
    collect.add(fmt::format("spherical earth {}", letter), "direct",
                itu::spherical_earth_loss_db(link_of(json, polarization), path), json.at("out").at(letter));
  }
}

void local_5g_case(const Json& json, const Profiles&, Collector& collect) {
  const Link link{
      .freq_hz = json.at("f_mhz").get<double>() * 1e6, .tx_agl_m = json.at("h_b_m"), .rx_agl_m = json.at("h_m_m")};
  const PathGeometry path{.distance_m = json.at("d_km").get<double>() * 1e3};
  for (const auto& [word, key] :
       {std::pair{"endpoints", "variant_endpoint_interp"}, {"weighted", "variant_repo"}}) {
    const std::vector<ParameterValue> parameters = {
        {"area", json.at("area").get<std::string>()},
        {"interpolation", std::string(word)},
        {"building_loss_db", json.at("R_bel_db").get<double>()},
        {"terrain_correction_db", json.at("K_terrain_db").get<double>()}};
    const RadioModel model = make_model("mic_local5g_sub6", parameters);
    collect.add(fmt::format("loss, {}", word), "direct",
                std::visit([&](const auto& m) { return loss_db(m, link, path); }, model), json.at("out").at(key));
  }
}

struct Check {
  double tolerance_db;
  void (*run)(const Json&, const Profiles&, Collector&);
};

const std::map<std::string, Check>& checks() {
  static const std::map<std::string, Check> known = {
      {"mic_local5g_sub6.jsonl", {0.001, local_5g_case}},
      {"p526_delta_bullington.jsonl", {0.001, delta_bullington_case}},
      {"p526_elements.jsonl", {0.001, element_case}}};
  return known;
}

FileReport check_file(const std::filesystem::path& folder, const std::string& name, const Profiles& profiles) {
  FileReport report{.file = name};
  Collector collect;
  try {
    const auto check = checks().find(name);
    if (check == checks().end()) {
      report.cases = for_each_line(folder / name, [](const Json&) {});
      return report;
    }
    report.has_model = true;
    report.tolerance_db = check->second.tolerance_db;
    report.cases =
        for_each_line(folder / name, [&](const Json& json) { check->second.run(json, profiles, collect); });
  } catch (const std::exception& error) {
    report.error = error.what();
  }
  report.differences = collect.take();
  return report;
}

}  // namespace

double Differences::largest_db() const {
  return absolute_db.empty() ? 0.0 : *std::max_element(absolute_db.begin(), absolute_db.end());
}

double Differences::percentile95_db() const {
  if (absolute_db.empty()) return 0.0;
  std::vector<double> sorted = absolute_db;
  std::sort(sorted.begin(), sorted.end());
  return sorted[static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(sorted.size()))) - 1];
}

std::size_t Differences::over(double tolerance_db) const {
  return static_cast<std::size_t>(
      std::count_if(absolute_db.begin(), absolute_db.end(), [&](double d) { return !(d <= tolerance_db); }));
}

bool FileReport::failed() const {
  if (!error.empty()) return true;
  if (!has_model) return false;
  return cases == 0 || std::any_of(differences.begin(), differences.end(),
                                   [&](const Differences& d) { return d.over(tolerance_db) > 0; });
}

std::vector<FileReport> check_vectors(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& [name, check] : checks()) names.insert(name);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".jsonl") && name != "profiles.jsonl") names.insert(name);
  }
  const Profiles profiles = read_profiles(folder);
  std::vector<FileReport> reports;
  for (const std::string& name : names) reports.push_back(check_file(folder, name, profiles));
  return reports;
}

}  // namespace amaneku::test
