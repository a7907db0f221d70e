// Reproducible numbers: a stream of its own for each run, entity and purpose, so that neither the order in which
// runs are made nor the number of threads nor another entity changes one of them.
#pragma once

#include <cstdint>

namespace amaneku::mobility {

/// What a number is drawn for.
enum class Stream : std::uint64_t { shadow_common, shadow_site, measurement_error, durations, given_link };

/// Whose numbers.
struct StreamKey {
  std::uint64_t seed = 0;
  std::uint64_t run = 0;
  std::uint64_t entity = 0;  ///< site, cell or modem, by its index
  Stream stream{};
};

/// Scrambles 64 bits (the finaliser of SplitMix64, Steele et al. 2014).
[[nodiscard]] constexpr std::uint64_t scramble(std::uint64_t bits) noexcept {
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebULL;
  return bits ^ (bits >> 31U);
}

/// SplitMix64: a counter, scrambled. A generator of the standard's kind, for the distributions of Boost.
class Random {
 public:
  using result_type = std::uint64_t;
  explicit constexpr Random(std::uint64_t state) noexcept : state_(state) {}
  [[nodiscard]] static constexpr result_type min() noexcept { return 0; }
  [[nodiscard]] static constexpr result_type max() noexcept { return ~result_type{0}; }
  constexpr result_type operator()() noexcept { return scramble(state_ += kGolden); }
  /// In [0, 1).
  [[nodiscard]] constexpr double uniform() noexcept { return static_cast<double>((*this)() >> 11U) * 0x1.0p-53; }

  static constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL;

 private:
  std::uint64_t state_;
};

/// The beginning of a stream; Random(state) draws from it.
[[nodiscard]] constexpr std::uint64_t stream_state(const StreamKey& key) noexcept {
  const std::uint64_t run = scramble(scramble(key.seed + Random::kGolden) ^ key.run);
  return scramble(scramble(run + Random::kGolden * (key.entity + 1)) ^ static_cast<std::uint64_t>(key.stream));
}

[[nodiscard]] constexpr Random rng(const StreamKey& key) noexcept {
  return Random(stream_state(key));
}

}  // namespace amaneku::mobility
