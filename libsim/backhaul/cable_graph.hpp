// Where cables may run: along roads, poles, ducts, cables that are there and corridors under the sea, from the
// sites to the exchanges, as a graph.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libsim/backhaul/medium.hpp"
#include "terrain/geo.hpp"
#include "terrain/raster/raster.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

/// A line that a cable can follow, and what that cable would be.
struct CableWay {
  const Line* line;
  Medium medium;  ///< one that is_cable()
};

/// Why an edge is there.
enum class EdgeUse : std::uint8_t {
  way,   ///< a piece of a CableWay
  drop,  ///< straight from a site or an exchange to the nearest way
  join,  ///< between ways that meet or run side by side, straight
  gap,   ///< straight over ground or water that no way crosses: an estimate
  link   ///< a radio or optical link, or a service: no cable
};

/// Passable in both directions.
struct BackhaulEdge {
  std::uint32_t from = 0;  ///< indices of nodes
  std::uint32_t to = 0;
  Medium medium = Medium::aerial;
  EdgeUse use = EdgeUse::way;
  double length_m = 0.0;   ///< on the ground; of bridges, tunnels, the sea and links straight; whole centimetres
  int landings = 0;        ///< of a submarine cable: ends at which it comes ashore by this edge
  std::uint32_t link = 0;  ///< of EdgeUse::link: index into what the caller offers
};

struct BackhaulGraph {
  std::vector<Point> nodes{};
  std::vector<BackhaulEdge> edges{};
  std::vector<std::uint32_t> exchange_nodes{};  ///< [exchange]
  std::vector<std::uint32_t> site_nodes{};      ///< [site]
  std::vector<double> drop_m{};                 ///< [site] straight to the nearest way; infinite without ways
};

struct CableGraphInput {
  std::span<const CableWay> ways;
  std::span<const Point> exchanges;
  std::span<const Point> sites;
  const Raster<float>& ground_asl_m;  ///< empty: level ground, and no sea
  Medium drop = Medium::aerial;       ///< what drops, joins and gaps over land are
  double longest_drop_m = 5'000.0;    ///< a site farther from every way has no drop
};

/// The snapping rule: a site or an exchange is led straight to the nearest point of any way on land, at most
/// longest_drop_m away; one that crosses the sea to it does so by a submarine cable. Ends of ways on land are
/// joined to such ways within kRoadJoin_m, cables and ducts that are there to roads beside them every kRoadStep_m.
/// A submarine way is reached at its ends alone: each is joined, with a landing, to the nearest way on land within
/// longest_drop_m. Parts of the graph with sites and without exchange are given the shortest straight gap to the
/// parts with exchanges, and to each other where they are kMostPartsInPairs at most.
[[nodiscard]] BackhaulGraph cable_graph(const CableGraphInput& input);
inline constexpr std::size_t kMostPartsInPairs = 24;

/// Whether more than kLeastWater_m of the straight line from a to b are water: ground without height, or not above
/// the sea. Less is a river mouth or a cell on the shore. False on an empty raster.
inline constexpr double kLeastWater_m = 100.0;
[[nodiscard]] bool crosses_water(const Raster<float>& ground_asl_m, Point a, Point b);

}  // namespace amaneku
