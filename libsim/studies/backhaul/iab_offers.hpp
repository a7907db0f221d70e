// Which sites of a plan could be fed over the access carrier of which others, and what their cells have left for
// that.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "libsim/backhaul/iab_hop.hpp"
#include "libsim/load/cell_load.hpp"
#include "libsim/maps/radio.hpp"
#include "libsim/maps/service.hpp"

namespace amaneku {

/// What is asked for.
struct IabTerms {
  IabTerminal terminal{};
  double longest_m = 3'000.0;                                      ///< of a hop
  int most_hops = 2;                                               ///< on one way
  double hop_delay_s = 0.0;                                        ///< one way, of each hop
  double availability = std::numeric_limits<double>::quiet_NaN();  ///< of each hop; NaN: not known
};

/// One end feeds the other.
struct IabFeed {
  int cell = -1;             ///< of the parent, index into Coverage::sectors; -1: it has none that could
  std::string sector{};      ///< its id at the parent
  std::vector<int> takes{};  ///< whose time the hop takes: that cell, and those of the fed site on its channel
  IabRates rates{};
  double parent_agl_m = 0.0;  ///< antennas
  double fed_agl_m = 0.0;
  bool line_of_sight = false;
};

struct IabPair {
  std::uint32_t from = 0;  ///< sites of the network, from < to
  std::uint32_t to = 0;
  double length_m = 0.0;
  std::array<IabFeed, 2> feeds{};  ///< [0] the first feeds the second, [1] the second the first
};

/// In the busy hour.
struct SiteTraffic {
  double dl_bps = 0.0;
  double ul_bps = 0.0;
};

/// Everything that hops over access carriers can be chosen from, and held against.
struct IabNetwork {
  IabTerms terms{};
  std::vector<IabPair> pairs{};      ///< within reach, by (from, to), whether any cell could or not
  std::vector<IabShare> free{};      ///< [Coverage::sectors] that its people leave
  std::vector<SiteTraffic> sites{};  ///< [site of the network] of its own people
  SiteTraffic place{};               ///< of each place that is connected beside the sites
};

/// What the cells of each site carry, and `least_bps` down at least.
[[nodiscard]] std::vector<SiteTraffic> traffic_of_sites(const NetworkLoad& load, const Coverage& coverage,
                                                        std::size_t sites, double least_bps);

struct IabInput {
  const World& world;
  const Network& network;
  const Engine& engine;      ///< of the plan; its model and losses on top are not those of masts
  const Coverage& coverage;  ///< of the plan: its cells
  const NetworkLoad& load;   ///< of the same cells
};

/// Pairs of existing sites within reach. Of the cells of a parent those of TDD carriers of the fifth generation
/// count; the one is taken that gives most of what is free. Loss by ITU-R P.526 over the
/// terrain of the plan, by a profile of its own, to the highest antenna of the fed site. `free` and `pairs` of the
/// answer are filled, and `terms` given through; traffic is the caller's.
[[nodiscard]] IabNetwork iab_network(const IabInput& input, const IabTerms& terms);

/// What of a feed is free: the least of the cells whose time it takes.
[[nodiscard]] IabShare free_of(const IabFeed& feed, std::span<const IabShare> free);

}  // namespace amaneku
