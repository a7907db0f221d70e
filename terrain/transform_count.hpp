// How many points OGRCoordinateTransformation::Transform is given: an int in GDAL 3.6, a size_t in 3.10.
#pragma once

#include <ogr_spatialref.h>

#include <cstddef>

namespace amaneku {
namespace gdal {

template <class Count>
constexpr Count count_as(int (OGRCoordinateTransformation::* /*of*/)(Count, double*, double*, double*, int*),
                         std::size_t points) {
  return static_cast<Count>(points);
}

}  // namespace gdal

/// In the type that this GDAL takes.
constexpr auto transform_count(std::size_t points) {
  return gdal::count_as(&OGRCoordinateTransformation::Transform, points);
}

}  // namespace amaneku
