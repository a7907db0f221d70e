#include "libsim/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <optional>

#include "libsim/parallel.hpp"
#include "propagation/added_losses.hpp"
#include "propagation/profile_scan.hpp"
#include "propagation/radial_scan.hpp"
#include "terrain/radial_fan.hpp"

namespace amaneku {
namespace {

constexpr int kMaxOwnLineSamples = 64;

/// Counts of one task, added up in order of task.
struct TaskCounts {
  std::size_t behind_void = 0;
  std::size_t line_of_sight = 0;
  double longest_m = 0.0;
};

/// Everything that the cells of one transmitter share.
struct Job {
  const Raster<float>& ground;
  const Raster<float>& clutter;  ///< no values: none
  const Raster<Zone>& zone;      ///< no values: all inland
  const CoverageOptions& options;
  Link link;
  AddedLosses added;
  Point site;
  double tx_ground_asl_m;
  Zone tx_zone;
  TransmitterLoss* out;  ///< each task writes its own cells
};

/// One block of neighbouring wedges of one side: the unit of parallel work.
struct Task {
  Side side;
  int first_wedge;
  int end_wedge;
  int wedges;  ///< of the whole side
};

constexpr int kWedgesPerTask = 32;

/// A cell as seen from its side of the fan.
struct CellOnSide {
  int j;
  std::size_t index;  ///< in the grid
  double slope;
  double distance_m;
  double ground_asl_m;
};

/// Nothing for a cell in a void or beyond the radius.
std::optional<CellOnSide> cell_in_reach(const Job& job, const FanSide& side, int j, int q) {
  const double slope = side.slope(j, q);
  const double distance_m = side.u(j) * FanSide::metres_per_u(slope, job.ground.grid.cell_m);
  const std::size_t index = side.index(j, q);
  const float ground = job.ground.values[index];
  if (distance_m > job.options.radius_m || std::isnan(ground)) return std::nullopt;
  return CellOnSide{j, index, slope, distance_m, static_cast<double>(ground)};
}

template <class Model>
void store(const Job& job, const Model& model, const CellOnSide& cell, const PathGeometry& path,
           TaskCounts& counts) {
  const auto nx = static_cast<std::size_t>(job.ground.grid.nx);
  const auto ix = static_cast<int>(cell.index % nx) - job.out->ix0;
  const auto iy = static_cast<int>(cell.index / nx) - job.out->iy0;
  double total_db = loss_db(model, job.link, path);
  if (!job.added.empty()) total_db += job.added.loss_db(path);
  job.out->loss_db.at(ix, iy) = static_cast<float>(total_db);
  counts.line_of_sight += path.line_of_sight ? 1 : 0;
  counts.longest_m = std::max(counts.longest_m, cell.distance_m);
}

/// The point where the line of slope t meets step j; nothing in a void. Unknown clutter counts as none.
std::optional<GroundPoint> point_at(const Job& job, const FanSide& side, int j, double t, double metres_per_u) {
  const float ground = side.sample(job.ground, j, t);
  if (std::isnan(ground)) return std::nullopt;
  GroundPoint point{side.u(j) * metres_per_u, static_cast<double>(ground)};
  if (!job.clutter.values.empty()) {
    const float clutter = side.sample(job.clutter, j, t);
    if (!std::isnan(clutter)) point.clutter_m = static_cast<double>(clutter);
  }
  if (!job.zone.values.empty()) point.zone = side.nearest(job.zone, j, t);
  return point;
}

/// The receiver in a cell: its ground, what stands around it, its zone.
GroundPoint receiver_in(const Job& job, const CellOnSide& cell) {
  GroundPoint point{cell.distance_m, cell.ground_asl_m};
  if (!job.clutter.values.empty() && !std::isnan(job.clutter.values[cell.index])) {
    point.clutter_m = static_cast<double>(job.clutter.values[cell.index]);
  }
  if (!job.zone.values.empty()) point.zone = job.zone.values[cell.index];
  return point;
}

/// The cell's own line from step `first` up to the step before it; returns how many points, or -1 in a void.
int own_line(const Job& job, const FanSide& side, const CellOnSide& cell, int first,
             std::span<GroundPoint> points) {
  const double per_u = FanSide::metres_per_u(cell.slope, job.ground.grid.cell_m);
  int n = 0;
  for (int j = first; j < cell.j; ++j) {
    const auto point = point_at(job, side, j, cell.slope, per_u);
    if (!point) return -1;
    points[static_cast<std::size_t>(n++)] = *point;
  }
  return n;
}

/// Marches one radial outwards and answers for every cell of its wedge.
template <class Model, class Scan>
void march(const Job& job, const Model& model, const FanSide& side, double t_low, double t_high, Scan& scan,
           TaskCounts& counts) {
  const int k = std::clamp(job.options.own_line_samples, 0, kMaxOwnLineSamples);
  const double t_mid = 0.5 * (t_low + t_high);
  const double per_u = FanSide::metres_per_u(t_mid, job.ground.grid.cell_m);
  std::array<GroundPoint, kMaxOwnLineSamples> tail;
  bool hole = false;
  scan.restart(job.link, job.tx_ground_asl_m, job.tx_zone);
  for (int j = 0; j < side.steps(); ++j) {
    if (j > k && !hole) {
      const auto point = point_at(job, side, j - k - 1, t_mid, per_u);
      hole = !point.has_value();
      if (point) scan.push(*point);
    }
    const CellRange range = side.cells(j, t_low, t_high);
    for (int q = range.first; q < range.end; ++q) {
      const std::optional<CellOnSide> cell = cell_in_reach(job, side, j, q);
      if (!cell) continue;
      const int n = hole ? -1 : own_line(job, side, *cell, std::max(0, j - k), tail);
      if (n < 0) {
        ++counts.behind_void;
        continue;
      }
      const PathGeometry path =
          scan.receiver(receiver_in(job, *cell), std::span(tail.data(), static_cast<std::size_t>(n)));
      store(job, model, *cell, path, counts);
    }
  }
}

void append(Profile& profile, const GroundPoint& point) {
  profile.distance_m.push_back(point.distance_m);
  profile.ground_asl_m.push_back(point.ground_asl_m);
  profile.clutter_m.push_back(point.clutter_m);
  profile.zone.push_back(point.zone);
}

/// The reference: every cell of the wedge walks its own profile from the site.
template <class Model>
void walk_each(const Job& job, const Model& model, const FanSide& side, double t_low, double t_high,
               Profile& profile, TaskCounts& counts) {
  std::vector<GroundPoint> points(static_cast<std::size_t>(side.steps()));
  for (int j = 0; j < side.steps(); ++j) {
    const CellRange range = side.cells(j, t_low, t_high);
    for (int q = range.first; q < range.end; ++q) {
      const std::optional<CellOnSide> cell = cell_in_reach(job, side, j, q);
      if (!cell) continue;
      const int n = own_line(job, side, *cell, 0, points);
      if (n < 0) {
        ++counts.behind_void;
        continue;
      }
      profile.distance_m.assign(1, 0.0);
      profile.ground_asl_m.assign(1, job.tx_ground_asl_m);
      profile.clutter_m.assign(1, 0.0);
      profile.zone.assign(1, job.tx_zone);
      for (const GroundPoint& point : std::span(points).first(static_cast<std::size_t>(n))) append(profile, point);
      append(profile, receiver_in(job, *cell));
      store(job, model, *cell, extract_path(job.link, profile.view(), Model::terrain), counts);
    }
  }
}

int radius_steps(const Job& job) {
  return static_cast<int>(std::ceil(job.options.radius_m / job.ground.grid.cell_m)) + 1;
}

TaskCounts run_task(const Job& job, const RadioModel& model, const Task& task) {
  TaskCounts counts;
  const FanSide side(job.ground.grid, job.site, task.side, radius_steps(job));
  std::visit(
      [&]<class Model>(const Model& concrete) {
        ScanFor<Model::terrain> scan;
        Profile profile;
        for (int wedge = task.first_wedge; wedge < task.end_wedge; ++wedge) {
          const double t_low = -1.0 + 2.0 * wedge / task.wedges;
          const double t_high = -1.0 + 2.0 * (wedge + 1) / task.wedges;
          if (job.options.engine == Engine::radial) {
            march(job, concrete, side, t_low, t_high, scan, counts);
          } else {
            walk_each(job, concrete, side, t_low, t_high, profile, counts);
          }
        }
      },
      model);
  return counts;
}

std::vector<Task> tasks_of(const Job& job) {
  // One cell per wedge in the outermost column of the radius: the arc of the fan is one cell at the rim.
  const int wedges = std::max(8, 2 * radius_steps(job));
  std::vector<Task> tasks;
  for (const Side side : kSides) {
    for (int first = 0; first < wedges; first += kWedgesPerTask) {
      tasks.push_back({side, first, std::min(wedges, first + kWedgesPerTask), wedges});
    }
  }
  return tasks;
}

/// The cell whose centre is the site itself belongs to no wedge: its path has no distance.
void store_own_cell(const Job& job, const RadioModel& model) {
  const Grid& grid = job.ground.grid;
  const int ix = std::clamp(static_cast<int>(std::lround(grid.column(job.site.x_m))), 0, grid.nx - 1);
  const int iy = std::clamp(static_cast<int>(std::lround(grid.row(job.site.y_m))), 0, grid.ny - 1);
  float& cell = job.out->loss_db.at(ix - job.out->ix0, iy - job.out->iy0);
  const float ground = job.ground.at(ix, iy);
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

Zone zone_at(const Ground& ground, Point at) {
  if (ground.zone.values.empty()) return Zone::inland;
  const Grid& grid = ground.zone.grid;
  return ground.zone.at(std::clamp(grid.column_of(at.x_m), 0, grid.nx - 1),
                        std::clamp(grid.row_of(at.y_m), 0, grid.ny - 1));
}

/// Sets the window of the plan grid that the radius reaches.
void set_window(TransmitterLoss& out, const Grid& grid, Point site, double radius_m) {
  const auto clamped = [](double value, int n) { return static_cast<int>(std::clamp(value, 0.0, n - 1.0)); };
  const double reach = radius_m / grid.cell_m;
  out.ix0 = clamped(std::floor(grid.column(site.x_m) - reach), grid.nx);
  out.iy0 = clamped(std::floor(grid.row(site.y_m) - reach), grid.ny);
  const int ix1 = clamped(std::ceil(grid.column(site.x_m) + reach), grid.nx);
  const int iy1 = clamped(std::ceil(grid.row(site.y_m) + reach), grid.ny);
  const Grid window{.west_m = grid.west_m + out.ix0 * grid.cell_m,
                    .north_m = grid.north_m - out.iy0 * grid.cell_m,
                    .cell_m = grid.cell_m,
                    .nx = ix1 - out.ix0 + 1,
                    .ny = iy1 - out.iy0 + 1};
  out.loss_db = Raster<float>(window, kNoData);
}

/// Best-server maps hold 16-bit indices of sectors.
void check_sector_count(const std::vector<Site>& sites) {
  constexpr std::size_t kMost = std::numeric_limits<std::int16_t>::max();
  std::size_t sectors = 0;
  for (const Site& site : sites) sectors += site.existing ? site.sectors.size() : 0;
  if (sectors <= kMost) return;
  throw InputError(Fault{.message = "too many sectors for one plan",
                         .key = "sites",
                         .value = fmt::format("{} sectors", sectors),
                         .legal = fmt::format("at most {} sectors of existing sites", kMost)});
}

/// Finds the distinct transmitters of the sectors; sites without ground are reported and left out.
CoverageGrid list_transmitters(const Ground& ground, const std::vector<Site>& sites,
                               std::vector<Warning>& warnings) {
  CoverageGrid coverage;
  coverage.grid = ground.ground_asl_m.grid;
  for (std::size_t s = 0; s < sites.size(); ++s) {
    const Site& site = sites[s];
    if (!site.existing) continue;
    const float height = sample_bilinear(ground.ground_asl_m, site.at);
    if (std::isnan(height)) {
      warnings.push_back({"site_without_ground",
                          fmt::format("site {} stands on no terrain data and was not planned", site.id), 1});
      continue;
    }
    std::map<std::pair<double, double>, int> known;
    for (std::size_t c = 0; c < site.sectors.size(); ++c) {
      const Sector& sector = site.sectors[c];
      const auto key = std::pair(sector.freq_hz, sector.tx_agl_m);
      const auto [entry, is_new] = known.try_emplace(key, static_cast<int>(coverage.transmitters.size()));
      if (is_new) {
        TransmitterLoss loss;
        loss.site = static_cast<int>(s);
        loss.freq_hz = sector.freq_hz;
        loss.tx_agl_m = sector.tx_agl_m;
        loss.tx_ground_asl_m = static_cast<double>(height);
        coverage.transmitters.push_back(std::move(loss));
      }
      coverage.sectors.push_back({static_cast<int>(s), static_cast<int>(c), entry->second});
    }
  }
  return coverage;
}

/// Calls `progress` with the share done, from one thread at a time.
class ProgressCount {
 public:
  ProgressCount(const Progress& progress, std::size_t total) : progress_(progress), total_(total) {}
  void one_done() {
    if (!progress_) return;
    const std::scoped_lock lock(guard_);
    progress_(static_cast<double>(++done_) / static_cast<double>(total_));
  }

 private:
  const Progress& progress_;
  std::size_t total_;
  std::size_t done_ = 0;
  std::mutex guard_;
};

/// The sectors' patterns with their azimuths counted from grid north.
std::vector<SectorPattern> mounted_patterns(const CoverageGrid& coverage, const std::vector<Site>& sites) {
  std::vector<SectorPattern> patterns;
  for (const SectorRef& ref : coverage.sectors) {
    const Site& site = sites[static_cast<std::size_t>(ref.site)];
    const Sector& sector = site.sectors[static_cast<std::size_t>(ref.sector)];
    Mounting mounting = sector.mounting;
    mounting.azimuth_deg += site.convergence_deg;
    patterns.emplace_back(sector.antenna, mounting);
  }
  return patterns;
}

}  // namespace

Link link_of(const Site& site, double freq_hz, double tx_agl_m, const Receiver& receiver,
             const CoverageOptions& options) noexcept {
  return {.freq_hz = freq_hz,
          .tx_agl_m = tx_agl_m,
          .rx_agl_m = receiver.rx_agl_m,
          .polarization = options.polarization,
          .effective_earth_radius_m = options.effective_earth_radius_m,
          .n0 = options.n0,
          .latitude_deg = site.position.lat_deg};
}

CoverageGrid compute_coverage(const Ground& ground, const std::vector<Site>& sites, const RadioModel& model,
                              const Receiver& receiver, const CoverageOptions& options,
                              std::vector<Warning>& warnings, const Progress& progress) {
  require_path_model(model, "model");
  for (const RadioModel& loss : options.added_losses) require_added_loss(loss, "added_loss");
  check_sector_count(sites);
  CoverageGrid coverage = list_transmitters(ground, sites, warnings);

  std::vector<Job> jobs;
  std::vector<std::pair<std::size_t, Task>> work;
  for (TransmitterLoss& out : coverage.transmitters) {
    const Site& site = sites[static_cast<std::size_t>(out.site)];
    set_window(out, coverage.grid, site.at, options.radius_m);
    const Link link = link_of(site, out.freq_hz, out.tx_agl_m, receiver, options);
    jobs.push_back({ground.ground_asl_m, ground.clutter_m, ground.zone, options, link,
                    AddedLosses(options.added_losses, link), site.at, out.tx_ground_asl_m,
                    zone_at(ground, site.at), &out});
    for (const Task& task : tasks_of(jobs.back())) work.emplace_back(jobs.size() - 1, task);
  }

  std::vector<TaskCounts> counts(work.size());
  ProgressCount count(progress, work.size());
  parallel_for(work.size(), options.threads, [&](std::size_t i) {
    counts[i] = run_task(jobs[work[i].first], model, work[i].second);
    count.one_done();
  });

  for (std::size_t i = 0; i < work.size(); ++i) {
    TransmitterLoss& out = *jobs[work[i].first].out;
    out.cells_behind_void += counts[i].behind_void;
    out.cells_line_of_sight += counts[i].line_of_sight;
    out.longest_computed_m = std::max(out.longest_computed_m, counts[i].longest_m);
  }
  for (const Job& job : jobs) store_own_cell(job, model);
  return coverage;
}

Db sector_gain(const Sector& sector, const Site& site, double tx_asl_m, Point cell, double rx_asl_m) noexcept {
  const double azimuth = grid_azimuth_deg(site.at, cell) - site.convergence_deg;
  const double elevation = std::atan2(rx_asl_m - tx_asl_m, distance_m(site.at, cell)) * kRadToDeg;
  return {gain_dbi(sector.antenna, sector.mounting, azimuth, elevation)};
}

ServerMaps best_server(const CoverageGrid& coverage, const std::vector<Site>& sites, const Ground& ground,
                       const Receiver& receiver, int threads) {
  const Grid& grid = coverage.grid;
  ServerMaps maps{Raster<float>(grid, kNoData), Raster<std::int16_t>(grid, -1)};
  const std::vector<SectorPattern> patterns = mounted_patterns(coverage, sites);
  parallel_for(static_cast<std::size_t>(grid.ny), threads, [&](std::size_t row) {
    const int iy = static_cast<int>(row);
    for (std::size_t s = 0; s < coverage.sectors.size(); ++s) {
      const SectorRef& ref = coverage.sectors[s];
      const TransmitterLoss& loss = coverage.transmitters[static_cast<std::size_t>(ref.transmitter)];
      const int wy = iy - loss.iy0;
      if (wy < 0 || wy >= loss.loss_db.grid.ny) continue;
      const Site& site = sites[static_cast<std::size_t>(ref.site)];
      const Sector& sector = site.sectors[static_cast<std::size_t>(ref.sector)];
      const double tx_asl_m = loss.tx_ground_asl_m + loss.tx_agl_m;
      const Dbm before_gain = link_budget(sector, receiver, {0.0}, {0.0}).rsrp();
      for (int wx = 0; wx < loss.loss_db.grid.nx; ++wx) {
        const float path_loss = loss.loss_db.at(wx, wy);
        if (std::isnan(path_loss)) continue;
        const int ix = wx + loss.ix0;
        const double rx_asl_m = static_cast<double>(ground.ground_asl_m.at(ix, iy)) + receiver.rx_agl_m;
        const Point cell = grid.centre(ix, iy);
        const double gain_dbi =
            patterns[s].gain_dbi(cell.x_m - site.at.x_m, cell.y_m - site.at.y_m, rx_asl_m - tx_asl_m);
        const auto rsrp = static_cast<float>(before_gain.value + gain_dbi - static_cast<double>(path_loss));
        float& best = maps.rsrp_dbm.at(ix, iy);
        if (std::isnan(best) || rsrp > best) {
          best = rsrp;
          maps.best_server.at(ix, iy) = static_cast<std::int16_t>(s);
        }
      }
    }
  });
  return maps;
}

}  // namespace amaneku
