#include "libsim/plan/site_losses.hpp"

#include <utility>

#include "libsim/index.hpp"
#include "libsim/maps/site_order.hpp"

namespace amaneku {

Coverage plan_transmitters(const PlanInput& input) {
  std::vector<Warning> ignored;  // plan() tells them
  Coverage coverage = list_transmitters(
      input.world.grid(), input.network.sites,
      [&](Point at) { return sample_bilinear(input.world.ground.ground_asl_m, at); }, ignored);
  coverage.effective_earth_radius_m = input.engine.coverage.effective_earth_radius_m;
  return coverage;
}

std::vector<int> sites_in_order(const PlanInput& input) {
  const std::vector<Site>& sites = input.network.sites;
  const Coverage coverage = plan_transmitters(input);
  std::vector<bool> sends(sites.size(), false);
  for (const TransmitterLoss& transmitter : coverage.transmitters) sends[index_of(transmitter.site)] = true;
  std::vector<int> order = sites_along_curve(coverage.grid, sites);
  std::erase_if(order, [&](int site) { return !sends[index_of(site)]; });
  return order;
}

Coverage site_losses(const PlanInput& input, int site, int threads, const Progress& progress) {
  CoverageOptions options = input.engine.coverage;
  if (threads > 0) options.threads = threads;
  const std::vector<Site> alone = {input.network.sites[index_of(site)]};
  std::vector<Warning> ignored;
  Coverage computed = compute_coverage(input.world.ground, alone, input.engine.model, input.network.receiver,
                                       options, ignored, progress);
  Coverage out = plan_transmitters(input);
  std::size_t next = 0;  // transmitters of a site follow one another
  for (TransmitterLoss& transmitter : out.transmitters) {
    if (transmitter.site != site) continue;
    transmitter = std::move(computed.transmitters.at(next++));
    transmitter.site = site;
  }
  return out;
}

}  // namespace amaneku
