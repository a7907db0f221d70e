#include "scenarios/report/cdf_svg.hpp"

#include <fmt/format.h>

#include <cmath>

#include "scenarios/report/svg.hpp"

namespace amaneku::scenarios {
namespace {

constexpr SvgPlot kPlot = {.width = 320.0, .height = 180.0, .label_gap = 5.0};
constexpr int kSteps = 160;

double x_of(const CdfAxis& axis, double value) {
  return (value - axis.min) / (axis.max - axis.min) * kPlot.width;
}

std::string grid(const CdfAxis& axis) {
  std::string svg;
  for (const int percent : {0, 25, 50, 75, 100}) {
    svg += kPlot.level(kPlot.height * (1.0 - 0.01 * percent), fmt::format("{}%", percent));
  }
  for (const int tick : axis.ticks) {
    svg += kPlot.upright(x_of(axis, tick),
                         axis.powers_of_ten ? fmt::format("{:g}", std::pow(10.0, tick)) : std::to_string(tick));
  }
  return svg;
}

std::string curve(const CdfAxis& axis, const Distribution& of, const char* css_class) {
  if (!(of.total() > 0.0)) return {};
  SvgPath path(1);
  for (int i = 0; i <= kSteps; ++i) {
    const double value = axis.min + (axis.max - axis.min) * i / kSteps;
    path.to(x_of(axis, value), kPlot.height * (1.0 - of.share_from(value)));
  }
  return fmt::format("<path class=\"{}\" d=\"{}\"/>", css_class, path.data());
}

}  // namespace

std::string cdf_svg(const CdfAxis& axis, const Distribution& people, const Distribution& area) {
  return kPlot.begin(38.0, 8.0, 18.0, 22.0) + grid(axis) + curve(axis, area, "area") +
         curve(axis, people, "people") + "</svg>";
}

}  // namespace amaneku::scenarios
