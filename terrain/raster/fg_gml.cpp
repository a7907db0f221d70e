#include "terrain/raster/fg_gml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <optional>
#include <pugixml.hpp>

#include "terrain/error.hpp"
#include "terrain/range.hpp"
#include "terrain/raster/raster.hpp"

namespace amaneku {
namespace {

constexpr long long kMaxCells = 4'000'000;
constexpr float kNoDataAtMost_m = -9998.5F;  // "-9999." and its roundings
constexpr Range kHeight_m{-500.0, 9000.0};

[[noreturn]] void refuse_fg_gml(const std::string& name, std::string message, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(message), .file = name, .legal = std::move(legal)});
}

/// The text of the first element of this local name, whatever its prefix, at or after `from`.
std::optional<std::string_view> element_text(std::string_view xml, std::string_view local_name, std::size_t from) {
  for (std::size_t at = xml.find(local_name, from); at != std::string_view::npos;
       at = xml.find(local_name, at + 1)) {
    const bool opens = at > 0 && (xml[at - 1] == '<' || xml[at - 1] == ':');
    const std::size_t after = at + local_name.size();
    if (!opens || after >= xml.size() || xml[after] != '>') continue;
    const std::size_t end = xml.find('<', after);
    if (end == std::string_view::npos) return std::nullopt;
    return xml.substr(after + 1, end - after - 1);
  }
  return std::nullopt;
}

template <class Number>
std::array<Number, 2> two_numbers(std::string_view text, const std::string& name, const char* element) {
  std::array<Number, 2> out{};
  const char* at = text.data();
  const char* end = text.data() + text.size();
  for (Number& number : out) {
    while (at < end && static_cast<unsigned char>(*at) <= ' ') ++at;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc{}) refuse_fg_gml(name, fmt::format("<{}> does not hold two numbers", element));
    at = next;
  }
  return out;
}

std::string_view required(std::string_view xml, const char* element, std::size_t from, const std::string& name) {
  const std::optional<std::string_view> text = element_text(xml, element, from);
  if (!text) refuse_fg_gml(name, fmt::format("is no FG-GML elevation file: <{}> is missing", element));
  return *text;
}

/// "fguuid:jgd2011.bl" -> "jgd2011".
std::string datum_of(std::string_view xml, const std::string& name) {
  constexpr std::string_view kPrefix = "fguuid:";
  const std::size_t at = xml.find(kPrefix);
  const std::string_view rest = at == std::string_view::npos ? "" : xml.substr(at + kPrefix.size());
  for (const std::string_view datum : {"jgd2000", "jgd2011", "jgd2024"}) {
    if (rest.starts_with(datum) && rest.substr(datum.size()).starts_with(".bl")) return std::string(datum);
  }
  refuse_fg_gml(name, "is not in geographic coordinates that are known here",
                "srsName fguuid:jgd2000.bl, fguuid:jgd2011.bl or fguuid:jgd2024.bl");
}

/// GSI writes "DEM5A" and "dem10b".
std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

/// "FG-GML-5238-57-dem10b-20161001.xml" -> "DEM10B".
std::string kind_of(const std::string& name) {
  const std::string file = upper(std::filesystem::path(name).filename().string());
  for (const char* kind : {"DEM1A", "DEM1B", "DEM5A", "DEM5B", "DEM5C", "DEM10A", "DEM10B"}) {
    if (file.find(kind) != std::string::npos) return kind;
  }
  return "DEM";
}

void refuse_doctype(std::string_view text, const std::string& name) {
  if (text.find("<!DOCTYPE") != std::string_view::npos || text.find("<!ENTITY") != std::string_view::npos) {
    refuse_fg_gml(name, "holds a DOCTYPE; entities are not expanded and official files have none");
  }
}

// ---- the heights -------------------------------------------------------------------------------------

enum class Surface { height, sea, none };

struct SurfaceWord {
  std::string_view word;
  Surface surface;
};

constexpr std::array<SurfaceWord, 6> kSurfaces{{{"地表面", Surface::height},
                                                {"表層面", Surface::height},
                                                {"内水面", Surface::height},
                                                {"その他", Surface::height},
                                                {"海水面", Surface::sea},
                                                {"データなし", Surface::none}}};
