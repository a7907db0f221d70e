// amaneku_area_difference MODEL PNG [PLACE [CELLS]]: a picture of the radial engine's difference to exact profiles
// around a place of real_places.hpp, by the beginning of its name (Fuji, Gotemba), within CELLS (500) cells. Rays,
// rings or blocks in it would be the engine's own.
#include <fmt/format.h>

#include <cmath>
#include <exception>
#include <string_view>

#include "scenarios/report/picture.hpp"
#include "tests/support/area_patterns.hpp"
#include "tests/support/data.hpp"
#include "tests/support/real_places.hpp"

using namespace amaneku;

namespace {

constexpr double kFull_db = 2.0;
constexpr double kShade = 0.3;  // of the relief; enough to find one's way
constexpr Rgba kNotComputed = {150, 150, 150};

/// White for no difference, deep red where the radial engine says 2 dB more, deep blue where it says 2 dB less.
Rgba colour_of(float difference_db, float light) {
  if (std::isnan(difference_db)) return kNotComputed;
  const double share = std::fmin(1.0, std::fabs(static_cast<double>(difference_db)) / kFull_db);
  const double shade =
      std::isnan(light) ? 1.0 : 1.0 - kShade + kShade * std::fmin(1.0, static_cast<double>(light));
  const auto towards = [&](int full) {
    return static_cast<std::uint8_t>(std::lround(shade * (255.0 + share * (full - 255.0))));
  };
  return difference_db > 0.0F ? Rgba{towards(178), towards(10), towards(30)}
                              : Rgba{towards(10), towards(50), towards(170)};
}

std::vector<Rgba> pixels_of(const Raster<float>& difference_db, const Raster<float>& ground_asl_m) {
  const Raster<float> light = scenarios::hillshade(ground_asl_m);
  std::vector<Rgba> pixels;
  for (int iy = 0; iy < difference_db.grid.ny; ++iy) {
    for (int ix = 0; ix < difference_db.grid.nx; ++ix) {
      const Point at = difference_db.grid.centre(ix, iy);
      const Grid& grid = ground_asl_m.grid;
      pixels.push_back(colour_of(difference_db.at(ix, iy), light.at(grid.column_of(at.x_m), grid.row_of(at.y_m))));
    }
  }
  return pixels;
}

const test::Place& place_named(std::string_view beginning) {
  for (const test::Place& place : test::real_places()) {
    if (std::string_view(place.name).starts_with(beginning)) return place;
  }
  throw InputError(Fault{.message = "no such place", .key = "PLACE", .value = std::string(beginning)});
}

void print_means(const char* name, const test::GroupMeans& means) {
  fmt::print("means over {}: 99 % within {:.3f} dB, all within {:.3f}\n", name, means.quantile_db(0.99),
             means.quantile_db(1.0));
}

void draw(const char* model_id, const std::filesystem::path& png, std::string_view place_name,
          double radius_cells) {
  const auto data = test::data();
  if (!data) throw InputError(Fault{.message = "the terrain is not on this machine", .key = "AMANEKU_DATA"});
  const test::Place& place = place_named(place_name);
  const CoverageOptions options{.radius_m = radius_cells * place.cell_m,
                                .own_line_samples = place.own_line_samples};
  const test::PlacedSite placed = test::placed_site(*data, place, options.radius_m);
  const auto d = test::area_difference(placed.ground, placed.site, make_model(model_id), options);
  const Raster<float>& difference = d.radial_minus_exact_db;
  const auto bytes =
      encode_png(difference.grid.nx, difference.grid.ny, pixels_of(difference, placed.ground.ground_asl_m));
  write_file_atomically(png, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const auto patterns = test::area_patterns(difference, placed.site.at, radius_cells);
  fmt::print("{}, {}, {} cells: median {:.3f} dB, 95 % {:.2f}, 99 % {:.2f}, mean {:+.3f}, beyond 2 dB {:.2f} %\n",
             place.name, model_id, d.cells(), d.quantile_db(0.5), d.quantile_db(0.95), d.quantile_db(0.99),
             d.mean_db, 100.0 * d.share_above(kFull_db));
  print_means("rays", patterns.rays);
  print_means("rings", patterns.rings);
  print_means("blocks", patterns.blocks);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 5) {
    fmt::print(stderr, "usage: amaneku_area_difference MODEL PNG [PLACE [CELLS]]\n");
    return 2;
  }
  try {
    draw(argv[1], argv[2], argc > 3 ? argv[3] : "Fuji, Gotemba", argc > 4 ? std::atof(argv[4]) : 500.0);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
