#include "libsim/engine/cone_march.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "propagation/losses.hpp"

namespace amaneku {
namespace {

constexpr int kMostOwnSamples = CoverageOptions::kMostOwnLineSamples;
static_assert(kMostOwnSamples <= RingRows::kKept);
constexpr std::size_t kPadding = PathArrays::kPadding;
// What stands near the site is seen from it under a wide angle, so neighbouring radials come closer towards it: by
// the power 3/4 of the share of the radius. docs/adr/0010 has the figures.
double thinning(double share) {
  const double root = std::sqrt(share);
  return root * std::sqrt(root);
}

/// Rings on which a cone has cells within the radius.
int cone_steps(const LossJob& job, const LossTask& task) {
  const double nearest_t = std::max({0.0, task.slope_low(), -task.slope_high()});
  const double most_u =
      job.options.radius_m / FanSide::metres_per_u(nearest_t, job.ground.ground_asl_m.grid.cell_m);
  return static_cast<int>(std::ceil(most_u)) + 1;
}

/// Samples of own lines on the rings before the one at hand, ring by ring.
struct OwnSamples {
  std::vector<float> ground_m{};
  std::vector<float> clutter_m{};
  std::vector<Zone> zone{};

  void resize(std::size_t n, bool clutter, bool zones) {
    ground_m.resize(n);
    clutter_m.resize(clutter ? n : 0);
    zone.resize(zones ? n : 0);
  }
};

/// Writes rings of losses into the window of a transmitter. Rings that run down columns are kept until there is a
/// cache line of them.
class RingWriter {
 public:
  /// `widest`: cells of a ring at most.
  void restart(TransmitterLoss& out, const FanSide& side, const Grid& plan, std::size_t widest) {
    out_ = &out;
    side_ = &side;
    plan_nx_ = static_cast<std::size_t>(plan.nx);
    width_ = widest;
    rows_.resize(kRings * width_);
    kept_ = 0;
  }

  /// Where the losses of the cells first .. first + n - 1 of ring j are to be put; NaN writes nothing. Rings come
  /// in order.
  float* row(int j, int first, std::size_t n) {
    if (kept_ == kRings || (kept_ > 0 && ring_[kept_ - 1] + 1 != j)) flush();
    ring_[kept_] = j;
    first_[kept_] = first;
    count_[kept_] = static_cast<int>(n);
    const std::size_t index = side_->index(j, 0);
    axis_[kept_] = static_cast<int>(side_->along_x() ? index % plan_nx_ : index / plan_nx_);
    return rows_.data() + width_ * kept_++;
  }

  void flush() {
    int low = std::numeric_limits<int>::max();
    int high = 0;
    for (std::size_t k = 0; k < kept_; ++k) {
      low = std::min(low, first_[k]);
      high = std::max(high, first_[k] + count_[k]);
    }
    const int nx = out_->loss_db.grid.nx;
    const std::ptrdiff_t across_step = side_->along_x() ? nx : 1;
    const std::ptrdiff_t axis_step = side_->along_x() ? 1 : nx;
    const int across0 = side_->along_x() ? out_->iy0 : out_->ix0;
    const int axis0 = side_->along_x() ? out_->ix0 : out_->iy0;
    float* const window = out_->loss_db.values.data();
    const auto write = [&](std::size_t k, int q) {
      const auto at = static_cast<unsigned>(q - first_[k]);
      if (at >= static_cast<unsigned>(count_[k])) return;
      const float loss = rows_[width_ * k + at];
      if (!std::isnan(loss)) window[(q - across0) * across_step + (axis_[k] - axis0) * axis_step] = loss;
    };
    if (side_->along_x()) {
      for (int q = low; q < high; ++q) {
        for (std::size_t k = 0; k < kept_; ++k) write(k, q);
      }
    } else {
      for (std::size_t k = 0; k < kept_; ++k) {
        for (int q = low; q < high; ++q) write(k, q);
      }
    }
    kept_ = 0;
  }

 private:
  static constexpr std::size_t kRings = 16;

