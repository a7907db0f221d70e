#include "libsim/transmitter_loss.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "libsim/cone_march.hpp"

namespace amaneku {
namespace {

int radius_steps(const LossJob& job) {
  return static_cast<int>(std::ceil(job.options.radius_m / job.ground.ground_asl_m.grid.cell_m)) + 1;
}

/// The point where the line of slope t meets step j; nothing in a void. Unknown clutter counts as none.
std::optional<GroundPoint> point_at(const Ground& map, const FanSide& side, int j, double t, double metres_per_u) {
  const float ground = side.sample(map.ground_asl_m, j, t);
  if (std::isnan(ground)) return std::nullopt;
  GroundPoint point{side.u(j) * metres_per_u, static_cast<double>(ground)};
  if (!map.clutter_m.values.empty()) {
    const float clutter = side.sample(map.clutter_m, j, t);
    if (!std::isnan(clutter)) point.clutter_m = static_cast<double>(clutter);
  }
  if (!map.zone.values.empty()) point.zone = side.nearest(map.zone, j, t);
  return point;
}

void append(Profile& profile, const GroundPoint& point) {
  profile.distance_m.push_back(point.distance_m);
  profile.ground_asl_m.push_back(point.ground_asl_m);
  profile.clutter_m.push_back(point.clutter_m);
  profile.zone.push_back(point.zone);
}

/// The reference engine: every cell walks its own profile from the site.
template <class Model>
class ExactWalk {
 public:
  ExactWalk(const LossJob& job, const Model& model, const FanSide& side) : job_(job), model_(model), side_(side) {}

  LossCounts run(double t_low, double t_high) {
    for (int j = 0; j < side_.steps(); ++j) {
      const CellRange range = side_.cells(j, t_low, t_high);
      for (int q = range.first; q < range.end; ++q) walk_to(j, q);
    }
    return counts_;
  }

 private:
  void walk_to(int j, int q) {
    const Grid& grid = job_.ground.ground_asl_m.grid;
    const double slope = side_.slope(j, q);
    const double per_u = FanSide::metres_per_u(slope, grid.cell_m);
    const double distance_m = side_.u(j) * per_u;
    const std::size_t index = side_.index(j, q);
    const float ground = job_.ground.ground_asl_m.values[index];
    if (distance_m > job_.options.radius_m || std::isnan(ground)) return;
    profile_.distance_m.assign(1, 0.0);
    profile_.ground_asl_m.assign(1, job_.tx_ground_asl_m);
    profile_.clutter_m.assign(1, 0.0);
    profile_.zone.assign(1, job_.tx_zone);
    for (int i = 0; i < j; ++i) {
      const auto point = point_at(job_.ground, side_, i, slope, per_u);
      if (!point) {
        ++counts_.behind_void;
        return;
      }
      append(profile_, *point);
    }
    if (lanes_terrain(model_) == Terrain::two_earths_open_ends) open_ends(distance_m);
    append(profile_, receiver_in(index, distance_m, static_cast<double>(ground)));
    store(index, extract_path(job_.link, profile_.view(), Model::terrain));
  }

  /// Clutter that the model does not count near the ends does not hide them from each other either.
  void open_ends(double distance_m) {
    for (std::size_t i = 0; i < profile_.clutter_m.size(); ++i) {
      const double d = profile_.distance_m[i];
      if (d < kOpenEnds_m || distance_m - d < kOpenEnds_m) profile_.clutter_m[i] = 0.0;
    }
  }

  /// The receiver in a cell: its ground, what stands around it, its zone.
  [[nodiscard]] GroundPoint receiver_in(std::size_t index, double distance_m, double ground_asl_m) const {
    GroundPoint point{distance_m, ground_asl_m};
    if (!job_.ground.clutter_m.values.empty() && !std::isnan(job_.ground.clutter_m.values[index])) {
      point.clutter_m = static_cast<double>(job_.ground.clutter_m.values[index]);
    }
    if (!job_.ground.zone.values.empty()) point.zone = job_.ground.zone.values[index];
    return point;
  }

  void store(std::size_t index, const PathGeometry& path) {
    const auto nx = static_cast<std::size_t>(job_.ground.ground_asl_m.grid.nx);
    const auto ix = static_cast<int>(index % nx) - job_.out->ix0;
    const auto iy = static_cast<int>(index / nx) - job_.out->iy0;
    double total_db = loss_db(model_, job_.link, path);
    if (!job_.added.empty()) total_db += job_.added.loss_db(path);
    job_.out->loss_db.at(ix, iy) = static_cast<float>(total_db);
    if (path.line_of_sight) ++counts_.line_of_sight;
    counts_.longest_m = std::max(counts_.longest_m, path.distance_m);
  }

  const LossJob& job_;
  const Model& model_;
  const FanSide& side_;
  Profile profile_{};
  LossCounts counts_{};
};

}  // namespace

std::vector<LossTask> loss_tasks(const LossJob& job) {
  const int cones = ConeCut::of(radius_steps(job), job.options.arc_cells).cones;
  std::vector<LossTask> tasks;
  for (const Side side : kSides) {
    for (int cone = 0; cone < cones; ++cone) tasks.push_back({side, cone, cones});
  }
  return tasks;
}

LossCounts run_loss_task(const LossJob& job, const RadioModel& model, const LossTask& task) {
  if (job.options.engine == Engine::radial) {
    thread_local ConeMarch march;
    return march.run(job, model, task);
  }
  const FanSide side(job.ground.ground_asl_m.grid, job.site, task.side, radius_steps(job));
  const double t_low = -1.0 + 2.0 * task.cone / task.cones;
  const double t_high = -1.0 + 2.0 * (task.cone + 1) / task.cones;
  return std::visit([&](const auto& concrete) { return ExactWalk(job, concrete, side).run(t_low, t_high); },
                    model);
}

void store_own_cell(const LossJob& job, const RadioModel& model) {
  const Grid& grid = job.ground.ground_asl_m.grid;
  const int ix = std::clamp(static_cast<int>(std::lround(grid.column(job.site.x_m))), 0, grid.nx - 1);
  const int iy = std::clamp(static_cast<int>(std::lround(grid.row(job.site.y_m))), 0, grid.ny - 1);
  float& cell = job.out->loss_db.at(ix - job.out->ix0, iy - job.out->iy0);
  const float ground = job.ground.ground_asl_m.at(ix, iy);
  if (!std::isnan(cell) || std::isnan(ground)) return;
  constexpr double kNearest_m = 1.0;  // a receiver under the mast is computed at 1 m horizontal distance
  const double distance = std::max(kNearest_m, distance_m(job.site, grid.centre(ix, iy)));
  const std::array<double, 2> distances{0.0, distance};
  const std::array<double, 2> heights{job.tx_ground_asl_m, static_cast<double>(ground)};
  const std::array<Zone, 2> zones{job.tx_zone, job.tx_zone};
  const PathGeometry path = extract_path(job.link, {distances, heights, {}, zones}, terrain_of(model));
  const double path_db = std::visit([&](const auto& m) { return loss_db(m, job.link, path); }, model);
  cell = static_cast<float>(path_db + job.added.loss_db(path));
}

}  // namespace amaneku
