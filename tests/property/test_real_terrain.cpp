// The area law on real terrain: the radial engine against exact per-cell profiles over whole grids.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libsim/coverage.hpp"
#include "terrain/crs.hpp"
#include "terrain/raster_io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;

namespace {

struct Place {
  const char* name;
  const char* dem;
  LonLat site;
  double freq_hz;
};

struct Differences {
  std::vector<double> absolute_db;
  double mean_db = 0.0;
  [[nodiscard]] double quantile(double q) const {
    return absolute_db[static_cast<std::size_t>(q * static_cast<double>(absolute_db.size() - 1))];
  }
};

constexpr double kRadius_m = 9'000.0;

Raster<float> ground_around(const std::filesystem::path& dem, LonLat centre, const Crs& crs) {
  const Point middle = crs.to_plan(centre);
  const int n = 640;
  const Grid grid{.west_m = std::floor(middle.x_m) - 0.5 * n * 30.0,
                  .north_m = std::floor(middle.y_m) + 0.5 * n * 30.0,
                  .cell_m = 30.0,
                  .nx = n,
                  .ny = n};
  const std::vector<RasterSource> sources{{.path = dem}};
  return read_mosaic(sources, grid, crs).raster;
}

Differences compare(const Raster<float>& ground, Point at, double freq_hz, const RadioModel& model) {
  Site site;
  site.id = "S";
  site.at = at;
  site.sectors.push_back({.id = "S-1", .freq_hz = freq_hz, .tx_agl_m = 25.0});
  std::vector<Warning> warnings;
  CoverageOptions options{.radius_m = kRadius_m};
  const CoverageGrid fast = compute_coverage({ground, {}}, {site}, model, {}, options, warnings);
  options.engine = Engine::exact;
  const CoverageGrid exact = compute_coverage({ground, {}}, {site}, model, {}, options, warnings);
  Differences out;
  for (std::size_t i = 0; i < fast.transmitters[0].loss_db.values.size(); ++i) {
    const auto a = static_cast<double>(fast.transmitters[0].loss_db.values[i]);
    const auto b = static_cast<double>(exact.transmitters[0].loss_db.values[i]);
    if (std::isnan(a) || std::isnan(b)) continue;
    out.absolute_db.push_back(std::fabs(a - b));
    out.mean_db += a - b;
  }
  std::sort(out.absolute_db.begin(), out.absolute_db.end());
  out.mean_db /= static_cast<double>(out.absolute_db.size());
  return out;
}

}  // namespace

TEST_CASE("real terrain: the radial engine stays close to the exact profiles, for every terrain model") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the terrain of Fuji, the Alps and Osaka");
  const std::vector<Place> places{
      {"Fuji, Gotemba", "dem/fuji_srtm1.tif", {138.90, 35.30}, 4.7e9},
      {"Fuji, Minobu valley", "dem/fuji_srtm1.tif", {138.55, 35.30}, 0.8e9},
      {"Alps", "dem/N46E008_srtm3_alps.tif", {8.55, 46.60}, 4.7e9},
      {"Osaka, Ikoma foot", "dem/osaka_srtm1_epsg6674.tif", {135.64, 34.66}, 3.5e9},
  };
  for (const Place& place : places) {
    const Crs crs = Crs::from_text(
        choose_plan_crs({place.site.lon_deg, place.site.lat_deg, place.site.lon_deg, place.site.lat_deg}));
    const Raster<float> ground = ground_around(*data / place.dem, place.site, crs);
    for (const ModelInfo& info : model_infos()) {
      if (info.terrain == Terrain::none || info.role != Role::path) continue;
      const Differences d = compare(ground, crs.to_plan(place.site), place.freq_hz, make_model(info.id));
      fmt::print("area law: {} | {} | cells {} | median {:.3f} dB | 95 % {:.2f} | 99 % {:.2f} | mean {:+.3f}\n",
                 place.name, info.id, d.absolute_db.size(), d.quantile(0.5), d.quantile(0.95), d.quantile(0.99),
                 d.mean_db);
      INFO(place.name << " " << info.id);
      CHECK(d.absolute_db.size() > 150'000);
      CHECK(d.quantile(0.5) < 0.05);
      CHECK(d.quantile(0.95) < 1.0);
      // ehata adds its isolated-ridge correction, up to 20 dB, exactly where both ends look at one and the same
      // sample: that flips with a metre of the ground.
      if (info.id != "ehata") CHECK(d.quantile(0.99) < 3.5);
      CHECK(std::fabs(d.mean_db) < 0.1);
    }
  }
}
