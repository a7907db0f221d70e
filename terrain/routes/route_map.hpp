// The ways that vehicles take, from the files that people have: roads, railways, lanes, traces of a drive.
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "terrain/error.hpp"
#include "terrain/fault_list.hpp"
#include "terrain/geo.hpp"
#include "terrain/people/way_words.hpp"

namespace amaneku {

enum class RouteFormat { geopackage, geojson, shapefile, osm_xml, osm_pbf, lanelet2, opendrive, sumo, gpx, csv };

/// "GeoPackage", "OpenStreetMap XML" and so on.
[[nodiscard]] const char* format_name(RouteFormat format) noexcept;

/// Which way a way may be driven, as it is drawn.
enum class OneWay { no, along, against };

/// What a file says of a way besides its course. Empty texts: the file does not say.
struct WayAttributes {
  std::string road_class{};  ///< the file's word ("motorway"); of N13, N02 and Lanelet2 see docs/formats/routes.md
  std::string ref{};         ///< number of the road, several parted by ';'; of N02 the company
  std::string name{};
  Presence tunnel = Presence::unknown;
  Presence bridge = Presence::unknown;
  OneWay one_way = OneWay::no;  ///< no: also where the file does not say
  std::optional<int> layer{};   ///< storey above (or below) the ground
  std::optional<double> speed_limit_kmh{};
  friend bool operator==(const WayAttributes&, const WayAttributes&) = default;
};

struct WayPoint {
  LonLat at{};
  double height_m = std::numeric_limits<double>::quiet_NaN();  ///< as in the file, whose datum is not checked
  double time_s = std::numeric_limits<double>::quiet_NaN();    ///< of a trace: since 1970-01-01 UTC
};

/// One way of the file, in the direction in which it is drawn.
struct RoutePiece {
  std::string id{};
  WayAttributes attributes{};
  std::vector<WayPoint> points{};  ///< at least two; neighbours lie more than 1 mm apart
  double length_m = 0.0;           ///< along the ellipsoid (WGS 84); heights do not count
  int line = 0;                    ///< in the file; 0: of a feature, and of a way of OpenStreetMap
  std::string where{};             ///< "feature 12", "road 5", "way 17", for messages
};

struct RouteMap {
  RouteFormat format{};
  std::string file{};  ///< its path
  std::vector<RoutePiece> pieces{};
  std::vector<Warning> warnings{};

  [[nodiscard]] double length_m() const noexcept;
  /// Of the ways of which the file does not say whether they run in a tunnel.
  [[nodiscard]] double tunnel_unknown_m() const noexcept;
};

/// Names of columns. Empty: the usual ones are looked for.
struct RouteColumns {
  std::string id{};          ///< id, osm_id
  std::string road_class{};  ///< highway, fclass, class, road_class, railway
  std::string ref{};         ///< ref
  std::string name{};        ///< name, road_name
  std::string tunnel{};      ///< tunnel
  std::string bridge{};      ///< bridge
  std::string layer{};       ///< layer
  std::string maxspeed{};    ///< maxspeed
  std::string one_way{};     ///< oneway

  [[nodiscard]] bool empty() const noexcept { return *this == RouteColumns{}; }
  friend bool operator==(const RouteColumns&, const RouteColumns&) = default;
};

struct RouteMapOptions {
  RouteColumns
      columns{};        ///< of GeoPackage, GeoJSON, Shapefile and CSV; those of N13 and N02 then count for nothing
  std::string layer{};  ///< of a GeoPackage; empty: its only one
  /// CRS of files in metres that name none (CSV with x_m and y_m, OpenDRIVE, SUMO): "EPSG:6677".
  std::string crs{};
  /// Where (0, 0) of such a file lies, y to the north, where it is in no CRS at all.
  std::optional<LonLat> origin{};
  /// A way without a tag `tunnel` or `bridge` in OpenStreetMap, or without a value in a column of that name, has
  /// none, as is the habit there. Otherwise it is unknown.
  bool absent_means_none = false;
  std::size_t max_points = 5'000'000;   ///< of all ways together
  std::size_t max_bytes = 536'870'912;  ///< of the file
};

/// Reads every way of a file. What it is, its content says: GeoPackage, GeoJSON, Shapefile (N13 and N02 of
/// 国土数値情報 among them), OpenStreetMap XML and PBF, Lanelet2, OpenDRIVE, SUMO network, GPX, CSV; anything else
/// is refused. `path` was judged by checked_input_path(). Faults of single rows, ways and attributes go to
/// `faults`, and what they concern is left out; what makes the whole file unreadable is an InputError.
[[nodiscard]] RouteMap read_route_map(const std::filesystem::path& path, const RouteMapOptions& options,
                                      FaultList& faults);
/// The same; every fault is an InputError.
[[nodiscard]] RouteMap read_route_map(const std::filesystem::path& path, const RouteMapOptions& options = {});

}  // namespace amaneku
