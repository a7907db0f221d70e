// A second modem in the vehicle, on another network: what each has, and what both together have.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsim/mobility/two_modems.hpp"
#include "libsim/studies/routes/route_latency.hpp"
#include "libsim/studies/routes/route_verdict.hpp"

namespace amaneku {

/// A link that is known by figures of its provider, not by sites. They hold anywhere along the route, tunnels
/// included unless `in_tunnels` is false.
struct GivenModem {
  mobility::GivenLink link{};
  bool in_tunnels = false;  ///< a satellite is not seen there
  double delay_s = 0.05;    ///< one way between the vehicle and the server, each way, >= 0
  double spread_s = 0.0;    ///< mean of the exponential part on top, >= 0
  double ul_mbps = 0.0;
  double dl_mbps = 0.0;
};

struct SecondModem {
  std::string name{};
  std::string operator_id{};  ///< whose network of the plan, where nothing is given
  std::optional<GivenModem> given{};
  double switch_s = 0.1;  ///< without a link of the first before a selection takes the second
};

/// Seconds of a drive by which modem has a link, and shares of the messages in time there, 0 .. 1.
struct PairTimes {
  double all_s = 0.0;
  double both_s = 0.0;
  double first_only_s = 0.0;
  double second_only_s = 0.0;
  double switched_s = 0.0;  ///< of second_only_s: after a selection has taken the second
  double first_with_both = 0.0;
  double first_alone = 0.0;
  double second_with_both = 0.0;
  double second_alone = 0.0;
  double availability = 1.0;  ///< of the second, wherever it has a link
};
/// Shares of all messages that come in time; those without a link are late.
struct PairInTime {
  double first = 0.0;
  double second = 0.0;
  double selection = 0.0;
  double duplication = 0.0;
};
/// Delays of the two at one place are independent: the slots of two networks are.
[[nodiscard]] PairInTime in_time_of_pair(const PairTimes& times);

enum class ModemUse : std::uint8_t { first, second, selection, duplication };
inline constexpr std::array<std::string_view, 4> kModemUses = {"first", "second", "selection",
                                                               "duplication"};  ///< [ModemUse]

/// Of one modem, or of both.
struct ModemFigures {
  double no_link_m = 0.0;  ///< of the drive without fading; a given link is there; switching is without a link
  double no_link_s = 0.0;
  double longest_gap_s = 0.0;         ///< without what the service needs
  mobility::OutageFigures outages{};  ///< of the seeded drives
  double in_time = 0.0;               ///< share of all messages; NaN without a latency
  /// Loads that the vehicles bring into cells left out of account. Where the service has no latency to tell, a
  /// given link, and what is combined with one, must have a link for VerdictRules::reliability_percent of the
  /// time.
  Verdict verdict = Verdict::met;
};
using TwoModemFindings = std::array<ModemFigures, 4>;  ///< [ModemUse]

/// The modem's drive without fading.
struct ModemDrive {
  std::vector<SampleService> service{};  ///< [sample]
  std::vector<Shortage> shortage{};      ///< [sample]
  mobility::RouteStatistics statistics{};
};

struct PairInput {
  const Course& course;
  const mobility::TimeLaw& law;
  std::span<const double> seconds;         ///< [sample]
  std::span<const Sector* const> sectors;  ///< [SampleService::cell]
  std::span<const int> sites;              ///< [SampleService::cell] of the network
  const ModemDrive& first;
  const ModemDrive& second;  ///< given_drive() of a given link
  const SecondModem& modem;
  const RouteLatencyOptions& latency;
  VerdictRules rules{};
};
[[nodiscard]] TwoModemFindings two_modem_findings(const PairInput& input,
                                                  const mobility::TwoModemStatistics& outages);

/// A given link along a course: cell 0 wherever there is one, without power.
[[nodiscard]] ModemDrive given_drive(const Course& course, const GivenModem& modem, const CourseNeed& need);

/// By place what a selection has: the first modem's while that has a link, else the second's.
struct SelectedService {
  std::vector<Shortage> shortage{};   ///< [sample] once it has switched; outside where the first is
  std::vector<double> switching_s{};  ///< [sample] the beginning of its time, in which nothing carries data
};
[[nodiscard]] SelectedService selection_of(const ModemDrive& first, const ModemDrive& second,
                                           std::span<const double> seconds, double switch_s);

/// By place what a duplication has, the better of two: nothing is missing where one has enough.
[[nodiscard]] std::vector<Shortage> better_of(std::span<const Shortage> a, std::span<const Shortage> b);

}  // namespace amaneku
