#include <cmath>
#include <limits>
#include <string>

#include "scenarios/output/style_labels.hpp"
#include "scenarios/report/legend.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

struct Case {
  PlanInput input;
  PlanResult result;
};

/// 20 x 10 cells of 30 m: RSRP -140 .. -60 in steps, the first row without terrain, the second not computed.
Case world() {
  Case world;
  const Grid grid{.west_m = 0, .north_m = 300, .cell_m = 30, .nx = 20, .ny = 10};
  world.input.world.ground.ground_asl_m = Raster<float>(grid, 100.0F);
  world.result.grid = grid;
  world.result.maps.rsrp_dbm = Raster<float>(grid, kNoData);
  for (int ix = 0; ix < grid.nx; ++ix) world.input.world.ground.ground_asl_m.at(ix, 0) = kNoData;
  for (int iy = 2; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      world.result.maps.rsrp_dbm.at(ix, iy) = -140.0F + 0.5F * static_cast<float>((iy - 2) * grid.nx + ix);
    }
  }
  return world;
}

double area(const Legend& legend) {
  double sum = legend.no_data_m2;
  for (const LegendClass& c : legend.classes) sum += c.area_m2;
  return sum;
}

}  // namespace

TEST_CASE("legend areas and no data add up to the grid") {
  const Case w = world();
  const Legend legend = rsrp_legend(w.input, w.result);
  CHECK(area(legend) == Approx(200 * 900.0));
  CHECK(legend.no_data_m2 == Approx(40 * 900.0));
  CHECK(legend.no_terrain_m2 == Approx(20 * 900.0));
  double shares = 0.0;
  for (const LegendClass& c : legend.classes) shares += c.share;
  CHECK(shares == Approx(1.0));
}

TEST_CASE("legend classes are half-open, without gap or overlap, strongest first") {
  const Case w = world();
  const Legend legend = rsrp_legend(w.input, w.result);
  REQUIRE(legend.classes.size() == 6);
  CHECK(legend.classes.front().max == std::numeric_limits<double>::infinity());
  CHECK(legend.classes.back().min == -std::numeric_limits<double>::infinity());
  for (std::size_t i = 1; i < legend.classes.size(); ++i)
    CHECK(legend.classes[i].max == legend.classes[i - 1].min);
  CHECK(class_index(legend, -80.0) == 0);
  CHECK(class_index(legend, std::nextafter(-80.0F, -100.0F)) == 1);
  CHECK(legend.classes[0].label == ">= -80");
  CHECK(legend.classes[1].label == "-90 to < -80");
  CHECK(legend.classes[5].label == "< -120");
}

TEST_CASE("a threshold between two bounds splits the class") {
  Case w = world();
  w.input.statistics.threshold_dbm = -95.5;
  w.input.rsrp_classes_dbm = {-80, -100, -100, -90};
  const Legend legend = rsrp_legend(w.input, w.result);
  REQUIRE(legend.classes.size() == 5);
  CHECK_FALSE(legend.classes[2].below_threshold);
  CHECK(legend.classes[2].min == -95.5);
  CHECK(legend.classes[3].below_threshold);
  CHECK(legend.classes[3].max == -95.5);
  double covered = 0.0;
  for (const LegendClass& c : legend.classes) covered += c.below_threshold ? 0.0 : c.area_m2;
  std::size_t cells = 0;
  for (const float v : w.result.maps.rsrp_dbm.values) cells += v >= -95.5F ? 1U : 0U;
  CHECK(covered == Approx(900.0 * static_cast<double>(cells)));
}

TEST_CASE("covered classes are coloured, classes below the threshold are grey, all differ") {
  const Case w = world();
  const Legend legend = rsrp_legend(w.input, w.result);
  for (std::size_t i = 0; i < legend.classes.size(); ++i) {
    const Rgba c = legend.classes[i].colour;
    CHECK((c.r == c.g && c.g == c.b) == legend.classes[i].below_threshold);
    for (std::size_t k = 0; k < i; ++k) CHECK(hex_colour(c) != hex_colour(legend.classes[k].colour));
  }
  CHECK(hex_colour(viridis(0.0)) == "#440154");
  CHECK(hex_colour(viridis(1.0)) == "#fde725");
}

TEST_CASE("a plan without a single computed cell has a legend") {
  Case w = world();
  w.result.maps.rsrp_dbm = Raster<float>(w.result.grid, kNoData);
  const Legend legend = rsrp_legend(w.input, w.result);
  CHECK(legend.no_data_m2 == Approx(200 * 900.0));
  for (const LegendClass& c : legend.classes) CHECK(c.share == 0.0);
}

TEST_CASE("legend.csv and the QGIS style say the same as the legend") {
  const Case w = world();
  const Legend legend = rsrp_legend(w.input, w.result);
  const std::string csv = legend_csv(legend);
  CHECK(csv.find("min,max,unit,label,colour,below_threshold,area_m2,share\n") == 0);
  CHECK(csv.find("\n-90,-80,dBm,-90 to < -80," + hex_colour(legend.classes[1].colour) + ",0,") !=
        std::string::npos);
  CHECK(csv.find("\n,-120,dBm,< -120,") != std::string::npos);
  CHECK(csv.find(",,,no data,,0,36000,\n") != std::string::npos);

  const std::string qml = qml_style(legend);
  CHECK(qml.find("colorRampType=\"DISCRETE\"") != std::string::npos);
  CHECK(qml.find("label=\"&lt; -120 dBm\" value=\"-120.000008\"") != std::string::npos);
  CHECK(qml.find("label=\"&gt;= -80 dBm\" value=\"inf\"") != std::string::npos);
  const std::string ja = labels_in(qml, Language::ja);
  CHECK(ja.find("label=\"-120 dBm 未満\" value=\"-120.000008\"") != std::string::npos);
  CHECK(ja.find("label=\"-90 dBm 以上 -80 dBm 未満\"") != std::string::npos);
  CHECK(ja.find("label=\"-80 dBm 以上\" value=\"inf\"") != std::string::npos);
  CHECK(labels_in(qml, Language::en) == qml);
  CHECK(labels_in("<a label=\"too weak\"/><b label=\"Alpha / A-1\"/>", Language::ja) ==
        "<a label=\"電力不足\"/><b label=\"Alpha / A-1\"/>");
  CHECK(std::stof("-120.000008") == std::nextafter(-120.0F, -200.0F));
}
