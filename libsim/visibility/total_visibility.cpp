#include "libsim/visibility/total_visibility.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "libsim/index.hpp"
#include "libsim/parallel.hpp"
#include "libsim/visibility/cell_units.hpp"
#include "libsim/visibility/observer_lanes.hpp"
#include "libsim/visibility/sight_fan.hpp"
#include "libsim/visibility/sight_march.hpp"
#include "terrain/error.hpp"
#include "terrain/range.hpp"

namespace amaneku {
namespace {

/// Observers along that a task has. Their lines share the ground that they run over: all of them cross one strip
/// of it before any goes on to the next, so that it stays in the cache of the first level.
constexpr int kObserversOfTask = 256;
constexpr int kStrip = 32;

/// All observers looking to two opposite sides.
class Pass {
 public:
  Pass(const VisibilityWorld& world, const VisibilityOptions& options, const SightFan& fan,
       const std::vector<std::uint32_t>& people, const std::vector<std::uint32_t>& road, bool along_x)
      : fan_(fan),
        pattern_{.along_x = along_x,
                 .along = along_x ? world.grid.nx : world.grid.ny,
                 .across = along_x ? world.grid.ny : world.grid.nx,
                 .stride = options.stride,
                 .reach = fan.rings()},
        lanes_(world.grid, pattern_, options.threads),
        ground_(lanes_.heights(world.ground_asl_m)),
        people_(people.empty() ? std::vector<std::uint32_t>{} : lanes_.sums(people)),
        road_(road.empty() ? std::vector<std::uint32_t>{} : lanes_.sums(road)),
        eyes_asl_m_(static_cast<std::size_t>(pattern_.observers_along()) * pattern_.lanes()),
        counts_(eyes_asl_m_.size()),
        voids_(std::any_of(world.ground_asl_m.begin(), world.ground_asl_m.end(),
                           [](float height) { return std::isnan(height); })) {
    for (int a = 0; a < pattern_.observers_along(); ++a) {
      const float* const here = ground_.data() + line(a) + lanes_.position(0);
      for (std::size_t lane = 0; lane < pattern_.lanes(); ++lane) {
        const double eye_asl_m = static_cast<double>(here[lane]) + options.observer_agl_m;
        eyes_asl_m_[lane_of(a, lane)] = here[lane] < kVoidWall_m ? static_cast<float>(eye_asl_m) : 0.0F;
      }
    }
  }

  [[nodiscard]] std::size_t tasks() const noexcept {
    return static_cast<std::size_t>(pattern_.blocks()) * static_cast<std::size_t>(pieces());
  }

  /// All lines of some observers; returns how many samples were tested.
  double run(std::size_t task) {
    Lines lines{.block = static_cast<int>(task) % pattern_.blocks()};
    lines.begin = static_cast<int>(task) / pattern_.blocks() * kObserversOfTask;
    lines.end = std::min(lines.begin + kObserversOfTask, pattern_.observers_along());
    lines.steepest.resize(static_cast<std::size_t>(lines.end - lines.begin) * ObserverPattern::kBlock);
    std::vector<SightRing> traced;
    double tests = 0.0;
    for (const bool forwards : {true, false}) {
      lines.forwards = forwards;
      for (int wedge = 0; wedge < fan_.wedges(); ++wedge) {
        fan_.trace(wedge, mirrored(forwards), traced);
        place(traced, lines.rings);
        lines.window = window_of(lines.block, traced);
        tests += look(lines);
      }
    }
    return tests;
  }

  [[nodiscard]] const SightCounts& counts() const noexcept { return counts_; }
  [[nodiscard]] std::size_t lane_of(int along, std::size_t across) const noexcept {
    return static_cast<std::size_t>(along) * pattern_.lanes() + across;
  }

 private:
  /// Rings [0, clear) meet ground for all observers of a block, those from `end` on for none.
  struct Window {
    std::size_t clear = 0;
    std::size_t end = 0;
  };

  /// The lines of one direction from the observers of a task.
  struct Lines {
    int block = 0;
    int begin = 0;  ///< observers along
    int end = 0;
    bool forwards = true;
    std::vector<MarchRing> rings{};
    Window window{};
    std::vector<float> steepest{};  ///< [observer along][lane]
  };

  [[nodiscard]] int pieces() const noexcept {
    return (pattern_.observers_along() + kObserversOfTask - 1) / kObserversOfTask;
  }
  [[nodiscard]] std::size_t line(int along) const noexcept {
    return static_cast<std::size_t>(observer_cell(along, pattern_.stride)) * lanes_.width();
  }
  /// East and south, west and north: each side is the one before it turned by a right angle, so that a cell on a
  /// diagonal belongs to one of them.
  [[nodiscard]] bool mirrored(bool forwards) const noexcept { return pattern_.along_x != forwards; }

  void place(const std::vector<SightRing>& traced, std::vector<MarchRing>& out) const {
    out.clear();
    for (const SightRing& ring : traced) {
      out.push_back({.fraction = ring.fraction,
                     .per_ring = ring.per_ring,
                     .drop = ring.drop,
                     .lift = ring.lift,
                     .cell = lanes_.position(ring.across),
                     .next_cell = lanes_.position(ring.across + 1),
                     .from = lanes_.position(ring.first),
                     .end = lanes_.position(ring.first + ring.cells),
                     .cells = static_cast<std::uint32_t>(ring.cells)});
    }
  }

