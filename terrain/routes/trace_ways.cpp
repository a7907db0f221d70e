#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

#include "terrain/files/text_file.hpp"
#include "terrain/routes/metre_crs.hpp"
#include "terrain/routes/way_readers.hpp"
#include "terrain/routes/xml_source.hpp"
#include "terrain/vector/column_names.hpp"

namespace amaneku {
namespace {

/// A row of a table takes some hundred bytes of memory for each of its fields.
constexpr std::ptrdiff_t kMostRows = 1'000'000;

/// Offset of "Z", "+09:00" or "+0900" from UTC, s; nothing for other text.
std::optional<double> zone_s(std::string_view text) {
  if (text == "Z" || text == "z") return 0.0;
  if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const std::optional<double> hours = parse_number(text.substr(1, 2));
  const std::optional<double> minutes = parse_number(text.substr(text[3] == ':' ? 4 : 3));
  if (!hours || !minutes) return std::nullopt;
  return (text[0] == '-' ? -1.0 : 1.0) * (*hours * 3600.0 + *minutes * 60.0);
}

/// "2026-11-30T03:04:05.25+09:00" in seconds since 1970 UTC; nothing without a zone, and for what is no time.
std::optional<double> time_of(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t count) {
    return parse_number(text.substr(at, count)).value_or(-1.0);
  };
  const std::size_t zone = std::min(text.find_first_not_of("0123456789.", 17), text.size());
  const std::optional<double> offset_s = zone_s(text.substr(zone));
  const double hour = part(11, 2);
  const double minute = part(14, 2);
  const double second = part(17, zone - 17);
  const std::chrono::year_month_day day{std::chrono::year{static_cast<int>(part(0, 4))},
                                        std::chrono::month{static_cast<unsigned>(std::fmax(0.0, part(5, 2)))},
                                        std::chrono::day{static_cast<unsigned>(std::fmax(0.0, part(8, 2)))}};
  if (!offset_s || !day.ok() || hour < 0.0 || hour > 24.0 || minute < 0.0 || minute > 59.0 || second < 0.0 ||
      second >= 61.0)
    return std::nullopt;
  const auto days = std::chrono::sys_days{day}.time_since_epoch().count();
  return static_cast<double>(days) * 86400.0 + hour * 3600.0 + minute * 60.0 + second - *offset_s;
}

class GpxReader {
 public:
  GpxReader(MapBuilder& builder, const XmlSource& xml) : builder_(builder), xml_(xml) {}

  void read() {
    int track = 0;
    for (const pugi::xml_node& trk : xml_.root().children("trk")) {
      ++track;
      int segment = 0;
      for (const pugi::xml_node& trkseg : trk.children("trkseg"))
        read_points(trk, trkseg, fmt::format("track {}#{}", track, ++segment));
    }
    int route = 0;
    for (const pugi::xml_node& rte : xml_.root().children("rte"))
      read_points(rte, rte, fmt::format("route {}", ++route));
  }

 private:
  /// One piece of the points below `from`.
  void read_points(const pugi::xml_node& named, const pugi::xml_node& from, const std::string& id) {
    RoutePiece piece{.id = id, .line = xml_.line_of(from), .where = id};
    builder_.put(piece.attributes, WayKey::name, named.child("name").text().get());
    for (const pugi::xml_node& node : from.children()) {
      const std::string_view kind = node.name();
      if (kind != "trkpt" && kind != "rtept") continue;
      if (const std::optional<WayPoint> point = read_point(node, id)) piece.points.push_back(*point);
    }
    builder_.add(std::move(piece));
  }

  [[nodiscard]] std::optional<WayPoint> read_point(const pugi::xml_node& node, const std::string& id) {
    const WayPlace place{xml_.line_of(node), id};
    const std::optional<double> lon = xml_number(builder_, node, "lon", place);
    const std::optional<double> lat = xml_number(builder_, node, "lat", place);
    if (!lon || !lat) return std::nullopt;
    const std::optional<LonLat> at = builder_.position(*lon, *lat, place);
    if (!at) return std::nullopt;
    WayPoint out{*at};
    if (const std::string_view height = trimmed(node.child("ele").text().get()); !height.empty()) {
      out.height_m = parse_number(height).value_or(std::nan(""));
      if (!std::isfinite(out.height_m))
        builder_.fault(place, fmt::format("ele \"{}\" is not a number", height.substr(0, 40)));
    }
    if (const std::string_view time = trimmed(node.child("time").text().get()); !time.empty()) {
      const std::optional<double> seconds = time_of(time);
      if (seconds) out.time_s = *seconds;
      if (!seconds)
        builder_.warn("route_time_not_understood", fmt::format("time \"{}\" has no meaning here", time));
    }
    return out;
  }

  MapBuilder& builder_;
  const XmlSource& xml_;
};

/// Columns of a table of points.
struct PointColumns {
  bool metres = false;
  std::string x{};
  std::string y{};
  std::string height{};
  std::string time{};
};

class CsvReader {
 public:
  CsvReader(MapBuilder& builder, const SourceTable& table)
      : builder_(builder),
        table_(table),
        columns_(point_columns()),
        attributes_(attribute_columns(builder, table.columns)) {
    if (columns_.metres) to_lonlat_.emplace(transform_of_options(builder, "the table, with x_m and y_m,"));
  }

