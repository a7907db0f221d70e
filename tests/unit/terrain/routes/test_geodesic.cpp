#include "terrain/geodesic.hpp"

#include <cmath>

#include "tests/support/catch.hpp"

using namespace amaneku;

// By Vincenty's formulas, independent_lengths.py.
TEST_CASE(
    "geodesics have the lengths of Vincenty's formulas, across the border of a zone and across 180 degrees") {
  CHECK(geodesic_between({137.5, 35.0}, {138.5, 35.2}).length_m == Approx(93837.507571).margin(1e-4));
  CHECK(geodesic_between({179.9, -16.5}, {-179.9, -16.6}).length_m == Approx(24045.265394).margin(1e-4));
  CHECK(geodesic_between({139.0, 35.0}, {139.0, 35.01}).length_m == Approx(1109.406661).margin(1e-5));
  CHECK(geodesic_between({139.0, 35.0}, {139.01, 35.0}).length_m == Approx(912.881697).margin(1e-5));
}

TEST_CASE("azimuths are clockwise from north, and a way along them comes back to its end") {
  CHECK(geodesic_between({139.0, 35.0}, {139.0, 35.01}).azimuth_deg == Approx(0.0).margin(1e-9));
  CHECK(geodesic_between({139.0, 35.0}, {138.99, 35.0}).azimuth_deg == Approx(270.0).margin(0.01));
  const Geodesic way = geodesic_between({179.9, -16.5}, {-179.9, -16.6});
  const GeodesicPlace end = geodesic_along({179.9, -16.5}, way.azimuth_deg, way.length_m);
  CHECK(end.at.lon_deg == Approx(-179.9).margin(1e-9));
  CHECK(end.at.lat_deg == Approx(-16.6).margin(1e-9));
  CHECK(end.azimuth_deg == Approx(way.end_azimuth_deg).margin(1e-9));
}

TEST_CASE("a way from a place to itself has no length, one to no number none") {
  CHECK(geodesic_between({139.0, 35.0}, {139.0, 35.0}).length_m == 0.0);
  CHECK(std::isnan(geodesic_between({139.0, 35.0}, {std::nan(""), 35.0}).length_m));
}
