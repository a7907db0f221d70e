#include "libsim/engine/transmitter_loss.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "libsim/engine/cone_march.hpp"
#include "libsim/engine/ground_walk.hpp"

namespace amaneku {
namespace {

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
    if (lanes_terrain(model_) == Terrain::two_earths_open_ends) open_ends(profile_, distance_m);
    append(profile_, receiver_in(index, distance_m, static_cast<double>(ground)));
    store(index, extract_path(job_.link, profile_.view(), Model::terrain));
  }

  /// Of the last walk that came to a loss.
  [[nodiscard]] const Profile& profile() const noexcept { return profile_; }

 private:
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

/// The cell of the plan that holds the site.
struct OwnCell {
  int ix;
  int iy;
};

OwnCell own_cell(const LossJob& job) {
  const Grid& grid = job.ground.ground_asl_m.grid;
  return {std::clamp(static_cast<int>(std::lround(grid.column(job.site.x_m))), 0, grid.nx - 1),
          std::clamp(static_cast<int>(std::lround(grid.row(job.site.y_m))), 0, grid.ny - 1)};
}

/// The path to the site's own cell, and its loss.
CellPath own_cell_path(const LossJob& job, const RadioModel& model) {
  constexpr double kLeastDistance_m = 1.0;  // a receiver under the mast is computed at 1 m horizontal distance
  const Grid& grid = job.ground.ground_asl_m.grid;
  const auto [ix, iy] = own_cell(job);
  const float ground = job.ground.ground_asl_m.at(ix, iy);
  if (std::isnan(ground)) return {};
  CellPath out;
  out.profile.distance_m = {0.0, std::max(kLeastDistance_m, distance_m(job.site, grid.centre(ix, iy)))};
  out.profile.ground_asl_m = {job.tx_ground_asl_m, static_cast<double>(ground)};
  out.profile.zone = {job.tx_zone, job.tx_zone};
  const PathGeometry path = extract_path(job.link, out.profile.view(), terrain_of(model));
  const double path_db = std::visit([&](const auto& m) { return loss_db(m, job.link, path); }, model);
  out.loss_db = static_cast<float>(path_db + job.added.loss_db(path));
  return out;
}

/// Where the fan has a cell.
struct PlaceInFan {
  LossTask task;
  RingCell cell;
};

/// Nothing for the site's own cell, and for cells beyond the steps of the radius.
std::optional<PlaceInFan> place_in_fan(const LossJob& job, int ix, int iy) {
  const Grid& grid = job.ground.ground_asl_m.grid;
  for (const LossTask& task : loss_tasks(job)) {
    const FanSide side(grid, job.site, task.side, radius_steps(job));
    const int q = side.along_x() ? iy : ix;
    for (int j = 0; j < side.steps(); ++j) {
      if (side.index(j, q) != grid.index(ix, iy)) continue;
      const CellRange range = side.cells(j, task.slope_low(), task.slope_high());
      if (q >= range.first && q < range.end) return PlaceInFan{task, {j, q}};
    }
  }
  return std::nullopt;
}

CellPath walked_path(const LossJob& job, const RadioModel& model, const PlaceInFan& place) {
  const FanSide side(job.ground.ground_asl_m.grid, job.site, place.task.side, radius_steps(job));
  CellPath out;
  std::visit(
      [&](const auto& concrete) {
        ExactWalk walk(job, concrete, side);
        walk.walk_to(place.cell.ring, place.cell.across);
        out.loss_db = job.out->loss_db.values.front();
        if (!std::isnan(out.loss_db)) out.profile = walk.profile();
      },
      model);
  out.own_samples = out.profile.distance_m.empty() ? 0 : out.profile.distance_m.size() - 2;
  return out;
}

}  // namespace

LossJob loss_job(const Ground& ground, const Site& site, const Receiver& receiver, const CoverageOptions& options,
                 TransmitterLoss& out) {
  const Link link = link_of(site, out.freq_hz, out.tx_agl_m, receiver, options);
  return {ground,
          options,
          link,
          AddedLosses(options.added_losses, link),
          site.at,
          out.tx_ground_asl_m,
          zone_at(ground, site.at),
          &out};
}

int radius_steps(const LossJob& job) noexcept {
  return static_cast<int>(std::ceil(job.options.radius_m / job.ground.ground_asl_m.grid.cell_m)) + 1;
}

std::vector<LossTask> loss_tasks(const LossJob& job) {
  const int cones = ConeCut::of(radius_steps(job), job.options.arc_cells).cones;
  std::vector<LossTask> tasks;
  for (const Side side : kSides) {
    for (int cone = 0; cone < cones; ++cone) tasks.push_back({side, cone, cones});
  }
  return tasks;
}

LossCounts run_loss_task(const LossJob& job, const RadioModel& model, const LossTask& task) {
  if (job.options.engine == LossEngine::radial) {
    thread_local ConeMarch march;
    return march.run(job, model, task);
  }
  const FanSide side(job.ground.ground_asl_m.grid, job.site, task.side, radius_steps(job));
  return std::visit(
      [&](const auto& concrete) {
        return ExactWalk(job, concrete, side).run(task.slope_low(), task.slope_high());
      },
      model);
}

void store_own_cell(const LossJob& job, const RadioModel& model) {
  const auto [ix, iy] = own_cell(job);
  float& cell = job.out->loss_db.at(ix - job.out->ix0, iy - job.out->iy0);
  if (std::isnan(cell)) cell = own_cell_path(job, model).loss_db;
}

CellPath cell_path(const LossJob& job, const RadioModel& model, int ix, int iy) {
  TransmitterLoss one_cell = *job.out;
  one_cell.ix0 = ix;
  one_cell.iy0 = iy;
  one_cell.loss_db = Raster<float>(window_grid(job.ground.ground_asl_m.grid, {ix, iy, 1, 1}), kNoData);
  LossJob own = job;
  own.out = &one_cell;
  CellPath out;
  if (const auto place = place_in_fan(own, ix, iy)) {
    out = own.options.engine == LossEngine::radial ? ConeMarch().trace(own, model, place->task, place->cell)
                                                   : walked_path(own, model, *place);
  }
  const auto [own_ix, own_iy] = own_cell(own);
  return std::isnan(out.loss_db) && ix == own_ix && iy == own_iy ? own_cell_path(own, model) : out;
}

}  // namespace amaneku
