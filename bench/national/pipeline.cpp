#include "bench/national/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <ctime>
#include <memory>

#include "bench/national/country.hpp"
#include "libsim/count/coverage_statistics.hpp"
#include "libsim/maps/site_loop.hpp"

namespace amaneku::bench {
namespace {

constexpr double kFreq_hz = 3.7e9;
constexpr double kTile_m = 25'000.0;  ///< whole meshes
constexpr double kMesh_m = 1000.0;
/// Some 100 km x 100 km at a time: the box around the sites of a slice aslant to the grid is mostly ground of
/// nobody.
constexpr std::size_t kGroundCells = std::size_t{1} << 20U;
/// Indoors: people are to be reached where they live.
constexpr Receiver kReceiver{.building_loss_db = 20.0};

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu_s() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void check(const NationalOptions& options) {
  const auto refuse = [](const char* key, double value, const char* legal) {
    throw InputError(
        Fault{.message = "out of range", .key = key, .value = fmt::format("{}", value), .legal = legal});
  };
  if (!(options.fraction > 0.0 && options.fraction <= 1.0)) refuse("--fraction", options.fraction, "0 < F <= 1");
  if (!(options.radius_m >= 100.0 && options.radius_m <= 100e3))
    refuse("--radius_m", options.radius_m, "100 .. 100000");
  const double per_mesh = kMesh_m / options.cell_m;
  if (!(per_mesh >= 1.0 && per_mesh <= 100.0 && per_mesh == std::round(per_mesh))) {
    refuse("--cell_m", options.cell_m, "a divisor of 1000, 10 .. 1000");
  }
  if (options.sectors < 1 || options.sectors > 6) refuse("--sectors", options.sectors, "1 .. 6");
}

/// Sectors of a site: one that is the same in all directions, or elements around the mast.
std::vector<Sector> sectors_of(const Mast& mast, int count) {
  std::vector<Sector> sectors;
  for (int i = 0; i < count; ++i) {
    Sector sector{.id = fmt::format("{}", i + 1), .freq_hz = kFreq_hz, .tx_agl_m = mast.tx_agl_m};
    if (count > 1) {
      sector.antenna = Element38901{};
      sector.mounting = {.azimuth_deg = 360.0 * i / count, .mechanical_downtilt_deg = 4.0};
    }
    sectors.push_back(std::move(sector));
  }
  return sectors;
}

/// The masts of the slice, neighbours together: the ground under them is made in blocks.
std::vector<Site> sites_of(const std::vector<Mast>& masts, const Slice& slice, int sectors) {
  std::vector<Site> sites;
  sites.reserve(slice.end_mast - slice.first_mast);
  for (std::size_t i = slice.first_mast; i < slice.end_mast; ++i) {
    const Mast& mast = masts[i];
    // The country has no place on Earth; models that ask for the latitude get Japan's.
    const LonLat position{130.0 + mast.at.x_m / 91e3, 31.0 + mast.at.y_m / 111e3};
    sites.push_back({.id = fmt::format("m{:06}", i),
                     .position = position,
                     .at = mast.at,
                     .sectors = sectors_of(mast, sectors)});
  }
  const auto block = [](const Site& site) {
    return std::pair(std::floor(site.at.y_m / kTile_m), std::floor(site.at.x_m / kTile_m));
  };
  std::stable_sort(sites.begin(), sites.end(), [&](const Site& a, const Site& b) { return block(a) < block(b); });
  return sites;
}

/// Height of the ground at one point after the other; quick where they lie together.
class GroundUnder {
 public:
  GroundUnder(const Land& land, double cell_m) : land_(land), cell_m_(cell_m) {}
  [[nodiscard]] float operator()(Point at) {
    if (!block_.contains(at)) {
      const double halo_m = cell_m_;
      block_ = {std::floor(at.x_m / kTile_m) * kTile_m, std::ceil(at.y_m / kTile_m) * kTile_m, cell_m_,
                static_cast<int>(kTile_m / cell_m_), static_cast<int>(kTile_m / cell_m_)};
      Grid wide = block_;
      wide.west_m -= halo_m;
      wide.north_m += halo_m;
      wide.nx += 2;
      wide.ny += 2;
      ground_asl_m_ = land_.ground(wide).ground_asl_m;
    }
    return sample_bilinear(ground_asl_m_, at);
  }

