#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "propagation/itu/p526_bullington.hpp"
#include "propagation/itu/p526_delta_bullington.hpp"
#include "propagation/itu/p526_knife_edge.hpp"
#include "propagation/itu/p526_spherical_earth.hpp"
#include "propagation/models.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

Profile even_profile(const std::vector<double>& heights, double spacing_m) {
  Profile profile;
  for (std::size_t i = 0; i < heights.size(); ++i) {
    profile.distance_m.push_back(static_cast<double>(i) * spacing_m);
    profile.ground_asl_m.push_back(heights[i]);
  }
  return profile;
}

double diffraction_db(const Link& link, const Profile& profile) {
  return itu::delta_bullington_loss_db(link, extract_path(link, profile.view()));
}

}  // namespace

TEST_CASE("knife edge: values of ITU-R P.526 figure 9") {
  CHECK(itu::knife_edge_loss_db(0.0) == Approx(6.03).margin(0.01));
  CHECK(itu::knife_edge_loss_db(1.0) == Approx(13.93).margin(0.01));
  CHECK(itu::knife_edge_loss_db(-0.78) == 0.0);
  CHECK(itu::knife_edge_loss_db(-5.0) == 0.0);
  CHECK(itu::knife_edge_loss_db(-std::numeric_limits<double>::infinity()) == 0.0);
  // Far into the shadow: 13 + 20 log10 nu.
  CHECK(itu::knife_edge_loss_db(30.0) == Approx(13.0 + 20.0 * std::log10(30.0)).margin(0.12));
}

