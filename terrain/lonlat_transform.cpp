#include "terrain/lonlat_transform.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "terrain/error.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/transform_count.hpp"

namespace amaneku {
namespace {

bool is_plain_degrees(const OGRSpatialReference& crs) {
  if (!crs.IsGeographic()) return false;
  const char* code = crs.GetAuthorityCode(nullptr);
  const char* authority = crs.GetAuthorityName(nullptr);
  if (code == nullptr || authority == nullptr) return false;
  const std::string name = std::string(authority) + ":" + code;
  return name == "EPSG:4326" || name == "OGC:CRS84" || name == "EPSG:6668" || name == "EPSG:4612";
}

}  // namespace

LonLatTransform::LonLatTransform(const OGRSpatialReference& from) {
  if (is_plain_degrees(from)) return;
  const GdalErrorScope quiet;
  OGRSpatialReference source(from);
  source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  OGRSpatialReference wgs84;
  wgs84.importFromEPSG(4326);
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  transformation_.reset(OGRCreateCoordinateTransformation(&source, &wgs84));
  if (!transformation_) {
    const char* name = from.GetName();
    throw InputError(Fault{.message = "this CRS cannot be transformed to longitude and latitude",
                           .key = "crs",
                           .value = name == nullptr ? "unnamed" : name});
  }
}

bool LonLatTransform::apply(std::span<double> x, std::span<double> y) const {
  if (transformation_ && !x.empty() &&
      !transformation_->Transform(transform_count(x.size()), x.data(), y.data())) {
    return false;
  }
  constexpr double kSlack_deg = 1e-9;
  return std::all_of(x.begin(), x.end(), [](double lon) { return std::fabs(lon) <= 180.0 + kSlack_deg; }) &&
         std::all_of(y.begin(), y.end(), [](double lat) { return std::fabs(lat) <= 90.0 + kSlack_deg; });
}

}  // namespace amaneku
