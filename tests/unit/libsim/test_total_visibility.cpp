// What every observer sees, against sight tests cell by cell, and where the answer is known.
#include "libsim/visibility/total_visibility.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include "libsim/engine/coverage.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"
#include "tests/support/simd_targets.hpp"

using namespace amaneku;

namespace {

/// A square of level ground around an observer in its middle cell, and room for what stands on it.
struct Plain {
  Raster<float> ground_asl_m;
  std::vector<float> people;

  explicit Plain(int half, double cell_m = 10.0)
      : ground_asl_m({0.0, 0.0, cell_m, 2 * half + 1, 2 * half + 1}, 100.0F), people(ground_asl_m.values.size()) {}

  [[nodiscard]] VisibilityWorld world() const {
    return {.grid = ground_asl_m.grid, .ground_asl_m = ground_asl_m.values, .people = people};
  }
  /// Of observers on every n-th cell, one of which stands in the middle.
  [[nodiscard]] TotalVisibility seen(int stride, VisibilityOptions options) const {
    options.stride = stride;
    options.threads = 1;
    return total_visibility(world(), options);
  }
};

/// An Earth without curvature.
constexpr double kFlat_m = 1e12;

/// The cells of a disc around (0, 0), in cells.
template <class Visit>
void for_each_of_disc(double radius, const Visit& visit) {
  const int r = static_cast<int>(radius);
  for (int dy = -r; dy <= r; ++dy) {
    for (int dx = -r; dx <= r; ++dx) {
      if (dx * dx + dy * dy <= radius * radius) visit(dx, dy);
    }
  }
}

/// The height where the line to (dx, dy) meets ring m, between the two cells beside it; NaN where one has no data.
double height_on_line(const Raster<float>& ground, int x, int y, int dx, int dy, int m) {
  const bool along_x = std::abs(dx) >= std::abs(dy);
  const int steps = along_x ? std::abs(dx) : std::abs(dy);
  const double across = static_cast<double>(m) * (along_x ? dy : dx) / steps;
  const int low = static_cast<int>(std::floor(across));
  const double share = across - low;
  const int along = m * (along_x ? dx : dy) / steps;
  const auto at = [&](int q) {
    return static_cast<double>(along_x ? ground.at(x + along, y + q) : ground.at(x + q, y + along));
  };
  return share == 0.0 ? at(low) : at(low) + share * (at(low + 1) - at(low));
}

/// One cell, by its own line, in double: what the sweep approximates.
bool sees(const Raster<float>& ground, int x, int y, int dx, int dy, const VisibilityOptions& options) {
  const int steps = std::max(std::abs(dx), std::abs(dy));
  if (steps == 0) return true;
  const double length_m = ground.grid.cell_m * std::hypot(dx, dy);
  const double eye = static_cast<double>(ground.at(x, y)) + options.observer_agl_m;
  const auto slope = [&](double height, int m) {
    const double d = length_m * m / steps;
    return (height - d * d / (2.0 * options.effective_earth_radius_m) - eye) / d;
  };
  double steepest = -std::numeric_limits<double>::infinity();
  for (int m = 1; m < steps; ++m) {
    steepest = std::max(steepest, slope(height_on_line(ground, x, y, dx, dy, m), m));
  }
  return slope(static_cast<double>(ground.at(x + dx, y + dy)) + options.target_agl_m, steps) > steepest;
}

std::size_t cells_of(float km2, const Grid& grid) {
  return static_cast<std::size_t>(std::lround(static_cast<double>(km2) * 1e6 / (grid.cell_m * grid.cell_m)));
}

}  // namespace

