#include "libsim/latency/delay_distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numeric>
#include <unsupported/Eigen/FFT>

#include "libsim/latency/latency_faults.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr double kMaxPoints = 4e6;
constexpr double kSameShare = 1e-9;  // probabilities that a person wrote add up to 1 within this
constexpr double kOnPoint = 1e-9;    // of a step: a value so close to a grid point lies on it
constexpr double kRounding = 1e-13;  // of a cdf
constexpr double kDirectProducts = 2e7;

/// Masses of a grid on their way to a distribution.
class MassSum {
 public:
  explicit MassSum(DelayGrid grid) : grid_(grid), points_(grid.points()) {}

  /// All in one point.
  void add_point(double delay_s, double probability) {
    double position = delay_s / grid_.step_s;
    const double nearest = std::round(position);
    if (std::fabs(position - nearest) < kOnPoint) position = nearest;
    const auto last = static_cast<double>(points_ - 1);
    if (!(position <= last)) {
      add_tail(probability, probability * delay_s);
      return;
    }
    const double floor = std::floor(position);
    const auto cell = static_cast<std::size_t>(floor);
    const double above = position - floor;
    add_at(cell, probability * (1.0 - above));
    if (above > 0.0) add_at(cell + 1, probability * above);
  }

  /// Spread evenly: each cell of the grid has its part at the middle of the overlap.
  void add_piece(const DelayPiece& piece) {
    const double length_s = piece.to_s - piece.from_s;
    if (length_s < kOnPoint * grid_.step_s) {
      add_point(piece.from_s, piece.probability);
      return;
    }
    const double horizon_s = grid_.step_s * static_cast<double>(points_ - 1);
    double from_s = piece.from_s;
    double cell = std::floor(from_s / grid_.step_s);
    while (from_s < std::min(piece.to_s, horizon_s)) {
      const double end_s = std::min({piece.to_s, (cell + 1.0) * grid_.step_s, horizon_s});
      if (end_s > from_s) {
        add_point((from_s + end_s) / 2.0, piece.probability * (end_s - from_s) / length_s);
        from_s = end_s;
      }
      cell += 1.0;
    }
    if (from_s < piece.to_s) {
      const double beyond = piece.probability * (piece.to_s - from_s) / length_s;
      add_tail(beyond, beyond * (from_s + piece.to_s) / 2.0);
    }
  }

  void add_at(std::size_t point, double probability) {
    if (point >= mass_.size()) mass_.resize(point + 1, 0.0);
    mass_[point] += probability;
  }

  void add_tail(double probability, double moment_s) {
    tail_ += probability;
    if (probability > 0.0) tail_moment_s_ += moment_s;
  }

  [[nodiscard]] double total() const { return std::accumulate(mass_.begin(), mass_.end(), tail_); }

  [[nodiscard]] DelayDistribution distribution() && { return {std::move(mass_), tail_, tail_moment_s_, grid_}; }

 private:
  DelayGrid grid_;
  std::size_t points_;
  std::vector<double> mass_{};
  double tail_ = 0.0;
  double tail_moment_s_ = 0.0;
};

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

void check_delay(const char* key, double delay_s) {
  if (!(delay_s >= 0.0) || std::isinf(delay_s)) refuse_latency(key, delay_s, "is no delay", ">= 0 s");
}

/// Sum of mass times delay over the grid.
double moment_within_s(std::span<const double> mass, double step_s) noexcept {
  double out = 0.0;
  for (std::size_t i = 0; i < mass.size(); ++i) out += static_cast<double>(i) * mass[i];
  return out * step_s;
}

std::vector<double> direct_convolution(std::span<const double> shorter, std::span<const double> longer) {
  std::vector<double> out(shorter.size() + longer.size() - 1, 0.0);
  for (std::size_t i = 0; i < shorter.size(); ++i) {
    const double weight = shorter[i];
    if (weight == 0.0) continue;
    for (std::size_t j = 0; j < longer.size(); ++j) out[i + j] += weight * longer[j];
  }
  return out;
}

