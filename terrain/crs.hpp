// Coordinate reference systems. crs.cpp is the only user of PROJ.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "terrain/geo.hpp"

namespace amaneku {

/// A projected metric CRS and the way to and from geographic WGS 84 / JGD2011. Movable, not for sharing
/// between threads (PROJ contexts are not); positions are transformed before the parallel part of a plan.
class Crs {
 public:
  /// "EPSG:6676" and the like. Throws InputError unless it is projected with metre axes.
  [[nodiscard]] static Crs from_text(const std::string& text);

  Crs(Crs&&) noexcept;
  Crs& operator=(Crs&&) noexcept;
  ~Crs();

  [[nodiscard]] const std::string& id() const noexcept;    ///< "EPSG:6676"
  [[nodiscard]] const std::string& name() const noexcept;  ///< "JGD2011 / Japan Plane Rectangular CS VIII"
  [[nodiscard]] std::string wkt() const;

  [[nodiscard]] Point to_plan(LonLat position) const;
  [[nodiscard]] LonLat to_lonlat(Point position) const;
  /// Grid convergence: azimuth of true north seen from grid north, degrees clockwise. A true azimuth is
  /// grid azimuth minus this.
  [[nodiscard]] double convergence_deg(LonLat position) const;

 private:
  struct Impl;
  explicit Crs(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

/// The plan CRS for an area: the JGD2011 plane rectangular zone (平面直角座標系, EPSG:6669..6687) whose
/// official area holds the centre, if the area lies in Japan and within 130 km of the zone's meridian;
/// else WGS 84 / UTM.
[[nodiscard]] std::string choose_plan_crs(const LonLatBox& area);

}  // namespace amaneku
