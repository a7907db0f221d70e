#include "bench/national/noise_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "scenarios/demo/random.hpp"

namespace amaneku::bench {
namespace {

using scenarios::demo::scramble;

/// Directions of the gradients: enough of them that no grain of the lattice shows.
struct Compass {
  static constexpr std::size_t kPoints = 64;
  std::array<float, kPoints> x{};
  std::array<float, kPoints> y{};
  Compass() {
    for (std::size_t i = 0; i < kPoints; ++i) {
      const double angle = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(kPoints);
      x[i] = static_cast<float>(std::cos(angle));
      y[i] = static_cast<float>(std::sin(angle));
    }
  }
};

float fade(float t) noexcept {
  return t * t * t * (t * (t * 6.0F - 15.0F) + 10.0F);
}

float mix(float a, float b, float share) noexcept {
  return a + (b - a) * share;
}

}  // namespace

LatticeColumns::LatticeColumns(double origin_m, double spacing_m, const Grid& grid) {
  for (int ix = 0; ix < grid.nx; ++ix) {
    const double position = (grid.centre(ix, 0).x_m - origin_m) / spacing_m;
    const double west = std::floor(position);
    node.push_back(static_cast<std::int64_t>(west));
    beyond.push_back(static_cast<float>(position - west));
  }
}

NoiseRows::NoiseRows(std::uint64_t seed, double wavelength_m, const Grid& grid)
    : seed_(seed),
      wavelength_m_(wavelength_m),
      origin_m_(wavelength_m * scenarios::demo::Random(seed).uniform()),
      grid_(grid),
      columns_(origin_m_, wavelength_m, grid) {
  value_.resize(columns_.node.size());
  for (const float t : columns_.beyond) fade_.push_back(fade(t));
  for (std::size_t ix = 0; ix < columns_.node.size(); ++ix) {
    if (ix == 0 || columns_.node[ix] != columns_.node[ix - 1]) runs_.push_back(ix);
  }
  runs_.push_back(columns_.node.size());
}

void NoiseRows::draw(Gradients& gradients, std::int64_t node_row) const {
  static const Compass compass;
  constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL;
  gradients.node_row = node_row;
  gradients.x.clear();
  gradients.y.clear();
  for (std::int64_t node = columns_.node.front(); node <= columns_.node.back() + 1; ++node) {
    const std::uint64_t place = static_cast<std::uint64_t>(node) * kGolden + static_cast<std::uint64_t>(node_row);
    const std::size_t point = scramble(seed_ ^ scramble(place)) % Compass::kPoints;
    gradients.x.push_back(compass.x[point]);
    gradients.y.push_back(compass.y[point]);
  }
}

std::span<const float> NoiseRows::row(int iy) {
  const double position = (grid_.centre(0, iy).y_m - origin_m_) / wavelength_m_;
  const auto node_row = static_cast<std::int64_t>(std::floor(position));
  if (north_.node_row == node_row) std::swap(south_, north_);
  if (south_.node_row == node_row + 1) std::swap(south_, north_);
  if (south_.node_row != node_row) draw(south_, node_row);
  if (north_.node_row != node_row + 1) draw(north_, node_row + 1);

  const auto y = static_cast<float>(position - std::floor(position));
  const float v = fade(y);
  constexpr float kToUnit = std::numbers::sqrt2_v<float>;  // the noise of unit gradients is sqrt(1/2) at most
  // Between two nodes of this row the four corners are two lines in x, faded into each other.
  for (std::size_t run = 0; run + 1 < runs_.size(); ++run) {
    const auto west = static_cast<std::size_t>(columns_.node[runs_[run]] - columns_.node.front());
    const float west_slope = kToUnit * mix(south_.x[west], north_.x[west], v);
    const float east_slope = kToUnit * mix(south_.x[west + 1], north_.x[west + 1], v);
    const float west_value = kToUnit * mix(south_.y[west] * y, north_.y[west] * (y - 1.0F), v);
    const float east_value =
        kToUnit * mix(south_.y[west + 1] * y, north_.y[west + 1] * (y - 1.0F), v) - east_slope;
    for (std::size_t ix = runs_[run]; ix < runs_[run + 1]; ++ix) {
      const float x = columns_.beyond[ix];
      value_[ix] = mix(west_value + west_slope * x, east_value + east_slope * x, fade_[ix]);
    }
  }
  return value_;
}

LatticeRows::LatticeRows(const Raster<float>& lattice, const Grid& grid)
    : lattice_(lattice), grid_(grid), columns_(lattice.grid.centre(0, 0).x_m, lattice.grid.cell_m, grid) {
  node_row_.resize(static_cast<std::size_t>(lattice.grid.nx));
  value_.resize(columns_.node.size());
}

std::span<const float> LatticeRows::row(int iy) {
  const Grid& coarse = lattice_.grid;
  const double position = std::clamp(coarse.row(grid_.centre(0, iy).y_m), 0.0, coarse.ny - 1.0);
  const int north = std::min(static_cast<int>(position), coarse.ny - 2);
  const auto share = static_cast<float>(position - north);
  const auto upper = lattice_.row(north);
  const auto lower = lattice_.row(north + 1);
  const std::int64_t last = coarse.nx - 2;
  const auto from = static_cast<std::size_t>(std::clamp<std::int64_t>(columns_.node.front(), 0, last));
  const auto to = static_cast<std::size_t>(std::clamp<std::int64_t>(columns_.node.back(), 0, last)) + 1;
  for (std::size_t node = from; node <= to; ++node) node_row_[node] = mix(upper[node], lower[node], share);
  for (std::size_t ix = 0; ix < value_.size(); ++ix) {
    const std::int64_t node = columns_.node[ix];
    const auto west = static_cast<std::size_t>(std::clamp<std::int64_t>(node, 0, last));
    const float beyond = node < 0 ? 0.0F : node > last ? 1.0F : columns_.beyond[ix];
    value_[ix] = mix(node_row_[west], node_row_[west + 1], beyond);
  }
  return value_;
}

}  // namespace amaneku::bench
