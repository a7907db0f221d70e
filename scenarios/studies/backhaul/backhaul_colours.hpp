// How the media of the backhaul look, on the page and in QGIS.
#pragma once

#include <array>

#include "libsim/backhaul/medium.hpp"
#include "terrain/raster/raster_io.hpp"

namespace amaneku::scenarios {

/// A colour and a pattern of strokes and gaps (SVG; empty: drawn through); told apart by either alone.
struct MediumLook {
  Rgba colour;
  const char* dashes;
  double width;
};
inline constexpr std::array<MediumLook, kMediumCount> kMediumLooks = {{{{0, 114, 178, 255}, "", 3.0},
                                                                       {{0, 70, 120, 255}, "", 4.0},
                                                                       {{86, 180, 233, 255}, "8 3", 3.0},
                                                                       {{0, 114, 178, 255}, "2 3", 5.0},
                                                                       {{0, 114, 178, 255}, "6 4", 5.0},
                                                                       {{120, 130, 126, 255}, "", 2.5},
                                                                       {{0, 158, 115, 255}, "10 4", 3.4},
                                                                       {{213, 94, 0, 255}, "9 5", 2.6},
                                                                       {{204, 121, 167, 255}, "3 4", 2.8},
                                                                       {{230, 159, 0, 255}, "5 2 1 2", 2.8},
                                                                       {{90, 60, 140, 255}, "1 5", 2.4},
                                                                       {{110, 80, 20, 255}, "1 5", 2.4}}};

[[nodiscard]] constexpr Rgba medium_colour(Medium medium) noexcept {
  return kMediumLooks[index_of(medium)].colour;
}

}  // namespace amaneku::scenarios
