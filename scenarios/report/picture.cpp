#include "scenarios/report/picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace amaneku::scenarios {
namespace {

// Few levels of brightness make a small PNG; the eye sees no steps over the texture of relief.
constexpr int kLevels = 48;
constexpr float kBrightest = 1.5F;
constexpr double kLightAltitude_deg = 45.0;
constexpr std::array<double, 4> kLightAzimuths_deg = {225.0, 270.0, 315.0, 360.0};
/// Root mean square slope at which the relief needs no exaggeration, and its limit.
constexpr double kVividSlope = 0.30;
constexpr double kMostExaggeration = 5.0;

/// Horn's estimate of the slope, rise per metre towards east and north.
struct Slope {
  double east;
  double north;
};

class SlopeField {
 public:
  explicit SlopeField(const Raster<float>& ground) : ground_(ground) {}

  [[nodiscard]] Slope at(int ix, int iy) const noexcept {
    const Grid& grid = ground_.grid;
    const float own = ground_.at(ix, iy);
    const auto height = [&](int dx, int dy) -> double {
      const float h = ground_.at(std::clamp(ix + dx, 0, grid.nx - 1), std::clamp(iy + dy, 0, grid.ny - 1));
      return std::isnan(h) ? own : h;
    };
    const double nw = height(-1, -1), n = height(0, -1), ne = height(1, -1);
    const double w = height(-1, 0), e = height(1, 0);
    const double sw = height(-1, 1), s = height(0, 1), se = height(1, 1);
    const double per_m = 1.0 / (8.0 * grid.cell_m);
    return {((ne + 2.0 * e + se) - (nw + 2.0 * w + sw)) * per_m,
            ((nw + 2.0 * n + ne) - (sw + 2.0 * s + se)) * per_m};
  }

  [[nodiscard]] double exaggeration() const noexcept {
    constexpr int kStride = 7;
    double squares = 0.0;
    long long cells = 0;
    for (int iy = 0; iy < ground_.grid.ny; iy += kStride) {
      for (int ix = 0; ix < ground_.grid.nx; ix += kStride) {
        if (std::isnan(ground_.at(ix, iy))) continue;
        const Slope slope = at(ix, iy);
        squares += slope.east * slope.east + slope.north * slope.north;
        ++cells;
      }
    }
    if (cells == 0 || squares <= 0.0) return 1.0;
    return std::clamp(kVividSlope / std::sqrt(squares / static_cast<double>(cells)), 1.0, kMostExaggeration);
  }

 private:
  const Raster<float>& ground_;
};

struct Light {
  double east;
  double north;
};

std::array<Light, 4> lights() {
  std::array<Light, 4> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double azimuth = kLightAzimuths_deg[i] * kDegToRad;
    all[i] = {std::sin(azimuth), std::cos(azimuth)};
  }
  return all;
}

/// A light counts as much as the slope runs across it, so that ridges along the main light are seen too.
double brightness(Slope slope, const std::array<Light, 4>& all) noexcept {
  const double steepness2 = slope.east * slope.east + slope.north * slope.north;
  if (steepness2 < 1e-12) return 1.0;
  static const double up = std::sin(kLightAltitude_deg * kDegToRad);
  static const double level = std::cos(kLightAltitude_deg * kDegToRad);
  const double normal = 1.0 / std::sqrt(1.0 + steepness2);
  double sum = 0.0;
  double weights = 0.0;
  for (const Light& light : all) {
    const double along = slope.east * light.east + slope.north * light.north;
    const double weight = 1.0 - along * along / steepness2 + 0.35;
    sum += weight * std::max(0.0, (up - level * along) * normal);
    weights += weight;
  }
  return sum / (weights * up);
}