  TransmitterLoss* out_ = nullptr;
  const FanSide* side_ = nullptr;
  std::size_t plan_nx_ = 0;
  std::size_t width_ = 0;
  std::size_t kept_ = 0;
  std::array<int, kRings> ring_{};
  std::array<int, kRings> axis_{};  ///< column or row of the plan
  std::array<int, kRings> first_{};
  std::array<int, kRings> count_{};
  std::vector<float> rows_{};
};

}  // namespace

ConeCut ConeCut::of(int steps, double arc_cells) noexcept {
  const double radials = 2.0 * steps / arc_cells;
  const int cones = std::max(1, static_cast<int>(std::ceil(radials / (1 << kMostDoublings))));
  int doublings = 0;
  while (doublings < kMostDoublings && cones * (1 << doublings) < radials) ++doublings;
  return {cones, doublings};
}

struct ConeMarch::Buffers {
  RingRows ground{};
  RingRows clutter{};
  RadialBundle bundle{};
  PathArrays paths{};
  RingCells cells{};
  std::vector<double> radial_slope{};
  std::vector<double> radial_metres_per_u{};
  std::vector<float> sample_m{};
  std::vector<float> sample_clutter_m{};
  std::vector<Zone> sample_zone{};
  OwnSamples own{};
  std::vector<Zone> cell_zone{};
  std::vector<double> loss_db{};
  RingWriter writer{};
};

namespace {

/// Clutter that P.452 does not count near the receiver must be on its own line.
template <class Model>
int own_samples(const LossJob& job, const Model& model) {
  if (lanes_terrain(model) != Terrain::two_earths_open_ends) return job.options.own_line_samples;
  const double within = std::ceil(kOpenEnds_m / job.ground.ground_asl_m.grid.cell_m);
  return std::max(job.options.own_line_samples, static_cast<int>(std::min(within, 1.0 * kMostOwnSamples)));
}

/// Asks for the points of paths and nothing else.
struct ProfileProbe {
  static constexpr Terrain terrain = Terrain::samples;
};
double loss_db(const ProfileProbe&, const Link&, const PathGeometry&) noexcept {
  return 0.0;
}

/// One cone at work.
template <class Buffers, class Model>
class March {
 public:
  March(Buffers& buffers, const LossJob& job, const Model& model, const LossTask& task, const ConeCut& cut)
      : b_(buffers),
        job_(job),
        ready_(prepared(model, job.link)),
        grid_(job.ground.ground_asl_m.grid),
        side_(grid_, job.site, task.side, cone_steps(job, task)),
        t_low_(task.slope_low()),
        t_high_(task.slope_high()),
        slope_low_(side_.sign_across() > 0.0 ? t_low_ : -t_high_),
        slope_high_(side_.sign_across() > 0.0 ? t_high_ : -t_low_),
        radius_u_(job.options.radius_m / grid_.cell_m),
        arc_cells_(job.options.arc_cells),
        most_radials_(std::size_t{1} << cut.doublings),
        own_(own_samples(job, model)),
        has_clutter_(!job.ground.clutter_m.values.empty()),
        has_zones_(!job.ground.zone.values.empty()) {
    b_.ground.restart(job.ground.ground_asl_m, side_, slope_low_, slope_high_);
    if (has_clutter_) b_.clutter.restart(job.ground.clutter_m, side_, slope_low_, slope_high_);
    b_.writer.restart(*job.out, side_, grid_, static_cast<std::size_t>(cells_across()));
    set_radials(1);
    const double widest = std::max(std::fabs(t_low_), std::fabs(t_high_));
    const double nearest = std::max({0.0, t_low_, -t_high_});
    b_.bundle.restart(job.link, job.tx_ground_asl_m, job.tx_zone, {lanes_terrain(model), has_clutter_, has_zones_},
                      radial_metres(),
                      {FanSide::metres_per_u(nearest, grid_.cell_m), FanSide::metres_per_u(widest, grid_.cell_m)},
                      std::size_t{1} << cut.doublings, static_cast<std::size_t>(side_.steps()));
  }

  /// One cell alone, as among all others; nothing beyond the radius.
  void run_to(const RingCell& cell) {
    if (cell.ring >= side_.steps()) return;
    for (int j = own_ + 1; j <= cell.ring; ++j) push(j - own_ - 1);
    receive(cell.ring, {cell.across, cell.across + 1});
    b_.writer.flush();
  }

  LossCounts run() {
    for (int j = 0; j < side_.steps(); ++j) {
      if (j > own_) push(j - own_ - 1);
      const CellRange range = cells(j);
      if (range.first < range.end) receive(j, range);
    }
    b_.writer.flush();
    return counts_;
  }

 private:
  /// Of the widest ring, at most.
  [[nodiscard]] int cells_across() const {
    const double u = side_.steps() > 0 ? side_.u(side_.steps() - 1) : 0.0;
    return static_cast<int>(std::ceil(u * (slope_high_ - slope_low_))) + 2;
  }

  [[nodiscard]] std::span<const double> radial_metres() const {
    return std::span<const double>(b_.radial_metres_per_u).first(radials_);
  }

