// ITU-R P.1411-12 sections 4.1.1 and 4.2.1: site-general losses between stations below the roofs, and between a
// station above and one below them.
#pragma once

#include <cstdint>

#include "terrain/range.hpp"

namespace amaneku::itu {

/// The surroundings of P.1411, which names them differently from section to section: see each function.
enum class P1411Environment : std::uint8_t { urban_high_rise, urban_low_rise, suburban, residential };

/// A row of Table 4 or Table 8.
struct SiteGeneral {
  double alpha;
  double beta;
  double gamma;
  double sigma_db;
  Range freq_ghz;
  Range distance_m;
  bool spread_above_free_space;  ///< the spread must not take the loss below free space
};

/// The row that serves a path, and whether the table has one for these surroundings; if not, it is the nearest.
struct SiteGeneralRow {
  const SiteGeneral& row;
  bool in_table;
};

/// Table 4, both stations below the roofs. urban_low_rise and suburban are one row; residential has none in sight.
[[nodiscard]] SiteGeneralRow below_rooftops(P1411Environment environment, bool line_of_sight) noexcept;
/// Table 8, one station above the roofs. Out of sight there is urban_high_rise alone.
[[nodiscard]] SiteGeneralRow over_rooftops(P1411Environment environment, bool line_of_sight) noexcept;

/// Median basic transmission loss, dB, eq. (1). `distance_m`: straight between the antennas.
[[nodiscard]] double site_general_loss_db(const SiteGeneral& row, double freq_hz, double distance_m) noexcept;

/// The loss not exceeded at `location_percent` of the places: eq. (1) with its normal spread. Where the row says
/// so the spread is that of the excess A over free space and the loss is free space + 10 log10(10^(A / 10) + 1),
/// so that 50 % is somewhat more than the median loss.
[[nodiscard]] double site_general_loss_db(const SiteGeneral& row, double freq_hz, double distance_m,
                                          double location_percent) noexcept;

}  // namespace amaneku::itu
