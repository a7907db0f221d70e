// ITU-R P.530-18 section 2.4.2.4: how melting snow attenuates beside rain.
#pragma once

namespace amaneku::itu {

/// Function 1, eq. (43): specific attenuation against that of rain, at `height_m` above (below: negative) the rain
/// height. 0 above (dry snow), up to 3.5 in the melting layer, 1 from 1200 m below.
[[nodiscard]] double melting_factor(double height_m) noexcept;

/// Function 2, eqs. (44) to (52): the mean of it over a straight path between two heights, in slices of 100 m.
/// Heights above sea level, in any order.
[[nodiscard]] double melting_layer_factor(double rain_height_asl_m, double one_asl_m, double other_asl_m) noexcept;

}  // namespace amaneku::itu