  [[nodiscard]] Window window_of(int block, const std::vector<SightRing>& rings) const {
    const int first = observer_cell(block * ObserverPattern::kBlock, pattern_.stride);
    const int last = observer_cell(
        std::min((block + 1) * ObserverPattern::kBlock, pattern_.observers_across()) - 1, pattern_.stride);
    Window window{0, rings.size()};
    if (!voids_) {
      while (window.clear < rings.size() && first + rings[window.clear].across >= 0 &&
             last + rings[window.clear].across + 1 < pattern_.across) {
        ++window.clear;
      }
    }
    const auto inside = [&](const SightRing& ring) {
      return last + ring.across + 1 >= 0 && first + ring.across < pattern_.across;
    };
    while (window.end > window.clear && !inside(rings[window.end - 1])) --window.end;
    return window;
  }

  /// Cells that a line has before it leaves the grid along.
  [[nodiscard]] int ahead(int along, bool forwards) const noexcept {
    const int cell = observer_cell(along, pattern_.stride);
    return forwards ? pattern_.along - 1 - cell : cell;
  }

  /// Returns how many samples were tested.
  double look(Lines& lines) {
    const int most = static_cast<int>(lines.window.end);
    for (int strip = 0; strip * kStrip < pattern_.along; ++strip) {
      for (int a = lines.begin; a < lines.end; ++a) {
        const int to_edge = ahead(a, lines.forwards);
        const int rings = std::min(most, to_edge);
        // Ring m lies m cells ahead, and strips are counted in the direction of the lines.
        const int place = pattern_.along - 1 - to_edge;
        const int first = std::max(1, strip * kStrip - place);
        const int end = std::min(rings + 1, (strip + 1) * kStrip - place);
        if (first < end) cross(lines, a, {index_of(first - 1), lines.window.clear, index_of(end - 1)});
      }
    }
    return finish(lines);
  }

  void cross(Lines& lines, int along, const RingStretch& stretch) {
    const std::size_t lane = index_of(lines.block) * ObserverPattern::kBlock;
    const std::size_t at = lane_of(along, lane);
    const std::size_t here = line(along) + lane;
    const auto width = static_cast<std::ptrdiff_t>(lanes_.width());
    march({.ground = ground_.data() + here,
           .people = people_.empty() ? nullptr : people_.data() + here,
           .road = road_.empty() ? nullptr : road_.data() + here,
           .eye_asl_m = eyes_asl_m_.data() + at,
           .steepest = lines.steepest.data() + index_of(along - lines.begin) * ObserverPattern::kBlock,
           .step = lines.forwards ? width : -width,
           .seen = counts_.seen.data() + at,
           .unknown = counts_.unknown.data() + at,
           .people_seen = counts_.people.data() + at,
           .road_seen = counts_.road.data() + at},
          lines.rings, stretch);
  }

  /// Counts what lies beyond the grid; returns how many samples were tested.
  double finish(const Lines& lines) {
    const std::size_t lane = index_of(lines.block) * ObserverPattern::kBlock;
    const int observers = std::min(ObserverPattern::kBlock, pattern_.observers_across() - static_cast<int>(lane));
    double tests = 0.0;
    for (int a = lines.begin; a < lines.end; ++a) {
      const std::size_t tested = std::min(lines.window.end, index_of(ahead(a, lines.forwards)));
      std::uint32_t outside = 0;
      for (std::size_t i = tested; i < lines.rings.size(); ++i) outside += lines.rings[i].cells;
      const std::size_t at = lane_of(a, lane);
      for (std::size_t i = 0; i < ObserverPattern::kBlock; ++i) counts_.unknown[at + i] += outside;
      tests += static_cast<double>(tested) * observers;
    }
    return tests;
  }

