#include "scenarios/demo/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace amaneku::scenarios::demo {

namespace {

constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL;

double lattice_gradient(std::uint64_t seed, std::int64_t ix, std::int64_t iy,
                        std::array<double, 2> offset) noexcept {
  const std::uint64_t bits =
      scramble(seed ^ scramble(static_cast<std::uint64_t>(ix) * kGolden + static_cast<std::uint64_t>(iy)));
  constexpr double kDiagonal = 0.70710678118654752;
  constexpr std::array<std::array<double, 2>, 8> kDirections = {{{1, 0},
                                                                 {0, 1},
                                                                 {-1, 0},
                                                                 {0, -1},
                                                                 {kDiagonal, kDiagonal},
                                                                 {-kDiagonal, kDiagonal},
                                                                 {kDiagonal, -kDiagonal},
                                                                 {-kDiagonal, -kDiagonal}}};
  const auto& direction = kDirections[bits >> 61U];
  return direction[0] * offset[0] + direction[1] * offset[1];
}

double fade(double t) noexcept {
  return t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
}

}  // namespace

std::uint64_t scramble(std::uint64_t bits) noexcept {
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebULL;
  return bits ^ (bits >> 31U);
}

std::uint64_t Random::bits() noexcept {
  state_ += kGolden;
  return scramble(state_);
}

double Random::uniform() noexcept {
  return static_cast<double>(bits() >> 11U) * 0x1.0p-53;
}

int Random::below(int n) noexcept {
  return std::min(n - 1, static_cast<int>(uniform() * n));
}

Random rng(std::uint64_t seed, std::uint64_t entity_id, Stream stream) noexcept {
  return Random(scramble(scramble(scramble(seed + kGolden) ^ entity_id) ^ static_cast<std::uint64_t>(stream)));
}

double gradient_noise(std::uint64_t seed, double x, double y) noexcept {
  const double floor_x = std::floor(x);
  const double floor_y = std::floor(y);
  const auto ix = static_cast<std::int64_t>(floor_x);
  const auto iy = static_cast<std::int64_t>(floor_y);
  const double fx = x - floor_x;
  const double fy = y - floor_y;
  const double u = fade(fx);
  const double v = fade(fy);
  const double south =
      std::lerp(lattice_gradient(seed, ix, iy, {fx, fy}), lattice_gradient(seed, ix + 1, iy, {fx - 1.0, fy}), u);
  const double north = std::lerp(lattice_gradient(seed, ix, iy + 1, {fx, fy - 1.0}),
                                 lattice_gradient(seed, ix + 1, iy + 1, {fx - 1.0, fy - 1.0}), u);
  return std::lerp(south, north, v);
}

double fractal_noise(std::uint64_t seed, double x, double y, int octaves) noexcept {
  double sum = 0.0;
  double amplitude = 1.0;
  for (int octave = 0; octave < octaves; ++octave) {
    sum += amplitude * gradient_noise(scramble(seed + static_cast<std::uint64_t>(octave)), x, y);
    amplitude *= 0.5;
    x = 2.0 * x + 17.3;
    y = 2.0 * y - 9.1;
  }
  return sum;
}

double ridged_noise(std::uint64_t seed, double x, double y, int octaves) noexcept {
  double sum = 0.0;
  double weight = 1.0;
  double amplitude = 0.5;
  for (int octave = 0; octave < octaves; ++octave) {
    const double noise = gradient_noise(scramble(seed + static_cast<std::uint64_t>(octave)), x, y);
    const double crest = std::pow(std::max(0.0, 1.0 - 1.6 * std::abs(noise)), 2.0) * weight;
    sum += amplitude * crest;
    weight = std::clamp(1.6 * crest, 0.0, 1.0);
    amplitude *= 0.5;
    x = 2.0 * x + 5.7;
    y = 2.0 * y + 11.9;
  }
  return sum;
}

}  // namespace amaneku::scenarios::demo
