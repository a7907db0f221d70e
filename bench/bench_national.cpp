// How long does a whole country take? One JSON line; see README.md.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "bench/national/pipeline.hpp"
#include "bench/world.hpp"
#include "libsim/parallel.hpp"

using namespace amaneku;

namespace {

bench::NationalOptions options_of(int argc, char** argv) {
  bench::NationalOptions options;
  const std::map<std::string, std::function<void(const char*)>> keys = {
      {"--fraction", [&](const char* text) { options.fraction = std::atof(text); }},
      {"--threads", [&](const char* text) { options.threads = std::atoi(text); }},
      {"--seed", [&](const char* text) { options.seed = std::strtoull(text, nullptr, 10); }},
      {"--model", [&](const char* text) { options.model = text; }},
      {"--radius_m", [&](const char* text) { options.radius_m = std::atof(text); }},
      {"--cell_m", [&](const char* text) { options.cell_m = std::atof(text); }},
      {"--sectors", [&](const char* text) { options.sectors = std::atoi(text); }}};
  for (int i = 1; i < argc; i += 2) {
    const auto key = keys.find(argv[i]);
    if (key == keys.end() || i + 1 == argc) {
      std::fprintf(stderr,
                   "usage: %s [--fraction F] [--threads N] [--seed N] [--model M] [--radius_m R] [--cell_m C] "
                   "[--sectors N]\n",
                   argv[0]);
      std::exit(2);
    }
    key->second(argv[i + 1]);
  }
  return options;
}

void run(const bench::NationalOptions& options) {
  const bench::NationalResult result = bench::run_national(options);
  double wall_s = 0.0;
  for (const auto& [name, seconds] : result.stages_s) wall_s += seconds;
  nlohmann::ordered_json stages;
  for (const auto& [name, seconds] : result.stages_s) {
    stages[name] = {{"wall_s", seconds}, {"share", seconds / wall_s}};
  }
  const auto cells = static_cast<double>(result.cells);
  const nlohmann::ordered_json line = {
      {"sites", result.sites},
      {"cells", result.cells},
      {"wall_s", wall_s},
      {"peak_mib", bench::peak_mib()},
      {"stages", stages},
      {"cells_per_s", cells / wall_s},
      {"cells_per_s_core", cells / result.loop_cpu_s},
      {"cpu_ms_per_site", 1e3 * result.loop_cpu_s / static_cast<double>(result.sites)},
      {"people", result.people},
      {"people_covered", result.people_covered},
      {"model", options.model},
      {"fraction", options.fraction},
      {"threads", thread_count(options.threads)},
      {"seed", options.seed},
      {"radius_m", options.radius_m},
      {"cell_m", options.cell_m},
      {"sectors", options.sectors}};
  std::printf("%s\n", line.dump().c_str());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(options_of(argc, argv));
  } catch (const InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_national: %s\n", error.what());
    return 1;
  }
  return 0;
}
