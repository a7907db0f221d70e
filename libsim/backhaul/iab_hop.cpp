#include "libsim/backhaul/iab_hop.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

double rate_bps(const LinkCurve& curve, const Carrier& carrier, const LinkDirection& direction, double snr_db) {
  return layered_rates(curve, carrier.width, direction).at(snr_db);
}

/// Of one direction and one cell: infinite where the hop takes nothing.
double room_of(double free, double taken, double own) {
  return own > 0.0 ? (free - (taken - own)) / own : std::numeric_limits<double>::infinity();
}

}  // namespace

IabRates iab_rates(const Carrier& carrier, const IabTerminal& terminal, const IabPath& path) {
  if (carrier.width.subcarriers < 1) throw InternalError("a carrier without subcarriers feeds no site");
  const double spread_db = 10.0 * std::log10(static_cast<double>(carrier.width.subcarriers));
  IabRates out;
  out.snr_dl_db = path.subcarrier_dbm - path.coupling_loss_db - carrier.device_noise_dbm - terminal.margin_db;
  out.snr_ul_db =
      terminal.power_dbm - spread_db - path.coupling_loss_db - carrier.base_noise_dbm - terminal.margin_db;
  out.dl_bps = carrier.share.downlink * rate_bps(carrier.downlink_layer, carrier,
                                                 {.layers = std::min(carrier.downlink_layers, kIabMostLayers),
                                                  .overhead = carrier.downlink_overhead},
                                                 out.snr_dl_db);
  out.ul_bps = carrier.share.uplink * rate_bps(carrier.uplink_curve, carrier,
                                               {.layers = std::min(carrier.uplink_layers, kIabMostLayers),
                                                .overhead = carrier.uplink_overhead},
                                               out.snr_ul_db);
  return out;
}

std::vector<IabShare> iab_taken(std::span<const IabTake> hops, std::size_t cells) {
  std::vector<IabShare> out(cells);
  for (const IabTake& hop : hops) {
    for (const int cell : hop.cells) {
      out[static_cast<std::size_t>(cell)].downlink += hop.share.downlink;
      out[static_cast<std::size_t>(cell)].uplink += hop.share.uplink;
    }
  }
  return out;
}

std::vector<double> iab_room(std::span<const IabTake> hops, std::span<const IabShare> free) {
  const std::vector<IabShare> taken = iab_taken(hops, free.size());
  std::vector<double> out;
  for (const IabTake& hop : hops) {
    double room = std::numeric_limits<double>::infinity();
    for (const int cell : hop.cells) {
      const auto i = static_cast<std::size_t>(cell);
      room = std::min({room, room_of(free[i].downlink, taken[i].downlink, hop.share.downlink),
                       room_of(free[i].uplink, taken[i].uplink, hop.share.uplink)});
    }
    out.push_back(room);
  }
  return out;
}

}  // namespace amaneku
