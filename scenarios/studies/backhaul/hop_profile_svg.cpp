#include "scenarios/studies/backhaul/hop_profile_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/report/html.hpp"
#include "scenarios/report/map_svg.hpp"
#include "scenarios/report/svg.hpp"
#include "scenarios/studies/backhaul/hop_phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kProfileWidth = 560.0;
constexpr double kProfileHeight = 190.0;
constexpr std::size_t kMostCorners = 400;
constexpr double kCustomaryShare = 0.6;

class HopDrawing {
 public:
  HopDrawing(const HopView& view, Language language) : view_(view), language_(language) {
    low_m_ = *std::min_element(view.ground_m.begin(), view.ground_m.end());
    high_m_ = *std::max_element(view.worst_surface_m.begin(), view.worst_surface_m.end());
    for (std::size_t i = 0; i < view.ray_m.size(); ++i)
      high_m_ = std::max(high_m_, view.ray_m[i] + view.fresnel_m[i]);
    step_m_ = round_length(std::max(1.0, (high_m_ - low_m_) / 3.0));
    low_m_ = std::floor(low_m_ / step_m_) * step_m_;
    high_m_ = std::max(high_m_ + 0.08 * (high_m_ - low_m_), low_m_ + step_m_);
    // Few points are drawn, the tightest always among them.
    const std::size_t every = std::max<std::size_t>(1, view.distance_m.size() / kMostCorners);
    for (std::size_t i = 0; i < view.distance_m.size(); ++i) {
      if (i % every == 0 || i == view.tightest || i + 1 == view.distance_m.size()) points_.push_back(i);
    }
  }

  [[nodiscard]] std::string svg(const std::string& title) const {
    const SvgPlot plot{.width = kProfileWidth, .height = kProfileHeight, .label_gap = 6.0};
    std::string out =
        fmt::format("<svg class=\"plot\" viewBox=\"-52 -16 {:g} {:g}\" role=\"img\" aria-label=\"{}\">",
                    kProfileWidth + 66.0, kProfileHeight + 50.0, escape_html(title));
    for (double level_m = low_m_; level_m <= high_m_; level_m += step_m_)
      out += plot.level(y(level_m), figure(level_m));
    out += area(view_.surface_m, "#8fbf9f") + area(view_.ground_m, "#b9b5a8");
    out += outline(view_.worst_surface_m, "stroke:#56635f;stroke-width:1;stroke-dasharray:3 3");
    out += zone(1.0, "fill:#d55e00;fill-opacity:.10;stroke:#d55e00;stroke-width:.7;stroke-dasharray:2 3");
    out += zone(kCustomaryShare, "fill:#d55e00;fill-opacity:.18;stroke:none");
    out += outline(view_.ray_m, "stroke:#d55e00;stroke-width:1.6");
    out += masts() + tightest();
    return out + axes(plot) + "</svg>";
  }

 private:
  [[nodiscard]] double x(double at_m) const { return kProfileWidth * at_m / view_.distance_m.back(); }
  [[nodiscard]] double y(double asl_m) const { return kProfileHeight * (high_m_ - asl_m) / (high_m_ - low_m_); }

  [[nodiscard]] std::string area(const std::vector<double>& heights_m, const char* colour) const {
    SvgPath path(1);
    path.to(0.0, kProfileHeight);
    for (const std::size_t i : points_) path.to(x(view_.distance_m[i]), y(heights_m[i]));
    path.to(kProfileWidth, kProfileHeight).close();
    return fmt::format("<path d=\"{}\" style=\"fill:{};stroke:none\"/>", path.data(), colour);
  }

  [[nodiscard]] std::string outline(const std::vector<double>& heights_m, const char* style) const {
    SvgPath path(1);
    for (const std::size_t i : points_) path.to(x(view_.distance_m[i]), y(heights_m[i]));
    return fmt::format("<path d=\"{}\" style=\"fill:none;{}\"/>", path.data(), style);
  }

  [[nodiscard]] std::string zone(double share, const char* style) const {
    SvgPath path(1);
    for (const std::size_t i : points_)
      path.to(x(view_.distance_m[i]), y(view_.ray_m[i] + share * view_.fresnel_m[i]));
    for (auto i = points_.rbegin(); i != points_.rend(); ++i)
      path.to(x(view_.distance_m[*i]), y(view_.ray_m[*i] - share * view_.fresnel_m[*i]));
    path.close();
    return fmt::format("<path d=\"{}\" style=\"{}\"/>", path.data(), style);
  }

  [[nodiscard]] std::string masts() const {
    std::string out;
    for (const std::size_t i : {std::size_t{0}, view_.ray_m.size() - 1}) {
      out += fmt::format("<path d=\"M{:.1f} {:.1f}V{:.1f}\" style=\"stroke:#111;stroke-width:3\"/>",
                         x(view_.distance_m[i]), y(view_.ground_m[i]), y(view_.ray_m[i]));
    }
    return out;
  }

  [[nodiscard]] std::string tightest() const {
    return fmt::format(
        "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" style=\"fill:none;stroke:#111;stroke-width:1.4\">{}</circle>",
        x(view_.distance_m[view_.tightest]), y(view_.surface_m[view_.tightest]),
        svg_title(
            fmt::format("{:.2f} F1, {:.2f} km", view_.least_share, 1e-3 * view_.distance_m[view_.tightest])));
  }

  [[nodiscard]] std::string axes(const SvgPlot& plot) const {
    const double km = 1e-3 * view_.distance_m.back();
    const double step = round_length(km / 4.0);
    std::string out;
    for (int k = 0; k * step <= km * 1.0001; ++k) {
      const int decimals = step < 0.1 ? 2 : step < 1.0 ? 1 : 0;
      out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>",
                         kProfileWidth * k * step / km, plot.height + 16.0, figure(k * step, decimals));
    }
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", kProfileWidth + 12.0,
                       plot.height + 30.0, escape_html(phrases::kDistanceAxis.in(language_)));
    return out +
           fmt::format("<text x=\"-46\" y=\"-6\">{}</text>", escape_html(phrases::kHeightAxis.in(language_)));
  }

  const HopView& view_;
  Language language_;
  double low_m_ = 0.0;
  double high_m_ = 0.0;
  double step_m_ = 1.0;
  std::vector<std::size_t> points_{};
};

}  // namespace

std::string hop_profile_svg(const HopView& view, const std::string& title, Language language) {
  return HopDrawing(view, language).svg(title);
}

}  // namespace amaneku::scenarios
