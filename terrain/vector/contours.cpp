#include "terrain/vector/contours.hpp"

#include "terrain/error.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/vector/ogr_geometry.hpp"
#include "terrain/vector/polygonize.hpp"

namespace amaneku {
namespace {

constexpr std::int16_t kBelow = 0;
constexpr std::int16_t kAbove = 1;

std::unique_ptr<OGRGeometry> valid(const MultiPolygon& area) {
  std::unique_ptr<OGRGeometry> geometry = ogr_geometry(area);
  if (geometry->IsValid()) return geometry;
  std::unique_ptr<OGRGeometry> mended(geometry->MakeValid());
  if (!mended) throw InternalError("an area cannot be mended");
  return mended;
}

}  // namespace

MultiPolygon area_at_or_above(const Raster<float>& values, double threshold) {
  Raster<std::int16_t> classes(values.grid, kBelow);
  for (std::size_t i = 0; i < values.values.size(); ++i) {
    if (static_cast<double>(values.values[i]) >= threshold) classes.values[i] = kAbove;
  }
  auto areas = polygonize(classes, kBelow);
  return areas.empty() ? MultiPolygon{} : std::move(areas.begin()->second);
}

MultiPolygon common_area(const MultiPolygon& a, const MultiPolygon& b) {
  const GdalErrorScope errors;
  const std::unique_ptr<OGRGeometry> out(valid(a)->Intersection(valid(b).get()));
  if (!out) throw InternalError("GEOS cannot intersect two areas: " + errors.message());
  return area_of(*out);
}

MultiPolygon area_without(const MultiPolygon& a, const MultiPolygon& b) {
  const GdalErrorScope errors;
  const std::unique_ptr<OGRGeometry> out(valid(a)->Difference(valid(b).get()));
  if (!out) throw InternalError("GEOS cannot subtract two areas: " + errors.message());
  return area_of(*out);
}

MultiPolygon united(const std::vector<MultiPolygon>& areas) {
  const GdalErrorScope errors;
  std::unique_ptr<OGRGeometry> out = std::make_unique<OGRMultiPolygon>();
  for (const MultiPolygon& area : areas) {
    out.reset(out->Union(valid(area).get()));
    if (!out) throw InternalError("GEOS cannot unite areas: " + errors.message());
  }
  return area_of(*out);
}

}  // namespace amaneku
