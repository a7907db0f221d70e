// With and without line of sight: who decides, and what is expected where neither is sure.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace amaneku::threegpp {

/// `probability`: NLOS where the terrain is in the way, else the loss expected of the probability of line of
/// sight. `terrain`: the terrain or surface model decides alone. `los`, `nlos`: the same for every path.
enum class LineOfSight : std::uint8_t { probability, terrain, los, nlos };

inline constexpr std::array<const char*, 4> kLineOfSight = {"probability", "terrain", "los", "nlos"};

/// Share of the places at such a path that have line of sight. `seen`: the terrain is not in the way;
/// `probability()` is called where it counts.
template <class Probability>
[[nodiscard]] double los_share(LineOfSight by, bool seen, Probability&& probability) noexcept {
  switch (by) {
    case LineOfSight::los:
      return 1.0;
    case LineOfSight::nlos:
      return 0.0;
    case LineOfSight::terrain:
      return seen ? 1.0 : 0.0;
    case LineOfSight::probability:
      break;
  }
  return seen ? probability() : 0.0;
}

/// One quantity with and without line of sight.
struct ByState {
  double los;
  double nlos;
};

[[nodiscard]] inline double expected(const ByState& value, double los_share) noexcept {
  return los_share * value.los + (1.0 - los_share) * value.nlos;
}

/// Of a mixture of two normal distributions, dB.
[[nodiscard]] inline double mixed_sigma_db(const ByState& loss_db, const ByState& sigma_db,
                                           double los_share) noexcept {
  const double within = expected({sigma_db.los * sigma_db.los, sigma_db.nlos * sigma_db.nlos}, los_share);
  const double step_db = loss_db.nlos - loss_db.los;
  return std::sqrt(within + los_share * (1.0 - los_share) * step_db * step_db);
}

[[nodiscard]] constexpr std::string_view mode_of(double los_share) noexcept {
  if (los_share >= 1.0) return "line_of_sight";
  return los_share <= 0.0 ? "non_line_of_sight" : "expected";
}

}  // namespace amaneku::threegpp
