// Reproducible numbers: the same from every compiler and library, whatever the order in which they are drawn.
#pragma once

#include <cstdint>

namespace amaneku::scenarios::demo {

/// What a number is drawn for: each purpose has its own stream, so that a change of one leaves the others alone.
enum class Stream : std::uint64_t { relief, settlement, name };

/// Scrambles 64 bits (the finaliser of SplitMix64, Steele et al. 2014).
[[nodiscard]] std::uint64_t scramble(std::uint64_t bits) noexcept;

/// SplitMix64.
class Random {
 public:
  explicit Random(std::uint64_t state) noexcept : state_(state) {}
  [[nodiscard]] std::uint64_t bits() noexcept;
  [[nodiscard]] double uniform() noexcept;  ///< in [0, 1)
  [[nodiscard]] double uniform(double low, double high) noexcept { return low + (high - low) * uniform(); }
  [[nodiscard]] int below(int n) noexcept;  ///< in 0..n-1, n >= 1

 private:
  std::uint64_t state_;
};

/// The generator of one entity for one purpose.
[[nodiscard]] Random rng(std::uint64_t seed, std::uint64_t entity_id, Stream stream) noexcept;

/// Gradient noise on the unit lattice (Perlin 2002), about -0.7..0.7, zero at lattice points.
[[nodiscard]] double gradient_noise(std::uint64_t seed, double x, double y) noexcept;

/// Sum of `octaves` of gradient noise, each of twice the frequency and half the amplitude; about -1..1.
[[nodiscard]] double fractal_noise(std::uint64_t seed, double x, double y, int octaves) noexcept;

/// Ridged multifractal (Musgrave 1994), 0..1: high along sharp crests.
[[nodiscard]] double ridged_noise(std::uint64_t seed, double x, double y, int octaves) noexcept;

}  // namespace amaneku::scenarios::demo
