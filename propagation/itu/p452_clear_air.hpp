// The mechanisms of clear air that ITU-R P.452 and P.1812 share: what they need of a link.
#pragma once

#include <array>

#include "propagation/geometry.hpp"
#include "propagation/itu/p452_time.hpp"
#include "propagation/itu/p526_spherical_earth.hpp"

namespace amaneku::itu {

/// Specific attenuation by gases, dB/km; all 0 for a Recommendation without them.
struct ClearAirGases {
  /// Along the path, of which the share omega is over sea, eq. (9a): c[0] + omega (c[1] + omega c[2]).
  std::array<double, 3> path_db_km;
  double scatter_db_km;  ///< along the path of troposcatter, through drier air
};

/// A link in clear air. Frequency and percentages are held where all formulas are finite.
struct ClearAirLink {
  DiffractionLink median;
  DiffractionLink beta;  ///< three Earth radii
  double f_ghz;
  double log10_f;  ///< of GHz
  double cbrt_f;   ///< of GHz
  double p;        ///< percent of time
  double log10_p;
  double deviate_of_p;
  DuctingClimate climate;
  double scatter_db;  ///< troposcatter without distance, angle and gases
  double duct_db;     ///< fixed part of the coupling into ducts, eq. (47)
  ClearAirGases gases;
  bool scatter_above_free_space;  ///< P.452-18: troposcatter loses no less than free space
  bool angle_from_line;           ///< P.452-18 eq. (58): F_j of the terrain above the line, else of the path angle
};

/// The two Recommendations differ in rounding.
struct TroposcatterForm {
  double constant_db;
  double spread_db;
};
inline constexpr TroposcatterForm kTroposcatterP452 = {190.0, 10.1};
inline constexpr TroposcatterForm kTroposcatterP1812 = {190.1, 10.125};

/// Without gases; of section 4.3 (P.1812-6 section 4.4) as P.1812 has it. Beyond 50 percent, where the sources
/// end, the variation of troposcatter is continued with the other sign. `over_sea`: see diffraction_link.
[[nodiscard]] ClearAirLink clear_air_link(const Link& link, double time_percent, const TroposcatterForm& form,
                                          bool over_sea) noexcept;

/// L_c of P.452-18 eq. (45b). `gains_dbi`: sum of both antenna gains towards their horizons.
[[nodiscard]] double coupling_loss_db(double gains_dbi) noexcept;

/// -5 log10(10^(-0.2 a) + 10^(-0.2 b)), P.452-18 eq. (63).
[[nodiscard]] double power_sum_of_losses_db(double a_db, double b_db) noexcept;

}  // namespace amaneku::itu
