// Random models, links and profiles for the property tests: legal ones, borders, and what no planner would ask.
// The same seed gives the same input everywhere.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "propagation/models.hpp"
#include "tests/support/relief.hpp"

namespace amaneku::test {

/// How far the inputs go.
enum class Reach : std::uint8_t {
  beyond,  ///< legal values, borders and values far outside, up to 1e9
  absurd   ///< any finite number
};

/// Cases of a fuzz test, per model: AMANEKU_FUZZ_CASES, else what CI has time for.
inline std::uint64_t fuzz_cases() {
  const char* asked = std::getenv("AMANEKU_FUZZ_CASES");
  return asked != nullptr ? std::strtoull(asked, nullptr, 10) : 2000;
}

inline double pick(Random& random, const std::vector<double>& values) {
  return values[random.next() % values.size()];
}

/// 10^u with u uniform between the exponents.
inline double any_magnitude(Random& random, double low_exponent, double high_exponent) {
  return std::pow(10.0, random.between(low_exponent, high_exponent));
}

inline double any_sign(Random& random, double value) {
  return random.next() % 2 == 0 ? value : -value;
}

/// A value inside, on the border of or beyond a legal range.
inline double random_value(Random& random, const Range& range, double default_value, Reach reach) {
  const double low = std::isfinite(range.min) ? range.min : -1e6;
  const double high = std::isfinite(range.max) ? range.max : 1e6;
  const double width = high - low;
  switch (random.next() % (reach == Reach::absurd ? 12 : 10)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return random.between(low, high);
    case 4:
      return low;
    case 5:
      return high;
    case 6:
      return random.next() % 2 == 0 ? low - 0.01 * width : high + 0.01 * width;
    case 7:
      return any_sign(random, any_magnitude(random, -12.0, 9.0));
    case 8:
      return 0.0;
    case 9:
      return default_value;
    default:
      return any_sign(random, any_magnitude(random, -300.0, 300.0));
  }
}

inline std::vector<ParameterValue> random_parameters(const ModelInfo& info, Random& random, Reach reach) {
  std::vector<ParameterValue> values;
  for (const ModelParameter& parameter : info.parameters) {
    if (random.next() % 4 == 0) continue;  // the default
    if (parameter.choices.empty()) {
      values.push_back({parameter.name, random_value(random, parameter.range, parameter.default_value, reach)});
    } else {
      values.push_back({parameter.name, parameter.choices[random.next() % parameter.choices.size()]});
    }
  }
  return values;
}

inline double random_height_agl_m(Random& random) {
  switch (random.next() % 5) {
    case 0:
      return 0.0;
    case 1:
      return any_magnitude(random, -6.0, 5.0);
    case 2:
      return random.between(0.0, 10.0);
    default:
      return random.between(1.0, 300.0);
  }
}

inline Link random_link(Random& random, Reach reach) {
  Link link;
  link.freq_hz = any_magnitude(random, random.next() % 3 == 0 ? 0.0 : 7.5, random.next() % 3 == 0 ? 15.0 : 11.0);
  link.tx_agl_m = random_height_agl_m(random);
  link.rx_agl_m = random_height_agl_m(random);
  link.polarization = random.next() % 2 == 0 ? Polarization::horizontal : Polarization::vertical;
  if (random.next() % 3 == 0) link.effective_earth_radius_m = any_magnitude(random, 5.0, 10.0);
  if (random.next() % 3 == 0) link.n0 = random.between(-100.0, 1000.0);
  if (random.next() % 3 == 0) link.latitude_deg = random.between(-200.0, 200.0);
  if (reach == Reach::absurd) {
    if (random.next() % 3 == 0) link.effective_earth_radius_m = any_magnitude(random, -3.0, 300.0);
    if (random.next() % 3 == 0) link.freq_hz = any_magnitude(random, -30.0, 60.0);
    if (random.next() % 3 == 0) link.n0 = any_sign(random, any_magnitude(random, -300.0, 300.0));
    if (random.next() % 3 == 0) link.latitude_deg = any_sign(random, any_magnitude(random, -300.0, 300.0));
  }
  return link;
}

/// A link and a distance within the validity of a model and within what planners ask.
struct LegalLink {
  Link link;
  double distance_m;
};

/// Uniform in the logarithm between the limits, as far as they lie in the range.
inline double legal_value(Random& random, const Range& range, double low, double high) {
  const double from = std::clamp(low, range.min, range.max);
  const double to = std::clamp(high, range.min, range.max);
  return std::clamp(any_magnitude(random, std::log10(from), std::log10(to)), from, to);
}

inline LegalLink random_legal_link(Random& random, const Validity& legal) {
  LegalLink made;
  made.link.freq_hz = legal_value(random, legal.freq_hz, 1e8, 1e11);
  made.link.tx_agl_m = legal_value(random, legal.higher_agl_m, 10.0, 100.0);
  made.link.rx_agl_m = legal_value(random, legal.lower_agl_m, 1.0, 10.0);
  made.link.polarization = random.next() % 2 == 0 ? Polarization::horizontal : Polarization::vertical;
  made.distance_m = legal_value(random, legal.distance_m, 50.0, 1e5);
  return made;
}

/// Distances from 0: even, uneven or wildly uneven; at most 20,000 km.
inline std::vector<double> random_distances(Random& random, std::size_t n) {
  static const std::vector<double> kSpacings = {1e-3, 0.5, 10.0, 30.0, 90.0, 250.0, 1000.0, 30'000.0};
  const double spacing_m = std::min(pick(random, kSpacings), 2e7 / static_cast<double>(n));
  const std::uint64_t kind = random.next() % 3;
  std::vector<double> d = {0.0};
  while (d.size() < n) {
    const double stretch = kind == 0   ? 1.0
                           : kind == 1 ? random.between(0.5, 1.5)
                                       : any_magnitude(random, -3.0, 0.0);
    d.push_back(d.back() + stretch * spacing_m);
  }
  return d;
}

/// Heights: those of relief_kinds, and cliffs, holes, needles and plateaus between -12 and 100 km.
inline std::vector<double> random_heights(Random& random, std::size_t n) {
  const std::size_t kinds = relief_kinds().size();
  const std::uint64_t kind = random.next() % (kinds + 5);
  if (kind < kinds) return relief_line(relief_kinds()[kind], n, random);
  std::vector<double> h(n, 0.0);
  const double top = any_magnitude(random, 0.0, 5.0);
  const double base = pick(random, {0.0, -400.0, -12'000.0, 3000.0});
  for (std::size_t i = 0; i < n; ++i) {
    const bool second_half = 2 * i > n;
    if (kind == kinds) h[i] = base;                                     // level
    if (kind == kinds + 1) h[i] = second_half ? top : base;             // cliff
    if (kind == kinds + 2) h[i] = i == n / 2 ? top : base;              // needle
    if (kind == kinds + 3) h[i] = random.next() % 2 == 0 ? top : base;  // comb
    if (kind == kinds + 4) h[i] = i == 0 || i + 1 == n ? top : base;    // two towers of rock
  }
  return h;
}

inline Profile random_profile(Random& random) {
  static const std::vector<double> kLengths = {2, 2, 3, 3, 4, 5, 8, 13, 40, 40, 100, 100, 300};
  const auto n = static_cast<std::size_t>(pick(random, kLengths));
  Profile profile{.distance_m = random_distances(random, n), .ground_asl_m = random_heights(random, n)};
  if (random.next() % 3 == 0) {
    const double tallest_m = pick(random, {0.0, 5.0, 20.0, 60.0, 10'000.0});
    for (std::size_t i = 0; i < n; ++i) profile.clutter_m.push_back(random.between(0.0, tallest_m));
  }
  if (random.next() % 2 == 0) {
    static const std::vector<Zone> kZones = {Zone::sea, Zone::coast, Zone::inland};
    const std::uint64_t stretch = 1 + random.next() % 60;
    Zone zone = kZones[random.next() % 3];
    for (std::size_t i = 0; i < n; ++i) {
      if (random.next() % stretch == 0) zone = kZones[random.next() % 3];
      profile.zone.push_back(zone);
    }
  }
  return profile;
}

}  // namespace amaneku::test
