// From the base station to the server and back: fibre and the nodes on its way.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "libsim/latency/delay_distribution.hpp"

namespace amaneku {

/// Kilometres and hops are the user's: what a server at a place means differs from region to region.
struct TransportPath {
  double fibre_m = 0.0;
  int hops = 1;                 ///< nodes that process a packet
  double fibre_s_per_m = 5e-9;  ///< 5 us/km: 2e8 m/s in glass
  double hop_processing_s = 200e-6;
  /// Queue of each hop, M/M/1: its sojourn is exponential with mean packet_bits / link_bps / (1 - utilisation).
  /// 0: left out.
  double utilisation = 0.0;  ///< below 1
  double packet_bits = 12e3;
  double link_bps = 10e9;
};

/// InputError: a negative value, utilisation of 1 and more (overload has no delay).
[[nodiscard]] DelayDistribution transport_delay(const TransportPath& path, DelayGrid grid);
/// Fibre and processing, without queues.
[[nodiscard]] double fixed_transport_s(const TransportPath& path) noexcept;

/// Where the server stands: examples to begin with, each to be replaced by the kilometres and hops of the region.
struct ServerPlace {
  std::string_view id;
  std::string_view name;
  std::string_view name_ja;
  TransportPath path;
  std::string_view source;
  bool verified;
};
[[nodiscard]] const std::array<ServerPlace, 4>& server_places() noexcept;

}  // namespace amaneku
