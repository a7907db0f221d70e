#include "scenarios/tables/kml_text.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <vector>

#include "scenarios/report/column_names.hpp"
#include "scenarios/report/html.hpp"
#include "terrain/raster/raster_io.hpp"

namespace amaneku::scenarios {
namespace {

/// The value of an attribute of the first element in `xml`, as it stands there; empty where there is none.
std::string_view attribute_of(std::string_view xml, std::string_view name) {
  const std::string key = " " + std::string(name) + "=\"";
  const std::size_t at = xml.find(key);
  if (at == std::string_view::npos) return {};
  const std::size_t from = at + key.size();
  return xml.substr(from, xml.find('"', from) - from);
}

/// Calls visit(element) for every "<NAME ..." of the text.
template <class Visit>
void each(std::string_view xml, std::string_view name, const Visit& visit) {
  const std::string open = "<" + std::string(name) + " ";
  for (std::size_t at = xml.find(open); at != std::string_view::npos; at = xml.find(open, at + 1))
    visit(xml.substr(at));
}

double number_of(std::string_view text) {
  double value = std::nan("");
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Rgba colour_of(std::string_view text) {
  std::array<int, 4> parts{0, 0, 0, 255};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int& part : parts) {
    at = std::from_chars(at, end, part).ptr;
    if (at == end) break;
    ++at;
  }
  const auto byte = [](int value) { return static_cast<std::uint8_t>(value); };
  return {byte(parts[0]), byte(parts[1]), byte(parts[2]), byte(parts[3])};
}

/// A class of the style: a value of its column, or a range of it.
struct StyleClass {
  std::string value{};  ///< escaped, as it stands in the style
  double lower = 0.0;
  double upper = 0.0;
  std::string label{};  ///< escaped
};

/// What a style of report/styles.hpp says.
struct Style {
  std::string column{};  ///< "": one class for all
  bool ranges = false;
  std::vector<StyleClass> classes{};
  std::vector<Rgba> colours{};  ///< [class]

  explicit Style(std::string_view qml) {
    const std::size_t at = qml.find("<renderer-v2 ");
    const std::string_view renderer = at == std::string_view::npos ? std::string_view() : qml.substr(at);
    column = attribute_of(renderer.substr(0, renderer.find('>')), "attr");
    each(renderer, "category", [&](std::string_view element) {
      classes.push_back({.value = std::string(attribute_of(element, "value")),
                         .label = std::string(attribute_of(element, "label"))});
    });
    each(renderer, "range", [&](std::string_view element) {
      ranges = true;
      classes.push_back({.lower = number_of(attribute_of(element, "lower")),
                         .upper = number_of(attribute_of(element, "upper")),
                         .label = std::string(attribute_of(element, "label"))});
    });
    each(renderer, "symbol", [&](std::string_view element) { colours.push_back(symbol_colour(element)); });
    if (colours.empty()) colours.push_back({0, 114, 178});
  }

  /// The colour of the fill, of the line where there is none.
  static Rgba symbol_colour(std::string_view symbol) {
    const std::string_view own = symbol.substr(0, symbol.find("</symbol>"));
    for (const char* name : {"color", "line_color"}) {
      const std::string key = "name=\"" + std::string(name) + "\"";
      if (const std::size_t at = own.find(key); at != std::string_view::npos)
        return colour_of(attribute_of(own.substr(at), "value"));
    }
    return {0, 114, 178};
  }

  /// Index of the class of a feature; 0 of a style of one class, and where no class fits.
  [[nodiscard]] std::size_t class_of(const Layer& layer, const Feature& feature) const {
    for (std::size_t i = 0; i < layer.fields.size() && !column.empty(); ++i) {
      if (layer.fields[i].name != column) continue;
      const Attribute& value = feature.attributes[i];
      for (std::size_t c = 0; c < classes.size(); ++c) {
        if (ranges ? holds(classes[c], value) : escape_html(text_of(value)) == classes[c].value) return c;
      }
    }
    return 0;
  }

  static bool holds(const StyleClass& of, const Attribute& value) {
    const auto* number = std::get_if<double>(&value);
    return number != nullptr && *number >= of.lower && *number <= of.upper;
  }

