#include <algorithm>
#include <cmath>
#include <numbers>

#include "bench/national/country.hpp"
#include "libsim/parallel.hpp"
#include "scenarios/demo/random.hpp"
#include "terrain/error.hpp"

namespace amaneku::bench {
namespace {

using scenarios::demo::Random;
using scenarios::demo::rng;
using scenarios::demo::Stream;

constexpr double kMesh_m = 1000.0;
constexpr int kCities = 3000;
/// Zipf's law with the exponent of Japan's urban areas: the largest has a seventh of all townspeople.
constexpr double kRankExponent = 1.1;
constexpr double kTownspeople = 0.92;

/// How well each mesh can be built on, 0 .. 1: its share of land, less on slopes and on heights.
Raster<float> habitability(const Land& land, int threads) {
  // Samples of 500 m are centres of 100 m cells: a mesh with a sample on land has cells on land.
  constexpr double kSample_m = 500.0;
  Raster<float> result(Land::box(kMesh_m), 0.0F);
  const Grid samples = Land::box(kSample_m);
  constexpr int kBandMeshes = 20;
  parallel_for(static_cast<std::size_t>(result.grid.ny / kBandMeshes), threads, [&](std::size_t band) {
    const int first = kBandMeshes * static_cast<int>(band);
    Grid window = samples;
    window.north_m -= first * kMesh_m;
    window.ny = 2 * kBandMeshes;
    const Ground ground = land.ground(window);
    for (int iy = 0; iy < kBandMeshes; ++iy) {
      for (int ix = 0; ix < result.grid.nx; ++ix) {
        float on_land = 0.0F;
        float highest_m = 0.0F;
        float lowest_m = 1e4F;
        for (const auto& [x, y] : {std::pair{0, 0}, {1, 0}, {0, 1}, {1, 1}}) {
          on_land += ground.zone.at(2 * ix + x, 2 * iy + y) == Zone::sea ? 0.0F : 0.25F;
          highest_m = std::max(highest_m, ground.ground_asl_m.at(2 * ix + x, 2 * iy + y));
          lowest_m = std::min(lowest_m, ground.ground_asl_m.at(2 * ix + x, 2 * iy + y));
        }
        result.at(ix, first + iy) =
            on_land * std::exp(-(highest_m - lowest_m) / 60.0F) * std::exp(-lowest_m / 350.0F);
      }
    }
  });
  return result;
}

/// Sums over rectangles of a raster in constant time.
class Sums {
 public:
  explicit Sums(const Raster<float>& values) : nx_(values.grid.nx), ny_(values.grid.ny) {
    sum_.assign(static_cast<std::size_t>(nx_ + 1) * static_cast<std::size_t>(ny_ + 1), 0.0);
    for (int iy = 0; iy < ny_; ++iy) {
      double row = 0.0;
      for (int ix = 0; ix < nx_; ++ix) {
        row += static_cast<double>(values.at(ix, iy));
        sum_[index(ix + 1, iy + 1)] = sum_[index(ix + 1, iy)] + row;
      }
    }
  }
  /// Mean over the square of (2 reach + 1)^2 cells, cells outside counted as 0.
  [[nodiscard]] double mean(int ix, int iy, int reach) const {
    const int west = std::max(0, ix - reach);
    const int east = std::min(nx_, ix + reach + 1);
    const int north = std::max(0, iy - reach);
    const int south = std::min(ny_, iy + reach + 1);
    const double sum =
        sum_[index(east, south)] - sum_[index(west, south)] - sum_[index(east, north)] + sum_[index(west, north)];
    return sum / std::pow(2.0 * reach + 1.0, 2.0);
  }

