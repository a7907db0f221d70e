// How long a message of a service takes from the vehicle to the operator, all along a route.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsim/latency/end_to_end.hpp"
#include "libsim/latency/radio_delay.hpp"
#include "libsim/latency/service_needs.hpp"
#include "libsim/latency/transport_delay.hpp"
#include "libsim/mobility/route_statistics.hpp"
#include "libsim/studies/routes/course_service.hpp"

namespace amaneku {

/// The way of a site to its exchange as the backhaul of the plan lays it, and what is known of the way beyond.
struct LaidTransport {
  TransportPath to_exchange{};
  double onward_m = 0.0;  ///< to the regional server; 0: the way beyond is that of the examples, server_places()
  int onward_hops = 0;
};

struct RouteLatencyOptions {
  double deadline_s = 0.1;
  DeadlineScope scope = DeadlineScope::glass_loop;  ///< what of the chain the deadline is about
  double frame_bits = 0.0;    ///< of the cameras together, for one frame; 0: there is no latency to tell
  double command_bits = 0.0;  ///< of a message to the vehicle
  VideoChain video{};
  int ue_capability = 1;  ///< TS 38.214 processing capability, 1 or 2
  Access access = Access::scheduling_request;
  Reliability radio{};
  TransportPath transport{};
  std::string transport_source{};
  bool transport_verified = false;
  std::string server{};  ///< ServerPlace::id; empty: `transport` was stated, and stands for all sites
  /// [site of the network] instead of `transport` where the server does not stand at the site; may be empty.
  std::vector<std::optional<LaidTransport>> laid{};
  DelayGrid grid{.step_s = 100e-6, .horizon_s = 2.0};
};

/// Of messages that are sent where there is a link: the time that a vehicle spends at the rate of a sample is the
/// weight of its delay. `sectors` [SampleService::cell]. Nothing where no sample is served.
struct RouteDrive {
  std::span<const SampleService> service;
  std::span<const double> seconds;         ///< [sample] spent at it
  std::span<const Sector* const> sectors;  ///< [cell]
  std::span<const int> sites;              ///< [cell] of the network
};
/// From a site to the server.
[[nodiscard]] TransportPath transport_of(const RouteLatencyOptions& options, int site);
[[nodiscard]] std::optional<EndToEndResult> route_latency(const RouteDrive& drive,
                                                          const mobility::RouteStatistics& statistics,
                                                          const RouteLatencyOptions& options);

}  // namespace amaneku
