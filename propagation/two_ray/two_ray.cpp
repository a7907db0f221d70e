#include "propagation/two_ray/two_ray.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "propagation/fresnel_reflection.hpp"
#include "propagation/itu/p525.hpp"
#include "propagation/units.hpp"

namespace amaneku {

constexpr std::array<Field<TwoRay>, 2> TwoRay::fields = {
    {{"relative_permittivity",
      "1",
      &TwoRay::relative_permittivity,
      {1.0, 100.0},
      "ITU-R P.527-4, medium dry ground"},
     {"conductivity_s_m", "S/m", &TwoRay::conductivity_s_m, {0.0, 10.0}, "ITU-R P.527-4, medium dry ground"}}};

namespace {

struct Rays {
  double direct_m;
  double reflected_m;
  double sine;  ///< of the grazing angle at the ground
};

Rays rays(const Link& link, double distance_m) noexcept {
  // The two antennas may not coincide; a millimetre apart they are deep inside the near field anyway.
  const double d2 = std::max(1e-6, distance_m * distance_m);
  const double rise_m = link.tx_agl_m - link.rx_agl_m;
  const double sum_m = link.tx_agl_m + link.rx_agl_m;
  const double reflected_m = std::sqrt(d2 + sum_m * sum_m);
  return {std::sqrt(d2 + rise_m * rise_m), reflected_m, sum_m / reflected_m};
}

std::complex<double> reflection(const TwoRay& ground, const Link& link, const Rays& ray) noexcept {
  return fresnel_reflection(
      complex_permittivity(ground.relative_permittivity, ground.conductivity_s_m, link.freq_hz), ray.sine,
      link.polarization);
}

}  // namespace

double loss_db(const TwoRay& model, const Link& link, const PathGeometry& path) noexcept {
  const Rays ray = rays(link, path.distance_m);
  const double k = 2.0 * std::numbers::pi / wavelength_m(link.freq_hz);
  // Difference of the path lengths without cancellation.
  const double longer_m = 4.0 * link.tx_agl_m * link.rx_agl_m / (ray.reflected_m + ray.direct_m);
  const std::complex<double> field =
      1.0 + reflection(model, link, ray) * (ray.direct_m / ray.reflected_m) * std::polar(1.0, -k * longer_m);
  // An antenna on the ground: the rays cancel wholly, which is a number all the same.
  return itu::free_space_loss_db(link.freq_hz, ray.direct_m) -
         10.0 * std::log10(std::max(1e-30, std::norm(field)));
}

PathLoss explain_terms(const TwoRay& model, const Link& link, const PathGeometry& path) {
  const double free_db = itu::free_space_loss_db(link.freq_hz, rays(link, path.distance_m).direct_m);
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = "two_ray";
  out.terms = {{"free_space_db", free_db}, {"reflection_db", out.loss_db - free_db}};
  return out;
}

}  // namespace amaneku
