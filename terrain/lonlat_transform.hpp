// From the CRS of a GDAL dataset to geographic degrees. Only for sources that use GDAL themselves.
#pragma once

#include <ogr_spatialref.h>

#include <memory>
#include <span>

#include "terrain/geo.hpp"

namespace amaneku {

/// Geographic WGS 84 / JGD2011 / JGD2000 (which agree within a metre, and mostly within centimetres) pass as
/// they are; everything else goes through PROJ.
class LonLatTransform {
 public:
  /// `from` may not be null. Throws InputError if there is no way to WGS 84.
  explicit LonLatTransform(const OGRSpatialReference& from);

  /// In place: x, y of the source (east/longitude first) to longitude, latitude. False if any position fails
  /// or is none on Earth.
  [[nodiscard]] bool apply(std::span<double> x, std::span<double> y) const;

 private:
  struct Destroy {
    void operator()(OGRCoordinateTransformation* t) const noexcept { OGRCoordinateTransformation::DestroyCT(t); }
  };
  std::unique_ptr<OGRCoordinateTransformation, Destroy> transformation_{};
};

}  // namespace amaneku
