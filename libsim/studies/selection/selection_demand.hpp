// The demand that a selection has to reach, cell by cell: people, metres of road, places, counted as the plan
// counts them (coverage_statistics, serve_places). People and roads that are served already (World::existing) are
// no demand: needs are shares of the rest.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "libsim/count/coverage_statistics.hpp"
#include "libsim/input/world.hpp"
#include "libsim/studies/named_places.hpp"
#include "libsim/studies/selection/selection_options.hpp"

namespace amaneku {

/// A cell where a level is wanted.
struct NeedPoint {
  std::size_t cell = 0;    ///< of the plan grid
  double level_dbm = 0.0;  ///< served where the power per subcarrier is that or more; infinite: never served
};

/// Demand that is counted together, and how much of it has to be covered.
struct SelectionNeed {
  enum class Kind : std::uint8_t { population, municipality, road, place };
  Kind kind = Kind::population;
  std::string id{};                     ///< municipality code, class of road; of a place its kind
  std::string name{};                   ///< of a municipality, of a place
  std::vector<std::uint32_t> points{};  ///< indices of SelectionDemand::points, each once, ascending
  std::vector<double> amounts{};        ///< [points] people, m; of a place cells
  double whole = 0.0;                   ///< inside the plan; of a place all of its cells
  double given = 0.0;       ///< counts as covered whatever is chosen: tunnels with equipment of their own
  double in_tunnels = 0.0;  ///< of a road: m that no site covers
  double least = 0.0;       ///< that has to be covered; 0: is only told
};

struct SelectionDemand {
  std::vector<NeedPoint> points{};     ///< ascending by cell, then by level
  std::vector<SelectionNeed> needs{};  ///< the first: all people
};

/// InputError: no people in the plan where a share of them is asked for (key "population_percent",
/// "municipality_percent"), no road of a class (key "roads.CLASS"), no place (key "every_place").
[[nodiscard]] SelectionDemand selection_demand(const World& world, const StatisticsOptions& statistics,
                                               std::span<const NamedPlace> places,
                                               const SelectionOptions& options);

}  // namespace amaneku