  const SightFan& fan_;
  ObserverPattern pattern_;
  ObserverLanes lanes_;
  std::vector<float> ground_;
  std::vector<std::uint32_t> people_;
  std::vector<std::uint32_t> road_;
  std::vector<float> eyes_asl_m_;
  SightCounts counts_;
  bool voids_;
};

/// A cell of the observers' grid is a block of stride x stride cells.
Grid observer_grid(const Grid& grid, int stride) {
  return {.west_m = grid.west_m,
          .north_m = grid.north_m,
          .cell_m = grid.cell_m * stride,
          .nx = observers_among(grid.nx, stride),
          .ny = observers_among(grid.ny, stride)};
}

void check(const VisibilityWorld& world, const VisibilityOptions& options) {
  std::vector<Fault> faults;
  const auto within = [&](const char* key, double value, const Range& range) {
    if (range.contains(value)) return;
    faults.push_back(
        {.message = "outside its range", .key = key, .value = std::to_string(value), .legal = range.text()});
  };
  constexpr double kMost_agl_m = 10'000.0;
  constexpr double kMostRings = 10'000.0;
  const double cell_m = world.grid.cell_m;
  within("observer_agl_m", options.observer_agl_m, {0.0, kMost_agl_m});
  within("target_agl_m", options.target_agl_m, {0.0, kMost_agl_m});
  within("radius_m", options.radius_m, {cell_m, kMostRings * cell_m});
  within("effective_earth_radius_m", options.effective_earth_radius_m, {1e5, 1e12});
  within("stride", options.stride, {1.0, 64.0});
  within("arc_cells", options.arc_cells, {0.25, 64.0});
  if (!faults.empty()) throw InputError(std::move(faults));
  const std::size_t cells = world.grid.cells();
  const auto fits = [&](std::span<const float> values) { return values.empty() || values.size() == cells; };
  if (world.ground_asl_m.size() != cells || !fits(world.people) || !fits(world.road_m)) {
    throw InternalError("visibility: arrays that do not fit the grid");
  }
}

/// Weights of the cells as whole units; none where none are given.
struct Weights {
  CellUnits people;
  CellUnits road;
};

/// What every observer sees of its own cell, [y, x].
SightCounts own_cells(const VisibilityWorld& world, const Weights& weights, const Grid& observers, int stride) {
  SightCounts out(observers.cells());
  for (int iy = 0; iy < observers.ny; ++iy) {
    for (int ix = 0; ix < observers.nx; ++ix) {
      const std::size_t cell = world.grid.index(observer_cell(ix, stride), observer_cell(iy, stride));
      const std::size_t i = observers.index(ix, iy);
      out.seen[i] = 1;
      if (!weights.people.units.empty()) out.people[i] = weights.people.units[cell];
      if (!weights.road.units.empty()) out.road[i] = weights.road.units[cell];
    }
  }
  return out;
}

/// Adds what the observers have counted on one pass.
void add(const Pass& pass, bool along_x, const Grid& observers, SightCounts& out) {
  const SightCounts& counted = pass.counts();
  for (int iy = 0; iy < observers.ny; ++iy) {
    for (int ix = 0; ix < observers.nx; ++ix) {
      const std::size_t i = observers.index(ix, iy);
      const std::size_t lane = along_x ? pass.lane_of(ix, static_cast<std::size_t>(iy))
                                       : pass.lane_of(iy, static_cast<std::size_t>(ix));
      out.seen[i] += counted.seen[lane];
      out.unknown[i] += counted.unknown[lane];
      out.people[i] += counted.people[lane];
      out.road[i] += counted.road[lane];
    }
  }
}

/// Counts as square kilometres, people and metres.
void describe(const VisibilityWorld& world, int stride, const Weights& weights, const SightCounts& counts,
              TotalVisibility& out) {
  const double cell_km2 = world.grid.cell_m * world.grid.cell_m * 1e-6;
  for (Raster<float>* raster : {&out.seen_km2, &out.people, &out.road_m, &out.unknown_km2}) {
    *raster = Raster<float>(out.grid, kNoData);
  }
  for (int iy = 0; iy < out.grid.ny; ++iy) {
    for (int ix = 0; ix < out.grid.nx; ++ix) {
      const std::size_t cell = world.grid.index(observer_cell(ix, stride), observer_cell(iy, stride));
      if (std::isnan(world.ground_asl_m[cell])) {
        ++out.observers_in_voids;
        continue;
      }
      ++out.observers;
      const std::size_t i = out.grid.index(ix, iy);
      out.seen_km2.values[i] = static_cast<float>(counts.seen[i] * cell_km2);
      out.unknown_km2.values[i] = static_cast<float>(counts.unknown[i] * cell_km2);
      out.people.values[i] = static_cast<float>(counts.people[i] * weights.people.unit);
      out.road_m.values[i] = static_cast<float>(counts.road[i] * weights.road.unit);
    }
  }
}

}  // namespace

TotalVisibility total_visibility(const VisibilityWorld& world, const VisibilityOptions& options) {
  check(world, options);
  const SightFan fan({.cell_m = world.grid.cell_m,
                      .radius_m = options.radius_m,
                      .target_agl_m = options.target_agl_m,
                      .effective_earth_radius_m = options.effective_earth_radius_m,
                      .arc_cells = options.arc_cells});
  const Weights weights{cell_units(world.people, "people"), cell_units(world.road_m, "metres of road")};
  TotalVisibility out;
  out.grid = observer_grid(world.grid, options.stride);
  out.reach_km2 = static_cast<double>(fan.targets() + 1) * world.grid.cell_m * world.grid.cell_m * 1e-6;
  out.sight_lines = 4 * static_cast<std::size_t>(fan.wedges());
  SightCounts counts = own_cells(world, weights, out.grid, options.stride);
  for (const bool along_x : {true, false}) {
    Pass pass(world, options, fan, weights.people.units, weights.road.units, along_x);
    std::vector<double> tests(pass.tasks());
    parallel_for(pass.tasks(), options.threads, [&](std::size_t task) { tests[task] = pass.run(task); });
    for (const double of_task : tests) out.sight_tests += of_task;
    add(pass, along_x, out.grid, counts);
  }
  describe(world, options.stride, weights, counts, out);
  return out;
}

}  // namespace amaneku
