// Since which fiscal year a network serves each cell: one map that answers for every year of a roll-out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "terrain/raster/raster.hpp"

namespace amaneku {

inline constexpr std::int16_t kNeverServed = std::numeric_limits<std::int16_t>::max();
inline constexpr std::int16_t kServedSinceEver = std::numeric_limits<std::int16_t>::min();

struct ServedSince {
  std::string network{};               ///< Site::operator_id; "": all networks laid over one another
  Raster<std::int16_t> fiscal_year{};  ///< 0: of a sector without a year, there from the start

  [[nodiscard]] bool given() const noexcept { return !fiscal_year.values.empty(); }
  [[nodiscard]] bool by(std::size_t cell, int year) const noexcept { return fiscal_year.values[cell] <= year; }
};

/// Marks the cells that reach the threshold with the year, where they were not served before it.
inline void mark_served(Raster<std::int16_t>& since, const Raster<float>& rsrp_dbm, double threshold_dbm,
                        int year) {
  for (std::size_t i = 0; i < since.values.size(); ++i) {
    if (static_cast<double>(rsrp_dbm.values[i]) >= threshold_dbm && since.values[i] > year) {
      since.values[i] = static_cast<std::int16_t>(year);
    }
  }
}

/// Marks the cells that are served already, [y, x] 1.
inline void mark_served_already(Raster<std::int16_t>& since, const Raster<std::uint8_t>& served) {
  for (std::size_t i = 0; i < since.values.size(); ++i) {
    if (served.values[i] != 0) since.values[i] = kServedSinceEver;
  }
}

}  // namespace amaneku
