// Which sectors a transmitter feeds.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "libsim/coverage.hpp"

namespace amaneku {

class TransmitterSectors {
 public:
  explicit TransmitterSectors(const CoverageGrid& coverage);

  /// Indices into CoverageGrid::sectors, ascending.
  [[nodiscard]] std::span<const int> of(std::size_t transmitter) const {
    return std::span(sectors_).subspan(first_[transmitter], first_[transmitter + 1] - first_[transmitter]);
  }

 private:
  std::vector<std::size_t> first_{};  ///< [transmitter], and the end of the last
  std::vector<int> sectors_{};
};

}  // namespace amaneku
