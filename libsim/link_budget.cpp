#include "libsim/link_budget.hpp"

#include <cmath>

namespace amaneku {

LinkBudget link_budget(const Sector& sector, const Receiver& receiver, Db tx_gain, Db path_loss) noexcept {
  return {
      .tx_power = {sector.power_dbm},
      .subcarrier_share = {-10.0 * std::log10(static_cast<double>(sector.subcarriers))},
      .feeder_loss = {sector.feeder_loss_db},
      .tx_gain = tx_gain,
      .path_loss = path_loss,
      .rx_gain = {receiver.gain_dbi},
      .body_loss = {receiver.body_loss_db},
      .building_loss = {receiver.building_loss_db},
  };
}

}  // namespace amaneku