 private:
  const Land& land_;
  double cell_m_;
  Grid block_{};
  Raster<float> ground_asl_m_{};
};

/// Takes the site loop apart into its stages from outside: for each batch of sites it asks for ground, tells its
/// progress while it computes losses, makes the maps from them, and hands over the tiles that are finished.
class LoopClock {
 public:
  void ground_asked() {
    end_batch();
    asked_s_ = now_s();
  }
  void ground_given() {
    progress_s_ = given_s_ = now_s();
    terrain_s += given_s_ - asked_s_;
  }
  void progress() { progress_s_ = now_s(); }
  void tile_taken(double spent_s) {
    population_s += spent_s;
    tiles_s_ += spent_s;
  }
  void end_batch() {
    if (given_s_ == 0.0) return;  // before the first
    path_loss_s += progress_s_ - given_s_;
    best_server_s += now_s() - progress_s_ - tiles_s_;
    tiles_s_ = 0.0;
  }

  double terrain_s = 0.0;
  double path_loss_s = 0.0;
  double best_server_s = 0.0;
  double population_s = 0.0;

 private:
  double asked_s_ = 0.0;
  double given_s_ = 0.0;
  double progress_s_ = 0.0;
  double tiles_s_ = 0.0;  ///< of this batch
};

/// The people of the slice, and how many of each mesh are covered.
class People {
 public:
  People(const Raster<std::int32_t>& people, const Slice& slice, NationalResult& result)
      : people_(people), result_(result) {
    const Grid& grid = people.grid;
    result.covered_share = Raster<float>(grid, kNoData);
    for (int iy = 0; iy < grid.ny; ++iy) {
      for (int ix = 0; ix < grid.nx; ++ix) {
        if (people.at(ix, iy) == 0 || !slice.holds(grid.centre(ix, iy))) continue;
        result.people += people.at(ix, iy);
        result.covered_share.at(ix, iy) = 0.0F;
      }
    }
  }

  /// Holds a finished tile against the meshes on it.
  void count(const Raster<float>& rsrp_dbm) {
    const Grid& tile = rsrp_dbm.grid;
    const Grid& meshes = people_.grid;
    Population population;
    std::vector<std::size_t> index;
    const int first_x = meshes.column_of(tile.west_m + 0.5 * kMesh_m);
    const int first_y = meshes.row_of(tile.north_m - 0.5 * kMesh_m);
    const int across = static_cast<int>(std::lround(tile.nx * tile.cell_m / kMesh_m));
    const int down = static_cast<int>(std::lround(tile.ny * tile.cell_m / kMesh_m));
    for (int iy = first_y; iy < first_y + down; ++iy) {
      for (int ix = first_x; ix < first_x + across; ++ix) {
        if (std::isnan(result_.covered_share.at(ix, iy))) continue;
        index.push_back(meshes.index(ix, iy));
        population.units.push_back(unit(ix, iy));
        population.total += population.units.back().people;
      }
    }
    if (index.empty()) return;
    const Raster<float> no_area(tile, kNoData);  // people alone are asked for
    const CoverageStatistics statistics =
        coverage_statistics(rsrp_dbm, {no_area, population, Boundaries{}, Roads{}}, StatisticsOptions{});
    for (std::size_t i = 0; i < index.size(); ++i) {
      result_.covered_share.values[index[i]] = static_cast<float>(statistics.unit_covered_share[i]);
    }
  }

  /// In order of mesh, whatever the order in which the tiles came.
  [[nodiscard]] double covered() const {
    double sum = 0.0;
    for (std::size_t mesh = 0; mesh < people_.values.size(); ++mesh) {
      const float share = result_.covered_share.values[mesh];
      if (!std::isnan(share)) sum += static_cast<double>(share) * people_.values[mesh];
    }
    return sum;
  }

