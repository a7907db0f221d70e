// The layout of a backhaul that costs one payer least: each edge at the share that the payer bears under the
// programme that applies to it (docs/methods/backhaul.md).
#pragma once

#include <optional>

#include "libsim/economics/bill.hpp"
#include "libsim/studies/backhaul/hop_plan.hpp"

namespace amaneku {

/// `money` is borrowed, with its funding; its sites are those of the network.
struct PayerObjective {
  Payer payer;
  const MoneyInput& money;
};

/// What the payer bears: of each site's purchases under the programmes that best_funding() finds for its parts
/// alone (of a prefecture or municipality after its best bonds, where the terms say so); of what is bought again
/// or paid yearly all, if the payer is the first applicant. Of places that are no sites everything is the first
/// applicant's.
[[nodiscard]] PayerBurden burden_of(const BackhaulReport& report, const BackhaulInput& input,
                                    const PayerObjective& objective);

/// First the layout of least present value; then edges are priced at the payer's shares, asset by asset and site
/// by site as they are in the layout before, and the layout made again as long as that lowers the burden. An edge
/// counts kLeastPart of its whole price at least, so that what costs the payer nothing is not wasted.
/// Layout::cost_jpy and its bound are the present value, whoever pays, and what any layout costs at least;
/// BackhaulSite::by_cable and by_link are prices for the payer.
[[nodiscard]] BackhaulWithHops plan_for_payer(const BackhaulInput& input, const BackhaulOptions& options,
                                              const std::optional<HopOptions>& hops,
                                              const PayerObjective& objective);
inline constexpr double kLeastPart = 1e-3;

}  // namespace amaneku
