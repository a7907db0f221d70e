// A small invented scenario on the disk: hills, people, two municipalities, a road, two sites.
#pragma once

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "scenarios/output/outputs.hpp"
#include "scenarios/read/scenario.hpp"
#include "scenarios/tables/table_text.hpp"
#include "terrain/crs.hpp"
#include "terrain/raster/raster_io.hpp"
#include "tests/support/data.hpp"

namespace amaneku::test {

inline void write_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

inline std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  return at == std::string::npos ? "TEXT NOT FOUND: " + from : text.replace(at, from.size(), to);
}

class SmallWorld {
 public:
  SmallWorld() {
    const Crs crs = Crs::from_text("EPSG:6676");
    const Point middle = crs.to_plan({138.70, 35.30});
    ground_ = Raster<float>(Grid{.west_m = std::floor(middle.x_m) - 7500.0,
                                 .north_m = std::floor(middle.y_m) + 7500.0,
                                 .cell_m = 50.0,
                                 .nx = 300,
                                 .ny = 300},
                            0.0F);
    for (int iy = 0; iy < 300; ++iy) {
      for (int ix = 0; ix < 300; ++ix) {
        ground_.at(ix, iy) =
            static_cast<float>(300.0 + 150.0 * std::sin(ix / 17.0) * std::cos(iy / 23.0) + 0.4 * iy);
      }
    }
    write_dem();
    write_text(file("people.csv"),
               "id,lon,lat,population\n1,138.69,35.29,120\n2,138.72,35.31,40.5\n3,138.66,35.26,7\n");
    write_text(file("towns.geojson"), kTowns);
    write_text(file("roads.geojson"), kRoads);
    write_text(file("sites.csv"), kSites);
    write_text(file("scenario.toml"), kScenario);
  }

  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }
  [[nodiscard]] std::filesystem::path scenario() const { return file("scenario.toml"); }
  /// The scenario with one piece of its text exchanged.
  void edit(const std::string& from, const std::string& to) const {
    write_text(scenario(), replaced(read_bytes(scenario()), from, to));
  }
  [[nodiscard]] Raster<float>& ground() noexcept { return ground_; }
  void write_dem() const { write_cog(file("dem.tif"), ground_, Crs::from_text("EPSG:6676"), {}); }

  static constexpr const char* kScenario = R"([scenario]
name = "Small"
grid_m = 100.0

[area]
bbox_deg = [138.65, 35.25, 138.75, 35.35]

[[terrain.dem]]
path = "dem.tif"

[[population]]
path = "people.csv"

[[boundaries]]
path = "towns.geojson"

[[roads]]
path = "roads.geojson"

[sites]
path = "sites.csv"

[sector_defaults]
freq_hz = 3.7e9
antenna = "panel"

[antennas.panel]
type = "element38901"
gain_dbi = 15.0

[propagation]
model = "p526"

[coverage]
radius_m = 4000.0
)";
  static constexpr const char* kSites =
      "site_id,name,lon,lat,status,sector_id,azimuth_deg\n"
      "A,Alpha,138.69,35.29,existing,1,0\n"
      "A,Alpha,138.69,35.29,existing,2,120\n"
      "B,Beta,138.72,35.31,existing,1,240\n"
      "C,Gamma,138.70,35.33,candidate,1,0\n";
  static constexpr const char* kTowns = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"N03_007":"99001","N03_004":"West"},"geometry":{"type":"Polygon","coordinates":
[[[138.60,35.20],[138.70,35.20],[138.70,35.40],[138.60,35.40],[138.60,35.20]]]}},
{"type":"Feature","properties":{"N03_007":"99002","N03_004":"East"},"geometry":{"type":"Polygon","coordinates":
[[[138.70,35.20],[138.80,35.20],[138.80,35.40],[138.70,35.40],[138.70,35.20]]]}}]})";
  static constexpr const char* kRoads = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"R1"},"geometry":{"type":"LineString","coordinates":[[138.66,35.26],[138.74,35.34]]}}]})";

 private:
  TemporaryFolder folder_{};
  Raster<float> ground_{};
};

/// The text of one table of a plan as CSV.
inline std::string csv_of_table(const scenarios::Planned& planned, const std::string& name) {
  for (const Table& table : scenarios::all_tables(planned)) {
    if (table.name == name) return scenarios::csv_of(table);
  }
  return "no table " + name;
}

}  // namespace amaneku::test
