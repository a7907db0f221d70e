// ITU-R P.1411-12: short outdoor paths in towns and suburbs, as a model. The formulas are in p1411_*.hpp, one file
// a section.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/itu/p1411_site_general.hpp"
#include "propagation/model.hpp"

namespace amaneku {

/// ITU-R P.1411-12. `situation` is the parameter "case".
struct P1411 {
  enum class Case : std::uint8_t {
    street_canyon,             ///< 4.1.1 site-general, both stations below the roofs
    over_rooftops,             ///< 4.2.1 site-general, one station above the roofs
    street_level,              ///< 4.3.1 site-general, terminals near street level
    canyon_los_uhf,            ///< 4.1.2
    canyon_los_shf,            ///< 4.1.2
    canyon_los_ehf,            ///< 4.1.2
    corner_uhf,                ///< 4.1.3.1
    corner_shf,                ///< 4.1.3.2
    rooftops_urban,            ///< 4.2.2.1
    rooftops_suburban,         ///< 4.2.2.2
    street_level_urban,        ///< 4.3.2
    street_level_residential,  ///< 4.3.3
  };
  enum class LineOfSight : std::uint8_t { terrain, los, nlos };
  enum class Variability : std::uint8_t { median, location_percent };
  enum class Bound : std::uint8_t { median, lower, upper };
  enum class LegsFrom : std::uint8_t { path, given };
  enum class CornerShape : std::uint8_t { wedge, chamfered };

  Case situation = Case::street_canyon;
  itu::P1411Environment environment = itu::P1411Environment::urban_high_rise;
  LineOfSight line_of_sight = LineOfSight::terrain;  ///< street_canyon, over_rooftops
  Variability variability = Variability::median;     ///< street_canyon, over_rooftops
  double location_percent = 50.0;                    ///< those two, and street_level
  double transition_width_m = 20.0;                  ///< street_level

  Bound bound = Bound::median;  ///< canyon_los_uhf, canyon_los_shf
  double road_height_m = 0.5;   ///< canyon_los_shf, corner_shf, street_level_urban: with the traffic on it
  double loss_exponent = 2.1;   ///< canyon_los_ehf, corner_shf from 10 GHz on; with the air:
  double pressure_hpa = 1013.25;
  double temperature_c = 15.0;
  double water_vapour_g_m3 = 7.5;

  LegsFrom legs_from = LegsFrom::path;  ///< corner_*, street_level_urban, street_level_residential
  double leg1_m = 100.0;
  double leg2_m = 0.0;
  double leg3_m = 0.0;
  double corner_angle_deg = 90.0;  ///< corner_uhf, street_level_residential; 180: straight on
  CornerShape corner_shape = CornerShape::wedge;
  double street_1_width_m = 20.0;  ///< corner_*: the street before the corner
  double street_width_m = 20.0;    ///< the street of the lower station, or behind the corner

  double building_height_m = 15.0;      ///< rooftops_*, street_level_residential
  double building_separation_m = 40.0;  ///< rooftops_urban
  double built_up_share = 1.0;          ///< rooftops_urban: of the path
  double street_orientation_deg = 90.0;
  double building_distance_m = 10.0;         ///< street_level_residential: from a terminal to the nearest house
  double building_density_per_km2 = 2000.0;  ///< street_level_residential

  static constexpr std::string_view id = "p1411";
  static constexpr std::string_view title = "Short outdoor paths in built-up areas";
  static constexpr std::string_view source = "ITU-R P.1411-12, section 4";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{300e6, 100e9}, {0.0, 5000.0}, kAnyHeight, kAnyHeight};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<P1411>, 19> fields;
  static const std::array<Choice<P1411>, 7> choices;
};

/// The model with the attenuation by gases, which only the cases above 10 GHz look at.
struct PreparedP1411 {
  P1411 model;
  double gas_db_km;
};

[[nodiscard]] PreparedP1411 prepared(const P1411&, const Link&) noexcept;
[[nodiscard]] double loss_db(const PreparedP1411&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const P1411&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const P1411&, const Link&, const PathGeometry&);

}  // namespace amaneku
