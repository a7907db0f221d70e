#include <hdf5.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

#include "libsim/result/plan_tables.hpp"
#include "libsim/result/result_io.hpp"
#include "libsim/result/result_io_read.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;
namespace fs = std::filesystem;

namespace {

PlanInput hills() {
  PlanInput input;
  input.world.crs_id = "EPSG:6676";
  input.world.ground.ground_asl_m = test::relief_square(90, 50.0, 7);
  const Grid& grid = input.world.ground.ground_asl_m.grid;
  input.world.ground.ground_asl_m.at(5, 6) = kNoData;
  input.network.sites = {
      {.id = "西", .at = grid.centre(20, 40), .sectors = {Sector{.id = "a"}}},
      {.id = "B", .at = grid.centre(60, 40), .sectors = {Sector{.id = "a"}, Sector{.id = "b"}}}};
  input.network.sites[1].sectors[1].power_dbm = 43.0;
  input.engine.coverage.radius_m = 1800.0;
  input.provenance.scenario_name = "丘";
  input.provenance.scenario_file = "丘/scenario.toml";
  input.provenance.scenario_text = "[scenario]\nname = \"丘\"\n";
  input.provenance.input_sha256 = {{"dem.tif", "00ff"}, {"sites.csv", "11ee"}};
  input.provenance.settings = {{"coverage.radius_m", "1800"}};
  return input;
}

std::string refusal(const fs::path& file) {
  try {
    const ResultReader reader(file);
    (void)reader.cell(1, 1);
  } catch (const InputError& error) {
    CHECK(error.faults().front().file == file.string());
    return error.faults().front().message;
  }
  return "read";
}

bool same(float a, float b) {
  return std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b));
}

}  // namespace

TEST_CASE("a result tells where it came from and what its maps hold") {
  const test::TemporaryFolder folder;
  const PlanInput input = hills();
  const PlanResult result = plan(input);
  write_result(folder.path() / "result.h5", input, result, plan_tables(input, result));
  const ResultReader reader(folder.path() / "result.h5");
  const StoredPlan& stored = reader.plan();
  CHECK(stored.title == "丘");
  CHECK(stored.crs_id == "EPSG:6676");
  CHECK(stored.grid == result.grid);
  CHECK(stored.scenario_file == input.provenance.scenario_file);
  CHECK(stored.scenario_text == input.provenance.scenario_text);
  CHECK(stored.input_sha256 == input.provenance.input_sha256);
  CHECK(stored.settings == input.provenance.settings);
  CHECK(stored.sectors == 3);
  REQUIRE(stored.warnings.size() == result.warnings.size());
  for (std::size_t i = 0; i < stored.warnings.size(); ++i) {
    CHECK(stored.warnings[i].id == result.warnings[i].id);
    CHECK(stored.warnings[i].message == result.warnings[i].message);
    CHECK(stored.warnings[i].count == result.warnings[i].count);
  }
  for (const auto& [ix, iy] : {std::pair{20, 40}, {41, 38}, {5, 6}, {0, 0}, {89, 89}, {60, 12}}) {
    const StoredCell cell = reader.cell(ix, iy);
    CHECK(same(cell.rsrp_dbm, result.maps.rsrp_dbm.at(ix, iy)));
    CHECK(cell.best_server == result.maps.best_server.at(ix, iy));
    CHECK(same(cell.second_dbm, result.maps.second_dbm.at(ix, iy)));
    CHECK(cell.second_server == result.maps.second_server.at(ix, iy));
    CHECK(same(cell.ground_asl_m, input.world.ground.ground_asl_m.at(ix, iy)));
  }
}

TEST_CASE("a file that is no result is refused with its name") {
  const test::TemporaryFolder folder;
  CHECK(refusal(folder.path() / "absent.h5") == "the file does not exist");
  std::ofstream(folder.path() / "text.h5") << "name,value\n";
  CHECK(refusal(folder.path() / "text.h5").find("is not a result of amaneku") == 0);
  H5Fclose(H5Fcreate((folder.path() / "other.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  CHECK(refusal(folder.path() / "other.h5").find("is an HDF5 file, but not a result of amaneku") == 0);
}

TEST_CASE("a result of another format version is refused with both versions") {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "result.h5";
  const PlanInput input = hills();
  write_result(path, input, plan(input), plan_tables(input, plan(input)));
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t attribute = H5Aopen(file, "format_version", H5P_DEFAULT);
  const hid_t type = H5Aget_type(attribute);
  const char* version = "1.4";
  H5Awrite(attribute, type, &version);
  H5Tclose(type);
  H5Aclose(attribute);
  H5Fclose(file);
  CHECK(refusal(path) == "is of format version 1.4; this program reads 3.x: plan the scenario again");
}

TEST_CASE("a result without its maps, or cut short, is damaged and no more than that") {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "result.h5";
  const PlanInput input = hills();
  write_result(path, input, plan(input), plan_tables(input, plan(input)));
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  // Superblock version 2: the end of what the file holds; beyond it there may be unused bytes.
  constexpr std::size_t kEndAddress = 28;
  std::uint64_t end = 0;
  std::memcpy(&end, bytes.data() + kEndAddress, sizeof end);
  REQUIRE(end <= bytes.size());
  REQUIRE(end + 4096 > bytes.size());
  for (const std::size_t left : {bytes.size() / 4, bytes.size() / 2, static_cast<std::size_t>(end) - 1}) {
    INFO(left << " of " << bytes.size() << ", end " << end);
    const fs::path cut = folder.path() / "cut.h5";
    std::ofstream(cut, std::ios::binary) << bytes.substr(0, left);
    CHECK(refusal(cut) != "read");
  }
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  H5Ldelete(file, "second_dbm", H5P_DEFAULT);
  H5Fclose(file);
  CHECK(refusal(path) == "is damaged, or not written by amaneku to the end");
}
