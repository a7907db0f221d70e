// How long does the total-visibility map of a region take? One JSON line; see README.md.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/world.hpp"
#include "libsim/visibility/total_visibility.hpp"
#include "libsim/visibility/visible_weights.hpp"
#include "scenarios/read/scenario.hpp"

using namespace amaneku;

namespace {

struct VisibilityRequest {
  std::string scenario = "scenarios/gallery/fuji/scenario.toml";
  std::string out{};  ///< folder for the maps; empty: none
  VisibilityOptions options{.threads = 1};
};

VisibilityRequest visibility_request(int argc, char** argv) {
  VisibilityRequest out;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    const double value = std::atof(argv[i + 1]);
    if (name == "--scenario")
      out.scenario = argv[i + 1];
    else if (name == "--out")
      out.out = argv[i + 1];
    else if (name == "--radius_m")
      out.options.radius_m = value;
    else if (name == "--observer_agl_m")
      out.options.observer_agl_m = value;
    else if (name == "--arc_cells")
      out.options.arc_cells = value;
    else if (name == "--stride")
      out.options.stride = static_cast<int>(value);
    else if (name == "--threads")
      out.options.threads = static_cast<int>(value);
    else
      throw InputError(Fault{.message = "unknown option", .key = name});
  }
  return out;
}

/// Processor time of a thousand million dependent additions, which a processor does one a cycle: how fast the
/// clock ran for this program on a machine that others use.
double seconds_per_giga_cycle() {
  constexpr std::size_t kAdditions = 50'000'000;
  const double start = bench::cpu_s();
  std::size_t sum = 1;
  for (std::size_t i = 0; i < kAdditions; ++i) {
    sum += i;
    asm volatile("" : "+r"(sum));
  }
  return (bench::cpu_s() - start) * 1e9 / static_cast<double>(kAdditions);
}

double sum_of(const Raster<float>& raster) {
  double sum = 0.0;
  for (const float value : raster.values) {
    if (!std::isnan(value)) sum += static_cast<double>(value);
  }
  return sum;
}

void run(const VisibilityRequest& request) {
  const PlanInput input = scenarios::load(request.scenario).input;
  const std::vector<float> people = people_of_cells(input.world);
  const std::vector<float> road_m = road_of_cells_m(input.world, input.statistics.road_step_m);
  const VisibilityWorld world{input.world.grid(), input.world.ground.ground_asl_m.values, people, road_m};
  bench::reset_peak();
  const double resting_mib = bench::peak_mib();
  const double cycle_before_s = seconds_per_giga_cycle();
  const double start_s = bench::cpu_s();
  const auto start = std::chrono::steady_clock::now();
  const TotalVisibility all = total_visibility(world, request.options);
  const double wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const double cpu_s = bench::cpu_s() - start_s;
  const double giga_cycles = cpu_s / (0.5 * (cycle_before_s + seconds_per_giga_cycle()));
  const auto observers = static_cast<double>(all.observers);
  const double cells = observers * all.reach_km2 * 1e6 / (world.grid.cell_m * world.grid.cell_m) -
                       sum_of(all.unknown_km2) * 1e6 / (world.grid.cell_m * world.grid.cell_m);
  const nlohmann::ordered_json line = {{"cells", world.grid.cells()},
                                       {"observers", all.observers},
                                       {"radius_m", request.options.radius_m},
                                       {"stride", request.options.stride},
                                       {"arc_cells", request.options.arc_cells},
                                       {"threads", request.options.threads},
                                       {"sight_lines", all.sight_lines},
                                       {"sight_tests", all.sight_tests},
                                       {"cells_decided", cells},
                                       {"wall_s", wall_s},
                                       {"cpu_s", cpu_s},
                                       {"tests_per_s_core", all.sight_tests / cpu_s},
                                       {"cells_per_s_core", cells / cpu_s},
                                       {"tests_per_cycle", all.sight_tests / (1e9 * giga_cycles)},
                                       {"peak_mib", bench::peak_mib() - resting_mib},
                                       {"mean_seen_km2", sum_of(all.seen_km2) / observers},
                                       {"mean_people", sum_of(all.people) / observers},
                                       {"mean_road_m", sum_of(all.road_m) / observers}};
  std::printf("%s\n", line.dump().c_str());
  if (request.out.empty()) return;
  const std::filesystem::path folder = request.out;
  std::filesystem::create_directories(folder);
  const Crs crs = Crs::from_text(input.world.crs_id);
  write_cog(folder / "seen_km2.tif", all.seen_km2, crs, {});
  write_cog(folder / "people.tif", all.people, crs, {});
  write_cog(folder / "road_m.tif", all.road_m, crs, {});
  write_cog(folder / "unknown_km2.tif", all.unknown_km2, crs, {});
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(visibility_request(argc, argv));
  } catch (const InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_visibility: %s\n", error.what());
    return 1;
  }
  return 0;
}
