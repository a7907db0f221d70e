#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <vector>

#include "propagation/models.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::hata;
using amaneku::test::Contains;
using Area = ExtendedHata::Area;

namespace {

constexpr Link kLink{.freq_hz = 2e9, .tx_agl_m = 50.0, .rx_agl_m = 3.0};

Profile even(std::size_t points, double step_m, const std::function<double(double)>& height_m) {
  Profile profile;
  for (std::size_t i = 0; i < points; ++i) {
    const double d_m = static_cast<double>(i) * step_m;
    profile.distance_m.push_back(d_m);
    profile.ground_asl_m.push_back(height_m(d_m));
  }
  return profile;
}

EhataTerrain terrain_of(const Link& link, const Profile& profile) {
  return ehata_terrain(link, extract_path(link, profile.view()));
}

double model_loss(const Ehata& model, const Link& link, const Profile& profile) {
  return loss_db(model, link, extract_path(link, profile.view()));
}

}  // namespace

// The points of Okumura's curves to which TR-15-517 fits its parabolas.
TEST_CASE("ehata: the fits go through their points") {
  const std::array<double, 3> f_mhz = {1500.0, 2000.0, 3000.0};
  const std::array<double, 3> at_1_km = {22.0, 23.5, 25.85};
  const std::array<double, 3> at_100_km = {63.5, 65.75, 69.5};
  const std::array<double, 3> suburb = {11.5, 12.4, 14.0};
  const std::array<double, 3> deviation = {7.1, 7.5, 8.1};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(urban_excess_1_km_db(f_mhz[i]) == Approx(at_1_km[i]).margin(1e-9));
    CHECK(urban_excess_100_km_db(f_mhz[i]) == Approx(at_100_km[i]).margin(1e-9));
    CHECK(suburban_relief_db(f_mhz[i]) == Approx(suburb[i]).margin(1e-9));
    CHECK(location_deviation_db(Area::urban, f_mhz[i]) == Approx(deviation[i]).margin(1e-9));
    CHECK(location_deviation_db(Area::open, f_mhz[i]) == Approx(deviation[i] + 2.0).margin(1e-9));
  }
}

// Reference antennas 200 m and 3 m: the loss is free space (slant) and the attenuation of the curve, at 1 km and
// 100 km.
TEST_CASE("ehata: median with the reference antennas by hand") {
  const EhataLink at_1_km{.f_mhz = 2000.0, .base_m = 200.0, .mobile_m = 3.0, .d_km = 1.0};
  CHECK(ehata_median_db(Area::urban, at_1_km) == Approx(98.468 + 0.1654 + 23.5).margin(1e-3));
  CHECK(ehata_median_db(Area::suburban, at_1_km) == Approx(98.468 + 0.1654 + 23.5 - 12.4).margin(1e-3));
  EhataLink far = at_1_km;
  far.d_km = 100.0;
  CHECK(ehata_median_db(Area::urban, far) == Approx(138.468 + 65.75).margin(1e-3));
  // Both branches meet at the break point but for the slant distance.
  EhataLink link{.f_mhz = 1800.0, .base_m = 60.0, .mobile_m = 1.5, .d_km = 0.0};
  link.d_km = break_point_km(link) * (1.0 - 1e-9);
  const double before_db = ehata_median_db(Area::urban, link);
  link.d_km *= 1.0 + 2e-9;
  CHECK(ehata_median_db(Area::urban, link) == Approx(before_db).margin(0.2));
}

TEST_CASE("ehata: quantiles are those of a sort, for any number of samples") {
  std::mt19937 random(7);
  std::normal_distribution<double> heights(120.0, 300.0);
  for (const std::size_t n : {1U, 2U, 3U, 9U, 10U, 11U, 99U, 2048U, 2049U, 7001U}) {
    std::vector<double> values(n);
    for (double& value : values) value = std::round(heights(random));
    const HeightQuantiles found = height_quantiles(values);
    std::sort(values.begin(), values.end(), std::greater<>());
    const auto rank = [&](double share) {
      return static_cast<std::size_t>(std::max(0.0, std::trunc(share * static_cast<double>(n) - 1.0)));
    };
    INFO(n << " samples");
    CHECK(found.high_m == values[rank(0.1)]);
    CHECK(found.middle_m == values[rank(0.5)]);
    CHECK(found.low_m == values[rank(0.9)]);
  }
}

