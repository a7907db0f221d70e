#include "terrain/routes/metre_crs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "terrain/crs.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/gdal_session.hpp"

namespace amaneku {
namespace {

/// Conformal or nearly so: metres on the map are metres on the ground, but for the scale of the zone.
constexpr std::array<std::string_view, 9> kProjections{"utm",    "tmerc",   "etmerc",  "lcc",  "sterea",
                                                       "somerc", "longlat", "latlong", "omerc"};
constexpr std::array<std::string_view, 23> kKept{
    "proj",  "zone",  "south", "lat_0", "lon_0", "lat_1", "lat_2",   "lat_ts", "k",       "k_0",  "x_0",  "y_0",
    "datum", "ellps", "a",     "b",     "rf",    "f",     "towgs84", "units",  "no_defs", "type", "alpha"};
constexpr std::array<std::string_view, 2> kVertical{"geoidgrids", "vunits"};
constexpr const char* kLegal =
    "a PROJ string such as +proj=utm +zone=54 +datum=WGS84, or a code such as EPSG:6677";

template <std::size_t N>
bool is_in(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// A value that is a name, a number or a list of numbers: no path.
bool is_plain_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '+' || c == ',' || c == '_';
  });
}

/// The parts of a PROJ string that are taken.
std::string judged_proj_string(const MapBuilder& builder, std::string_view text) {
  const auto refuse = [&](std::string message) {
    builder.refuse("its projection \"" + std::string(text.substr(0, 200)) + "\" " + message, kLegal);
  };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
    std::string_view token = text.substr(at, end - at);
    at = end + 1;
    if (token.empty()) continue;
    if (token.front() != '+') refuse(fmt::format("holds \"{}\"", token));
    token.remove_prefix(1);
    const std::string_view key = token.substr(0, token.find('='));
    const std::string_view value = key.size() < token.size() ? token.substr(key.size() + 1) : "";
    if (is_in(key, kVertical) || (key == "nadgrids" && value == "@null")) continue;
    if (!is_in(key, kKept) || !is_plain_value(value)) refuse(fmt::format("holds +{}, which is not read", token));
    if (key == "proj" && !is_in(value, kProjections)) refuse(fmt::format("is \"{}\", which is not read", value));
    out += (out.empty() ? "+" : " +") + std::string(token);
  }
  if (out.find("+proj=") == std::string::npos) refuse("names no +proj");
  return out;
}

LonLatTransform transform_of_srs(const MapBuilder& builder, const std::string& text, bool code) {
  register_gdal();
  const GdalErrorScope errors;
  OGRSpatialReference crs;
  const OGRErr error = code ? crs.SetFromUserInput(text.c_str()) : crs.importFromProj4(text.c_str());
  if (error != OGRERR_NONE) builder.refuse("its projection \"" + text + "\" is not known to PROJ", kLegal);
  return LonLatTransform(crs);
}

}  // namespace

LonLatTransform transform_of_projection(const MapBuilder& builder, const std::string& text) {
  const std::string written(trimmed(text));
  if (is_authority_code(written)) {
    try {
      return transform_of_srs(builder, Crs::from_text(written).id(), true);
    } catch (const InputError& error) {
      throw in_file(error, builder.path().string());
    }
  }
  return transform_of_srs(builder, judged_proj_string(builder, written), false);
}

LonLatTransform transform_of_options(const MapBuilder& builder, const std::string& what) {
  const RouteMapOptions& options = builder.options();
  if (!options.crs.empty() && options.origin)
    builder.refuse("has metres in a CRS or from an origin, not both", "crs or origin");
  if (!options.crs.empty()) return transform_of_projection(builder, options.crs);
  if (!options.origin) {
    builder.refuse(what + " is unprojected: its metres lie nowhere on Earth",
                   "a file with its projection, or the CRS of its metres, or the position of its point (0, 0)");
  }
  const LonLat at = *options.origin;
  if (!(std::fabs(at.lon_deg) <= 180.0) || !(std::fabs(at.lat_deg) <= 90.0))
    builder.refuse(fmt::format("the origin ({}, {}) is no position on Earth", at.lon_deg, at.lat_deg));
  return transform_of_srs(
      builder,
      fmt::format("+proj=tmerc +lat_0={:.12f} +lon_0={:.12f} +k=1 +datum=WGS84 +units=m", at.lat_deg, at.lon_deg),
      false);
}

LonLatTransform transform_of_metres(MapBuilder& builder, const std::string& projection, const std::string& what) {
  const bool asked = !builder.options().crs.empty() || builder.options().origin.has_value();
  if (projection.empty()) return transform_of_options(builder, what);
  if (!asked) return transform_of_projection(builder, projection);
  builder.warn("route_projection_replaced", "the projection of the file, \"" + projection.substr(0, 200) +
                                                "\", gave way to that of the options");
  return transform_of_options(builder, what);
}

bool to_lonlat(MapBuilder& builder, const LonLatTransform& transform, std::vector<WayPoint>& points,
               const WayPlace& place) {
  std::vector<double> x(points.size());
  std::vector<double> y(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    x[i] = points[i].at.lon_deg;
    y[i] = points[i].at.lat_deg;
  }
  const GdalErrorScope quiet;
  if (!transform.apply(x, y)) {
    builder.fault(place, "its metres are no position on Earth in that projection");
    return false;
  }
  for (std::size_t i = 0; i < points.size(); ++i) points[i].at = {x[i], y[i]};
  return true;
}

}  // namespace amaneku
