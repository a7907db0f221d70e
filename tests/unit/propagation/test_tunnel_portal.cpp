#include "propagation/tunnel/tunnel_portal.hpp"

#include <cmath>

#include "propagation/units.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using tunnel::Arrival;
using tunnel::CrossSection;
using tunnel::portal_loss_db;

namespace {

/// Emslie, Lagace and Strong (1975), fundamental mode of a rectangular tunnel with lossless dielectric walls,
/// dB/m; vertical polarization: the field is parallel to the side walls, and stands on floor and ceiling.
double emslie_db_m(double freq_hz, const CrossSection& section, double permittivity) {
  const double lambda = wavelength_m(freq_hz);
  const double root = std::sqrt(permittivity - 1.0);
  return 4.343 * lambda * lambda *
         (1.0 / (std::pow(section.width_m, 3.0) * root) + permittivity / (std::pow(section.height_m, 3.0) * root));
}

double per_metre_db(double freq_hz, const CrossSection& section, Polarization polarization, const Arrival& from) {
  return (*portal_loss_db(freq_hz, section, polarization, from, 1000.0) -
          *portal_loss_db(freq_hz, section, polarization, from, 0.0)) /
         1000.0;
}

}  // namespace

TEST_CASE("along the axis a tunnel attenuates as its fundamental mode does (Emslie 1975)") {
  for (const double freq_hz : {1e9, 2.4e9, 4.85e9, 28.25e9}) {
    for (const CrossSection& section : {CrossSection{4.0, 4.0}, CrossSection{9.0, 6.0}, CrossSection{14.0, 7.0}}) {
      INFO(freq_hz << " Hz, " << section.width_m << " m");
      // Conductivity and the second order of the angle are in one and not in the other.
      CHECK(per_metre_db(freq_hz, section, Polarization::vertical, {}) ==
            Approx(emslie_db_m(freq_hz, section, 5.24)).epsilon(0.06));
    }
  }
}

TEST_CASE("a portal that is seen at an angle lets less in, and it is gone after some tens of metres") {
  const CrossSection section;
  const auto at = [&](double off_axis_deg, double inside_m) {
    return *portal_loss_db(4.85e9, section, Polarization::vertical, {.off_axis_deg = off_axis_deg}, inside_m);
  };
  CHECK(at(0.0, 0.0) == Approx(0.0).margin(1e-9));
  CHECK(at(60.0, 0.0) == Approx(3.0103).epsilon(1e-4));  // half of the wave front
  // By hand: sin 30 = 0.5, eta = 5.24 - j0.5881; TE: |R| = |0.5 - sqrt(4.49 - j0.5881)| / |0.5 + ...| = 0.6200,
  // so 4.153 dB for each crossing of 9 m / tan 30 = 15.59 m.
  CHECK(at(30.0, 155.9) - at(30.0, 0.0) == Approx(41.53).epsilon(0.01));
  double last = 0.0;
  for (const double angle : {0.0, 5.0, 10.0, 20.0, 40.0, 60.0, 80.0}) {
    CHECK(at(angle, 100.0) > last);
    last = at(angle, 100.0);
    CHECK(at(angle, 200.0) > at(angle, 100.0));
    CHECK(at(-angle, 100.0) == at(angle, 100.0));
  }
  CHECK(at(10.0, 200.0) < 40.0);
  CHECK(at(60.0, 200.0) > 100.0);
}

TEST_CASE("a wave from behind the portal does not come in") {
  CHECK_FALSE(portal_loss_db(4.85e9, {}, Polarization::vertical, {.off_axis_deg = 90.0}, 10.0));
  CHECK_FALSE(portal_loss_db(4.85e9, {}, Polarization::vertical, {.off_axis_deg = 170.0}, 10.0));
  CHECK_FALSE(portal_loss_db(4.85e9, {}, Polarization::vertical, {.elevation_deg = 90.0}, 0.0));
}
