// Roads as a graph: lines cut into short edges and joined where they meet. What follows the roads, a cable or a
// vehicle, is a way in it.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "libsim/routes/point_index.hpp"
#include "terrain/geo.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

/// Between two nodes of a line at most.
inline constexpr double kRoadStep_m = 50.0;
/// As far as this the end of a line is joined to nodes: a little more than a step, so that a T junction finds one.
inline constexpr double kRoadJoin_m = 60.0;

/// Instead of the index of a line: the edge joins the end of a line to a node near it.
inline constexpr std::uint32_t kRoadJoint = std::numeric_limits<std::uint32_t>::max();
/// Instead of the index of an edge: there is none.
inline constexpr std::uint32_t kNoRoadEdge = std::numeric_limits<std::uint32_t>::max();

/// Passable in both directions.
struct RoadEdge {
  std::uint32_t from;  ///< indices of nodes, from < to
  std::uint32_t to;
  double length_m;     ///< straight
  std::uint32_t line;  ///< index of the line that it is a piece of, or kRoadJoint
};

/// A point on a line.
struct RoadPoint {
  std::uint32_t edge;  ///< never a joint
  double along_m;      ///< from the edge's node `from`
  Point at;
  double distance_m;  ///< from where it was asked for
};

/// The shortest ways to every node, one element each.
struct RoadWays {
  std::vector<double> length_m{};          ///< infinite where no way leads
  std::vector<std::uint32_t> last_edge{};  ///< back to the start edge by edge; kNoRoadEdge there or without a way
};

/// Nodes are the points of the lines and points between them, at most kRoadStep_m apart. Lines that cross without
/// an end within kRoadJoin_m are not connected: one may be a bridge. The same lines in the same order give the
/// same graph and the same answers. Reading from several threads is safe.
class RoadGraph {
 public:
  /// The lines are not needed afterwards. A line without points adds nothing, one of a single point an edge of no
  /// length.
  explicit RoadGraph(std::span<const Line* const> lines);
  RoadGraph(RoadGraph&&) noexcept;
  RoadGraph& operator=(RoadGraph&&) noexcept;
  ~RoadGraph();

  /// Line by line, along each.
  [[nodiscard]] const std::vector<Point>& nodes() const noexcept;
  /// Line by line, along each; then the joints. No two between the same nodes.
  [[nodiscard]] const std::vector<RoadEdge>& edges() const noexcept;

  /// Straight to the nearest node or point of a line, of several equally near that of the lowest index.
  /// InternalError without nodes.
  [[nodiscard]] NearPoint nearest_node(Point p) const;
  [[nodiscard]] RoadPoint nearest_point(Point p) const;

  /// From any of the starts: nodes, each with a length that every way from there has behind it already.
  [[nodiscard]] RoadWays shortest_ways(std::span<const NearPoint> starts) const;

  /// Which connected part each node lies in: parts are numbered from 0 in order of their first nodes.
  [[nodiscard]] std::vector<std::uint32_t> parts() const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace amaneku
