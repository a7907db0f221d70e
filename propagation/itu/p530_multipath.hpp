// ITU-R P.530-18 section 2.3: fading of fixed links by several paths through the clear air.
#pragma once

namespace amaneku::itu {

/// A path for the statistics of multipath fading.
struct MultipathPath {
  double freq_hz;
  double length_m;
  double tx_asl_m;            ///< antenna
  double rx_asl_m;            ///< antenna
  double mean_terrain_asl_m;  ///< along the path, without trees
};

/// Multipath occurrence factor p0, percent: what eq. (7) gives for a fade of 0 dB in the average worst month (it
/// may be above 100). Section 2.3.1 with K and dN75 from the maps of the Recommendation.
[[nodiscard]] double multipath_occurrence(const MultipathPath& path, double log10_k, double dn75_n_units) noexcept;

/// The same by edition 17: K from the refractivity gradient in the lowest 65 m that is not exceeded for 1 % of
/// the year (N-units/km, negative) and the standard deviation of the terrain heights within 110 km x 110 km.
[[nodiscard]] double multipath_occurrence_17(const MultipathPath& path, double dn1_n_units_km,
                                             double terrain_roughness_m) noexcept;

/// Section 2.3.4 eq. (25): by how much more a year has than its worst month, 10^(-dG / 10).
[[nodiscard]] double worst_month_to_year(const MultipathPath& path, double latitude_deg) noexcept;

/// Section 2.3.2: percentage of time for which a fade is exceeded, 0 .. 100, at any depth. `year`: 1 for the
/// average worst month, worst_month_to_year for the average year.
[[nodiscard]] double multipath_percent(double occurrence_percent, double year, double fade_db) noexcept;

}  // namespace amaneku::itu
