#include <hdf5.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "libsim/result/plan_tables.hpp"
#include "libsim/result/result_io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

PlanInput small_plan() {
  PlanInput input;
  input.world.crs_id = "EPSG:6676";
  input.world.ground.ground_asl_m = test::relief_square(300, 50.0, 7);
  input.world.ground.ground_asl_m.at(299, 0) = kNoData;
  const Grid& grid = input.world.ground.ground_asl_m.grid;
  for (const int cell : {40, 250}) {
    Site site{
        .id = "S" + std::to_string(cell), .name = "交換局", .sectors = {Sector{.id = "a"}, Sector{.id = "b"}}};
    site.sectors[1].mounting.azimuth_deg = 120.0;
    site.sectors[1].antenna = Element38901{};
    site.at = grid.centre(cell, cell);
    input.network.sites.push_back(site);
  }
  input.network.sites.push_back({.id = "C", .existing = false});
  input.engine.coverage.radius_m = 3000.0;
  input.engine.coverage.threads = 1;
  input.engine.model = MicLocal5gSub6{.area = ExtendedHata::Area::open};
  input.world.population.units = {
      {.id = "53395000", .people = 12.0, .centre = grid.centre(41, 41), .municipality = 0}};
  input.world.boundaries.municipalities = {{.code = "22207", .name = "富士宮市"}};
  input.world.roads.roads = {
      {.id = "r1", .road_class = "local", .name = "県道", .line = {{1000, 40000}, {9000, 40000}}}};
  input.world.focus_zones.zones = {
      {"港", {{Polygon{{{0, 30'000}, {50'000, 30'000}, {50'000, 50'000}, {0, 30'000}}, {}}}}}};
  input.provenance.scenario_name = "small";
  input.provenance.scenario_text = "[scenario]\nname = \"小さい\"\n";
  input.provenance.seed = 42;
  input.provenance.input_sha256 = {{"dem.tif", "00ff"}};
  input.provenance.credits = {"国土数値情報"};
  return input;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Reads with the plain HDF5 API, as a stranger would.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& path) : file_(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT)) {
    REQUIRE(file_ >= 0);
  }
  ~Reader() { H5Fclose(file_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  [[nodiscard]] std::vector<hsize_t> sizes(const char* name) const {
    const hid_t dataset = H5Dopen2(file_, name, H5P_DEFAULT);
    REQUIRE(dataset >= 0);
    const hid_t space = H5Dget_space(dataset);
    std::vector<hsize_t> result(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space)));
    H5Sget_simple_extent_dims(space, result.data(), nullptr);
    H5Sclose(space);
    H5Dclose(dataset);
    return result;
  }
  [[nodiscard]] bool has(const char* name) const { return H5Lexists(file_, name, H5P_DEFAULT) > 0; }
  [[nodiscard]] std::vector<double> numbers(const char* name) const {
    std::size_t n = 1;
    for (const hsize_t size : sizes(name)) n *= size;
    std::vector<double> values(n);
    const hid_t dataset = H5Dopen2(file_, name, H5P_DEFAULT);
    REQUIRE(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0);
    H5Dclose(dataset);
    return values;
  }
  [[nodiscard]] std::string text(const char* name) const {  // the first of a dataset of texts
    const hid_t dataset = H5Dopen2(file_, name, H5P_DEFAULT);
    REQUIRE(dataset >= 0);
    const hid_t type = H5Dget_type(dataset);
    std::vector<char*> pointers(100, nullptr);
    REQUIRE(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()) >= 0);
    const std::string result = pointers[0];
    for (char* pointer : pointers) H5free_memory(pointer);
    H5Tclose(type);
    H5Dclose(dataset);
    return result;
  }
  [[nodiscard]] double number_attribute(const char* object, const char* name) const {
    const hid_t attribute = H5Aopen_by_name(file_, object, name, H5P_DEFAULT, H5P_DEFAULT);
    REQUIRE(attribute >= 0);
    double value = 0.0;
    H5Aread(attribute, H5T_NATIVE_DOUBLE, &value);
    H5Aclose(attribute);
    return value;
  }
  [[nodiscard]] std::string text_attribute(const char* object, const char* name) const {
    const hid_t attribute = H5Aopen_by_name(file_, object, name, H5P_DEFAULT, H5P_DEFAULT);
    REQUIRE(attribute >= 0);
    const hid_t type = H5Aget_type(attribute);
    char* pointer = nullptr;
    REQUIRE(H5Aread(attribute, type, &pointer) >= 0);
    const std::string result = pointer;
    H5free_memory(pointer);
    H5Tclose(type);
    H5Aclose(attribute);
    return result;
  }

 private:
  hid_t file_;
};

/// No file of this process may grow beyond the limit: what a full disk does to a writer.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) : signal_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &now);
  }
  ~SmallDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  rlimit before_{};
  void (*signal_)(int);
};

}  // namespace

