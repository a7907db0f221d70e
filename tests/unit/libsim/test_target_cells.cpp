#include "libsim/studies/targets/target_cells.hpp"

#include <cmath>
#include <random>

#include "tests/support/catch.hpp"
#include "tests/support/target_world.hpp"

using namespace amaneku;

namespace {

constexpr Grid kGrid{.west_m = -1000.0, .north_m = 1500.0, .cell_m = 10.0, .nx = 200, .ny = 180};

bool served_at(const ServedSince& served, long long ix, long long iy) {
  const Grid& grid = served.fiscal_year.grid;
  if (ix < 0 || iy < 0 || ix >= grid.nx || iy >= grid.ny) return false;
  return served.fiscal_year.at(static_cast<int>(ix), static_cast<int>(iy)) == 0;
}

/// Every cell of a lattice that goes on beyond the plan, asked whether the mesh holds its centre.
double brute_share(const PeopleMesh& mesh, MeshRule rule, const ServedSince& served) {
  const Grid& grid = served.fiscal_year.grid;
  long long all = 0;
  long long count = 0;
  for (long long iy = -100; iy < grid.ny + 100; ++iy) {
    for (long long ix = -100; ix < grid.nx + 100; ++ix) {
      const Point centre{grid.west_m + (static_cast<double>(ix) + 0.5) * grid.cell_m,
                         grid.north_m - (static_cast<double>(iy) + 0.5) * grid.cell_m};
      if (!contains(mesh.footprint, centre)) continue;
      ++all;
      count += served_at(served, ix, iy) ? 1 : 0;
    }
  }
  const bool at_centre =
      served_at(served, static_cast<long long>(std::floor((mesh.centre.x_m - grid.west_m) / grid.cell_m)),
                static_cast<long long>(std::floor((grid.north_m - mesh.centre.y_m) / grid.cell_m)));
  if (rule == MeshRule::centre || all == 0) return at_centre ? 1.0 : 0.0;
  if (rule == MeshRule::half) return static_cast<double>(count) >= 0.5 * static_cast<double>(all) ? 1.0 : 0.0;
  if (rule == MeshRule::more_than_half)
    return static_cast<double>(count) > 0.5 * static_cast<double>(all) ? 1.0 : 0.0;
  return static_cast<double>(count) / static_cast<double>(all);
}

/// Quadrilaterals of the size of meshes, askew, some beyond the plan, one smaller than a cell.
std::vector<PeopleMesh> random_meshes(std::mt19937& random) {
  std::uniform_real_distribution<double> x(-1100.0, 1100.0);
  std::uniform_real_distribution<double> y(-400.0, 1600.0);
  std::uniform_real_distribution<double> skew(-30.0, 30.0);
  std::vector<PeopleMesh> meshes;
  for (int i = 0; i < 60; ++i) {
    const double size = i == 0 ? 3.0 : i % 3 == 0 ? 125.0 : 500.0;
    const double west = x(random);
    const double south = y(random);
    const double lean = i == 0 ? 0.0 : skew(random);
    Polygon part{{{west, south},
                  {west + size, south + lean},
                  {west + size - lean, south + size},
                  {west, south + size},
                  {west, south}},
                 {}};
    meshes.push_back({.centre = {west + 0.5 * size, south + 0.5 * size}, .footprint = {{std::move(part)}}});
  }
  return meshes;
}

}  // namespace

TEST_CASE("meshes by all four rules are what asking every cell gives, exactly") {
  std::mt19937 random(7);
  for (int round = 0; round < 4; ++round) {
    const std::vector<PeopleMesh> meshes = random_meshes(random);
    const ServedSince served = test::random_service(kGrid, random);
    const MeshCells cells(meshes, kGrid);
    int between = 0;
    for (std::size_t m = 0; m < meshes.size(); ++m) {
      for (const MeshRule rule :
           {MeshRule::half, MeshRule::more_than_half, MeshRule::area_weighted, MeshRule::centre}) {
        INFO("mesh " << m << " rule " << static_cast<int>(rule));
        CHECK(cells.covered_share(m, rule, served, 2030) == brute_share(meshes[m], rule, served));
      }
      const double share = cells.covered_share(m, MeshRule::area_weighted, served, 2030);
      between += share > 0.0 && share < 1.0 ? 1 : 0;
    }
    CHECK(between > 5);  // the masks do cut meshes
  }
}

TEST_CASE("half of a mesh is enough, a cell less is not") {
  const std::vector<PeopleMesh> meshes = {{.centre = {50.0, 50.0}, .footprint = test::box(0, 0, 100, 100)}};
  const MeshCells cells(meshes, kGrid);
  int budget = 50;
  const auto some = [&](int ix, int iy) {
    const Point p = kGrid.centre(ix, iy);
    return p.x_m > 0 && p.x_m < 100 && p.y_m > 0 && p.y_m < 100 && budget-- > 0;
  };
  const ServedSince half = test::served_where(kGrid, some);
  CHECK(cells.covered_share(0, MeshRule::half, half, 0) == 1.0);
  CHECK(cells.covered_share(0, MeshRule::more_than_half, half, 0) == 0.0);  // 過半
  CHECK(cells.covered_share(0, MeshRule::area_weighted, half, 0) == 0.5);
  budget = 49;
  const ServedSince less = test::served_where(kGrid, some);
  CHECK(cells.covered_share(0, MeshRule::half, less, 0) == 0.0);
  CHECK(cells.covered_share(0, MeshRule::area_weighted, less, 0) == 0.49);
}

