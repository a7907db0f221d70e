// JIS X 0410 regional mesh codes (地域メッシュコード), levels 1 (80 km) to 6 (125 m).
#pragma once

#include <string>
#include <string_view>

#include "terrain/geo.hpp"

namespace amaneku {

/// A decoded mesh: its level and its box (south-west corner inclusive, north-east exclusive).
struct Mesh {
  int level = 0;  ///< 1: 80 km, 2: 10 km, 3: 1 km, 4: 500 m, 5: 250 m, 6: 125 m
  LonLatBox box{};
};

/// The code of the mesh that holds the position. InputError outside 0 <= lat < 66.67, 100 <= lon < 180, or
/// for a level outside 1..6.
[[nodiscard]] std::string encode_mesh(LonLat position, int level);

/// Throws InputError that names the wrong digit and its legal range. Hyphens and spaces are not accepted.
[[nodiscard]] Mesh decode_mesh(std::string_view code);

}  // namespace amaneku
