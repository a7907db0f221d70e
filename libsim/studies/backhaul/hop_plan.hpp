// The backhaul with radio and optical hops: channels for those that are built, what they do to each other, and the
// layout again where that takes a hop away.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "libsim/backhaul/hop_interference.hpp"
#include "libsim/studies/backhaul/hop_offers.hpp"
#include "libsim/studies/backhaul/iab_plan.hpp"

namespace amaneku {

/// A hop of the layout.
struct BuiltHop {
  std::size_t hop = 0;     ///< index into HopOffers::hops; its service there is without interference
  std::uint32_t edge = 0;  ///< of the graph of the layout
  Hop with{};              ///< the same hop with interference
  /// Of microwave, as the rest: centre of what the first and the second end send.
  std::array<double, 2> centre_hz{};
  std::array<HopInterference, 2> received{};  ///< at the first and the second end; `strongest` and `same_mast` are
                                              ///< indices into HopPlan::built
  double degradation_db = 0.0;                ///< the worse of both
};

/// An offer that is not built because other hops of a layout, or the people of its cells, left it too little, or
/// because too many access carriers would follow each other.
struct LostHop {
  std::size_t hop = 0;
  double degradation_db = 0.0;  ///< of microwave, in the last layout that had it
};

struct HopPlan {
  HopOffers offers{};
  std::vector<BuiltHop> built{};  ///< by offer
  std::vector<IabUse> iab{};      ///< of access carriers; IabUse::hop is an index into built
  std::vector<LostHop> lost{};    ///< by offer, each once, none of them built
};

struct BackhaulWithHops {
  BackhaulReport report{};
  HopPlan hops{};
};

/// Channels are counted from both edges of the band inwards, what one end sends from the lower, what the other
/// sends from the upper edge, and a mast sends in one half alone where the hops form no odd ring. In the order of
/// the offers each hop gets the first channel by which no receiver, its own or one before it, comes to lose more
/// than kToleratedLoss_db (or that much more, where it loses too much already), else the one by which the fewest
/// do, and of these the one that adds least. A hop that then carries less than the sites behind it need, or by
/// which a way misses its availability, is taken out or counted with what it has left, and the layout made again;
/// so does a hop over an access carrier for which its cells have no time left (iab_excess());
/// the lower bound is that of the first layout where that reaches the same sites. Availability and capacity of the
/// sites are those with interference. `known`: hop_offers() of the same input; none: found anew.
[[nodiscard]] BackhaulWithHops plan_with_hops(BackhaulInput input, const BackhaulOptions& options,
                                              const HopOptions& hops, const HopOffers* known = nullptr);
inline constexpr double kToleratedLoss_db = 1.0;

}  // namespace amaneku