  static std::string text_of(const Attribute& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    const auto* number = std::get_if<double>(&value);
    return number != nullptr && std::isfinite(*number) ? fmt::format("{}", *number) : std::string();
  }
};

/// "aabbggrr"
std::string kml_colour(Rgba colour, std::uint8_t alpha) {
  return fmt::format("{:02x}{:02x}{:02x}{:02x}", alpha, colour.b, colour.g, colour.r);
}

std::string styles_of(const Style& style) {
  std::string out;
  for (std::size_t i = 0; i < style.colours.size(); ++i) {
    const Rgba colour = style.colours[i];
    // What has no fill in the legend has none here; its edge is that of the legend's areas.
    const bool filled = colour.a > 0;
    const Rgba edge = filled ? colour : Rgba{60, 60, 60};
    out += fmt::format(
        "<Style "
        "id=\"class{0}\"><IconStyle><color>{1}</color></IconStyle><LabelStyle><scale>0.8</scale></"
        "LabelStyle><LineStyle><color>{1}</color><width>2</width>"
        "</LineStyle><PolyStyle><color>{2}</color><fill>{3}</fill></PolyStyle></Style>\n",
        i, kml_colour(edge, 255), kml_colour(colour, filled ? 128 : 0), filled ? 1 : 0);
  }
  return out;
}

class KmlGeometry {
 public:
  explicit KmlGeometry(const Crs& crs) : crs_(crs) {}

  [[nodiscard]] std::string of(const Geometry& geometry) const {
    if (const auto* point = std::get_if<Point>(&geometry))
      return "<Point><coordinates>" + place(*point) + "</coordinates></Point>";
    if (const auto* line = std::get_if<Line>(&geometry))
      return "<LineString><tessellate>1</tessellate><coordinates>" + places(*line) + "</coordinates></LineString>";
    std::string parts;
    for (const Polygon& part : std::get<MultiPolygon>(geometry).parts) {
      parts += "<Polygon><outerBoundaryIs>" + ring(part.outer) + "</outerBoundaryIs>";
      for (const Line& hole : part.holes) parts += "<innerBoundaryIs>" + ring(hole) + "</innerBoundaryIs>";
      parts += "</Polygon>";
    }
    return "<MultiGeometry>" + parts + "</MultiGeometry>";
  }

 private:
  [[nodiscard]] std::string place(Point at) const {
    const LonLat where = crs_.to_lonlat(at);
    return fmt::format("{:.7f},{:.7f}", where.lon_deg, where.lat_deg);
  }
  [[nodiscard]] std::string places(const Line& line) const {
    std::string out;
    for (const Point at : line) out += (out.empty() ? "" : " ") + place(at);
    return out;
  }
  [[nodiscard]] std::string ring(const Line& line) const {
    return "<LinearRing><coordinates>" + places(line) + "</coordinates></LinearRing>";
  }

  const Crs& crs_;
};

/// Of the first of these columns that has a text.
std::string own_name(const Layer& layer, const Feature& feature) {
  for (const char* wanted : {"name", "site", "site_id", "id"}) {
    for (std::size_t i = 0; i < layer.fields.size(); ++i) {
      if (layer.fields[i].name != wanted) continue;
      const std::string text = Style::text_of(feature.attributes[i]);
      if (!text.empty()) return escape_html(text);
    }
  }
  return {};
}

std::string data_of(const Layer& layer, const Feature& feature, Language language) {
  std::string out;
  for (std::size_t i = 0; i < layer.fields.size(); ++i) {
    const std::string& column = layer.fields[i].name;
    out += fmt::format("<Data name=\"{}\"><displayName>{}</displayName><value>{}</value></Data>",
                       escape_html(column), escape_html(column_name(column, language)),
                       escape_html(Style::text_of(feature.attributes[i])));
  }
  return out;
}

}  // namespace

std::string kml_of(const Layer& layer, const Crs& crs, Language language) {
  const Style style(layer.qml);
  const KmlGeometry geometry(crs);
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document "
      "id=\"" +
      escape_html(layer.name) + "\"><name>" + escape_html(layer.name) + "</name>\n" + styles_of(style);
  for (const Feature& feature : layer.features) {
    const std::size_t index = style.class_of(layer, feature);
    const std::string label = index < style.classes.size() ? style.classes[index].label : std::string();
    const std::string name = own_name(layer, feature);
    out += fmt::format(
        "<Placemark><name>{}{}{}</name><styleUrl>#class{}</styleUrl><ExtendedData>{}</ExtendedData>{}"
        "</Placemark>\n",
        name, name.empty() || label.empty() ? "" : " – ", label, index, data_of(layer, feature, language),
        geometry.of(feature.geometry));
  }
  return out + "</Document>\n</kml>\n";
}

}  // namespace amaneku::scenarios
