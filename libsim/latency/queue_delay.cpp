#include "libsim/latency/queue_delay.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "libsim/latency/latency_faults.hpp"

namespace amaneku {
namespace {

constexpr double kSamePacket = 1e-9;

/// Waiting is 0 with 1 - rho, else a residual and a waiting anew: w = (1 - rho) + rho r * w, point by point.
DelayDistribution geometric_compound(double utilisation, const DelayDistribution& residual) {
  const std::span<const double> r = residual.mass();
  const std::size_t points = residual.grid().points();
  const double at_zero = r.empty() ? 0.0 : r[0];
  const double scale = 1.0 / (1.0 - utilisation * at_zero);
  std::vector<double> mass{(1.0 - utilisation) * scale};
  double total = mass[0];
  // What is left below the smallest probability that a sum of doubles resolves is counted as tail.
  constexpr double kResolved = 1e-16;
  while (mass.size() < points && 1.0 - total > kResolved) {
    const std::size_t k = mass.size();
    double sum = 0.0;
    for (std::size_t j = 1; j < r.size() && j <= k; ++j) sum += r[j] * mass[k - j];
    mass.push_back(utilisation * scale * sum);
    total += mass.back();
  }
  const double mean_s = utilisation / (1.0 - utilisation) * residual.mean_s();
  double within_s = 0.0;
  for (std::size_t i = 0; i < mass.size(); ++i) within_s += static_cast<double>(i) * mass[i];
  const double tail = std::max(0.0, 1.0 - total);
  return {std::move(mass), tail, mean_s - within_s * residual.grid().step_s, residual.grid()};
}

/// The place of a packet in its frame is even: it leaves with the first, the second ... of them.
DelayDistribution place_in_frame(int packets, double packet_s, DelayGrid grid) {
  std::vector<DelayPiece> places;
  for (int i = 1; i <= packets; ++i) places.push_back({i * packet_s, i * packet_s, 1.0 / packets});
  return {places, grid};
}

void check(const VideoLink& link) {
  require_positive("rate_bps", link.rate_bps, "> 0 bit/s");
  require_positive("packet_bits", link.packet_bits, "> 0 bit");
  require_positive("frames_per_s", link.frames_per_s, "> 0 1/s");
  if (link.packets_per_frame < 1) {
    refuse_latency("packets_per_frame", link.packets_per_frame, "is no frame", ">= 1");
  }
  if (!(link.sent_share > 0.0 && link.sent_share <= 1.0)) {
    refuse_latency("sent_share", link.sent_share, "is no share", "above 0 .. 1");
  }
}

VideoDelay video_delay(const VideoLink& link, int cameras, DelayGrid grid) {
  if (cameras < 1) refuse_latency("cameras", cameras, "are none", ">= 1");
  const int packets =
      std::max(1, static_cast<int>(std::ceil(link.packets_per_frame * link.sent_share - kSamePacket)));
  const double packet_s = link.packet_bits / link.rate_bps;
  const double frame_s = packets * packet_s;
  VideoDelay out{.cameras = cameras,
                 .utilisation = cameras * link.frames_per_s * frame_s,
                 .together_s = link.edge_processing_s + cameras * frame_s};
  if (out.utilisation >= 1.0) return out;
  const QueueDelay queue = queue_delay(cameras * link.frames_per_s, constant_service(frame_s, grid));
  const DelayDistribution waiting = cameras == 1 ? DelayDistribution(grid) : *queue.waiting;
  const DelayDistribution before = shifted(waiting, link.edge_processing_s);
  out.frame = shifted(before, frame_s);
  out.packet = sum(before, place_in_frame(packets, packet_s, grid));
  out.slowest = largest_of(*out.frame, cameras);
  return out;
}

}  // namespace

QueueService constant_service(double service_s, DelayGrid grid) {
  require_positive("service_s", service_s, "> 0 s");
  return {constant_delay(service_s, grid), uniform_delay(0.0, service_s, grid)};
}

QueueService exponential_service(double mean_s, DelayGrid grid) {
  const DelayDistribution service = exponential_delay(mean_s, grid);
  return {service, service};
}

QueueService general_service(const DelayDistribution& service) {
  const double mean_s = service.mean_s();
  if (!(mean_s > 0.0) || std::isinf(mean_s)) refuse_latency("service", mean_s, "has no mean", "> 0 s");
  if (service.tail() > 0.0) refuse_latency("service", service.tail(), "has a tail beyond the grid", "0");
  const double step_s = service.grid().step_s;
  std::vector<DelayPiece> pieces;
  double beyond = 1.0;
  double total = 0.0;
  for (std::size_t i = 0; i + 1 < service.mass().size(); ++i) {
    beyond -= service.mass()[i];
    const auto from = static_cast<double>(i);
    pieces.push_back({from * step_s, (from + 1.0) * step_s, std::max(0.0, beyond) * step_s / mean_s});
    total += pieces.back().probability;
  }
  for (DelayPiece& piece : pieces) piece.probability /= total;
  return {service, DelayDistribution(pieces, service.grid())};
}

QueueDelay queue_delay(double arrivals_per_s, const QueueService& service) {
  if (!(arrivals_per_s >= 0.0)) refuse_latency("arrivals_per_s", arrivals_per_s, "is no rate", ">= 0 1/s");
  QueueDelay out{.utilisation = arrivals_per_s * service.service.mean_s()};
  if (!(out.utilisation < 1.0)) return out;
  out.waiting = geometric_compound(out.utilisation, service.residual);
  out.sojourn = sum(*out.waiting, service.service);
  return out;
}

std::vector<VideoDelay> video_delays(const VideoLink& link, std::span<const int> cameras, DelayGrid grid) {
  check(link);
  std::vector<VideoDelay> out;
  for (const int number : cameras) out.push_back(video_delay(link, number, grid));
  return out;
}

}  // namespace amaneku
