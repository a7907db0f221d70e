// A terrain profile: what lies on the line from a transmitter (index 0) to a receiver (last index).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace amaneku {

/// Radio-climatic zone of a profile point (ITU-R P.452-18 Table 3; P.1812 numbering: 1 sea, 3 coast, 4 inland).
enum class Zone : std::uint8_t { sea = 1, coast = 3, inland = 4 };

/// Borrowed profile. A prefix is O(1). `clutter_m` and `zone` may be empty (no clutter, all inland);
/// otherwise they have the length of `distance_m`. distance_m is strictly increasing and starts at 0.
struct ProfileView {
  std::span<const double> distance_m;
  std::span<const double> ground_asl_m;
  std::span<const double> clutter_m{};  ///< representative clutter height above ground
  std::span<const Zone> zone{};

  [[nodiscard]] std::size_t size() const noexcept { return distance_m.size(); }
  [[nodiscard]] ProfileView prefix(std::size_t n) const noexcept {
    return {distance_m.first(n), ground_asl_m.first(n), clutter_m.empty() ? clutter_m : clutter_m.first(n),
            zone.empty() ? zone : zone.first(n)};
  }
};

/// Owning profile.
struct Profile {
  std::vector<double> distance_m{};
  std::vector<double> ground_asl_m{};
  std::vector<double> clutter_m{};
  std::vector<Zone> zone{};

  [[nodiscard]] ProfileView view() const noexcept { return {distance_m, ground_asl_m, clutter_m, zone}; }
};

/// Throws InputError unless the profile has >= 2 points, starts at 0, is strictly increasing and finite.
void check_profile(const ProfileView& profile);

}  // namespace amaneku