  /// A piece ends where the id or an attribute changes; the next one begins at the point where it changed.
  void read() {
    for (const TableRow& row : table_.rows) {
      const std::optional<WayPoint> point = read_point(row);
      if (!point) continue;
      const std::string id = value(row, attributes_.id);
      const WayAttributes attributes = attributes_of(row);
      const bool same_way = !piece_.points.empty() && id == id_;
      if (same_way && attributes == piece_.attributes) {
        piece_.points.push_back(*point);
        continue;
      }
      if (same_way) piece_.points.push_back(*point);
      finish();
      start(row, id, attributes);
      piece_.points.push_back(*point);
    }
    finish();
  }

 private:
  [[nodiscard]] PointColumns point_columns() {
    const auto has = [&](const char* name) { return !find(name).empty(); };
    PointColumns out{.height = find("height_m"), .time = find("time")};
    if (out.height.empty()) out.height = find("ele");
    if (has("lon") && has("lat")) {
      if (!builder_.options().crs.empty() || builder_.options().origin)
        builder_.warn("route_option_not_used", "a CSV of lon and lat has no use for a CRS or an origin");
      out.x = find("lon");
      out.y = find("lat");
      return out;
    }
    if (has("x_m") && has("y_m")) {
      out.metres = true;
      out.x = find("x_m");
      out.y = find("y_m");
      return out;
    }
    std::string message = "has neither the columns lon and lat nor x_m and y_m";
    const std::string lon = column_meaning("lon", table_.columns);
    const std::string lat = column_meaning("lat", table_.columns);
    if (!lon.empty() && !lat.empty()) message += "; are they \"" + lon + "\" and \"" + lat + "\"?";
    builder_.refuse_at({1, ""}, message, "lon, lat (degrees) or x_m, y_m (metres of a CRS)");
  }

  [[nodiscard]] std::string find(const std::string& name) const {
    for (const std::string& column : table_.columns) {
      if (names_same_column(column, name)) return column;
    }
    return {};
  }

  [[nodiscard]] static std::string value(const TableRow& row, const std::string& column) {
    const auto found = row.values.find(column);
    return found == row.values.end() ? std::string{} : std::string(trimmed(found->second));
  }

  /// Nothing, and a fault, for an empty field and for what is no finite number.
  [[nodiscard]] std::optional<double> number(const TableRow& row, const std::string& column) {
    const std::string text = value(row, column);
    const std::optional<double> out = parse_number(text);
    if (out && std::isfinite(*out)) return out;
    const NumberFault why = number_fault(text);
    builder_.fault_of(why.habit + column, {row.line, ""},
                      fmt::format("{} = \"{}\" {}", column, text.substr(0, 40), why.message));
    return std::nullopt;
  }

  [[nodiscard]] std::optional<WayPoint> read_point(const TableRow& row) {
    const std::optional<double> x = number(row, columns_.x);
    const std::optional<double> y = number(row, columns_.y);
    if (!x || !y) return std::nullopt;
    std::vector<WayPoint> point{{{*x, *y}}};
    if (columns_.metres && !to_lonlat(builder_, *to_lonlat_, point, {row.line, ""})) return std::nullopt;
    const std::optional<LonLat> at = builder_.position(point[0].at.lon_deg, point[0].at.lat_deg, {row.line, ""});
    if (!at) return std::nullopt;
    WayPoint out{*at};
    if (!value(row, columns_.height).empty()) out.height_m = number(row, columns_.height).value_or(out.height_m);
    const std::string time = value(row, columns_.time);
    if (!time.empty()) {
      const std::optional<double> plain = parse_number(time);
      const std::optional<double> seconds = plain ? plain : time_of(time);
      if (seconds && std::isfinite(*seconds)) out.time_s = *seconds;
      if (!seconds)
        builder_.warn("route_time_not_understood", fmt::format("time \"{}\" has no meaning here", time));
    }
    return out;
  }

  [[nodiscard]] WayAttributes attributes_of(const TableRow& row) {
    WayAttributes out;
    for (const auto& [key, column] : attributes_.columns) builder_.put(out, key, value(row, column));
    builder_.settle_absent(out, attributes_.has(WayKey::tunnel), attributes_.has(WayKey::bridge));
    return out;
  }

  void start(const TableRow& row, const std::string& id, const WayAttributes& attributes) {
    const bool again = id == id_ && started_;
    part_ = again ? part_ + 1 : 1;
    id_ = id;
    started_ = true;
    piece_ = {.id = id.empty() ? builder_.path().stem().string() : id, .attributes = attributes, .line = row.line};
    if (part_ > 1) piece_.id += fmt::format("#{}", part_);
    piece_.where = fmt::format("the way from row {}", row.line);
  }

  void finish() {
    if (!piece_.points.empty()) builder_.add(std::exchange(piece_, {}));
  }

  MapBuilder& builder_;
  const SourceTable& table_;
  PointColumns columns_;
  AttributeColumns attributes_;
  std::optional<LonLatTransform> to_lonlat_{};
  RoutePiece piece_{};
  std::string id_{};
  int part_ = 0;
  bool started_ = false;
};

}  // namespace

void read_gpx(MapBuilder& builder) {
  const XmlSource xml(builder);
  GpxReader(builder, xml).read();
}

void read_route_csv(MapBuilder& builder) {
  const std::string text = read_bytes(builder.path(), builder.options().max_bytes);
  if (std::count(text.begin(), text.end(), '\n') > kMostRows)
    builder.refuse(fmt::format("has more than {} rows", kMostRows), "a GeoPackage, or parts of the table");
  const SourceTable table = read_table(builder.path());
  CsvReader(builder, table).read();
}

}  // namespace amaneku
