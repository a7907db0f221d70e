#include "libsim/maps/service.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

#include "libsim/engine/transmitter_sectors.hpp"
#include "libsim/index.hpp"
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

/// The maps of one row after the other.
class ServiceRows {
 public:
  ServiceRows(const ServiceInput& input, ServiceMaps& maps)
      : input_(input),
        maps_(maps),
        fade_db_(location_margin_db(0.01 * input.targets.location_percent, input.targets.shadowing_sigma_db)) {
    std::vector<double> noise_rise_db = input.noise_rise_db;
    noise_rise_db.resize(input.coverage.sectors.size(), input.targets.uplink_noise_rise_db);
    servers_ = serving_sectors(input.coverage, input.sites, input.receiver, noise_rise_db);
    for (const SectorRef& ref : input.coverage.sectors) {
      const SectorPattern pattern = pattern_on_grid(input.sites[index_of(ref.site)], sector_of(ref, input.sites));
      beams_.push_back(pattern.has_beams() ? std::optional(pattern) : std::nullopt);
    }
  }

  void row(int iy) const {
    const Grid& grid = input_.servers.rsrp_dbm.grid;
    for (int ix = 0; ix < grid.nx; ++ix) {
      const std::size_t i = grid.index(ix, iy);
      const std::int32_t server = input_.servers.best_server.values[i];
      if (server < 0 || !servers_[index_of(server)].knows_carrier()) continue;
      const auto rsrp_dbm = static_cast<double>(input_.servers.rsrp_dbm.values[i]);
      const float others_dbm = input_.servers.interference_dbm.values[i];
      const double interference_dbm = std::isnan(others_dbm) ? -kInf : static_cast<double>(others_dbm);
      const double traffic_db = traffic_gain_db(server, grid.centre(ix, iy), input_.ground_asl_m.values[i]);
      const CellService cell = servers_[index_of(server)].serve(rsrp_dbm - fade_db_, interference_dbm, traffic_db);
      maps_.sinr_db.values[i] = static_cast<float>(cell.sinr_db);
      maps_.margin_db.values[i] = static_cast<float>(cell.margin_db);
      maps_.state.values[i] = state(cell, server, grid.centre(ix, iy), input_.ground_asl_m.values[i]);
      set_rates(i, cell, server);
    }
  }

 private:
  void set_rates(std::size_t i, const CellService& cell, std::int32_t server) const {
    const double mbps = maps_.state.values[i] == ServiceState::served ? 1e-6 : 0.0;
    const FreeShare free = input_.free.empty() ? FreeShare{} : input_.free[index_of(server)];
    maps_.dl_mbps.values[i] = static_cast<float>(mbps * cell.dl_bps * free.downlink);
    maps_.ul_mbps.values[i] = static_cast<float>(mbps * cell.ul_bps * free.uplink);
    if (!maps_.loaded()) return;
    maps_.dl_alone_mbps.values[i] = static_cast<float>(mbps * cell.dl_bps);
    maps_.ul_alone_mbps.values[i] = static_cast<float>(mbps * cell.ul_bps);
  }

  [[nodiscard]] bool carries(double dl_bps) const noexcept {
    return dl_bps > 0.0 && dl_bps >= 1e6 * input_.targets.dl_min_mbps;
  }

  [[nodiscard]] ServiceState state(const CellService& cell, std::int32_t server, Point at,
                                   float ground_asl_m) const {
    const ServingSector& sector = servers_[index_of(server)];
    const Carrier& carrier = sector.carrier();
    if (cell.rsrp_dbm < carrier.rsrp_min_dbm) {
      const bool clear =
          input_.over_terrain &&
          free_space_rsrp_dbm(server, at, static_cast<double>(ground_asl_m)) >= carrier.rsrp_min_dbm;
      return clear ? ServiceState::blocked_by_terrain : ServiceState::too_weak;
    }
    if (cell.sinr_db < carrier.sinr_min_db || !carries(cell.dl_bps)) {
      const double snr_db = cell.rsrp_dbm - cell.noise_dbm;
      const bool alone =
          snr_db >= carrier.sinr_min_db && carries(carrier.downlink.at(snr_db + cell.traffic_gain_db));
      return alone ? ServiceState::interfered : ServiceState::too_weak;
    }
    const bool sends = cell.ul_bps > 0.0 && cell.ul_bps >= 1e6 * input_.targets.ul_min_mbps;
    return sends ? ServiceState::served : ServiceState::uplink_limited;
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
  ServiceMaps& maps_;
  double fade_db_;
  std::vector<ServingSector> servers_{};
  std::vector<std::optional<SectorPattern>> beams_{};  ///< [sector] none: traffic has the gain of RSRP
};

}  // namespace

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
  const double disturbance_mw = milliwatts({cell.noise_dbm}) + milliwatts({interference_dbm});
  cell.sinr_db = rsrp_dbm - 10.0 * std::log10(disturbance_mw);
  const int per_block = std::min(12, carrier_->width.subcarriers);
  cell.rsrq_db = -10.0 * std::log10(per_block * (1.0 + disturbance_mw / signal_mw));
  cell.traffic_gain_db = traffic_gain_db;
  cell.coupling_loss_db = coupling_loss_db(rsrp_dbm) - traffic_gain_db;
  cell.dl_bps = carrier_->downlink.at(cell.sinr_db + traffic_gain_db);
  cell.ul_bps = uplink_->at(cell.coupling_loss_db).rate_bps;
  cell.margin_db = std::min(rsrp_dbm - carrier_->rsrp_min_dbm, cell.sinr_db - carrier_->sinr_min_db);
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

ServiceMaps service_maps(const ServiceInput& input, int threads) {
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
  const ServiceRows rows(input, maps);
  parallel_for(index_of(grid.ny), threads, [&](std::size_t iy) { rows.row(static_cast<int>(iy)); });
  return maps;
}

}  // namespace amaneku
