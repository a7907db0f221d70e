// ITU-R P.838-3: specific attenuation by rain.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku::itu {

/// Rain of rate R (mm/h) attenuates by k R^alpha, dB/km.
struct RainLaw {
  double k;
  double alpha;
  /// 0 without rain.
  [[nodiscard]] double specific_db_km(double rain_rate_mm_h) const noexcept;
};

/// Eqs. (2), (3): the laws for horizontal and vertical polarization, which depend on the frequency alone.
struct RainLaws {
  RainLaw horizontal;
  RainLaw vertical;
};

/// 1 .. 1000 GHz. Finite for any finite frequency.
[[nodiscard]] RainLaws rain_laws(double freq_hz) noexcept;

/// How the wave meets the drops: elevation of the path, and tilt of the polarization against the horizon (45
/// degrees for circular).
struct RainAspect {
  double elevation_deg = 0.0;
  double tilt_deg = 0.0;
};

/// Eqs. (4), (5).
[[nodiscard]] RainLaw rain_law(const RainLaws& laws, const RainAspect& aspect) noexcept;
/// The same for the polarization of the link and the elevation of the path.
[[nodiscard]] RainLaw rain_law(const RainLaws& laws, const Link& link, const PathGeometry& path) noexcept;

/// ITU-R P.530-18 section 2.4.1 eq. (33): rain does not fall with its full rate all along the path. `distance_m`:
/// length of the path; `law` and `rain_rate_mm_h`: for the rate exceeded for 0.01 % of the year.
struct DistanceFactor {
  double uncapped;  ///< as the equation gives it; 1e6 where that is more or has no positive value
  double capped;    ///< at most 2.5, as the text asks
};
[[nodiscard]] DistanceFactor rain_distance_factor(double freq_hz, double distance_m, const RainLaw& law,
                                                  double rain_rate_mm_h) noexcept;

}  // namespace amaneku::itu

namespace amaneku {

/// ITU-R P.838 rain along the path.
struct P838 {
  enum class PathLength : std::uint8_t { whole, effective };
  enum class Precipitation : std::uint8_t { rain, melting_layer };
  double rain_rate_mm_h = 30.0;
  double rain_height_asl_m = 4000.0;  ///< melting_layer: of the 0 degC isotherm and a little more, P.839
  PathLength path_length = PathLength::whole;
  Precipitation precipitation = Precipitation::rain;

  static constexpr std::string_view id = "p838";
  static constexpr std::string_view title = "Rain and wet snow";
  static constexpr std::string_view source = "ITU-R P.838-3; ITU-R P.530-18, sections 2.4.1 and 2.4.2.4";
  static constexpr Role role = Role::added;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{1e9, 1e12}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static const std::array<Field<P838>, 2> fields;
  static const std::array<Choice<P838>, 2> choices;
  static constexpr std::array<std::string_view, 0> notes{};
};

/// P838 with what depends on the frequency alone.
struct PreparedP838 {
  P838 model;
  itu::RainLaws laws;
};

[[nodiscard]] PreparedP838 prepared(const P838&, const Link&) noexcept;
[[nodiscard]] double loss_db(const PreparedP838&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const P838&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const P838&, const Link&, const PathGeometry&);

}  // namespace amaneku
