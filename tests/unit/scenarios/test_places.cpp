// [[places]] of a scenario, from the file to summary.json and the report.
#include <nlohmann/json.hpp>

#include "libsim/plan/plan.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/read/scenario.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;

namespace {

constexpr const char* kFarms = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"title":"Paddy","kind":"farm","ul_mbps":0.001},"geometry":{"type":"Polygon","coordinates":
[[[138.688,35.288],[138.692,35.288],[138.692,35.292],[138.688,35.292],[138.688,35.288]]]}},
{"type":"Feature","properties":{"title":"Far"},"geometry":{"type":"Point","coordinates":[138.651,35.349]}}]})";

class PlacesWorld : public test::SmallWorld {
 public:
  PlacesWorld() {
    test::write_text(file("schools.csv"),
                     "name,kind,lon,lat,level_dbm,dl_mbps\n"
                     "Near,school,138.6905,35.2915,,\n"
                     "Demanding,school,138.6905,35.2915,20,\n"
                     "Fast,clinic,138.6905,35.2915,,900000\n");
    test::write_text(file("farms.geojson"), kFarms);
    test::write_text(scenario(),
                     test::read_bytes(scenario()) +
                         "\n[[places]]\npath = \"schools.csv\"\n\n[[places]]\npath = \"farms.geojson\"\n"
                         "name_field = \"title\"\nkind = \"hut\"\nlevel_dbm = -100\narea_share = 0.5\n");
  }
};

}  // namespace

TEST_CASE("places of files: served or not and why, by whom, shares of each kind") {
  const PlacesWorld world;
  const Planned planned = run(load(world.scenario(), {}), {.threads = 1});
  const std::vector<NamedPlace>& asked = planned.studies.get<PlacesStudy>().places;
  REQUIRE(asked.size() == 5);
  CHECK(asked[0].need.level_dbm == -110.0);  // that of the coverage
  CHECK(asked[3].need.level_dbm == -100.0);
  CHECK(asked[3].need.area_share == 0.5);
  CHECK(asked[3].need.ul_mbps == 0.001);
  CHECK(asked[3].area.parts.size() == 1);
  const auto summary = nlohmann::json::parse(summary_json(planned));
  const auto& places = summary["places"]["places"];
  REQUIRE(places.size() == 5);
  CHECK(places[0]["state"] == "served");
  CHECK(places[0]["server"].get<std::string>().starts_with("A / "));
  CHECK(places[0]["margin_db"].get<double>() == Approx(places[0]["rsrp_dbm"].get<double>() + 110.0));
  CHECK(places[1]["state"] == "too_weak");
  CHECK(places[1]["margin_db"].get<double>() < 0.0);
  CHECK(places[2]["state"] == "downlink");
  CHECK(places[3]["name"] == "Paddy");
  CHECK(places[3]["kind"] == "farm");
  CHECK(places[4]["kind"] == "hut");
  const auto& kinds = summary["places"]["kinds"];
  REQUIRE(kinds.size() == 4);
  CHECK(kinds[3]["kind"] == "school");
  CHECK(kinds[3]["places"] == 2);
  CHECK(kinds[3]["served"] == 1);
  CHECK(kinds[3]["served_percent"] == 50.0);
  const std::string csv = test::csv_of_table(planned, "places");
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 6);
  CHECK_THAT(csv, Contains("Demanding,school,138.69050"));
  const std::string page = report_html(planned, Language::ja);
  CHECK_THAT(page, Contains(">施設等</h2>") && Contains("レベル不足") && Contains("Demanding"));
}

TEST_CASE("faults of a file of places are named with their row or feature") {
  const PlacesWorld world;
  test::write_text(world.file("schools.csv"),
                   "name,lon,lat,dl_mbps\nA,138.69,35.29,fast\nB,138.69,95,1\nC,138.69,35.29,-3\n");
  test::write_text(world.file("farms.geojson"),
                   R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"title":"Ditch"},
"geometry":{"type":"LineString","coordinates":[[138.66,35.26],[138.74,35.34]]}}]})");
  try {
    (void)load(world.scenario(), {});
    FAIL("was read");
  } catch (const InputError& error) {
    CHECK_THAT(error.what(), Contains("schools.csv:2: dl_mbps = fast: is not a number"));
    CHECK_THAT(error.what(), Contains("schools.csv:3: lat = 95: is no position on Earth"));
    CHECK_THAT(error.what(), Contains("schools.csv:4: dl_mbps = -3: is out of range, 0 .. 1000000"));
    CHECK_THAT(error.what(), Contains("title = Ditch: is a line: a place is a point or a polygon (feature"));
  }
}