std::vector<double> fft_convolution(std::span<const double> a, std::span<const double> b) {
  std::size_t size = 1;
  while (size < a.size() + b.size() - 1) size *= 2;
  std::vector<double> padded_a(a.begin(), a.end());
  std::vector<double> padded_b(b.begin(), b.end());
  padded_a.resize(size, 0.0);
  padded_b.resize(size, 0.0);
  Eigen::FFT<double> fft;
  std::vector<std::complex<double>> spectrum_a;
  std::vector<std::complex<double>> spectrum_b;
  fft.fwd(spectrum_a, padded_a);
  fft.fwd(spectrum_b, padded_b);
  for (std::size_t i = 0; i < spectrum_a.size(); ++i) spectrum_a[i] *= spectrum_b[i];
  std::vector<double> out;
  fft.inv(out, spectrum_a);
  out.resize(a.size() + b.size() - 1);
  // Rounding leaves values around zero where there is nothing; a probability is not negative.
  for (double& mass : out) mass = std::max(mass, 0.0);
  const double wanted = std::accumulate(a.begin(), a.end(), 0.0) * std::accumulate(b.begin(), b.end(), 0.0);
  const double got = std::accumulate(out.begin(), out.end(), 0.0);
  if (got > 0.0) {
    for (double& mass : out) mass *= wanted / got;
  }
  return out;
}

std::vector<double> convolution(std::span<const double> a, std::span<const double> b) {
  if (a.empty() || b.empty()) return {};
  const auto filled = [](std::span<const double> mass) {
    return static_cast<double>(std::count_if(mass.begin(), mass.end(), [](double m) { return m != 0.0; }));
  };
  const double a_first = filled(a) * static_cast<double>(b.size());
  const double b_first = filled(b) * static_cast<double>(a.size());
  if (std::min(a_first, b_first) > kDirectProducts) return fft_convolution(a, b);
  return a_first <= b_first ? direct_convolution(a, b) : direct_convolution(b, a);
}

}  // namespace

std::size_t DelayGrid::points() const {
  if (!(step_s > 0.0) || std::isinf(step_s)) refuse_latency("step_s", step_s, "is no step", "> 0 s");
  const double steps = std::round(horizon_s / step_s);
  if (!(steps >= 1.0) || steps > kMaxPoints) {
    refuse_latency("horizon_s", horizon_s, "does not fit the step", "1 .. 4000000 steps");
  }
  return static_cast<std::size_t>(steps) + 1;
}

double mean_s(std::span<const DelayPiece> pieces) noexcept {
  double out = 0.0;
  for (const DelayPiece& piece : pieces) out += piece.probability * (piece.from_s + piece.to_s) / 2.0;
  return out;
}

double cdf(std::span<const DelayPiece> pieces, double delay_s) noexcept {
  double out = 0.0;
  for (const DelayPiece& piece : pieces) {
    if (delay_s >= piece.to_s) {
      out += piece.probability;
    } else if (delay_s > piece.from_s) {
      out += piece.probability * (delay_s - piece.from_s) / (piece.to_s - piece.from_s);
    }
  }
  return out;
}

double quantile_s(std::span<const DelayPiece> pieces, double share) {
  std::vector<double> ends;
  for (const DelayPiece& piece : pieces) ends.insert(ends.end(), {piece.from_s, piece.to_s});
  std::sort(ends.begin(), ends.end());
  double before_s = ends.empty() ? kUnknown : ends.front();
  double before = 0.0;
  for (const double end_s : ends) {
    const double here = cdf(pieces, end_s);
    if (here >= share - kRounding) {
      // Between two ends the cdf is straight, but for a jump at the end itself.
      double jump = 0.0;
      for (const DelayPiece& piece : pieces) {
        if (piece.from_s == end_s && piece.to_s == end_s) jump += piece.probability;
      }
      const double straight = here - jump - before;
      if (straight <= 0.0 || share >= here - jump) return end_s;
      return before_s + (end_s - before_s) * std::max(0.0, share - before) / straight;
    }
    before_s = end_s;
    before = here;
  }
  return before_s;
}