  void set_radials(std::size_t n) {
    radials_ = n;
    const double step = (slope_high_ - slope_low_) / static_cast<double>(n);
    b_.radial_slope.resize(n + kPadding);
    b_.radial_metres_per_u.resize(n + kPadding);
    for (std::size_t i = 0; i < n; ++i) {
      b_.radial_slope[i] = slope_low_ + (static_cast<double>(i) + 0.5) * step;
      b_.radial_metres_per_u[i] = FanSide::metres_per_u(b_.radial_slope[i], grid_.cell_m);
    }
    for (std::vector<float>* values : {&b_.sample_m, &b_.sample_clutter_m}) values->resize(n + kPadding);
    b_.sample_zone.resize(n);
  }

  void push(int j) {
    const double u = side_.u(j);
    const double most_apart = arc_cells_ * thinning(std::min(1.0, u / radius_u_));
    while (radials_ < most_radials_ &&
           u * (slope_high_ - slope_low_) > most_apart * static_cast<double>(radials_)) {
      set_radials(2 * radials_);
      b_.bundle.split(radial_metres());
    }
    const auto lines = std::span<const double>(b_.radial_slope).first(radials_);
    sample_ring(side_, b_.ground.row(j), u, lines, b_.sample_m.data());
    if (has_clutter_) sample_ring(side_, b_.clutter.row(j), u, lines, b_.sample_clutter_m.data());
    if (has_zones_) {
      for (std::size_t i = 0; i < radials_; ++i) b_.sample_zone[i] = zone_at(j, lines[i]);
    }
    b_.bundle.push(u, b_.sample_m.data(), has_clutter_ ? b_.sample_clutter_m.data() : nullptr,
                   has_zones_ ? b_.sample_zone.data() : nullptr);
  }

  [[nodiscard]] Zone zone_at(int j, double across_slope) const {
    return side_.nearest(job_.ground.zone, j, side_.sign_across() * across_slope);
  }

  /// Cells of the cone on ring j that can lie within the radius.
  [[nodiscard]] CellRange cells(int j) const {
    CellRange range = side_.cells(j, t_low_, t_high_);
    const double u = side_.u(j);
    const double half = std::sqrt(std::max(0.0, radius_u_ * radius_u_ - u * u)) + 1e-6;
    range.first = std::max(range.first, static_cast<int>(std::ceil(std::max(0.0, side_.across() - half))));
    range.end = std::min(range.end, static_cast<int>(std::floor(side_.across() + half)) + 1);
    return range;
  }

  void receive(int j, const CellRange& range) {
    const auto n = static_cast<std::size_t>(range.end - range.first);
    const double u = side_.u(j);
    const double step = (slope_high_ - slope_low_) / static_cast<double>(radials_);
    ring_cells(side_, grid_.cell_m, u, range.first, n, {slope_low_, step, radials_}, b_.cells);
    const RingRow ground = b_.ground.row(j);
    RingReceivers ring{.size = n,
                       .u = u,
                       .metres_per_u = b_.cells.metres_per_u.data(),
                       .radial = b_.cells.sector.data(),
                       .ground_asl_m = ground.values + (range.first - ground.first)};
    if (has_clutter_) {
      const RingRow clutter = b_.clutter.row(j);
      ring.clutter_m = clutter.values + (range.first - clutter.first);
    }
    sample_own_lines(j, n, ring);
    if (has_zones_) {
      b_.cell_zone.resize(n);
      for (std::size_t i = 0; i < n; ++i) {
        b_.cell_zone[i] = job_.ground.zone.values[side_.index(j, range.first + static_cast<int>(i))];
      }
      ring.zone = b_.cell_zone.data();
    }
    b_.bundle.receivers(ring, b_.paths);
    b_.loss_db.resize(n + kPadding);
    losses_db(ready_, job_.link, b_.paths, b_.loss_db);
    if (!job_.added.empty()) {
      for (std::size_t i = 0; i < n; ++i) {
        if (b_.paths.valid[i] != 0) b_.loss_db[i] += job_.added.loss_db(path_at(b_.paths, i));
      }
    }
    store(j, range.first, ring);
  }

