#include "tests/validation/vectors.hpp"

#include <algorithm>
#include <exception>
#include <set>

namespace amaneku::test {
namespace {

Zone zone_of(int code) {
  return code == 1 ? Zone::sea : code == 3 ? Zone::coast : Zone::inland;
}

ReferenceProfiles read_profiles(const std::filesystem::path& folder) {
  ReferenceProfiles profiles;
  if (!std::filesystem::exists(folder / "profiles.jsonl")) return profiles;
  for_each_line(folder / "profiles.jsonl", [&](const Json& json) {
    ReferenceProfile read;
    for (const double d_km : json.at("d_km")) read.profile.distance_m.push_back(d_km * 1e3);
    read.profile.ground_asl_m = json.at("h_masl").get<std::vector<double>>();
    if (json.contains("clutter_m")) read.profile.clutter_m = json.at("clutter_m").get<std::vector<double>>();
    if (json.contains("zone")) {
      for (const int code : json.at("zone")) read.profile.zone.push_back(zone_of(code));
    }
    check_profile(read.profile.view());
    read.tx_latitude_deg = json.value("tx_lat", 0.0);
    read.tx_longitude_deg = json.value("tx_lon", 0.0);
    read.rx_latitude_deg = json.value("rx_lat", 0.0);
    read.rx_longitude_deg = json.value("rx_lon", 0.0);
    profiles.emplace(json.at("id").get<std::string>(), std::move(read));
  });
  return profiles;
}

Report check_file(const std::filesystem::path& folder, const std::string& name,
                  const ReferenceProfiles& profiles) {
  Report report{.name = name};
  const auto& known = line_checks();
  const auto check = std::find_if(known.begin(), known.end(), [&](const LineCheck& c) { return c.file == name; });
  Collector collect(check == known.end() ? 0.0 : check->tolerance_db);
  if (check != known.end()) report.models = check->models;
  try {
    report.cases = for_each_line(folder / name, [&](const Json& json) {
      if (check != known.end()) check->run(json, profiles, collect);
    });
  } catch (const std::exception& error) {
    report.error = error.what();
  }
  report.differences = collect.take();
  return report;
}

}  // namespace

std::size_t Report::over() const {
  std::size_t sum = 0;
  for (const Differences& d : differences) sum += d.over();
  return sum;
}

bool Report::failed() const {
  if (!error.empty()) return true;
  return has_model() && (cases == 0 || differences.empty() || over() > known_over);
}

std::vector<Report> check_vectors(const std::filesystem::path& generated) {
  std::set<std::string> names;
  for (const LineCheck& check : line_checks()) names.emplace(check.file);
  for (const auto& entry : std::filesystem::directory_iterator(generated)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".jsonl") && name != "profiles.jsonl") names.insert(name);
  }
  const ReferenceProfiles profiles = read_profiles(generated);
  std::vector<Report> reports;
  for (const std::string& name : names) reports.push_back(check_file(generated, name, profiles));
  return reports;
}

std::vector<Report> check_published(const std::filesystem::path& published) {
  std::vector<Report> reports;
  for (const PublishedCheck& check : published_checks()) {
    Report report{
        .name = std::string(check.name), .models = std::string(check.models), .known_over = check.known_over};
    Collector collect(check.tolerance_db);
    try {
      report.cases = check.run(published, collect);
    } catch (const std::exception& error) {
      report.error = error.what();
    }
    report.differences = collect.take();
    reports.push_back(std::move(report));
  }
  return reports;
}

}  // namespace amaneku::test
