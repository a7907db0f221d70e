#include "libsim/backhaul/hop_sight.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr double kShortest_m = 1.0;

/// A point between the masts: the ray passes at (1 - part) of the first antenna's height and `part` of the
/// second's.
struct Need {
  double part;
  double asl_m;  ///< that the ray must reach there
};

/// The larger of what the rules ask, at every point between the ends.
std::vector<Need> needs_of(double freq_hz, const ProfileView& profile, const SightRules& rules) {
  std::vector<Need> out;
  const double length_m = profile.distance_m.back();
  for (std::size_t i = 1; i + 1 < profile.size(); ++i) {
    const double from_m = profile.distance_m[i];
    const double to_m = length_m - from_m;
    const double fresnel_m = itu::first_fresnel_m(freq_hz, from_m, to_m);
    double above_m = 0.0;
    for (const itu::ClearanceRule& rule : rules) {
      const double bulge_m = from_m * to_m / (2.0 * rule.earth_k * kEarthRadius_m);
      above_m = std::max(above_m, bulge_m + rule.fresnel_fraction * fresnel_m);
    }
    const double clutter_m = profile.clutter_m.empty() ? 0.0 : profile.clutter_m[i];
    out.push_back({from_m / length_m, profile.ground_asl_m[i] + clutter_m + above_m});
  }
  return out;
}

/// Lowest second antenna for a given first one, both above sea level.
double second_asl_m(const std::vector<Need>& needs, double first_asl_m, double lowest_asl_m) {
  double out = lowest_asl_m;
  for (const Need& need : needs) out = std::max(out, (need.asl_m - (1.0 - need.part) * first_asl_m) / need.part);
  return out;
}

/// The sum of both heights is convex in the first one, so thirds of the interval close in on its least.
double best_first_asl_m(const std::vector<Need>& needs, Range first_asl_m, double second_lowest_asl_m) {
  constexpr double kFine_m = 0.005;
  const auto sum = [&](double first_m) { return first_m + second_asl_m(needs, first_m, second_lowest_asl_m); };
  while (first_asl_m.max - first_asl_m.min > kFine_m) {
    const double third_m = (first_asl_m.max - first_asl_m.min) / 3.0;
    if (sum(first_asl_m.min + third_m) <= sum(first_asl_m.max - third_m)) {
      first_asl_m.max -= third_m;
    } else {
      first_asl_m.min += third_m;
    }
  }
  return first_asl_m.max;
}

/// Up to whole decimetres, but not above the mast.
double in_decimetres(double agl_m, const AntennaRange& mast) {
  constexpr double kHair_m = 1e-6;
  return std::clamp(std::ceil((agl_m - kHair_m) * 10.0) / 10.0, mast.lowest_agl_m, mast.highest_agl_m);
}

void judge(HopSight& sight, double freq_hz, const ProfileView& profile, const SightRules& rules) {
  const Link link{.freq_hz = freq_hz, .tx_agl_m = sight.from_agl_m, .rx_agl_m = sight.to_agl_m};
  sight.tightest.spare_m = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const itu::Clearance clearance = itu::worst_clearance(link, profile, rules[i]);
    if (clearance.spare_m < sight.tightest.spare_m) {
      sight.tightest = clearance;
      sight.tightest_rule = i;
    }
  }
}

float clutter_at(const Ground& ground, Point at) {
  if (ground.clutter_m.values.empty()) return 0.0F;
  const float clutter_m = sample_bilinear(ground.clutter_m, at);
  return std::isnan(clutter_m) ? 0.0F : clutter_m;
}

}  // namespace

std::optional<Profile> hop_profile(const Ground& ground, Point from, Point to) {
  const double length_m = distance_m(from, to);
  if (!(length_m >= kShortest_m)) {
    throw InputError(Fault{.message = "the two ends of a hop stand on one spot"});
  }
  const double step_m = 0.5 * ground.ground_asl_m.grid.cell_m;
  const auto steps = static_cast<std::size_t>(std::max(2.0, std::ceil(length_m / step_m)));
  Profile out;
  for (std::vector<double>* values : {&out.distance_m, &out.ground_asl_m, &out.clutter_m})
    values->reserve(steps + 1);
  for (std::size_t i = 0; i <= steps; ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(steps);
    const Point at{from.x_m + part * (to.x_m - from.x_m), from.y_m + part * (to.y_m - from.y_m)};
    const float asl_m = sample_bilinear(ground.ground_asl_m, at);
    if (std::isnan(asl_m)) return std::nullopt;
    const bool end = i == 0 || i == steps;
    out.distance_m.push_back(part * length_m);
    out.ground_asl_m.push_back(static_cast<double>(asl_m));
    out.clutter_m.push_back(end ? 0.0 : static_cast<double>(clutter_at(ground, at)));
  }
  return out;
}

HopSight hop_sight(double freq_hz, const ProfileView& profile, const std::array<AntennaRange, 2>& masts,
                   const SightRules& rules) {
  check_profile(profile);
  HopSight out{
      .state = HopSight::State::blocked, .from_agl_m = masts[0].highest_agl_m, .to_agl_m = masts[1].highest_agl_m};
  judge(out, freq_hz, profile, rules);
  if (out.tightest.spare_m < 0.0) return out;

  const std::vector<Need> needs = needs_of(freq_hz, profile, rules);
  const double ground_m[] = {profile.ground_asl_m.front(), profile.ground_asl_m.back()};
  const double lowest_m = ground_m[1] + masts[1].lowest_agl_m;
  // A first antenna so low that the second would have to outgrow its mast does not count.
  double low_m = ground_m[0] + masts[0].lowest_agl_m;
  const double high_m = ground_m[0] + masts[0].highest_agl_m;
  const double second_high_m = ground_m[1] + masts[1].highest_agl_m;
  for (const Need& need : needs) {
    low_m = std::max(low_m, (need.asl_m - need.part * second_high_m) / (1.0 - need.part));
  }
  const double first_m = best_first_asl_m(needs, {std::min(low_m, high_m), high_m}, lowest_m);
  out.from_agl_m = in_decimetres(first_m - ground_m[0], masts[0]);
  const double second_m = second_asl_m(needs, out.from_agl_m + ground_m[0], lowest_m);
  out.to_agl_m = in_decimetres(second_m - ground_m[1], masts[1]);
  out.state = HopSight::State::clear;
  judge(out, freq_hz, profile, rules);
  return out;
}

}  // namespace amaneku
