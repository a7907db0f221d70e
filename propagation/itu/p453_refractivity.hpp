// Radio refractivity of the air near the ground.
#pragma once

namespace amaneku::itu {

/// N, N-units: ITU-R P.453-14 Annex 1 section 1. `vapour_hpa`: partial pressure of water vapour.
[[nodiscard]] double refractivity(double pressure_hpa, double temperature_k, double vapour_hpa) noexcept;

/// N0 from the value at a height above sea level: ITU-R P.453-14 eq. (8), scale height 7.35 km.
[[nodiscard]] double sea_level_refractivity(double surface_n, double height_asl_m) noexcept;

/// Fall of N over the first km above the ground, N-units/km, positive, estimated from N at the ground: 7.32
/// exp(0.005577 N), the CRPL exponential reference atmosphere (Bean and Thayer 1959; NBS Monograph 92). It fits
/// monthly means; years and places differ from it by several N-units/km.
[[nodiscard]] double estimated_delta_n(double surface_n) noexcept;

}  // namespace amaneku::itu
