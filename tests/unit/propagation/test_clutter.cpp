#include <cmath>
#include <limits>

#include "propagation/itu/elevation.hpp"
#include "propagation/itu/p2108_earth_space.hpp"
#include "propagation/itu/p2108_terrestrial.hpp"
#include "propagation/models.hpp"
#include "propagation/normal_quantile.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using amaneku::test::Contains;

// Phi^-1 to 12 digits: Abramowitz and Stegun table 26.5 and 26.6.
TEST_CASE("normal quantile: tabled values, symmetry, ends") {
  CHECK(normal_quantile(0.5) == 0.0);
  CHECK(normal_quantile(0.975) == Approx(1.959963984540).margin(1e-12));
  CHECK(normal_quantile(0.99) == Approx(2.326347874041).margin(1e-12));
  CHECK(normal_quantile(1e-6) == Approx(-4.753424308823).margin(1e-11));
  CHECK(normal_quantile(1e-9) == Approx(-5.997807015008).margin(1e-11));
  for (const double share : {1e-9, 1e-4, 0.02425, 0.024251, 0.1, 0.3, 0.49}) {
    CHECK(normal_quantile(1.0 - share) == Approx(-normal_quantile(share)).epsilon(1e-7));
    CHECK(0.5 * std::erfc(-normal_quantile(share) / std::sqrt(2.0)) == Approx(share).epsilon(1e-13));
  }
  CHECK(std::isfinite(normal_quantile(0.0)));
  CHECK(normal_quantile(1.0) == -normal_quantile(0.0));
}

TEST_CASE("elevation of the other end: flat Earth, then the bulge") {
  const PathGeometry path{.distance_m = 1000.0, .tx_asl_m = 1005.0, .rx_asl_m = 5.0};
  const Link flat{.effective_earth_radius_m = 1e12};
  CHECK(itu::elevation_deg(flat, path, itu::End::rx) == Approx(45.0));
  CHECK(itu::elevation_deg(flat, path, itu::End::tx) == Approx(-45.0));
  // 41.23 km is the horizon of 100 m for 8500 km: the ray leaves the ground at 0 degrees.
  const PathGeometry horizon{.distance_m = std::sqrt(2.0 * 8.5e6 * 100.0), .tx_asl_m = 100.0};
  CHECK(itu::elevation_deg({}, horizon, itu::End::rx) == Approx(0.0).margin(1e-9));
}

