// Queues with one server, arrivals at random (Poisson), first come first served. From rho = 1 on there is no delay
// to state: the queue is overloaded.
//
// Pollaczek-Khinchine: waiting is a geometric number of residual services, P(N = n) = (1 - rho) rho^n, each with
// the density P(S > x) / E[S] (Kleinrock, Queueing Systems vol. 1, section 5.7). So is its whole distribution,
// computed on the grid by Panjer's recursion, without transforms: masses are sums of positive terms.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "libsim/latency/delay_distribution.hpp"

namespace amaneku {

/// A service and its residual: what is left of it when somebody comes in at random.
struct QueueService {
  DelayDistribution service;
  DelayDistribution residual;
};
[[nodiscard]] QueueService constant_service(double service_s, DelayGrid grid);  ///< M/D/1
[[nodiscard]] QueueService exponential_service(double mean_s, DelayGrid grid);  ///< M/M/1
/// M/G/1. The service needs a mean (InputError without one); its masses lie on the grid's points.
[[nodiscard]] QueueService general_service(const DelayDistribution& service);

struct QueueDelay {
  double utilisation = 0.0;  ///< rho = arrivals per second times mean service
  /// Nothing where rho >= 1.
  std::optional<DelayDistribution> waiting{};
  std::optional<DelayDistribution> sojourn{};  ///< waiting and service
  [[nodiscard]] bool overloaded() const noexcept { return !sojourn.has_value(); }
};
/// arrivals_per_s >= 0. Takes (points of the grid) x (points of the residual) steps at most.
[[nodiscard]] QueueDelay queue_delay(double arrivals_per_s, const QueueService& service);

/// Cameras that share one link (an uplink, a fibre): a frame is a batch of packets every 1 / fps.
struct VideoLink {
  double rate_bps = 0.0;      ///< of the link
  double packet_bits = 12e3;  ///< 1500 bytes
  int packets_per_frame = 1;  ///< as the camera makes them
  double frames_per_s = 30.0;
  /// Share of the frame that is sent after processing at the edge (cropping, objects instead of pictures), above 0
  /// .. 1, and what that takes.
  double sent_share = 1.0;
  double edge_processing_s = 0.0;
};

/// Of one number of cameras.
struct VideoDelay {
  int cameras = 0;
  double utilisation = 0.0;
  /// To the last packet of a frame, and to any packet of it (its place among them is even). Nothing where
  /// overloaded.
  std::optional<DelayDistribution> frame{};
  std::optional<DelayDistribution> packet{};
  /// The slowest of the frames that all cameras send in a frame period.
  std::optional<DelayDistribution> slowest{};
  /// All frames in the same instant: the last one through. Known even where overloaded.
  double together_s = 0.0;
  [[nodiscard]] bool overloaded() const noexcept { return !frame.has_value(); }
};
/// A camera alone never waits for itself (frames keep their distance): its frame takes its own transmission. Of
/// several, phases are random; frames are then taken as Poisson arrivals, which errs upwards, and for `slowest` as
/// independent, which does so too (waiting times of a queue are associated: P(all <= x) >= product).
[[nodiscard]] std::vector<VideoDelay> video_delays(const VideoLink& link, std::span<const int> cameras,
                                                   DelayGrid grid);

}  // namespace amaneku
