// The same terrain, site and radius through gdal_viewshed and splat, in the same run; see README.md.
#include <fcntl.h>

#include <fmt/format.h>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>

#include "bench/world.hpp"

using namespace amaneku;

namespace {

constexpr double kTx_agl_m = 30.0;
constexpr double kRx_agl_m = 1.5;

/// How a program ended.
struct Child {
  bool missing = false;
  int status = 0;
  double cpu_s = 0.0;
};

/// Runs a program of the PATH in a folder, without its output.
Child run_program(const std::vector<std::string>& words, const std::filesystem::path& folder) {
  constexpr int kNotFound = 127;
  const pid_t pid = ::fork();
  if (pid < 0) throw std::runtime_error("fork failed");
  if (pid == 0) {
    const int nowhere = ::open("/dev/null", O_RDWR);
    ::dup2(nowhere, STDIN_FILENO);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    std::vector<char*> pointers;
    for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    if (::chdir(folder.c_str()) == 0) ::execvp(pointers[0], pointers.data());
    ::_exit(kNotFound);
  }
  int status = 0;
  rusage usage{};
  while (::wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return {code == kNotFound, code, seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

/// What a peer needed for its cells, without what it needs around them (reading the terrain, writing the picture):
/// the comparison is of the calculation alone, as for our own figure.
struct Peer {
  std::string name;
  bool missing = false;
  int status = 0;
  std::size_t cells = 0;
  double cpu_s = 0.0;
  double fixed_cpu_s = 0.0;
};

/// The quickest of three runs, as for our own figure; of more where a run is too short for the clock.
Child quickest(const std::vector<std::string>& words, const std::filesystem::path& folder) {
  constexpr double kEnough_s = 2.0;
  constexpr int kMostRuns = 15;
  Child best = run_program(words, folder);
  double spent_s = best.cpu_s;
  for (int run = 1; run < kMostRuns && best.status == 0 && (run < 3 || spent_s < kEnough_s); ++run) {
    const Child again = run_program(words, folder);
    spent_s += again.cpu_s;
    if (again.cpu_s < best.cpu_s) best = again;
  }
  return best;
}

Peer timed(Peer peer, const std::vector<std::string>& full, const std::vector<std::string>& empty,
           const std::filesystem::path& folder) {
  const Child nothing = quickest(empty, folder);
  const Child all = quickest(full, folder);
  peer.missing = all.missing;
  peer.status = all.status;
  peer.fixed_cpu_s = nothing.cpu_s;
  peer.cpu_s = std::max(1e-3, all.cpu_s - nothing.cpu_s);  // the clock of a child is no finer
  return peer;
}

Peer viewshed(const bench::World& world, const bench::Arguments& arguments, const std::filesystem::path& folder) {
  const std::filesystem::path packed = folder / "ground_cog.tif";
  const std::filesystem::path ground = folder / "ground.tif";
  write_cog(packed, world.ground.ground_asl_m, world.crs, {});
  Peer peer{.name = "gdal_viewshed"};
  if (run_program({"gdal_translate", "-q", packed.string(), ground.string()}, folder).missing) {
    peer.missing = true;
    return peer;
  }
  const Site& site = world.sites.front();
  const Grid& grid = world.ground.ground_asl_m.grid;
  const auto number = [](double value) { return fmt::format("{}", value); };
  const double radius_m = arguments.radius_m;
  const std::vector<std::string> full = {"gdal_viewshed", "-q",
                                         "-oz",           number(kTx_agl_m),
                                         "-tz",           number(kRx_agl_m),
                                         "-md",           number(radius_m),
                                         "-ox",           number(site.at.x_m),
                                         "-oy",           number(site.at.y_m),
                                         ground.string(), (folder / "viewshed.tif").string()};
  // Starts the same library, reads the same window and writes a map of bytes of the same size.
  const std::vector<std::string> empty = {"gdal_translate",
                                          "-q",
                                          "-ot",
                                          "Byte",
                                          "-projwin",
                                          number(std::max(grid.west_m, site.at.x_m - radius_m)),
                                          number(std::min(grid.north_m, site.at.y_m + radius_m)),
                                          number(std::min(grid.east_m(), site.at.x_m + radius_m)),
                                          number(std::max(grid.south_m(), site.at.y_m - radius_m)),
                                          ground.string(),
                                          (folder / "bytes.tif").string()};
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      if (distance_m(site.at, grid.centre(ix, iy)) <= arguments.radius_m) ++peer.cells;
    }
  }
  return timed(peer, full, empty, folder);
}

/// A tile of one degree as splat-hd wants it: 3601 x 3601 samples.
struct Tile {
  int lon;
  int lat;
  [[nodiscard]] std::string name() const {
    return fmt::format("{}{:02}{}{:03}", lat < 0 ? 'S' : 'N', std::abs(lat), lon < 0 ? 'W' : 'E', std::abs(lon));
  }
};

/// Writes the tile's .sdf; false where a program for it is missing.
bool write_tile(const Tile& tile, const bench::World& world, const std::filesystem::path& folder) {
  constexpr double kHalf = 0.5 / 3600.0;
  std::vector<std::string> warp = {"gdalwarp", "-q", "-overwrite", "-t_srs", "EPSG:4326", "-te"};
  for (const double edge : {tile.lon - kHalf, tile.lat - kHalf, tile.lon + 1 + kHalf, tile.lat + 1 + kHalf}) {
    warp.push_back(fmt::format("{:.12f}", edge));
  }
  for (const char* word : {"-ts", "3601", "3601", "-r", "bilinear", "-dstnodata", "-32768", "-ot", "Int16"}) {
    warp.emplace_back(word);
  }
  for (auto source = world.sources.rbegin(); source != world.sources.rend(); ++source) {
    warp.push_back(std::filesystem::absolute(source->path).string());  // the last one wins
  }
  const std::string file = tile.name() + ".hgt";
  warp.emplace_back("tile.tif");
  return run_program(warp, folder).status == 0 &&
         run_program({"gdal_translate", "-q", "-of", "SRTMHGT", "tile.tif", file}, folder).status == 0 &&
         run_program({"srtm2sdf-hd", "-d", "/dev/null", file}, folder).status == 0;
}

/// Pixels of one second within the radius, in the tiles given: what splat-hd evaluates.
std::size_t splat_cells(const std::vector<Tile>& tiles, LonLat site, double radius_m) {
  std::size_t cells = 0;
  for (const Tile& tile : tiles) {
    for (int row = 0; row < 3600; ++row) {
      const double lat = tile.lat + (row + 0.5) / 3600.0;
      if (std::fabs(lat - site.lat_deg) * 110'500.0 > radius_m) continue;
      for (int column = 0; column < 3600; ++column) {
        if (sphere_distance_m(site, {tile.lon + (column + 0.5) / 3600.0, lat}) <= radius_m) ++cells;
      }
    }
  }
  return cells;
}

Peer splat(const bench::World& world, const bench::Arguments& arguments, const std::filesystem::path& folder) {
  Peer peer{.name = "splat-hd"};
  const LonLatBox extent = raster_extent(world.sources.front());
  const LonLat site = world.sites.front().position;
  std::vector<Tile> tiles;
  const auto degree = [](double value) { return static_cast<int>(std::floor(value)); };
  for (int lat = degree(extent.south_deg); lat <= degree(extent.north_deg); ++lat) {
    for (int lon = degree(extent.west_deg); lon <= degree(extent.east_deg); ++lon) tiles.push_back({lon, lat});
  }
  for (const Tile& tile : tiles) {
    if (!write_tile(tile, world, folder)) {
      peer.missing = true;
      return peer;
    }
  }
  const double lon_west_deg = site.lon_deg > 0.0 ? 360.0 - site.lon_deg : -site.lon_deg;
  std::ofstream(folder / "tx.qth") << fmt::format("tx\n{:.7f}\n{:.7f}\n{} meters\n", site.lat_deg, lon_west_deg,
                                                  kTx_agl_m);
  // Ground constants, refractivity, MHz, climate, polarisation, shares of situations and time.
  std::ofstream(folder / "tx.lrp") << fmt::format("15.0\n0.005\n301.0\n{}\n5\n1\n0.5\n0.5\n",
                                                  world.sites.front().sectors.front().freq_hz / 1e6);
  const auto command = [&](double radius_m) {
    return std::vector<std::string>{"splat-hd",
                                    "-t",
                                    "tx.qth",
                                    "-L",
                                    fmt::format("{}", kRx_agl_m),
                                    "-R",
                                    fmt::format("{}", radius_m / 1000.0),
                                    "-metric",
                                    "-olditm",
                                    "-N",
                                    "-d",
                                    folder.string(),
                                    "-o",
                                    "map.ppm"};
  };
  peer.cells = splat_cells(tiles, site, arguments.radius_m);
  return timed(peer, command(arguments.radius_m), command(200.0), folder);
}

void print(const nlohmann::ordered_json& line) {
  std::printf("%s\n", line.dump().c_str());
  std::fflush(stdout);
}

void compare(const std::string& model, const bench::Speed& ours, const Peer& peer) {
  if (peer.missing) {
    print(
        {{"model", model}, {"cells_per_s_core", ours.cells_per_s_core()}, {"peer", peer.name}, {"missing", true}});
    return;
  }
  if (peer.status != 0) {
    print({{"model", model}, {"peer", peer.name}, {"failed", true}, {"exit_code", peer.status}});
    return;
  }
  const double theirs = static_cast<double>(peer.cells) / peer.cpu_s;
  print({{"model", model},
         {"cells", ours.cells},
         {"cpu_s", ours.cpu_s},
         {"cells_per_s_core", ours.cells_per_s_core()},
         {"peer", peer.name},
         {"peer_cells", peer.cells},
         {"peer_cpu_s", peer.cpu_s},
         {"peer_fixed_cpu_s", peer.fixed_cpu_s},
         {"peer_cells_per_s_core", theirs},
         {"ratio", ours.cells_per_s_core() / theirs}});
}

/// Line of sight is held against gdal_viewshed, a loss against splat; each peer runs once, where it is asked for.
void run(const bench::Arguments& arguments) {
  std::vector<std::string> names = arguments.models;
  if (names.empty()) names = {bench::kLineOfSight, "itm", "p526", "p1812"};
  const std::vector<bench::NamedModel> models = bench::terrain_models(names);
  const bench::Scratch scratch;
  const bench::World world = bench::make_world(arguments, scratch);
  std::optional<Peer> sight_peer;
  std::optional<Peer> loss_peer;
  for (const bench::NamedModel& model : models) {
    const bool sight = model.name == bench::kLineOfSight;
    if (sight && !sight_peer) sight_peer = viewshed(world, arguments, scratch.path());
    if (!sight && !loss_peer) loss_peer = splat(world, arguments, scratch.path());
    compare(model.name, bench::measure(world, model.model, arguments), sight ? *sight_peer : *loss_peer);
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(bench::arguments(argc, argv));
  } catch (const InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_peers: %s\n", error.what());
    return 1;
  }
  return 0;
}
