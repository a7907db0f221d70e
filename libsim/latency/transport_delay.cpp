#include "libsim/latency/transport_delay.hpp"

#include "libsim/latency/latency_faults.hpp"

namespace amaneku {

double fixed_transport_s(const TransportPath& path) noexcept {
  return path.fibre_m * path.fibre_s_per_m + path.hops * path.hop_processing_s;
}

DelayDistribution transport_delay(const TransportPath& path, DelayGrid grid) {
  if (!(path.fibre_m >= 0.0)) refuse_latency("fibre_m", path.fibre_m, "is no length", ">= 0 m");
  if (path.hops < 0) refuse_latency("hops", path.hops, "is no number", ">= 0");
  if (!(path.utilisation >= 0.0 && path.utilisation < 1.0)) {
    refuse_latency("utilisation", path.utilisation, "is an overload: there is no delay", "0 .. below 1");
  }
  DelayDistribution out = constant_delay(fixed_transport_s(path), grid);
  if (path.utilisation == 0.0) return out;
  require_positive("packet_bits", path.packet_bits, "> 0 bit");
  require_positive("link_bps", path.link_bps, "> 0 bit/s");
  const DelayDistribution hop =
      exponential_delay(path.packet_bits / path.link_bps / (1.0 - path.utilisation), grid);
  for (int i = 0; i < path.hops; ++i) out = sum(out, hop);
  return out;
}

const std::array<ServerPlace, 4>& server_places() noexcept {
  static constexpr std::string_view kModel =
      "published model of TVT.2022.3224614 (TransportLatencyUL.m, CoreLatency.m)";
  static constexpr std::string_view kCentral =
      "the central user plane of that model, 200 km behind the regional one; not a distance to Tokyo or Osaka";
  static constexpr std::array<ServerPlace, 4> kPlaces = {{
      {"site", "at the base station", "基地局", {.fibre_m = 0.0, .hops = 1}, kModel, true},
      {"exchange", "at the exchange", "収容局", {.fibre_m = 3e3, .hops = 2}, kModel, true},
      {"regional", "at the regional exchange", "地域の拠点局", {.fibre_m = 75e3, .hops = 4}, kModel, true},
      {"metropolis", "in Tokyo or Osaka", "東京・大阪の拠点局", {.fibre_m = 275e3, .hops = 4}, kCentral, false},
  }};
  return kPlaces;
}

}  // namespace amaneku
