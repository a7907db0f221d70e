#include "scenarios/report/picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "scenarios/report/html.hpp"

namespace amaneku::scenarios {
namespace {

// A palette has 256 colours; the eye sees no steps of brightness over the texture of relief.
constexpr std::size_t kPaletteSize = 256;
constexpr int kMostLevels = 40;
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

/// How far relief may change a colour.
struct Shading {
  double shadow;  ///< share of the colour that is left without light
  double shine;   ///< towards white, of light beyond that of flat ground
};
constexpr Shading kOrdinary{0.34, 0.75};
// What is covered grows dark and never pale, what is not covered hardly dark: apart for any colour vision on every
// slope (docs/report.md).
constexpr Shading kCovered{0.5, 0.0};
constexpr Shading kUncovered{0.75, 0.15};

Rgba lit(Rgba colour, double light, Shading shading = kOrdinary) noexcept {
  const auto one = [light, shading](double c) {
    return light <= 1.0 ? c * (shading.shadow + (1.0 - shading.shadow) * light)
                        : c + (255.0 - c) * std::min(1.0, shading.shine * (light - 1.0));
  };
  return {channel(one(colour.r)), channel(one(colour.g)), channel(one(colour.b)), colour.a};
}

struct Base {
  Rgba colour{};
  Shading shading = kOrdinary;
};

/// The base colours of a picture, each in every brightness. Index 0 is "no terrain".
class Palette {
 public:
  explicit Palette(const std::vector<Base>& bases)
      : levels_(std::clamp(static_cast<int>((kPaletteSize - 1) / std::max<std::size_t>(bases.size(), 1)), 1,
                           kMostLevels)) {
    colours_.push_back(kNoTerrainColour);
    const int flat = level_of(1.0F);
    for (const Base& base : bases) {
      for (int level = 0; level < levels_; ++level) {
        // The level that holds flat ground shows the colour itself.
        colours_.push_back(
            lit(base.colour, 1.0 + (level - flat) * static_cast<double>(kBrightest) / levels_, base.shading));
      }
    }
  }
  [[nodiscard]] std::uint8_t index(std::size_t base, float light) const noexcept {
    return static_cast<std::uint8_t>(1 + static_cast<int>(base) * levels_ + level_of(light));
  }
  [[nodiscard]] const std::vector<Rgba>& colours() const noexcept { return colours_; }

 private:
  [[nodiscard]] int level_of(float light) const noexcept {
    return std::clamp(static_cast<int>(light / kBrightest * static_cast<float>(levels_)), 0, levels_ - 1);
  }

