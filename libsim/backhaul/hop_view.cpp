#include "libsim/backhaul/hop_view.hpp"

#include <limits>

namespace amaneku {

std::optional<HopView> hop_view(const Ground& ground, const HopLine& line, const SightRules& rules) {
  const std::optional<Profile> profile = hop_profile(ground, line.at[0], line.at[1]);
  if (!profile) return std::nullopt;
  const double first_m = profile->ground_asl_m.front() + line.antenna_agl_m[0];
  const double last_m = profile->ground_asl_m.back() + line.antenna_agl_m[1];
  const double length_m = profile->distance_m.back();
  HopView out{.least_share = std::numeric_limits<double>::infinity()};
  for (std::size_t i = 0; i < profile->distance_m.size(); ++i) {
    const double from_m = profile->distance_m[i];
    const double to_m = length_m - from_m;
    const auto bulge_m = [&](double earth_k) { return from_m * to_m / (2.0 * earth_k * kEarthRadius_m); };
    const double surface_m = profile->ground_asl_m[i] + profile->clutter_m[i];
    const bool end = i == 0 || i + 1 == profile->distance_m.size();
    out.distance_m.push_back(from_m);
    out.ground_m.push_back(profile->ground_asl_m[i] + bulge_m(rules[0].earth_k));
    out.surface_m.push_back(surface_m + bulge_m(rules[0].earth_k));
    out.worst_surface_m.push_back(surface_m + bulge_m(rules[1].earth_k));
    out.ray_m.push_back(first_m + (last_m - first_m) * from_m / length_m);
    out.fresnel_m.push_back(end ? 0.0 : itu::first_fresnel_m(line.freq_hz, from_m, to_m));
    if (end) continue;
    const double share = (out.ray_m[i] - out.surface_m[i]) / out.fresnel_m[i];
    if (share >= out.least_share) continue;
    out.least_share = share;
    out.tightest = i;
  }
  return out;
}

}  // namespace amaneku
