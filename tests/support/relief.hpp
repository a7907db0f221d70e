// Invented terrain for tests: the shapes on which profile algorithms go wrong.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "terrain/raster/profile.hpp"
#include "terrain/raster/raster.hpp"

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

/// nx x ny cells of one of relief_kinds(), the same everywhere for the same seed.
inline Raster<float> relief_grid(const std::string& kind, Grid grid, std::uint64_t seed) {
  Random random(seed);
  Raster<float> ground(grid, 120.0F);
  const double phase = random.between(0.0, 6.28);
  const double wave = random.between(12.0, 30.0);
  const double height = random.between(60.0, 200.0);
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const double along = (0.8 * ix + 0.6 * iy) / wave;
      const double across = (0.8 * iy - 0.6 * ix) / wave;
      const double rolling = height * (1.0 + std::sin(along + phase) * std::cos(0.6 * across) +
                                       0.3 * std::sin(2.7 * across + 1.9 * along));
      double h = 120.0;
      if (kind == "random") h = random.between(0.0, height);
      if (kind == "rolling") h = rolling;
      if (kind == "quantised") h = std::floor(rolling);
      if (kind == "terraced") h = 25.0 * std::floor(rolling / 25.0);
      if (kind == "spiked") h = random.between(0.0, 1.0) < 0.02 ? random.between(0.0, 900.0) : 10.0;
      if (kind == "coastal") h = std::fmax(0.0, rolling - height);
      ground.at(ix, iy) = static_cast<float>(h);
    }
  }
  return ground;
}

/// Sea where the ground lies at 0 m or below, coast up to 100 m (ITU-R P.1812-7 Table 2), else inland.
inline Raster<Zone> zones_of(const Raster<float>& ground) {
  Raster<Zone> zone(ground.grid, Zone::inland);
  for (std::size_t i = 0; i < ground.values.size(); ++i) {
    if (ground.values[i] < 100.0F) zone.values[i] = ground.values[i] <= 0.0F ? Zone::sea : Zone::coast;
  }
  return zone;
}

/// Clutter of 10 m in patches of seven by five cells, two in five of them, where the ground lies above the sea and
/// below `top_asl_m`.
inline Raster<float> patchy_clutter(const Raster<float>& ground, double top_asl_m) {
  Raster<float> clutter(ground.grid, 0.0F);
  for (int iy = 0; iy < ground.grid.ny; ++iy) {
    for (int ix = 0; ix < ground.grid.nx; ++ix) {
      const float h = ground.at(ix, iy);
      const auto patch = static_cast<std::uint64_t>(iy / 5) << 32U | static_cast<std::uint64_t>(ix / 7);
      const bool covered = Random(patch).between(0.0, 1.0) < 0.4;
      if (covered && h > 0.0F && static_cast<double>(h) < top_asl_m) clutter.at(ix, iy) = 10.0F;
    }
  }
  return clutter;
}

}  // namespace amaneku::test
