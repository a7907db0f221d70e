#include <fmt/format.h>

#include <cctype>
#include <cmath>

#include "scenarios/report/html.hpp"
#include "scenarios/report/report_context.hpp"

namespace amaneku::scenarios {
namespace {

/// "coverage-map": what links of the page go to, the same in every language.
std::string anchor(std::string_view english) {
  std::string id;
  for (const char c : english) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      id += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!id.empty() && id.back() != '-')
      id += '-';
  }
  return id;
}

}  // namespace

std::string said(const ReportContext& context, const Phrase& phrase,
                 std::initializer_list<std::string_view> arguments) {
  return escape_html(fill(phrase.in(context.language), arguments));
}

std::string card(const std::string& title, const std::string& value, const std::string& unit,
                 const std::string& detail) {
  return fmt::format(
      "<div class=\"card\"><div class=\"k\">{}</div><div class=\"v\">{}<small>{}</small></div>"
      "<div class=\"d\">{}</div></div>\n",
      title, value, unit, detail);
}

std::string heading(const ReportContext& context, const Phrase& title) {
  return "<h2 id=\"" + anchor(title.in(Language::en)) + "\">" + said(context, title) + "</h2>\n";
}

std::string paragraph(const std::string& html, std::string_view css_class) {
  return fmt::format("<p class=\"{}\">{}</p>\n", css_class, html);
}

std::string class_text(const ReportContext& context, const LegendClass& c) {
  if (std::isinf(c.min) && std::isinf(c.max)) return said(context, phrases::kAllValues);
  const std::string low = figure(c.min, c.min == std::floor(c.min) ? 0 : 1);
  const std::string high = figure(c.max, c.max == std::floor(c.max) ? 0 : 1);
  if (std::isinf(c.max)) return said(context, phrases::kAtLeast, {low});
  if (std::isinf(c.min)) return said(context, phrases::kBelow, {high});
  return said(context, phrases::kBetween, {low, high});
}

const Phrase& road_name(RoadRank rank) {
  switch (rank) {
    case RoadRank::expressway:
      return phrases::kExpressway;
    case RoadRank::national:
      return phrases::kNational;
    case RoadRank::prefectural:
      return phrases::kPrefectural;
    case RoadRank::local:
      return phrases::kLocal;
  }
  throw InternalError("a road rank without a name");
}

std::string road_class_name(const std::string& road_class, Language language) {
  const bool own_word = road_class == "expressway" || road_class == "national" || road_class == "prefectural" ||
                        road_class == "local";
  return own_word ? std::string(road_name(road_rank(road_class)).in(language)) : road_class;
}

}  // namespace amaneku::scenarios