std::uint8_t channel(double value) noexcept {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

Rgba lit(Rgba colour, double light) noexcept {
  const auto one = [light](double c) {
    // Shadows keep a third of the colour, lights go towards white: classes stay apart in both.
    return light <= 1.0 ? c * (0.34 + 0.66 * light) : c + (255.0 - c) * std::min(1.0, 0.75 * (light - 1.0));
  };
  return {channel(one(colour.r)), channel(one(colour.g)), channel(one(colour.b)), colour.a};
}

/// Colours ready for every brightness.
using Ramp = std::array<Rgba, kLevels>;

Ramp ramp_of(Rgba colour) {
  Ramp ramp{};
  for (int i = 0; i < kLevels; ++i) {
    // The level that holds flat ground shows the colour itself.
    const int flat = static_cast<int>(1.0F / kBrightest * kLevels);
    const double light = 1.0 + (i - flat) * static_cast<double>(kBrightest) / kLevels;
    ramp[static_cast<std::size_t>(i)] = lit(colour, light);
  }
  return ramp;
}

std::size_t level_of(float light) noexcept {
  return static_cast<std::size_t>(std::clamp(static_cast<int>(light / kBrightest * kLevels), 0, kLevels - 1));
}

/// Calls colour(plan column, plan row, pixel index) -> const Ramp& for each pixel with ground.
template <class RampAt>
Picture paint(const Raster<float>& relief, const Grid& plan, const RampAt& ramp_at) {
  Picture picture{relief.grid, std::vector<Rgba>(relief.grid.cells(), kNoTerrainColour)};
  const double ratio = relief.grid.cell_m / plan.cell_m;
  std::vector<int> columns(static_cast<std::size_t>(relief.grid.nx));
  for (std::size_t ix = 0; ix < columns.size(); ++ix) {
    columns[ix] = std::min(static_cast<int>((static_cast<double>(ix) + 0.5) * ratio), plan.nx - 1);
  }
  for (int iy = 0; iy < relief.grid.ny; ++iy) {
    const int row = std::min(static_cast<int>((iy + 0.5) * ratio), plan.ny - 1);
    const auto light = relief.row(iy);
    for (std::size_t ix = 0; ix < columns.size(); ++ix) {
      if (std::isnan(light[ix])) continue;
      const Ramp& ramp = ramp_at(plan.index(columns[ix], row));
      picture.pixels[relief.grid.index(static_cast<int>(ix), iy)] = ramp[level_of(light[ix])];
    }
  }
  return picture;
}

// Paul Tol's "bright" and "light" schemes interleaved: apart for colour-blind readers, and none of them grey.
constexpr std::array<Rgba, 12> kSiteColours = {{{68, 119, 170},
                                                {238, 136, 102},
                                                {34, 136, 51},
                                                {238, 221, 136},
                                                {170, 51, 119},
                                                {153, 221, 255},
                                                {204, 187, 68},
                                                {238, 102, 119},
                                                {68, 187, 153},
                                                {119, 170, 221},
                                                {170, 170, 0},
                                                {255, 170, 187}}};

std::set<std::pair<int, int>> neighbours(const PlanResult& result) {
  std::set<std::pair<int, int>> pairs;
  const Raster<std::int16_t>& servers = result.maps.best_server;
  const auto site = [&](std::int16_t server) {
    return result.coverage.sectors[static_cast<std::size_t>(server)].site;
  };
  const auto meet = [&](std::int16_t a, std::int16_t b) {
    if (a < 0 || b < 0 || a == b || site(a) == site(b)) return;
    pairs.insert(std::minmax(site(a), site(b)));
  };
  for (int iy = 0; iy < servers.grid.ny; ++iy) {
    for (int ix = 1; ix < servers.grid.nx; ++ix) meet(servers.at(ix - 1, iy), servers.at(ix, iy));
  }
  for (int iy = 1; iy < servers.grid.ny; ++iy) {
    for (int ix = 0; ix < servers.grid.nx; ++ix) meet(servers.at(ix, iy - 1), servers.at(ix, iy));
  }
  return pairs;
}

/// Greedy colouring in order of site: the least used colour among those that no coloured neighbour has.
std::vector<std::size_t> site_hues(const std::set<std::pair<int, int>>& pairs, std::size_t sites) {
  std::vector<std::size_t> hues(sites, 0);
  std::array<std::size_t, kSiteColours.size()> used{};
  for (std::size_t site = 0; site < sites; ++site) {
    std::array<std::size_t, kSiteColours.size()> taken{};
    for (const auto& [a, b] : pairs) {
      if (static_cast<std::size_t>(b) == site) ++taken[hues[static_cast<std::size_t>(a)]];
    }
    std::size_t best = 0;
    for (std::size_t hue = 1; hue < kSiteColours.size(); ++hue) {
      if (std::pair(taken[hue], used[hue]) < std::pair(taken[best], used[best])) best = hue;
    }
    hues[site] = best;
    ++used[best];
  }
  return hues;
}

}  // namespace

