#include "libsim/latency/service_path.hpp"

#include <iterator>
#include <utility>

namespace amaneku {
namespace {

void append(std::vector<LatencyPart>& out, std::vector<LatencyPart> more) {
  out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::vector<LatencyPart> way_up(const NetworkPath& network) {
  return {{"uplink", network.uplink, network.radio_source, network.verified},
          {"transport up", network.transport, network.transport_source, network.verified}};
}

std::vector<LatencyPart> way_down(const NetworkPath& network) {
  return {{"transport down", network.transport, network.transport_source, network.verified},
          {"downlink", network.downlink, network.radio_source, network.verified}};
}

}  // namespace

std::vector<LatencyPart> service_parts(DeadlineScope scope, FlowDirection direction, const NetworkPath& network,
                                       const VideoChain& chain) {
  if (scope == DeadlineScope::one_way) {
    return direction == FlowDirection::uplink ? way_up(network) : way_down(network);
  }
  const bool glass = scope == DeadlineScope::glass_loop;
  std::vector<LatencyPart> out;
  if (glass) append(out, camera_parts(chain, network.uplink.grid()));
  append(out, way_up(network));
  if (glass) append(out, screen_parts(chain, network.uplink.grid()));
  append(out, way_down(network));
  return out;
}

}  // namespace amaneku