constexpr const char* kSurfaceLegal = "地表面, 表層面, 内水面, 海水面, データなし, その他";

struct Problem {
  const char* where;
  std::string message;
  std::string value{};
  std::string legal{};
};

/// Scans "type,height" tuples. Positions in the text give the line numbers of errors.
class TupleScanner {
 public:
  TupleScanner(const char* text, std::size_t size, bool sea_is_zero)
      : at_(text), end_(text + size), sea_m_(sea_is_zero ? 0.0F : kNoData) {}

  /// False at the end of the list, and after a problem.
  bool next(float& height_m) {
    while (at_ < end_ && static_cast<unsigned char>(*at_) <= ' ') ++at_;
    if (at_ >= end_) return false;
    const std::optional<Surface> surface = word();
    if (!surface) return false;
    return number(*surface, height_m);
  }

  [[nodiscard]] const std::optional<Problem>& problem() const { return problem_; }
  [[nodiscard]] const char* position() const { return at_; }

 private:
  std::optional<Surface> word() {
    for (const SurfaceWord& known : kSurfaces) {
      const std::size_t n = known.word.size();
      if (static_cast<std::size_t>(end_ - at_) > n && at_[n] == ',' &&
          std::memcmp(at_, known.word.data(), n) == 0) {
        at_ += n + 1;
        return known.surface;
      }
    }
    fail("the kind of surface is not known", kSurfaceLegal);
    return std::nullopt;
  }

  bool number(Surface surface, float& height_m) {
    const auto [after, error] = std::from_chars(at_, end_, height_m);
    const bool ends = after == end_ || static_cast<unsigned char>(*after) <= ' ';
    if (error != std::errc{} || !ends)
      return fail("the height is not a number", "a number such as 57.65 or -9999.");
    const bool no_data = height_m <= kNoDataAtMost_m && height_m >= -10000.0F;
    if (!no_data && !kHeight_m.contains(static_cast<double>(height_m))) {
      return fail("the height cannot be", kHeight_m.text() + " m, or -9999. for no data");
    }
    if (surface == Surface::sea)
      height_m = sea_m_;
    else if (surface == Surface::none || no_data)
      height_m = kNoData;
    at_ = after;
    return true;
  }

  bool fail(std::string message, std::string legal) {
    const char* stop = std::find_if(at_, end_, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
    problem_ = Problem{at_, std::move(message), std::string(at_, std::min(stop, at_ + 40)), std::move(legal)};
    return false;
  }

  const char* at_;
  const char* end_;
  float sea_m_;
  std::optional<Problem> problem_;
};

pugi::xml_node child(const pugi::xml_node& parent, std::string_view local_name) {
  for (const pugi::xml_node& node : parent.children()) {
    std::string_view name = node.name();
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    if (name == local_name) return node;
  }
  return {};
}

pugi::xml_node descend(pugi::xml_node node, std::initializer_list<const char*> path, const std::string& name) {
  for (const char* step : path) {
    node = child(node, step);
    if (!node) refuse_fg_gml(name, fmt::format("is no FG-GML elevation file: <{}> is missing", step));
  }
  return node;
}

/// Index of the first cell of the list.
std::size_t first_cell(const pugi::xml_node& function, const FgGmlHeader& header, const std::string& name) {
  const std::string_view order = child(function, "sequenceRule").attribute("order").value();
  if (order != "+x-y") refuse_fg_gml(name, fmt::format("the order of the cells is \"{}\"", order), "+x-y");
  const pugi::xml_node start = child(function, "startPoint");
  if (!start) return 0;
  const auto [x, y] = two_numbers<int>(start.text().get(), name, "startPoint");
  if (x < 0 || y < 0 || x >= header.nx || y >= header.ny) {
    refuse_fg_gml(
        name, fmt::format("<startPoint> {} {} lies outside of the grid of {} x {}", x, y, header.nx, header.ny));
  }
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(header.nx) + static_cast<std::size_t>(x);
}

/// Puts the heights into the cells from `first` on.
std::optional<Problem> fill(FgGmlTile& tile, std::size_t first, TupleScanner& scanner) {
  const std::size_t cells = static_cast<std::size_t>(tile.header.nx) * static_cast<std::size_t>(tile.header.ny);
  tile.height_asl_m.assign(cells, kNoData);
  std::size_t cell = first;
  for (float height_m = 0.0F; scanner.next(height_m); ++cell) {
    if (cell >= cells) {
      return Problem{scanner.position(),
                     fmt::format("holds more heights than the {} cells after its start point", cells - first)};
    }
    tile.height_asl_m[cell] = height_m;
  }
  if (!scanner.problem() && cell == first) return Problem{scanner.position(), "holds no heights"};
  return scanner.problem();
}

/// From 1; 0 for a place outside of the text, such as the heights of an empty element.
int line_of(const char* where, const std::string& text) {
  const bool inside = !std::less<>{}(where, text.data()) && std::less<>{}(where, text.data() + text.size());
  return inside ? static_cast<int>(1 + std::count(text.data(), where, '\n')) : 0;
}

}  // namespace

