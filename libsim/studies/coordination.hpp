// Interference for coordination: the level that a plan puts on protected areas and on stations of others, by
// percentages of time (ITU-R P.452).
//
// Power is that of all sectors of the plan together (sum in mW, however weak each is), of their whole carriers, at
// an isotropic antenna. No filter and no polarization of the victim is taken into account.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsim/maps/radio.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

/// An area, or a station.
struct ProtectedPlace {
  std::string name{};
  Point at{};
  MultiPolygon area{};                ///< empty: a station at the point
  double rx_agl_m = 10.0;             ///< of the antenna to be protected
  std::optional<double> limit_dbm{};  ///< that must not be exceeded; none: nothing is judged
};

struct CoordinationOptions {
  std::vector<ProtectedPlace> places{};
  std::vector<double> time_percents = {50.0, 10.0,
                                       1.0};  ///< of an average year, during which the level is exceeded
  double radius_m = 100'000.0;                ///< sectors farther away count for nothing
};

/// The levels of one place at one percentage of time. NaN: no sector reaches it, see `missing`.
struct CoordinationLevel {
  double time_percent = 0.0;
  double border_dbm = 0.0;  ///< the highest on the border of an area; of a station its level
  Point border_at{};
  double inside_dbm = 0.0;  ///< the highest inside; of a station its level
  Point inside_at{};
  int strongest = -1;                       ///< index into Coverage::sectors, of the higher of the two
  PathState missing = PathState::computed;  ///< why there is no level
};

struct CoordinationResult {
  std::size_t cells = 0;          ///< of an area, inside the plan; of a station one
  std::size_t cells_outside = 0;  ///< outside the plan: not looked at
  /// Each point by a profile of its own. False: the area has more than kMostExactCells, and its levels are those
  /// of a map, which may differ from a profile by some tenths of a dB.
  bool exact = true;
  std::vector<CoordinationLevel> levels{};  ///< [time_percents]
};

inline constexpr std::size_t kMostExactCells = 32'768;

/// [place]. P.452-18 over the terrain of the plan, everything else as the plan has it. A station is computed where
/// it stands, an area at the centres of its cells (one smaller than a cell at its own point).
[[nodiscard]] std::vector<CoordinationResult> coordination_levels(const CoordinationOptions& options,
                                                                  const Radio& radio);

}  // namespace amaneku