// P.2108-1 Figures 1 and 2 read off, and the section's own limits.
TEST_CASE("P.2108 statistical losses: levels, cap at 2 km, zenith") {
  CHECK(itu::terrestrial_clutter_loss_db(1e9, 250.0, 50.0) == Approx(18.5).margin(0.5));
  CHECK(itu::terrestrial_clutter_loss_db(32e9, 100'000.0, 50.0) == Approx(33.0).margin(1.0));
  CHECK(itu::terrestrial_clutter_loss_db(5e9, 2000.0, 30.0) ==
        itu::terrestrial_clutter_loss_db(5e9, 90'000.0, 30.0));
  CHECK(itu::terrestrial_clutter_loss_db(5e9, 500.0, 30.0) < itu::terrestrial_clutter_loss_db(5e9, 2000.0, 30.0));
  // At the zenith the power is 1 and only the normal part stays.
  CHECK(itu::earth_space_clutter_loss_db(30e9, 90.0, 50.0) == Approx(0.0).margin(1e-12));
  for (double percent = 1.0; percent < 99.0; percent += 1.0) {
    CHECK(itu::terrestrial_clutter_loss_db(5e9, 800.0, percent) <
          itu::terrestrial_clutter_loss_db(5e9, 800.0, percent + 1.0));
    CHECK(itu::earth_space_clutter_loss_db(30e9, 20.0, percent) <
          itu::earth_space_clutter_loss_db(30e9, 20.0, percent + 1.0));
  }
  CHECK(itu::earth_space_clutter_loss_db(30e9, 5.0, 50.0) > itu::earth_space_clutter_loss_db(30e9, 40.0, 50.0));
}

TEST_CASE("P.2108 height gain: above the clutter nothing, below it more with every metre") {
  const Link link{.freq_hz = 1.5e9, .tx_agl_m = 2.0, .rx_agl_m = 2.0};
  P2108 model{.method = P2108::Method::height_gain, .clutter_type = itu::P2108Clutter::dense_urban};
  // K_nu = 0.342 sqrt(1.5) = 0.41886; theta = atan(18 / 27) = 33.690 deg; nu = 10.315; J = 33.11 dB.
  CHECK(loss_db(model, link, {}) == Approx(33.11 - 6.03).margin(0.02));
  model.clutter_type = itu::P2108Clutter::open_rural;
  // K_h2 = 21.8 + 6.2 log10(1.5) = 22.892; times log10(10 / 2).
  CHECK(loss_db(model, link, {}) == Approx(22.8918 * 0.69897).margin(1e-4));
  model.clutter_at = P2108::ClutterAt::both;
  CHECK(loss_db(model, link, {}) == Approx(2.0 * 22.8918 * 0.69897).margin(2e-4));
  model.clutter_at = P2108::ClutterAt::tx;
  CHECK(loss_db(model, {.freq_hz = 1.5e9, .tx_agl_m = 10.0, .rx_agl_m = 2.0}, {}) == 0.0);
  model.representative_height_from = P2108::HeightFrom::given;
  model.representative_clutter_height_m = 20.0;
  CHECK(loss_db(model, {.freq_hz = 1.5e9, .tx_agl_m = 10.0, .rx_agl_m = 2.0}, {}) > 0.0);
}

TEST_CASE("P.2108 flags what its section does not cover") {
  const PathGeometry near{.distance_m = 500.0, .tx_asl_m = 30.0, .rx_asl_m = 1.5};
  const Link link{.freq_hz = 4.85e9};
  CHECK(explain(P2108{}, link, near).warnings.empty());
  const auto warnings = [&](const P2108& model) { return explain(model, link, near).warnings; };
  REQUIRE(warnings({.clutter_at = P2108::ClutterAt::both}).size() == 1);
  CHECK_THAT(warnings({.clutter_at = P2108::ClutterAt::both})[0],
             Contains("p2108: distance_m = 500 m is outside >= 1000 (P.2108-1 section 3.2)"));
  CHECK_THAT(warnings({.method = P2108::Method::height_gain}).at(0), Contains("freq_hz = 4850000000 Hz"));
  CHECK_THAT(warnings({.method = P2108::Method::earth_space}).at(0), Contains("is outside 10000000000 .."));
  // The transmitter looks down on the receiver.
  CHECK_THAT(warnings({.method = P2108::Method::earth_space, .clutter_at = P2108::ClutterAt::tx}).at(1),
             Contains("elevation_deg = -3.2"));
  CHECK_THAT(warnings({.location_percent = 0.0}).at(0), Contains("location_percent = 0 %"));
}

// P.2109-2 Figure 1 (median, horizontal): about 12.6 dB at 1 GHz and 31 dB, traditional and efficient.
TEST_CASE("P.2109: Figure 1, elevation, order of the buildings") {
  const PathGeometry level{.distance_m = 1000.0, .tx_asl_m = 10.0, .rx_asl_m = 10.0};
  const auto entry_db = [&](const P2109& model, double freq_hz) {
    return loss_db(model, {.freq_hz = freq_hz, .effective_earth_radius_m = 1e12}, level);
  };
  constexpr auto efficient = itu::BuildingType::thermally_efficient;
  // A = 12.64, B = 9.1, C = -3 dB: power sum 14.3 dB.
  CHECK(entry_db({}, 1e9) == Approx(14.3).margin(0.05));
  // A = 28.19, B = 27.8.
  CHECK(entry_db({.building_type = efficient}, 1e9) == Approx(31.0).margin(0.05));
  CHECK(entry_db({.building_type = efficient}, 28e9) > entry_db({}, 28e9));
  const P2109 steep{.elevation_from = P2109::ElevationFrom::given, .elevation_deg = 50.0};
  P2109 down = steep;
  down.elevation_deg = -50.0;
  CHECK(entry_db(steep, 5e9) > entry_db({}, 5e9));
  CHECK(entry_db(steep, 5e9) == entry_db(down, 5e9));
  CHECK(explain(P2109{}, {}, level).warnings.empty());
  CHECK_THAT(explain(P2109{.location_percent = 100.0}, {}, level).warnings.at(0),
             Contains("location_percent = 100 %"));
}

TEST_CASE("clutter and building entry stay finite whatever the numbers") {
  constexpr double huge = std::numeric_limits<double>::max();
  const double numbers[] = {-huge, -1e9, -1.0, 0.0, 1e-300, 1e-3, 45.0, 90.0, 100.0, 1e9, huge};
  for (const double value : numbers) {
    for (const double other : numbers) {
      const Link link{.freq_hz = value, .tx_agl_m = other, .rx_agl_m = value, .effective_earth_radius_m = other};
      const PathGeometry path{.distance_m = std::abs(other), .tx_asl_m = value, .rx_asl_m = -value};
      for (const auto method :
           {P2108::Method::terrestrial, P2108::Method::earth_space, P2108::Method::height_gain}) {
        for (const auto type : {itu::P2108Clutter::suburban, itu::P2108Clutter::open_rural}) {
          P2108 model{.method = method,
                      .clutter_at = P2108::ClutterAt::both,
                      .location_percent = other,
                      .elevation_deg = other,
                      .clutter_type = type,
                      .representative_clutter_height_m = other,
                      .street_width_m = value};
          CHECK(std::isfinite(loss_db(model, link, path)));
          model.elevation_from = P2108::ElevationFrom::given;
          model.representative_height_from = P2108::HeightFrom::given;
          CHECK(std::isfinite(loss_db(model, link, path)));
        }
      }
      P2109 building{.location_percent = value, .elevation_deg = other};
      CHECK(std::isfinite(loss_db(building, link, path)));
      building.elevation_from = P2109::ElevationFrom::given;
      CHECK(std::isfinite(loss_db(building, link, path)));
    }
  }
}
