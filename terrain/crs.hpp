// Coordinate reference systems. Of PROJ, only this and geodesic.cpp make use.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "terrain/geo.hpp"

namespace amaneku {

/// A projected metric CRS and the way to and from geographic WGS 84 / JGD2011. Movable, not for sharing
/// between threads (PROJ contexts are not); positions are transformed before the parallel part of a plan.
class Crs {
 public:
  /// "AUTHORITY:CODE", for example "EPSG:6676". Throws InputError unless PROJ's database knows it and it is
  /// projected with metre axes towards east and north. Pseudo-Mercator is refused: its metres are 20 to 40 %
  /// too long at the latitudes of Japan.
  [[nodiscard]] static Crs from_text(const std::string& text);

  Crs(Crs&&) noexcept;
  Crs& operator=(Crs&&) noexcept;
  ~Crs();

  [[nodiscard]] const std::string& id() const noexcept;    ///< "EPSG:6676"
  [[nodiscard]] const std::string& name() const noexcept;  ///< "JGD2011 / Japan Plane Rectangular CS VIII"
  [[nodiscard]] std::string wkt() const;                   ///< WKT2:2019
  /// "+proj=tmerc +lat_0=36 ...", for programs that know no WKT2. InternalError where it has no such form.
  [[nodiscard]] std::string proj4() const;

  /// Both throw InputError where the projection has no value.
  [[nodiscard]] Point to_plan(LonLat position) const;
  [[nodiscard]] LonLat to_lonlat(Point position) const;

  /// Grid convergence: azimuth of true north seen from grid north, degrees clockwise. A true azimuth is
  /// grid azimuth minus this.
  [[nodiscard]] double convergence_deg(LonLat position) const;
  /// Grid metres per metre on the ellipsoid, along the meridian; 0.9999 to 1.0001 inside a plane
  /// rectangular zone.
  [[nodiscard]] double scale(LonLat position) const;

 private:
  struct Impl;
  explicit Crs(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

/// True for "AUTHORITY:CODE" of EPSG, ESRI or IGNF; anything else (PROJ strings, WKT, URLs, file names) could
/// make PROJ or GDAL open files.
[[nodiscard]] bool is_authority_code(const std::string& text) noexcept;

/// The plan CRS for an area: the JGD2011 plane rectangular zone (平面直角座標系, EPSG:6669..6687) of the
/// municipality nearest to the centre, if the centre lies in Japan and the whole area within 200 km of the
/// zone's meridian; else WGS 84 / UTM. Zones follow prefectures; the nearest of a table of towns decides, so
/// within some 20 km of a prefectural border the neighbour's zone may be chosen, which costs no accuracy;
/// official_plan_crs() knows better where the municipality is known.
/// Throws InputError for an empty area or one outside 80 S .. 84 N.
[[nodiscard]] std::string choose_plan_crs(const LonLatBox& area);

/// The plane rectangular zone of a municipality (全国地方公共団体コード, five digits) by the official text
/// (国土交通省告示第九号, 2002). None: no such code, or the area reaches more than 200 km from the meridian.
[[nodiscard]] std::optional<std::string> official_plan_crs(const std::string& municipality_code,
                                                           const LonLatBox& area);

}  // namespace amaneku
