// The parts of a service's delay in the order in which a message meets them.
#pragma once

#include <string>
#include <vector>

#include "libsim/latency/delay_distribution.hpp"
#include "libsim/latency/service_needs.hpp"
#include "libsim/latency/video_chain.hpp"

namespace amaneku {

/// The network between a device and a server: radio both ways, and one way of what lies behind it.
struct NetworkPath {
  DelayDistribution uplink;
  DelayDistribution downlink;
  DelayDistribution transport;
  std::string radio_source{};
  std::string transport_source{};
  bool verified = false;
};

/// What a deadline of that scope is about. One way: radio and transport of the direction. Loop: both. Glass loop:
/// camera, uplink, transport, screen, and the command back; the person is left out.
[[nodiscard]] std::vector<LatencyPart> service_parts(DeadlineScope scope, FlowDirection direction,
                                                     const NetworkPath& network, const VideoChain& chain);

}  // namespace amaneku
