#include "scenarios/ask/new/zones_file.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace amaneku::scenarios {
namespace {

constexpr std::uint8_t kSeaClass = 1;
constexpr std::uint8_t kCoastClass = 3;
constexpr std::uint8_t kInlandClass = 4;
constexpr double kFar = 1e18;  // cells squared; sums of it are finite

/// Squares of the distances to the nearest of f's positions, each with its own square on top: the lower envelope
/// of parabolas (Felzenszwalb and Huttenlocher 2012).
void lower_envelope(const std::vector<double>& f, std::vector<double>& out) {
  const auto n = static_cast<int>(f.size());
  std::vector<int> at(f.size());
  std::vector<double> from(f.size() + 1);
  const auto value = [&](int q) { return f[static_cast<std::size_t>(q)] + static_cast<double>(q) * q; };
  int k = 0;
  at[0] = 0;
  from[0] = -std::numeric_limits<double>::infinity();
  from[1] = -from[0];
  for (int q = 1; q < n; ++q) {
    double cross = 0.0;
    while (true) {
      const int p = at[static_cast<std::size_t>(k)];
      cross = (value(q) - value(p)) / (2.0 * (q - p));
      if (cross > from[static_cast<std::size_t>(k)]) break;
      --k;
    }
    ++k;
    at[static_cast<std::size_t>(k)] = q;
    from[static_cast<std::size_t>(k)] = cross;
    from[static_cast<std::size_t>(k) + 1] = std::numeric_limits<double>::infinity();
  }
  k = 0;
  for (int q = 0; q < n; ++q) {
    while (from[static_cast<std::size_t>(k) + 1] < q) ++k;
    const int p = at[static_cast<std::size_t>(k)];
    out[static_cast<std::size_t>(q)] = static_cast<double>(q - p) * (q - p) + f[static_cast<std::size_t>(p)];
  }
}

/// [y, x] squares of the distance to the nearest cell of the sea, in cells; kFar or more: there is none.
std::vector<double> squares_from_sea(const Raster<float>& sea) {
  const Grid& grid = sea.grid;
  std::vector<double> squares(grid.cells());
  for (std::size_t i = 0; i < squares.size(); ++i) squares[i] = std::isnan(sea.values[i]) ? kFar : 0.0;
  std::vector<double> line(static_cast<std::size_t>(grid.nx));
  std::vector<double> out(line.size());
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) line[static_cast<std::size_t>(ix)] = squares[grid.index(ix, iy)];
    lower_envelope(line, out);
    for (int ix = 0; ix < grid.nx; ++ix) squares[grid.index(ix, iy)] = out[static_cast<std::size_t>(ix)];
  }
  line.resize(static_cast<std::size_t>(grid.ny));
  out.resize(line.size());
  for (int ix = 0; ix < grid.nx; ++ix) {
    for (int iy = 0; iy < grid.ny; ++iy) line[static_cast<std::size_t>(iy)] = squares[grid.index(ix, iy)];
    lower_envelope(line, out);
    for (int iy = 0; iy < grid.ny; ++iy) squares[grid.index(ix, iy)] = out[static_cast<std::size_t>(iy)];
  }
  return squares;
}

}  // namespace

ClassRaster zones_of(const Raster<float>& ground_asl_m, const Raster<float>& sea) {
  const std::vector<double> squares = squares_from_sea(sea);
  const double most_cells = kCoastalLand_m / sea.grid.cell_m;
  ClassRaster out{.raster = Raster<std::uint8_t>(sea.grid, kInlandClass), .nodata = 0};
  out.palette = {{255, 255, 255, 0}, {158, 202, 225}, {255, 255, 255}, {229, 216, 166}, {178, 206, 158}};
  for (std::size_t i = 0; i < squares.size(); ++i) {
    if (!std::isnan(sea.values[i])) {
      out.raster.values[i] = kSeaClass;
    } else if (ground_asl_m.values[i] <= kCoastalLand_asl_m && squares[i] <= most_cells * most_cells) {
      out.raster.values[i] = kCoastClass;
    }
  }
  return out;
}

}  // namespace amaneku::scenarios
