// Roads with powers that are written down, not computed.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "libsim/mobility/prepared_route.hpp"

namespace amaneku::test {

inline constexpr double kNoCell = std::numeric_limits<double>::quiet_NaN();

/// A route whose cells, all of one channel and each on a site of its own, have the powers of a function of the
/// place; durations of 0.1 s and 0.05 s, no shadows, nobody else on the air.
struct RoadSpec {
  double length_m = 1000.0;
  double step_m = 1.0;
  double speed_m_s = 20.0;
  int cells = 2;
  double load = 0.0;
};
using PowerOf = std::function<double(int cell, double at_m)>;

inline mobility::RouteInput road(const RoadSpec& spec, const PowerOf& power_dbm) {
  mobility::RouteInput out;
  out.radio.step_m = spec.step_m;
  out.radio.channels = {{.freq_hz = 3.7e9}};
  out.radio.samples = static_cast<std::size_t>(std::lround(spec.length_m / spec.step_m)) + 1;
  for (int cell = 0; cell < spec.cells; ++cell)
    out.radio.cells.push_back({.site = cell, .channel = 0, .noise_dbm = -122.0, .load = spec.load});
  for (std::size_t i = 0; i < out.radio.samples; ++i) {
    for (int cell = 0; cell < spec.cells; ++cell)
      out.radio.rsrp_dbm.push_back(static_cast<float>(power_dbm(cell, spec.step_m * static_cast<double>(i))));
  }
  out.law = mobility::constant_speed(out.radio, spec.speed_m_s);
  out.interruptions = {mobility::constant_duration(0.1), mobility::constant_duration(0.05)};
  return out;
}

/// Masts every 1000 m beside the road, the first at 500 m, 38 dB per decade.
inline double mast_dbm(int mast, double at_m) {
  return -60.0 - 38.0 * std::log10(std::hypot(at_m - 500.0 - 1000.0 * mast, 60.0) / 60.0);
}

/// A road of masts with shadows.
inline mobility::RouteInput shadowed_road(double length_m, double sigma_db, double speed_m_s = 20.0) {
  mobility::RouteInput out = road(
      {.length_m = length_m, .speed_m_s = speed_m_s, .cells = static_cast<int>(length_m / 1000.0), .load = 0.5},
      mast_dbm);
  out.shadow = {.sigma_db = {static_cast<float>(sigma_db)}, .decorrelation_m = 50.0};
  return out;
}

}  // namespace amaneku::test
