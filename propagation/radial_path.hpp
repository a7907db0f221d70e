// The fast engine on a single profile: what a bundle of one radial and the physics over arrays make of it.
#pragma once

#include <array>

#include "propagation/losses.hpp"
#include "propagation/radial_bundle.hpp"

namespace amaneku {

/// Keeps its memory between profiles.
class RadialPath {
 public:
  /// Arrays with one path. The last `own_samples` intermediate points count as the receiver's own, all others as
  /// those of a radial (Terrain::two_earths_open_ends: at least those within kOpenEnds_m of it). Heights are
  /// rounded to float, as those of grids are. The profile must satisfy check_profile. Valid until the next call.
  PathArrays& arrays(const Link& link, const ProfileView& profile, Terrain terrain, std::size_t own_samples = 0);

  /// The same for the scalar call of a model: as extract_path(link, profile, terrain). Borrows as `arrays`.
  [[nodiscard]] PathGeometry geometry(const Link& link, const ProfileView& profile, Terrain terrain,
                                      std::size_t own_samples = 0);

 private:
  RadialBundle bundle_{};
  PathArrays paths_{};
  GatheredProfile points_{};
  std::vector<float> own_ground_m_{};
  std::vector<float> own_clutter_m_{};
  std::vector<Zone> own_zone_{};
};

/// Loss of the profile by the fast engine, dB.
template <class Model>
[[nodiscard]] double radial_loss_db(RadialPath& radial, const Model& model, const Link& link,
                                    const ProfileView& profile, std::size_t own_samples = 0) {
  const PathArrays& paths = radial.arrays(link, profile, lanes_terrain(model), own_samples);
  std::array<double, 1 + PathArrays::kPadding> loss{};
  losses_db(prepared(model, link), link, paths, loss);
  return loss[0];
}

}  // namespace amaneku
