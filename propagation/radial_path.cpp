#include "propagation/radial_path.hpp"

#include <algorithm>

namespace amaneku {
namespace {

// How many intermediate points are the receiver's own. Where clutter near the ends does not count, the radial
// cannot know it: all points that near are.
std::size_t own_points(const ProfileView& profile, Terrain terrain, std::size_t own_samples) {
  const std::size_t between = profile.size() - 2;
  std::size_t own = std::min(own_samples, between);
  if (terrain != Terrain::two_earths_open_ends) return own;
  const double open_from_m = profile.distance_m.back() - kOpenEnds_m;
  while (own < between && profile.distance_m[between - own] >= open_from_m) ++own;
  return own;
}

}  // namespace

PathArrays& RadialPath::arrays(const Link& link, const ProfileView& profile, Terrain terrain,
                               std::size_t own_samples) {
  const std::size_t last = profile.size() - 1;
  const std::size_t pushed = last - 1 - own_points(profile, terrain, own_samples);
  constexpr std::size_t kPad = PathArrays::kPadding;
  const std::vector<double> one(1 + kPad, 1.0);
  const auto zone = [&](std::size_t i) { return profile.zone.empty() ? Zone::inland : profile.zone[i]; };
  const auto clutter = [&](std::size_t i) {
    return profile.clutter_m.empty() ? 0.0F : static_cast<float>(profile.clutter_m[i]);
  };
  const auto ground = [&](std::size_t i) { return static_cast<float>(profile.ground_asl_m[i]); };
  bundle_.restart(link, static_cast<double>(ground(0)), zone(0), {terrain, !profile.clutter_m.empty(), true},
                  std::span(one).first(1), {1.0, 1.0}, 1, last);
  std::vector<float> ground_m(1 + kPad);
  std::vector<float> clutter_m(1 + kPad);
  for (std::size_t i = 1; i <= pushed; ++i) {
    ground_m[0] = ground(i);
    clutter_m[0] = clutter(i);
    const Zone here = zone(i);
    bundle_.push(profile.distance_m[i], ground_m.data(), clutter_m.data(), &here);
  }
  const std::size_t own = last - 1 - pushed;
  own_ground_m_.assign(own + kPad, 0.0F);
  own_clutter_m_.assign(own + kPad, 0.0F);
  own_zone_.assign(own + kPad, Zone::inland);
  for (std::size_t k = 0; k < own; ++k) {
    own_ground_m_[k] = ground(pushed + 1 + k);
    own_clutter_m_[k] = clutter(pushed + 1 + k);
    own_zone_[k] = zone(pushed + 1 + k);
  }
  ground_m[0] = ground(last);
  clutter_m[0] = clutter(last);
  const Zone here = zone(last);
  const std::vector<std::uint32_t> radial(1 + kPad, 0);
  bundle_.receivers({.size = 1,
                     .u = profile.distance_m[last],
                     .metres_per_u = one.data(),
                     .radial = radial.data(),
                     .ground_asl_m = ground_m.data(),
                     .clutter_m = clutter_m.data(),
                     .zone = &here,
                     .own_u = profile.distance_m.subspan(pushed + 1, own),
                     .own_stride = 1,
                     .own_ground_asl_m = own_ground_m_.data(),
                     .own_clutter_m = own_clutter_m_.data(),
                     .own_zone = own_zone_.data()},
                    paths_);
  return paths_;
}

PathGeometry RadialPath::geometry(const Link& link, const ProfileView& profile, Terrain terrain,
                                  std::size_t own_samples) {
  arrays(link, profile, terrain, own_samples);
  PathGeometry path = path_at(paths_, 0);
  if (terrain == Terrain::samples || terrain == Terrain::prefix) path.profile = points_.of(paths_, 0);
  path.sample_distance_m = points_.distances_of(paths_, 0);
  return path;
}

}  // namespace amaneku
