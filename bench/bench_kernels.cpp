// How many instructions does a cell cost? A small map for an instruction counter; see README.md.
//   bench_kernels [MODEL | line_of_sight | none]
#include <hwy/highway.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <nlohmann/json.hpp>

#include "libsim/engine/coverage.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

/// Free space shows what the line of sight of a cell costs.
RadioModel model_named(const char* name) {
  if (std::strcmp(name, "line_of_sight") == 0) return FreeSpace{};
  return make_model(name);
}

/// 300 x 300 cells of rolling hills, one mast in the middle of them, one thread. "none" does all but the map.
void run(const char* name) {
  constexpr int kCells = 300;
  constexpr double kCell_m = 30.0;
  const Ground ground{.ground_asl_m = test::relief_square(kCells, kCell_m, 1)};
  const Grid& grid = ground.ground_asl_m.grid;
  Site site{.id = "bench", .sectors = {Sector{.id = "a"}}};
  site.at = {grid.west_m + 0.503 * kCells * kCell_m, grid.north_m - 0.497 * kCells * kCell_m};
  std::size_t cells = 0;
  if (std::strcmp(name, "none") != 0) {
    std::vector<Warning> warnings;
    const Coverage coverage = compute_coverage(ground, {site}, model_named(name), Receiver{},
                                               {.radius_m = 10'000.0, .threads = 1}, warnings);
    const Raster<float>& loss = coverage.transmitters.at(0).loss_db;
    cells = loss.values.size() - count_voids(loss);
  }
  const auto best = static_cast<std::int64_t>(hwy::SupportedTargets() & -hwy::SupportedTargets());
  const nlohmann::ordered_json line = {{"model", name}, {"cells", cells}, {"simd", hwy::TargetName(best)}};
  std::printf("%s\n", line.dump().c_str());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc == 2) {
      run(argv[1]);
    } else {
      for (const char* name : {"line_of_sight", "p526", "p1812", "p452", "itm"}) run(name);
    }
  } catch (const InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_kernels: %s\n", error.what());
    return 1;
  }
  return 0;
}
