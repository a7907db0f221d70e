// Targets of a regulator or a municipality as data: what is demanded, of whom, until when, by which document.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace amaneku {

/// What is counted.
enum class TargetMetric : std::uint8_t {
  population_coverage_5g,   ///< % of people
  population_outside_4g,    ///< people
  base_deployment_rate_5g,  ///< % of 10 km meshes with a parent station (親局)
  base_stations_5g,         ///< stations
  municipalities_with_5g,   ///< % of municipalities with a station
  road_coverage,            ///< % of length
  fibre_households,         ///< % of households
  schools_without_access,   ///< schools
  level4_services,          ///< places
};
inline constexpr std::array<std::string_view, 9> kTargetMetrics = {
    "5g_population_coverage",   "population_outside_4g",           "5g_base_deployment_rate",
    "5g_base_stations",         "municipalities_with_5g_station",  "road_coverage",
    "fibre_household_coverage", "schools_without_adequate_access", "level4_services"};  ///< [TargetMetric]

/// Over what. The roads of a scope are those of all of the plan.
enum class TargetScope : std::uint8_t {
  national,         ///< the whole country
  each_prefecture,  ///< every prefecture by itself
  region,           ///< the plan: a target of one's own
  each_municipality,
  expressways,
  expressways_and_national_highways
};
inline constexpr std::array<std::string_view, 6> kTargetScopes = {
    "national",          "each_prefecture", "region",
    "each_municipality", "expressways",     "expressways+national_highways"};  ///< [TargetScope]

enum class TargetKind : std::uint8_t {
  target,  ///< to be reached
  actual   ///< published as reached
};

enum class Comparison : std::uint8_t { none, at_least, equal, at_most };
inline constexpr std::array<std::string_view, 4> kComparisons = {"none", ">=", "==", "<="};  ///< [Comparison]

struct Target {
  std::string id{};
  std::string name{};
  std::string name_ja{};
  TargetKind kind = TargetKind::target;
  TargetMetric metric = TargetMetric::population_coverage_5g;
  TargetScope scope = TargetScope::national;
  Comparison comparison = Comparison::at_least;
  double value = 0.0;   ///< in `unit`
  std::string unit{};   ///< "%", "persons", "stations", "places", ...
  int fiscal_year = 0;  ///< at whose end (31 March of the next year) it is to be reached
  std::string note{};
  std::string source{};

  /// Exact: 100 % is not reached by 99.9999.
  [[nodiscard]] bool met_by(double actual) const noexcept;
  /// What is missing, in `unit`; 0 where the target is met.
  [[nodiscard]] double shortfall(double actual) const noexcept;
};

[[nodiscard]] inline std::string_view word(TargetMetric metric) noexcept {
  return kTargetMetrics[static_cast<std::size_t>(metric)];
}
[[nodiscard]] inline std::string_view word(TargetScope scope) noexcept {
  return kTargetScopes[static_cast<std::size_t>(scope)];
}
[[nodiscard]] inline std::string_view word(Comparison comparison) noexcept {
  return kComparisons[static_cast<std::size_t>(comparison)];
}

}  // namespace amaneku
