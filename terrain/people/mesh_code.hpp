// JIS X 0410 regional mesh codes (地域メッシュコード), levels 1 (80 km) to 6 (125 m), and the two integrated
// meshes (統合地域メッシュ) of 5 km and 2 km.
#pragma once

#include <string>
#include <string_view>

#include "terrain/geo.hpp"

namespace amaneku {

/// The integrated meshes have no level number of their own; their nominal side in metres stands for it.
inline constexpr int kMesh5km = 5000;  ///< 5倍地域メッシュ, 7 digits
inline constexpr int kMesh2km = 2000;  ///< 2倍地域メッシュ, 9 digits, the last is 5

/// A decoded mesh: its level and its box (south-west corner inclusive, north-east exclusive).
struct Mesh {
  int level = 0;  ///< 1: 80 km, 2: 10 km, 3: 1 km, 4: 500 m, 5: 250 m, 6: 125 m, kMesh5km, kMesh2km
  LonLatBox box{};
};

/// The code of the mesh that holds the position. A position less than 0.5e-9 degree (0.06 mm) south or west
/// of a mesh line counts as on the line, so that corners written with ten decimals stay in their mesh.
/// InputError outside 0 <= lat < 66.67 (200/3), 100 <= lon < 180, or for a level that Mesh does not list.
[[nodiscard]] std::string encode_mesh(LonLat position, int level);

/// Throws InputError that names the wrong digit and its legal range. Hyphens and spaces are not accepted.
/// Every corner re-encodes to the code it came from.
[[nodiscard]] Mesh decode_mesh(std::string_view code);

/// "3", "1km" and the like ("80km" "10km" "5km" "2km" "1km" "500m" "250m" "125m") to a level of Mesh.
[[nodiscard]] int mesh_level_from_text(std::string_view text);

}  // namespace amaneku
