#include "libsim/studies/targets/target_cells.hpp"

#include <algorithm>

#include "libsim/count/line_steps.hpp"

namespace amaneku {
namespace {

/// The point at a distance along the line.
Point point_along(const Line& line, double along_m) {
  double before_m = 0.0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double edge_m = distance_m(line[i], line[i + 1]);
    if (edge_m > 0.0 && along_m <= before_m + edge_m) {
      const double t = std::clamp((along_m - before_m) / edge_m, 0.0, 1.0);
      return {line[i].x_m + t * (line[i + 1].x_m - line[i].x_m),
              line[i].y_m + t * (line[i + 1].y_m - line[i].y_m)};
    }
    before_m += edge_m;
  }
  return line.back();
}

}  // namespace

MeshCells::MeshCells(const std::vector<PeopleMesh>& meshes, const Grid& grid) : grid_(grid) {
  FootprintCells footprint(grid);
  meshes_.reserve(meshes.size() + 1);
  for (const PeopleMesh& mesh : meshes) {
    Cells cells{.first_run = runs_.size(), .all = 0, .centre = cell_holding(grid, mesh.centre)};
    footprint.for_each_run(mesh.footprint, [&](const CellRun& run) {
      cells.all += std::max(0LL, run.end - run.begin);
      const CellRun inside{run.row, std::clamp<long long>(run.begin, 0, grid.nx),
                           std::clamp<long long>(run.end, 0, grid.nx)};
      if (run.row >= 0 && run.row < grid.ny && inside.begin < inside.end) runs_.push_back(inside);
    });
    meshes_.push_back(cells);
  }
  meshes_.push_back({.first_run = runs_.size(), .all = 0, .centre = kNoCell});
}

long long MeshCells::served_cells(std::size_t mesh, const ServedSince& served, int year) const {
  long long count = 0;
  for (std::size_t r = meshes_[mesh].first_run; r < meshes_[mesh + 1].first_run; ++r) {
    const CellRun& run = runs_[r];
    const std::size_t row = grid_.index(0, static_cast<int>(run.row));
    const auto begin = row + static_cast<std::size_t>(run.begin);
    const auto end = row + static_cast<std::size_t>(run.end);
    for (std::size_t i = begin; i < end; ++i) count += served.by(i, year) ? 1 : 0;
  }
  return count;
}

double MeshCells::covered_share(std::size_t mesh, MeshRule rule, const ServedSince& served, int year) const {
  const Cells& cells = meshes_[mesh];
  if (rule == MeshRule::centre || cells.all == 0) {
    return cells.centre != kNoCell && served.by(cells.centre, year) ? 1.0 : 0.0;
  }
  const long long count = served_cells(mesh, served, year);
  if (rule == MeshRule::half) return 2 * count >= cells.all ? 1.0 : 0.0;
  if (rule == MeshRule::more_than_half) return 2 * count > cells.all ? 1.0 : 0.0;
  return static_cast<double>(count) / static_cast<double>(cells.all);
}

RoadSamples::RoadSamples(const Roads& roads, const Grid& grid, double step_m) : roads_(roads) {
  first_.reserve(roads.roads.size() + 1);
  for (const Road& road : roads.roads) {
    first_.push_back(samples_.size());
    walk_line(road.line, step_m, [&](Point p, double step) { samples_.push_back({cell_holding(grid, p), step}); });
  }
  first_.push_back(samples_.size());
}

RoadLength RoadSamples::length(std::size_t road, const ServedSince& served, int year) const {
  RoadLength out;
  for (std::size_t i = first_[road]; i < first_[road + 1]; ++i) {
    const Sample& sample = samples_[i];
    if (sample.cell == kNoCell) continue;
    out.total_m += sample.length_m;
    if (roads_.roads[road].counts(served.by(sample.cell, year))) out.served_m += sample.length_m;
  }
  return out;
}

void RoadSamples::add_unserved(std::size_t road, const ServedSince& served, int year,
                               std::vector<RoadSection>& sections) const {
  const Line& line = roads_.roads[road].line;
  double along_m = 0.0;
  double from_m = -1.0;  // negative: served, or outside
  const auto close = [&] {
    if (from_m >= 0.0)
      sections.push_back({road, from_m, along_m, point_along(line, from_m), point_along(line, along_m)});
    from_m = -1.0;
  };
  for (std::size_t i = first_[road]; i < first_[road + 1]; ++i) {
    const Sample& sample = samples_[i];
    const bool missing = sample.cell != kNoCell && !roads_.roads[road].counts(served.by(sample.cell, year));
    if (missing && from_m < 0.0) from_m = along_m;
    if (!missing) close();
    along_m += sample.length_m;
  }
  close();
}

}  // namespace amaneku
