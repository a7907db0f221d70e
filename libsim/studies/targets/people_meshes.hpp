// People by regional mesh (JIS X 0410), as coverage targets count them.
//
// The ministry's rule is stated for meshes of 500 m; population comes in meshes of any level, as polygons and as
// points. Finer meshes are put together, coarser ones divided evenly, points and footprints smaller than a mesh go
// to the mesh that holds their centre. A footprint that is larger and no mesh stays as it is.
#pragma once

#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/people/population.hpp"

namespace amaneku {

struct PeopleMesh {
  std::string code{};  ///< mesh code; of a footprint that stays as it is the unit's id
  Point centre{};
  MultiPolygon footprint{};
};

/// People of one municipality in one mesh: of one unit of population.
struct MeshShare {
  std::size_t mesh;
  int municipality;  ///< PopulationUnit::municipality
  double people;
};

struct PeopleMeshes {
  std::vector<PeopleMesh> meshes{};
  std::vector<MeshShare> shares{};
  double total = 0.0;
  long long divided = 0;  ///< units that were coarser than the mesh
  long long kept = 0;     ///< footprints that are no mesh and larger than one
};

/// `level` as Mesh::level; 0: every unit by itself.
[[nodiscard]] PeopleMeshes people_meshes(const Population& population, const Crs& crs, int level);

}  // namespace amaneku
