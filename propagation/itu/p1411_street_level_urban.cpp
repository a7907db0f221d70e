#include "propagation/itu/p1411_street_level_urban.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"

namespace amaneku::itu {
namespace {

constexpr double kCorner_m = 30.0;

// Straight in powers of ten between `near_db` at 0 and `far_db` at `far_m`.
double between_db(double near_db, double far_db, double d_m, double far_m) noexcept {
  const double most_db = std::max(near_db, far_db);
  const double share = std::clamp(d_m / far_m, 0.0, 1.0);
  return most_db + 10.0 * std::log10((1.0 - share) * std::pow(10.0, 0.1 * (near_db - most_db)) +
                                     share * std::pow(10.0, 0.1 * (far_db - most_db)));
}

}  // namespace

StreetTurnsLoss street_level_urban_loss(double freq_hz, const StreetRoute& route,
                                        const StreetAntennas& antennas) noexcept {
  const double f_hz = positive(freq_hz * 1e-9) * 1e9;
  const double x1 = positive(route.leg1_m);
  const double x2 = route.leg2_m > 0.0 ? positive(route.leg2_m) : 0.0;
  const double x3 = route.leg3_m > 0.0 && x2 > 0.0 ? positive(route.leg3_m) : 0.0;
  const double los_db = f_hz < 3e9 ? canyon_los_uhf(f_hz, x1 + x2, antennas).median_db
                                   : canyon_los_shf(f_hz, x1 + x2, antennas).median_db;
  if (x2 == 0.0) return {los_db, los_db};
  const double S1 = 3.45e4 * std::pow(f_hz, -0.46);
  const auto one_turn_db = [&](double leg2_m) {
    return los_db + 10.0 * std::log10(x1 * leg2_m / (x1 + leg2_m)) - 20.0 * std::log10(S1);
  };
  // Within `far_m` of a corner the loss goes over from that before the corner to that behind it.
  if (x3 == 0.0) {
    const double far_m = std::max(S1 * S1, kCorner_m);
    return {x2 > far_m ? one_turn_db(x2) : between_db(los_db, one_turn_db(far_m), x2, far_m), los_db};
  }
  const double S2 = 0.54 * std::pow(f_hz, 0.076);
  const auto two_turns_db = [&](double leg3_m) {
    return los_db + 10.0 * std::log10(x1 * x2 * leg3_m / (x1 + x2 + leg3_m)) - 20.0 * std::log10(S1) -
           20.0 * std::log10(S2);
  };
  const double far_m = std::max(S2 * S2, kCorner_m);
  return {x3 > far_m ? two_turns_db(x3) : between_db(one_turn_db(x2), two_turns_db(far_m), x3, far_m), los_db};
}

}  // namespace amaneku::itu