// A plane that rises by 10 m a kilometre toward the mobile, 20 km long in steps of 100 m. Ahead of either end 3 to
// 15 km lies 9 km on average.
TEST_CASE("ehata: effective heights and slope on a plane") {
  const Profile plane = even(201, 100.0, [](double d_m) { return 100.0 + 0.01 * d_m; });
  const EhataTerrain terrain = terrain_of(kLink, plane);
  CHECK(terrain.mobile_effective_m == Approx(3.0 + 90.0));
  CHECK(terrain.base_effective_m == Approx(50.0 - 90.0));
  CHECK(terrain.mobile_slope_mrad == Approx(10.0));
  CHECK(terrain.heights.high_m == Approx(300.0 - 9.0));
  CHECK(terrain.heights.low_m == Approx(300.0 - 89.0));
  CHECK(terrain.irregularity_m == Approx(80.0));
  CHECK(terrain.sea_fraction == 0.0);
  // From 3 km on the heights set in, whole at 15 km.
  CHECK(terrain_of(kLink, even(31, 99.9, [](double d_m) { return 0.01 * d_m; })).mobile_effective_m == 3.0);
  const Profile nine = even(91, 100.0, [](double d_m) { return 0.01 * d_m + 1.0; });
  CHECK(terrain_of(kLink, nine).mobile_effective_m == Approx(3.0 + 0.5 * 60.0));
  // Uneven samples of the same plane have the same slope.
  Profile uneven = plane;
  for (std::size_t i = 150; i < 200; ++i) {
    uneven.distance_m[i] += 40.0;
    uneven.ground_asl_m[i] += 0.4;
  }
  CHECK(terrain_of(kLink, uneven).mobile_slope_mrad == Approx(10.0).margin(0.1));
}

TEST_CASE("ehata: one ridge, two ridges, sight") {
  const auto ridges = [](double a_m, double b_m) {
    return even(201, 100.0, [=](double d_m) { return d_m == a_m || d_m == b_m ? 300.0 : 50.0; });
  };
  const EhataTerrain one = terrain_of(kLink, ridges(15e3, 15e3));
  CHECK(one.single_horizon);
  CHECK_FALSE(one.line_of_sight);
  CHECK(one.base_horizon_m == Approx(15e3));
  CHECK(one.mobile_horizon_m == Approx(5e3));
  const EhataTerrain two = terrain_of(kLink, ridges(5e3, 15e3));
  CHECK_FALSE(two.single_horizon);
  CHECK(two.base_horizon_m == Approx(5e3));
  CHECK(two.mobile_horizon_m == Approx(5e3));
  const Link high{.freq_hz = 2e9, .tx_agl_m = 150.0, .rx_agl_m = 10.0};
  const EhataTerrain sight = terrain_of(high, even(51, 100.0, [](double) { return 20.0; }));
  CHECK(sight.line_of_sight);
  CHECK_FALSE(sight.single_horizon);
  CHECK(explain(Ehata{}, kLink, extract_path(kLink, ridges(15e3, 15e3).view())).mode == "single_horizon");
  CHECK(explain(Ehata{}, kLink, extract_path(kLink, ridges(5e3, 15e3).view())).mode == "two_horizons");
}

// Knots of Okumura's figures.
TEST_CASE("ehata: corrections at the knots of their curves") {
  CHECK(slope_db(8.0, 5.0) == Approx(1.0));
  CHECK(slope_db(8.0, 20.0) == Approx(8.0 * 0.2375));
  CHECK(slope_db(8.0, 45.0) == Approx(8.0 * 0.475));
  CHECK(slope_db(8.0, 90.0) == Approx(4.8));
  CHECK(slope_db(-8.0, 5.0) == Approx(-2.0));
  CHECK(slope_db(-8.0, 90.0) == Approx(-6.4));
  CHECK(rolling_hills_db(3.0) == rolling_hills_db(15.0));
  CHECK(rolling_hills_db(100.0) == Approx(-9.0003).margin(1e-3));

  EhataTerrain ridge{};
  ridge.ridge_m = 200.0;
  const auto ridge_db = [&](double base_km, double mobile_km) {
    ridge.base_horizon_m = 1e3 * base_km;
    ridge.mobile_horizon_m = 1e3 * mobile_km;
    return isolated_ridge_db(ridge);
  };
  CHECK(ridge_db(10.0, 0.0) == Approx(4.0));
  CHECK(ridge_db(15.0, 2.0) == Approx(-17.5));
  CHECK(ridge_db(30.0, 4.0) == Approx(-10.0));
  CHECK(ridge_db(45.0, 4.0) == Approx(-7.25));
  CHECK(ridge_db(90.0, 0.5) == Approx(8.0));
  CHECK(ridge_db(90.0, 8.5) == Approx(-0.5));
  CHECK(ridge_db(90.0, 50.0) == 0.0);

  EhataTerrain sea{.distance_m = 20e3, .sea_fraction = 0.6, .sea_at = EhataTerrain::SeaAt::base};
  CHECK(mixed_path_db(sea) == Approx(6.0));
  sea.sea_at = EhataTerrain::SeaAt::mobile;
  CHECK(mixed_path_db(sea) == Approx(8.5));
  sea.sea_at = EhataTerrain::SeaAt::both;
  CHECK(mixed_path_db(sea) == Approx(7.25));
  sea.distance_m = 80e3;
  CHECK(mixed_path_db(sea) == Approx(10.375));
  sea.distance_m = 45e3;
  CHECK(mixed_path_db(sea) == Approx(8.8125));
  sea.sea_fraction = 1.0;
  CHECK(mixed_path_db(sea) == Approx(13.0));
  sea.sea_fraction = 0.0;
  CHECK(mixed_path_db(sea) == 0.0);

  EhataTerrain hills{.mobile_ground_m = 150.0, .heights = {200.0, 150.0, 100.0}, .irregularity_m = 100.0};
  const double whole_db = -11.728795 + 2.0 * (15.544272 - 1.8154766 * 2.0);
  CHECK(mobile_on_hills_db(hills) == 0.0);
  hills.mobile_ground_m = 175.0;
  CHECK(mobile_on_hills_db(hills) == Approx(0.5 * whole_db));
  hills.mobile_ground_m = 90.0;
  CHECK(mobile_on_hills_db(hills) == Approx(-whole_db));
  hills.irregularity_m = 9.0;
  CHECK(mobile_on_hills_db(hills) == 0.0);
}

