// 3GPP TR 38.901 clause 7.4.1: the two losses of a link, with and without line of sight. All scenarios are
// straight lines in log10(d3D); what depends on the ends alone is a set of coefficients, made once for many
// distances.
#pragma once

#include <cstdint>

#include "propagation/threegpp/los_state.hpp"

namespace amaneku::threegpp {

enum class Scenario : std::uint8_t {
  uma,
  umi,
  rma,
  sma,
  inh_mixed_office,
  inh_open_office,
  inf_sl,
  inf_dl,
  inf_sh,
  inf_dh
};

/// The NLOS formula of Table 7.4.1-1. `optional`: one straight line; UMa, UMi and InH have it, the others do not.
enum class NlosFormula : std::uint8_t { standard, optional };

/// What stands around the ends. RMa and SMa use the buildings, InF the clutter, SMa the vegetation.
struct Surroundings {
  double average_building_height_m;  ///< h
  double street_width_m;             ///< W
  double clutter_density;            ///< r, 0 .. 1
  double clutter_size_m;             ///< d_clutter
  double clutter_height_m;           ///< h_c
  double vegetation_density;         ///< r_vegetation, 0 .. 1
};

/// Typical of a scenario: h and W of Table 7.4.1-1, clutter of Table 7.8-7, no vegetation.
[[nodiscard]] Surroundings typical_surroundings(Scenario scenario) noexcept;

/// The ends in the units of the report, held to sizes that can be computed.
struct Ends {
  double f_ghz;
  double base_agl_m;  ///< h_BS
  double user_agl_m;  ///< h_UT
};

/// Loss, dB: at_1m + per_decade * log10(d3D / m).
struct Line {
  double at_1m_db;
  double per_decade_db;
  [[nodiscard]] double at(double log_d3d) const noexcept { return at_1m_db + per_decade_db * log_d3d; }
};

struct PathLossCurves {
  Line los;
  double los_per_m_db;  ///< times d3D, up to the breakpoint
  double breakpoint_m;  ///< compared with d2D; infinite where there is none
  Line los_beyond;
  double beyond_span_db;  ///< times -log10(breakpoint^2 + (h_BS - h_UT)^2), beyond the breakpoint
  Line nlos;
  Line nlos_least;      ///< the NLOS loss is not below this line
  bool nlos_least_los;  ///< ... nor below the LOS loss
};

[[nodiscard]] PathLossCurves pathloss_curves(Scenario scenario, NlosFormula formula, const Ends& ends,
                                             const Surroundings& surroundings) noexcept;

/// Losses in dB. `rise_m`: difference of the antenna heights above sea level.
[[nodiscard]] ByState pathloss_db(const PathLossCurves& curves, double d2d_m, double rise_m) noexcept;

/// Standard deviation of the shadow fading, dB, Table 7.4.1-1.
[[nodiscard]] ByState shadow_fading_db(Scenario scenario, NlosFormula formula, bool beyond_breakpoint) noexcept;

}  // namespace amaneku::threegpp
