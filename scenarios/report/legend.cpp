#include "scenarios/report/legend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "scenarios/report/html.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::array<Rgba, 9> kViridis = {{{68, 1, 84},
                                           {71, 45, 123},
                                           {59, 82, 139},
                                           {44, 114, 142},
                                           {33, 144, 140},
                                           {39, 173, 129},
                                           {93, 200, 99},
                                           {170, 220, 50},
                                           {253, 231, 37}}};
// Darker than this, the colour would swallow the relief beneath it.
constexpr double kViridisStart = 0.22;
// Lighter than this, a reader who sees no blue could not tell it from the grey of what is not covered.
constexpr double kViridisEnd = 0.74;
constexpr std::uint8_t kGreyNearThreshold = 0xdc;
constexpr std::uint8_t kGreyWeakest = 0xec;

std::vector<double> bounds_of(const ValueScale& scale) {
  std::vector<double> bounds = scale.bounds;
  bounds.push_back(scale.threshold);
  std::erase_if(bounds, [](double b) { return !std::isfinite(b); });
  std::sort(bounds.begin(), bounds.end());
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  return bounds;
}

std::string label_of(double min, double max) {
  if (min == -kInfinity && max == kInfinity) return "all";
  if (min == -kInfinity) return fmt::format("< {:g}", max);
  if (max == kInfinity) return fmt::format(">= {:g}", min);
  return fmt::format("{:g} to < {:g}", min, max);
}

Rgba grey_between(std::size_t i, std::size_t n) {
  const double t = n > 1 ? static_cast<double>(i) / static_cast<double>(n - 1) : 0.0;
  const auto level =
      static_cast<std::uint8_t>(std::lround(kGreyNearThreshold + t * (kGreyWeakest - kGreyNearThreshold)));
  return {level, level, level};
}

void colour_classes(std::vector<LegendClass>& classes) {
  const auto covered = static_cast<std::size_t>(
      std::count_if(classes.begin(), classes.end(), [](const LegendClass& c) { return !c.below_threshold; }));
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (i >= covered) {
      classes[i].colour = grey_between(i - covered, classes.size() - covered);
    } else {
      const double down = covered > 1 ? static_cast<double>(i) / static_cast<double>(covered - 1) : 0.0;
      const double strongest = covered < classes.size() ? kViridisEnd : 1.0;
      classes[i].colour = viridis(strongest - down * (strongest - kViridisStart));
    }
  }
}

std::vector<LegendClass> empty_classes(const ValueScale& scale) {
  std::vector<double> bounds = bounds_of(scale);
  std::vector<LegendClass> classes;
  bounds.insert(bounds.begin(), -kInfinity);
  double max = kInfinity;
  for (; !bounds.empty(); bounds.pop_back()) {
    const double min = bounds.back();
    classes.push_back({.label = label_of(min, max),
                       .unit = scale.unit,
                       .min = min,
                       .max = max,
                       .below_threshold = min < scale.threshold});
    max = min;
  }
  return classes;
}

std::string bound_text(double bound) {
  return std::isfinite(bound) ? fmt::format("{:g}", bound) : std::string();
}

}  // namespace

Rgba viridis(double position) noexcept {
  const double scaled = std::clamp(position, 0.0, 1.0) * (kViridis.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(scaled), kViridis.size() - 2);
  const double t = scaled - static_cast<double>(i);
  const auto mix = [t](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + t * (b - a)));
  };
  const Rgba low = kViridis[i];
  const Rgba high = kViridis[i + 1];
  return {mix(low.r, high.r), mix(low.g, high.g), mix(low.b, high.b)};
}

std::string hex_colour(Rgba colour) {
  return fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b);
}

std::size_t class_index(const Legend& legend, double value) noexcept {
  std::size_t i = 0;
  while (i + 1 < legend.classes.size() && value < legend.classes[i].min) ++i;
  return i;
}

Legend value_legend(const ValueScale& scale, const Raster<float>& values, const Raster<float>& ground_asl_m) {
  Legend legend;
  legend.title = scale.title;
  legend.classes = empty_classes(scale);
  colour_classes(legend.classes);

  const CellValues<float>& ground = ground_asl_m.values;
  const bool same_grid = ground.size() == values.values.size();
  std::vector<std::size_t> cells(legend.classes.size(), 0);
  std::size_t no_data = 0;
  std::size_t no_terrain = 0;
  for (std::size_t i = 0; i < values.values.size(); ++i) {
    if (std::isnan(values.values[i])) {
      ++no_data;
      if (same_grid && std::isnan(ground[i])) ++no_terrain;
    } else {
      ++cells[class_index(legend, values.values[i])];
    }
  }
  const double cell_m2 = values.grid.cell_m * values.grid.cell_m;
  const auto computed = static_cast<double>(values.values.size() - no_data);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    legend.classes[i].area_m2 = static_cast<double>(cells[i]) * cell_m2;
    legend.classes[i].share = computed > 0.0 ? static_cast<double>(cells[i]) / computed : 0.0;
  }
  legend.no_data_m2 = static_cast<double>(no_data) * cell_m2;
  legend.no_terrain_m2 = static_cast<double>(no_terrain) * cell_m2;
  return legend;
}

Legend rsrp_legend(const PlanInput& input, const PlanResult& result) {
  return value_legend({"RSRP", "dBm", input.rsrp_classes_dbm, input.statistics.threshold_dbm},
                      result.maps.rsrp_dbm, input.world.ground.ground_asl_m);
}

std::string legend_csv(const Legend& legend) {
  std::string csv = "min,max,unit,label,colour,below_threshold,area_m2,share\n";
  for (const LegendClass& c : legend.classes) {
    csv += fmt::format("{},{},{},{},{},{},{:.0f},{:.6f}\n", bound_text(c.min), bound_text(c.max), c.unit, c.label,
                       hex_colour(c.colour), c.below_threshold ? 1 : 0, c.area_m2, c.share);
  }
  csv += fmt::format(",,,no data,,0,{:.0f},\n", legend.no_data_m2);
  return csv;
}

std::string qml_style(const Legend& legend) {
  std::string items;
  const std::vector<LegendClass> upwards(legend.classes.rbegin(), legend.classes.rend());
  for (const LegendClass& c : upwards) {
    const float last = std::nextafter(static_cast<float>(c.max), -std::numeric_limits<float>::infinity());
    const std::string value = std::isfinite(c.max) ? fmt::format("{:.9g}", last) : "inf";
    items += fmt::format("          <item alpha=\"255\" color=\"{}\" label=\"{} {}\" value=\"{}\"/>\n",
                         hex_colour(c.colour), escape_html(c.label), escape_html(c.unit), value);
  }
  const double lowest = legend.classes.size() > 1 ? legend.classes.back().max : 0.0;
  return fmt::format(R"(<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <pipe>
    <rasterrenderer type="singlebandpseudocolor" band="1" opacity="0.8" alphaBand="-1" nodataColor="" classificationMin="{0:g}" classificationMax="inf">
      <rastertransparency/>
      <rastershader>
        <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0" minimumValue="{0:g}" maximumValue="inf">
{1}        </colorrampshader>
      </rastershader>
    </rasterrenderer>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
)",
                     lowest, items);
}

}  // namespace amaneku::scenarios
