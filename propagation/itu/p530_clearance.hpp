// ITU-R P.530-18 section 2.2.2: how high the antennas of a fixed link must stand.
#pragma once

#include <array>

#include "propagation/geometry.hpp"

namespace amaneku::itu {

/// "With this effective Earth radius the ray shall clear the ground by this part of the first Fresnel zone."
struct ClearanceRule {
  double earth_k;  ///< effective Earth radius / Earth radius
  double fresnel_fraction;
};

enum class RefractiveClimate : std::uint8_t { temperate, tropical };
/// Whether one obstacle stands out or the obstruction extends along a part of the path.
enum class Obstacle : std::uint8_t { isolated, extended };

/// What the rules of section 2.2.2.1 depend on.
struct ClearanceSite {
  RefractiveClimate climate = RefractiveClimate::temperate;
  Obstacle obstacle = Obstacle::extended;
  double median_k = 4.0 / 3.0;
  /// k exceeded for 99.9 % of the worst month: figure 2 of the Recommendation, or measurements. The figure has it
  /// for the continental temperate climate, growing with the length of the path.
  double k_999 = 0.8;
};

/// The two rules of section 2.2.2.1 for antennas without diversity; both must be kept:
/// 1.0 F1 at the median k; at k(99.9 %) temperate 0.0 F1 over an isolated and 0.3 F1 over an extended obstacle,
/// tropical 0.6 F1 for paths longer than 30 km (up to 30 km the first rule alone decides: here 0 F1).
[[nodiscard]] std::array<ClearanceRule, 2> clearance_rules(const ClearanceSite& site, double distance_m) noexcept;

/// Radius of the first Fresnel zone, m, `from_tx_m` and `from_rx_m` away from the ends.
[[nodiscard]] double first_fresnel_m(double freq_hz, double from_tx_m, double from_rx_m) noexcept;

/// The point of a profile that spares least.
struct Clearance {
  double spare_m = 0.0;      ///< height of the ray above what the rule asks; negative: missing
  double from_tx_m = 0.0;    ///< where
  double clearance_m = 0.0;  ///< height of the ray above ground and clutter there
  double fresnel_m = 0.0;    ///< radius of the first Fresnel zone there
};

/// Antennas of `link` above the first and the last point of the profile. A profile without a point between the
/// ends spares +infinity.
[[nodiscard]] Clearance worst_clearance(const Link& link, const ProfileView& profile,
                                        const ClearanceRule& rule) noexcept;

/// By how much both antennas must be raised alike to keep all rules; 0 where they are kept.
[[nodiscard]] double missing_height_m(const Link& link, const ProfileView& profile,
                                      const ClearanceSite& site) noexcept;

}  // namespace amaneku::itu
