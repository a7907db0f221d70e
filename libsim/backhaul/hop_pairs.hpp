// Which pairs of masts are worth a radio or optical hop: near enough, and in sight of each other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libsim/backhaul/hop_sight.hpp"

namespace amaneku {

/// A site, a relay point or an exchange.
struct HopMast {
  Point at;
  AntennaRange antenna;
};

struct HopSearch {
  double freq_hz;            ///< for the Fresnel zones: the lowest of the band
  double longest_m;          ///< of a hop
  double shortest_m = 10.0;  ///< nearer masts need a cable, not a hop
  SightRules rules = kCustomaryRules;
  int threads = 0;
};

struct HopPair {
  std::uint32_t from = 0;  ///< index of the mast, less than `to`
  std::uint32_t to = 0;
  double length_m = 0.0;
  HopSight sight{};
};

/// Every pair within reach with what it sees, clear or not, by (from, to). The same for any number of threads.
[[nodiscard]] std::vector<HopPair> hop_pairs(const Ground& ground, std::span<const HopMast> masts,
                                             const HopSearch& search);

}  // namespace amaneku
