// Whether two masts see each other, and how high the antennas on them must be.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "libsim/input/world.hpp"
#include "propagation/itu/p530_clearance.hpp"

namespace amaneku {

/// Two rules, both to be kept. The default: 0.6 of the first Fresnel zone at k = 4/3, and the ray itself clear at
/// k = 2/3, the worst k that planners customarily take. ITU-R P.530-18 section 2.2.2.1 asks for more, 1.0 F1 at
/// the median k and up to 0.3 F1 (0.6 F1 in the tropics) at the k of its figure 2: itu::clearance_rules() gives
/// these.
using SightRules = std::array<itu::ClearanceRule, 2>;
inline constexpr SightRules kCustomaryRules = {{{4.0 / 3.0, 0.6}, {2.0 / 3.0, 0.0}}};

/// Where on a mast an antenna may be, m above ground; lowest <= highest.
struct AntennaRange {
  double lowest_agl_m;
  double highest_agl_m;
};

/// The ground and what stands on it between two points, both included, at equal steps of at most half a cell,
/// bilinear; clutter stands on the points between the ends alone. Nothing where ground is missing on the way.
/// Points less than 1 m apart are an InputError.
[[nodiscard]] std::optional<Profile> hop_profile(const Ground& ground, Point from, Point to);

struct HopSight {
  enum class State : std::uint8_t {
    clear,     ///< with the antennas as high as said
    blocked,   ///< even with both antennas at the top of their masts
    no_ground  ///< the line leaves the terrain or crosses a void
  };
  State state = State::no_ground;
  double from_agl_m =
      0.0;  ///< lowest antennas that keep the rules, whole decimetres; blocked: the highest possible
  double to_agl_m = 0.0;
  itu::Clearance tightest{};      ///< with these heights; spare_m < 0: by so much the obstacle is too high
  std::size_t tightest_rule = 0;  ///< index into the rules
};

/// The pair of heights with the least sum that keeps the rules; of equal sums the one whose first antenna is
/// lower, to 1 cm. `profile` from the first mast to the second.
[[nodiscard]] HopSight hop_sight(double freq_hz, const ProfileView& profile,
                                 const std::array<AntennaRange, 2>& masts,
                                 const SightRules& rules = kCustomaryRules);

}  // namespace amaneku
