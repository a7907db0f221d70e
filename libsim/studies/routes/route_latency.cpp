#include "libsim/studies/routes/route_latency.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>

#include "libsim/index.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

/// Slots that a frame takes in one pattern: many samples share few numbers.
struct Burst {
  std::string pattern;
  double subcarrier_spacing_hz;
  int slots;
  friend bool operator<(const Burst& a, const Burst& b) {
    return std::tie(a.pattern, a.subcarrier_spacing_hz, a.slots) <
           std::tie(b.pattern, b.subcarrier_spacing_hz, b.slots);
  }
};

SlotPattern pattern_of(const Carrier& carrier) {
  SlotPattern out;
  out.slots = carrier.duplex == Duplex::fdd || carrier.tdd_pattern.empty() ? "F" : carrier.tdd_pattern;
  out.subcarrier_spacing_hz = carrier.width.subcarrier_spacing_hz;
  return out;
}

/// Bursts longer than this never meet a deadline of a second: they are taken as lost.
constexpr int kMostSlots = 20'000;
/// Longer ones are rounded up in steps of a twentieth, so that few different ones are left.
constexpr int kExactSlots = 20;
constexpr double kSlotStep = 1.05;

/// One way over the radio, over all places of the drive.
class RadioWay {
 public:
  RadioWay(const RouteDrive& drive, const RouteLatencyOptions& options) : drive_(drive), options_(options) {}

  /// Nothing where no sample is served.
  [[nodiscard]] std::optional<DelayDistribution> delay(Access access, double bits) const {
    std::map<Burst, double> seconds_of;
    double lost_s = 0.0;
    double all_s = 0.0;
    for (std::size_t i = 0; i < drive_.service.size(); ++i) {
      const SampleService& here = drive_.service[i];
      if (here.cell < 0 || !(here.ul_mbps > 0.0F)) continue;
      const std::optional<Burst> burst = burst_at(here, access, bits);
      (burst ? seconds_of[*burst] : lost_s) += drive_.seconds[i];
      all_s += drive_.seconds[i];
    }
    if (seconds_of.empty() || !(all_s > 0.0)) return std::nullopt;
    std::vector<WeightedDelay> parts;
    for (const auto& [burst, seconds] : seconds_of) parts.push_back({seconds / all_s, of(burst, access)});
    if (lost_s > 0.0) parts.push_back({lost_s / all_s, lost_delay(options_.grid)});
    return mixture(parts);
  }

 private:
  [[nodiscard]] std::optional<Burst> burst_at(const SampleService& here, Access access, double bits) const {
    const float mbps = access == Access::downlink ? here.dl_mbps : here.ul_mbps;
    if (!(mbps > 0.0F)) return std::nullopt;
    const SlotPattern pattern = pattern_of(*drive_.sectors[index_of(here.cell)]->carrier);
    const double rate_bps = 1e6 * static_cast<double>(mbps);
    if (bits > rate_bps * pattern.slot_s() * kMostSlots) return std::nullopt;
    int slots = std::max(1, slots_of_burst(bits, rate_bps, pattern, access));
    if (slots > kExactSlots) {
      const double steps = std::ceil(std::log(static_cast<double>(slots) / kExactSlots) / std::log(kSlotStep));
      slots = static_cast<int>(std::ceil(kExactSlots * std::pow(kSlotStep, steps)));
    }
    return Burst{pattern.slots, pattern.subcarrier_spacing_hz, slots};
  }

  [[nodiscard]] DelayDistribution of(const Burst& burst, Access access) const {
    SlotPattern pattern;
    pattern.slots = burst.pattern;
    pattern.subcarrier_spacing_hz = burst.subcarrier_spacing_hz;
    const SlotUse use{.access = access,
                      .slots = burst.slots,
                      .times = ue_processing(options_.ue_capability, burst.subcarrier_spacing_hz)};
    return radio_delay(pattern, use, options_.radio, options_.grid);
  }

