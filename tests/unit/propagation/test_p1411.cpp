#include <cmath>
#include <limits>
#include <numbers>

#include "propagation/itu/p1411_canyon_los.hpp"
#include "propagation/itu/p1411_corner.hpp"
#include "propagation/itu/p1411_rooftops_suburban.hpp"
#include "propagation/itu/p1411_rooftops_urban.hpp"
#include "propagation/itu/p1411_street_level.hpp"
#include "propagation/itu/p1411_street_level_residential.hpp"
#include "propagation/itu/p525.hpp"
#include "propagation/models.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using amaneku::test::Contains;
using Case = P1411::Case;
using itu::P1411Environment;

namespace {

PathGeometry level(double distance_m) {
  return {.distance_m = distance_m};
}

double loss(const P1411& model, const Link& link, double distance_m) {
  return loss_db(model, link, level(distance_m));
}

}  // namespace

TEST_CASE("P.1411 site-general: rows of the tables, sight from the path or as said") {
  const Link link{.freq_hz = 10e9};
  // 21.2 log10(100) + 29.2 + 21.1 log10(10) and 40 log10(100) + 10.2 + 23.6 log10(10).
  CHECK(loss({}, link, 100.0) == Approx(92.7));
  PathGeometry hidden = level(100.0);
  hidden.line_of_sight = false;
  CHECK(loss_db(P1411{}, link, hidden) == Approx(113.8));
  CHECK(loss({.line_of_sight = P1411::LineOfSight::nlos}, link, 100.0) == Approx(113.8));
  CHECK(loss_db(P1411{.line_of_sight = P1411::LineOfSight::los}, link, hidden) == Approx(92.7));
  // The distance is that between the antennas.
  const PathGeometry steep{.distance_m = 60.0, .tx_asl_m = 80.0};
  CHECK(loss_db(P1411{}, link, steep) == Approx(92.7));
  // 22.9 log10(1000) + 28.6 + 19.6 log10(10).
  CHECK(loss({.situation = Case::over_rooftops}, link, 1000.0) == Approx(116.9));
}

TEST_CASE("P.1411 site-general: spread of the places") {
  const Link link{.freq_hz = 5e9};
  P1411 model{.variability = P1411::Variability::location_percent};
  const double median_db = loss({}, link, 200.0);
  CHECK(loss(model, link, 200.0) == Approx(median_db));
  model.location_percent = 84.134474606854;  // one standard deviation
  CHECK(loss(model, link, 200.0) == Approx(median_db + 5.06));
  // Out of sight in town the loss comes near to free space, never below it.
  model.line_of_sight = P1411::LineOfSight::nlos;
  model.location_percent = 0.001;
  CHECK(loss(model, link, 35.0) > itu::free_space_loss_db(5e9, 35.0));
  CHECK(loss(model, link, 35.0) == Approx(itu::free_space_loss_db(5e9, 35.0)).margin(0.1));
}

TEST_CASE("P.1411 street canyon in sight: the median is free space, joined at the breakpoint") {
  const itu::StreetAntennas antennas{.h1_m = 4.0, .h2_m = 1.5, .road_m = 0.5};
  for (const double freq_hz : {0.8e9, 2.6e9}) {
    const itu::CanyonLoss near = itu::canyon_los_uhf(freq_hz, 40.0, antennas);
    CHECK(near.breakpoint_m == Approx(4.0 * 4.0 * 1.5 * freq_hz / 299'792'458.0));
    // The lower bound is the sum of two equal waves, 6.02 dB below one.
    CHECK(near.median_db == Approx(itu::free_space_loss_db(freq_hz, 40.0)).margin(0.03));
    CHECK(near.median_db == Approx(near.lower_db + 6.0));
    const auto at = [&](double share) {
      return itu::canyon_los_uhf(freq_hz, near.breakpoint_m * share, antennas);
    };
    CHECK(at(0.999999).upper_db == Approx(at(1.000001).upper_db).margin(1e-4));
    CHECK(at(10.0).lower_db - at(1.0).lower_db == Approx(40.0));
    CHECK(at(1.0).upper_db - at(1.0).lower_db == Approx(20.0));
  }
  // A lower breakpoint above the traffic; none for an antenna in it.
  CHECK(itu::canyon_los_shf(5e9, 100.0, antennas).breakpoint_m == Approx(4.0 * 3.5 * 1.0 * 5e9 / 299'792'458.0));
  const itu::StreetAntennas low{.h1_m = 4.0, .h2_m = 0.4, .road_m = 0.5};
  CHECK(itu::canyon_los_shf(5e9, 200.0, low).median_db - itu::canyon_los_shf(5e9, 20.0, low).median_db ==
        Approx(30.0));
}

