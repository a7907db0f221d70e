#include "scenarios/output/qgis_project.hpp"

#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "scenarios/demo/region.hpp"
#include "scenarios/output/network_layers.hpp"
#include "scenarios/output/outputs.hpp"
#include "terrain/files/zip_archive.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

std::string project_in(const std::filesystem::path& file) {
  const ZipArchive zip = ZipArchive::open(file);
  REQUIRE(zip.entries().size() == 1);
  CHECK(zip.entries()[0].name == "network.qgs");
  return zip.read(zip.entries()[0], 64U << 20U);
}

std::set<std::string> all(const std::string& text, const std::string& pattern) {
  const std::regex what(pattern);
  std::set<std::string> out;
  for (std::sregex_iterator at(text.begin(), text.end(), what), end; at != end; ++at) out.insert((*at)[1]);
  return out;
}

std::size_t position(const std::string& text, const std::string& what) {
  const std::size_t at = text.find(what);
  INFO(what);
  REQUIRE(at != std::string::npos);
  return at;
}

}  // namespace

TEST_CASE("the QGIS project names every layer and map of the run, once, by relative paths") {
  const test::SmallWorld world;
  const Planned planned = run(load(world.scenario()), {.threads = 2});
  const std::filesystem::path out = world.file("out");
  write_outputs(out, planned, Language::en);
  const std::string project = project_in(out / "network.qgz");
  const std::set<std::string> ids = all(project, "<layer-tree-layer id=\"([^\"]*)\"");
  CHECK(ids == all(project, "<maplayer [^>]*><id>([^<]*)</id>"));
  for (const char* layer :
       {"network_sites", "network_sectors", "network_municipalities", "network_roads", "network_population_points",
        "network_coverage", "map_rsrp_dbm", "map_best_server", "map_overlap"})
    CHECK(ids.count(layer) == 1);
  for (const std::string& source : all(project, "<datasource>([^<]*)</datasource>")) {
    INFO(source);
    const std::string file =
        source.substr(2, source.find('|') == std::string::npos ? source.npos : source.find('|') - 2);
    CHECK(source.starts_with("./"));
    CHECK(std::filesystem::exists(out / file));
  }
  // Sites above sectors above municipalities above maps.
  CHECK(position(project, "id=\"network_sites\"") < position(project, "id=\"network_sectors\""));
  CHECK(position(project, "id=\"network_sectors\"") < position(project, "id=\"network_municipalities\""));
  CHECK(position(project, "id=\"network_municipalities\"") < position(project, "id=\"map_rsrp_dbm\""));
  CHECK_THAT(project, test::Contains("wedge_buffer($geometry, &quot;azimuth_deg&quot;") &&
                          test::Contains("<authid>EPSG:6676</authid>"));
  CHECK(all(project, "(<alias )").empty());  // columns keep their names

  // The same plan gives the same bytes, whenever it is written.
  const std::string before = test::read_bytes(out / "network.qgz");
  write_outputs(out, planned, Language::en);
  CHECK(test::read_bytes(out / "network.qgz") == before);
}

TEST_CASE("the QGIS project of a Japanese run is all Japanese, and names from users stay text") {
  const test::SmallWorld world;
  world.edit("name = \"Small\"", "name = \"<b>&\\\"\"");
  const Planned planned = run(load(world.scenario()), {.threads = 2});
  const std::filesystem::path out = world.file("out");
  write_outputs(out, planned, Language::ja);
  const std::string project = project_in(out / "network.qgz");
  CHECK_THAT(project, test::Contains("projectname=\"&lt;b&gt;&amp;&quot;\"") && !test::Contains("<b>"));
  const std::regex latin_word("[A-Za-z]{5,}");
  for (const std::string& name : all(project, "<layer-tree-(?:layer|group)[^>]* name=\"([^\"]*)\"")) {
    INFO(name);
    CHECK_FALSE(std::regex_search(name, latin_word));
  }
  // Every column has a Japanese name.
  const std::set<std::string> aliased = all(project, "<alias field=\"([^\"]*)\"");
  for (const char* column : {"id", "name", "status", "azimuth_deg", "antenna_gain_dbi", "covered_percent"})
    CHECK(aliased.count(column) == 1);
}

TEST_CASE("every layer of the demo has a name and a group in the QGIS project") {
  const test::TemporaryFolder folder;
  const Planned planned =
      run(load(write_demo_region(folder.path()), {.settings = {{"scenario.grid_m", "300"}}}), {.threads = 2});
  const std::string project =
      qgis_project(planned, project_layers(network_layers(planned, all_tables(planned))), {}, Language::ja);
  const std::regex latin_word("[a-z]{4,}");
  const std::set<std::string> names = all(project, "<layer-tree-layer[^>]* name=\"([^\"]*)\"");
  CHECK(names.size() >= 18);
  for (const std::string& name : names) {
    INFO(name);
    CHECK_FALSE(std::regex_search(name, latin_word));
  }
}
