#include "propagation/path_obstacle.hpp"

#include <cmath>
#include <vector>

#include "propagation/units.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

const Link kLink{.freq_hz = 3.0e9, .tx_agl_m = 30.0, .rx_agl_m = 30.0, .effective_earth_radius_m = 1e15};

}  // namespace

TEST_CASE("one ridge on a flat Earth is a knife edge of known height") {
  const std::vector<double> distance_m{0.0, 2000.0, 5000.0, 10000.0};
  const std::vector<double> ground_m{0.0, 10.0, 80.0, 0.0};
  const PathObstacle obstacle = find_obstacle(kLink, {distance_m, ground_m});
  CHECK_FALSE(obstacle.line_of_sight);
  REQUIRE(obstacle.deciding);
  CHECK(obstacle.deciding->distance_m == 5000.0);
  CHECK(obstacle.deciding->above_line_m == Approx(50.0));
  // F1 = sqrt(lambda d1 d2 / d), nu = h sqrt(2 / lambda (1 / d1 + 1 / d2)).
  const double lambda_m = wavelength_m(3.0e9);
  CHECK(obstacle.deciding->fresnel_m == Approx(std::sqrt(lambda_m * 2500.0)));
  CHECK(obstacle.deciding->nu() == Approx(50.0 * std::sqrt(2.0 / lambda_m * (2.0 / 5000.0))));
  CHECK(obstacle.deciding->free_share() == 0.0);
  // Both horizons are the ridge, and so is the Bullington point.
  REQUIRE(obstacle.bullington);
  CHECK(obstacle.tx_horizon->distance_m == 5000.0);
  CHECK(obstacle.rx_horizon->distance_m == 5000.0);
  CHECK(obstacle.bullington->distance_m == Approx(5000.0));
  CHECK(obstacle.bullington->above_line_m == Approx(50.0));
  CHECK(obstacle.bullington->nu == Approx(obstacle.deciding->nu()));
}

TEST_CASE("two ridges meet in the Bullington point above both") {
  const std::vector<double> distance_m{0.0, 3000.0, 7000.0, 10000.0};
  const std::vector<double> ground_m{0.0, 60.0, 60.0, 0.0};
  const PathObstacle obstacle = find_obstacle(kLink, {distance_m, ground_m});
  REQUIRE(obstacle.bullington);
  CHECK(obstacle.tx_horizon->distance_m == 3000.0);
  CHECK(obstacle.rx_horizon->distance_m == 7000.0);
  CHECK(obstacle.bullington->distance_m == Approx(5000.0));
  CHECK(obstacle.bullington->above_line_m == Approx(50.0));  // 30 m in 3 km, on to 5 km
}

TEST_CASE("a path in sight tells how much of the first Fresnel zone is free") {
  const std::vector<double> distance_m{0.0, 5000.0, 10000.0};
  const double fresnel_m = std::sqrt(wavelength_m(3.0e9) * 2500.0);
  const std::vector<double> ground_m{0.0, 30.0 - 0.6 * fresnel_m, 0.0};
  const PathObstacle obstacle = find_obstacle(kLink, {distance_m, ground_m});
  CHECK(obstacle.line_of_sight);
  REQUIRE(obstacle.deciding);
  CHECK(obstacle.deciding->clearance_share() == Approx(0.6));
  CHECK(obstacle.deciding->free_share() == Approx(0.8));
  CHECK_FALSE(obstacle.bullington);
  CHECK_FALSE(obstacle.tx_horizon);
  CHECK_FALSE(find_obstacle(kLink, {std::vector<double>{0.0, 100.0}, std::vector<double>{0.0, 0.0}}).deciding);
}

TEST_CASE("the Earth's bulge and clutter stand in the way as ground does") {
  Link link = kLink;
  link.effective_earth_radius_m = 8.5e6;
  const std::vector<double> distance_m{0.0, 20000.0, 40000.0};
  const std::vector<double> ground_m{0.0, 0.0, 0.0};
  const PathObstacle sea = find_obstacle(link, {distance_m, ground_m});
  CHECK(sea.deciding->above_line_m == Approx(20000.0 * 20000.0 / (2.0 * 8.5e6) - 30.0));
  const std::vector<double> trees_m{0.0, 15.0, 0.0};
  const PathObstacle wood = find_obstacle(link, {distance_m, ground_m, trees_m});
  CHECK(wood.deciding->above_line_m == Approx(sea.deciding->above_line_m + 15.0));
  CHECK(wood.deciding->clutter_m == 15.0);
}

TEST_CASE("obstacles are those of the path geometry") {
  test::Random random(3);
  for (int i = 0; i < 300; ++i) {
    const std::string& kind = test::relief_kinds()[static_cast<std::size_t>(i) % test::relief_kinds().size()];
    const std::vector<double> ground_m = test::relief_line(kind, 60, random);
    std::vector<double> distance_m(ground_m.size());
    for (std::size_t k = 0; k < distance_m.size(); ++k) distance_m[k] = 90.0 * static_cast<double>(k);
    Link link = kLink;
    link.effective_earth_radius_m = 8.5e6;
    const ProfileView profile{distance_m, ground_m};
    const PathGeometry path = extract_path(link, profile);
    const PathObstacle obstacle = find_obstacle(link, profile);
    INFO(kind);
    CHECK(obstacle.line_of_sight == path.line_of_sight);
    if (path.line_of_sight) {
      CHECK(std::max(PathGeometry::kNuNoLoss, obstacle.deciding->nu()) == Approx(path.median.nu_max).margin(1e-9));
    } else {
      CHECK(obstacle.tx_horizon->distance_m == path.median.tx_point_m);
      CHECK(obstacle.rx_horizon->distance_m == path.median.rx_point_m);
    }
  }
}
