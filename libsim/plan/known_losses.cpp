#include "libsim/plan/known_losses.hpp"

#include "libsim/index.hpp"

namespace amaneku {

void KnownLosses::add(const Coverage& coverage, const std::vector<Site>& sites) {
  for (const TransmitterLoss& transmitter : coverage.transmitters) {
    if (!transmitter.loss_db.values.empty())
      losses_.emplace(key_of(sites[index_of(transmitter.site)], transmitter), &transmitter);
  }
}

const TransmitterLoss* KnownLosses::find(const Site& site, const TransmitterLoss& wanted) const {
  const auto found = losses_.find(key_of(site, wanted));
  return found == losses_.end() ? nullptr : found->second;
}

KnownLosses::Key KnownLosses::key_of(const Site& site, const TransmitterLoss& transmitter) {
  return {site.at.x_m,           site.at.y_m,         site.position.lon_deg,
          site.position.lat_deg, transmitter.freq_hz, transmitter.tx_agl_m};
}

}  // namespace amaneku