Grid picture_grid(const Grid& plan, int max_width) {
  if (plan.nx <= max_width) return plan;
  Grid pixels = plan;
  pixels.nx = max_width;
  pixels.cell_m = plan.cell_m * plan.nx / max_width;
  pixels.ny = std::max(1, static_cast<int>(std::ceil(plan.ny * plan.cell_m / pixels.cell_m - 1e-9)));
  return pixels;
}

Raster<float> shrink(const Raster<float>& raster, const Grid& pixels) {
  if (pixels == raster.grid) return raster;
  Raster<float> out(pixels, kNoData);
  const Grid& cells = raster.grid;
  const double ratio = pixels.cell_m / cells.cell_m;
  for (int py = 0; py < pixels.ny; ++py) {
    const int top = std::min(static_cast<int>(py * ratio), cells.ny - 1);
    const int bottom = std::clamp(static_cast<int>(std::ceil((py + 1) * ratio)), top + 1, cells.ny);
    const int middle = std::min(static_cast<int>((py + 0.5) * ratio), cells.ny - 1);
    for (int px = 0; px < pixels.nx; ++px) {
      const int left = std::min(static_cast<int>(px * ratio), cells.nx - 1);
      const int right = std::clamp(static_cast<int>(std::ceil((px + 1) * ratio)), left + 1, cells.nx);
      if (std::isnan(raster.at(std::min(static_cast<int>((px + 0.5) * ratio), cells.nx - 1), middle))) continue;
      float sum = 0.0F;
      int count = 0;
      for (int iy = top; iy < bottom; ++iy) {
        for (int ix = left; ix < right; ++ix) {
          const float value = raster.at(ix, iy);
          if (std::isnan(value)) continue;
          sum += value;
          ++count;
        }
      }
      out.at(px, py) = sum / static_cast<float>(count);
    }
  }
  return out;
}

Raster<float> hillshade(const Raster<float>& ground_asl_m) {
  Raster<float> out(ground_asl_m.grid, kNoData);
  const SlopeField slopes(ground_asl_m);
  const double exaggeration = slopes.exaggeration();
  const auto all = lights();
  for (int iy = 0; iy < out.grid.ny; ++iy) {
    for (int ix = 0; ix < out.grid.nx; ++ix) {
      if (std::isnan(ground_asl_m.at(ix, iy))) continue;
      const Slope slope = slopes.at(ix, iy);
      out.at(ix, iy) =
          static_cast<float>(brightness({slope.east * exaggeration, slope.north * exaggeration}, all));
    }
  }
  return out;
}

Picture coverage_picture(const Raster<float>& relief, const Raster<float>& rsrp_dbm, const Legend& legend) {
  std::vector<Ramp> ramps;
  for (const LegendClass& c : legend.classes) ramps.push_back(ramp_of(c.colour));
  const Ramp not_computed = ramp_of(kNotComputedColour);
  return paint(relief, rsrp_dbm.grid, [&](std::size_t cell) -> const Ramp& {
    const float rsrp = rsrp_dbm.values[cell];
    return std::isnan(rsrp) ? not_computed : ramps[class_index(legend, rsrp)];
  });
}

Picture server_picture(const Raster<float>& relief, const Raster<std::int16_t>& best_server,
                       const std::vector<Rgba>& colours) {
  std::vector<Ramp> ramps;
  for (const Rgba colour : colours) ramps.push_back(ramp_of(colour));
  const Ramp not_computed = ramp_of(kNotComputedColour);
  return paint(relief, best_server.grid, [&](std::size_t cell) -> const Ramp& {
    const std::int16_t server = best_server.values[cell];
    return server < 0 ? not_computed : ramps[static_cast<std::size_t>(server)];
  });
}

std::vector<Rgba> server_colours(const PlanResult& result, std::size_t sites) {
  constexpr std::array<double, 3> kTints = {1.0, 1.28, 0.72};
  const std::vector<std::size_t> hues = site_hues(neighbours(result), sites);
  std::vector<Rgba> colours;
  for (const SectorRef& ref : result.coverage.sectors) {
    const Rgba hue = kSiteColours[hues[static_cast<std::size_t>(ref.site)]];
    colours.push_back(lit(hue, kTints[static_cast<std::size_t>(ref.sector) % kTints.size()]));
  }
  return colours;
}

}  // namespace amaneku::scenarios
