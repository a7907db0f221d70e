#include "terrain/raster/profile.hpp"

#include <fmt/format.h>

#include <cmath>

#include "terrain/error.hpp"

namespace amaneku {

void check_profile(const ProfileView& profile) {
  const std::size_t n = profile.size();
  const auto fail = [](const char* key, std::string message) {
    throw InputError(Fault{.message = std::move(message), .key = key});
  };
  if (n < 2) fail("distance_m", fmt::format("a profile needs at least 2 points, got {}", n));
  if (profile.ground_asl_m.size() != n) {
    fail("ground_asl_m", fmt::format("has {} values, distance_m has {}", profile.ground_asl_m.size(), n));
  }
  if (!profile.clutter_m.empty() && profile.clutter_m.size() != n) {
    fail("clutter_m", fmt::format("has {} values, distance_m has {}", profile.clutter_m.size(), n));
  }
  if (!profile.zone.empty() && profile.zone.size() != n) {
    fail("zone", fmt::format("has {} values, distance_m has {}", profile.zone.size(), n));
  }
  if (profile.distance_m[0] != 0.0) fail("distance_m", "must start at 0 (the transmitter)");
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(profile.distance_m[i])) fail("distance_m", fmt::format("value {} is not finite", i));
    if (!std::isfinite(profile.ground_asl_m[i])) fail("ground_asl_m", fmt::format("value {} is not finite", i));
    if (i > 0 && profile.distance_m[i] <= profile.distance_m[i - 1]) {
      fail("distance_m", fmt::format("must increase; value {} does not", i));
    }
    if (!profile.clutter_m.empty() && !(profile.clutter_m[i] >= 0.0 && std::isfinite(profile.clutter_m[i]))) {
      fail("clutter_m", fmt::format("value {} must be finite and not negative", i));
    }
  }
}

}  // namespace amaneku
