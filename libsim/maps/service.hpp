// Service: what a device can do with what it receives. SINR, rates in both directions, margin, and why there is
// none.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "libsim/maps/server_maps.hpp"
#include "libsim/radio/uplink.hpp"
#include "terrain/range.hpp"

namespace amaneku {

/// Of a cell. The first that applies, in this order: not computed, blocked or too weak, interfered, uplink
/// limited.
enum class ServiceState : std::uint8_t {
  served = 0,
  too_weak = 1,            ///< below a minimum that free space would not reach either, or below it by noise alone
  blocked_by_terrain = 2,  ///< below the least RSRP; in free space it would be reached (models over terrain)
  interfered = 3,          ///< the minima would be met without the other sectors
  uplink_limited = 4,      ///< the downlink serves, the device's own power does not
  not_computed = 255,      ///< no sector, or one whose radio technology is not known
};

/// What counts as served, beside the minima of the technology, and for which share of the places.
struct ServiceTargets {
  double dl_min_mbps = 0.0;  ///< 0: whatever the technology's lowest step carries
  double ul_min_mbps = 0.0;
  double location_percent = 50.0;     ///< of the places in a cell that have at least what the maps say
  double shadowing_sigma_db = 8.0;    ///< of the wanted signal, log-normal
  double uplink_noise_rise_db = 3.0;  ///< where no traffic is given from which it follows
};

inline constexpr std::array<Field<ServiceTargets>, 5> kServiceFields = {{
    {"dl_min_mbps", "Mbit/s", &ServiceTargets::dl_min_mbps, {0.0, 100'000.0}, "operator's choice"},
    {"ul_min_mbps", "Mbit/s", &ServiceTargets::ul_min_mbps, {0.0, 100'000.0}, "operator's choice"},
    {"location_percent", "%", &ServiceTargets::location_percent, {1.0, 99.9}, "50: the median, no margin"},
    {"shadowing_sigma_db",
     "dB",
     &ServiceTargets::shadowing_sigma_db,
     {0.0, 20.0},
     "8 dB: 3GPP TR 38.901 v17 Table 7.4.1-1, RMa NLOS"},
    {"uplink_noise_rise_db",
     "dB",
     &ServiceTargets::uplink_noise_rise_db,
     {0.0, 30.0},
     "half the uplink's capacity"},
}};

/// All at the location_percent; NaN (rates, SINR) where not computed. Rates are what a person gets in the busy
/// hour: the rate alone on the carrier times the share of it that the others leave free; 0 where not served.
struct ServiceMaps {
  Raster<float> sinr_db{};  ///< SS-SINR: per subcarrier, interference as in ServerMaps, noise of the device
  Raster<float> dl_mbps{};
  Raster<float> ul_mbps{};
  Raster<float> dl_alone_mbps{};  ///< of one device alone on the carrier; empty without traffic: no different then
  Raster<float> ul_alone_mbps{};
  Raster<float> margin_db{};  ///< the smaller of RSRP and SINR over the technology's minima; negative: not served
  Raster<ServiceState> state{};
  [[nodiscard]] bool loaded() const noexcept { return !dl_alone_mbps.values.empty(); }
};

/// Of a carrier, what its load leaves to a further user, 0 .. 1.
struct FreeShare {
  double downlink = 1.0;
  double uplink = 1.0;
};

struct ServiceInput {
  const ServerMaps& servers;
  const Coverage& coverage;
  const std::vector<Site>& sites;
  const Raster<float>& ground_asl_m;
  const Receiver& receiver;
  ServiceTargets targets{};
  bool over_terrain = true;             ///< the propagation model reads the terrain: what it takes off is terrain
  std::vector<double> noise_rise_db{};  ///< [sector]; empty: targets.uplink_noise_rise_db
  std::vector<FreeShare> free{};        ///< [sector]; empty: no traffic is given, all of every carrier
};

/// One cell, with what lies between its received power and its rates.
struct CellService {
  double rsrp_dbm = std::numeric_limits<double>::quiet_NaN();  ///< at the location_percent
  double interference_dbm = -std::numeric_limits<double>::infinity();
  double noise_dbm = 0.0;
  double sinr_db = 0.0;
  double rsrq_db = 0.0;          ///< TS 38.215 5.1.3, all resource elements in use
  double traffic_gain_db = 0.0;  ///< of the traffic beam over the SSB beam: what data has beyond RSRP
  double coupling_loss_db = 0.0;
  double dl_bps = 0.0;
  double ul_bps = 0.0;
  double margin_db = 0.0;
};

/// Whether a cell at the least RSRP or above is served: both directions carry what is asked for.
[[nodiscard]] bool is_served(const CellService& cell, const Carrier& carrier,
                             const ServiceTargets& targets) noexcept;

/// A sector as a server: what does not depend on the cell.
class ServingSector {
 public:
  /// nullptr-like where the sector's radio technology is not known: knows_carrier() is false, serve() not to be
  /// called.
  ServingSector(const Sector& sector, const Receiver& receiver, std::shared_ptr<const UplinkRates> uplink);

  [[nodiscard]] bool knows_carrier() const noexcept { return carrier_ != nullptr; }
  [[nodiscard]] const Carrier& carrier() const noexcept { return *carrier_; }
  [[nodiscard]] const UplinkRates& uplink() const noexcept { return *uplink_; }
  /// interference -infinity: none. The traffic beam counts in both directions, not in SINR and margin.
  [[nodiscard]] CellService serve(double rsrp_dbm, double interference_dbm,
                                  double traffic_gain_db = 0.0) const noexcept;
  /// Between the device's connector and the base station's, at the uplink's frequency.
  [[nodiscard]] double coupling_loss_db(double rsrp_dbm) const noexcept { return level_dbm_ - rsrp_dbm; }

 private:
  std::shared_ptr<const Carrier> carrier_;
  std::shared_ptr<const UplinkRates> uplink_;
  double level_dbm_;  ///< power of a subcarrier at the connector, less what the uplink's lower frequency saves
};

/// [Coverage::sectors]; sectors of equal carrier and noise rise share their uplink.
[[nodiscard]] std::vector<ServingSector> serving_sectors(const Coverage& coverage, const std::vector<Site>& sites,
                                                         const Receiver& receiver,
                                                         std::span<const double> noise_rise_db);

/// False where no sector's radio technology is known: then there are no service maps.
[[nodiscard]] bool knows_any_carrier(const Coverage& coverage, const std::vector<Site>& sites);

[[nodiscard]] ServiceMaps service_maps(const ServiceInput& input, int threads);

}  // namespace amaneku