TEST_CASE("P.1411 street level: three ranges joined, more loss at more places") {
  for (const auto environment : {P1411Environment::suburban, P1411Environment::urban_low_rise}) {
    for (const double percent : {1.0, 30.0, 50.0, 90.0}) {
      const itu::StreetLevel street{
          .environment = environment, .location_percent = percent, .transition_width_m = 20.0};
      const auto at = [&](double d_m) { return itu::street_level_loss(400e6, d_m, street).loss_db; };
      const double sight_m = itu::street_level_loss(400e6, 1.0, street).sight_m;
      CHECK(at(sight_m * (1 - 1e-9)) == Approx(at(sight_m * (1 + 1e-9))).margin(1e-4));
      CHECK(at((sight_m + 20.0) * (1 - 1e-9)) == Approx(at((sight_m + 20.0) * (1 + 1e-9))).margin(1e-4));
      const itu::StreetLevel more{
          .environment = environment, .location_percent = percent + 1.0, .transition_width_m = 20.0};
      CHECK(itu::street_level_loss(400e6, 2000.0, more).loss_db > at(2000.0));
    }
  }
  // Step 7 by hand: 79.2 - 70 * 0.5.
  CHECK(itu::street_level_loss(400e6, 1.0, {P1411Environment::suburban, 50.0, 20.0}).sight_m == Approx(44.2));
}

TEST_CASE("P.1411 corners: legs from the map") {
  const Link link{.freq_hz = 1.8e9, .tx_agl_m = 4.0, .rx_agl_m = 1.5};
  const P1411 mapped{.situation = Case::corner_uhf, .leg1_m = 120.0};
  P1411 given = mapped;
  given.legs_from = P1411::LegsFrom::given;
  given.leg2_m = 90.0;
  CHECK(loss(mapped, link, 150.0) == Approx(loss(given, link, 0.0)));
  // 120 degrees: 150^2 = 120^2 + x2^2 + 120 x2.
  P1411 blunt = mapped;
  blunt.corner_angle_deg = 120.0;
  given.corner_angle_deg = 120.0;
  given.leg2_m = -60.0 + std::sqrt(60.0 * 60.0 + 150.0 * 150.0 - 120.0 * 120.0);
  CHECK(loss(blunt, link, 150.0) == Approx(loss(given, link, 0.0)));
  CHECK(explain(mapped, link, level(100.0)).mode == "line_of_sight");
  CHECK(loss(mapped, link, 100.0) == Approx(itu::canyon_los_uhf(1.8e9, 100.0, {4.0, 1.5, 0.5}).median_db));
  CHECK(loss(mapped, link, 125.0) > loss(mapped, link, 120.0));

  const Link shf{.freq_hz = 4.7e9, .tx_agl_m = 4.0, .rx_agl_m = 1.5};
  const P1411 corner{.situation = Case::corner_shf, .leg1_m = 120.0};
  // 20 m wide street: sight to 11 m behind the middle of the crossing, corner to 41 m.
  const auto behind = [](double x2_m) { return level(std::hypot(120.0, x2_m)); };
  CHECK(explain(corner, shf, behind(10.9)).mode == "line_of_sight");
  CHECK(explain(corner, shf, behind(11.1)).mode == "corner");
  CHECK(explain(corner, shf, behind(41.1)).mode == "non_line_of_sight");
  CHECK(loss_db(corner, shf, behind(40.9999)) == Approx(loss_db(corner, shf, behind(41.0001))).margin(0.2));
  P1411 houses = corner;
  houses.environment = P1411Environment::residential;
  CHECK(loss_db(houses, shf, behind(80.0)) == Approx(loss_db(corner, shf, behind(80.0)) + 10.0));
}

