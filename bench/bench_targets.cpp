// How long does it take to hold a plan against its targets? One JSON line for the built-in targets, every place
// that closes a gap and the curves of a roll-out, over four operators; see README.md.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>
#include <random>

#include "libsim/studies/targets/target_check.hpp"
#include "scenarios/catalogue/target_table.hpp"
#include "terrain/people/mesh_code.hpp"
#include "terrain/people/population_readers.hpp"

using namespace amaneku;

namespace {

constexpr Grid kGrid{.west_m = -45'000.0, .north_m = 45'000.0, .cell_m = 45.0, .nx = 2000, .ny = 2000};
constexpr double kRoadLength_m = 5e6;

/// 30,000 meshes of 500 m.
Population people(const Crs& crs) {
  Population out;
  constexpr double kLon_deg = 22.5 / 3600.0;
  constexpr double kLat_deg = 15.0 / 3600.0;
  const LonLat middle = crs.to_lonlat({0.0, 0.0});
  for (int iy = -112; iy < 112; ++iy) {
    for (int ix = -75; ix < 75; ++ix) {
      const LonLat at{middle.lon_deg + ix * kLon_deg, middle.lat_deg + iy * 0.9 * kLat_deg};
      const std::string code = encode_mesh(at, 4);
      const Mesh mesh = decode_mesh(code);
      out.units.push_back({.id = code,
                           .people = 1.0 + std::abs(ix),
                           .centre = crs.to_plan(mesh.box.centre()),
                           .footprint = mesh_footprint(mesh, crs),
                           .municipality = (ix + 75) / 5});
    }
  }
  return out;
}

Roads roads() {
  Roads out;
  double length = 0.0;
  for (int i = 0; length < kRoadLength_m; ++i) {
    const double y_m = -44'000.0 + 880.0 * (i % 100) + 3.0 * i;
    out.roads.push_back({.id = std::to_string(i),
                         .road_class = i % 2 == 0 ? "expressway" : "national",
                         .line = {{-44'000.0, y_m}, {0.0, y_m + 200.0}, {44'000.0, y_m}}});
    length += length_m(out.roads.back().line);
  }
  return out;
}

Boundaries boundaries() {
  Boundaries out;
  for (int i = 0; i < 30; ++i) {
    const double west_m = -45'000.0 + 3'000.0 * i;
    out.municipalities.push_back({std::to_string(30'000 + i),
                                  "town",
                                  {{Polygon{{{west_m, -45'000.0},
                                             {west_m + 3'000.0, -45'000.0},
                                             {west_m + 3'000.0, 45'000.0},
                                             {west_m, 45'000.0},
                                             {west_m, -45'000.0}},
                                            {}}}}});
  }
  return out;
}

/// Discs of service that grow from 2023 to 2030.
std::vector<ServedSince> networks() {
  std::vector<ServedSince> out{{.fiscal_year = {kGrid, kNeverServed}}};
  std::mt19937 random(1);
  for (const char* id : {"A", "B", "C", "D"}) {
    ServedSince own{.network = id, .fiscal_year = {kGrid, kNeverServed}};
    for (int disc = 0; disc < 150; ++disc) {
      const int cx = static_cast<int>(random() % 2000);
      const int cy = static_cast<int>(random() % 2000);
      const auto year = static_cast<std::int16_t>(2023 + disc % 8);
      for (int iy = std::max(0, cy - 60); iy < std::min(kGrid.ny, cy + 60); ++iy) {
        for (int ix = std::max(0, cx - 60); ix < std::min(kGrid.nx, cx + 60); ++ix) {
          own.fiscal_year.at(ix, iy) = std::min(own.fiscal_year.at(ix, iy), year);
        }
      }
    }
    for (std::size_t i = 0; i < kGrid.cells(); ++i) {
      auto& any = out.front().fiscal_year.values[i];
      any = std::min(any, own.fiscal_year.values[i]);
    }
    out.push_back(std::move(own));
  }
  return out;
}

std::vector<Site> sites(const Crs& crs) {
  std::vector<Site> out;
  auto carrier = std::make_shared<Carrier>();
  carrier->technology = "nr_n79";
  carrier->generation = "5G";
  for (int i = 0; i < 600; ++i) {
    const Point at{-44'000.0 + 88'000.0 * (i % 25) / 25.0, -44'000.0 + 88'000.0 * (i / 25) / 24.0};
    Site site{.id = std::to_string(i), .position = crs.to_lonlat(at), .at = at};
    site.sectors.push_back({.id = "1", .carrier = carrier, .fiscal_year = 2023 + i % 8});
    out.push_back(std::move(site));
  }
  return out;
}

void run() {
  const Crs crs = Crs::from_text("EPSG:6674");
  const TargetOptions options{.targets = scenarios::built_in_targets()};
  const Population population = people(crs);
  const Boundaries municipalities = boundaries();
  const Roads lines = roads();
  const std::vector<Site> stations = sites(crs);
  TargetInput input{options, stations, population, municipalities, lines, kGrid, crs, 25.0};
  input.of_5g = networks();
  input.on_roads = input.of_5g;
  std::vector<Warning> warnings;
  const auto start = std::chrono::steady_clock::now();
  const TargetReport report = check_targets(input, warnings);
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  double road_m = 0.0;
  for (const Road& road : lines.roads) road_m += length_m(road.line);
  std::size_t places = 0;
  for (const TargetResult& result : report.results) places += result.gaps.size();
  const nlohmann::ordered_json line = {{"cells", kGrid.cells()},
                                       {"meshes", report.meshes},
                                       {"road_km", std::lround(road_m / 1000.0)},
                                       {"road_step_m", input.road_step_m},
                                       {"operators", input.of_5g.size() - 1},
                                       {"targets", report.results.size()},
                                       {"curves", report.curves.size()},
                                       {"years", report.fiscal_years.size()},
                                       {"places", places},
                                       {"wall_s", spent.count()}};
  std::printf("%s\n", line.dump().c_str());
}

}  // namespace

int main() {
  try {
    run();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_targets: %s\n", error.what());
    return 1;
  }
}
