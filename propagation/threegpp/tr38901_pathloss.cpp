#include "propagation/threegpp/tr38901_pathloss.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "propagation/bounded.hpp"

namespace amaneku::threegpp {
namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();
constexpr double kReportSpeedOfLight_m_s = 3.0e8;  // NOTES 1 and 5 state this value
constexpr Line kNoLine = {-1e300, 0.0};

// NOTE 1. The height of the surroundings that reflect is 1 m: certain up to h_UT = 13 m, most likely above.
double urban_breakpoint_m(const Ends& ends) noexcept {
  constexpr double kEnvironment_m = 1.0;  // h_E
  const double base_m = std::max(0.0, ends.base_agl_m - kEnvironment_m);
  const double user_m = std::max(0.0, ends.user_agl_m - kEnvironment_m);
  return 4.0 * base_m * user_m * ends.f_ghz * 1e9 / kReportSpeedOfLight_m_s;
}

PathLossCurves urban(const Ends& ends, const Line& near, double far_at_1m_db, double span_db) noexcept {
  return {.los = near,
          .los_per_m_db = 0.0,
          .breakpoint_m = urban_breakpoint_m(ends),
          .los_beyond = {far_at_1m_db, 40.0},
          .beyond_span_db = span_db,
          .nlos = kNoLine,
          .nlos_least = kNoLine,
          .nlos_least_los = true};
}

PathLossCurves single_slope(const Line& los, const Line& nlos) noexcept {
  return {.los = los,
          .los_per_m_db = 0.0,
          .breakpoint_m = kNone,
          .los_beyond = kNoLine,
          .beyond_span_db = 0.0,
          .nlos = nlos,
          .nlos_least = kNoLine,
          .nlos_least_los = true};
}

PathLossCurves uma(NlosFormula formula, const Ends& ends, double log_f) noexcept {
  PathLossCurves out = urban(ends, {28.0 + 20.0 * log_f, 22.0}, 28.0 + 20.0 * log_f, 9.0);
  out.nlos = {13.54 + 20.0 * log_f - 0.6 * (ends.user_agl_m - 1.5), 39.08};
  if (formula == NlosFormula::optional) {
    out.nlos = {32.4 + 20.0 * log_f, 30.0};
    out.nlos_least_los = false;
  }
  return out;
}

PathLossCurves umi(NlosFormula formula, const Ends& ends, double log_f) noexcept {
  PathLossCurves out = urban(ends, {32.4 + 20.0 * log_f, 21.0}, 32.4 + 20.0 * log_f, 9.5);
  out.nlos = {22.4 + 21.3 * log_f - 0.3 * (ends.user_agl_m - 1.5), 35.3};
  if (formula == NlosFormula::optional) {
    out.nlos = {32.4 + 20.0 * log_f, 31.9};
    out.nlos_least_los = false;
  }
  return out;
}

/// Logarithms that the losses over roofs share.
struct RoofLogs {
  double f_ghz;
  double base_agl_m;
  double user_agl_m;
  double building_m;  ///< h
};

// PL' of RMa, PL of SMa.
Line over_roofs(const Ends& ends, const Surroundings& around, const RoofLogs& log) noexcept {
  const double height_ratio = around.average_building_height_m / ends.base_agl_m;
  const double user = std::log10(11.75) + log.user_agl_m;
  const double per_decade_db = 43.42 - 3.1 * log.base_agl_m;
  const double at_1km_db = 161.04 - 7.1 * std::log10(around.street_width_m) + 7.5 * log.building_m -
                           (24.37 - 3.7 * height_ratio * height_ratio) * log.base_agl_m + 20.0 * log.f_ghz -
                           (3.2 * user * user - 4.97);
  return {at_1km_db - 3.0 * per_decade_db, per_decade_db};
}

PathLossCurves rural(const Ends& ends, const Surroundings& around, double log_f, bool nlos_least_los) noexcept {
  const RoofLogs log = {log_f, std::log10(ends.base_agl_m), std::log10(ends.user_agl_m),
                        std::log10(around.average_building_height_m)};
  const double h_power = std::exp(1.72 * std::numbers::ln10 * log.building_m);  // h^1.72
  const double free_db = 20.0 * std::log10(40.0 * std::numbers::pi / 3.0) + 20.0 * log_f;
  PathLossCurves out{};
  out.los = {free_db - std::min(0.044 * h_power, 14.77), 20.0 + std::min(0.03 * h_power, 10.0)};
  out.los_per_m_db = 0.002 * log.building_m;
  // NOTE 5, and its logarithm from those of the factors.
  constexpr double kPerWavelength = 2.0 * std::numbers::pi * 1e9 / kReportSpeedOfLight_m_s;
  out.breakpoint_m = kPerWavelength * ends.base_agl_m * ends.user_agl_m * ends.f_ghz;
  const double log_bp = std::log10(kPerWavelength) + log.base_agl_m + log.user_agl_m + log_f;
  // PL2 goes on from PL1 at d3D = d_BP.
  const double at_bp_db = out.los.at(log_bp) + out.los_per_m_db * out.breakpoint_m;
  out.los_beyond = {at_bp_db - 40.0 * log_bp, 40.0};
  out.nlos = over_roofs(ends, around, log);
  out.nlos_least = kNoLine;
  out.nlos_least_los = nlos_least_los;
  return out;
}

PathLossCurves inh(NlosFormula formula, double log_f) noexcept {
  const Line los = {32.4 + 20.0 * log_f, 17.3};
  if (formula == NlosFormula::optional) return single_slope(los, {32.4 + 20.0 * log_f, 31.9});
  return single_slope(los, {17.30 + 24.9 * log_f, 38.3});
}

PathLossCurves inf(Scenario scenario, double log_f) noexcept {
  const Line los = {31.84 + 19.0 * log_f, 21.5};
  const Line sparse_low = {33.0 + 20.0 * log_f, 25.5};
  switch (scenario) {
    case Scenario::inf_dl: {
      PathLossCurves out = single_slope(los, {18.6 + 20.0 * log_f, 35.7});
      out.nlos_least = sparse_low;
      return out;
    }
    case Scenario::inf_sh:
      return single_slope(los, {32.4 + 20.0 * log_f, 23.0});
    case Scenario::inf_dh:
      return single_slope(los, {33.63 + 20.0 * log_f, 21.9});
    default:
      return single_slope(los, sparse_low);
  }
}

}  // namespace

