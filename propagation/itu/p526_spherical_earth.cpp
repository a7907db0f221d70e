#include "propagation/itu/p526_spherical_earth.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

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

// Section 3.1.1.1: normalised surface admittance K for the polarization. `cbrt_af`: cube root of a_e f in km MHz.
double admittance(const Link& link, double cbrt_af, GroundConstants ground) noexcept {
  const double f_mhz = link.freq_hz * 1e-6;
  const double loss = 18'000.0 * ground.conductivity_s_m / f_mhz;
  const double eps = ground.relative_permittivity;
  const double k_h = 0.36 / (cbrt_af * std::sqrt(std::sqrt((eps - 1.0) * (eps - 1.0) + loss * loss)));
  return link.polarization == Polarization::horizontal ? k_h : k_h * std::sqrt(eps * eps + loss * loss);
}

// Section 3.1.1.2, distance term F(X).
double distance_term_db(double x) noexcept {
  if (x >= 1.6) return 11.0 + 10.0 * std::log10(x) - 17.6 * x;
  return -20.0 * std::log10(x) - 5.6488 * std::pow(x, 1.425);
}

// Section 3.1.1.2, height gain G(Y) with its floor 2 + 20 log10 K.
double height_gain_db(double y, double beta, double k) noexcept {
  const double b = beta * y;
  const double gain = b > 2.0 ? 17.6 * std::sqrt(b - 1.1) - 5.0 * std::log10(b - 1.1) - 8.0
                              : 20.0 * std::log10(b + 0.1 * b * b * b);
  return std::max(gain, 2.0 + 20.0 * std::log10(k));
}

// Section 3.1.1: first term of the residue series over one kind of ground. May be negative.
double first_term_db(const Link& link, const SmoothPath& path, double radius_m, GroundConstants ground) noexcept {
  const double a_km = radius_m * 1e-3;
  const double cbrt_f = std::cbrt(link.freq_hz * 1e-6);
  const double cbrt_a = std::cbrt(a_km);
  const double k = admittance(link, cbrt_a * cbrt_f, ground);
  const double k2 = k * k;
  const double beta = (1.0 + 1.6 * k2 + 0.67 * k2 * k2) / (1.0 + 4.5 * k2 + 1.53 * k2 * k2);
  const double x = 2.188 * beta * cbrt_f / (cbrt_a * cbrt_a) * (path.distance_m * 1e-3);
  const double y_per_m = 9.575e-3 * beta * cbrt_f * cbrt_f / cbrt_a;
  return -distance_term_db(x) - height_gain_db(y_per_m * path.tx_m, beta, k) -
         height_gain_db(y_per_m * path.rx_m, beta, k);
}

double first_term_db(const Link& link, const SmoothPath& path, double radius_m) noexcept {
  const double omega = path.sea_fraction;
  double loss = 0.0;
  if (omega < 1.0) loss += (1.0 - omega) * first_term_db(link, path, radius_m, kLand);
  if (omega > 0.0) loss += omega * first_term_db(link, path, radius_m, kSea);
  return loss;
}

struct Clearance {
  double height_m;
  double required_m;
};

// Section 3.2: clearance of the ray above the sphere at the point that the section gives (where a ray from both
// ends would meet the sphere at equal angles), and the clearance needed for no loss.
Clearance clearance(const Link& link, const SmoothPath& path) noexcept {
  const double a = link.effective_earth_radius_m;
  const double d = path.distance_m;
  const double sum = path.tx_m + path.rx_m;
  const double c = (path.tx_m - path.rx_m) / sum;
  const double m = d * d / (4.0 * a * sum);
  const double cosine = std::clamp(1.5 * c * std::sqrt(3.0 * m / ((m + 1.0) * (m + 1.0) * (m + 1.0))), -1.0, 1.0);
  const double b =
      2.0 * std::sqrt((m + 1.0) / (3.0 * m)) * std::cos(std::numbers::pi / 3.0 + std::acos(cosine) / 3.0);
  const double d1 = 0.5 * d * (1.0 + b);
  const double d2 = d - d1;
  const double height_m = ((path.tx_m - d1 * d1 / (2.0 * a)) * d2 + (path.rx_m - d2 * d2 / (2.0 * a)) * d1) / d;
  return {height_m, 0.552 * std::sqrt(std::max(0.0, d1 * d2) * wavelength_m(link.freq_hz) / d)};
}

// True only where the ray clears the sphere by what section 3.2 requires: then the loss is 0 dB without a root.
// At the share t of the way from the lower end the ray is low (1 - t) + high t - A t (1 - t) above the sphere,
// A = d^2 / (2 a), and sqrt(q t (1 - t)) is required, which is at most low (1 - t) + q t / (4 low).
bool surely_clear(const Link& link, const SmoothPath& path) noexcept {
  const double d = path.distance_m;
  const double low_m = std::min(path.tx_m, path.rx_m);
  const double high_m = std::max(path.tx_m, path.rx_m);
  const double q_m2 = 0.552 * 0.552 * wavelength_m(link.freq_hz) * d;
  return low_m * (high_m - d * d / (2.0 * link.effective_earth_radius_m)) > 0.25 * q_m2;
}

}  // namespace

double spherical_earth_loss_db(const Link& link, const SmoothPath& path) noexcept {
  if (!(path.distance_m > 0.0) || surely_clear(link, path)) return 0.0;
  const double root_sum = std::sqrt(path.tx_m) + std::sqrt(path.rx_m);
  const double horizon_m = std::sqrt(2.0 * link.effective_earth_radius_m) * root_sum;
  if (path.distance_m >= horizon_m) {
    return std::max(0.0, first_term_db(link, path, link.effective_earth_radius_m));
  }
  const Clearance clear = clearance(link, path);
  // An antenna on the surface: the ray touches there, and both heights vanish, the clearance faster.
  const double share = clear.required_m > 0.0 ? clear.height_m / clear.required_m : 0.0;
  if (share > 1.0) return 0.0;
  // The radius at which the two antennas would just see each other.
  const double ratio = path.distance_m / root_sum;
  const double loss = first_term_db(link, path, 0.5 * ratio * ratio);
  return loss > 0.0 ? (1.0 - share) * loss : 0.0;
}

}  // namespace amaneku::itu
