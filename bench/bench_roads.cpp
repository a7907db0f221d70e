// How long do all roads of a prefecture take, driven once each without fading and once with it? One JSON line; see
// README.md.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/national/land.hpp"
#include "bench/world.hpp"
#include "libsim/entry_of.hpp"
#include "libsim/studies/routes/route_study.hpp"
#include "scenarios/catalogue/handover_durations.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"

using namespace amaneku;

namespace {

struct RoadsRequest {
  double length_km = 2000.0;
  int roads = 40;
  int sites = 300;
  double side_m = 70'000.0;
  double radius_m = 10'000.0;
  double spacing_m = 10.0;
  int threads = 2;
};

RoadsRequest roads_request(int argc, char** argv) {
  RoadsRequest out;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    const double value = std::atof(argv[i + 1]);
    if (name == "--length_km")
      out.length_km = value;
    else if (name == "--roads")
      out.roads = static_cast<int>(value);
    else if (name == "--sites")
      out.sites = static_cast<int>(value);
    else if (name == "--side_m")
      out.side_m = value;
    else if (name == "--radius_m")
      out.radius_m = value;
    else if (name == "--spacing_m")
      out.spacing_m = value;
    else if (name == "--threads")
      out.threads = static_cast<int>(value);
    else
      throw InputError(Fault{.message = "unknown option", .key = name});
  }
  return out;
}

/// Masts of 30 m with three sectors at 3.7 GHz, spread evenly.
std::vector<Site> masts_of(const RoadsRequest& request, const Grid& grid) {
  const RadioCatalogue& catalogue = scenarios::built_in_radio_catalogue();
  const RadioTechnology& technology = scenarios::technology_of(catalogue, "nr_n77");
  const auto carrier = std::make_shared<const Carrier>(make_carrier(technology, 100e6, catalogue.curves));
  std::vector<Site> out;
  for (int i = 0; i < request.sites; ++i) {
    Site site{.id = "S" + std::to_string(i), .position = {135.0, 35.0}};
    const Point share = bench::spread(i);
    site.at = {grid.west_m + share.x_m * request.side_m, grid.north_m - share.y_m * request.side_m};
    for (int s = 0; s < 3; ++s) {
      Sector sector{.id = std::to_string(s), .freq_hz = 3.7e9, .power_dbm = 46.0};
      sector.antenna = Element38901{.gain_dbi = 17.0, .beamwidth_v_deg = 9.0};
      sector.mounting.azimuth_deg = 120.0 * s;
      sector.carrier = carrier;
      sector.load = 0.5;
      site.sectors.push_back(std::move(sector));
    }
    out.push_back(std::move(site));
  }
  return out;
}

/// Winding ways across the square, each from a place and in a direction of its own, turned back at the border.
Course road(const RoadsRequest& request, const Grid& grid, int number) {
  Course out{.step_m = 1.0};
  const auto samples = static_cast<std::size_t>(1000.0 * request.length_km / request.roads) + 1;
  const Point share = bench::spread(1000 + number);
  Point at{share.x_m * request.side_m, share.y_m * request.side_m};
  const double turned_rad = 2.4 * number;
  double sign_x = 1.0;
  double sign_y = 1.0;
  for (std::size_t i = 0; i < samples; ++i) {
    const double heading_rad = turned_rad + 0.8 * std::sin(static_cast<double>(i) / 900.0);
    if (at.x_m < 100.0) sign_x = std::cos(heading_rad) >= 0.0 ? 1.0 : -1.0;
    if (at.x_m > request.side_m - 100.0) sign_x = std::cos(heading_rad) >= 0.0 ? -1.0 : 1.0;
    if (at.y_m < 100.0) sign_y = std::sin(heading_rad) >= 0.0 ? 1.0 : -1.0;
    if (at.y_m > request.side_m - 100.0) sign_y = std::sin(heading_rad) >= 0.0 ? -1.0 : 1.0;
    at.x_m += sign_x * std::cos(heading_rad);
    at.y_m += sign_y * std::sin(heading_rad);
    out.at.push_back({grid.west_m + at.x_m, grid.north_m - at.y_m});
  }
  out.lonlat.assign(samples, {135.0, 35.0});
  out.heading_deg.assign(samples, 0.0);
  out.stretches = {{.first = 0, .last = samples - 1, .speed_m_s = 60.0 / 3.6}};
  return out;
}

double wall_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

nlohmann::ordered_json line_of(const RoadsRequest& request, const RoutesReport& report) {
  double handovers = 0.0;
  double served_m = 0.0;
  double cells = 0.0;
  double samples = 0.0;
  for (const RouteFinding& found : report.routes) {
    handovers += static_cast<double>(found.link.run.handovers.size());
    for (const SampleService& here : found.service) served_m += here.cell >= 0 ? 1.0 : 0.0;
    cells += static_cast<double>(found.sectors.size());
    samples += static_cast<double>(found.service.size());
  }
  return {{"roads_km", request.length_km},
          {"roads", request.roads},
          {"sites", request.sites},
          {"radius_m", request.radius_m},
          {"spacing_m", request.spacing_m},
          {"threads", request.threads},
          {"cells_of_a_road", cells / request.roads},
          {"handovers", handovers},
          {"served_share", served_m / samples}};
}

void run(const RoadsRequest& request) {
  const int n = static_cast<int>(request.side_m / 30.0);
  const Grid country = bench::Land::box(1'000.0);
  const Grid grid{.west_m = country.west_m + 0.5 * (country.nx * country.cell_m - request.side_m),
                  .north_m = country.north_m - 0.5 * (country.ny * country.cell_m - request.side_m),
                  .cell_m = 30.0,
                  .nx = n,
                  .ny = n};
  World world;
  world.ground.ground_asl_m = bench::Land(1, 378'000.0, request.threads).ground(grid).ground_asl_m;
  const Network network{.sites = masts_of(request, grid)};
  Engine engine;
  engine.coverage.radius_m = request.radius_m;
  engine.coverage.threads = request.threads;
  std::vector<Warning> warnings;
  const Coverage coverage = list_transmitters(
      grid, network.sites, [&](Point at) { return sample_bilinear(world.ground.ground_asl_m, at); }, warnings);
  const Radio radio(world, network, engine, coverage, false);
  std::vector<RouteCourse> courses;
  for (int i = 0; i < request.roads; ++i)
    courses.push_back({.id = std::to_string(i), .course = road(request, grid, i)});
  // One drive without fading and one seeded, no weather: the least that the study does.
  const scenarios::HandoverDurations& durations =
      entry_of(scenarios::built_in_handover_durations(), "sa_mcg_low", "durations");
  const RouteOptions options{.spacing_m = request.spacing_m, .interruptions = durations.interruptions, .runs = 1};
  bench::reset_peak();
  const double begun_s = bench::cpu_s();
  const double start_s = wall_s();
  const RoutesReport report = check_routes(radio, nullptr, courses, options);
  nlohmann::ordered_json line = line_of(request, report);
  line["wall_s"] = wall_s() - start_s;
  line["cpu_s"] = bench::cpu_s() - begun_s;
  line["peak_mib"] = bench::peak_mib();
  std::printf("%s\n", line.dump().c_str());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(roads_request(argc, argv));
  } catch (const InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_roads: %s\n", error.what());
    return 1;
  }
  return 0;
}
