// Hops over access carriers in a layout: who feeds whom, what that takes of the cells, and which hop is one too
// many.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libsim/studies/backhaul/backhaul_study.hpp"
#include "libsim/studies/backhaul/iab_offers.hpp"

namespace amaneku {

/// A hop that is built.
struct IabBuilt {
  std::uint32_t edge = 0;  ///< of the graph of the report
  const IabPair* pair = nullptr;
};

/// One direction of a hop that is built; where two ways pass it against each other, there are two.
struct IabUse {
  std::size_t hop = 0;       ///< index into the hops asked about
  std::size_t feed = 0;      ///< IabPair::feeds
  std::vector<int> cells{};  ///< whose time it takes
  SiteTraffic traffic{};     ///< of the sites and places behind it
  IabShare share{};          ///< of the time of each cell that it takes
  int depth = 0;      ///< such hops on the longest way over it, itself the last one counted from the exchange
  double room = 0.0;  ///< iab_room(); 0: the parent has no cell for it
  IabShare parent{};  ///< load of the cell that feeds, with its people and all hops, 0 .. 1 where it fits
  IabShare fed{};     ///< of the fullest cell of the fed site that falls silent; 0 where none does
};

/// By hop, then feed. `report`: with its layout; `hops` ascending by edge.
[[nodiscard]] std::vector<IabUse> iab_uses(const BackhaulReport& report, std::span<const IabBuilt> hops,
                                           const IabNetwork& network);

/// Hops (IabUse::hop) that must go, or carry less: those that lie too deep, the deepest first, then those without
/// room, the one that takes most first; of hops with a cell in common the first alone, for that may be enough.
/// Empty: all is well.
[[nodiscard]] std::vector<std::size_t> iab_excess(std::span<const IabUse> uses, int most_hops);

}  // namespace amaneku
