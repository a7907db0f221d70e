#include "scenarios/report/service_scales.hpp"

#include <algorithm>
#include <limits>

namespace amaneku::scenarios {
namespace {

/// The least of the technologies in use.
double least_sinr_db(const PlanInput& input) {
  double least = std::numeric_limits<double>::infinity();
  for (const Site& site : input.network.sites) {
    for (const Sector& sector : site.sectors) {
      if (site.existing && sector.carrier) least = std::min(least, sector.carrier->sinr_min_db);
    }
  }
  return least;
}

/// The lowest step of the technologies in use, 0.1 Mbit/s at most: less is no service, whatever was asked for.
double least_rate_mbps(const PlanInput& input, const RateCurve Carrier::*direction) {
  double least = 0.1;
  for (const Site& site : input.network.sites) {
    for (const Sector& sector : site.sectors) {
      if (!site.existing || !sector.carrier || ((*sector.carrier).*direction).rate_bps().empty()) continue;
      least = std::min(least, 1e-6 * ((*sector.carrier).*direction).rate_bps().front());
    }
  }
  return least;
}

}  // namespace

std::vector<ServiceMap> service_maps_of(const PlanInput& input, const PlanResult& result) {
  const ServiceMaps& maps = *result.service;
  const double least_mbps = least_rate_mbps(input, &Carrier::downlink);
  const double dl_mbps = std::max(least_mbps, input.service.dl_min_mbps);
  const double ul_mbps = std::max(least_mbps, input.service.ul_min_mbps);
  return {{"sinr_db",
           "SS-SINR of the strongest sector",
           maps.sinr_db,
           {"SINR", "dB", {0.0, 5.0, 10.0, 15.0, 20.0, 25.0}, least_sinr_db(input)}},
          {"dl_mbps",
           "Downlink rate of a person in the busy hour",
           maps.dl_mbps,
           {"DL", "Mbit/s", {1.0, 10.0, 30.0, 100.0, 300.0, 1000.0}, dl_mbps}},
          {"ul_mbps",
           "Uplink rate of a person in the busy hour",
           maps.ul_mbps,
           {"UL", "Mbit/s", {1.0, 3.0, 10.0, 30.0, 100.0}, ul_mbps}},
          {"margin_db",
           "The smaller of RSRP and SINR over the minima of the radio technology",
           maps.margin_db,
           {"margin", "dB", {-20.0, -10.0, 10.0, 20.0, 30.0}, 0.0}}};
}

const std::array<ServiceStateClass, 5>& service_state_classes() noexcept {
  static constexpr std::array<ServiceStateClass, 5> kClasses = {
      {{ServiceState::served, "served", "served", "サービス可", {0, 158, 115}},
       {ServiceState::too_weak, "too_weak", "too weak", "電力不足", {187, 187, 187}},
       {ServiceState::blocked_by_terrain,
        "blocked_by_terrain",
        "blocked by terrain",
        "地形による遮蔽",
        {140, 86, 56}},
       {ServiceState::interfered, "interfered", "interfered", "干渉", {213, 94, 0}},
       {ServiceState::uplink_limited, "uplink_limited", "uplink limited", "上り制限", {86, 180, 233}}}};
  return kClasses;
}

}  // namespace amaneku::scenarios