double largest_s(std::span<const DelayPiece> pieces) noexcept {
  double out = 0.0;
  for (const DelayPiece& piece : pieces) {
    if (piece.probability > 0.0) out = std::max(out, piece.to_s);
  }
  return out;
}

DelayDistribution::DelayDistribution(DelayGrid grid) : grid_(grid) {
  (void)grid.points();
}

DelayDistribution::DelayDistribution(std::span<const DelayPiece> pieces, DelayGrid grid)
    : DelayDistribution([&] {
        MassSum out(grid);
        for (const DelayPiece& piece : pieces) {
          check_delay("from_s", piece.from_s);
          check_delay("to_s", piece.to_s);
          if (piece.to_s < piece.from_s) refuse_latency("to_s", piece.to_s, "is before from_s", ">= from_s");
          if (!(piece.probability >= 0.0)) {
            refuse_latency("probability", piece.probability, "is no probability", "0 .. 1");
          }
          out.add_piece(piece);
        }
        const double missing = 1.0 - out.total();
        if (missing < -kSameShare) refuse_latency("probability", 1.0 - missing, "is more than 1 in all", "1");
        if (missing > kSameShare) out.add_tail(missing, kInfinite);
        return std::move(out).distribution();
      }()) {}

DelayDistribution::DelayDistribution(std::vector<double> mass, double tail, double tail_moment_s, DelayGrid grid)
    : grid_(grid), mass_(std::move(mass)), tail_(tail), tail_moment_s_(tail > 0.0 ? tail_moment_s : 0.0) {
  while (!mass_.empty() && mass_.back() == 0.0) mass_.pop_back();
  const double total = std::accumulate(mass_.begin(), mass_.end(), tail_);
  if (mass_.size() > grid.points() || !(std::fabs(total - 1.0) < kSameShare)) {
    throw InternalError(fmt::format("a delay of {} points and the mass {}", mass_.size(), total));
  }
}

double DelayDistribution::mean_s() const noexcept {
  return moment_within_s(mass_, grid_.step_s) + tail_moment_s_;
}

double DelayDistribution::mean_within_s() const noexcept {
  const double within = std::accumulate(mass_.begin(), mass_.end(), 0.0);
  return within > 0.0 ? moment_within_s(mass_, grid_.step_s) / within : kUnknown;
}

double DelayDistribution::variance_within_s2() const noexcept {
  const double mean = mean_within_s() / grid_.step_s;
  double sum = 0.0;
  double within = 0.0;
  for (std::size_t i = 0; i < mass_.size(); ++i) {
    sum += mass_[i] * (static_cast<double>(i) - mean) * (static_cast<double>(i) - mean);
    within += mass_[i];
  }
  return sum / within * grid_.step_s * grid_.step_s;
}

double DelayDistribution::cdf(double delay_s) const noexcept {
  const double beyond = exceeding(delay_s);
  if (beyond < 0.5) return 1.0 - beyond;
  // Small shares are summed from their own end, so that rounding makes none of nothing.
  const double position = std::floor(delay_s / grid_.step_s + kOnPoint);
  double out = 0.0;
  for (std::size_t i = 0; i < mass_.size() && static_cast<double>(i) <= position; ++i) out += mass_[i];
  return out;
}

double DelayDistribution::exceeding(double delay_s) const noexcept {
  const double position = std::floor(delay_s / grid_.step_s + kOnPoint);
  if (!(position >= 0.0)) return 1.0;
  double out = tail_;
  for (std::size_t i = mass_.size(); i-- > 0 && static_cast<double>(i) > position;) out += mass_[i];
  return out;
}

