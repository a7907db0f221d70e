// The texts that accompany the region: scenario.toml and README.md.
#pragma once

#include <cstdint>
#include <string>

#include "terrain/geo.hpp"

namespace amaneku::scenarios::demo {

/// What the README tells of a region.
struct RegionFigures {
  std::uint64_t seed = 0;
  long long people = 0;
  std::size_t meshes = 0;
  std::size_t planned_sites = 0;
  std::size_t candidate_sites = 0;
  double highest_m = 0.0;
  double land_km2 = 0.0;
};

/// Says that the region is invented; on every file that has room for it.
inline constexpr const char* kSynthetic =
    "SYNTHETIC: an invented region made by amaneku. No such place, people, road or base station exists.";

/// One `[[costs.exchange]]`.
[[nodiscard]] std::string exchange_toml(const std::string& name, LonLat at);
/// Prices for the demo, invented.
[[nodiscard]] std::string costs_toml();
struct NamedPlace {
  std::string name{};
  LonLat at{};
};
/// [routes] with a bus along the national road between two towns.
[[nodiscard]] std::string bus_route_toml(const NamedPlace& from, const NamedPlace& to);

/// Texts that follow from the region.
struct RegionParts {
  std::string exchanges{};  ///< of exchange_toml()
  std::string bus{};        ///< of bus_route_toml()
};
/// `area`: what is planned, inside the region.
[[nodiscard]] std::string scenario_toml(std::uint64_t seed, const LonLatBox& area, const RegionParts& parts);
[[nodiscard]] std::string readme(const RegionFigures& figures);

}  // namespace amaneku::scenarios::demo