  void sample_own_lines(int j, std::size_t n, RingReceivers& ring) {
    const int first = std::max(0, j - own_);
    const auto own = static_cast<std::size_t>(j - first);
    const std::size_t stride = n + kPadding;
    b_.own.resize(own * stride + kPadding, has_clutter_, has_zones_);
    const auto lines = std::span<const double>(b_.cells.across_slope).first(n);
    for (std::size_t k = 0; k < own; ++k) {
      const int at = first + static_cast<int>(k);
      own_u_[k] = side_.u(at);
      sample_ring(side_, b_.ground.row(at), own_u_[k], lines, b_.own.ground_m.data() + k * stride);
      if (has_clutter_) {
        sample_ring(side_, b_.clutter.row(at), own_u_[k], lines, b_.own.clutter_m.data() + k * stride);
      }
      if (has_zones_) {
        for (std::size_t i = 0; i < n; ++i) b_.own.zone[k * stride + i] = zone_at(at, lines[i]);
      }
    }
    ring.own_u = std::span<const double>(own_u_).first(own);
    ring.own_stride = stride;
    ring.own_ground_asl_m = b_.own.ground_m.data();
    if (has_clutter_) ring.own_clutter_m = b_.own.clutter_m.data();
    if (has_zones_) ring.own_zone = b_.own.zone.data();
  }

  void store(int j, int first, const RingReceivers& ring) {
    const PathArrays& paths = b_.paths;
    float* const row = b_.writer.row(j, first, ring.size);
    LossCounts counts;
    // Without branches: where the edge of a shadow runs is not known in advance.
    for (std::size_t i = 0; i < ring.size; ++i) {
      const double distance_m = paths.distance_m[i];
      const bool asked = (distance_m <= job_.options.radius_m) & !std::isnan(ring.ground_asl_m[i]);
      const bool computed = asked & (paths.valid[i] != 0);
      row[i] = computed ? static_cast<float>(b_.loss_db[i]) : kNoData;
      counts.behind_void += static_cast<std::size_t>(asked & !computed);
      counts.line_of_sight += static_cast<std::size_t>(computed & (paths.line_of_sight[i] != 0.0));
      counts.longest_m = std::max(counts.longest_m, computed ? distance_m : 0.0);
    }
    counts_.behind_void += counts.behind_void;
    counts_.line_of_sight += counts.line_of_sight;
    counts_.longest_m = std::max(counts_.longest_m, counts.longest_m);
  }

  Buffers& b_;
  const LossJob& job_;
  decltype(prepared(std::declval<const Model&>(), std::declval<const Link&>())) ready_;
  const Grid& grid_;
  FanSide side_;
  double t_low_;
  double t_high_;
  double slope_low_;  // across, in order of the cell
  double slope_high_;
  double radius_u_;
  double arc_cells_;
  std::size_t most_radials_;
  int own_;
  bool has_clutter_;
  bool has_zones_;
  std::size_t radials_ = 0;
  std::array<double, kMostOwnSamples> own_u_{};
  LossCounts counts_{};
};

}  // namespace

ConeMarch::ConeMarch() : buffers_(std::make_unique<Buffers>()) {}
ConeMarch::~ConeMarch() = default;

LossCounts ConeMarch::run(const LossJob& job, const RadioModel& model, const LossTask& task) {
  const ConeCut cut = ConeCut::of(radius_steps(job), job.options.arc_cells);
  return std::visit(
      [&]<class Model>(const Model& concrete) -> LossCounts {
        if constexpr (Model::role == Role::path) return March(*buffers_, job, concrete, task, cut).run();
        return {};
      },
      model);
}

CellPath ConeMarch::trace(const LossJob& job, const RadioModel& model, const LossTask& task,
                          const RingCell& cell) {
  const ConeCut cut = ConeCut::of(radius_steps(job), job.options.arc_cells);
  CoverageOptions as_sampled = job.options;
  std::visit(
      [&]<class Model>(const Model& concrete) {
        if constexpr (Model::role == Role::path) March(*buffers_, job, concrete, task, cut).run_to(cell);
        as_sampled.own_line_samples = own_samples(job, concrete);
      },
      model);
  CellPath out{.loss_db = job.out->loss_db.values.front()};
  if (std::isnan(out.loss_db)) return out;
  TransmitterLoss unused = *job.out;
  const LossJob probing{job.ground, as_sampled, job.link, {}, job.site, job.tx_ground_asl_m, job.tx_zone, &unused};
  March(*buffers_, probing, ProfileProbe{}, task, cut).run_to(cell);
  GatheredProfile points;
  const ProfileView path = points.of(buffers_->paths, 0);
  out.own_samples = static_cast<std::size_t>(std::min(cell.ring, as_sampled.own_line_samples));
  out.profile.distance_m.assign(path.distance_m.begin(), path.distance_m.end());
  out.profile.ground_asl_m.assign(path.ground_asl_m.begin(), path.ground_asl_m.end());
  out.profile.clutter_m.assign(path.clutter_m.begin(), path.clutter_m.end());
  out.profile.zone.assign(path.zone.begin(), path.zone.end());
  return out;
}

}  // namespace amaneku
