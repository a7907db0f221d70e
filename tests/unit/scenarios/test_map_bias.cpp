// The map against exact profiles on the elevation data as they are: what resampling to the plan's cells and
// interpolating between them takes from the ridges.
#include <algorithm>
#include <cmath>
#include <random>

#include "libsim/engine/coverage.hpp"
#include "propagation/radial_path.hpp"
#include "terrain/crs.hpp"
#include "terrain/raster/raster_io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;

namespace {

constexpr double kRadius_m = 15'000.0;
constexpr int kReceiversPerSite = 2'500;
constexpr double kCell_m = 30.0;
/// Steps of the exact profile: finer than a pixel of the source.
constexpr double kStep_m = 20.0;

struct Bias {
  double mean_db = 0.0;
  double sigma_db = 0.0;
};

/// Three masts of 30 m around Mt Fuji; 7,500 receivers at random.
class Fuji {
 public:
  explicit Fuji(Interpolation interpolation) : crs_(Crs::from_text("EPSG:6676")) {
    const std::vector<RasterSource> source{{.path = *test::data() / "dem/fuji_srtm1.tif"}};
    const Grid grid{.west_m = 900.0, .north_m = -54'000.0, .cell_m = kCell_m, .nx = 960, .ny = 1030};
    ground_.ground_asl_m = read_mosaic(source, grid, crs_, interpolation).raster;
    // A sixth of a pixel: between its cells the source's own bilinear surface is as good as straight.
    const Grid fine{.west_m = 900.0, .north_m = -54'000.0, .cell_m = kCell_m / 6.0, .nx = 6 * 960, .ny = 6 * 1030};
    as_it_is_ = read_mosaic(source, fine, crs_).raster;
    for (const LonLat at : {LonLat{138.70, 35.30}, LonLat{138.76, 35.44}, LonLat{138.62, 35.46}}) {
      Site site{.id = std::to_string(sites_.size())};
      site.position = at;
      site.at = crs_.to_plan(at);
      site.sectors.push_back({.id = "1", .freq_hz = 3.7e9, .tx_agl_m = 30.0});
      sites_.push_back(site);
    }
  }

  /// Loss of the map less that of the profile.
  [[nodiscard]] Bias bias(const RadioModel& model) const {
    std::vector<Warning> warnings;
    const CoverageOptions options{.radius_m = kRadius_m};
    const Coverage coverage = compute_coverage(ground_, sites_, model, {}, options, warnings);
    std::mt19937 random(7);
    double sum = 0.0;
    double squares = 0.0;
    int n = 0;
    for (const TransmitterLoss& transmitter : coverage.transmitters) {
      const Grid& window = transmitter.loss_db.grid;
      const Site& site = sites_[static_cast<std::size_t>(transmitter.site)];
      std::uniform_int_distribution<int> column(0, window.nx - 1);
      std::uniform_int_distribution<int> row(0, window.ny - 1);
      for (int found = 0; found < kReceiversPerSite;) {
        const int ix = column(random);
        const int iy = row(random);
        const Point at = window.centre(ix, iy);
        const float map_db = transmitter.loss_db.at(ix, iy);
        if (std::isnan(map_db) || distance_m(site.at, at) < 500.0) continue;
        const double difference_db = static_cast<double>(map_db) - exact_db(model, site.at, at, options);
        sum += difference_db;
        squares += difference_db * difference_db;
        ++found;
        ++n;
      }
    }
    const double mean = sum / n;
    return {mean, std::sqrt(squares / n - mean * mean)};
  }

 private:
  [[nodiscard]] double exact_db(const RadioModel& model, Point from, Point to,
                                const CoverageOptions& options) const {
    const double length_m = distance_m(from, to);
    const int steps = static_cast<int>(std::ceil(length_m / kStep_m));
    Profile profile;
    for (int i = 0; i <= steps; ++i) {
      const double t = static_cast<double>(i) / steps;
      const Point at{from.x_m + t * (to.x_m - from.x_m), from.y_m + t * (to.y_m - from.y_m)};
      profile.distance_m.push_back(t * length_m);
      profile.ground_asl_m.push_back(static_cast<double>(sample_bilinear(as_it_is_, at)));
    }
    const Link link{.freq_hz = 3.7e9,
                    .tx_agl_m = 30.0,
                    .rx_agl_m = Receiver{}.rx_agl_m,
                    .effective_earth_radius_m = options.effective_earth_radius_m};
    RadialPath radial;
    return explain(model, link, radial.geometry(link, profile.view(), terrain_of(model))).loss_db;
  }

  Crs crs_;
  Ground ground_{};
  Raster<float> as_it_is_{};
  std::vector<Site> sites_{};
};

}  // namespace

TEST_CASE("a map is as high as exact profiles on the elevation data, on average over 7,500 receivers",
          "[shared]") {
  AMANEKU_NEEDS(test::data(), "dem/fuji_srtm1.tif");
  const Fuji fuji(Interpolation::cubic);
  for (const RadioModel& model : {RadioModel(P526{}), RadioModel(P1812{}), RadioModel(Itm{})}) {
    const Bias bias = fuji.bias(model);
    UNSCOPED_INFO(model_id(model) << ": " << bias.mean_db << " dB, sigma " << bias.sigma_db << " dB");
    CHECK(std::abs(bias.mean_db) < 0.1);
    CHECK(bias.sigma_db < 3.0);  // ITM jumps where its two horizons change places
  }
}

TEST_CASE("ridges that are interpolated twice block too little", "[shared]") {
  AMANEKU_NEEDS(test::data(), "dem/fuji_srtm1.tif");
  CHECK(Fuji(Interpolation::bilinear).bias(P526{}).mean_db < -0.15);
}
