// Fibre from many terminals to one root over a graph of possible ways, with what a tree of least cost leaves out:
// how much fits a cable, how long and of how many edges a way may be, and two ways that share no edge. Trenches
// (or pole lines) are paid once, cables by number. Always with a bound that no layout falls below.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace amaneku {

/// May be used both ways. Parallel edges are different trenches; loops are never used.
struct FibreEdge {
  std::int32_t from = 0;  ///< vertices
  std::int32_t to = 0;
  std::int64_t trench_jpy = 0;  ///< >= 0, once where any cable lies
  std::int64_t cable_jpy = 0;   ///< >= 0, for each cable
  double length_m = 0.0;        ///< >= 0
};

struct FibreTerminal {
  std::int32_t vertex = 0;  ///< several terminals may share one; one at the root needs no edge
  std::int64_t demand = 1;  ///< >= 0, in the unit of `cable_capacity`: fibres, or bit/s
  /// Two routes without a common edge, each for the whole demand: a cut cable leaves one.
  bool two_routes = false;
};

struct FibreProblem {
  std::int32_t vertices = 0;
  std::vector<FibreEdge> edges{};
  std::int32_t root = 0;
  std::vector<FibreTerminal> terminals{};
  /// > 0. An edge whose routes carry a demand of d takes ceil(d / capacity) cables, one at least.
  std::int64_t cable_capacity = std::numeric_limits<std::int64_t>::max();
  double longest_route_m = std::numeric_limits<double>::infinity();   ///< >= 0, for each route
  std::int32_t most_hops = std::numeric_limits<std::int32_t>::max();  ///< >= 0, edges of each route
};

/// Why a terminal cannot be served, whatever is spent.
enum class FibreObstacle {
  no_way,         ///< no route at all
  too_long,       ///< the shortest route is longer than longest_route_m
  too_many_hops,  ///< the route of fewest edges has more than most_hops
  one_way_only,   ///< every two routes share an edge
  pair_too_long,  ///< the shortest two routes without a common edge are together longer than 2 x longest_route_m
  pair_too_many_hops,  ///< those of fewest edges have together more than 2 x most_hops
};

struct UnservedTerminal {
  std::int32_t terminal = 0;  ///< index
  FibreObstacle obstacle = FibreObstacle::no_way;
  double measured = 0.0;  ///< metres or hops of what is too long; of a pair, of both together
};

/// In order of terminals. What is not named here may still lack a route that is short enough and of few enough
/// edges at once, or a pair within both limits: fibre_layout() says so.
[[nodiscard]] std::vector<UnservedTerminal> unserved_terminals(const FibreProblem& problem);

struct FibreRoute {
  std::vector<std::int32_t> edges{};  ///< indices, from the root to the terminal; no vertex twice
};

struct FibreOptions {
  /// The exact search is asked where 2 x edges x (routes of all terminals), columns of its program, are at most
  /// this; a third of it where more than one cable is needed, both limits can bind, or there are rings with a
  /// limit.
  std::int64_t exact_columns = 6'000;
  std::int64_t nodes = 2'000;                                ///< of the exact search
  std::int64_t work = 40'000'000;                            ///< steps that the local search takes along edges
  double seconds = std::numeric_limits<double>::infinity();  ///< of the exact search: for commands only
};

struct FibreLayout {
  std::vector<std::vector<FibreRoute>> routes{};  ///< per terminal one, or two where asked for; none at the root
  std::vector<std::int32_t> edges{};              ///< with a cable, ascending
  std::vector<std::int64_t> cables{};             ///< per edge of the problem
  std::vector<std::int64_t> load{};               ///< per edge of the problem: demand of the routes over it
  std::vector<std::vector<std::int32_t>>
      users{};  ///< per edge of the problem: terminals with a route over it, ascending
  std::int64_t trench_jpy = 0;
  std::int64_t cable_jpy = 0;
  std::int64_t cost_jpy = 0;         ///< trench_jpy + cable_jpy
  std::int64_t lower_bound_jpy = 0;  ///< no layout costs less
  bool optimal = false;              ///< cost_jpy == lower_bound_jpy, or proved by the exact search
};

/// The same bytes for the same problem, but for a limit of seconds. InputError: an index, price, length, demand or
/// limit out of range; terminals that cannot be served, each named by its index with the reason; costs whose sum
/// does not fit 2^53 JPY.
[[nodiscard]] FibreLayout fibre_layout(const FibreProblem& problem, const FibreOptions& options = {});

/// What given routes cost: `users`, loads, cables and sums of a layout, its bound 0. InternalError where a route
/// is none from the root to its terminal, or leaves a limit.
[[nodiscard]] FibreLayout layout_of(const FibreProblem& problem, std::vector<std::vector<FibreRoute>> routes);

}  // namespace amaneku
