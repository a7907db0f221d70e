#include "scenarios/report/cdf_svg.hpp"

#include <fmt/format.h>

#include <cmath>

namespace amaneku::scenarios {
namespace {

constexpr double kWidth = 320.0;
constexpr double kHeight = 180.0;
constexpr double kLeft = 38.0;
constexpr double kBottom = 22.0;
constexpr int kSteps = 160;

double x_of(const CdfAxis& axis, double value) {
  return (value - axis.min) / (axis.max - axis.min) * kWidth;
}

std::string grid(const CdfAxis& axis) {
  std::string svg;
  for (const int percent : {0, 25, 50, 75, 100}) {
    const double y = kHeight * (1.0 - 0.01 * percent);
    svg += fmt::format(
        "<path class=\"grid\" d=\"M0 {0:.1f}H{1:g}\"/><text x=\"-5\" y=\"{2:.1f}\" "
        "text-anchor=\"end\">{3}%</text>",
        y, kWidth, y + 4.0, percent);
  }
  for (const int tick : axis.ticks) {
    const double x = x_of(axis, tick);
    const std::string label =
        axis.powers_of_ten ? fmt::format("{:g}", std::pow(10.0, tick)) : std::to_string(tick);
    svg += fmt::format(
        "<path class=\"grid\" d=\"M{0:.1f} 0V{1:g}\"/><text x=\"{0:.1f}\" y=\"{2:g}\" "
        "text-anchor=\"middle\">{3}</text>",
        x, kHeight, kHeight + 15.0, label);
  }
  return svg;
}

std::string curve(const CdfAxis& axis, const Distribution& of, const char* css_class) {
  if (!(of.total() > 0.0)) return {};
  std::string path;
  for (int i = 0; i <= kSteps; ++i) {
    const double value = axis.min + (axis.max - axis.min) * i / kSteps;
    path += fmt::format("{}{:.1f} {:.1f}", i == 0 ? "M" : "L", x_of(axis, value),
                        kHeight * (1.0 - of.share_from(value)));
  }
  return fmt::format("<path class=\"{}\" d=\"{}\"/>", css_class, path);
}

}  // namespace

std::string cdf_svg(const CdfAxis& axis, const Distribution& people, const Distribution& area) {
  return fmt::format("<svg class=\"plot\" viewBox=\"{:g} -8 {:g} {:g}\" role=\"img\">", -kLeft,
                     kWidth + kLeft + 18.0, kHeight + kBottom + 8.0) +
         grid(axis) + curve(axis, area, "area") + curve(axis, people, "people") + "</svg>";
}

}  // namespace amaneku::scenarios
