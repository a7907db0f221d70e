// What ITU-R P.452 and P.1812 need of the share of time: the inverse normal function and beta_0.
#pragma once

#include "propagation/geometry.hpp"

namespace amaneku::itu {

/// I(x) of ITU-R P.452-18 Annex 1 Attachment 3 (P.1812-7 Attachment 2): the deviate that a standard normal
/// variable exceeds with probability `share`, by the Recommendation's approximation (4.5e-4); held between 1e-6
/// and 1 - 1e-6.
[[nodiscard]] double inverse_normal(double share) noexcept;

/// beta_0, percent: how long the refractivity falls by more than 100 N-units/km in the lowest 100 m, P.452-18
/// section 3.2.1 eqs. (2) to (4), P.1812-7 section 3.6.
[[nodiscard]] double beta0_percent(double latitude_deg, const PathZones& zones) noexcept;

/// log10 of beta_0 at a latitude is `log10_middle` + log10(mu_1) `per_log10_mu1`.
struct DuctingClimate {
  double log10_middle;
  double per_log10_mu1;
};
[[nodiscard]] DuctingClimate ducting_climate(double latitude_deg) noexcept;

}  // namespace amaneku::itu