double DelayDistribution::quantile_s(double share) const {
  if (!(share >= 0.0 && share <= 1.0)) refuse_latency("share", share, "is no share", "0 .. 1");
  double beyond = tail_;
  if (beyond > 1.0 - share + kRounding) return kInfinite;
  std::size_t point = mass_.size();
  while (point > 0 && beyond + mass_[point - 1] <= 1.0 - share + kRounding) beyond += mass_[--point];
  return static_cast<double>(point > 0 ? point - 1 : 0) * grid_.step_s;
}

DelayDistribution constant_delay(double delay_s, DelayGrid grid) {
  return uniform_delay(delay_s, delay_s, grid);
}

DelayDistribution uniform_delay(double from_s, double to_s, DelayGrid grid) {
  const DelayPiece piece{from_s, to_s, 1.0};
  return {std::span(&piece, 1), grid};
}

DelayDistribution exponential_delay(double mean_s, DelayGrid grid) {
  check_delay("mean_s", mean_s);
  if (mean_s == 0.0) refuse_latency("mean_s", mean_s, "is no mean of an exponential delay", "> 0 s");
  MassSum out(grid);
  const std::size_t cells = grid.points() - 1;
  const double steps = grid.step_s / mean_s;
  const double in_cell = -std::expm1(-steps);
  const double inside_s = mean_s - grid.step_s / std::expm1(steps);  // mean within a cell, from its beginning
  for (std::size_t i = 0; i < cells; ++i) {
    const double mass = std::exp(-steps * static_cast<double>(i)) * in_cell;
    if (mass < std::numeric_limits<double>::min()) break;
    out.add_at(i, mass * (1.0 - inside_s / grid.step_s));
    out.add_at(i + 1, mass * inside_s / grid.step_s);
  }
  const double beyond = std::exp(-steps * static_cast<double>(cells));
  out.add_tail(beyond, beyond * (grid.step_s * static_cast<double>(cells) + mean_s));
  return std::move(out).distribution();
}

DelayDistribution lost_delay(DelayGrid grid) {
  (void)grid.points();
  return {{}, 1.0, kInfinite, grid};
}

DelayDistribution delay_of_samples(std::span<const double> samples_s, DelayGrid grid) {
  if (samples_s.empty()) refuse_latency("samples_s", 0.0, "are none", "one or more");
  std::vector<DelayPiece> pieces;
  for (const double sample_s : samples_s) {
    pieces.push_back({sample_s, sample_s, 1.0 / static_cast<double>(samples_s.size())});
  }
  return {pieces, grid};
}

DelayDistribution delay_of_quantiles(std::span<const DelayQuantile> quantiles, DelayGrid grid) {
  if (quantiles.empty()) refuse_latency("quantiles", 0.0, "are none", "one or more");
  MassSum out(grid);
  DelayQuantile before{.share = 0.0, .delay_s = quantiles.front().delay_s};
  for (const DelayQuantile& quantile : quantiles) {
    check_delay("delay_s", quantile.delay_s);
    if (!(quantile.share >= before.share && quantile.share <= 1.0)) {
      refuse_latency("share", quantile.share, "does not ascend", "0 .. 1, ascending");
    }
    if (quantile.delay_s < before.delay_s) {
      refuse_latency("delay_s", quantile.delay_s, "does not ascend", "ascending with its share");
    }
    out.add_piece({before.delay_s, quantile.delay_s, quantile.share - before.share});
    before = quantile;
  }
  out.add_tail(1.0 - before.share, kUnknown);
  return std::move(out).distribution();
}

