// Does memory grow with the number of sites? One JSON line; see README.md.
#include <cmath>
#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>

#include "bench/national/land.hpp"
#include "bench/world.hpp"
#include "scenarios/output/outputs.hpp"

using namespace amaneku;

namespace {

struct Request {
  int sites = 1'000;
  double side_m = 100'000.0;
  double radius_m = 10'000.0;
  double cell_m = 30.0;
  int threads = 1;
  std::string out{};
};

Request request(int argc, char** argv) {
  Request result;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string key = argv[i];
    const char* value = argv[i + 1];
    if (key == "--sites") result.sites = std::max(1, std::atoi(value));
    if (key == "--side_m") result.side_m = std::max(1'000.0, std::atof(value));
    if (key == "--radius_m") result.radius_m = std::max(100.0, std::atof(value));
    if (key == "--cell_m") result.cell_m = std::max(1.0, std::atof(value));
    if (key == "--threads") result.threads = std::max(1, std::atoi(value));
    if (key == "--out") result.out = value;
  }
  return result;
}

/// Sites spread evenly over a square of the synthetic country.
PlanInput plan_of(const Request& request) {
  PlanInput input;
  input.world.crs_id = "EPSG:6674";
  input.provenance.scenario_name = "bench_sites";
  input.provenance.synthetic = true;
  const int n = static_cast<int>(request.side_m / request.cell_m);
  const Grid country = bench::Land::box(1'000.0);
  const Grid grid{.west_m = country.west_m + 0.5 * (country.nx * country.cell_m - request.side_m),
                  .north_m = country.north_m - 0.5 * (country.ny * country.cell_m - request.side_m),
                  .cell_m = request.cell_m,
                  .nx = n,
                  .ny = n};
  input.world.ground.ground_asl_m = bench::Land(1, 378'000.0, request.threads).ground(grid).ground_asl_m;
  for (int i = 0; i < request.sites; ++i) {
    Site site{.id = "S" + std::to_string(i), .name = "S" + std::to_string(i), .sectors = {Sector{.id = "a"}}};
    const Point share = bench::spread(i);
    site.at = {grid.west_m + share.x_m * request.side_m, grid.north_m - share.y_m * request.side_m};
    site.position = {135.0, 35.0};
    input.network.sites.push_back(std::move(site));
  }
  input.engine.model = FreeSpace{};
  input.engine.coverage.radius_m = request.radius_m;
  input.engine.coverage.threads = request.threads;
  return input;
}

void run(const Request& request) {
  scenarios::Planned planned{.input = plan_of(request)};
  const double start = bench::cpu_s();
  bench::reset_peak();
  planned.result = plan(planned.input);
  const PlanResult& result = planned.result;
  nlohmann::ordered_json line = {{"sites", request.sites},
                                 {"radius_m", request.radius_m},
                                 {"plan_cells", result.grid.cells()},
                                 {"threads", request.threads},
                                 {"path_loss_kept", result.has_path_loss}};
  for (const auto& [stage, seconds] : result.timing_s) line[stage + "_s"] = seconds;
  line["plan_cpu_s"] = bench::cpu_s() - start;
  line["plan_peak_mib"] = bench::peak_mib();
  if (!request.out.empty()) {
    const double before = bench::cpu_s();
    bench::reset_peak();
    scenarios::write_outputs(request.out, planned, scenarios::Language::en);
    line["write_cpu_s"] = bench::cpu_s() - before;
    line["write_peak_mib"] = bench::peak_mib();
  }
  std::printf("%s\n", line.dump().c_str());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(request(argc, argv));
  } catch (const InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_sites: %s\n", error.what());
    return 1;
  }
  return 0;
}
