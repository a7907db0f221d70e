#include "libsim/maps/interference.hpp"

#include <algorithm>

namespace amaneku {

double interference_share(const Channel& victim, const Channel& from) noexcept {
  if (victim.occupied_hz <= 0.0 || from.occupied_hz <= 0.0) return victim.freq_hz == from.freq_hz ? 1.0 : 0.0;
  const double top_hz = std::min(victim.freq_hz + 0.5 * victim.occupied_hz, from.freq_hz + 0.5 * from.occupied_hz);
  const double bottom_hz =
      std::max(victim.freq_hz - 0.5 * victim.occupied_hz, from.freq_hz - 0.5 * from.occupied_hz);
  const double overlapped = std::clamp((top_hz - bottom_hz) / victim.occupied_hz, 0.0, 1.0);
  return overlapped * victim.subcarrier_spacing_hz / from.subcarrier_spacing_hz;
}

Channel channel_of(const Sector& sector) noexcept {
  if (!sector.carrier) return {sector.freq_hz};
  return {sector.freq_hz, sector.carrier->occupied_hz(), sector.carrier->width.subcarrier_spacing_hz};
}

ChannelPlan channel_plan(const Coverage& coverage, const std::vector<Site>& sites) {
  ChannelPlan plan;
  for (const SectorRef& ref : coverage.sectors) {
    const Channel channel =
        channel_of(sites[static_cast<std::size_t>(ref.site)].sectors[static_cast<std::size_t>(ref.sector)]);
    const auto found = std::find(plan.channels.begin(), plan.channels.end(), channel);
    plan.of_sector.push_back(static_cast<int>(found - plan.channels.begin()));
    if (found == plan.channels.end()) plan.channels.push_back(channel);
  }
  plan.leaks.resize(plan.channels.size());
  for (std::size_t from = 0; from < plan.channels.size(); ++from) {
    for (std::size_t victim = 0; victim < plan.channels.size(); ++victim) {
      const double share = interference_share(plan.channels[victim], plan.channels[from]);
      if (victim != from && share > 0.0) plan.leaks[from].push_back({static_cast<int>(victim), share});
    }
  }
  return plan;
}

}  // namespace amaneku
