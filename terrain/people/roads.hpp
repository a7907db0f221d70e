// Roads from anything OGR reads.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

struct RoadSource {
  std::filesystem::path path;
  std::string class_field{};        ///< OSM "highway" and the like; empty: all of `road_class`
  std::string road_class = "road";  ///< used where the field is empty or absent
  std::string name_field = "name";
};

struct Road {
  std::string id{};
  std::string road_class{};  ///< "expressway", "national", "prefectural", "local" or the source's word
  std::string name{};
  Line line{};
};

struct Roads {
  std::vector<Road> roads{};
  std::vector<std::string> sources{};
  std::vector<Warning> warnings{};
};

/// One road for each line of each feature; `id` is the field "id" where there is one, else file and feature.
/// Classes: OSM highway motorway -> expressway, trunk -> national, primary and secondary -> prefectural (their
/// _link too), every other highway -> local; Japanese kinds of road likewise; other words stay as they are.
[[nodiscard]] Roads read_roads(const std::vector<RoadSource>& sources, const Crs& crs);

}  // namespace amaneku