  int levels_;
  std::vector<Rgba> colours_{};
};

/// Calls base(cell of the plan, pixel) for each pixel with ground: which of the base colours it has.
template <class BaseAt>
Picture paint(const Backdrop& below, const Grid& plan, const Palette& palette, const BaseAt& base_at) {
  const Raster<float>& relief = below.relief;
  Picture picture{relief.grid, std::vector<std::uint8_t>(relief.grid.cells(), 0), palette.colours()};
  const double ratio = relief.grid.cell_m / plan.cell_m;
  std::vector<int> columns(static_cast<std::size_t>(relief.grid.nx));
  for (std::size_t ix = 0; ix < columns.size(); ++ix) {
    columns[ix] = std::min(static_cast<int>((static_cast<double>(ix) + 0.5) * ratio), plan.nx - 1);
  }
  for (int iy = 0; iy < relief.grid.ny; ++iy) {
    const int row = std::min(static_cast<int>((iy + 0.5) * ratio), plan.ny - 1);
    for (int ix = 0; ix < relief.grid.nx; ++ix) {
      const std::size_t pixel = relief.grid.index(ix, iy);
      const float light = relief.values[pixel];
      if (std::isnan(light)) continue;
      const std::size_t cell = plan.index(columns[static_cast<std::size_t>(ix)], row);
      picture.pixels[pixel] = palette.index(base_at(cell, pixel), light);
    }
  }
  return picture;
}

/// Sea in elevation data is a plane at exactly 0 m; a single cell of 0 m on land is not.
std::vector<std::uint8_t> sea_mask(const Raster<float>& ground) {
  const Grid& grid = ground.grid;
  std::vector<std::uint8_t> mask(grid.cells(), 0);
  const auto level = [&](int ix, int iy) {
    const float h = ground.at(std::clamp(ix, 0, grid.nx - 1), std::clamp(iy, 0, grid.ny - 1));
    return h == 0.0F || std::isnan(h);
  };
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      mask[grid.index(ix, iy)] =
          level(ix, iy) && level(ix - 1, iy) && level(ix + 1, iy) && level(ix, iy - 1) && level(ix, iy + 1) ? 1
                                                                                                            : 0;
    }
  }
  return mask;
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
  const Raster<std::int32_t>& servers = result.maps.best_server;
  const auto site = [&](std::int32_t server) {
    return result.coverage.sectors[static_cast<std::size_t>(server)].site;
  };
  const auto meet = [&](std::int32_t a, std::int32_t b) {
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
  std::vector<std::vector<std::size_t>> earlier(sites);  // neighbours of a lower index
  for (const auto& [a, b] : pairs) earlier[static_cast<std::size_t>(b)].push_back(static_cast<std::size_t>(a));
  std::vector<std::size_t> hues(sites, 0);
  std::array<std::size_t, kSiteColours.size()> used{};
  for (std::size_t site = 0; site < sites; ++site) {
    std::array<std::size_t, kSiteColours.size()> taken{};
    for (const std::size_t neighbour : earlier[site]) ++taken[hues[neighbour]];
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

Rgba on_water(Rgba colour) noexcept {
  const auto mix = [](int c, int water) { return static_cast<std::uint8_t>((3 * c + 2 * water) / 5); };
  return {mix(colour.r, 170), mix(colour.g, 196), mix(colour.b, 220), colour.a};
}

Backdrop backdrop(const Raster<float>& ground_asl_m, const Grid& pixels) {
  const Raster<float> ground = shrink(ground_asl_m, pixels);
  Backdrop out{hillshade(ground), sea_mask(ground)};
  // A flat-earth run is no sea.
  if (std::all_of(out.sea.begin(), out.sea.end(), [](std::uint8_t sea) { return sea == 1; })) {
    std::fill(out.sea.begin(), out.sea.end(), std::uint8_t{0});
  }
  return out;
}

Picture coverage_picture(const Backdrop& below, const Raster<float>& rsrp_dbm, const Legend& legend) {
  const std::size_t classes = legend.classes.size();
  std::vector<Base> bases;
  for (const LegendClass& c : legend.classes)
    bases.push_back({c.colour, c.below_threshold ? kUncovered : kCovered});
  bases.push_back({kNotComputedColour});
  std::size_t covered = 0;
  for (const LegendClass& c : legend.classes) {
    if (c.below_threshold)
      bases.push_back({on_water(c.colour), kUncovered});
    else
      ++covered;
  }
  return paint(below, rsrp_dbm.grid, Palette(bases), [&](std::size_t cell, std::size_t pixel) {
    const float rsrp = rsrp_dbm.values[cell];
    if (std::isnan(rsrp)) return classes;
    const std::size_t index = class_index(legend, rsrp);
    return below.sea[pixel] == 1 && index >= covered ? classes + 1 + index - covered : index;
  });
}

Picture server_picture(const Backdrop& below, const Raster<std::int32_t>& best_server,
                       const std::vector<Rgba>& colours) {
  std::vector<Base> bases = {{kNotComputedColour}};
  std::map<std::string, std::size_t> known;
  std::vector<std::size_t> base_of;
  for (const Rgba colour : colours) {
    const auto [at, added] = known.try_emplace(hex_colour(colour), bases.size());
    if (added) bases.push_back({colour});
    base_of.push_back(at->second);
  }
  return paint(below, best_server.grid, Palette(bases), [&](std::size_t cell, std::size_t) {
    const std::int32_t server = best_server.values[cell];
    return server < 0 ? std::size_t{0} : base_of[static_cast<std::size_t>(server)];
  });
}

std::string png_base64(const Picture& picture) {
  const std::vector<std::uint8_t> png =
      encode_png(picture.grid.nx, picture.grid.ny, picture.pixels, picture.palette);
  return base64({reinterpret_cast<const char*>(png.data()), png.size()});
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