TEST_CASE("every metre of road asked by itself gives the same length and the same sections") {
  std::mt19937 random(11);
  std::uniform_int_distribution<int> at(-110, 110);
  std::uniform_int_distribution<int> step(-60, 60);
  Roads roads;
  // Edges of 3-4-5 triangles: their lengths are whole metres, and so are the sums.
  for (int r = 0; r < 25; ++r) {
    Line line{{10.0 * at(random) + 0.25, 10.0 * at(random) + 0.125}};
    for (int edge = 0; edge < 8; ++edge) {
      const int k = step(random);
      const double sign = step(random) < 0 ? -1.0 : 1.0;
      line.push_back({line.back().x_m + 3.0 * k, line.back().y_m + sign * 4.0 * k});
    }
    roads.roads.push_back({.id = std::to_string(r), .line = std::move(line)});
  }
  const ServedSince served = test::random_service(kGrid, random);
  const RoadSamples samples(roads, kGrid, 1.0);
  double cut = 0.0;
  for (std::size_t r = 0; r < roads.roads.size(); ++r) {
    RoadLength brute;
    std::vector<int> missing;  // metres
    int metre = 0;
    const Line& line = roads.roads[r].line;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const int length = static_cast<int>(std::lround(distance_m(line[i], line[i + 1])));
      for (int m = 0; m < length; ++m, ++metre) {
        const double t = (m + 0.5) / length;
        const Point p{line[i].x_m + t * (line[i + 1].x_m - line[i].x_m),
                      line[i].y_m + t * (line[i + 1].y_m - line[i].y_m)};
        if (!kGrid.contains(p)) continue;
        brute.total_m += 1.0;
        if (served_at(served, kGrid.column_of(p.x_m), kGrid.row_of(p.y_m))) {
          brute.served_m += 1.0;
        } else {
          missing.push_back(metre);
        }
      }
    }
    INFO("road " << r);
    const RoadLength fast = samples.length(r, served, 2030);
    CHECK(fast.total_m == brute.total_m);
    CHECK(fast.served_m == brute.served_m);
    cut += fast.total_m - fast.served_m;

    std::vector<RoadSection> sections;
    samples.add_unserved(r, served, 2030, sections);
    std::vector<int> of_sections;
    for (const RoadSection& section : sections) {
      for (int m = static_cast<int>(section.from_m); m < static_cast<int>(section.to_m); ++m)
        of_sections.push_back(m);
    }
    CHECK(of_sections == missing);
  }
  CHECK(cut > 1000.0);
}

TEST_CASE("a section without service starts and ends where it does") {
  Roads roads;
  roads.roads = {{.id = "r", .line = {{0.0, 500.0}, {600.0, 500.0}, {600.0, 900.0}}}};
  // Nothing from x = 300 on: 300 m of the first edge and all of the second.
  const ServedSince served =
      test::served_where(kGrid, [](int ix, int iy) { return kGrid.centre(ix, iy).x_m < 300.0; });
  const RoadSamples samples(roads, kGrid, 25.0);
  std::vector<RoadSection> sections;
  samples.add_unserved(0, served, 0, sections);
  REQUIRE(sections.size() == 1);
  CHECK(sections[0].from_m == 300.0);
  CHECK(sections[0].to_m == 1000.0);
  CHECK(sections[0].start == Point{300.0, 500.0});
  CHECK(sections[0].end == Point{600.0, 900.0});
  CHECK(samples.length(0, served, 0).served_m == 300.0);
}

TEST_CASE("a mesh is served from the year on in which its cells are") {
  const std::vector<PeopleMesh> meshes = {{.centre = {50.0, 50.0}, .footprint = test::box(0, 0, 100, 100)}};
  const MeshCells cells(meshes, kGrid);
  ServedSince served{.fiscal_year = {kGrid, kNeverServed}};
  Raster<float> map(kGrid, -80.0F);
  mark_served(served.fiscal_year, map, -100.0, 2027);
  mark_served(served.fiscal_year, map, -100.0, 2029);  // later changes nothing
  CHECK(cells.covered_share(0, MeshRule::half, served, 2026) == 0.0);
  CHECK(cells.covered_share(0, MeshRule::half, served, 2027) == 1.0);
  map.values.assign(map.values.size(), kNoData);
  mark_served(served.fiscal_year, map, -100.0, 2020);
  CHECK(cells.covered_share(0, MeshRule::half, served, 2026) == 0.0);
}
