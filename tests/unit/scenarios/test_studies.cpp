// The seam of the studies: a small one (antenna heights by municipality) appears everywhere by itself.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "libsim/result/result_io.hpp"
#include "scenarios/output/closing_summary.hpp"
#include "scenarios/output/network_layers.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/schema/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;

namespace {

class HeightsWorld : public test::SmallWorld {
 public:
  HeightsWorld() {
    test::write_text(file("sites.csv"),
                     "site_id,name,lon,lat,status,sector_id,azimuth_deg,tx_agl_m\n"
                     "A,Alpha,138.69,35.29,existing,1,0,20\n"
                     "A,Alpha,138.69,35.29,existing,2,120,70\n"
                     "B,Beta,138.72,35.31,existing,1,240,45.5\n"
                     "C,Gamma,138.70,35.33,candidate,1,0,90\n");
    test::write_text(scenario(), test::read_bytes(scenario()) + "\n[antenna_heights]\ntall_agl_m = 50\n");
  }
};

}  // namespace

TEST_CASE("a study appears in check, summary, CSV, GeoPackage, result.h5 and the report in both languages") {
  const HeightsWorld world;
  CHECK_THAT(check_summary(load(world.scenario(), {.check_only = true})),
             Contains("antenna_heights: tall from 50 m"));
  CHECK_THAT(schema_markdown(), Contains("[antenna_heights]") && Contains("`tall_agl_m`"));

  const Planned planned = run(load(world.scenario()), {.threads = 1});
  const auto summary = nlohmann::json::parse(summary_json(planned));
  const auto& rows = summary["antenna_heights"];
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["code"] == "99001");
  CHECK(rows[0]["name"] == "West");
  CHECK(rows[0]["antennas"] == 2);
  CHECK(rows[0]["tall"] == 1);
  CHECK(rows[0]["mean_agl_m"] == 45.0);
  CHECK(rows[0]["highest_agl_m"] == 70.0);
  CHECK(rows[1]["mean_agl_m"] == 45.5);  // the candidate does not count

  CHECK(test::csv_of_table(planned, "antenna_heights") ==
        "code,name,antennas,tall,mean_agl_m,highest_agl_m\n99001,West,2,1,45.0,70.0\n99002,East,1,0,45.5,45.5\n");
  const std::vector<Layer> layers = network_layers(planned, all_tables(planned));
  const auto layer =
      std::find_if(layers.begin(), layers.end(), [](const Layer& l) { return l.name == "antenna_heights"; });
  REQUIRE(layer != layers.end());
  CHECK(layer->features.size() == 2);
  CHECK(std::holds_alternative<MultiPolygon>(layer->features[0].geometry));

  const std::filesystem::path out = world.file("out");
  write_outputs(out, planned, Language::en);
  CHECK(std::filesystem::exists(out / "antenna_heights.csv"));
  // HDF5 keeps the names of groups and of their columns as they are.
  const std::string stored = test::read_bytes(out / "result.h5");
  CHECK(stored.find("antenna_heights") != std::string::npos);
  CHECK(stored.find("highest_agl_m") != std::string::npos);
  CHECK_THAT(report_html(planned, Language::en), Contains(">Antenna heights by municipality</h2>"));
  CHECK_THAT(report_html(planned, Language::ja), Contains(">市区町村別の空中線高</h2>"));
}

TEST_CASE("a run without a study leaves none of its files of the run before") {
  const HeightsWorld world;
  const std::filesystem::path out = world.file("out");
  write_outputs(out, run(load(world.scenario()), {.threads = 1}), Language::en);
  test::write_text(out / "mine.csv", "a\n1\n");
  world.edit("[antenna_heights]\ntall_agl_m = 50\n", "");
  write_outputs(out, run(load(world.scenario()), {.threads = 1}), Language::en);
  CHECK_FALSE(std::filesystem::exists(out / "antenna_heights.csv"));
  CHECK(std::filesystem::exists(out / "municipalities.csv"));
  CHECK(std::filesystem::exists(out / "mine.csv"));  // not ours
  const auto files = nlohmann::json::parse(test::read_bytes(out / "summary.json"))["files"];
  for (const auto& file : files) CHECK(std::filesystem::exists(out / file.get<std::string>()));
}

