#include "scenarios/studies/routes/strip_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/report/html.hpp"
#include "scenarios/report/map_svg.hpp"
#include "scenarios/report/svg.hpp"
#include "scenarios/studies/routes/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kWidth = 900.0;
constexpr double kBetween = 26.0;
constexpr double kBand = 16.0;
constexpr std::size_t kColumns = 900;

/// One quantity over the way.
struct Panel {
  std::string title{};
  double low = 0.0;
  double high = 1.0;
  double step = 1.0;
  std::vector<double> values{};  ///< [column] NaN: none
  double needed = std::numeric_limits<double>::quiet_NaN();
  std::string colour{};
};

class Strip {
 public:
  Strip(const RouteCourse& route, const RouteFinding& found, double needs_ul_mbps, Language language,
        double panel_height)
      : route_(route),
        course_(route.course),
        found_(found),
        needs_ul_mbps_(needs_ul_mbps),
        language_(language),
        panel_height_(panel_height) {}

  [[nodiscard]] std::string svg() const {
    const std::vector<Panel> panels = this->panels();
    const double height = kBand + static_cast<double>(panels.size()) * (panel_height_ + kBetween);
    std::string out = fmt::format(
        "<svg class=\"plot\" viewBox=\"-56 -18 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">", kWidth + 72.0,
        height + 46.0, escape_html(fill(phrases::kStripTitle.in(language_), {route_.name})));
    out += ways(height) + shortages(height) + band() + in_sight();
    double top = kBand + kBetween;
    for (const Panel& panel : panels) {
      out += drawn(panel, top);
      top += panel_height_ + kBetween;
    }
    return out + kilometres(height) + "</svg>";
  }

 private:
  [[nodiscard]] double x(double at_m) const { return kWidth * at_m / course_.length_m(); }
  [[nodiscard]] double x(std::size_t sample) const { return x(course_.step_m * static_cast<double>(sample)); }

  /// [column] the least of the samples that it stands for.
  template <class Value>
  [[nodiscard]] std::vector<double> columns(const Value& value) const {
    const std::size_t count = std::min(kColumns, course_.samples());
    std::vector<double> out(count, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < course_.samples(); ++i) {
      double& column = out[i * count / course_.samples()];
      column = std::fmin(column, value(i));
    }
    return out;
  }

  [[nodiscard]] std::vector<Panel> panels() const {
    std::vector<Panel> out;
    out.push_back(
        {.title = std::string(phrases::kRsrp.in(language_)),
         .low = -130.0,
         .high = -60.0,
         .step = 20.0,
         .values = columns([&](std::size_t i) { return static_cast<double>(found_.service[i].rsrp_dbm); }),
         .colour = "#0072b2"});
    out.push_back(
        {.title = std::string(phrases::kSinrMap.in(language_)),
         .low = -10.0,
         .high = 30.0,
         .step = 10.0,
         .values = columns([&](std::size_t i) { return static_cast<double>(found_.service[i].sinr_db); }),
         .colour = "#009e73"});
    Panel uplink{.title = std::string(phrases::kUplinkAxis.in(language_)),
                 .values = columns([&](std::size_t i) { return static_cast<double>(found_.service[i].ul_mbps); }),
                 .needed = needs_ul_mbps_,
                 .colour = "#d55e00"};
    for (const double value : uplink.values) uplink.high = std::fmax(uplink.high, value);
    uplink.high = std::max(uplink.high, 1.2 * needs_ul_mbps_);
    uplink.step = round_length(uplink.high / 2.0);
    out.push_back(std::move(uplink));
    if (!found_.statistics.share_without_link.empty()) {
      Panel without{.title = std::string(phrases::kWithoutLinkAxis.in(language_)),
                    .high = 100.0,
                    .step = 50.0,
                    .values = columns([&](std::size_t i) {
                      return -100.0 * static_cast<double>(found_.statistics.share_without_link[i]);
                    }),
                    .colour = "#cc79a7"};
      for (double& value : without.values) value = -value;
      out.push_back(std::move(without));
    }
    return out;
  }

