#include "terrain/routes/route_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <string_view>

#include "terrain/routes/map_builder.hpp"
#include "terrain/routes/way_readers.hpp"
#include "terrain/vector/feature_io.hpp"

namespace amaneku {
namespace {

constexpr const char* kRouteFormats =
    "GeoPackage, GeoJSON, Shapefile, OpenStreetMap XML and PBF, Lanelet2, OpenDRIVE, SUMO network, GPX, CSV";

[[noreturn]] void refuse_route_file(const std::filesystem::path& path, std::string message) {
  throw InputError(Fault{.message = std::move(message), .file = path.string(), .legal = kRouteFormats});
}

std::string beginning_of(const std::filesystem::path& path, std::size_t bytes) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) refuse_route_file(path, "cannot be opened");
  std::string head(bytes, '\0');
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  return head;
}

std::string lower_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

/// The name of the first element: after the declaration, comments and other instructions.
std::string_view root_element(std::string_view xml) {
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    const std::string_view rest = xml.substr(at);
    if (rest.starts_with("<!--")) {
      at = xml.find("-->", at);
    } else if (rest.starts_with("<?") || rest.starts_with("<!")) {
      at = xml.find('>', at);
    } else {
      return rest.substr(1, rest.find_first_of(" \t\r\n/>", 1) - 1);
    }
    if (at == std::string_view::npos) break;
  }
  return {};
}

/// A Lanelet2 map has relations of the type lanelet; they come last in the file.
bool has_lanelets(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string buffer;
  std::array<char, 1 << 16> chunk{};
  while (stream.read(chunk.data(), chunk.size()) || stream.gcount() > 0) {
    buffer.append(chunk.data(), static_cast<std::size_t>(stream.gcount()));
    for (const char* mark : {"v=\"lanelet\"", "v='lanelet'"}) {
      if (buffer.find(mark) != std::string::npos) return true;
    }
    buffer.erase(0, buffer.size() - std::min<std::size_t>(buffer.size(), 16));
  }
  return false;
}

RouteFormat xml_format(const std::filesystem::path& path, std::string_view root) {
  if (root == "osm") return has_lanelets(path) ? RouteFormat::lanelet2 : RouteFormat::osm_xml;
  if (root == "OpenDRIVE") return RouteFormat::opendrive;
  if (root == "net") return RouteFormat::sumo;
  if (root == "gpx") return RouteFormat::gpx;
  refuse_route_file(path, fmt::format("is XML of <{}>, which is not read as routes", root.substr(0, 40)));
}

RouteFormat format_of(const std::filesystem::path& path) {
  constexpr std::size_t kHead = 65536;
  const std::string head = beginning_of(path, kHead);
  std::string_view text = head;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (text.starts_with(std::string_view("SQLite format 3\0", 16))) return RouteFormat::geopackage;
  if (text.starts_with(std::string_view("\0\0\x27\x0a", 4))) return RouteFormat::shapefile;
  if (text.substr(0, 64).find("OSMHeader") != std::string_view::npos) return RouteFormat::osm_pbf;
  if (text.starts_with("PK\x03\x04") || text.starts_with("\x1f\x8b"))
    refuse_route_file(path, "is packed (zip, gzip or an Excel workbook): unpack it and name the file inside");
  if (first != std::string_view::npos && text[first] == '{') return RouteFormat::geojson;
  if (first != std::string_view::npos && text[first] == '<') return xml_format(path, root_element(text));
  if (is_csv_name(path)) return RouteFormat::csv;
  if (first == std::string_view::npos) refuse_route_file(path, "is empty");
  const std::string extension = lower_extension(path);
  refuse_route_file(path, "is no file of routes that is known here" +
                              (extension.empty() ? "" : fmt::format(" (its name ends in \"{}\")", extension)));
}

void read_ways(MapBuilder& builder) {
  switch (builder.format()) {
    case RouteFormat::geopackage:
    case RouteFormat::geojson:
    case RouteFormat::shapefile:
      return read_vector_ways(builder);
    case RouteFormat::osm_xml:
    case RouteFormat::osm_pbf:
      return read_osm_ways(builder);
    case RouteFormat::lanelet2:
      return read_lanelet2(builder);
    case RouteFormat::opendrive:
      return read_opendrive(builder);
    case RouteFormat::sumo:
      return read_sumo(builder);
    case RouteFormat::gpx:
      return read_gpx(builder);
    case RouteFormat::csv:
      return read_route_csv(builder);
  }
}

/// Options that such a file has no use for: whoever gives them expects something else of it.
void tell_unused_options(MapBuilder& builder) {
  const RouteMapOptions& options = builder.options();
  const RouteFormat format = builder.format();
  const bool vector_file = format <= RouteFormat::shapefile;
  const bool metres =
      format == RouteFormat::opendrive || format == RouteFormat::sumo || format == RouteFormat::csv;
  const auto tell = [&](bool used, bool given, const char* what) {
    if (used || !given) return;
    builder.warn("route_option_not_used", fmt::format("{} has no use for {}", format_name(format), what));
  };
  tell(vector_file || format == RouteFormat::csv, !options.columns.empty(), "names of columns");
  tell(vector_file, !options.layer.empty(), "the name of a layer");
  tell(metres, !options.crs.empty() || options.origin.has_value(), "a CRS or an origin");
}

}  // namespace

const char* format_name(RouteFormat format) noexcept {
  constexpr std::array<const char*, 10> kNames{
      "GeoPackage",   "GeoJSON", "Shapefile", "OpenStreetMap XML", "OpenStreetMap PBF", "Lanelet2", "OpenDRIVE",
      "SUMO network", "GPX",     "CSV"};
  return kNames[static_cast<std::size_t>(format)];
}

double RouteMap::length_m() const noexcept {
  double sum_m = 0.0;
  for (const RoutePiece& piece : pieces) sum_m += piece.length_m;
  return sum_m;
}

double RouteMap::tunnel_unknown_m() const noexcept {
  double sum_m = 0.0;
  for (const RoutePiece& piece : pieces) {
    if (piece.attributes.tunnel == Presence::unknown) sum_m += piece.length_m;
  }
  return sum_m;
}

RouteMap read_route_map(const std::filesystem::path& path, const RouteMapOptions& options, FaultList& faults) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) refuse_route_file(path, "file not found");
  if (std::filesystem::file_size(path, error) > options.max_bytes) {
    throw InputError(Fault{.message = fmt::format("is larger than {} bytes", options.max_bytes),
                           .file = path.string(),
                           .legal = "the roads of the region that is planned, cut out of the file"});
  }
  MapBuilder builder(path, format_of(path), options, faults);
  tell_unused_options(builder);
  read_ways(builder);
  return builder.take();
}

RouteMap read_route_map(const std::filesystem::path& path, const RouteMapOptions& options) {
  FaultList faults(path.string());
  RouteMap map = read_route_map(path, options, faults);
  faults.throw_if_any();
  return map;
}

}  // namespace amaneku
