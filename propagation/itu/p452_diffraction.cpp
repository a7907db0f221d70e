#include "propagation/itu/p452_diffraction.hpp"

#include "propagation/itu/p452_time.hpp"
#include "propagation/itu/p526_delta_bullington-inl.hpp"

namespace amaneku::itu {

double time_interpolation(const TimePercents& time) noexcept {
  if (time.p <= time.beta0) return 1.0;
  if (time.p == 50.0) return 0.0;
  return inverse_normal(time.p * 0.01) / inverse_normal(time.beta0 * 0.01);
}

namespace {

DeltaBullington terms_of(const DiffractionLink& link, const PathGeometry& path,
                         const Horizons& horizons) noexcept {
  const auto ends = HWY_NAMESPACE::bullington_path(path, horizons);
  const auto smooth =
      HWY_NAMESPACE::smooth_paths(ends, path.smooth_tx_asl_m, path.smooth_rx_asl_m, path.zones.sea_fraction);
  const HWY_NAMESPACE::ScalarSamples samples(path.distance_m, {path.samples, path.sample_distance_m});
  const auto terms = HWY_NAMESPACE::delta_bullington(link, ends, smooth, samples, true);
  return {terms.diffraction_db, terms.actual_db, terms.smooth_db, terms.spherical_db};
}

}  // namespace

TimeDiffraction time_diffraction(const Link& link, const PathGeometry& path, double interpolation) noexcept {
  const DiffractionLink median = diffraction_link(link);
  TimeDiffraction out{};
  out.median = terms_of(median, path, path.median);
  out.beta = terms_of(with_earth_radius(median, kBetaEarthRadius_m), path, path.beta);
  const double median_db = out.median.diffraction_db;
  out.at_p_db = median_db + interpolation * (out.beta.diffraction_db - median_db);  // (41)
  return out;
}

}  // namespace amaneku::itu
