// Routes: whether a vehicle keeps the link that its service needs, all along its way, and what would mend it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/mobility/route_link.hpp"
#include "libsim/mobility/route_statistics.hpp"
#include "libsim/studies/routes/moving_load.hpp"
#include "libsim/studies/routes/route_latency.hpp"
#include "libsim/studies/routes/route_mend.hpp"
#include "libsim/studies/routes/route_verdict.hpp"
#include "libsim/studies/routes/second_modem.hpp"
#include "libsim/studies/routes/secondary_cells.hpp"
#include "libsim/studies/routes/weather.hpp"

namespace amaneku {

/// Where a vehicle must hear and be heard well before it is there.
struct CourseIntersection {
  std::string name{};
  double at_m = 0.0;
};

/// One direction of a route.
struct RouteCourse {
  std::string id{};
  std::string name{};
  bool back = false;  ///< the way back of a route that is driven both ways
  Course course{};
  std::vector<CourseStop> stops{};
  std::vector<CourseIntersection> intersections{};
  std::vector<TunnelAid> aids{};
  std::vector<double> departures_s{};  ///< of the day
};

struct RouteOptions {
  Receiver vehicle{.rx_agl_m = 2.5};
  std::optional<RadioModel> model{};  ///< none: that of the plan
  double spacing_m = 10.0;
  tunnel::CrossSection tunnel{};
  Acceleration acceleration{};
  mobility::HandoverConfig handover{};
  mobility::Interruptions interruptions{};
  double shadow_sigma_db = 4.0;
  std::optional<double> sight_sigma_db{};  ///< of sites in sight; none: the same
  double decorrelation_m = 50.0;
  double site_correlation = 0.5;
  std::uint64_t seed = 1;
  std::uint64_t runs = 200;
  CourseNeed need{};
  double reliability_percent = 99.0;  ///< of messages within the deadline
  /// Longest gap, and share of the length, that the service bears: the vehicle comes to a stop by itself
  /// otherwise.
  double longest_gap_s = 1.0;
  double approach_m = 50.0;  ///< before and behind an intersection
  RouteLatencyOptions latency{};
  std::vector<Weather> weathers{};           ///< besides a clear day
  double noise_rise_db = 3.0;                ///< where no traffic is given
  std::optional<std::string> operator_id{};  ///< whose network the modem uses; none: all of them
  std::optional<SecondaryCells>
      secondary{};  ///< of a non-stand-alone network, in which `handover` is the anchor's
  std::optional<SecondModem> second{};
};

struct WeatherFinding {
  std::string id{};
  double no_link_m = 0.0;
  double no_link_s = 0.0;
  double shortage_m = 0.0;  ///< a link, but too little of it
  double longest_gap_s = 0.0;
  float worst_rsrp_dbm = 0.0F;  ///< where there is any
};

struct IntersectionFinding {
  std::string name{};
  double at_m = 0.0;
  float worst_rsrp_dbm = 0.0F;
  float worst_sinr_db = 0.0F;
  float worst_ul_mbps = 0.0F;
  double link_percent = 0.0;  ///< of the simulated passes, at the worst place of the approach
  bool served = false;        ///< no shortage on the approach
};

struct RouteFinding {
  std::vector<int> sectors{};  ///< [cell] index into Coverage::sectors: those that are heard somewhere
  mobility::TimeLaw law{};
  std::vector<double> seconds{};         ///< [sample] spent between it and the next, stops included
  std::vector<SampleService> service{};  ///< [sample] by the server of the drive that the map shows
  std::vector<Shortage> shortage{};      ///< [sample]
  std::vector<CourseGap> gaps{};
  std::vector<int> cell_of{};  ///< cells of link and statistics: index into sectors
  mobility::RouteLink link{};
  mobility::RouteStatistics statistics{};
  std::vector<WeatherFinding> weather{};  ///< a clear day first
  std::vector<IntersectionFinding> intersections{};
  std::optional<EndToEndResult> latency{};  ///< of messages that are sent where there is a link
  double link_share = 0.0;                  ///< of the time of the drive
  std::vector<GapMend> mends{};             ///< [gaps]
  /// ServerPlace::id of the farthest place nearer than the server's that would bring enough messages in time;
  /// empty: none, or enough do.
  std::string server_mend{};
  std::optional<SecondaryFinding> secondary{};  ///< then `link` and `statistics` are the anchor's
  std::optional<TwoModemFindings> modems{};     ///< with a second one
  Verdict verdict = Verdict::met;               ///< of the first modem

  double step_m = 1.0;
  /// Of the samples of one kind.
  [[nodiscard]] double metres(Shortage of) const noexcept;
  [[nodiscard]] double time_s(Shortage of) const noexcept;
  /// By the sector, index into Coverage::sectors, at one sample or more.
  [[nodiscard]] bool is_served_by(int sector) const noexcept;
  /// Share of the samples with a server whose site is in sight; NaN without a server.
  [[nodiscard]] double in_sight_share() const noexcept;
  /// Share of all messages that arrive in time: those without a link are late. NaN without a latency.
  [[nodiscard]] double in_time() const noexcept;
};

struct RoutesReport {
  std::vector<RouteFinding> routes{};  ///< as the courses
  MovingLoad load{};
};

/// Deterministic: the same bytes for any number of threads.
[[nodiscard]] RoutesReport check_routes(const Radio& radio, const NetworkLoad* load,
                                        const std::vector<RouteCourse>& courses, const RouteOptions& options);

}  // namespace amaneku
