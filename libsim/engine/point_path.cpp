#include "libsim/engine/point_path.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/engine/ground_walk.hpp"

namespace amaneku {
namespace {

constexpr double kNearest_m = 1.0;

/// The side of the fan in which a point lies.
Side side_of(Point from, Point to) {
  const double east_m = to.x_m - from.x_m;
  const double north_m = to.y_m - from.y_m;
  if (std::fabs(east_m) >= std::fabs(north_m)) return east_m >= 0.0 ? Side::east : Side::west;
  return north_m >= 0.0 ? Side::north : Side::south;
}

GroundPoint receiver_at(const Ground& ground, Point at, double distance_m, double ground_asl_m) {
  GroundPoint point{distance_m, ground_asl_m};
  if (!ground.clutter_m.values.empty()) {
    const float clutter = sample_bilinear(ground.clutter_m, at);
    if (!std::isnan(clutter)) point.clutter_m = static_cast<double>(clutter);
  }
  point.zone = zone_at(ground, at);
  return point;
}

bool opens_ends(const RadioModel& model) {
  return std::visit([](const auto& m) { return lanes_terrain(m) == Terrain::two_earths_open_ends; }, model);
}

}  // namespace

PointPath point_path(const LossJob& job, const RadioModel& model, Point at) {
  PointPath out;
  const double away_m = std::max(kNearest_m, distance_m(job.site, at));
  if (away_m > job.options.radius_m) {
    out.state = PathState::beyond_radius;
    return out;
  }
  const float ground = sample_bilinear(job.ground.ground_asl_m, at);
  if (std::isnan(ground)) return out;

  const Grid& grid = job.ground.ground_asl_m.grid;
  const FanSide side(grid, job.site, side_of(job.site, at), radius_steps(job));
  const double across = (side.along_x() ? grid.row(at.y_m) : grid.column(at.x_m)) - side.across();
  const double u = std::fabs(side.along_x() ? at.x_m - job.site.x_m : at.y_m - job.site.y_m) / grid.cell_m;
  const double slope = u > 0.0 ? side.sign_across() * across / u : 0.0;
  const double per_u = FanSide::metres_per_u(slope, grid.cell_m);
  append(out.profile, {.distance_m = 0.0, .ground_asl_m = job.tx_ground_asl_m, .zone = job.tx_zone});
  // The last step before the point keeps clear of it, so that distances grow.
  constexpr double kApart_u = 1e-6;
  for (int j = 0; j < side.steps() && side.u(j) < u - kApart_u; ++j) {
    const auto point = point_at(job.ground, side, j, slope, per_u);
    if (!point) {
      out.state = PathState::behind_void;
      return out;
    }
    append(out.profile, *point);
  }
  if (opens_ends(model)) open_ends(out.profile, away_m);
  append(out.profile, receiver_at(job.ground, at, away_m, static_cast<double>(ground)));

  const PathGeometry path = extract_path(job.link, out.profile.view(), terrain_of(model));
  out.loss_db =
      std::visit([&](const auto& m) { return loss_db(m, job.link, path); }, model) + job.added.loss_db(path);
  out.line_of_sight = path.line_of_sight;
  out.state = PathState::computed;
  return out;
}

}  // namespace amaneku
