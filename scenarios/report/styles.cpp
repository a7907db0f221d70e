#include "scenarios/report/styles.hpp"

#include <fmt/format.h>

#include <cmath>

#include "scenarios/report/html.hpp"
#include "scenarios/report/legend.hpp"

namespace amaneku::scenarios {
namespace {

std::string rgba(Rgba c) {
  return fmt::format("{},{},{},{}", c.r, c.g, c.b, c.a);
}

std::string option(std::string_view key, std::string_view value) {
  return fmt::format("<Option type=\"QString\" name=\"{}\" value=\"{}\"/>", key, value);
}

std::string symbol(SymbolKind kind, std::size_t name, Rgba colour, double size_mm) {
  static constexpr const char* kTypes[] = {"marker", "line", "fill"};
  static constexpr const char* kClasses[] = {"SimpleMarker", "SimpleLine", "SimpleFill"};
  const auto which = static_cast<std::size_t>(kind);
  std::string options;
  if (kind == SymbolKind::marker) {
    options = option("color", rgba(colour)) + option("name", "circle") +
              option("outline_color", "255,255,255,255") + option("size", fmt::format("{}", size_mm)) +
              option("size_unit", "MM");
  } else if (kind == SymbolKind::line) {
    options = option("line_color", rgba(colour)) + option("line_width", fmt::format("{}", size_mm)) +
              option("line_width_unit", "MM");
  } else {
    options = option("color", rgba(colour)) + option("outline_color", "60,60,60,255") +
              option("outline_style", size_mm > 0.0 ? "solid" : "no") +
              option("outline_width", fmt::format("{}", size_mm)) +
              option("style", colour.a == 0 ? "no" : "solid");
  }
  return fmt::format(
      "<symbol type=\"{}\" name=\"{}\" alpha=\"1\" clip_to_extent=\"1\"><layer class=\"{}\" enabled=\"1\" "
      "locked=\"0\" "
      "pass=\"0\"><Option type=\"Map\">{}</Option></layer></symbol>",
      kTypes[which], name, kClasses[which], options);
}

std::string vector_qml(const std::string& renderer) {
  return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22\" "
         "styleCategories=\"Symbology\">" +
         renderer + "</qgis>\n";
}

}  // namespace

std::string single_symbol_qml(SymbolKind kind, Rgba colour, double size_mm) {
  return vector_qml("<renderer-v2 type=\"singleSymbol\"><symbols>" + symbol(kind, 0, colour, size_mm) +
                    "</symbols></renderer-v2>");
}

std::string categorised_qml(SymbolKind kind, const std::string& field,
                            const std::vector<StyleCategory>& categories, double size_mm) {
  std::string rows;
  std::string symbols;
  for (std::size_t i = 0; i < categories.size(); ++i) {
    rows += fmt::format("<category symbol=\"{}\" value=\"{}\" label=\"{}\" render=\"true\"/>", i,
                        escape_html(categories[i].value), escape_html(categories[i].label));
    symbols += symbol(kind, i, categories[i].colour, size_mm);
  }
  return vector_qml(
      fmt::format("<renderer-v2 type=\"categorizedSymbol\" attr=\"{}\"><categories>{}</categories><symbols>{}"
                  "</symbols></renderer-v2>",
                  escape_html(field), rows, symbols));
}

std::string graduated_qml(SymbolKind kind, const std::string& field, const std::vector<double>& bounds,
                          const std::vector<Rgba>& colours) {
  std::string rows;
  std::string symbols;
  for (std::size_t i = 0; i + 1 < bounds.size() && i < colours.size(); ++i) {
    rows += fmt::format("<range symbol=\"{}\" lower=\"{}\" upper=\"{}\" label=\"{} - {}\" render=\"true\"/>", i,
                        bounds[i], bounds[i + 1], bounds[i], bounds[i + 1]);
    symbols += symbol(kind, i, colours[i], kind == SymbolKind::line ? 0.6 : 0.0);
  }
  return vector_qml(
      fmt::format("<renderer-v2 type=\"graduatedSymbol\" attr=\"{}\" graduatedMethod=\"GraduatedColor\"><ranges>{}"
                  "</ranges><symbols>{}</symbols></renderer-v2>",
                  escape_html(field), rows, symbols));
}

std::string paletted_raster_qml(const std::vector<StyleCategory>& categories) {
  std::string entries;
  for (const StyleCategory& category : categories) {
    entries += fmt::format("<paletteEntry value=\"{}\" color=\"{}\" label=\"{}\" alpha=\"{}\"/>",
                           escape_html(category.value), hex_colour(category.colour), escape_html(category.label),
                           category.colour.a);
  }
  return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22\" "
         "styleCategories=\"Symbology\"><pipe>"
         "<rasterrenderer type=\"paletted\" band=\"1\" opacity=\"0.8\" "
         "alphaBand=\"-1\"><rasterTransparency/><colorPalette>" +
         entries + "</colorPalette></rasterrenderer></pipe></qgis>\n";
}

Rgba categorical_colour(std::size_t index) noexcept {
  const double hue = 6.0 * std::fmod(0.618033988749895 * static_cast<double>(index), 1.0);
  const double high = index % 2 == 0 ? 0.85 : 0.65;
  const double low = 0.25 * high;
  const auto channel = [&](double shift) {
    const double k = std::fmod(hue + shift, 6.0);
    const double up = std::fmin(1.0, std::fmax(0.0, std::fmin(k, 4.0 - k)));
    return static_cast<std::uint8_t>(std::lround(255.0 * (high - (high - low) * up)));
  };
  return {channel(5.0), channel(3.0), channel(1.0)};
}

}  // namespace amaneku::scenarios