  [[nodiscard]] std::string drawn(const Panel& panel, double top) const {
    std::string out = fmt::format("<g transform=\"translate(0 {:.1f})\">", top);
    out += fmt::format("<text x=\"0\" y=\"-6\" style=\"font-weight:600\">{}</text>", escape_html(panel.title));
    const SvgPlot plot{.width = kWidth, .height = panel_height_, .label_gap = 6.0};
    const auto y = [&](double value) {
      return panel_height_ * (panel.high - std::clamp(value, panel.low, panel.high)) / (panel.high - panel.low);
    };
    for (double level = std::ceil(panel.low / panel.step) * panel.step; level <= panel.high + 1e-9;
         level += panel.step)
      out += plot.level(y(level), figure(level, panel.step < 1.0 ? 1 : 0));
    if (std::isfinite(panel.needed) && panel.needed > 0.0) {
      out += fmt::format(
          "<path d=\"M0 {0:.1f}H{1:.0f}\" style=\"stroke:#1b2423;stroke-dasharray:6 4;stroke-width:1.2\"/>",
          y(panel.needed), kWidth);
    }
    SvgPath path(1);
    bool drawing = false;
    for (std::size_t i = 0; i < panel.values.size(); ++i) {
      if (std::isnan(panel.values[i])) {
        if (drawing) path.end();
        drawing = false;
        continue;
      }
      path.to(kWidth * (static_cast<double>(i) + 0.5) / static_cast<double>(panel.values.size()),
              y(panel.values[i]));
      drawing = true;
    }
    return out +
           fmt::format("<path d=\"{}\" style=\"stroke:{};stroke-width:1.3\"/></g>", path.data(), panel.colour);
  }

  [[nodiscard]] std::string ways(double height) const {
    std::string out;
    for (const CourseStretch& stretch : course_.stretches) {
      if (stretch.kind == WayKind::open) continue;
      out += bar(x(stretch.first), x(stretch.last + 1), height,
                 stretch.kind == WayKind::tunnel ? "#9aa5a1" : "#b9d7ee", 0.55);
    }
    return out;
  }

  [[nodiscard]] std::string shortages(double height) const {
    std::string out;
    for (const CourseGap& gap : found_.gaps) {
      out +=
          bar(x(gap.from_m), x(gap.to_m), height, gap.shortage == Shortage::no_link ? "#b3261e" : "#e69f00", 0.22);
    }
    return out;
  }

  [[nodiscard]] static std::string bar(double from, double to, double height, const char* colour, double opacity) {
    return fmt::format(
        "<rect x=\"{:.1f}\" y=\"0\" width=\"{:.1f}\" height=\"{:.0f}\" fill=\"{}\" fill-opacity=\"{}\"/>", from,
        std::max(0.8, to - from), height, colour, opacity);
  }

  /// Stops, intersections and handovers above the panels.
  [[nodiscard]] std::string band() const {
    std::string out = fmt::format("<path d=\"M0 8H{:.0f}\" style=\"stroke:#56635f;stroke-width:1\"/>", kWidth);
    for (const CourseStop& stop : route_.stops) {
      out += fmt::format("<circle cx=\"{:.1f}\" cy=\"8\" r=\"4\" fill=\"#1b2423\">{}</circle>", x(stop.at_m),
                         svg_title(stop.name));
    }
    for (const CourseIntersection& crossing : route_.intersections) {
      out +=
          fmt::format("<path d=\"M{0:.1f} 4l8 8m0-8l-8 8\" style=\"stroke:#1b2423;stroke-width:1.6\">{1}</path>",
                      x(crossing.at_m) - 4.0, svg_title(crossing.name));
    }
    for (const mobility::Handover& handover : found_.link.run.handovers) {
      out += fmt::format(
          "<path d=\"M{0:.1f} 0l4-8h-8z\" style=\"fill:#cc79a7;stroke:none\">{1}</path>", x(handover.at_m),
          svg_title(fmt::format("{:.0f} m, {:.0f} ms", handover.at_m, 1e3 * handover.interruption_s)));
    }
    return out;
  }

  /// A bar where the server's site is in sight.
  [[nodiscard]] std::string in_sight() const {
    SvgPath bar(1);
    for (std::size_t i = 0; i < course_.samples(); ++i) {
      if (!found_.service[i].in_sight) continue;
      std::size_t last = i;
      while (last + 1 < course_.samples() && found_.service[last + 1].in_sight) ++last;
      bar.to(x(i), 20.0);
      bar.to(std::max(x(last), x(i) + 0.5), 20.0);
      bar.end();
      i = last;
    }
    return fmt::format("<path d=\"{}\" style=\"fill:none;stroke:#009e73;stroke-width:4\"/>", bar.data());
  }

  [[nodiscard]] std::string kilometres(double height) const {
    std::string out;
    const double km = 1e-3 * course_.length_m();
    const double step = round_length(km / 5.0);
    for (int k = 0; k * step <= km * 1.0001; ++k) {
      out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>",
                         kWidth * k * step / km, height + 16.0, figure(k * step, step < 1.0 ? 1 : 0));
    }
    return out + fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", kWidth + 14.0,
                             height + 28.0, escape_html(phrases::kKmAxis.in(language_)));
  }

  const RouteCourse& route_;
  const Course& course_;
  const RouteFinding& found_;
  double needs_ul_mbps_;
  Language language_;
  double panel_height_;
};

}  // namespace

std::string strip_chart(const RouteCourse& route, const RouteFinding& found, double needs_ul_mbps,
                        Language language, double panel_height) {
  return Strip(route, found, needs_ul_mbps, language, panel_height).svg();
}

}  // namespace amaneku::scenarios
