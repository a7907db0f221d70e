// The downlink budget as one struct of named terms: what `explain` prints is what the maps were made of.
#pragma once

#include <string_view>
#include <vector>

#include "libsim/input/network.hpp"
#include "propagation/units.hpp"

namespace amaneku {

struct LinkBudget {
  Dbm tx_power{};         ///< conducted, whole carrier
  Db subcarrier_share{};  ///< -10 log10(subcarriers)
  Db feeder_loss{};
  Db tx_gain{};    ///< towards the receiver
  Db path_loss{};  ///< basic transmission loss
  Db rx_gain{};
  Db body_loss{};
  Db building_loss{};

  /// Reference signal received power, per subcarrier.
  [[nodiscard]] Dbm rsrp() const noexcept {
    return tx_power + subcarrier_share - feeder_loss + tx_gain - path_loss + rx_gain - body_loss - building_loss;
  }
  /// Equivalent isotropic radiated power of the carrier towards the receiver.
  [[nodiscard]] Dbm eirp() const noexcept { return tx_power - feeder_loss + tx_gain; }
};

/// A term as it enters the sum: losses are negative.
struct BudgetTerm {
  std::string_view name;  ///< the member's, with its unit: "feeder_loss_db"
  double value;           ///< the first in dBm, all others in dB
};

/// Every member, in order of the path from transmitter to receiver; their sum is rsrp().
[[nodiscard]] std::vector<BudgetTerm> budget_terms(const LinkBudget& budget);

[[nodiscard]] LinkBudget link_budget(const Sector& sector, const Receiver& receiver, Db tx_gain,
                                     Db path_loss) noexcept;

}  // namespace amaneku