TEST_CASE("on level ground everybody sees every cell, person and metre of road within the radius once") {
  const int stride = GENERATE(1, 3, 4);
  const double arc_cells = GENERATE(0.5, 1.0, 7.0);
  Raster<float> ground({0.0, 0.0, 10.0, 90, 70}, 100.0F);
  test::Random random(7);
  std::vector<float> people(ground.values.size());
  std::vector<float> road_m(ground.values.size());
  for (float& value : people) value = static_cast<float>(std::floor(random.between(0.0, 9.0)));
  for (float& value : road_m) value = static_cast<float>(0.25 * std::floor(random.between(0.0, 60.0)));
  const VisibilityOptions options{.radius_m = 183.0,
                                  .effective_earth_radius_m = kFlat_m,
                                  .stride = stride,
                                  .arc_cells = arc_cells,
                                  .threads = 1};
  const TotalVisibility all = total_visibility({ground.grid, ground.values, people, road_m}, options);
  REQUIRE(all.grid.nx == observers_among(90, stride));
  REQUIRE(all.observers == all.grid.cells());
  for (int iy = 0; iy < all.grid.ny; ++iy) {
    for (int ix = 0; ix < all.grid.nx; ++ix) {
      const int x = observer_cell(ix, stride);
      const int y = observer_cell(iy, stride);
      std::size_t inside = 0;
      std::size_t reach = 0;
      double persons = 0.0;
      double metres = 0.0;
      bool within = true;
      for_each_of_disc(18.3, [&](int dx, int dy) {
        ++reach;
        within = within && ground.grid.holds(x + dx, y + dy);
        if (!ground.grid.holds(x + dx, y + dy)) return;
        ++inside;
        persons += static_cast<double>(people[ground.grid.index(x + dx, y + dy)]);
        metres += static_cast<double>(road_m[ground.grid.index(x + dx, y + dy)]);
      });
      const std::size_t seen = cells_of(all.seen_km2.at(ix, iy), ground.grid);
      const std::size_t unknown = cells_of(all.unknown_km2.at(ix, iy), ground.grid);
      CHECK(seen + unknown == reach);
      // At the edge the cells of a wedge go with its line, which runs in the grid or beyond it.
      if (within) {
        CHECK(seen == inside);
        CHECK(static_cast<double>(all.people.at(ix, iy)) == Approx(persons).margin(1e-3));
        CHECK(static_cast<double>(all.road_m.at(ix, iy)) == Approx(metres).margin(1e-3));
      } else {
        const double edge = 4.0 * 18.3 * std::max(1.0, 0.5 * arc_cells);
        CHECK(std::fabs(static_cast<double>(seen) - static_cast<double>(inside)) < edge);
      }
    }
  }
}

TEST_CASE("behind a wall nobody is seen, before it everybody") {
  Plain plain(40);
  for (int i = 0; i < plain.ground_asl_m.grid.ny; ++i) plain.ground_asl_m.at(50, i) = 1000.0F;
  double before = 0.0;
  for_each_of_disc(36.0, [&](int dx, int dy) {
    if (dx >= 8 && dx <= 12) return;  // the flanks of the wall, which lines between cells climb
    plain.people[plain.ground_asl_m.grid.index(40 + dx, 40 + dy)] = 1.0F;
    if (dx < 8) before += 1.0;
  });
  const TotalVisibility all =
      plain.seen(16, {.radius_m = 360.0, .effective_earth_radius_m = kFlat_m, .arc_cells = 1.0});
  CHECK(static_cast<double>(all.people.at(2, 2)) == before);
  // From a peak all of the plain is in sight.
  plain.ground_asl_m.values.assign(plain.ground_asl_m.values.size(), 100.0F);
  plain.ground_asl_m.at(40, 40) = 300.0F;
  const TotalVisibility over =
      plain.seen(16, {.radius_m = 360.0, .effective_earth_radius_m = kFlat_m, .arc_cells = 1.0});
  CHECK(cells_of(over.seen_km2.at(2, 2), plain.ground_asl_m.grid) ==
        cells_of(static_cast<float>(over.reach_km2), plain.ground_asl_m.grid));
}

