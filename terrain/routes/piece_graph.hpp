// Ends of pieces that meet, for join().
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "terrain/routes/route_map.hpp"

namespace amaneku {

/// A piece with its direction.
struct DrivenPiece {
  std::size_t piece;  ///< index into RouteMap::pieces
  bool backwards;
};

/// Pieces as edges, the places where their ends meet as nodes.
struct PieceGraph {
  struct Edge {
    std::size_t piece;
    std::array<std::size_t, 2> node;  ///< of its beginning and its end
    double length_m;
  };
  std::vector<Edge> edges{};
  std::vector<LonLat> places{};  ///< [node]
  std::vector<std::vector<std::size_t>>
      leads{};                       ///< [node]: edges; one that comes back to its node is there twice
  std::vector<std::size_t> group{};  ///< [node]: nodes of a group are connected
  std::size_t groups = 0;
};

/// Ends within `tolerance_m` of each other (or of one between them) are one node.
[[nodiscard]] PieceGraph piece_graph(const RouteMap& map, std::span<const std::size_t> pieces, double tolerance_m);

/// The shortest way from node to node; empty where there is none.
[[nodiscard]] std::vector<DrivenPiece> shortest_way(const PieceGraph& graph, std::size_t from, std::size_t to);

}  // namespace amaneku
