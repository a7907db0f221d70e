// ITU-R P.1411-12 section 4.1.3: loss around the corner of a street canyon.
#pragma once

#include <cstdint>

namespace amaneku::itu {

/// Two streets that meet: distance of each station to the crossing, width of its street, angle between them.
struct UhfCorner {
  double x1_m;
  double x2_m;
  double w1_m;
  double w2_m;
  double angle_rad;  ///< alpha, pi: straight on
};

struct UhfCornerLoss {
  double loss_db;
  double reflected_db;   ///< L_r
  double diffracted_db;  ///< L_d
};

/// Section 4.1.3.1, 0.8 to 2 GHz, 0.6 < alpha < pi: reflected and diffracted waves, powers added.
[[nodiscard]] UhfCornerLoss corner_uhf_loss(double freq_hz, const UhfCorner& corner) noexcept;

struct ShfCorner {
  double x1_m;
  double x2_m;
  double w1_m;
  bool residential;
  bool chamfered;  ///< in town: corners cut off
};

enum class CornerRegion : std::uint8_t { sight, corner, beyond };

/// What the corner adds to the loss in sight over x1.
struct ShfCornerLoss {
  double corner_db;       ///< L_c
  double attenuation_db;  ///< L_att, beyond the corner
  CornerRegion region;
};

/// Section 4.1.3.2, 2 to 38 GHz, streets at right angles.
[[nodiscard]] ShfCornerLoss corner_shf_loss(double freq_hz, const ShfCorner& corner) noexcept;

}  // namespace amaneku::itu
