// What does a sector cost a cell once its path loss is known? One JSON line per kind of antenna; see README.md.
#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>

#include "bench/world.hpp"
#include "libsim/maps/server_maps.hpp"

using namespace amaneku;

namespace {

/// The 3GPP element's cuts as a table.
TabulatedAntenna tabulated() {
  TabulatedAntenna table{.gain_dbi = 8.0};
  for (int degree = 0; degree < 360; ++degree) {
    const double from_boresight = degree <= 180 ? degree : 360 - degree;
    const double db = std::min(30.0, 12.0 * from_boresight * from_boresight / (65.0 * 65.0));
    table.horizontal_db.push_back(db);
    table.vertical_db.push_back(db);
  }
  return table;
}

/// 8 x 8 elements, seven SSB beams.
Array38901 array() {
  Array38901 beams;
  beams.beam_azimuths_deg = {-45.0, -30.0, -15.0, 0.0, 15.0, 30.0, 45.0};
  beams.beam_tilts_deg = {6.0};
  return beams;
}

/// CPU seconds of the maps of `sectors` sectors of one transmitter, the best of five.
double maps_cpu_s(const bench::World& world, Coverage coverage, const AntennaPattern& antenna, int sectors,
                  int threads) {
  std::vector<Site> sites = world.sites;
  Sector sector = sites[0].sectors[0];
  sector.antenna = antenna;
  sites[0].sectors.assign(static_cast<std::size_t>(sectors), sector);
  coverage.sectors.clear();
  for (int s = 0; s < sectors; ++s) {
    sites[0].sectors[static_cast<std::size_t>(s)].mounting.azimuth_deg = 360.0 * s / sectors;
    coverage.sectors.push_back({0, s, 0});
  }
  double best_s = 0.0;
  for (int run = 0; run < 5; ++run) {
    const double start = bench::cpu_s();
    const ServerMaps maps = best_server(coverage, sites, world.ground, Receiver{}, threads);
    const double spent_s = bench::cpu_s() - start;
    if (maps.best_server.values.empty()) throw std::runtime_error("no maps");
    if (run == 0 || spent_s < best_s) best_s = spent_s;
  }
  return best_s;
}

void run(const bench::Arguments& arguments) {
  const bench::Scratch scratch;
  const bench::World world = bench::make_world(arguments, scratch);
  std::vector<Warning> warnings;
  const Coverage coverage =
      compute_coverage(world.ground, world.sites, FreeSpace{}, Receiver{},
                       {.radius_m = arguments.radius_m, .threads = arguments.threads}, warnings);
  const Raster<float>& loss = coverage.transmitters.at(0).loss_db;
  const std::size_t cells = loss.values.size() - count_voids(loss);
  const std::vector<std::pair<const char*, AntennaPattern>> antennas = {{"isotropic", IsotropicAntenna{}},
                                                                        {"tr38901_element", Element38901{}},
                                                                        {"tabulated", tabulated()},
                                                                        {"array38901", array()}};
  for (const auto& [name, antenna] : antennas) {
    constexpr int kMore = 9;
    const double one_s = maps_cpu_s(world, coverage, antenna, 1, arguments.threads);
    const double more_s = maps_cpu_s(world, coverage, antenna, 1 + kMore, arguments.threads);
    const nlohmann::ordered_json line = {
        {"antenna", name},
        {"cells", cells},
        {"ns_per_cell_and_sector", 1e9 * (more_s - one_s) / (kMore * static_cast<double>(cells))},
        {"ns_per_cell_of_the_first_sector", 1e9 * one_s / static_cast<double>(cells)},
        {"threads", arguments.threads},
        {"radius_m", arguments.radius_m},
        {"dem", world.dem}};
    std::printf("%s\n", line.dump().c_str());
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
    std::fprintf(stderr, "bench_servers: %s\n", error.what());
    return 1;
  }
  return 0;
}
