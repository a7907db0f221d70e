// Which sectors a transmitter feeds, and how they radiate on the grid of the plan.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "libsim/engine/coverage.hpp"
#include "propagation/sector_pattern.hpp"

namespace amaneku {

class TransmitterSectors {
 public:
  explicit TransmitterSectors(const Coverage& coverage);

  /// Indices into Coverage::sectors, ascending.
  [[nodiscard]] std::span<const int> of(std::size_t transmitter) const {
    return std::span(sectors_).subspan(first_[transmitter], first_[transmitter + 1] - first_[transmitter]);
  }

 private:
  std::vector<std::size_t> first_{};  ///< [transmitter], and the end of the last
  std::vector<int> sectors_{};
};

/// The sector's pattern as it stands, for directions in the frame of the plan.
[[nodiscard]] SectorPattern pattern_on_grid(const Site& site, const Sector& sector);

/// seen_above_m() of a receiver `at` that stands `higher_m` above an antenna of the site.
[[nodiscard]] double seen_above_m(const Coverage& coverage, Point site, Point at, double higher_m) noexcept;

/// Gain of the traffic beam less that of the SSB beam towards a receiver that appears `up_m` above the antenna.
[[nodiscard]] double traffic_over_ssb_db(const SectorPattern& pattern, Point site, Point at, double up_m) noexcept;

}  // namespace amaneku
