#include <hdf5.h>

#include <array>
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

TEST_CASE("tables, maps and settings come back as they were written") {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "result.h5";
  const PlanInput input = hills();
  const PlanResult result = plan(input);
  const std::vector<Table> tables = plan_tables(input, result);
  write_result(path, input, result, tables);
  const ResultReader reader(path);
  std::size_t values = 0;
  for (const Table& table : tables) {
    const std::optional<StoredTable> stored = reader.table(table.name);
    REQUIRE(stored);
    REQUIRE(stored->rows == table.rows.size());
    REQUIRE(stored->columns.size() == table.columns.size());
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      INFO(table.name << '.' << table.columns[c].name);
      CHECK(stored->columns[c].name == table.columns[c].name);
      CHECK(stored->columns[c].unit == table.columns[c].unit);
      for (std::size_t row = 0; row < table.rows.size(); ++row, ++values) {
        const Attribute& value = table.rows[row][c];
        if (const auto* text = std::get_if<std::string>(&value)) {
          CHECK(stored->columns[c].texts[row] == *text);
        } else if (const auto* real = std::get_if<double>(&value)) {
          CHECK(stored->columns[c].numbers[row] == *real);
        } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
          CHECK(stored->columns[c].numbers[row] == static_cast<double>(*whole));
        } else if (!stored->columns[c].is_text) {
          CHECK(std::isnan(stored->columns[c].numbers[row]));
        }
      }
    }
  }
  CHECK(values > 100);
  CHECK_FALSE(reader.table("no_such_table"));
  const std::array<std::string_view, 2> wanted = {"id", "no_such_column"};
  const std::optional<StoredTable> sites = reader.table("sites", wanted);
  REQUIRE(sites);
  REQUIRE(sites->columns.size() == 1);
  CHECK(sites->text("id", 1) == "B");
  CHECK(sites->text("name", 1).empty());
  CHECK(std::isnan(sites->number("id", 1)));

  const Raster<float> rsrp = reader.map("rsrp_dbm");
  REQUIRE(rsrp.grid == result.grid);
  CHECK(std::equal(rsrp.values.begin(), rsrp.values.end(), result.maps.rsrp_dbm.values.begin(), same));
  CHECK_THROWS_AS(reader.map("no_such_map"), InputError);
  CHECK_THROWS_AS(reader.map("best_server"), InputError);  // whole numbers are no map of floats

  const std::map<std::string, std::string> settings = reader.settings();
  CHECK(settings.at("radius_m") == "1800");
  CHECK(settings.at("engine") == "radial");
  CHECK(settings.at("rx_gain_dbi").empty());
}

TEST_CASE("a table that leads elsewhere, or is not as long as it says, is damage") {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "result.h5";
  const PlanInput input = hills();
  const PlanResult result = plan(input);
  const auto told = [&](const auto& spoil) {
    write_result(path, input, result, plan_tables(input, result));
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t group = H5Gopen2(file, "sites", H5P_DEFAULT);
    spoil(group);
    H5Gclose(group);
    H5Fclose(file);
    try {
      (void)ResultReader(path).table("sites");
    } catch (const InputError& error) {
      return error.faults().front().message;
    }
    return std::string("read");
  };
  const auto add = [](hid_t group, std::vector<hsize_t> sizes) {
    const hid_t space = H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr);
    const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    std::vector<hsize_t> chunk(sizes.size(), 1);
    H5Pset_chunk(list, static_cast<int>(chunk.size()), chunk.data());
    H5Dclose(H5Dcreate2(group, "extra", H5T_IEEE_F64LE, space, H5P_DEFAULT, list, H5P_DEFAULT));
    H5Pclose(list);
    H5Sclose(space);
  };
  const std::string damaged = "is damaged, or not written by amaneku to the end";
  CHECK(told([](hid_t) {}) == "read");
  CHECK(told([](hid_t group) { H5Lcreate_soft("/rsrp_dbm", group, "extra", H5P_DEFAULT, H5P_DEFAULT); }) ==
        damaged);
  CHECK(told([](hid_t group) {
          H5Lcreate_external("/etc/passwd", "/", group, "extra", H5P_DEFAULT, H5P_DEFAULT);
        }) == damaged);
  CHECK(told([](hid_t group) { H5Gclose(H5Gcreate2(group, "extra", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT)); }) ==
        damaged);
  CHECK(told([&](hid_t group) { add(group, {3}); }) == damaged);
  CHECK(told([&](hid_t group) { add(group, {2}); }) == "read");
  CHECK(told([&](hid_t group) { add(group, {1, 2}); }) == damaged);
  CHECK(told([&](hid_t group) { add(group, {hsize_t{1} << 40U}); }) == damaged);
}