TEST_CASE("a result file gives back the plan") {
  const test::TemporaryFolder folder;
  const PlanInput input = small_plan();
  const PlanResult result = plan(input);
  write_result(folder.path() / "result.h5", input, result, plan_tables(input, result));
  const Reader file(folder.path() / "result.h5");

  CHECK(file.text_attribute("/", "file_type") == "amaneku-result");
  CHECK(file.text_attribute("/", "format_version") == "3.0");
  CHECK(file.text_attribute("/", "crs") == "EPSG:6676");
  CHECK(file.number_attribute("/", "seed") == 42.0);
  CHECK(file.text_attribute("spatial_ref", "crs_wkt").find("VIII") != std::string::npos);
  CHECK(file.text("provenance/scenario_text") == input.provenance.scenario_text);
  CHECK(file.text("provenance/inputs/sha256") == "00ff");
  CHECK(file.text_attribute("settings", "model") == "mic_local5g_sub6");
  CHECK(file.text_attribute("settings", "model.area") == "open");

  const std::vector<double> x = file.numbers("x");
  const std::vector<double> y = file.numbers("y");
  CHECK(x[0] == result.grid.centre(0, 0).x_m);
  CHECK(y[299] == result.grid.centre(0, 299).y_m);

  REQUIRE(file.sizes("rsrp_dbm") == std::vector<hsize_t>{300, 300});
  const std::vector<double> rsrp = file.numbers("rsrp_dbm");
  const std::vector<double> server = file.numbers("best_server");
  const std::vector<double> ground = file.numbers("ground_asl_m");
  const auto same = [](double a, float b) { return std::isnan(a) ? std::isnan(b) : a == static_cast<double>(b); };
  for (std::size_t i = 0; i < rsrp.size(); ++i) {
    if (!same(rsrp[i], result.maps.rsrp_dbm.values[i]) ||
        !same(ground[i], input.world.ground.ground_asl_m.values[i]) ||
        server[i] != result.maps.best_server.values[i]) {
      FAIL("cell " << i << " differs");
    }
  }
  const std::vector<double> second = file.numbers("second_dbm");
  const std::vector<double> second_server = file.numbers("second_server");
  const std::vector<double> interference = file.numbers("interference_dbm");
  std::size_t interfered = 0;
  for (std::size_t i = 0; i < second.size(); ++i) {
    if (!same(second[i], result.maps.second_dbm.values[i]) ||
        !same(interference[i], result.maps.interference_dbm.values[i]) ||
        second_server[i] != result.maps.second_server.values[i]) {
      FAIL("cell " << i << " differs");
    }
    if (!std::isnan(interference[i])) ++interfered;
  }
  CHECK(interfered > 10'000);
  CHECK(file.number_attribute("settings", "path_loss_stored") == 1.0);

  REQUIRE(file.sizes("path_loss_db") == std::vector<hsize_t>{2, 300, 300});
  CHECK(file.number_attribute("path_loss_db", "scale_factor") == 0.01);
  const std::vector<double> packed = file.numbers("path_loss_db");
  for (std::size_t t = 0; t < 2; ++t) {
    const TransmitterLoss& loss = result.coverage.transmitters[t];
    for (int iy = 0; iy < 300; ++iy) {
      for (int ix = 0; ix < 300; ++ix) {
        const bool inside = loss.loss_db.grid.holds(ix - loss.ix0, iy - loss.iy0);
        const float expected = inside ? loss.loss_db.at(ix - loss.ix0, iy - loss.iy0) : kNoData;
        const double value = packed[t * 90'000 + result.grid.index(ix, iy)];
        const bool good = std::isnan(expected) ? value == -32768.0 : std::fabs(0.01 * value - expected) < 0.00501;
        if (!good)
          FAIL("transmitter " << t << " cell " << ix << ", " << iy << ": " << value << " for " << expected);
      }
    }
  }

  CHECK(file.text("sites/name") == "交換局");
  CHECK(file.text("sites/status") == "existing");
  CHECK(file.numbers("sites/planned") == std::vector<double>{1, 1, 0});
  CHECK(file.numbers("sectors/site") == std::vector<double>{0, 0, 1, 1});
  CHECK(file.numbers("sectors/azimuth_deg") == std::vector<double>{0, 120, 0, 120});
  CHECK(file.numbers("transmitters/tx_agl_m") == std::vector<double>{30, 30});
  CHECK(file.text("municipalities/name") == "富士宮市");
  CHECK(file.numbers("municipalities/population") == std::vector<double>{12.0});
  CHECK(file.numbers("municipalities/in_plan") == std::vector<double>{1});
  CHECK(file.numbers("population/people") == std::vector<double>{12.0});
  CHECK(file.numbers("population/covered_percent") ==
        std::vector<double>{100.0 * result.statistics.unit_covered_share[0]});
  CHECK(file.text("focus_zones/name") == "港");
  CHECK(file.numbers("focus_zones/area_in_plan_km2") ==
        std::vector<double>{1e-6 * result.statistics.focus_zones.at(0).area.total_m2});
  CHECK(result.statistics.focus_zones.at(0).area.total_m2 > 0.0);
  CHECK(file.numbers("road_classes/length_km") == std::vector<double>{1e-3 * result.statistics.roads[0].length_m});
  CHECK(file.sizes("warnings/id")[0] == result.warnings.size());
}

TEST_CASE("the same result gives the same bytes, whatever the time and the threads") {
  const test::TemporaryFolder folder;
  const PlanInput input = small_plan();
  const PlanResult result = plan(input);
  write_result(folder.path() / "a.h5", input, result, plan_tables(input, result));
  const std::string first = bytes_of(folder.path() / "a.h5");
  for (const int threads : {2, 7}) {
    write_result(folder.path() / "a.h5", input, result, plan_tables(input, result), threads);  // replaces
    CHECK(bytes_of(folder.path() / "a.h5") == first);
  }
}

TEST_CASE("a plan without sites, people, roads or boundaries is a valid file") {
  const test::TemporaryFolder folder;
  PlanInput input;
  input.world.ground.ground_asl_m = Raster<float>(Grid{.nx = 3, .ny = 2}, 1.0F);
  write_result(folder.path() / "empty.h5", input, plan(input), plan_tables(input, plan(input)));
  const Reader file(folder.path() / "empty.h5");
  CHECK(file.sizes("sites/id") == std::vector<hsize_t>{0});
  CHECK(file.numbers("ground_asl_m") == std::vector<double>(6, 1.0));
}

TEST_CASE("without the losses the file says so and holds everything else") {
  const test::TemporaryFolder folder;
  PlanInput input = small_plan();
  const PlanResult with = plan(input);
  input.keep_path_loss = KeepPathLoss::never;
  const PlanResult without = plan(input);
  CHECK(with.has_path_loss);
  CHECK_FALSE(without.has_path_loss);
  CHECK(without.coverage.transmitters[1].loss_db.values.empty());
  write_result(folder.path() / "a.h5", input, with, plan_tables(input, with));
  write_result(folder.path() / "b.h5", input, without, plan_tables(input, without));
  const Reader a(folder.path() / "a.h5");
  const Reader b(folder.path() / "b.h5");
  CHECK(a.has("path_loss_db"));
  CHECK_FALSE(b.has("path_loss_db"));
  CHECK(b.number_attribute("settings", "path_loss_stored") == 0.0);
  CHECK(b.numbers("best_server") == a.numbers("best_server"));
  CHECK(b.numbers("transmitters/cells_line_of_sight") == a.numbers("transmitters/cells_line_of_sight"));
  CHECK(b.numbers("transmitters/longest_computed_m") == a.numbers("transmitters/longest_computed_m"));
  CHECK(b.sizes("warnings/id") == a.sizes("warnings/id"));
}

TEST_CASE("losses beyond the reach of hundredths are stored in coarser steps, never clamped") {
  const test::TemporaryFolder folder;
  const PlanInput input = small_plan();
  PlanResult result = plan(input);
  TransmitterLoss& loss = result.coverage.transmitters[0];
  loss.loss_db.at(3, 2) = 400.04F;
  write_result(folder.path() / "deep.h5", input, result, plan_tables(input, result));
  const Reader file(folder.path() / "deep.h5");
  CHECK(file.number_attribute("path_loss_db", "scale_factor") == 0.1);
  CHECK(file.numbers("path_loss_db")[result.grid.index(loss.ix0 + 3, loss.iy0 + 2)] == 4000.0);
}

TEST_CASE("a folder that cannot be written to is the user's fault") {
  const test::TemporaryFolder folder;
  const PlanInput input = small_plan();
  const PlanResult result = plan(input);
  std::ofstream(folder.path() / "file") << "not a folder";
  for (const char* name : {"absent/result.h5", "file/result.h5"}) {
    try {
      write_result(folder.path() / name, input, result, plan_tables(input, result));
      FAIL("no error");
    } catch (const InputError& error) {
      CHECK(error.faults()[0].file == (folder.path() / name).string());
      CHECK(error.faults()[0].message.find("cannot be written") != std::string::npos);
    }
  }
}

TEST_CASE("a disk that fills up leaves neither a result nor a part of one") {
  const test::TemporaryFolder folder;
  const PlanInput input = small_plan();
  const PlanResult result = plan(input);
  const std::filesystem::path path = folder.path() / "result.h5";
  write_result(path, input, result, plan_tables(input, result));
  const std::string before = bytes_of(path);
  for (const std::size_t room : {std::size_t{0}, std::size_t{3000}, before.size() / 2, before.size() - 1}) {
    const SmallDisk disk(room);
    CHECK_THROWS_AS(write_result(path, input, result, plan_tables(input, result)), InputError);
  }
  CHECK(bytes_of(path) == before);  // the earlier result still stands
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  write_result(path, input, result, plan_tables(input, result));  // and the next one succeeds
  CHECK(bytes_of(path) == before);
}