// Eye and targets at half the height of the tower, so that its edge is where lines between cells climb to half of
// it. A tower of radius r at the distance D hides the sector of half the angle asin(r / D) behind its front, at D
// cos(a) - sqrt(r^2 - D^2 sin^2(a)).
TEST_CASE("a round tower hides the sector behind it") {
  constexpr int kHalf = 130;
  constexpr double kRadius = 120.0;
  constexpr double kDistance = 50.0;
  constexpr double kTower = 12.0;
  Plain plain(kHalf);
  for_each_of_disc(kTower, [&](int dx, int dy) {
    plain.ground_asl_m.at(kHalf + dx + static_cast<int>(kDistance), kHalf + dy) = 120.0F;
  });
  const TotalVisibility all = plain.seen(52, {.observer_agl_m = 10.0,
                                              .target_agl_m = 10.0,
                                              .radius_m = 1200.0,
                                              .effective_earth_radius_m = kFlat_m,
                                              .arc_cells = 0.5});
  const double widest = std::asin(kTower / kDistance);
  double hidden = 0.0;
  constexpr int kSteps = 10'000;
  for (int i = 0; i < kSteps; ++i) {
    const double a = widest * (2.0 * (i + 0.5) / kSteps - 1.0);
    const double front =
        kDistance * std::cos(a) - std::sqrt(kTower * kTower - std::pow(kDistance * std::sin(a), 2.0));
    hidden += 0.5 * (kRadius * kRadius - front * front) * 2.0 * widest / kSteps;
  }
  const double all_cells =
      static_cast<double>(cells_of(static_cast<float>(all.reach_km2), plain.ground_asl_m.grid));
  const double seen = static_cast<double>(cells_of(all.seen_km2.at(2, 2), plain.ground_asl_m.grid));
  // A target on the tower stands higher than the eye.
  CHECK(all_cells - seen == Approx(hidden - std::numbers::pi * kTower * kTower).epsilon(0.02));
}

// Over water the horizon of a mast is sqrt(2 a_e h) away, that of a target as far again for its own height.
TEST_CASE("the Earth hides what lies beyond both horizons") {
  const Plain plain(110);
  const VisibilityOptions options{.observer_agl_m = 1.6,
                                  .target_agl_m = 0.4,
                                  .radius_m = 1090.0,
                                  .effective_earth_radius_m = 1e5,
                                  .arc_cells = 1.0};
  const TotalVisibility all = plain.seen(44, options);
  const double reach_m = std::sqrt(2e5 * 1.6) + std::sqrt(2e5 * 0.4);
  REQUIRE(reach_m < 1000.0);
  CHECK(static_cast<double>(all.seen_km2.at(2, 2)) ==
        Approx(std::numbers::pi * reach_m * reach_m * 1e-6).epsilon(0.01));
}

TEST_CASE("on hills the sweep counts what the cells' own lines count") {
  const Raster<float> ground = test::relief_square(160, 30.0, 11);
  const VisibilityOptions options{.radius_m = 1500.0, .stride = 20, .arc_cells = 1.0, .threads = 1};
  const TotalVisibility all = total_visibility({.grid = ground.grid, .ground_asl_m = ground.values}, options);
  double bias = 0.0;
  double worst = 0.0;
  std::size_t observers = 0;
  for (int iy = 0; iy < all.grid.ny; ++iy) {
    for (int ix = 0; ix < all.grid.nx; ++ix) {
      const int x = observer_cell(ix, 20);
      const int y = observer_cell(iy, 20);
      if (x < 50 || y < 50 || x + 50 >= 160 || y + 50 >= 160) continue;
      double exact = 0.0;
      for_each_of_disc(50.0, [&](int dx, int dy) { exact += sees(ground, x, y, dx, dy, options) ? 1.0 : 0.0; });
      const double reach = all.reach_km2 * 1e6 / 900.0;
      const double difference =
          (static_cast<double>(cells_of(all.seen_km2.at(ix, iy), ground.grid)) - exact) / reach;
      bias += difference;
      worst = std::max(worst, std::fabs(difference));
      ++observers;
    }
  }
  REQUIRE(observers == 9);
  CHECK(std::fabs(bias / static_cast<double>(observers)) < 0.005);
  CHECK(worst < 0.02);
}

