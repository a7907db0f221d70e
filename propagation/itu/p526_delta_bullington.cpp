#include "propagation/itu/p526_delta_bullington.hpp"

#include <algorithm>

#include "propagation/itu/p525.hpp"
#include "propagation/itu/p526_bullington.hpp"
#include "propagation/itu/p526_spherical_earth.hpp"

namespace amaneku {
namespace itu {
namespace {

// Antennas above the fitted surface, which by its construction never lies above the ground at the ends.
SmoothPath smooth_path(const PathGeometry& path) noexcept {
  return {.distance_m = path.distance_m,
          .tx_m = std::max(0.0, path.tx_asl_m - path.smooth_tx_asl_m),
          .rx_m = std::max(0.0, path.rx_asl_m - path.smooth_rx_asl_m),
          .sea_fraction = path.zones.sea_fraction};
}

}  // namespace

DeltaBullington delta_bullington_terms(const Link& link, const PathGeometry& path, const Horizons& horizons,
                                       const SamplePositions& positions) noexcept {
  const SmoothPath smooth = smooth_path(path);
  const double actual_db = bullington_loss_db(link, path, horizons);
  const double smooth_db = smooth_bullington_loss_db(link, smooth, positions);
  const double spherical_db = spherical_earth_loss_db(link, smooth);
  return {actual_db + std::max(0.0, spherical_db - smooth_db), actual_db, smooth_db, spherical_db};
}

double delta_bullington_loss_db(const Link& link, const PathGeometry& path, const Horizons& horizons,
                                const SamplePositions& positions) noexcept {
  const SmoothPath smooth = smooth_path(path);
  const double actual_db = bullington_loss_db(link, path, horizons);
  const double spherical_db = spherical_earth_loss_db(link, smooth);
  if (spherical_db <= 0.0) return actual_db;
  return actual_db + std::max(0.0, spherical_db - smooth_bullington_loss_db(link, smooth, positions));
}

DeltaBullington delta_bullington_terms(const Link& link, const PathGeometry& path) noexcept {
  return delta_bullington_terms(link, path, path.median, {path.samples});
}

double delta_bullington_loss_db(const Link& link, const PathGeometry& path) noexcept {
  return delta_bullington_loss_db(link, path, path.median, {path.samples});
}

}  // namespace itu

double loss_db(const P526&, const Link& link, const PathGeometry& path) noexcept {
  return itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path)) +
         itu::delta_bullington_loss_db(link, path);
}

PathLoss explain_terms(const P526& model, const Link& link, const PathGeometry& path) {
  const itu::DeltaBullington terms = itu::delta_bullington_terms(link, path);
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = !path.line_of_sight ? "diffraction" : terms.diffraction_db > 0.0 ? "sub_path" : "line_of_sight";
  out.terms = {{"free_space_db", itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path))},
               {"diffraction_db", terms.diffraction_db},
               {"bullington_terrain_db", terms.actual_db},
               {"bullington_smooth_db", terms.smooth_db},
               {"spherical_earth_db", terms.spherical_db}};
  return out;
}

}  // namespace amaneku