TEST_CASE("a run into a folder of the program before leaves none of its files") {
  const HeightsWorld world;
  const std::filesystem::path out = world.file("out");
  std::filesystem::create_directory(out);
  test::write_text(out / "summary.json", R"({"schema": "amaneku-summary-1.0", "population": {}})");
  for (const char* name : {"licence_areas.shp", "licence_sheet.html", "places.csv", "mine.csv"})
    test::write_text(out / name, "x");
  write_outputs(out, run(load(world.scenario()), {.threads = 1}), Language::en);
  for (const char* name : {"licence_areas.shp", "licence_sheet.html", "places.csv"})
    CHECK_FALSE(std::filesystem::exists(out / name));
  CHECK(std::filesystem::exists(out / "mine.csv"));
}

TEST_CASE("the list of files of a run before removes nothing outside the folder") {
  const HeightsWorld world;
  const std::filesystem::path out = world.file("out");
  write_outputs(out, run(load(world.scenario()), {.threads = 1}), Language::en);
  test::write_text(world.file("precious.txt"), "x");
  std::string text = test::read_bytes(out / "summary.json");
  text = test::replaced(text, "\"antenna_heights.csv\"", "\"../precious.txt\", \".hidden\", 7");
  test::write_text(out / "summary.json", text);
  test::write_text(out / ".hidden", "x");
  write_outputs(out, run(load(world.scenario()), {.threads = 1}), Language::en);
  CHECK(std::filesystem::exists(world.file("precious.txt")));
  CHECK(std::filesystem::exists(out / ".hidden"));
}

TEST_CASE("every table has a name of its own, columns of their own, units and rows that fit") {
  const HeightsWorld world;
  const Planned planned = run(load(world.scenario()), {.threads = 1});
  std::set<std::string> names;
  for (const Table& table : all_tables(planned)) {
    INFO(table.name);
    CHECK(names.insert(table.name).second);
    CHECK_NOTHROW(check_table(table));
    CHECK_FALSE(table.meaning.empty());
    std::set<std::string> columns;
    for (const Column& column : table.columns) {
      INFO(column.name);
      CHECK(columns.insert(column.name).second);
      CHECK_FALSE(column.meaning.empty());
      CHECK((column.unit.empty() || column.type == Column::Type::real || column.type == Column::Type::integer));
      CHECK((column.type != Column::Type::real || !column.unit.empty()));
    }
  }
}

TEST_CASE("a table keeps its types: text, whole numbers, numbers, flags, and rows without a value") {
  Table table{.name = "t",
              .meaning = "m",
              .columns = {text_column("word", "w"), integer_column("whole", "1", "n"),
                          real_column("number", "m", "x", 2), flag_column("flag", "f")},
              .outputs = {.json = "deep.t"}};
  table.add({std::string("=a,\"b\""), std::int64_t{-3}, 1.0 / 3.0, flag(true)});
  table.add({Attribute{}, Attribute{}, std::nan(""), Attribute{}});
  CHECK(csv_of(table) == "word,whole,number,flag\n\"'=a,\"\"b\"\"\",-3,0.33,1\n,,,\n");
  nlohmann::ordered_json root;
  add_to_json(root, table);
  CHECK(root["deep"]["t"][0]["flag"] == true);
  CHECK(root["deep"]["t"][0]["number"] == 1.0 / 3.0);
  for (const char* column : {"word", "whole", "number", "flag"}) CHECK(root["deep"]["t"][1][column].is_null());
  table.add({std::string("too short")});
  CHECK_THROWS_AS(check_table(table), InternalError);
}
