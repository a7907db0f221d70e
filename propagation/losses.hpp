// The loss of many paths at a time: losses_db(model, link, paths, out) for every model. Models that can evaluate
// whole registers of paths declare their own beside loss_db; the others are called once a path, from here.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"
#include "propagation/path_arrays.hpp"

namespace amaneku {

/// Path i of the arrays, without its profile.
[[nodiscard]] PathGeometry path_at(const PathArrays& paths, std::size_t i) noexcept;

/// The points of path i of the arrays, both ends included, in memory that is kept for the next path: valid until
/// the next call.
class GatheredProfile {
 public:
  [[nodiscard]] std::span<const double> distances_of(const PathArrays& paths, std::size_t i);
  /// Without clutter or zones on the whole path the view has none either.
  [[nodiscard]] ProfileView of(const PathArrays& paths, std::size_t i);

 private:
  Profile points_{};
};

/// losses_db, one path after the other. `terrain`: what loss_db of the model needs. Paths that are not valid get
/// NaN.
template <class Model>
void losses_one_by_one(const Model& model, Terrain terrain, const Link& link, const PathArrays& paths,
                       std::span<double> out) {
  thread_local GatheredProfile profile;
  for (std::size_t i = 0; i < paths.size; ++i) {
    out[i] = std::numeric_limits<double>::quiet_NaN();
    if (paths.valid[i] == 0) continue;
    PathGeometry path = path_at(paths, i);
    if (terrain == Terrain::samples) path.profile = profile.of(paths, i);
    if (terrain != Terrain::none) path.sample_distance_m = profile.distances_of(paths, i);
    out[i] = loss_db(model, link, path);
  }
}

/// Loss of the paths 0 .. size - 1, dB, for a model or for what prepared() made of it. `paths` has what
/// lanes_terrain() of the model asks for; `out` has room for size + PathArrays::kPadding values.
template <class Model>
void losses_db(const Model& model, const Link& link, const PathArrays& paths, std::span<double> out) {
  Terrain terrain = Terrain::none;
  if constexpr (requires { Model::terrain; }) terrain = Model::terrain;
  losses_one_by_one(model, terrain, link, paths, out);
}

}  // namespace amaneku
