// Rain of a place from the digital maps of ITU-R P.837-7, which users fetch from the ITU.
#pragma once

#include <filesystem>

#include "terrain/geo.hpp"

namespace amaneku::scenarios {

/// Rate that is exceeded for 0.01 % of the average year, mm/h, bilinear between the points of R001.TXT in
/// `folder`, whose places stand in LAT_R001.TXT and LON_R001.TXT (ITU-R P.837-7 Annex 1). InputError where a file
/// is missing, is no such grid, or the place lies outside.
[[nodiscard]] double rain_rate_001_mm_h(const std::filesystem::path& folder, LonLat at);

}  // namespace amaneku::scenarios