  const RouteDrive& drive_;
  const RouteLatencyOptions& options_;
};

/// Over all places of the drive, by the site that serves there.
DelayDistribution transport_along(const RouteDrive& drive, const RouteLatencyOptions& options) {
  if (options.laid.empty()) return transport_delay(options.transport, options.grid);
  if (drive.sites.size() != drive.sectors.size())
    throw InternalError("a drive does not say which sites its cells are of");
  std::map<int, double> seconds_of;
  double all_s = 0.0;
  for (std::size_t i = 0; i < drive.service.size(); ++i) {
    const SampleService& here = drive.service[i];
    if (here.cell < 0 || !(here.ul_mbps > 0.0F)) continue;
    seconds_of[drive.sites[index_of(here.cell)]] += drive.seconds[i];
    all_s += drive.seconds[i];
  }
  if (!(all_s > 0.0)) return transport_delay(options.transport, options.grid);
  std::vector<WeightedDelay> parts;
  for (const auto& [site, seconds] : seconds_of)
    parts.push_back({seconds / all_s, transport_delay(transport_of(options, site), options.grid)});
  return mixture(parts);
}

void append(std::vector<LatencyPart>& chain, std::vector<LatencyPart> parts) {
  for (LatencyPart& part : parts) chain.push_back(std::move(part));
}

}  // namespace

TransportPath transport_of(const RouteLatencyOptions& options, int site) {
  if (options.server.empty() || options.server == "site" || options.laid.empty()) return options.transport;
  const std::optional<LaidTransport>& laid = options.laid[index_of(site)];
  if (!laid) return options.transport;
  TransportPath out = laid->to_exchange;
  if (options.server == "exchange") return out;
  // What an exchange states goes on to the regional server: one farther away is reached from there.
  const bool stated = laid->onward_m > 0.0;
  const TransportPath& known = server_places()[stated ? 2 : 1].path;
  out.fibre_m += laid->onward_m + options.transport.fibre_m - known.fibre_m;
  out.hops += (stated ? laid->onward_hops : 0) + options.transport.hops - known.hops;
  return out;
}

std::optional<EndToEndResult> route_latency(const RouteDrive& drive, const mobility::RouteStatistics& statistics,
                                            const RouteLatencyOptions& options) {
  if (!(options.frame_bits > 0.0)) return std::nullopt;
  const RadioWay radio(drive, options);
  const std::optional<DelayDistribution> up = radio.delay(options.access, options.frame_bits);
  if (!up) return std::nullopt;
  const bool pictures = options.scope == DeadlineScope::glass_loop;
  const DelayDistribution fibre = transport_along(drive, options);
  const std::string along = "slot pattern and rate along the route";
  std::vector<LatencyPart> chain;
  if (pictures) append(chain, camera_parts(options.video, options.grid));
  chain.push_back({"uplink", *up, along, true});
  chain.push_back({"transport", fibre, options.transport_source, options.transport_verified});
  if (pictures) append(chain, screen_parts(options.video, options.grid));
  if (options.scope != DeadlineScope::one_way) {
    const std::optional<DelayDistribution> down =
        radio.delay(Access::downlink, std::max(1.0, options.command_bits));
    chain.push_back({"transport back", fibre, options.transport_source, options.transport_verified});
    chain.push_back({"downlink", down ? *down : lost_delay(options.grid), along, true});
  }
  EndToEndOptions end{.deadline_s = options.deadline_s,
                      .interruption_source = "simulated handovers",
                      .runs = static_cast<int>(statistics.runs)};
  if (statistics.handovers.value > 0.0 && statistics.drive_s > 0.0) {
    end.interruptions.push_back({statistics.interruption_s.value / statistics.handovers.value,
                                 statistics.handovers.value / statistics.drive_s});
  }
  return end_to_end(chain, end);
}

}  // namespace amaneku
