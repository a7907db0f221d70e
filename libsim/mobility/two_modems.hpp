// Two modems in one vehicle, on two networks: how long neither has a link, and how surely that is known.
#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "libsim/mobility/route_link.hpp"
#include "libsim/mobility/route_statistics.hpp"
#include "libsim/mobility/step_receiver.hpp"

namespace amaneku::mobility {

/// A link of which only figures are known, such as one by satellite: it fails and comes back by chance, anywhere,
/// and whatever the other link does. Times with and without it are exponential.
struct GivenLink {
  double availability = 1.0;   ///< share of time with a link, 0 .. 1
  double mean_outage_s = 1.0;  ///< > 0
};

/// Its outages in a drive of that number, from its first to its last moment, as stationary: at any time it is
/// there with its availability. InputError: figures outside their ranges.
[[nodiscard]] std::vector<Outage> given_outages(const GivenLink& link, const Travel& travel, const RunKey& key);

/// Selection: one modem carries the data, the other takes over when the first has had no link for a while. Without
/// data while neither has a link, and for the first `switch_s` (>= 0) of every outage of the first. The way back
/// to the first costs nothing. Lists as in both_out().
[[nodiscard]] std::vector<Interval> selection_out(std::span<const Outage> first, std::span<const Outage> second,
                                                  double switch_s);

/// Outages of any cause, handovers with them.
struct OutageFigures {
  Estimate share{};        ///< of the time of a drive, 0 .. 1; Student over the runs
  Estimate drives_long{};  ///< share of the drives with an outage longer than TwoModems::long_s; Wilson
};

struct TwoModems {
  const PreparedRoute& first;
  /// Of the same drive: its time law and its seed are the first's, so that shadows that sites have in common meet
  /// both modems. Its RouteInput::modem is another.
  std::variant<const PreparedRoute*, GivenLink> second;
  std::vector<Outage>
      blocked{};          ///< of a given link for certain, besides those by chance: tunnels. As in both_out()
  double switch_s = 0.0;  ///< of selection
  double long_s = 1.0;
};
struct TwoModemStatistics {
  std::uint64_t runs = 0;
  OutageFigures first{};
  OutageFigures second{};
  OutageFigures selection{};
  OutageFigures duplication{};  ///< both carry everything, and whichever comes first counts
};
/// The same bytes for any number of threads. InputError: no runs, switch_s below 0, a second route of another
/// length in time.
[[nodiscard]] TwoModemStatistics two_modem_statistics(const TwoModems& modems, const MonteCarlo& options);

}  // namespace amaneku::mobility
