#include "libsim/maps/link_budget.hpp"

#include <cmath>

namespace amaneku {

LinkBudget link_budget(const Sector& sector, const Receiver& receiver, Db tx_gain, Db path_loss) noexcept {
  return {
      .tx_power = {sector.power_dbm},
      .subcarrier_share = {-10.0 * std::log10(static_cast<double>(sector.subcarriers))},
      .feeder_loss = {sector.feeder_loss_db},
      .tx_gain = tx_gain,
      .path_loss = path_loss,
      .rx_gain = {receiver.gain_dbi.value_or(sector.carrier ? sector.carrier->device.gain_dbi : 0.0)},
      .body_loss = {receiver.body_loss_db},
      .building_loss = {receiver.building_loss_db},
  };
}

std::vector<BudgetTerm> budget_terms(const LinkBudget& budget) {
  static_assert(sizeof(LinkBudget) == 8 * sizeof(double), "a member without its term");
  return {{"tx_power_dbm", budget.tx_power.value},
          {"subcarrier_share_db", budget.subcarrier_share.value},
          {"feeder_loss_db", 0.0 - budget.feeder_loss.value},
          {"tx_gain_dbi", budget.tx_gain.value},
          {"path_loss_db", 0.0 - budget.path_loss.value},
          {"rx_gain_dbi", budget.rx_gain.value},
          {"body_loss_db", 0.0 - budget.body_loss.value},
          {"building_loss_db", 0.0 - budget.building_loss.value}};
}

}  // namespace amaneku
