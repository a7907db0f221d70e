// How a network and a device decide on handovers, and when a link is given up.
#pragma once

#include <array>
#include <vector>

#include "libsim/mobility/durations.hpp"
#include "terrain/error.hpp"

namespace amaneku::mobility {

/// T310, N310 and N311 of TS 38.331 6.3.2 (UE-TimersAndConstants, RLF-TimersAndConstants); T304 of
/// ReconfigurationWithSync.
inline constexpr std::array<int, 7> kT310_ms = {0, 50, 100, 200, 500, 1000, 2000};
inline constexpr std::array<int, 8> kN310 = {1, 2, 3, 4, 6, 8, 10, 20};
inline constexpr std::array<int, 8> kN311 = {1, 2, 3, 4, 5, 6, 8, 10};
inline constexpr std::array<int, 8> kT304_ms = {50, 100, 150, 200, 500, 1000, 2000, 10000};

/// Times are those of the standard where a list above has them. Each default names its source in
/// docs/methods/handover.md.
struct HandoverConfig {
  // Measurement. A sample of every cell each step; layer 1 averages them over its period, in milliwatts.
  int step_ms = 20;        ///< between synchronisation blocks: 10 .. 200; divides the periods below
  int l1_period_ms = 200;  ///< between layer 1 measurements (X: 200 in FR1, 400 in FR2)
  int filter_reference_ms = 200;
  int filter_k = 4;
  double measurement_error_db = 0.0;  ///< standard deviation of a layer 1 measurement, 0 .. 10; seeded runs only

  // Event A3, same channel: neighbour + its offset - hysteresis > server + its offset + a3_offset_db.
  double a3_offset_db = 3.0;   ///< -15 .. 15
  double hysteresis_db = 1.0;  ///< 0 .. 15, of all events
  int time_to_trigger_ms = 160;

  // Events A2 and A5, other channels: they are measured only while the server is weaker than a2_threshold_dbm, and
  // asked for when the server is weaker than the first and a neighbour stronger than the second threshold.
  bool inter_frequency = true;
  double a2_threshold_dbm = -105.0;
  double a5_threshold1_dbm = -108.0;
  double a5_threshold2_dbm = -105.0;

  // Radio link monitoring.
  double qout_db = -8.0;  ///< SINR below which the link is out of synchronisation
  double qin_db = -6.0;   ///< SINR above which it is back; > qout_db
  int evaluate_out_ms = 200;
  int evaluate_in_ms = 100;
  int n310 = 10;
  int n311 = 3;
  int t310_ms = 1000;
  int t304_ms = 1000;
  int t311_ms = 1000;  ///< a cell found within it is re-established, a later one attached anew

  // Beginning anew.
  double reestablishment_s = 0.2;  ///< from a suitable cell found to a link, after a failure
  double attach_s = 0.2;           ///< the same, from idle
  double suitable_dbm = -140.0;    ///< a cell needs this RSRP and an SINR of qin_db to be camped on

  double ping_pong_s = 1.0;  ///< back in the former cell within this stay
};

/// Everything that is illegal; empty: nothing. Values that a list above names are legal only from the list, and
/// the fault shows it.
[[nodiscard]] std::vector<Fault> config_faults(const HandoverConfig& config);

}  // namespace amaneku::mobility
