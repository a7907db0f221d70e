// From the metres of a file to longitude and latitude. For the readers of this room only: it uses GDAL.
#pragma once

#include <string>

#include "terrain/lonlat_transform.hpp"
#include "terrain/routes/map_builder.hpp"

namespace amaneku {

/// What a file says of its projection: a PROJ string ("+proj=utm +zone=54 ...") or a code ("EPSG:6677"). Nothing
/// of it may make PROJ open a file: of a PROJ string the projection, its numbers, datum, ellipsoid and units are
/// taken, vertical parts (geoidgrids, vunits) are left out, and everything else is an InputError that names it.
/// The last is also for projections whose metres are no metres on the ground (Mercator) and for WKT.
[[nodiscard]] LonLatTransform transform_of_projection(const MapBuilder& builder, const std::string& text);

/// What the options say of a file in metres that names no projection; InputError with the word "unprojected" where
/// they say nothing. `what`: "the network".
[[nodiscard]] LonLatTransform transform_of_options(const MapBuilder& builder, const std::string& what);

/// The one or the other: options go before the projection of the file ("": it has none), with a warning.
[[nodiscard]] LonLatTransform transform_of_metres(MapBuilder& builder, const std::string& projection,
                                                  const std::string& what);

/// Puts x and y of points, given as longitude and latitude, through the transform. Nothing, and a fault, where
/// there is no position.
[[nodiscard]] bool to_lonlat(MapBuilder& builder, const LonLatTransform& transform, std::vector<WayPoint>& points,
                             const WayPlace& place);

}  // namespace amaneku
