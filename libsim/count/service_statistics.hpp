// Who is served how well: states, SINR and rates over the area, the people, each municipality and each class of
// road.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "libsim/count/coverage_statistics.hpp"
#include "libsim/count/distribution.hpp"
#include "libsim/maps/service.hpp"

namespace amaneku {

inline constexpr std::size_t kServiceStates = 5;  ///< without not_computed
inline constexpr LinearScale kSinrScale_db{-40.0, 80.0, 0.1};
/// Of log10(rate / (1 Mbit/s)): quantiles within 0.3 %. What has no rate is in the first class.
inline constexpr LinearScale kRateScale{-6.0, 5.0, 0.0025};

/// Weights are m2 of ground, people or m of road: the parts inside the plan. `state` and not_computed add up to
/// it.
struct ServiceShares {
  double total = 0.0;
  std::array<double, kServiceStates> state{};  ///< [ServiceState]
  double not_computed = 0.0;
  [[nodiscard]] double served() const noexcept { return state[0]; }
  /// Of `total`; NaN where it is nothing.
  [[nodiscard]] double percent(ServiceState which) const noexcept;
};

/// Rates are those of the busy hour, as in ServiceMaps. Places that are not computed count as without a rate;
/// their SINR is left out.
struct ServiceOf {
  ServiceShares shares{};
  Distribution sinr_db{kSinrScale_db};
  Distribution dl_rate{kRateScale};  ///< log10 of Mbit/s
  Distribution ul_rate{kRateScale};
  Distribution dl_alone_rate{kRateScale};  ///< of one device alone on the carrier; as dl_rate without traffic
  Distribution ul_alone_rate{kRateScale};

  /// Rate that a share of the weight does not exceed, Mbit/s; 0: nothing.
  [[nodiscard]] double dl_mbps(double share) const noexcept;
  [[nodiscard]] double ul_mbps(double share) const noexcept;
  [[nodiscard]] double dl_alone_mbps(double share) const noexcept;
  [[nodiscard]] double ul_alone_mbps(double share) const noexcept;
};

/// A mesh or point of population. The medians are those of its computed cells inside the plan, people or none; NaN
/// where there are none.
struct ServiceOfUnit {
  double served_share = 0.0;  ///< 0 .. 1 of all of it, what lies outside the plan included
  float sinr_p50_db = kNoData;
  float dl_p50_mbps = kNoData;
  float ul_p50_mbps = kNoData;
};

struct ServiceStatistics {
  ServiceOf people{};
  ServiceOf area{};
  std::vector<ServiceOf> municipalities{};  ///< people, [municipality] as in the boundaries
  struct RoadClass {
    std::string road_class{};
    ServiceOf length{};
  };
  std::vector<RoadClass> roads{};  ///< in order of name
  struct Zone {
    ServiceOf people{};  ///< inside the plan
    ServiceOf area{};
  };
  std::vector<Zone> focus_zones{};     ///< [zone]
  std::vector<ServiceOfUnit> units{};  ///< [unit], as in the population
};

/// Rate of a class of kRateScale.
[[nodiscard]] double rate_mbps(double log_rate) noexcept;

[[nodiscard]] ServiceStatistics service_statistics(const ServiceMaps& service, const Counted& counted,
                                                   double road_step_m, int threads);

}  // namespace amaneku
