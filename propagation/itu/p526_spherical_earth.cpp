#include "propagation/itu/p526_spherical_earth.hpp"

#include <cmath>

#include "propagation/itu/p526_spherical_earth-inl.hpp"
#include "propagation/units.hpp"

namespace amaneku::itu {
namespace {

struct GroundConstants {
  double relative_permittivity;
  double conductivity_s_m;
};

// ITU-R P.1812-7 section 4.3.3 and P.452-18 section 4.2.2.2: what stands for land and sea.
constexpr GroundConstants kLand = {22.0, 0.003};
constexpr GroundConstants kSea = {80.0, 5.0};

// Section 3.1.1.1, for the polarization of the link.
GroundAdmittance admittance(const Link& link, double cbrt_f, GroundConstants ground) noexcept {
  const double f_mhz = link.freq_hz * 1e-6;
  const double loss = 18'000.0 * ground.conductivity_s_m / f_mhz;
  const double eps = ground.relative_permittivity;
  const double horizontal = 0.36 / (cbrt_f * std::sqrt(std::sqrt((eps - 1.0) * (eps - 1.0) + loss * loss)));
  const double k =
      link.polarization == Polarization::horizontal ? horizontal : horizontal * std::sqrt(eps * eps + loss * loss);
  return {k, std::log(k)};
}

}  // namespace

DiffractionLink diffraction_link(const Link& link, bool over_sea) noexcept {
  const double cbrt_f = std::cbrt(link.freq_hz * 1e-6);
  return with_earth_radius({.wavelength_m = wavelength_m(link.freq_hz),
                            .cbrt_f = cbrt_f,
                            .land = admittance(link, cbrt_f, kLand),
                            .sea = over_sea ? admittance(link, cbrt_f, kSea) : GroundAdmittance{}},
                           link.effective_earth_radius_m);
}

DiffractionLink with_earth_radius(DiffractionLink link, double effective_earth_radius_m) noexcept {
  link.effective_earth_radius_m = effective_earth_radius_m;
  link.root_two_ae = std::sqrt(2.0 * effective_earth_radius_m);
  link.per_two_ae = 0.5 / effective_earth_radius_m;
  return link;
}

double spherical_earth_loss_db(const Link& link, const SmoothPath& path) noexcept {
  return HWY_NAMESPACE::spherical_earth_loss_db<double>(
      diffraction_link(link, path.sea_fraction > 0.0), {path.distance_m, path.tx_m, path.rx_m, path.sea_fraction});
}

}  // namespace amaneku::itu
