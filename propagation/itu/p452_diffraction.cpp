#include "propagation/itu/p452_diffraction.hpp"

#include "propagation/itu/p452_time.hpp"

namespace amaneku::itu {

double time_interpolation(const TimePercents& time) noexcept {
  if (time.p <= time.beta0) return 1.0;
  if (time.p == 50.0) return 0.0;
  return inverse_normal(time.p * 0.01) / inverse_normal(time.beta0 * 0.01);
}

TimeDiffraction time_diffraction(const Link& link, const PathGeometry& path, double interpolation) noexcept {
  const SamplePositions positions{path.samples, path.sample_distance_m};
  TimeDiffraction out{};
  out.median = delta_bullington_terms(link, path, path.median, positions);
  Link beta = link;
  beta.effective_earth_radius_m = kBetaEarthRadius_m;
  out.beta = delta_bullington_terms(beta, path, path.beta, positions);
  const double median_db = out.median.diffraction_db;
  out.at_p_db = median_db + interpolation * (out.beta.diffraction_db - median_db);  // (41)
  return out;
}

}  // namespace amaneku::itu