TEST_CASE("P.1411 street level in a grid: the turns along a straight walk on the map") {
  const Link link{.freq_hz = 2.4e9, .tx_agl_m = 2.5, .rx_agl_m = 1.5};
  P1411 model{.situation = Case::street_level_urban, .leg1_m = 150.0};
  CHECK(explain(model, link, level(149.0)).mode == "line_of_sight");
  CHECK(explain(model, link, level(400.0)).mode == "one_turn");
  model.leg2_m = 100.0;
  CHECK(explain(model, link, level(std::hypot(150.0, 99.0))).mode == "one_turn");
  CHECK(explain(model, link, level(std::hypot(250.0, 100.0))).mode == "two_turns");
  P1411 given = model;
  given.legs_from = P1411::LegsFrom::given;
  given.leg3_m = 100.0;
  CHECK(loss(given, link, 0.0) == Approx(loss(model, link, std::hypot(250.0, 100.0))));
  // The loss goes over from before a corner to behind it without a step.
  given.leg3_m = 1e-9;
  const double behind_db = loss(given, link, 0.0);
  given.leg3_m = 0.0;
  CHECK(behind_db == Approx(loss(given, link, 0.0)).margin(1e-3));
}

TEST_CASE("P.1411 roof-tops: free space where no buildings are, orientation, order of the regions") {
  itu::UrbanRooftops town{.distance_m = 1000.0,
                          .h1_m = 30.0,
                          .h2_m = 1.5,
                          .roof_m = 20.0,
                          .built_m = 0.0,
                          .separation_m = 50.0,
                          .street_width_m = 20.0,
                          .orientation_deg = 90.0,
                          .metropolitan_centre = true};
  CHECK(itu::urban_rooftops_loss(2e9, town).total_db() == Approx(32.4 + 20.0 * std::log10(2000.0)));
  town.built_m = 800.0;
  const double across_db = itu::urban_rooftops_loss(2e9, town).rooftop_to_street_db;
  town.orientation_deg = 0.0;
  // L_ori: 4 - 0.114 * 35 against -10 dB.
  CHECK(across_db - itu::urban_rooftops_loss(2e9, town).rooftop_to_street_db == Approx(10.01));

  const itu::SuburbanRooftops suburb{.distance_m = 0.0,
                                     .h1_m = 30.0,
                                     .h2_m = 1.5,
                                     .roof_m = 10.0,
                                     .street_width_m = 15.0,
                                     .orientation_deg = 90.0};
  const auto at = [&](double d_m) {
    itu::SuburbanRooftops there = suburb;
    there.distance_m = d_m;
    return itu::suburban_rooftops_loss(3.5e9, there);
  };
  // d_0: hypot(15 * 28.5 / (2 * 8.5), 28.5).
  CHECK(at(30.0).reflected_from_m == Approx(38.0082).margin(1e-4));
  CHECK(at(30.0).diffracted_from_m == Approx(119.2804).margin(1e-4));
  CHECK(at(30.0).region == itu::SuburbanRegion::direct);
  CHECK(at(60.0).region == itu::SuburbanRegion::reflected);
  CHECK(at(130.0).region == itu::SuburbanRegion::diffracted);
  for (const double edge_m : {at(30.0).reflected_from_m, at(30.0).diffracted_from_m}) {
    CHECK(at(edge_m * (1 - 1e-9)).loss_db == Approx(at(edge_m * (1 + 1e-9)).loss_db).margin(1e-5));
  }
  CHECK(at(1300.0).loss_db - at(130.0).loss_db == Approx(32.1));
}