 private:
  [[nodiscard]] std::size_t index(int ix, int iy) const {
    return static_cast<std::size_t>(iy) * static_cast<std::size_t>(nx_ + 1) + static_cast<std::size_t>(ix);
  }
  int nx_;
  int ny_;
  std::vector<double> sum_;
};

/// Density falls off as exp(-distance / scale) (Clark 1951); large cities are denser as well as wider.
struct City {
  int ix;
  int iy;
  double people;
  double scale_km;
  [[nodiscard]] double centre_per_km2() const { return people / (2.0 * std::numbers::pi * scale_km * scale_km); }
};

double distance_km(const City& city, int ix, int iy) {
  const double dx = city.ix - ix;
  const double dy = city.iy - iy;
  return std::sqrt(dx * dx + dy * dy);
}

City city_of_rank(int rank, double all_townspeople, double sum_of_ranks) {
  const double people = all_townspeople * std::pow(rank, -kRankExponent) / sum_of_ranks;
  const double centre_per_km2 = 5000.0 * std::pow(people / 1e5, 0.2);
  return {-1, -1, people, std::max(0.5, std::sqrt(people / (2.0 * std::numbers::pi * centre_per_km2)))};
}

/// The best of some meshes drawn at random, the more of them the larger the city, away from the larger ones.
void find_place(City& city, int rank, const std::vector<City>& larger, const Raster<float>& habitable,
                const Sums& sums, Random random) {
  const int tries = std::clamp(20'000 / rank, 60, 20'000);
  const int reach = std::max(1, static_cast<int>(2.0 * city.scale_km));
  double best = 0.0;
  for (int i = 0; i < tries; ++i) {
    const int ix = random.below(habitable.grid.nx);
    const int iy = random.below(habitable.grid.ny);
    if (habitable.at(ix, iy) <= 0.0F) continue;
    const double score = sums.mean(ix, iy, reach) * random.uniform(0.5, 1.0);
    if (score <= best) continue;
    const auto too_near = [&](const City& other) {
      return distance_km(other, ix, iy) < 1.5 * (other.scale_km + city.scale_km);
    };
    if (std::any_of(larger.begin(), larger.end(), too_near)) continue;
    best = score;
    city.ix = ix;
    city.iy = iy;
  }
}

std::vector<City> found_cities(const Raster<float>& habitable, const CountryOptions& options) {
  const Sums sums(habitable);
  double sum_of_ranks = 0.0;
  for (int rank = 1; rank <= kCities; ++rank) sum_of_ranks += std::pow(rank, -kRankExponent);
  std::vector<City> cities;
  for (int rank = 1; rank <= kCities; ++rank) {
    City city = city_of_rank(rank, kTownspeople * static_cast<double>(options.people), sum_of_ranks);
    find_place(city, rank, cities, habitable, sums,
               rng(options.seed, static_cast<std::uint64_t>(rank), Stream::settlement));
    if (city.ix >= 0) cities.push_back(city);
  }
  return cities;
}

/// Adds a city's people to the meshes that can be built on, as many as it has.
void spread(const City& city, const Raster<float>& habitable, std::vector<double>& people) {
  const Grid& grid = habitable.grid;
  const int reach = static_cast<int>(std::ceil(7.0 * city.scale_km));
  double sum = 0.0;
  const auto visit = [&](const auto& body) {
    for (int iy = std::max(0, city.iy - reach); iy <= std::min(grid.ny - 1, city.iy + reach); ++iy) {
      for (int ix = std::max(0, city.ix - reach); ix <= std::min(grid.nx - 1, city.ix + reach); ++ix) {
        const double share = static_cast<double>(habitable.at(ix, iy));
        if (share <= 0.0) continue;
        body(grid.index(ix, iy), share * std::exp(-distance_km(city, ix, iy) / city.scale_km));
      }
    }
  };
  visit([&](std::size_t, double density) { sum += density; });
  visit([&](std::size_t mesh, double density) { people[mesh] += city.people * density / sum; });
}

/// Bell-shaped noise of a mesh, e^-1.35 .. e^1.35.
double unevenness(std::uint64_t seed, std::size_t mesh) {
  Random random = rng(seed, (std::uint64_t{1} << 40U) + mesh, Stream::settlement);
  return std::exp(0.9 * (random.uniform() + random.uniform() + random.uniform() - 1.5));
}

}  // namespace

std::vector<std::int32_t> apportion(const std::vector<double>& shares, std::int64_t total) {
  double all = 0.0;
  for (const double share : shares) all += share;
  if (all <= 0.0) throw InternalError("nothing to apportion to");
  std::vector<std::int32_t> result(shares.size(), 0);
  double running = 0.0;
  std::int64_t given = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    running += shares[i];
    const std::int64_t due = std::llround(running / all * static_cast<double>(total));
    result[i] = static_cast<std::int32_t>(due - given);
    given = due;
  }
  return result;
}

Raster<std::int32_t> settle(const Land& land, const CountryOptions& options, int threads) {
  const Raster<float> habitable = habitability(land, threads);
  std::vector<double> people(habitable.values.size(), 0.0);
  double countryside = 0.0;
  for (const float share : habitable.values) countryside += static_cast<double>(share);
  const double per_share = (1.0 - kTownspeople) * static_cast<double>(options.people) / countryside;
  for (std::size_t mesh = 0; mesh < people.size(); ++mesh) {
    people[mesh] = per_share * static_cast<double>(habitable.values[mesh]);
  }
  for (const City& city : found_cities(habitable, options)) spread(city, habitable, people);
  for (std::size_t mesh = 0; mesh < people.size(); ++mesh) {
    // Where fewer would live than a family in ten meshes, nobody does.
    people[mesh] = people[mesh] < 0.3 ? 0.0 : people[mesh] * unevenness(options.seed, mesh);
  }
  Raster<std::int32_t> result;
  result.grid = habitable.grid;
  const std::vector<std::int32_t> settled = apportion(people, options.people);
  result.values.assign(settled.begin(), settled.end());
  return result;
}

}  // namespace amaneku::bench
