#include "bench/national/land.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>

#include "bench/national/noise_rows.hpp"
#include "libsim/parallel.hpp"
#include "scenarios/demo/random.hpp"

namespace amaneku::bench {
namespace {

using scenarios::demo::fractal_noise;
using scenarios::demo::scramble;

constexpr double kBox_m = 1'400'000.0;
constexpr double kArcRadius_m = 1'300'000.0;
constexpr Point kArcCentre{-190'000.0, 1'520'000.0};
/// Direction from the centre of the arc to its middle, counter-clockwise from east.
constexpr double kArcMiddle_rad = -42.0 * kDegToRad;

/// Spacing of the sketch, which holds what is wider than the widest octave of the detail.
constexpr double kSketchCell_m = 2000.0;
constexpr double kCalibrationCell_m = 1000.0;

/// What a field is drawn for.
enum class Field : std::uint64_t { outline, meander, relief, plains, coast, crests };

std::uint64_t seed_of(std::uint64_t seed, Field field) noexcept {
  return scramble(scramble(seed + 1) + static_cast<std::uint64_t>(field));
}

double smooth_step(double low, double high, double value) noexcept {
  const double t = std::clamp((value - low) / (high - low), 0.0, 1.0);
  return t * t * (3.0 - 2.0 * t);
}

float smooth_step(float low, float high, float value) noexcept {
  const float t = std::clamp((value - low) / (high - low), 0.0F, 1.0F);
  return t * t * (3.0F - 2.0F * t);
}

double bell(double distance_m, double width_m) noexcept {
  return std::exp(-(distance_m * distance_m) / (width_m * width_m));
}

/// Noise of -1 .. 1 whose widest waves are `wavelength_m` long.
double noise(std::uint64_t seed, Field field, Point at, double wavelength_m, int octaves) noexcept {
  return fractal_noise(seed_of(seed, field), at.x_m / wavelength_m, at.y_m / wavelength_m, octaves);
}

/// Higher is farther from the sea, in kilometres of a straight coast; which level is the coast is not yet decided.
double outline_km(std::uint64_t seed, Point at) noexcept {
  const ArcPosition p = arc_position(at);
  const double bent_m = p.outwards_m + 60e3 * noise(seed, Field::meander, at, 500e3, 2);
  const double from_end_m = std::min(p.along_m, kArcLength_m - p.along_m);
  double height_km = 150.0 - 8e-4 * std::fabs(bent_m) + 130.0 * noise(seed, Field::outline, at, 260e3, 5);
  // Straits between the main islands, aslant to the arc, and an inland sea beside the second of them.
  const double slanted_m = p.along_m + 0.35 * bent_m + 70e3 * noise(seed, Field::meander, at, 120e3, 4);
  for (const double strait : {0.16, 0.78}) height_km -= 230.0 * bell(slanted_m - strait * kArcLength_m, 26e3);
  height_km -= 190.0 * bell(slanted_m - 0.28 * kArcLength_m, 130e3) *
               bell(bent_m - 60e3 + 25e3 * noise(seed, Field::meander, at, 90e3, 2), 21e3);
  return height_km - 140.0 * (1.0 - smooth_step(0.0, 90e3, from_end_m)) + std::min(0.0, 4e-3 * from_end_m);
}

/// Height of the crests: a backbone with its alps, and plains without any.
double crests_m(std::uint64_t seed, Point at, double inland_km) noexcept {
  const ArcPosition p = arc_position(at);
  const double alps = bell(p.along_m - 0.55 * kArcLength_m, 130e3) * bell(p.outwards_m, 80e3);
  const double swell = smooth_step(-0.5, 0.6, noise(seed, Field::relief, at, 170e3, 3));
  const double plains = smooth_step(0.0, 0.22, noise(seed, Field::plains, at, 130e3, 4));
  const double backbone = (450.0 + 1150.0 * swell) * (1.0 - 0.985 * plains * (1.0 - alps));
  return smooth_step(-4.0, 55.0, inland_km) * (backbone + 2400.0 * alps);
}

/// A lattice over the box and one node beyond it on every side.
Raster<float> sketch(int threads, const std::function<double(Point)>& field) {
  const auto n = static_cast<int>(kBox_m / kSketchCell_m) + 2;
  const Grid grid{-kSketchCell_m, kBox_m + kSketchCell_m, kSketchCell_m, n, n};
  Raster<float> lattice(grid, 0.0F);
  parallel_for(static_cast<std::size_t>(n), threads, [&](std::size_t row) {
    const auto iy = static_cast<int>(row);
    for (int ix = 0; ix < n; ++ix) lattice.at(ix, iy) = static_cast<float>(field(grid.centre(ix, iy)));
  });
  return lattice;
}

/// Octaves of noise, each of about half the wavelength of the one before.
std::vector<NoiseRows> octaves_of(std::uint64_t seed, double widest_m, double narrowest_m, const Grid& grid) {
  constexpr double kRatio = 0.52;
  std::vector<NoiseRows> octaves;
  double wavelength_m = widest_m;
  while (wavelength_m > narrowest_m) {
    octaves.emplace_back(scramble(seed + octaves.size()), wavelength_m, grid);
    wavelength_m *= kRatio;
  }
  return octaves;
}

constexpr float kCoastDetail_km = 18.0F;  ///< no detail of the coast is larger

/// The distance to the coast with its bays and capes, kilometres.
class CoastRows {
 public:
  CoastRows(std::uint64_t seed, const Raster<float>& inland_km, const Grid& grid)
      : sketch_(inland_km, grid),
        octaves_(octaves_of(seed_of(seed, Field::coast), 20e3, 400.0, grid)),
        inland_km_(static_cast<std::size_t>(grid.nx)) {}

  /// Row iy; nothing where all of it is sea.
  [[nodiscard]] std::span<const float> row(int iy) {
    const std::span<const float> sketch = sketch_.row(iy);
    if (*std::max_element(sketch.begin(), sketch.end()) < -kCoastDetail_km) return {};
    std::copy(sketch.begin(), sketch.end(), inland_km_.begin());
    float amplitude_km = 0.48F * kCoastDetail_km;
    for (NoiseRows& octave : octaves_) {
      const std::span<const float> noise = octave.row(iy);
      for (std::size_t ix = 0; ix < inland_km_.size(); ++ix) inland_km_[ix] += amplitude_km * noise[ix];
      amplitude_km *= 0.52F;
    }
    return inland_km_;
  }

 private:
  LatticeRows sketch_;
  std::vector<NoiseRows> octaves_;
  std::vector<float> inland_km_;
};

/// Ridged multifractal (Musgrave 1994), 0 .. 1: rough on the crests, smooth in the valleys.
class CrestRows {
 public:
  CrestRows(std::uint64_t seed, const Grid& grid)
      : octaves_(octaves_of(seed_of(seed, Field::crests), 36e3, 220.0, grid)),
        sum_(static_cast<std::size_t>(grid.nx)),
        weight_(static_cast<std::size_t>(grid.nx)) {}

  [[nodiscard]] std::span<const float> row(int iy) {
    std::fill(sum_.begin(), sum_.end(), 0.0F);
    std::fill(weight_.begin(), weight_.end(), 1.0F);
    constexpr float kGain = 0.65F;
    float amplitude = 1.0F - kGain;  // the amplitudes of endless octaves add up to 1
    for (NoiseRows& octave : octaves_) {
      const std::span<const float> noise = octave.row(iy);
      for (std::size_t ix = 0; ix < sum_.size(); ++ix) {
        const float crest = 1.0F - std::fabs(noise[ix]);
        const float signal = crest * crest * weight_[ix];
        sum_[ix] += amplitude * signal;
        weight_[ix] = std::min(1.0F, 2.2F * signal);
      }
      amplitude *= kGain;
    }
    return sum_;
  }

 private:
  std::vector<NoiseRows> octaves_;
  std::vector<float> sum_;
  std::vector<float> weight_;
};

/// The level of the outline above which `land_km2` of the box lie.
float coast_level_km(std::uint64_t seed, const Raster<float>& outline, double land_km2, int threads) {
  const Grid grid = Land::box(kCalibrationCell_m);
  Raster<float> height_km(grid, -1e9F);
  constexpr int kBandRows = 50;
  parallel_for(static_cast<std::size_t>(grid.ny / kBandRows), threads, [&](std::size_t band) {
    CoastRows coast(seed, outline, grid);
    for (int iy = kBandRows * static_cast<int>(band); iy < kBandRows * (static_cast<int>(band) + 1); ++iy) {
      const std::span<const float> row = coast.row(iy);
      std::copy(row.begin(), row.end(), height_km.row(iy).begin());
    }
  });
  const double cell_km2 = 1e-6 * kCalibrationCell_m * kCalibrationCell_m;
  const auto level = height_km.values.begin() + static_cast<std::ptrdiff_t>(land_km2 / cell_km2);
  std::nth_element(height_km.values.begin(), level, height_km.values.end(), std::greater<>());
  return *level;
}

/// Land above the sea at a distance from the coast, by the crests around and the ridge itself.
float height_m(float inland_km, float crests_m, float ridge) noexcept {
  const float plain_m = 1.0F + std::min(60.0F, 2.0F * inland_km) * (0.5F + ridge);
  return plain_m + crests_m * smooth_step(0.0F, 5.0F, inland_km) * smooth_step(0.05F, 0.95F, ridge) * 1.1F;
}

}  // namespace

ArcPosition arc_position(Point at) noexcept {
  const double dx = at.x_m - kArcCentre.x_m;
  const double dy = at.y_m - kArcCentre.y_m;
  return {0.5 * kArcLength_m + kArcRadius_m * (std::atan2(dy, dx) - kArcMiddle_rad),
          std::hypot(dx, dy) - kArcRadius_m};
}

Land::Land(std::uint64_t seed, double land_km2, int threads)
    : seed_(seed), inland_km_(sketch(threads, [&](Point at) { return outline_km(seed, at); })) {
  const float level_km = coast_level_km(seed, inland_km_, land_km2, threads);
  for (float& value : inland_km_.values) value -= level_km;
  relief_m_ = sketch(
      threads, [&](Point at) { return crests_m(seed, at, static_cast<double>(sample_bilinear(inland_km_, at))); });
}

Grid Land::box(double cell_m) {
  const auto n = static_cast<int>(std::lround(kBox_m / cell_m));
  return {0.0, kBox_m, cell_m, n, n};
}

Ground Land::ground(const Grid& window, int threads) const {
  Ground ground{.ground_asl_m = Raster<float>(window, 0.0F), .zone = Raster<Zone>(window, Zone::sea)};
  constexpr int kBandRows = 100;
  parallel_for(static_cast<std::size_t>((window.ny + kBandRows - 1) / kBandRows), threads, [&](std::size_t band) {
    const int first = kBandRows * static_cast<int>(band);
    fill_rows(ground, first, std::min(window.ny, first + kBandRows));
  });
  return ground;
}

void Land::fill_rows(Ground& ground, int first, int end) const {
  const Grid& window = ground.ground_asl_m.grid;
  CoastRows coast(seed_, inland_km_, window);
  LatticeRows relief(relief_m_, window);
  CrestRows crests(seed_, window);
  for (int iy = first; iy < end; ++iy) {
    const std::span<const float> inland_km = coast.row(iy);
    if (inland_km.empty() || *std::max_element(inland_km.begin(), inland_km.end()) <= 0.0F) continue;
    const std::span<const float> crests_m = relief.row(iy);
    const std::span<const float> ridge = crests.row(iy);
    const std::span<float> out = ground.ground_asl_m.row(iy);
    const std::span<Zone> zone = ground.zone.row(iy);
    for (std::size_t ix = 0; ix < out.size(); ++ix) {
      if (inland_km[ix] <= 0.0F) continue;
      out[ix] = height_m(inland_km[ix], crests_m[ix], ridge[ix]);
      // ITU-R P.1812-7, 4.1: coastal land lies up to 100 m high and 50 km from the sea.
      zone[ix] = out[ix] <= 100.0F && inland_km[ix] <= 50.0F ? Zone::coast : Zone::inland;
    }
  }
}

}  // namespace amaneku::bench