DelayDistribution mixture(std::span<const WeightedDelay> parts) {
  if (parts.empty()) refuse_latency("mixture", 0.0, "has no parts", "one or more");
  const DelayGrid grid = parts.front().delay.grid();
  MassSum out(grid);
  double total = 0.0;
  for (const WeightedDelay& part : parts) {
    if (!(part.probability >= 0.0 && part.probability <= 1.0)) {
      refuse_latency("probability", part.probability, "is no probability", "0 .. 1");
    }
    if (part.delay.grid() != grid) throw InternalError("a mixture of delays on two grids");
    total += part.probability;
    if (part.probability == 0.0) continue;
    const std::span<const double> mass = part.delay.mass();
    for (std::size_t i = 0; i < mass.size(); ++i) out.add_at(i, part.probability * mass[i]);
    out.add_tail(part.probability * part.delay.tail(), part.probability * part.delay.tail_moment_s());
  }
  if (std::fabs(total - 1.0) > kSameShare) refuse_latency("probability", total, "is not 1 in all", "1");
  return std::move(out).distribution();
}

DelayDistribution sum(const DelayDistribution& a, const DelayDistribution& b) {
  if (a.grid() != b.grid()) throw InternalError("a sum of delays on two grids");
  const std::size_t points = a.grid().points();
  std::vector<double> mass = convolution(a.mass(), b.mass());
  // Both in the grid, and their sum beyond it; or one of them beyond it by itself.
  double tail = a.tail() + b.tail() - a.tail() * b.tail();
  if (mass.size() > points) {
    tail += std::accumulate(mass.begin() + static_cast<long>(points), mass.end(), 0.0);
    mass.resize(points);
  }
  // Means add; what of that is not on the grid is the tail's.
  const double moment_s = a.mean_s() + b.mean_s() - moment_within_s(mass, a.grid().step_s);
  return {std::move(mass), tail, moment_s, a.grid()};
}

DelayDistribution sum(std::span<const DelayDistribution> parts) {
  if (parts.empty()) refuse_latency("parts", 0.0, "are none", "one or more");
  DelayDistribution out = parts.front();
  for (const DelayDistribution& part : parts.subspan(1)) out = sum(out, part);
  return out;
}

DelayDistribution shifted(const DelayDistribution& delay, double by_s) {
  return sum(delay, constant_delay(by_s, delay.grid()));
}

DelayDistribution scaled(const DelayDistribution& delay, double factor) {
  if (!(factor > 0.0) || std::isinf(factor)) refuse_latency("factor", factor, "is no factor", "> 0");
  MassSum out(delay.grid());
  const std::span<const double> mass = delay.mass();
  for (std::size_t i = 0; i < mass.size(); ++i) {
    if (mass[i] > 0.0) out.add_point(static_cast<double>(i) * delay.grid().step_s * factor, mass[i]);
  }
  const bool stays = factor >= 1.0 || std::isinf(delay.tail_moment_s());
  out.add_tail(delay.tail(), stays ? factor * delay.tail_moment_s() : kUnknown);
  return std::move(out).distribution();
}

DelayDistribution largest_of(const DelayDistribution& delay, int n) {
  if (n < 1) refuse_latency("n", n, "is no number of delays", ">= 1");
  // P(max > x) = 1 - (1 - P(T > x))^n, from the far end so that small probabilities keep their digits.
  const auto any_beyond = [n](double beyond) {
    return beyond >= 1.0 ? 1.0 : -std::expm1(n * std::log1p(-beyond));
  };
  std::vector<double> mass(delay.mass().begin(), delay.mass().end());
  const double tail = any_beyond(delay.tail());
  double beyond = delay.tail();
  double largest_beyond = tail;
  for (std::size_t i = mass.size(); i-- > 0;) {
    beyond += mass[i];
    const double here = i == 0 ? 1.0 : any_beyond(beyond);
    mass[i] = std::max(0.0, here - largest_beyond);
    largest_beyond = here;
  }
  const double moment_s = n == 1 || std::isinf(delay.tail_moment_s()) ? delay.tail_moment_s() : kUnknown;
  return {std::move(mass), tail, moment_s, delay.grid()};
}

}  // namespace amaneku
