#include "propagation/itm/reference_attenuation.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/itm/diffraction.hpp"
#include "propagation/itm/line_of_sight.hpp"
#include "propagation/itm/troposcatter.hpp"

namespace amaneku::itm {
namespace {

Reference reference(double attenuation_db, Mode mode) noexcept {
  return {std::max(0.0, attenuation_db), mode};
}

}  // namespace

Reference reference_attenuation(const Radio& radio, const TerrainTerms& terms) noexcept {
  const DiffractionLine diffraction = diffraction_line(radio, terms);
  const double smooth_m = smooth_horizon_m(terms.tx.effective_m, terms.earth_radius_m) +
                          smooth_horizon_m(terms.rx.effective_m, terms.earth_radius_m);
  if (terms.distance_m < smooth_m) {
    return reference(line_of_sight_db(radio, terms, diffraction), Mode::line_of_sight);
  }
  const auto scatter = scatter_line(radio, terms, diffraction);
  const double diffracted_db = diffraction.intercept_db + diffraction.slope_db_m * terms.distance_m;
  if (!scatter || terms.distance_m <= scatter->from_m) return reference(diffracted_db, Mode::diffraction);
  // Both lines meet at from_m.
  const double beyond_m = terms.distance_m - scatter->from_m;
  return reference(diffracted_db + (scatter->slope_db_m - diffraction.slope_db_m) * beyond_m, Mode::troposcatter);
}

double free_space_db(const Radio& radio, double distance_m) noexcept {
  return 32.45 + 20.0 * std::log10(radio.f_mhz * distance_m * 1e-3);
}

}  // namespace amaneku::itm
