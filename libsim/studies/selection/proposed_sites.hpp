// Places for candidates: of each square of a lattice the place from which most of what is not covered yet is in
// sight.
#pragma once

#include <string>
#include <vector>

#include "libsim/input/world.hpp"
#include "libsim/visibility/total_visibility.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

struct ProposalOptions {
  double spacing_m = 1000.0;   ///< side of the squares
  std::size_t most = 200;      ///< places, those that see most
  double mast_m = 30.0;        ///< height of the eye above ground
  double radius_m = 10'000.0;  ///< of sight
  double slope_at_most_deg = 30.0;
  double road_within_m = 500.0;  ///< infinite: anywhere
  double people_per_km = 10.0;   ///< people that a kilometre of road counts for
  std::string road_class{};      ///< of the roads that count, to be seen and to be near; empty: all
  std::vector<MultiPolygon> excluded{};
  int threads = 0;
};

struct ProposedSite {
  Point at{};
  double people = 0.0;  ///< not covered yet, in sight
  double road_m = 0.0;  ///< likewise
  double seen_km2 = 0.0;
  double slope_deg = 0.0;
  double to_road_m = 0.0;  ///< infinite: there is no road
};

struct Proposal {
  std::vector<ProposedSite> sites{};  ///< by squares from the north-west, row by row
  TotalVisibility sight{};            ///< of every place that was looked at
  std::size_t too_steep = 0;          ///< places that were left out, each for the first of its reasons
  std::size_t too_far = 0;            ///< from any road
  std::size_t excluded = 0;
  std::size_t squares_left_out = 0;  ///< with a place, beyond `most`
};

/// `covered`: [y, x] of the plan, whether the cell has what it needs; empty: none has. InputError for a lattice
/// that is finer than the cells, and for options of the sight outside their ranges.
[[nodiscard]] Proposal proposed_sites(const World& world, const std::vector<bool>& covered,
                                      const ProposalOptions& options);

}  // namespace amaneku
