#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/ask/compare/compare_words.hpp"
#include "scenarios/ask/vary/variants.hpp"
#include "scenarios/ask/vary/vary_phrases.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/html_table.hpp"
#include "scenarios/report/page_style.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/report/svg.hpp"
#include "scenarios/report/text_table.hpp"

namespace amaneku::scenarios {
namespace {

/// Of the many, those that tell variants apart.
constexpr std::array<std::string_view, 12> kShown = {
    "population_coverage_percent", "people_served_percent", "dl_p50_mbps",      "ul_p50_mbps",
    "area_coverage_percent",       "road_coverage_percent", "targets_met",      "capex_jpy",
    "net_present_value_jpy",       "national_jpy",          "municipality_jpy", "municipality_after_bonds_jpy"};
/// Of these, those whose swings are drawn.
constexpr std::array<std::string_view, 4> kDrawn = {"population_coverage_percent", "dl_p50_mbps",
                                                    "net_present_value_jpy", "municipality_after_bonds_jpy"};

std::vector<const ComparedFigure*> shown(const Variation& variation) {
  std::vector<const ComparedFigure*> out;
  for (const std::string_view key : kShown) {
    const auto found = std::find_if(variation.figures.begin(), variation.figures.end(),
                                    [&](const ComparedFigure& figure) { return figure.key == key; });
    if (found != variation.figures.end()) out.push_back(&*found);  // of roads the first class, the highest
  }
  return out;
}

bool is_technology(const VariedPlan& plan) {
  return plan.variant.kind == Variant::Kind::technology;
}

class VaryPage {
 public:
  VaryPage(const Variation& variation, Language language) : variation_(variation), language_(language) {}

  [[nodiscard]] std::string html() const {
    std::string out = head();
    const auto any = [&](bool technology) {
      return std::any_of(variation_.plans.begin(), variation_.plans.end(), [&](const VariedPlan& plan) {
        return plan.variant.kind != Variant::Kind::base && is_technology(plan) == technology;
      });
    };
    if (any(true))
      out += "<h2>" + say(varied::kTechnologies) + "</h2>\n" + note(say(varied::kTechnologiesNote)) + table(true);
    if (any(false)) {
      out += "<h2>" + say(varied::kValues) + "</h2>\n" + table(false) + note(say(varied::kDifferences));
      for (const std::string_view key : kDrawn) {
        for (const ComparedFigure& figure : variation_.figures) {
          if (figure.key == key) out += tornado(figure);
        }
      }
      out += note(say(varied::kTornadoNote));
    }
    return out + "</main>\n</body>\n</html>\n";
  }

 private:
  [[nodiscard]] std::string say(const Phrase& phrase,
                                std::initializer_list<std::string_view> arguments = {}) const {
    return escape_html(fill(phrase.in(language_), arguments));
  }
  [[nodiscard]] static std::string note(const std::string& html) { return "<p class=\"note\">" + html + "</p>\n"; }

  [[nodiscard]] std::string head() const {
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
        "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} – {}</title>\n"
        "<style>{}main{{max-width:1500px}}table{{font-size:.8rem}}svg.swing{{display:block;width:100%;max-width:"
        "900px;height:auto}}svg.swing "
        "text{{font:12px system-ui,sans-serif;fill:#1b2423}}</style>\n</head>\n<body>\n<main>\n"
        "<header>\n<p class=\"over\">amaneku · {}</p>\n<h1>{}</h1>\n",
        language_ == Language::ja ? "ja" : "en", user_text(variation_.title), say(varied::kTitle), kPageStyle,
        say(varied::kTitle), user_text(variation_.title));
    if (variation_.synthetic)
      out += fmt::format("<div class=\"synthetic\" role=\"note\"><strong>{}</strong> {}</div>\n",
                         say(phrases::kSynthetic), say(phrases::kSyntheticNote));
    return out + "</header>\n";
  }

