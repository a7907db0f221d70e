#include "tests/validation/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <stdexcept>

namespace amaneku::test {

double Differences::largest() const {
  return absolute.empty() ? 0.0 : *std::max_element(absolute.begin(), absolute.end());
}

double Differences::percentile95() const {
  if (absolute.empty()) return 0.0;
  std::vector<double> sorted = absolute;
  std::sort(sorted.begin(), sorted.end());
  return sorted[static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(sorted.size()))) - 1];
}

std::size_t Differences::over() const {
  return static_cast<std::size_t>(
      std::count_if(absolute.begin(), absolute.end(), [&](double d) { return !(d <= tolerance); }));
}

void Collector::add(const std::string& quantity, const std::string& engine, double computed, double expected) {
  add(quantity, engine, computed, expected, tolerance_);
}

void Collector::add(const std::string& quantity, const std::string& engine, double computed, double expected,
                    double tolerance) {
  const double difference = std::abs(computed - expected);
  auto found = std::find_if(all_.begin(), all_.end(),
                            [&](const Differences& d) { return d.quantity == quantity && d.engine == engine; });
  if (found == all_.end()) found = all_.insert(all_.end(), {quantity, engine, tolerance, {}});
  // A NaN would compare as "not over".
  found->absolute.push_back(std::isfinite(difference) ? difference : std::numeric_limits<double>::infinity());
}

Profile ReferenceProfile::bare() const {
  return {.distance_m = profile.distance_m, .ground_asl_m = profile.ground_asl_m};
}

const ReferenceProfile& profile_of(const Json& json, const ReferenceProfiles& profiles) {
  const std::string id = json.at("profile");
  const auto profile = profiles.find(id);
  if (profile == profiles.end()) throw std::runtime_error("profile " + id + " is not in profiles.jsonl");
  return profile->second;
}

std::size_t for_each_line(const std::filesystem::path& path, const std::function<void(const Json&)>& visit) {
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

}  // namespace amaneku::test
