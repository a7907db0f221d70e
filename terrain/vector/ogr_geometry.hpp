// Between the geometries of this layer and those of OGR. For the users of GDAL in this layer only.
#pragma once

#include <ogrsf_frmts.h>

#include <memory>

#include "terrain/vector/feature_io.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

/// Rings are closed.
[[nodiscard]] std::unique_ptr<OGRGeometry> ogr_geometry(const Geometry& geometry);

/// Every polygon of the geometry and of its members; lines and points have no area and are left out.
[[nodiscard]] MultiPolygon area_of(const OGRGeometry& geometry);

}  // namespace amaneku