TEST_CASE("a free path over the sphere loses nothing, a path beyond the horizon much") {
  const Link link{.freq_hz = 1e9};
  CHECK(itu::spherical_earth_loss_db(link, {10'000.0, 100.0, 100.0, 0.0}) == 0.0);
  const double beyond_db = itu::spherical_earth_loss_db(link, {100'000.0, 30.0, 30.0, 0.0});
  CHECK(beyond_db > 40.0);
  CHECK(itu::spherical_earth_loss_db(link, {150'000.0, 30.0, 30.0, 0.0}) > beyond_db + 20.0);
  CHECK(itu::spherical_earth_loss_db(link, {0.0, 30.0, 30.0, 0.0}) == 0.0);
  // Vertical waves follow salt water better than ground, below some hundred megahertz.
  const Link low{.freq_hz = 50e6, .polarization = Polarization::vertical};
  CHECK(itu::spherical_earth_loss_db(low, {80'000.0, 10.0, 10.0, 1.0}) <
        itu::spherical_earth_loss_db(low, {80'000.0, 10.0, 10.0, 0.0}) - 3.0);
}

// Section 3.2 with its point, where the ray from both ends meets the sphere at equal angles, found by bisection,
// and the first term asked for at grazing incidence.
TEST_CASE("between clear and grazing the loss falls with the clearance, in proportion") {
  std::mt19937 generator(5);
  const auto power = [&](double low, double high) {
    return std::pow(10.0, std::uniform_real_distribution<double>(low, high)(generator));
  };
  int clear = 0;
  int partly = 0;
  for (int i = 0; i < 2000; ++i) {
    Link link{.freq_hz = power(7.5, 10.5)};
    const double d = power(2.5, 4.8);
    const itu::SmoothPath path{.distance_m = d, .tx_m = power(0.0, 2.5), .rx_m = power(0.0, 2.5)};
    const double root_sum = std::sqrt(path.tx_m) + std::sqrt(path.rx_m);
    const double two_a = 2.0 * link.effective_earth_radius_m;
    if (d >= std::sqrt(two_a) * root_sum) continue;
    double below_m = 0.0;
    double beyond_m = d;
    for (int k = 0; k < 80; ++k) {
      const double d1 = 0.5 * (below_m + beyond_m);
      const double steeper = path.tx_m / d1 - d1 / two_a - path.rx_m / (d - d1) + (d - d1) / two_a;
      (steeper > 0.0 ? below_m : beyond_m) = d1;
    }
    const double d1 = 0.5 * (below_m + beyond_m);
    const double height_m = (path.tx_m * (d - d1) + path.rx_m * d1) / d - d1 * (d - d1) / two_a;
    const double required_m = 0.552 * std::sqrt(d1 * (d - d1) * 299'792'458.0 / link.freq_hz / d);
    const double loss = itu::spherical_earth_loss_db(link, path);
    if (height_m >= required_m) {
      CHECK(loss < 1e-6);
      ++clear;
      continue;
    }
    Link grazing = link;
    grazing.effective_earth_radius_m = 0.5 * d * d / (root_sum * root_sum) * (1.0 - 1e-12);
    const double expected_db = (1.0 - height_m / required_m) * itu::spherical_earth_loss_db(grazing, path);
    CHECK(loss == Approx(expected_db).margin(1e-6));
    ++partly;
  }
  CHECK(clear > 100);
  CHECK(partly > 100);
}

// The smooth profile in closed form against the walk over its samples.
TEST_CASE("smooth Bullington equals Bullington over a flat profile") {
  std::mt19937 generator(11);
  const auto between = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(generator);
  };
  double worst_db = 0.0;
  int in_sight = 0;
  int obstructed = 0;
  for (int i = 0; i < 20'000; ++i) {
    Link link{.freq_hz = std::pow(10.0, between(7.5, 10.7)), .effective_earth_radius_m = between(6.6e6, 1.2e7)};
    link.tx_agl_m = i % 7 == 0 ? 0.0 : std::pow(10.0, between(-2.0, 3.0));
    link.rx_agl_m = i % 11 == 0 ? 0.0 : std::pow(10.0, between(-2.0, 3.0));
    const auto samples = static_cast<std::uint32_t>(between(2.0, 120.0));
    const double distance_m = std::pow(10.0, between(2.3, 5.3));
    const Profile profile = even_profile(std::vector<double>(samples, 0.0), distance_m / (samples - 1));
    const PathGeometry path = extract_path(link, profile.view());
    const double walked_db = itu::bullington_loss_db(link, path, path.median);
    const double closed_db =
        itu::smooth_bullington_loss_db(link, {path.distance_m, link.tx_agl_m, link.rx_agl_m, 0.0}, {samples});
    REQUIRE(std::isfinite(walked_db));
    REQUIRE(std::isfinite(closed_db));
    worst_db = std::max(worst_db, std::abs(walked_db - closed_db));
    ++(path.line_of_sight ? in_sight : obstructed);
  }
  CHECK(worst_db < 1e-6);
  CHECK(in_sight > 1000);
  CHECK(obstructed > 1000);
}

TEST_CASE("one ridge: knife edge with the correction of the path, by hand") {
  std::vector<double> heights(101, 0.0);
  heights[50] = 100.0;
  const Link link{.freq_hz = 1e9, .tx_agl_m = 10.0, .rx_agl_m = 10.0, .effective_earth_radius_m = 8.5e6};
  const Profile profile = even_profile(heights, 100.0);
  const PathGeometry path = extract_path(link, profile.view());
  REQUIRE_FALSE(path.line_of_sight);
  const double above_m = 90.0 + 5000.0 * 5000.0 / (2.0 * 8.5e6);
  const double nu = above_m * std::sqrt(2.0 * 10'000.0 / (0.299792458 * 5000.0 * 5000.0));
  const double knife_db = itu::knife_edge_loss_db(nu);
  const double expected_db = knife_db + (1.0 - std::exp(-knife_db / 6.0)) * (10.0 + 0.02 * 10.0);
  CHECK(itu::bullington_loss_db(link, path, path.median) == Approx(expected_db).margin(1e-9));
  CHECK(explain(P526{}, link, path).mode == "diffraction");
}

TEST_CASE("modes of a path") {
  const Link high{.freq_hz = 1e9, .tx_agl_m = 100.0, .rx_agl_m = 100.0};
  const Profile flat = even_profile(std::vector<double>(51, 10.0), 100.0);
  const PathGeometry clear = extract_path(high, flat.view());
  const PathLoss in_sight = explain(P526{}, high, clear);
  CHECK(in_sight.mode == "line_of_sight");
  CHECK(in_sight.loss_db == Approx(92.45 + 20.0 * std::log10(5.0)).margin(0.01));
  const Link low{.freq_hz = 1e9, .tx_agl_m = 4.0, .rx_agl_m = 4.0};
  CHECK(explain(P526{}, low, extract_path(low, flat.view())).mode == "sub_path");
  // A path of two points has nothing between its ends.
  const Profile two_points = even_profile({10.0, 12.0}, 25.0);
  CHECK(explain(P526{}, high, extract_path(high, two_points.view())).mode == "line_of_sight");
}

TEST_CASE("a higher ridge never helps") {
  double before_db = -1.0;
  for (double ridge_m = 0.0; ridge_m <= 400.0; ridge_m += 5.0) {
    std::vector<double> heights(201, 50.0);
    heights[120] += ridge_m;
    const Link link{.freq_hz = 2.6e9};
    const Profile profile = even_profile(heights, 30.0);
    const PathGeometry path = extract_path(link, profile.view());
    const double loss_now_db = itu::bullington_loss_db(link, path, path.median);
    CHECK(loss_now_db >= before_db - 1e-9);
    before_db = loss_now_db;
  }
  CHECK(before_db > 30.0);
}

TEST_CASE("the way back is the way there") {
  std::mt19937 generator(3);
  std::normal_distribution<double> step(0.0, 8.0);
  for (int i = 0; i < 300; ++i) {
    std::vector<double> heights = {300.0};
    const std::size_t samples = 3 + static_cast<std::size_t>(generator() % 400);
    while (heights.size() < samples) heights.push_back(heights.back() + step(generator));
    const Link there{.freq_hz = 4.7e9, .tx_agl_m = 30.0, .rx_agl_m = 1.5};
    const Link back{.freq_hz = 4.7e9, .tx_agl_m = 1.5, .rx_agl_m = 30.0};
    const Profile forward = even_profile(heights, 30.0);
    std::reverse(heights.begin(), heights.end());
    const Profile reversed = even_profile(heights, 30.0);
    CHECK(diffraction_db(there, forward) == Approx(diffraction_db(back, reversed)).margin(1e-6));
  }
}

TEST_CASE("degenerate terrain gives finite losses") {
  const double infinite = std::numeric_limits<double>::infinity();
  for (const double radius_m : {8.5e6, 1e12, infinite}) {
    for (const double agl_m : {0.0, 1e-9, 1.5, 1e4}) {
      for (const std::vector<double>& heights : {std::vector<double>{0, 0},
                                                 {0, 0, 0},
                                                 {0, 10, 20, 30},
                                                 {5, 5, 5, 5, 5},
                                                 {0, 9000, 0},
                                                 {0, -400, 0, 8000},
                                                 {1e-12, 0, 1e-12},
                                                 {100, 0, 0, 0, 100}}) {
        const Profile profile = even_profile(heights, 30.0);
        for (const Polarization polarization : {Polarization::horizontal, Polarization::vertical}) {
          const Link link{4.7e9, agl_m, agl_m, polarization, radius_m};
          const double db = loss_db(P526{}, link, extract_path(link, profile.view()));
          INFO(radius_m << " " << agl_m << " " << heights.size() << " samples, second " << heights[1]);
          CHECK(std::isfinite(db));
          CHECK(db >= 0.0);
        }
      }
    }
  }
}

TEST_CASE("an antenna on the surface itself is the limit of one just above it") {
  for (const double tx_m : {0.1, 5.0, 400.0}) {
    for (const double distance_m : {30.0, 1500.0, 40'000.0}) {
      const Link link{.freq_hz = 1.5e9};
      const double on = itu::spherical_earth_loss_db(link, {.distance_m = distance_m, .tx_m = tx_m, .rx_m = 0.0});
      const double above =
          itu::spherical_earth_loss_db(link, {.distance_m = distance_m, .tx_m = tx_m, .rx_m = 1e-9});
      INFO(tx_m << " m, " << distance_m << " m");
      CHECK(std::isfinite(on));
      CHECK(on == Approx(above).margin(0.05));
    }
  }
}
