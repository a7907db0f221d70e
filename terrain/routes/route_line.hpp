// Routes: pieces of a map joined end to end and measured by arc length along the ellipsoid.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "terrain/routes/route_map.hpp"

namespace amaneku {

/// Which pieces make a route. Of each list any word will do, and every list that is not empty must agree; without
/// any the whole file is taken.
struct RouteChoice {
  /// In the order in which they are driven; a piece may come twice. An id stands for its parts ("12" for "12#1").
  std::vector<std::string> ids{};
  std::vector<std::string> refs{};  ///< one of the numbers of a ref such as "25;26"
  std::vector<std::string> names{};
  std::vector<std::string> classes{};
  /// Where the route begins and ends, where the pieces chosen are a network: the shortest way between them is
  /// taken. Both or none. Each must lie within `near_m` of an end of a piece.
  std::optional<LonLat> from{};
  std::optional<LonLat> to{};
  double near_m = 100.0;
  /// Ends that lie no farther apart are joined, by a straight line.
  double tolerance_m = 1.0;
  bool reversed = false;
};

/// A place of a route.
struct RouteVertex {
  LonLat at{};
  double height_m = std::numeric_limits<double>::quiet_NaN();  ///< as in the file; NaN: it has none
  double time_s = std::numeric_limits<double>::quiet_NaN();    ///< of a trace that is driven as recorded
  double s_m = 0.0;                                            ///< arc length from the beginning
};

/// A part of a route that has one piece's attributes. Stretches follow each other without a gap; a join belongs to
/// the one after it.
struct RouteStretch {
  double from_m = 0.0;
  double to_m = 0.0;
  std::string piece{};     ///< its id
  bool backwards = false;  ///< driven against the direction of the file
  WayAttributes attributes{};
};

struct RouteLine {
  std::vector<RouteVertex> vertices{};
  std::vector<RouteStretch> stretches{};
  double joined_m = 0.0;  ///< length of the straight lines between ends that did not meet
  double longest_join_m = 0.0;

  [[nodiscard]] double length_m() const noexcept { return vertices.empty() ? 0.0 : vertices.back().s_m; }
  /// Length of the stretches of which the file says this, or does not say (`unknown`).
  [[nodiscard]] double tunnel_m(Presence presence) const noexcept;
  /// Of the stretches that may not be driven in this direction; `back`: in the other one.
  [[nodiscard]] double against_one_way_m(bool back) const noexcept;
};

/// Indices of the pieces that a choice takes, in the order of its ids, else of the file. InputError for a word
/// that no piece has, with the nearest that there is.
[[nodiscard]] std::vector<std::size_t> chosen_pieces(const RouteMap& map, const RouteChoice& choice);

/// Joins the pieces of a choice. Chosen by ids, and traces (GPX, CSV), they follow each other in that order; else
/// their ends decide, and the longer part is driven as it is drawn. InputError: pieces that do not connect (every
/// group with its length and ends, and the distance to the nearest other), pieces that branch where no `from` and
/// `to` decide (with the places), nothing chosen.
[[nodiscard]] RouteLine join(const RouteMap& map, const RouteChoice& choice = {});

/// A place of a route with its direction.
struct RoutePoint {
  double s_m = 0.0;
  LonLat at{};
  double height_m = std::numeric_limits<double>::quiet_NaN();
  double time_s = std::numeric_limits<double>::quiet_NaN();
  double heading_deg = 0.0;  ///< clockwise from true north, in [0, 360)
  std::size_t stretch = 0;   ///< index into RouteLine::stretches
};

/// The places at 0, step, 2 step ... and at the end. InputError: a step that is not above 0, or that makes more
/// than ten million places.
[[nodiscard]] std::vector<RoutePoint> sample(const RouteLine& line, double step_m);

}  // namespace amaneku
