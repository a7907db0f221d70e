// Expressway, national, prefectural and local roads, with their bridges and tunnels.
#pragma once

#include <string>
#include <vector>

#include "scenarios/demo/settlements.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku::scenarios::demo {

/// A stretch of road of one structure.
struct RoadPart {
  std::string road_class{};  ///< "expressway", "national", "prefectural", "local"
  Name name{};               ///< empty for local roads
  std::string structure{};   ///< "earthwork", "bridge", "tunnel"
  Line line{};
};

struct RoadNetwork {
  std::vector<RoadPart> parts{};
  std::vector<Point> interchanges{};
};

[[nodiscard]] RoadNetwork lay_roads(const std::vector<Settlement>& settlements,
                                    const std::vector<MeshPeople>& meshes, const Relief& relief,
                                    const Survey& survey);

}  // namespace amaneku::scenarios::demo
