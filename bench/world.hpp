// What the benchmarks share: the terrain, one site in its middle, and honest clocks.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "libsim/engine/coverage.hpp"
#include "scenarios/demo/region.hpp"
#include "scenarios/read/area.hpp"
#include "scenarios/schema/document.hpp"
#include "terrain/raster/raster_io.hpp"

namespace amaneku::bench {

/// A folder under the system's temporary directory that goes with the object.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "amaneku-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

struct Arguments {
  std::string dem{};
  int threads = 1;
  double radius_m = 30'000.0;
  int sites = 1;
  std::vector<std::string> models{};  ///< empty: those of the program
};

/// Whether a program has more than the one site in the middle of the terrain.
enum class Sites { one, many };

/// --dem FILE, --threads N, --radius_m R, --model M (again for more), and with Sites::many --sites N; anything
/// else ends the program with a line on stderr.
inline Arguments arguments(int argc, char** argv, Sites sites = Sites::one) {
  Arguments result;
  for (int i = 1; i < argc; ++i) {
    const std::string key = argv[i];
    const char* value = i + 1 < argc ? argv[++i] : nullptr;
    if (value != nullptr && key == "--dem") {
      result.dem = value;
    } else if (value != nullptr && key == "--threads") {
      result.threads = std::max(1, std::atoi(value));
    } else if (value != nullptr && key == "--radius_m") {
      result.radius_m = std::max(500.0, std::atof(value));
    } else if (value != nullptr && key == "--model") {
      result.models.emplace_back(value);
    } else if (value != nullptr && key == "--sites" && sites == Sites::many) {
      result.sites = std::max(1, std::atoi(value));
    } else {
      std::fprintf(stderr, "usage: %s [--dem FILE] [--threads N] [--radius_m R]%s [--model M]...\n", argv[0],
                   sites == Sites::many ? " [--sites N]" : "");
      std::exit(2);
    }
  }
  return result;
}

/// 30 m ground without voids and masts of 30 m on it.
struct World {
  std::string dem;  ///< file name
  std::vector<RasterSource> sources{};
  Crs crs;
  Ground ground{};
  std::vector<Site> sites{};
};

/// Point i of a sequence that fills the unit square evenly; the first is its middle.
inline Point spread(int i) {
  return {std::fmod(0.5 + i * 0.7548776662466927, 1.0), std::fmod(0.5 + i * 0.5698402909980532, 1.0)};
}

/// Masts: the first in the middle of the terrain, the others spread evenly over where the whole radius is terrain
/// (in its middle line or column if it is too small for that).
inline std::vector<Site> masts(const Grid& grid, const Crs& crs, const LonLat& middle,
                               const Arguments& arguments) {
  const double width_m = grid.nx * grid.cell_m;
  const double height_m = grid.ny * grid.cell_m;
  const double free_x_m = std::max(0.0, width_m - 2.0 * arguments.radius_m);
  const double free_y_m = std::max(0.0, height_m - 2.0 * arguments.radius_m);
  std::vector<Site> sites;
  for (int i = 0; i < arguments.sites; ++i) {
    Site site{.id = "bench" + std::to_string(i),
              .position = middle,
              .at = crs.to_plan(middle),
              .sectors = {Sector{.id = "a"}}};
    if (i > 0) {
      const Point share = spread(i);
      site.at = {grid.west_m + 0.5 * width_m + (share.x_m - 0.5) * free_x_m,
                 grid.north_m - 0.5 * height_m - (share.y_m - 0.5) * free_y_m};
      site.position = crs.to_lonlat(site.at);
    }
    sites.push_back(std::move(site));
  }
  return sites;
}

/// The DEM asked for, else Mt Fuji where the real data are, else the generated region.
inline World make_world(const Arguments& arguments, const Scratch& scratch) {
  std::vector<RasterSource> sources;
  if (!arguments.dem.empty()) {
    sources.push_back({.path = arguments.dem});
  } else if (const auto data = scenarios::data_folder({});
             data && std::filesystem::exists(*data / "dem/fuji_srtm1.tif")) {
    sources.push_back({.path = *data / "dem/fuji_srtm1.tif"});
  } else {
    scenarios::write_demo_region(scratch.path() / "region");
    sources.push_back({.path = scratch.path() / "region/dem.tif"});
    sources.push_back({.path = scratch.path() / "region/sea.tif"});
  }
  const LonLatBox extent = raster_extent(sources.front());
  World world{.dem = sources.front().path.filename().string(),
              .sources = sources,
              .crs = Crs::from_text(choose_plan_crs(extent))};
  const Grid grid = scenarios::plan_grid(extent, world.crs, 30.0);
  world.ground.ground_asl_m = read_mosaic(sources, grid, world.crs).raster;
  for (float& height : world.ground.ground_asl_m.values) {
    if (std::isnan(height)) height = 0.0F;  // corners of the rotated DEM: peers do not know voids
  }
  world.sites = masts(grid, world.crs, extent.centre(), arguments);
  return world;
}

/// Processor time of this process, all threads.
inline double cpu_s() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Largest resident size since the last reset (Linux), MiB.
inline void reset_peak() {
  std::ofstream("/proc/self/clear_refs") << "5";
}
inline double peak_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kib = 0.0;
    if (word == "VmHWM:" && status >> kib) return kib / 1024.0;
  }
  return 0.0;
}

struct Speed {
  std::size_t cells = 0;
  double cpu_s = 0.0;
  double peak_mib = 0.0;
  [[nodiscard]] double cells_per_s_core() const { return static_cast<double>(cells) / cpu_s; }
};

/// The best of three runs: other programs on the machine only ever make a run slower.
inline Speed measure(const World& world, const RadioModel& model, const Arguments& arguments) {
  Speed best;
  for (int run = 0; run < 3; ++run) {
    reset_peak();
    std::vector<Warning> warnings;
    const double start = cpu_s();
    const Coverage coverage =
        compute_coverage(world.ground, world.sites, model, Receiver{},
                         {.radius_m = arguments.radius_m, .threads = arguments.threads}, warnings);
    const double spent = cpu_s() - start;
    if (coverage.transmitters.size() != world.sites.size()) throw std::runtime_error("no ground under a site");
    std::size_t cells = 0;
    for (const TransmitterLoss& of : coverage.transmitters)
      cells += of.loss_db.values.size() - count_voids(of.loss_db);
    if (run == 0 || spent < best.cpu_s) best = {cells, spent, peak_mib()};
  }
  return best;
}

struct NamedModel {
  std::string name;
  RadioModel model;
};

constexpr const char* kLineOfSight = "line_of_sight";

/// The terrain models: line of sight with free space, and every model that reads the profile; those of `names`
/// where it is not empty. Throws InputError for a name of none of them.
inline std::vector<NamedModel> terrain_models(const std::vector<std::string>& names) {
  std::vector<NamedModel> models = {{kLineOfSight, FreeSpace{}}};
  for (const ModelInfo& info : model_infos()) {
    if (info.role == Role::path && info.terrain != Terrain::none) models.push_back({info.id, make_model(info.id)});
  }
  if (names.empty()) return models;
  std::vector<NamedModel> chosen;
  for (const std::string& name : names) {
    const auto found =
        std::find_if(models.begin(), models.end(), [&](const NamedModel& model) { return model.name == name; });
    if (found == models.end()) {
      throw InputError(Fault{.message = "no model that reads the terrain", .key = "--model", .value = name});
    }
    chosen.push_back(*found);
  }
  return chosen;
}

}  // namespace amaneku::bench
