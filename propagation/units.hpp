// Units of the wave. Plain doubles carry their unit in the name; the two types here stop the one mistake
// that names cannot: adding powers as if they were gains.
#pragma once

#include <cmath>

namespace amaneku {

inline constexpr double kSpeedOfLight_m_s = 299'792'458.0;

/// A ratio in decibels: gains and losses add.
struct Db {
  double value = 0.0;
  friend constexpr Db operator+(Db a, Db b) noexcept { return {a.value + b.value}; }
  friend constexpr Db operator-(Db a, Db b) noexcept { return {a.value - b.value}; }
  friend constexpr Db operator-(Db a) noexcept { return {-a.value}; }
  friend constexpr auto operator<=>(Db, Db) noexcept = default;
};

/// A power in dBm. Dbm + Db is a power; Dbm - Dbm is a ratio; Dbm + Dbm does not compile: see power_sum.
struct Dbm {
  double value = 0.0;
  friend constexpr Dbm operator+(Dbm p, Db g) noexcept { return {p.value + g.value}; }
  friend constexpr Dbm operator-(Dbm p, Db g) noexcept { return {p.value - g.value}; }
  friend constexpr Db operator-(Dbm a, Dbm b) noexcept { return {a.value - b.value}; }
  friend constexpr auto operator<=>(Dbm, Dbm) noexcept = default;
};

[[nodiscard]] inline double milliwatts(Dbm power) noexcept {
  return std::pow(10.0, 0.1 * power.value);
}
[[nodiscard]] inline Dbm from_milliwatts(double power_mw) noexcept {
  return {10.0 * std::log10(power_mw)};
}
[[nodiscard]] inline Dbm power_sum(Dbm a, Dbm b) noexcept {
  return from_milliwatts(milliwatts(a) + milliwatts(b));
}

[[nodiscard]] constexpr double wavelength_m(double freq_hz) noexcept {
  return kSpeedOfLight_m_s / freq_hz;
}

}  // namespace amaneku
