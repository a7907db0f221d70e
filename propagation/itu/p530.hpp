// ITU-R P.530-18: a fixed link between two antennas and its availability.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku {

/// ITU-R P.530: free space, gases and diffraction, and the fading by rain, wet snow and several paths that is
/// exceeded for a percentage of the average year.
struct P530 {
  enum class Geoclimatic : std::uint8_t { roughness, map };
  double exceedance_percent = 0.01;
  double fade_margin_db = 40.0;
  double rain_rate_001_mm_h = 50.0;
  double rain_height_asl_m = 4000.0;
  double rain_probability_percent = 10.0;
  double dn1_n_units_km = -150.0;
  double terrain_roughness_m = 160.0;
  double geoclimatic_log10_k = -5.0;
  double dn75_n_units = 50.0;
  double pressure_hpa = 1013.25;
  double temperature_c = 15.0;
  double water_vapour_g_m3 = 7.5;
  Geoclimatic geoclimatic = Geoclimatic::roughness;

  static constexpr std::string_view id = "p530";
  static constexpr std::string_view title = "Fixed link with rain and multipath fading";
  static constexpr std::string_view source = "ITU-R P.530-18, sections 2.1 to 2.4 (K of edition 17 or 18)";
  static constexpr Role role = Role::link;
  static constexpr Terrain terrain = Terrain::samples;
  static constexpr Validity validity = {{1e9, 100e9}, {0.0, 60'000.0}, kAnyHeight, kAnyHeight};
  static const std::array<Field<P530>, 12> fields;
  static const std::array<Choice<P530>, 1> choices;
  static constexpr std::array<std::string_view, 0> notes{};
};

/// Percentage of the average year for which the fading is deeper than a margin.
struct Unavailability {
  double rain_percent;       ///< rain and wet snow
  double multipath_percent;  ///< several paths through clear air
  [[nodiscard]] double total_percent() const noexcept {
    const double sum = rain_percent + multipath_percent;
    return sum < 100.0 ? sum : 100.0;
  }
};

/// `link` and `path` as for loss_db. `margin_db`: what the fading may take before the link fails.
[[nodiscard]] Unavailability unavailability(const P530& model, const Link& link, const PathGeometry& path,
                                            double margin_db) noexcept;

[[nodiscard]] double loss_db(const P530&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const P530&, const Link&, const PathGeometry&);

}  // namespace amaneku
