// How far it is along the roads: from a site to the nearest road, and on to an exchange. Until a fibre is laid,
// that is its length.
#pragma once

#include <span>
#include <vector>

#include "terrain/geo.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

struct RoadRoute {
  double to_road_m = 0.0;     ///< straight to the nearest point of a road
  double along_road_m = 0.0;  ///< on roads, the way from the road to the exchange included
  double gap_m = 0.0;         ///< where no road leads to an exchange: the shortest gap to roads that lead to one
  Point gap_from{};           ///< its ends
  Point gap_to{};
};

/// One per site; plan coordinates. A gap is crossed once, straight, from the roads that the site reaches (or from
/// the site itself, where that is shorter). Ends of roads that pass within 60 m of another road are joined to it;
/// roads that cross without an end are not, but a gap of less is no gap. Without roads or exchanges all is 0.
[[nodiscard]] std::vector<RoadRoute> road_routes(std::span<const Line* const> roads,
                                                 std::span<const Point> exchanges, std::span<const Point> sites);

}  // namespace amaneku
