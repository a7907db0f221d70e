// How many cells per second and core? One JSON line per terrain model; see README.md.
#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>

#include "bench/world.hpp"

using namespace amaneku;

namespace {

void run(const bench::Arguments& arguments) {
  const bench::Scratch scratch;
  const bench::World world = bench::make_world(arguments, scratch);
  const double terrain_cpu_s = bench::cpu_s();
  for (const bench::NamedModel& model : bench::terrain_models(arguments.models)) {
    const bench::Speed speed = bench::measure(world, model.model, arguments);
    const nlohmann::ordered_json line = {{"model", model.name},
                                         {"sites", arguments.sites},
                                         {"cells", speed.cells},
                                         {"cpu_s", speed.cpu_s},
                                         {"cells_per_s_core", speed.cells_per_s_core()},
                                         {"terrain_cpu_s", terrain_cpu_s},
                                         {"peak_mib", speed.peak_mib},
                                         {"threads", arguments.threads},
                                         {"radius_m", arguments.radius_m},
                                         {"dem", world.dem}};
    std::printf("%s\n", line.dump().c_str());
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(bench::arguments(argc, argv, bench::Sites::many));
  } catch (const InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_cells: %s\n", error.what());
    return 1;
  }
  return 0;
}
