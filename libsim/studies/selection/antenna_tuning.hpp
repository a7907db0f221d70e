// The second stage of a selection: antennas turned one after another, so that most people are served under the
// interference of all of them. Coverage that interference takes away is not coverage.
#pragma once

#include <span>
#include <vector>

#include "libsim/load/traffic.hpp"
#include "libsim/maps/radio.hpp"
#include "libsim/maps/service.hpp"
#include "libsim/studies/selection/selection_options.hpp"

namespace amaneku {

/// Borrowed: lives longer than the call.
struct TuningInput {
  const Radio& radio;  ///< the network as it stands
  double threshold_dbm = 0.0;
  const ServiceTargets& targets;
  std::span<const DemandPoint> points{};    ///< people; in order of row
  std::span<const double> load{};           ///< [Coverage::sectors] empty: as the sites say
  std::span<const double> noise_rise_db{};  ///< [Coverage::sectors] empty: that of the targets
  const std::vector<bool>& may_turn;        ///< [site]
};

/// Sectors of a site that share id and mounting share the antenna.
struct AntennaTurn {
  std::size_t site = 0;
  std::vector<std::size_t> sectors{};  ///< of the site
  Mounting from{};                     ///< of the first of them
  Mounting to{};
};

struct AntennaTuning {
  std::vector<AntennaTurn> turns{};  ///< in the order in which they were found; an antenna may come more than once
  std::size_t antennas = 0;          ///< that might have been turned
  double people = 0.0;               ///< at the points
  double served_before = 0.0;        ///< of them
  double served_after = 0.0;
  int rounds = 0;
  std::size_t tried = 0;  ///< positions
};

/// Coordinate descent: every antenna takes the tilt, then the azimuth, that leaves most people served, as long as
/// that is more than before and no fewer have the level than at the start; round after round until nothing
/// changes. The same for any number of threads. InputError (key "tuning") where no radio technology is known.
[[nodiscard]] AntennaTuning tune_antennas(const TuningInput& input, const TuningOptions& options,
                                          const Progress& progress = {});

/// The mounting of the sectors of a turn, in their sites.
void turn_antenna(std::vector<Site>& sites, const AntennaTurn& turn);

}  // namespace amaneku
