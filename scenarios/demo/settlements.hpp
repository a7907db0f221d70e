// Where people live: towns, villages, hamlets, and the 500 m meshes over which they are counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/demo/names.hpp"
#include "scenarios/demo/survey.hpp"
#include "terrain/crs.hpp"

namespace amaneku::scenarios::demo {

/// The first settlements are the seats of the municipalities, in the order of municipality_facts().
struct Settlement {
  Name name{};
  Point at{};
  int people = 0;
  double spread_m = 0.0;  ///< how far the houses reach
  double share_over_64 = 0.0;
};

inline constexpr std::size_t kSeats = 5;

/// Throws InternalError if the relief has no place for a seat (no seed is known to do that).
[[nodiscard]] std::vector<Settlement> found_settlements(std::uint64_t seed, const Relief& relief,
                                                        const Survey& survey);

/// A JIS X 0410 half mesh (about 500 m) with its people.
struct MeshPeople {
  std::string code{};
  Point centre{};
  int people = 0;
  int households = 0;
  int over_64 = 0;
};

/// Every person of every settlement in one mesh; meshes without people are left out. In order of code.
[[nodiscard]] std::vector<MeshPeople> settle_meshes(const std::vector<Settlement>& settlements,
                                                    const Relief& relief, const Survey& survey, const Crs& crs);

/// Municipality of every survey cell, an index into municipality_facts(), -1 over the sea. Borders follow the
/// divides between catchments.
[[nodiscard]] std::vector<std::int32_t> divide_municipalities(const std::vector<Settlement>& settlements,
                                                              const Relief& relief, const Survey& survey);

}  // namespace amaneku::scenarios::demo