  [[nodiscard]] std::string table(bool technologies) const {
    HtmlTable out(language_);
    out.column(varied::kVariant);
    const std::vector<const ComparedFigure*> figures = shown(variation_);
    for (const ComparedFigure* figure : figures) out.column(*figure->label, {part_name(*figure)}, true);
    out.column(varied::kWarnings, true);
    for (std::size_t i = 0; i < variation_.plans.size(); ++i) {
      const VariedPlan& plan = variation_.plans[i];
      const bool base = plan.variant.kind == Variant::Kind::base;
      if (!base && is_technology(plan) != technologies) continue;
      std::string name = user_text(variant_name(plan.variant, language_));
      if (plan.variant.carrier)
        name += "<br><small>" + escape_html(carrier_text(plan.variant, language_)) + "</small>";
      std::vector<Cell> cells = {{.html = name}};
      for (const ComparedFigure* figure : figures) {
        std::string text = escape_html(figure_value(*figure, i));
        if (!base && !technologies && figure_value(*figure, i) != figure_value(*figure, 0))
          text += "<br><small>" + escape_html(figure_difference(*figure, i, language_)) + "</small>";
        cells.push_back({.html = text, .number = true});
      }
      cells.push_back(number(static_cast<double>(plan.warnings)));
      out.row(cells, base ? "sum" : "");
    }
    return out.html();
  }

  /// What stands for {0} in the label.
  [[nodiscard]] std::string part_name(const ComparedFigure& figure) const {
    return figure.part.empty() ? std::string{} : road_class_name(figure.part, language_);
  }

  [[nodiscard]] std::string tornado(const ComparedFigure& figure) const {
    const std::vector<Swing> all = swings(variation_, figure);
    double least = 0.0;
    double most = 0.0;
    for (const Swing& swing : all) {
      least = std::min(least, swing.low);
      most = std::max(most, swing.high);
    }
    if (!(most - least > 0.0)) return {};
    constexpr double kLeft = 270.0;
    constexpr double kWidth = 900.0;
    constexpr double kRow = 24.0;
    constexpr double kRoom = 96.0;  // for the figures at the ends of the bars
    const double scale = (kWidth - kLeft - 2.0 * kRoom) / (most - least);
    const auto x = [&](double value) { return kLeft + kRoom + scale * (value - least); };
    const double height = kRow * static_cast<double>(all.size()) + 8.0;
    const std::string title = say(varied::kTornado, {figure_label(figure, language_)});
    std::string out = fmt::format(
        "<figure><h3>{}</h3>\n<svg class=\"swing\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\">"
        "{}",
        title, kWidth, height, svg_title(figure_label(figure, language_)));
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Swing& swing = all[i];
      const double top = kRow * static_cast<double>(i) + 4.0;
      const double from = std::min(swing.low, 0.0);
      const double to = std::max(swing.high, 0.0);
      out += fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", kLeft - 8.0, top + 15.0,
                         user_text(swing.name, 44));
      const auto bar = [&](double a, double b, const char* colour) {
        if (b > a)
          out += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"16\" fill=\"{}\"/>", x(a),
                             top + 2.0, x(b) - x(a), colour);
      };
      bar(from, 0.0, "#0072b2");
      bar(0.0, to, "#e6781e");
      if (from < 0.0)
        out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", x(from) - 4.0,
                           top + 15.0, escape_html(signed_figure(from, figure.decimals)));
      if (to > 0.0 || from == 0.0)
        out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", x(to) + 4.0, top + 15.0,
                           escape_html(signed_figure(to, figure.decimals)));
    }
    out += fmt::format("<path d=\"M{0:.1f} 0V{1:.1f}\" stroke=\"#1b2423\"/></svg></figure>\n", x(0.0), height);
    return out;
  }

  const Variation& variation_;
  Language language_;
};

}  // namespace

std::string variation_html(const Variation& variation, Language language) {
  return VaryPage(variation, language).html();
}

std::string variation_text(const Variation& variation, Language language) {
  TextTable table;
  std::vector<std::string> head = {std::string(varied::kVariant.in(language))};
  std::vector<std::string> numbers;
  const std::vector<const ComparedFigure*> figures = shown(variation);
  std::string legend;
  std::string legend_of_carriers;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    head.push_back(fmt::format("({})", i + 1));
    legend += fmt::format("  ({}) {}\n", i + 1, figure_label(*figures[i], language));
  }
  table.row(std::move(head));
  for (std::size_t i = 0; i < variation.plans.size(); ++i) {
    const Variant& variant = variation.plans[i].variant;
    const std::string carrier = carrier_text(variant, language);
    std::vector<std::string> cells = {variant_name(variant, language)};
    if (!carrier.empty()) legend_of_carriers += fmt::format("  {}: {}\n", cells.front(), carrier);
    for (const ComparedFigure* figure : figures) cells.push_back(figure_value(*figure, i));
    table.row(std::move(cells));
  }
  return variation.title + '\n' + table.text() + legend + legend_of_carriers;
}

}  // namespace amaneku::scenarios
