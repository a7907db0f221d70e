// Roads from anything OGR reads.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/people/way_words.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

struct RoadSource {
  std::filesystem::path path;
  std::string class_field{};        ///< OSM "highway" or "fclass", N13_003 ...; empty: all of `road_class`
  std::string road_class = "road";  ///< used where the field is empty or absent
  std::string name_field = "name";
  /// Says whether a road runs in a tunnel ("yes", "no", empty: no); of N13_004 the codes. Absent: not known.
  std::string tunnel_field = "tunnel";
  bool tunnels_served = false;  ///< tunnels have equipment of their own: all of their length counts as served
  std::string bridge_field = "bridge";  ///< whether it runs on a bridge, as tunnel_field; N13_004 says both
};

struct Road {
  std::string id{};
  std::string road_class{};  ///< "expressway", "national", "prefectural", "local" or the source's word
  std::string name{};
  Presence tunnel = Presence::unknown;  ///< unknown counts as open ground
  Presence bridge = Presence::unknown;
  bool tunnel_served = false;  ///< RoadSource::tunnels_served
  Line line{};

  [[nodiscard]] bool in_tunnel() const noexcept { return tunnel == Presence::yes; }
  /// Whether a sample of the road counts as served where the map says this of the ground.
  [[nodiscard]] bool counts(bool ground_served) const noexcept {
    return in_tunnel() ? tunnel_served : ground_served;
  }
};

struct Roads {
  std::vector<Road> roads{};
  std::vector<std::string> sources{};
  std::vector<Warning> warnings{};
};

/// One road for each line of each feature; `id` is the field "id" where there is one, else file and feature.
/// Classes: OSM highway motorway -> expressway, trunk -> national, primary and secondary -> prefectural (their
/// _link too), every other highway -> local; Japanese kinds of road and the codes of N13_003 likewise; other words
/// stay as they are. Roads under construction are left out. Of OpenStreetMap PBF the ways with a tag `highway`
/// (or that of class_field).
[[nodiscard]] Roads read_roads(const std::vector<RoadSource>& sources, const Crs& crs);

}  // namespace amaneku