 private:
  [[nodiscard]] PopulationUnit unit(int ix, int iy) const {
    const Point centre = people_.grid.centre(ix, iy);
    const double h = 0.5 * kMesh_m;
    const Line square{{centre.x_m - h, centre.y_m - h},
                      {centre.x_m + h, centre.y_m - h},
                      {centre.x_m + h, centre.y_m + h},
                      {centre.x_m - h, centre.y_m + h},
                      {centre.x_m - h, centre.y_m - h}};
    PopulationUnit unit;
    unit.people = people_.at(ix, iy);
    unit.centre = centre;
    unit.footprint.parts.push_back({square, {}});
    return unit;
  }

  const Raster<std::int32_t>& people_;
  NationalResult& result_;
};

struct Network {
  std::vector<Site> sites{};
  Coverage transmitters{};
};

Network make_network(const Land& land, const std::vector<Mast>& masts, const Slice& slice,
                     const NationalOptions& options) {
  Network network{.sites = sites_of(masts, slice, options.sectors)};
  std::vector<Warning> warnings;
  network.transmitters =
      list_transmitters(Land::box(options.cell_m), network.sites, GroundUnder(land, options.cell_m), warnings);
  if (!warnings.empty()) throw InternalError("a mast stands on no ground");
  return network;
}

/// From the sites to the people covered, tile by tile; returns how many losses there were.
std::size_t run_stages(const NationalOptions& options, const RadioModel& model, const Land& land, Network& network,
                       People& people, LoopClock& clock) {
  const CoverageOptions coverage{.radius_m = options.radius_m, .threads = options.threads};
  const GroundSource ground = [&](const Grid& window) {
    clock.ground_asked();
    auto made = std::make_shared<const Ground>(land.ground(window, options.threads));
    clock.ground_given();
    return made;
  };
  const auto take_tile = [&](ServerTile&& tile) {
    const double start_s = now_s();
    people.count(tile.maps.rsrp_dbm);
    clock.tile_taken(now_s() - start_s);
  };
  std::atomic<std::size_t> cells{0};
  const auto count_cells = [&](std::size_t, const TransmitterLoss& loss) {
    cells += loss.loss_db.values.size() - count_voids(loss.loss_db);
  };
  run_site_loop(
      {network.sites, model, kReceiver, coverage, ground},
      {.ground_cells = kGroundCells, .tile_cells = static_cast<int>(std::lround(kTile_m / options.cell_m))},
      {.tile = take_tile, .loss = count_cells}, network.transmitters, [&](double) { clock.progress(); });
  clock.end_batch();
  return cells;
}

}  // namespace

NationalResult run_national(const NationalOptions& options) {
  check(options);
  const RadioModel model = make_model(options.model);
  NationalResult result;
  const double start_s = now_s();
  const CountryOptions country{.seed = options.seed};
  const Land land(country.seed, country.land_km2, options.threads);
  const Raster<std::int32_t> meshes = settle(land, country, options.threads);
  const std::vector<Mast> masts = place_masts(land, meshes, country, options.threads);
  const double country_s = now_s() - start_s;

  const double cpu_before_s = cpu_s();
  const Slice slice = typical_slice(masts, options.fraction);
  Network network = make_network(land, masts, slice, options);
  const double sites_s = now_s() - start_s - country_s;
  People people(meshes, slice, result);
  LoopClock clock;
  result.cells = run_stages(options, model, land, network, people, clock);

  result.loop_cpu_s = cpu_s() - cpu_before_s;
  result.stages_s = {{"country", country_s},
                     {"sites", sites_s},
                     {"terrain", clock.terrain_s},
                     {"path_loss", clock.path_loss_s},
                     {"best_server", clock.best_server_s},
                     {"population", clock.population_s}};
  result.sites = network.sites.size();
  result.people_covered = people.covered();
  return result;
}

}  // namespace amaneku::bench