TEST_CASE("it sees what the engine of a single site has in sight") {
  const Raster<float> hills = test::relief_square(200, 30.0, 5);
  const VisibilityOptions options{.observer_agl_m = 25.0,
                                  .target_agl_m = 1.5,
                                  .radius_m = 2000.0,
                                  .stride = 40,
                                  .arc_cells = 1.0,
                                  .threads = 1};
  const TotalVisibility all = total_visibility({.grid = hills.grid, .ground_asl_m = hills.values}, options);
  std::vector<Site> sites;
  std::vector<float> seen;
  for (int iy = 1; iy < 4; ++iy) {
    for (int ix = 1; ix < 4; ++ix) {
      Sector sector{.id = "a"};
      sector.tx_agl_m = 25.0;
      sites.push_back({.id = std::to_string(seen.size()),
                       .at = hills.grid.centre(observer_cell(ix, 40), observer_cell(iy, 40)),
                       .sectors = {sector}});
      seen.push_back(all.seen_km2.at(ix, iy));
    }
  }
  std::vector<Warning> warnings;
  const Coverage coverage = compute_coverage(
      {.ground_asl_m = hills}, sites, FreeSpace{}, Receiver{},
      {.radius_m = 2000.0, .effective_earth_radius_m = options.effective_earth_radius_m, .threads = 1}, warnings);
  REQUIRE(coverage.transmitters.size() == seen.size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const double engine_km2 = static_cast<double>(coverage.transmitters[i].cells_line_of_sight) * 900e-6;
    CHECK(std::fabs(static_cast<double>(seen[i]) - engine_km2) < 0.02 * all.reach_km2);
  }
}

TEST_CASE("the same bytes for any number of threads and any processor") {
  const Raster<float> hills = test::relief_square(150, 30.0, 3);
  std::vector<float> people(hills.values.size());
  test::Random random(1);
  for (float& value : people) value = static_cast<float>(random.between(0.0, 3.0));
  const VisibilityWorld world{hills.grid, hills.values, people, people};
  VisibilityOptions options{.radius_m = 1200.0, .stride = 3, .threads = 1};
  const TotalVisibility once = total_visibility(world, options);
  const auto is_the_same = [&] {
    const TotalVisibility again = total_visibility(world, options);
    CHECK(again.seen_km2.values == once.seen_km2.values);
    CHECK(again.unknown_km2.values == once.unknown_km2.values);
    CHECK(again.people.values == once.people.values);
    CHECK(again.road_m.values == once.road_m.values);
    CHECK(again.sight_tests == once.sight_tests);
  };
  test::on_every_target(is_the_same);
  for (const int threads : {2, 7}) {
    options.threads = threads;
    is_the_same();
  }
}

TEST_CASE("what lies in or behind a void is unknown, what lies before it is not touched") {
  Plain plain(40);
  for (int i = 0; i < 81; ++i) plain.ground_asl_m.at(55, i) = kNoData;
  double before = 0.0;
  for_each_of_disc(36.0, [&](int dx, int dy) {
    if (dx >= 14 && dx <= 16) return;
    plain.people[plain.ground_asl_m.grid.index(40 + dx, 40 + dy)] = 1.0F;
    if (dx < 14) before += 1.0;
  });
  const TotalVisibility all =
      plain.seen(1, {.radius_m = 360.0, .effective_earth_radius_m = kFlat_m, .arc_cells = 1.0});
  CHECK(static_cast<double>(all.people.at(40, 40)) == before);
  CHECK(static_cast<double>(all.seen_km2.at(40, 40) + all.unknown_km2.at(40, 40)) == Approx(all.reach_km2));
  CHECK(all.observers_in_voids == 81);
  CHECK(all.observers == 81 * 80);
  CHECK(std::isnan(all.seen_km2.at(55, 40)));
  CHECK(std::isnan(all.people.at(55, 40)));
}

TEST_CASE("visibility refuses what it cannot answer, all of it at once") {
  const Plain plain(3);
  try {
    (void)total_visibility(plain.world(), {.observer_agl_m = -1.0,
                                           .target_agl_m = std::nan(""),
                                           .radius_m = 5.0,
                                           .effective_earth_radius_m = 0.0,
                                           .stride = 0,
                                           .arc_cells = 0.0});
    FAIL("accepted");
  } catch (const InputError& error) {
    std::vector<std::string> keys;
    for (const Fault& fault : error.faults()) keys.push_back(fault.key);
    CHECK(keys == std::vector<std::string>{"observer_agl_m", "target_agl_m", "radius_m",
                                           "effective_earth_radius_m", "stride", "arc_cells"});
  }
  Plain negative(3);
  negative.people[7] = -1.0F;
  CHECK_THROWS_AS((void)negative.seen(1, {.radius_m = 30.0}), InternalError);
  VisibilityWorld wrong = plain.world();
  wrong.ground_asl_m = wrong.ground_asl_m.first(5);
  CHECK_THROWS_AS(total_visibility(wrong, {.radius_m = 30.0}), InternalError);
}
