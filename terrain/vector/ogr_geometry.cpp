#include "terrain/vector/ogr_geometry.hpp"

#include "terrain/error.hpp"

namespace amaneku {
namespace {

void add_points(const Line& line, OGRSimpleCurve& curve) {
  curve.setNumPoints(static_cast<int>(line.size()), FALSE);
  for (std::size_t i = 0; i < line.size(); ++i) curve.setPoint(static_cast<int>(i), line[i].x_m, line[i].y_m);
}

void add_ring(const Line& ring, OGRPolygon& polygon) {
  OGRLinearRing out;
  add_points(ring, out);
  out.closeRings();
  polygon.addRing(&out);
}

Line line_of(const OGRLinearRing& ring) {
  Line line;
  line.reserve(static_cast<std::size_t>(ring.getNumPoints()));
  for (int i = 0; i < ring.getNumPoints(); ++i) line.push_back({ring.getX(i), ring.getY(i)});
  return line;
}

void add_area(const OGRGeometry& geometry, MultiPolygon& out) {
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbPolygon) {
    const OGRPolygon& from = *geometry.toPolygon();
    if (from.IsEmpty()) return;
    Polygon part{.outer = line_of(*from.getExteriorRing())};
    for (int i = 0; i < from.getNumInteriorRings(); ++i) part.holes.push_back(line_of(*from.getInteriorRing(i)));
    out.parts.push_back(std::move(part));
  } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
    for (const OGRGeometry* member : *geometry.toGeometryCollection()) add_area(*member, out);
  }
}

}  // namespace

std::unique_ptr<OGRGeometry> ogr_geometry(const Geometry& geometry) {
  if (const auto* point = std::get_if<Point>(&geometry)) return std::make_unique<OGRPoint>(point->x_m, point->y_m);
  if (const auto* line = std::get_if<Line>(&geometry)) {
    auto out = std::make_unique<OGRLineString>();
    add_points(*line, *out);
    return out;
  }
  auto out = std::make_unique<OGRMultiPolygon>();
  for (const Polygon& part : std::get<MultiPolygon>(geometry).parts) {
    OGRPolygon polygon;
    add_ring(part.outer, polygon);
    for (const Line& hole : part.holes) add_ring(hole, polygon);
    out->addGeometry(&polygon);
  }
  return out;
}

MultiPolygon area_of(const OGRGeometry& geometry) {
  MultiPolygon out;
  add_area(geometry, out);
  return out;
}

std::string geometry_wkb(const Geometry& geometry) {
  const std::unique_ptr<OGRGeometry> shape = ogr_geometry(geometry);
  std::string out(shape->WkbSize(), '\0');
  if (shape->exportToWkb(wkbNDR, reinterpret_cast<unsigned char*>(out.data()), wkbVariantIso) != OGRERR_NONE)
    throw InternalError("a geometry has no well-known binary");
  return out;
}

}  // namespace amaneku
