// ITU-R P.1411-12 section 4.1.2: loss in sight along a street canyon.
#pragma once

namespace amaneku::itu {

/// Two stations in a street. Heights above the ground; `road_m` is the effective height h_s of the road with its
/// traffic, from which waves above 3 GHz are reflected.
struct StreetAntennas {
  double h1_m;
  double h2_m;
  double road_m;
};

/// Basic transmission loss, dB, and the distance from which it falls with the fourth power of the distance.
struct CanyonLoss {
  double median_db;
  double lower_db;
  double upper_db;
  double breakpoint_m;  ///< R_bp; the 20 m of R_s where there is none
};

/// 300 MHz to 3 GHz: free space to the breakpoint, then the fourth power of the distance.
[[nodiscard]] CanyonLoss canyon_los_uhf(double freq_hz, double distance_m,
                                        const StreetAntennas& antennas) noexcept;

/// 3 to 15 GHz: the same over the road height; an antenna below it sees no road and the loss
/// follows the third power of the distance from 20 m on.
[[nodiscard]] CanyonLoss canyon_los_shf(double freq_hz, double distance_m,
                                        const StreetAntennas& antennas) noexcept;

/// 10 to 100 GHz, dB, eq. (13) without rain. `exponent`: n, 1.9 .. 2.21 in Table 7.
[[nodiscard]] double canyon_los_ehf_db(double freq_hz, double distance_m, double exponent,
                                       double gas_db_km) noexcept;

}  // namespace amaneku::itu
