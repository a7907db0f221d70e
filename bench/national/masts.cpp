#include <algorithm>
#include <cmath>

#include "bench/national/country.hpp"
#include "libsim/parallel.hpp"
#include "scenarios/demo/random.hpp"
#include "terrain/error.hpp"

namespace amaneku::bench {
namespace {

using scenarios::demo::Random;
using scenarios::demo::rng;
using scenarios::demo::Stream;

constexpr double kCell_m = 100.0;
/// Masts grow a little slower than people do: in the country they serve an area, in town they carry traffic.
constexpr double kMastsByPeople = 0.85;
constexpr int kTownPeoplePerMesh = 4000;

/// The masts of one mesh, each in a cell of its own on land.
std::vector<Mast> masts_of_mesh(const Land& land, Point north_west, int masts, double tx_agl_m, Random random) {
  constexpr int kCellsAcross = 10;
  const Grid cells{north_west.x_m, north_west.y_m, kCell_m, kCellsAcross, kCellsAcross};
  const Ground ground = land.ground(cells);
  std::vector<int> dry;
  for (int cell = 0; cell < kCellsAcross * kCellsAcross; ++cell) {
    if (ground.zone.values[static_cast<std::size_t>(cell)] != Zone::sea) dry.push_back(cell);
  }
  if (dry.empty()) throw InternalError("people live in a mesh without land");
  std::vector<Mast> result;
  for (int i = 0; i < masts; ++i) {
    const auto left = static_cast<int>(dry.size()) - i % static_cast<int>(dry.size());
    std::swap(dry[static_cast<std::size_t>(random.below(left))], dry[static_cast<std::size_t>(left) - 1]);
    const int cell = dry[static_cast<std::size_t>(left) - 1];
    const Point centre = cells.centre(cell % kCellsAcross, cell / kCellsAcross);
    constexpr double kReach_m = 0.4 * kCell_m;
    const Point at{centre.x_m + random.uniform(-kReach_m, kReach_m),
                   centre.y_m + random.uniform(-kReach_m, kReach_m)};
    result.push_back({at, tx_agl_m, arc_position(at).along_m});
  }
  return result;
}

}  // namespace

std::vector<Mast> place_masts(const Land& land, const Raster<std::int32_t>& people, const CountryOptions& options,
                              int threads) {
  std::vector<double> weights;
  for (const std::int32_t count : people.values) weights.push_back(std::pow(count, kMastsByPeople));
  const std::vector<std::int32_t> masts = apportion(weights, options.masts);
  const Grid& grid = people.grid;
  std::vector<std::vector<Mast>> rows(static_cast<std::size_t>(grid.ny));
  parallel_for(rows.size(), threads, [&](std::size_t row) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const std::size_t mesh = grid.index(ix, static_cast<int>(row));
      if (masts[mesh] == 0) continue;
      const Point corner{grid.west_m + ix * grid.cell_m, grid.north_m - static_cast<double>(row) * grid.cell_m};
      const double tx_agl_m = people.values[mesh] >= kTownPeoplePerMesh ? 25.0 : 35.0;
      const Random random = rng(options.seed, (std::uint64_t{2} << 40U) + mesh, Stream::settlement);
      const std::vector<Mast> placed = masts_of_mesh(land, corner, masts[mesh], tx_agl_m, random);
      rows[row].insert(rows[row].end(), placed.begin(), placed.end());
    }
  });
  std::vector<Mast> result;
  for (const std::vector<Mast>& row : rows) result.insert(result.end(), row.begin(), row.end());
  std::stable_sort(result.begin(), result.end(),
                   [](const Mast& a, const Mast& b) { return a.along_m < b.along_m; });
  return result;
}

Slice typical_slice(const std::vector<Mast>& masts, double share) {
  const auto all = static_cast<double>(masts.size());
  const auto count = static_cast<std::size_t>(std::clamp(std::round(share * all), 1.0, all));
  const double wanted_m = static_cast<double>(count) / all * kArcLength_m;
  std::size_t best = 0;
  double best_off_m = kArcLength_m;
  for (std::size_t first = 0; first + count <= masts.size(); ++first) {
    const double off_m = std::fabs(masts[first + count - 1].along_m - masts[first].along_m - wanted_m);
    if (off_m < best_off_m) {
      best_off_m = off_m;
      best = first;
    }
  }
  return {best, best + count, masts[best].along_m, masts[best + count - 1].along_m};
}

}  // namespace amaneku::bench