bool is_fg_gml_dem_name(std::string_view file_name) {
  const std::string name = upper(file_name);
  return name.starts_with("FG-GML-") && name.find("-DEM") != std::string::npos && name.ends_with(".XML");
}

FgGmlHeader read_fg_gml_header(std::string_view beginning, const std::string& name) {
  refuse_doctype(beginning, name);
  FgGmlHeader header{.kind = kind_of(name), .datum = datum_of(beginning, name)};
  header.mesh = element_text(beginning, "mesh", 0).value_or("");
  const auto lower = two_numbers<double>(required(beginning, "lowerCorner", 0, name), name, "lowerCorner");
  const auto upper = two_numbers<double>(required(beginning, "upperCorner", 0, name), name, "upperCorner");
  const auto low = two_numbers<int>(required(beginning, "low", 0, name), name, "low");
  const auto high = two_numbers<int>(required(beginning, "high", 0, name), name, "high");
  const bool on_earth = lower[0] >= -90.0 && upper[0] <= 90.0 && lower[1] >= -180.0 && upper[1] <= 180.0;
  if (!on_earth || !(lower[0] < upper[0]) || !(lower[1] < upper[1])) {
    refuse_fg_gml(name, "its corners span no area", "latitude before longitude, degrees, lower corner first");
  }
  const long long nx = static_cast<long long>(high[0]) - low[0] + 1;
  const long long ny = static_cast<long long>(high[1]) - low[1] + 1;
  if (nx < 1 || ny < 1 || nx > kMaxCells || ny > kMaxCells || nx * ny > kMaxCells) {
    refuse_fg_gml(name, fmt::format("claims a grid of {} x {} cells", nx, ny),
                  fmt::format("1 .. {} cells", kMaxCells));
  }
  header.box = {.west_deg = lower[1], .south_deg = lower[0], .east_deg = upper[1], .north_deg = upper[0]};
  header.nx = static_cast<int>(nx);
  header.ny = static_cast<int>(ny);
  return header;
}

FgGmlTile parse_fg_gml(std::string text, const std::string& name, bool sea_is_zero) {
  // The list of heights comes last: nothing of the header can hide behind it.
  const std::string_view whole = text;
  FgGmlTile tile{.header = read_fg_gml_header(whole.substr(0, whole.find("tupleList>")), name)};
  refuse_doctype(whole, name);
  const FgGmlHeader& header = tile.header;

  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer_inplace(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed)
    refuse_fg_gml(name, fmt::format("is not valid XML: {} at byte {}", parsed.description(), parsed.offset));
  const pugi::xml_node coverage = descend(document.document_element(), {"DEM", "coverage"}, name);
  const pugi::xml_node list = descend(coverage, {"rangeSet", "DataBlock", "tupleList"}, name);

  const std::size_t first =
      first_cell(descend(coverage, {"coverageFunction", "GridFunction"}, name), header, name);
  const char* tuples = list.text().get();
  TupleScanner scanner(tuples, std::strlen(tuples), sea_is_zero);
  if (const std::optional<Problem> problem = fill(tile, first, scanner)) {
    throw InputError(Fault{.message = problem->message,
                           .file = name,
                           .line = line_of(problem->where, text),
                           .key = "tupleList",
                           .value = problem->value,
                           .legal = problem->legal});
  }
  return tile;
}

}  // namespace amaneku
