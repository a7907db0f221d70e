// Fibre to the homes near the cables of a backhaul: cabinets with splitters on the cables, what feeds them, and
// whether the light is enough (docs/methods/backhaul_options.md).
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/backhaul/passive_splitters.hpp"
#include "libsim/studies/backhaul/backhaul_study.hpp"

namespace amaneku {

struct PassiveOptions {
  PonRules rules{};
  double cabinet_reach_m = 1'000.0;    ///< >= 0, along the cable from a cabinet to the drop of a home
  double persons_per_household = 0.0;  ///< > 0
};

/// A cabinet on a cable.
struct PassiveCabinet {
  Point at{};
  std::uint32_t exchange = 0;
  int municipality = -1;  ///< of most of its people; -1: outside all
  double people = 0.0;
  PonCabinet homes{};
  PonDesign design{};
};

struct PassiveNetwork {
  std::vector<PassiveCabinet> cabinets{};  ///< by node of the graph
  double people_near = 0.0;                ///< near enough to a cable, as BackhaulReport::people_near_cable
  double people_served = 0.0;              ///< of them those whose cabinet gives them light enough
  double people_unfed = 0.0;               ///< of them those near a cable that no cable joins to an exchange
  std::int64_t homes = 0;
  std::int64_t splitters = 0;
  std::int64_t feeder_fibres = 0;
};

/// Homes take the nearest node of a laid or existing cable within BackhaulOptions::households_within_m, as the
/// report counts them. From each exchange its cables are followed, the shortest way to every node. Then, beginning
/// with the farthest home, a cabinet stands as far towards the exchange as cabinet_reach_m allows, and takes all
/// homes within that reach along the cables: on a tree no choice takes fewer cabinets. Homes of a cabinet are its
/// people / persons_per_household, rounded up. InputError as pon_design().
[[nodiscard]] PassiveNetwork passive_network(const BackhaulReport& report, const BackhaulOptions& backhaul,
                                             const Population& population, const PassiveOptions& options);

}  // namespace amaneku