// Section 4.3.3 with one corner, all houses of one height: numbers of crc-covlib's helper for L_r and L_v, and for
// L_b less 91.8 dB, since it takes R in kilometres.
TEST_CASE("P.1411 among houses: the three ways") {
  const itu::ResidentialLoss near = itu::residential_loss(4.7e9, {.distance_m = 150.0,
                                                                  .tx_agl_m = 2.5,
                                                                  .rx_agl_m = 1.5,
                                                                  .building_m = 8.0,
                                                                  .to_building_m = 10.0,
                                                                  .buildings_per_km2 = 1500.0,
                                                                  .turn_deg = 90.0,
                                                                  .to_corner_m = 100.0,
                                                                  .from_corner_m = 111.8033988749895});
  CHECK(near.along_road_db == Approx(110.1947432).margin(1e-3));
  CHECK(near.between_houses_db == Approx(215.3259966 - 91.8).margin(1e-3));
  CHECK(near.over_roofs_db == Approx(156.7875457).margin(1e-3));
  CHECK(near.loss_db < near.along_road_db);
  const itu::ResidentialLoss far = itu::residential_loss(26e9, {.distance_m = 700.0,
                                                                .tx_agl_m = 1.2,
                                                                .rx_agl_m = 6.0,
                                                                .building_m = 11.5,
                                                                .to_building_m = 5.0,
                                                                .buildings_per_km2 = 6000.0,
                                                                .turn_deg = 60.0,
                                                                .to_corner_m = 300.0,
                                                                .from_corner_m = 518.9});
  CHECK(far.along_road_db == Approx(137.8886426).margin(1e-3));
  CHECK(far.between_houses_db == Approx(275.7542384 - 91.8).margin(1e-3));
  CHECK(far.over_roofs_db == Approx(209.3827821).margin(1e-3));
}

TEST_CASE("P.1411 flags what a case does not cover") {
  const auto warnings = [](const P1411& model, const Link& link, double distance_m) {
    return explain(model, link, level(distance_m)).warnings;
  };
  const Link link{.freq_hz = 4.85e9, .tx_agl_m = 10.0, .rx_agl_m = 1.5};
  CHECK(warnings({}, link, 300.0).empty());
  CHECK_THAT(warnings({}, link, 700.0).at(0),
             Contains("distance_m = 700 m is outside 5 .. 660 (P.1411-12 Table 4)"));
  const P1411 houses{.environment = P1411Environment::residential};
  CHECK_THAT(warnings(houses, link, 100.0).at(0),
             Contains("environment = residential in sight is not in the table of case = street_canyon"));
  CHECK_THAT(warnings({.situation = Case::canyon_los_uhf}, link, 100.0).at(0),
             Contains("freq_hz = 4850000000 Hz"));
  CHECK_THAT(warnings({.situation = Case::rooftops_suburban}, link, 100.0).at(0), Contains("tx_agl_m = 10 m"));
  CHECK_THAT(warnings({.situation = Case::street_level_residential}, link, 100.0).at(1), Contains("unverified"));
  CHECK_THAT(warnings({.situation = Case::canyon_los_ehf, .loss_exponent = 3.0}, {.freq_hz = 28e9}, 100.0).at(0),
             Contains("loss_exponent = 3"));
}

TEST_CASE("P.1411 stays finite whatever the numbers, and the prepared call gives the same") {
  constexpr double huge = std::numeric_limits<double>::max();
  const double numbers[] = {-huge, -1e9, -1.0, 0.0, 1e-300, 1e-3, 0.5, 45.0, 90.0, 180.0, 2e9, huge};
  for (std::size_t i = 0; i < 12; ++i) {
    for (const double value : numbers) {
      for (const double other : numbers) {
        const Link link{.freq_hz = value, .tx_agl_m = other, .rx_agl_m = value};
        const PathGeometry path{.distance_m = std::abs(other), .tx_asl_m = value, .rx_asl_m = -value};
        for (const auto legs : {P1411::LegsFrom::path, P1411::LegsFrom::given}) {
          P1411 model{.situation = static_cast<Case>(i), .legs_from = legs};
          for (std::size_t k = 0; k < P1411::fields.size(); ++k) {
            model.*P1411::fields[k].member = k % 2 == 0 ? value : other;
          }
          const double mixed_db = loss_db(model, link, path);
          CHECK(std::isfinite(mixed_db));
          CHECK(mixed_db == loss_db(prepared(model, link), link, path));
          const P1411 plain{.situation = static_cast<Case>(i), .legs_from = legs};
          CHECK(std::isfinite(loss_db(plain, link, path)));
        }
      }
    }
  }
}
