// Profiles and measurements in the format of the ITU-R Study Group 3 databank (terrestrial point-to-area).
#pragma once

#include <filesystem>
#include <vector>

#include "terrain/geo.hpp"
#include "terrain/raster/profile.hpp"

namespace amaneku::test {

/// One row between {Begin of Measurements} and {End of Measurements}; NaN where the file has no value.
struct Sg3Measurement {
  double freq_hz;
  double tx_agl_m;
  double rx_agl_m;
  int polarization;  ///< 1 horizontal, 2 vertical, 3 circular
  double time_percent;
  double field_strength_dbuv_m;
  double loss_db;
};

struct Sg3File {
  LonLat tx{};
  LonLat rx{};
  double delta_n = 0.0;  ///< NaN where the file has none
  double n0 = 0.0;
  Profile profile{};  ///< with ground cover height as clutter and radio-meteorological code as zone
  std::vector<Sg3Measurement> measurements{};
};

/// Throws std::runtime_error naming the file. A profile that begins at the receiver is turned round.
[[nodiscard]] Sg3File read_sg3(const std::filesystem::path& path);

/// Latitude of the point half the path's length from the transmitter on the great circle to the receiver,
/// ITU-R P.2001-4 Attachment H.
[[nodiscard]] double middle_latitude_deg(LonLat tx, LonLat rx, double distance_m);

}  // namespace amaneku::test