Surroundings typical_surroundings(Scenario scenario) noexcept {
  switch (scenario) {
    case Scenario::sma:
      return {10.0, 10.0, 0.2, 10.0, 2.0, 0.0};
    case Scenario::inf_dl:
    case Scenario::inf_dh:
      return {5.0, 20.0, 0.6, 2.0, 6.0, 0.0};
    default:
      return {5.0, 20.0, 0.2, 10.0, 2.0, 0.0};
  }
}

PathLossCurves pathloss_curves(Scenario scenario, NlosFormula formula, const Ends& ends,
                               const Surroundings& surroundings) noexcept {
  const double log_f = std::log10(ends.f_ghz);
  switch (scenario) {
    case Scenario::uma:
      return uma(formula, ends, log_f);
    case Scenario::umi:
      return umi(formula, ends, log_f);
    case Scenario::rma:
      return rural(ends, surroundings, log_f, true);
    case Scenario::sma:
      return rural(ends, surroundings, log_f, false);
    case Scenario::inh_mixed_office:
    case Scenario::inh_open_office:
      return inh(formula, log_f);
    default:
      return inf(scenario, log_f);
  }
}

ByState pathloss_db(const PathLossCurves& curves, double d2d_m, double rise_m) noexcept {
  const double d3d_m = std::sqrt(d2d_m * d2d_m + rise_m * rise_m);
  const double log_d3d = std::log10(d3d_m);
  double los_db = curves.los.at(log_d3d) + curves.los_per_m_db * d3d_m;
  if (d2d_m > curves.breakpoint_m) {
    los_db = curves.los_beyond.at(log_d3d);
    if (curves.beyond_span_db != 0.0) {
      const double span_m2 = curves.breakpoint_m * curves.breakpoint_m + rise_m * rise_m;
      los_db -= curves.beyond_span_db * std::log10(positive(span_m2));
    }
  }
  const double nlos_db = std::max(curves.nlos.at(log_d3d), curves.nlos_least.at(log_d3d));
  return {los_db, curves.nlos_least_los ? std::max(nlos_db, los_db) : nlos_db};
}

ByState shadow_fading_db(Scenario scenario, NlosFormula formula, bool beyond_breakpoint) noexcept {
  const bool optional = formula == NlosFormula::optional;
  switch (scenario) {
    case Scenario::uma:
      return {4.0, optional ? 7.8 : 6.0};
    case Scenario::umi:
      return {4.0, optional ? 8.2 : 7.82};
    case Scenario::rma:
    case Scenario::sma:
      return {beyond_breakpoint ? 6.0 : 4.0, 8.0};
    case Scenario::inh_mixed_office:
    case Scenario::inh_open_office:
      return {3.0, optional ? 8.29 : 8.03};
    case Scenario::inf_sl:
      return {4.3, 5.7};
    case Scenario::inf_dl:
      return {4.3, 7.2};
    case Scenario::inf_sh:
      return {4.3, 5.9};
    case Scenario::inf_dh:
      break;
  }
  return {4.3, 4.0};
}

}  // namespace amaneku::threegpp
