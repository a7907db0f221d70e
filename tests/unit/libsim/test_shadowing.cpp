#include <cmath>

#include "libsim/maps/shadowing.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

/// The definition, summed: share of the places of each thin ring that reach the threshold.
double summed_area_probability(double edge_margin_db, double sigma_db, double exponent) {
  constexpr int kRings = 200'000;
  double sum = 0.0;
  for (int i = 0; i < kRings; ++i) {
    const double r = (i + 0.5) / kRings;
    const double margin_db = edge_margin_db - 10.0 * exponent * std::log10(r);
    sum += 2.0 * r * 0.5 * std::erfc(-margin_db / (sigma_db * std::sqrt(2.0))) / kRings;
  }
  return sum;
}

}  // namespace

TEST_CASE("area probability is the integral over the circular cell") {
  for (const double sigma_db : {4.0, 8.0, 12.0}) {
    for (const double exponent : {2.0, 3.5, 4.0}) {
      for (const double margin_db : {-10.0, -3.0, 0.0, 5.4, 12.0}) {
        CAPTURE(sigma_db, exponent, margin_db);
        CHECK(std::abs(area_probability(margin_db, sigma_db, exponent) -
                       summed_area_probability(margin_db, sigma_db, exponent)) < 1e-8);
      }
    }
  }
}

TEST_CASE("75 % at the edge are 91 % of the area where sigma is 8 dB and the exponent 4") {
  const double edge_margin_db = location_margin_db(0.75, 8.0);
  CHECK(std::abs(edge_margin_db - 5.396) < 1e-3);
  CHECK(std::abs(area_probability(edge_margin_db, 8.0, 4.0) - 0.91) < 0.005);
}

TEST_CASE("margins are the inverse of probabilities") {
  for (const double share : {0.01, 0.5, 0.75, 0.95, 0.99}) {
    CAPTURE(share);
    CHECK(std::abs(location_probability(location_margin_db(share, 7.0), 7.0) - share) < 1e-8);
    CHECK(std::abs(area_probability(area_margin_db(share, 7.0, 3.5), 7.0, 3.5) - share) < 1e-9);
  }
  CHECK(std::abs(location_margin_db(0.95, 8.0) - 8.0 * 1.6448536) < 1e-5);
}

TEST_CASE("a steep slope leaves no overflow in the area probability") {
  CHECK(area_probability(0.0, 0.01, 4.0) > 0.99);
  CHECK(area_probability(-40.0, 4.0, 0.1) < 1e-9);
}