TEST_CASE("ehata: the loss rises with reliability and from open land to town, sea lowers it") {
  const Profile land = even(401, 100.0, [](double d_m) { return 40.0 + 20.0 * std::sin(d_m / 1500.0); });
  double last_db = -1e9;
  for (const double percent : {1.0, 10.0, 50.0, 90.0, 99.0}) {
    const double now_db = model_loss({.location_percent = percent}, kLink, land);
    CHECK(now_db > last_db);
    last_db = now_db;
  }
  // One standard deviation at 84.13 %.
  CHECK(model_loss({.location_percent = 84.1345}, kLink, land) - model_loss({}, kLink, land) ==
        Approx(7.5).margin(0.01));
  CHECK(model_loss({.area = Area::open}, kLink, land) < model_loss({.area = Area::suburban}, kLink, land));
  CHECK(model_loss({.area = Area::suburban}, kLink, land) < model_loss({}, kLink, land));
  Profile shore = even(401, 100.0, [](double) { return 0.5; });
  const double dry_db = model_loss({}, kLink, shore);
  for (std::size_t i = 0; i < 200; ++i) shore.ground_asl_m[i] = 0.0;
  CHECK(model_loss({}, kLink, shore) < dry_db - 3.0);
}

TEST_CASE("ehata explains itself") {
  const Profile plane = even(201, 100.0, [](double d_m) { return 100.0 + 0.01 * d_m; });
  const PathLoss out = explain(Ehata{.location_percent = 90.0}, kLink, extract_path(kLink, plane.view()));
  double sum_db = 0.0;
  for (std::size_t i = 0; i < 7; ++i) sum_db += (i < 2 ? 1.0 : -1.0) * out.terms[i].value;
  CHECK(sum_db == Approx(out.loss_db));
  REQUIRE(out.warnings.size() == 2);
  CHECK_THAT(out.warnings[0], Contains("ehata: effective tx height = -40.0 m is outside 30 .. 200"));
  CHECK_THAT(out.warnings[1], Contains("ehata: effective rx height = 93.0 m is outside 1 .. 10"));
  CHECK(validity_warnings(Ehata{.location_percent = 100.0}, kLink, 5e3).size() == 1);
  // Without a profile the ground is level between the ends.
  const PathGeometry ends{.distance_m = 5e3, .tx_asl_m = 50.0, .rx_asl_m = 3.0};
  CHECK(loss_db(Ehata{}, kLink, ends) ==
        Approx(model_loss({}, kLink, even(2, 5e3, [](double) { return 0.0; }))).margin(1e-9));
}

TEST_CASE("ehata is finite for any finite link and ground") {
  std::mt19937 random(11);
  constexpr std::array<double, 8> kScale = {0.0, 1e-300, 1e-3, 1.0, 1e3, 1e9, 1e100, 1e300};
  std::uniform_int_distribution<std::size_t> pick(0, kScale.size() - 1);
  std::uniform_real_distribution<double> sign(-1.0, 1.0);
  const auto any = [&] { return kScale[pick(random)] * sign(random); };
  for (int round = 0; round < 5000; ++round) {
    const Link link{.freq_hz = any(), .tx_agl_m = any(), .rx_agl_m = any()};
    const double step_m = std::max(1e-3, std::abs(any()));
    const double height_m = any();
    const Profile profile =
        even(2 + pick(random) * 7, std::min(step_m, 1e290), [&](double) { return height_m * sign(random); });
    const Ehata model{.area = static_cast<Area>(round % 3), .location_percent = any()};
    const double loss = model_loss(model, link, profile);
    INFO(link.freq_hz << " Hz " << link.tx_agl_m << " m " << link.rx_agl_m << " m " << step_m << " m " << height_m
                      << " m " << model.location_percent);
    CHECK(std::isfinite(loss));
  }
}
