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
constexpr int kCellsAcross = 10;   ///< of a mesh
constexpr int kMeshesAcross = 10;  ///< of a block, whose ground is made at once
/// Masts grow a little slower than people do: in the country they serve an area, in town they carry traffic.
constexpr double kMastsByPeople = 0.85;
constexpr int kTownPeoplePerMesh = 4000;

/// What a mesh gets.
struct MeshMasts {
  int count;
  double tx_agl_m;
  Random random;
};

/// The masts of the mesh whose north-western cell is (ix0, iy0) of the zones, each in a cell of its own on land.
void place_in_mesh(const Raster<Zone>& zone, int ix0, int iy0, MeshMasts mesh, std::vector<Mast>& masts) {
  std::vector<Point> dry;
  for (int cell = 0; cell < kCellsAcross * kCellsAcross; ++cell) {
    const int ix = ix0 + cell % kCellsAcross;
    const int iy = iy0 + cell / kCellsAcross;
    if (zone.at(ix, iy) != Zone::sea) dry.push_back(zone.grid.centre(ix, iy));
  }
  if (dry.empty()) throw InternalError("people live in a mesh without land");
  for (int i = 0; i < mesh.count; ++i) {
    // Each draw moves a cell to the end of those not yet drawn; after the last, all are drawn from again.
    const auto left = static_cast<int>(dry.size()) - i % static_cast<int>(dry.size());
    Point& last = dry[static_cast<std::size_t>(left) - 1];
    std::swap(dry[static_cast<std::size_t>(mesh.random.below(left))], last);
    constexpr double kReach_m = 0.4 * kCell_m;
    const Point at{last.x_m + mesh.random.uniform(-kReach_m, kReach_m),
                   last.y_m + mesh.random.uniform(-kReach_m, kReach_m)};
    masts.push_back({at, mesh.tx_agl_m, arc_position(at).along_m});
  }
}

/// The masts of the block of meshes with this corner.
std::vector<Mast> place_in_block(const Land& land, const Raster<std::int32_t>& people,
                                 const std::vector<std::int32_t>& counts, std::uint64_t seed, Point north_west) {
  const Grid& meshes = people.grid;
  const int ix0 = meshes.column_of(north_west.x_m + 0.5 * meshes.cell_m);
  const int iy0 = meshes.row_of(north_west.y_m - 0.5 * meshes.cell_m);
  std::vector<Mast> masts;
  Ground ground;
  for (int iy = 0; iy < kMeshesAcross; ++iy) {
    for (int ix = 0; ix < kMeshesAcross; ++ix) {
      const std::size_t mesh = meshes.index(ix0 + ix, iy0 + iy);
      if (counts[mesh] == 0) continue;
      if (ground.zone.values.empty()) {
        constexpr int kCells = kMeshesAcross * kCellsAcross;
        ground = land.ground({north_west.x_m, north_west.y_m, kCell_m, kCells, kCells});
      }
      place_in_mesh(ground.zone, ix * kCellsAcross, iy * kCellsAcross,
                    {counts[mesh], people.values[mesh] >= kTownPeoplePerMesh ? 25.0 : 35.0,
                     rng(seed, (std::uint64_t{2} << 40U) + mesh, Stream::settlement)},
                    masts);
    }
  }
  return masts;
}

}  // namespace

std::vector<Mast> place_masts(const Land& land, const Raster<std::int32_t>& people, const CountryOptions& options,
                              int threads) {
  std::vector<double> weights;
  weights.reserve(people.values.size());
  for (const std::int32_t count : people.values) {
    weights.push_back(count == 0 ? 0.0 : std::pow(count, kMastsByPeople));
  }
  const std::vector<std::int32_t> counts = apportion(weights, options.masts);
  const Grid blocks = Land::box(kMeshesAcross * people.grid.cell_m);
  std::vector<std::vector<Mast>> placed(blocks.cells());
  parallel_for(placed.size(), threads, [&](std::size_t block) {
    const auto nx = static_cast<std::size_t>(blocks.nx);
    const std::size_t row = block / nx;
    const Point north_west{blocks.west_m + static_cast<double>(block % nx) * blocks.cell_m,
                           blocks.north_m - static_cast<double>(row) * blocks.cell_m};
    placed[block] = place_in_block(land, people, counts, options.seed, north_west);
  });
  std::vector<Mast> result;
  for (const std::vector<Mast>& block : placed) result.insert(result.end(), block.begin(), block.end());
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
  if (count == masts.size()) return {0, count, -kArcLength_m, 2.0 * kArcLength_m};
  return {best, best + count, masts[best].along_m, masts[best + count - 1].along_m};
}

}  // namespace amaneku::bench
