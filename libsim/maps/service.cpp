#include "libsim/maps/service.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

#include "libsim/engine/transmitter_sectors.hpp"
#include "libsim/index.hpp"
#include "libsim/maps/earlier_service.hpp"
#include "libsim/maps/link_budget.hpp"
#include "libsim/maps/shadowing.hpp"
#include "libsim/parallel.hpp"
#include "propagation/sector_pattern.hpp"

namespace amaneku {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

const Sector& sector_of(const SectorRef& ref, const std::vector<Site>& sites) {
  return sites[index_of(ref.site)].sectors[index_of(ref.sector)];
}

/// Free-space loss of the uplink less that of the downlink: the only part of the path that is not the same.
double uplink_saving_db(const Sector& sector) {
  const double spacing_hz = sector.carrier->duplex == Duplex::fdd ? sector.carrier->duplex_spacing_hz : 0.0;
  return -20.0 * std::log10((sector.freq_hz - spacing_hz) / sector.freq_hz);
}

bool same_bits(float a, float b) {
  return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

struct CellQuality {
  double sinr_db;
  double margin_db;
};

CellQuality quality_of(const Carrier& carrier, double noise_mw, double rsrp_dbm, double interference_mw) {
  const double sinr_db = rsrp_dbm - 10.0 * std::log10(noise_mw + interference_mw);
  return {sinr_db, std::min(rsrp_dbm - carrier.rsrp_min_dbm, sinr_db - carrier.sinr_min_db)};
}

/// The downlink.
bool receives(double sinr_db, double dl_bps, const Carrier& carrier, const ServiceTargets& targets) noexcept {
  return sinr_db >= carrier.sinr_min_db && dl_bps > 0.0 && dl_bps >= 1e6 * targets.dl_min_mbps;
}

/// The maps of one row after the other.
class ServiceRows {
 public:
  ServiceRows(const ServiceInput& input, const EarlierService* earlier, ServiceMaps& maps)
      : input_(input),
        earlier_(earlier),
        maps_(maps),
        fade_db_(location_margin_db(0.01 * input.targets.location_percent, input.targets.shadowing_sigma_db)) {
    std::vector<double> noise_rise_db = input.noise_rise_db;
    noise_rise_db.resize(input.coverage.sectors.size(), input.targets.uplink_noise_rise_db);
    servers_ = serving_sectors(input.coverage, input.sites, input.receiver, noise_rise_db);
    for (const SectorRef& ref : input.coverage.sectors) {
      const SectorPattern pattern = pattern_on_grid(input.sites[index_of(ref.site)], sector_of(ref, input.sites));
      beams_.push_back(pattern.has_beams() ? std::optional(pattern) : std::nullopt);
    }
    for (const ServingSector& server : servers_)
      noise_mw_.push_back(server.knows_carrier() ? milliwatts({server.carrier().device_noise_dbm}) : 0.0);
  }

  void row(int iy) const {
    const Grid& grid = input_.servers.rsrp_dbm.grid;
    for (int ix = 0; ix < grid.nx; ++ix) {
      const std::size_t i = grid.index(ix, iy);
      const std::int32_t server = input_.servers.best_server.values[i];
      if (server < 0 || !servers_[index_of(server)].knows_carrier()) continue;
      const bool stayed = earlier_ != nullptr && has_stayed(i, server);
      if (stayed && take(i, server)) continue;
      const double rsrp_dbm = static_cast<double>(input_.servers.rsrp_dbm.values[i]) - fade_db_;
      if (rsrp_dbm < servers_[index_of(server)].carrier().rsrp_min_dbm) {
        set_weak(i, server, rsrp_dbm);
        maps_.state.values[i] =
            stayed ? earlier_->maps.state.values[i]
                   : weak_state(server, grid.centre(ix, iy), static_cast<double>(input_.ground_asl_m.values[i]));
        continue;
      }
      const double traffic_db = traffic_gain_db(server, grid.centre(ix, iy), input_.ground_asl_m.values[i]);
      const CellService cell = servers_[index_of(server)].serve(rsrp_dbm, interference_dbm(i), traffic_db);
      maps_.sinr_db.values[i] = static_cast<float>(cell.sinr_db);
      maps_.margin_db.values[i] = static_cast<float>(cell.margin_db);
      maps_.state.values[i] = state(cell, server);
      set_rates(i, cell, server);
    }
  }

 private:
  /// The cell is served as before, as strongly: what else enters may differ.
  [[nodiscard]] bool has_stayed(std::size_t i, std::int32_t server) const {
    return earlier_->before[index_of(server)] >= 0 &&
           earlier_->before[index_of(server)] == earlier_->servers.best_server.values[i] &&
           same_bits(earlier_->servers.rsrp_dbm.values[i], input_.servers.rsrp_dbm.values[i]);
  }

  /// Of a cell that has stayed: all that is known of it, where nothing else has changed either.
  bool take(std::size_t i, std::int32_t server) const {
    if (earlier_->same_share[index_of(server)] == 0 ||
        !same_bits(earlier_->servers.interference_dbm.values[i], input_.servers.interference_dbm.values[i]))
      return false;
    const ServiceMaps& from = earlier_->maps;
    maps_.sinr_db.values[i] = from.sinr_db.values[i];
    maps_.margin_db.values[i] = from.margin_db.values[i];
    maps_.state.values[i] = from.state.values[i];
    maps_.dl_mbps.values[i] = from.dl_mbps.values[i];
    maps_.ul_mbps.values[i] = from.ul_mbps.values[i];
    if (!maps_.loaded()) return true;
    maps_.dl_alone_mbps.values[i] = from.dl_alone_mbps.values[i];
    maps_.ul_alone_mbps.values[i] = from.ul_alone_mbps.values[i];
    return true;
  }

  [[nodiscard]] double interference_dbm(std::size_t i) const {
    const float others_dbm = input_.servers.interference_dbm.values[i];
    return std::isnan(others_dbm) ? -kInf : static_cast<double>(others_dbm);
  }

  /// Below the least RSRP there are no rates, whatever the rest.
  void set_weak(std::size_t i, std::int32_t server, double rsrp_dbm) const {
    const CellQuality quality = quality_of(servers_[index_of(server)].carrier(), noise_mw_[index_of(server)],
                                           rsrp_dbm, milliwatts({interference_dbm(i)}));
    maps_.sinr_db.values[i] = static_cast<float>(quality.sinr_db);
    maps_.margin_db.values[i] = static_cast<float>(quality.margin_db);
    maps_.dl_mbps.values[i] = 0.0F;
    maps_.ul_mbps.values[i] = 0.0F;
    if (!maps_.loaded()) return;
    maps_.dl_alone_mbps.values[i] = 0.0F;
    maps_.ul_alone_mbps.values[i] = 0.0F;
  }

  void set_rates(std::size_t i, const CellService& cell, std::int32_t server) const {
    const double mbps = maps_.state.values[i] == ServiceState::served ? 1e-6 : 0.0;
    const FreeShare free = input_.free.empty() ? FreeShare{} : input_.free[index_of(server)];
    maps_.dl_mbps.values[i] = static_cast<float>(mbps * cell.dl_bps * free.downlink);
    maps_.ul_mbps.values[i] = static_cast<float>(mbps * cell.ul_bps * free.uplink);
    if (!maps_.loaded()) return;
    maps_.dl_alone_mbps.values[i] = static_cast<float>(mbps * cell.dl_bps);
    maps_.ul_alone_mbps.values[i] = static_cast<float>(mbps * cell.ul_bps);
  }

  /// Below the least RSRP.
  [[nodiscard]] ServiceState weak_state(std::int32_t server, Point at, double ground_asl_m) const {
    const bool clear = input_.over_terrain && free_space_rsrp_dbm(server, at, ground_asl_m) >=
                                                  servers_[index_of(server)].carrier().rsrp_min_dbm;
    return clear ? ServiceState::blocked_by_terrain : ServiceState::too_weak;
  }

  /// At the least RSRP or above.
  [[nodiscard]] ServiceState state(const CellService& cell, std::int32_t server) const {
    const Carrier& carrier = servers_[index_of(server)].carrier();
    if (is_served(cell, carrier, input_.targets)) return ServiceState::served;
    if (receives(cell.sinr_db, cell.dl_bps, carrier, input_.targets)) return ServiceState::uplink_limited;
    const double snr_db = cell.rsrp_dbm - cell.noise_dbm;
    const double alone_bps = carrier.downlink.at(snr_db + cell.traffic_gain_db);
    return receives(snr_db, alone_bps, carrier, input_.targets) ? ServiceState::interfered
                                                                : ServiceState::too_weak;
  }

  /// Of the traffic beam over the SSB beam; 0 for antennas without beams.
  [[nodiscard]] double traffic_gain_db(std::int32_t server, Point at, float ground_asl_m) const {
    const std::optional<SectorPattern>& pattern = beams_[index_of(server)];
    if (!pattern) return 0.0;
    const SectorRef& ref = input_.coverage.sectors[index_of(server)];
    const Site& site = input_.sites[index_of(ref.site)];
    const double tx_asl_m = input_.coverage.transmitters[index_of(ref.transmitter)].tx_ground_asl_m +
                            sector_of(ref, input_.sites).tx_agl_m;
    const double higher_m = static_cast<double>(ground_asl_m) + input_.receiver.rx_agl_m - tx_asl_m;
    const double up_m = seen_above_m(input_.coverage, site.at, at, higher_m);
    return traffic_over_ssb_db(*pattern, site.at, at, up_m);
  }

  /// What the cell would receive with nothing in between, at the location_percent.
  [[nodiscard]] double free_space_rsrp_dbm(std::int32_t server, Point at, double ground_asl_m) const {
    const SectorRef& ref = input_.coverage.sectors[index_of(server)];
    const Site& site = input_.sites[index_of(ref.site)];
    const Sector& sector = sector_of(ref, input_.sites);
    const double tx_asl_m =
        input_.coverage.transmitters[index_of(ref.transmitter)].tx_ground_asl_m + sector.tx_agl_m;
    const double rx_asl_m = ground_asl_m + input_.receiver.rx_agl_m;
    const double ray_m = std::max(1.0, std::hypot(distance_m(site.at, at), rx_asl_m - tx_asl_m));
    const Db loss{20.0 * std::log10(4.0 * std::numbers::pi * ray_m / wavelength_m(sector.freq_hz))};
    const Db gain = sector_gain(sector, site, at, seen_above_m(input_.coverage, site.at, at, rx_asl_m - tx_asl_m));
    return link_budget(sector, input_.receiver, gain, loss).rsrp().value - fade_db_;
  }

  const ServiceInput& input_;
  const EarlierService* earlier_;
  ServiceMaps& maps_;
  double fade_db_;
  std::vector<ServingSector> servers_{};
  std::vector<double> noise_mw_{};                     ///< [sector] of a device
  std::vector<std::optional<SectorPattern>> beams_{};  ///< [sector] none: traffic has the gain of RSRP
};

}  // namespace

bool is_served(const CellService& cell, const Carrier& carrier, const ServiceTargets& targets) noexcept {
  return receives(cell.sinr_db, cell.dl_bps, carrier, targets) && cell.ul_bps > 0.0 &&
         cell.ul_bps >= 1e6 * targets.ul_min_mbps;
}

ServingSector::ServingSector(const Sector& sector, const Receiver& receiver,
                             std::shared_ptr<const UplinkRates> uplink)
    : carrier_(sector.carrier), uplink_(std::move(uplink)), level_dbm_(0.0) {
  if (!carrier_) return;
  const LinkBudget budget = link_budget(sector, receiver, {0.0}, {0.0});
  level_dbm_ = (budget.tx_power + budget.subcarrier_share).value - uplink_saving_db(sector);
}

CellService ServingSector::serve(double rsrp_dbm, double interference_dbm, double traffic_gain_db) const noexcept {
  CellService cell;
  cell.rsrp_dbm = rsrp_dbm;
  cell.interference_dbm = interference_dbm;
  cell.noise_dbm = carrier_->device_noise_dbm;
  const double signal_mw = milliwatts({rsrp_dbm});
  const double noise_mw = milliwatts({cell.noise_dbm});
  const double interference_mw = milliwatts({interference_dbm});
  const double disturbance_mw = noise_mw + interference_mw;
  const CellQuality quality = quality_of(*carrier_, noise_mw, rsrp_dbm, interference_mw);
  cell.sinr_db = quality.sinr_db;
  const int per_block = std::min(12, carrier_->width.subcarriers);
  cell.rsrq_db = -10.0 * std::log10(per_block * (1.0 + disturbance_mw / signal_mw));
  cell.traffic_gain_db = traffic_gain_db;
  cell.coupling_loss_db = coupling_loss_db(rsrp_dbm) - traffic_gain_db;
  cell.dl_bps = carrier_->downlink.at(cell.sinr_db + traffic_gain_db);
  cell.ul_bps = uplink_->at(cell.coupling_loss_db).rate_bps;
  cell.margin_db = quality.margin_db;
  return cell;
}

std::vector<ServingSector> serving_sectors(const Coverage& coverage, const std::vector<Site>& sites,
                                           const Receiver& receiver, std::span<const double> noise_rise_db) {
  std::map<std::pair<const Carrier*, double>, std::shared_ptr<const UplinkRates>> shared;
  std::vector<ServingSector> servers;
  servers.reserve(coverage.sectors.size());
  for (std::size_t s = 0; s < coverage.sectors.size(); ++s) {
    const Sector& sector = sector_of(coverage.sectors[s], sites);
    std::shared_ptr<const UplinkRates> uplink;
    if (sector.carrier) {
      auto& known = shared[{sector.carrier.get(), noise_rise_db[s]}];
      if (!known) known = std::make_shared<const UplinkRates>(*sector.carrier, noise_rise_db[s]);
      uplink = known;
    }
    servers.emplace_back(sector, receiver, std::move(uplink));
  }
  return servers;
}

bool knows_any_carrier(const Coverage& coverage, const std::vector<Site>& sites) {
  return std::any_of(coverage.sectors.begin(), coverage.sectors.end(),
                     [&](const SectorRef& ref) { return sector_of(ref, sites).carrier != nullptr; });
}

namespace {

ServiceMaps mapped(const ServiceInput& input, const EarlierService* earlier, int threads) {
  const Grid& grid = input.servers.rsrp_dbm.grid;
  ServiceMaps maps{.sinr_db = {grid, kNoData},
                   .dl_mbps = {grid, kNoData},
                   .ul_mbps = {grid, kNoData},
                   .margin_db = {grid, kNoData},
                   .state = {grid, ServiceState::not_computed}};
  if (!input.free.empty()) {
    maps.dl_alone_mbps = {grid, kNoData};
    maps.ul_alone_mbps = {grid, kNoData};
  }
  const ServiceRows rows(input, earlier, maps);
  parallel_for(index_of(grid.ny), threads, [&](std::size_t iy) { rows.row(static_cast<int>(iy)); });
  return maps;
}

}  // namespace

ServiceMaps service_maps(const ServiceInput& input, int threads) {
  return mapped(input, nullptr, threads);
}

ServiceMaps service_maps(const ServiceInput& input, const EarlierService& earlier, int threads) {
  if (earlier.maps.loaded() != !input.free.empty()) return mapped(input, nullptr, threads);
  return mapped(input, &earlier, threads);
}

}  // namespace amaneku
