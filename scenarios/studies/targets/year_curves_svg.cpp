#include "scenarios/studies/targets/year_curves_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "scenarios/report/html.hpp"
#include "scenarios/report/map_svg.hpp"
#include "scenarios/report/svg.hpp"

namespace amaneku::scenarios {
namespace {

constexpr SvgPlot kPlot = {.width = 400.0, .height = 190.0, .label_gap = 6.0};
// Okabe and Ito's colours: told apart by everybody.
constexpr std::array<const char*, 4> kColours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7"};

struct Axes {
  int first_year = std::numeric_limits<int>::max();
  int last_year = std::numeric_limits<int>::min();
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void include(int year, double value) {
    first_year = std::min(first_year, year);
    last_year = std::max(last_year, year);
    low = std::min(low, value);
    high = std::max(high, value);
  }
  [[nodiscard]] double x(int year) const {
    return kPlot.width * (year - first_year) / std::max(1, last_year - first_year);
  }
  [[nodiscard]] double y(double value) const { return kPlot.height * (high - value) / (high - low); }
};

Axes axes_of(const YearPlot& plot) {
  Axes axes;
  for (const YearCurve& curve : plot.curves) {
    for (const auto& [year, value] : curve.points) axes.include(year, value);
  }
  for (const YearMark& mark : plot.marks) axes.include(mark.year, mark.value);
  if (plot.percent) {
    axes.high = 100.0;
    axes.low = std::min(90.0, 10.0 * std::floor(0.1 * axes.low));
  } else {
    axes.low = 0.0;
    axes.high = axes.high > 0.0 ? 1.05 * axes.high : 1.0;
  }
  return axes;
}

std::string grid(const Axes& axes, bool percent) {
  std::string svg;
  const double step = round_length((axes.high - axes.low) / 3.0);
  for (int k = 0; axes.low + k * step <= axes.high; ++k) {
    const double value = axes.low + k * step;
    svg += kPlot.level(axes.y(value), figure(value, step < 1.0 ? 1 : 0) + (percent ? "%" : ""));
  }
  const int years = std::max(1, (axes.last_year - axes.first_year + 9) / 10);
  for (int year = axes.first_year; year <= axes.last_year; year += years)
    svg += kPlot.upright(axes.x(year), std::to_string(year));
  return svg;
}

std::string line(const Axes& axes, const YearCurve& curve, std::size_t index) {
  SvgPath path(1);
  for (const auto& [year, value] : curve.points) path.to(axes.x(year), axes.y(value));
  const char* colour = curve.strong ? "#1b2423" : kColours[index % kColours.size()];
  return fmt::format("<path d=\"{}\" style=\"stroke:{};stroke-width:{}\">{}</path>", path.data(), colour,
                     curve.strong ? "2.4" : "1.5", svg_title(curve.title));
}

std::string mark(const Axes& axes, const YearMark& of) {
  const double x = axes.x(of.year);
  const double y = axes.y(of.value);
  const std::string title = svg_title(of.title);
  if (!of.demanded)
    return fmt::format(
        "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"#fff\" stroke=\"#56635f\" "
        "stroke-width=\"1.6\">{}</circle>",
        x, y, title);
  return fmt::format("<path d=\"M{0:.1f} {1:.1f}l5 -9h-10z\" style=\"fill:{2};stroke:none\">{3}</path>", x, y,
                     of.past ? "#8a9693" : "#b3261e", title);
}

}  // namespace

std::string year_curves_svg(const YearPlot& plot) {
  const bool empty =
      std::all_of(plot.curves.begin(), plot.curves.end(), [](const YearCurve& c) { return c.points.empty(); });
  if (empty) return {};
  const Axes axes = axes_of(plot);
  std::string svg = kPlot.begin(52.0, 14.0, 20.0, 26.0) + grid(axes, plot.percent);
  for (std::size_t i = plot.curves.size(); i-- > 0;) svg += line(axes, plot.curves[i], i);
  for (const YearMark& of : plot.marks) svg += mark(axes, of);
  return svg + "</svg>";
}

}  // namespace amaneku::scenarios
