// The cells of meshes and the samples of roads, found once and held against any number of years and networks.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "libsim/count/footprint_cells.hpp"
#include "libsim/studies/targets/people_meshes.hpp"
#include "libsim/studies/targets/served_since.hpp"
#include "terrain/people/boundaries.hpp"
#include "terrain/people/roads.hpp"

namespace amaneku {

/// When the people of a mesh count as covered.
enum class MeshRule : std::uint8_t {
  half,           ///< all of them, if at least half of its area is served (半分以上)
  area_weighted,  ///< in proportion to the served area
  centre,         ///< all of them, if the cell of its centre is served
  more_than_half  ///< all of them, if more than half of its area is served (過半)
};
inline constexpr std::array<std::string_view, 4> kMeshRules = {"half", "area_weighted", "centre",
                                                               "more_than_half"};  ///< [MeshRule]
/// Where the rule is from; of meshes of 500 m. docs/methods/targets.md. [MeshRule]
inline constexpr std::array<std::string_view, 4> kMeshRuleSources = {
    "電気通信サービス向上推進協議会, 2014: 半分以上 (as told by Impress ケータイ Watch, 2022)",
    "実人口カバー率 of an operator (as told by the press, 2014)", "this program",
    "過半, given as the ministry's words (as told by iphone-college.com)"};

class MeshCells {
 public:
  MeshCells(const std::vector<PeopleMesh>& meshes, const Grid& grid);

  /// Share of the people of a mesh that count as covered, 0 .. 1. Cells outside the plan, without terrain or out
  /// of reach are not served. A mesh that holds no centre of a cell is as the cell of its own centre, by any rule.
  [[nodiscard]] double covered_share(std::size_t mesh, MeshRule rule, const ServedSince& served, int year) const;

 private:
  struct Cells {
    std::size_t first_run;
    long long all;  ///< those outside the plan as well
    std::size_t centre;
  };
  [[nodiscard]] long long served_cells(std::size_t mesh, const ServedSince& served, int year) const;

  Grid grid_;
  std::vector<CellRun> runs_{};  ///< inside the plan
  std::vector<Cells> meshes_{};  ///< and one more, for the end
};

/// A stretch of road that is not served.
struct RoadSection {
  std::size_t road;  ///< index into the roads
  double from_m;     ///< along the line
  double to_m;
  Point start;
  Point end;
  [[nodiscard]] double length_m() const noexcept { return to_m - from_m; }
};

struct RoadLength {
  double total_m = 0.0;  ///< inside the plan
  double served_m = 0.0;
};

class RoadSamples {
 public:
  /// Every road in steps of `step_m`; the cell in the middle of a step decides for all of it.
  RoadSamples(const Roads& roads, const Grid& grid, double step_m);

  [[nodiscard]] RoadLength length(std::size_t road, const ServedSince& served, int year) const;
  /// Adds the sections of a road that lie inside the plan and are not served.
  void add_unserved(std::size_t road, const ServedSince& served, int year,
                    std::vector<RoadSection>& sections) const;

 private:
  struct Sample {
    std::size_t cell;
    double length_m;
  };
  const Roads& roads_;
  std::vector<std::size_t> first_{};  ///< [road], and the end of the last
  std::vector<Sample> samples_{};
};

}  // namespace amaneku
