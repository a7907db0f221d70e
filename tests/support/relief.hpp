// Invented terrain for tests: the shapes on which profile algorithms go wrong.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "terrain/raster.hpp"

namespace amaneku::test {

/// SplitMix64: the same numbers everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  /// Uniform in [low, high).
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(next() >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t state_;
};

inline const std::vector<std::string>& relief_kinds() {
  static const std::vector<std::string> kinds{"random",   "flat",   "rolling", "quantised",
                                              "terraced", "spiked", "coastal"};
  return kinds;
}

/// n heights along a line, in metres; `kind` is one of relief_kinds().
inline std::vector<double> relief_line(const std::string& kind, std::size_t n, Random& random) {
  std::vector<double> h(n, 120.0);
  const double phase = random.between(0.0, 6.28);
  const double wave = random.between(20.0, 120.0);
  const double height = random.between(20.0, 600.0);
  for (std::size_t i = 0; i < n; ++i) {
    const double x = static_cast<double>(i);
    const double rolling = height * (1.0 + std::sin(x / wave + phase) + 0.3 * std::sin(x / (0.31 * wave)));
    if (kind == "random") h[i] = random.between(0.0, height);
    if (kind == "rolling") h[i] = rolling;
    if (kind == "quantised") h[i] = std::floor(rolling);
    if (kind == "terraced") h[i] = 25.0 * std::floor(rolling / 25.0);
    if (kind == "spiked") h[i] = random.between(0.0, 1.0) < 0.02 ? random.between(0.0, 900.0) : 10.0;
    if (kind == "coastal") h[i] = std::fmax(0.0, rolling - height);
  }
  return h;
}

/// A square of rolling hills with ridges, nx x nx cells.
inline Raster<float> relief_square(int nx, double cell_m, std::uint64_t seed) {
  Random random(seed);
  Raster<float> ground(Grid{.west_m = 1000.0, .north_m = 50'000.0, .cell_m = cell_m, .nx = nx, .ny = nx}, 0.0F);
  const double a = random.between(6.0, 14.0);
  const double b = random.between(15.0, 30.0);
  const double phase = random.between(0.0, 6.28);
  for (int iy = 0; iy < nx; ++iy) {
    for (int ix = 0; ix < nx; ++ix) {
      const double x = ix / b;
      const double y = iy / a;
      const double h = 300.0 + 120.0 * std::sin(x + phase) * std::cos(0.7 * y) +
                       80.0 * std::fabs(std::sin(0.37 * x + 0.53 * y)) + 9.0 * std::sin(2.9 * x - 3.1 * y);
      ground.at(ix, iy) = static_cast<float>(h);
    }
  }
  return ground;
}

}  // namespace amaneku::test
