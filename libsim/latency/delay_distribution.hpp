// A delay as a distribution: probabilities on a uniform grid of time, and the mass beyond it, which is counted.
// Delays of parts add by convolution; percentiles never do.
//
// What the grid does to a part: a point between two grid points is shared between them so that its mean is kept,
// and a continuous part cell by cell likewise. So a mean is exact, each part is moved by less than one step, and
// its variance grows by step^2 / 4 at most. A cdf is that of the masses on the grid: it counts a mass at its own
// grid point.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace amaneku {

/// Points 0, step, 2 step ... horizon. All parts of one sum have the same grid.
struct DelayGrid {
  double step_s = 50e-6;   ///< > 0
  double horizon_s = 1.0;  ///< a multiple of the step; longer delays are tail
  /// InputError: step or horizon that is not positive, more than 4 million points.
  [[nodiscard]] std::size_t points() const;
  friend bool operator==(const DelayGrid&, const DelayGrid&) = default;
};

/// Mass that is spread evenly from one delay to another; from = to: all of it in one point.
struct DelayPiece {
  double from_s = 0.0;
  double to_s = 0.0;
  double probability = 0.0;
};

/// Of pieces whose probabilities add up to 1, exact, without a grid.
[[nodiscard]] double mean_s(std::span<const DelayPiece> pieces) noexcept;
[[nodiscard]] double cdf(std::span<const DelayPiece> pieces, double delay_s) noexcept;
/// Smallest delay that a share of the mass, 0 .. 1, does not exceed.
[[nodiscard]] double quantile_s(std::span<const DelayPiece> pieces, double share);
[[nodiscard]] double largest_s(std::span<const DelayPiece> pieces) noexcept;

class DelayDistribution {
 public:
  /// No delay.
  explicit DelayDistribution(DelayGrid grid);
  /// Of pieces of any order, 0 <= from <= to; what of their probabilities is missing to 1 never arrives.
  /// InputError: a negative or undefined delay or probability, more than 1 in all.
  DelayDistribution(std::span<const DelayPiece> pieces, DelayGrid grid);
  /// Masses at the first points of the grid, and what lies beyond: its mass, and its share of the mean (mass times
  /// its mean; infinite where it never arrives, NaN where it is not known). InternalError: not 1 in all within
  /// 1e-9.
  DelayDistribution(std::vector<double> mass, double tail, double tail_moment_s, DelayGrid grid);

  [[nodiscard]] const DelayGrid& grid() const noexcept { return grid_; }
  /// [point] up to the last that has any.
  [[nodiscard]] std::span<const double> mass() const noexcept { return mass_; }
  /// Probability of a delay beyond the horizon, those that never arrive with them.
  [[nodiscard]] double tail() const noexcept { return tail_; }
  [[nodiscard]] double tail_moment_s() const noexcept { return tail_moment_s_; }

  /// With the tail: infinite where some never arrives, NaN where the mean of the tail is not known.
  [[nodiscard]] double mean_s() const noexcept;
  /// Of what lies within the horizon; NaN where nothing does.
  [[nodiscard]] double mean_within_s() const noexcept;
  [[nodiscard]] double variance_within_s2() const noexcept;
  /// P(T <= delay): that of the last grid point at or before it, 0 for a negative one.
  [[nodiscard]] double cdf(double delay_s) const noexcept;
  /// P(T > delay), summed from the far end, so that small ones keep their digits.
  [[nodiscard]] double exceeding(double delay_s) const noexcept;
  /// Smallest grid point that a share, 0 .. 1, does not exceed; infinite where it lies in the tail.
  [[nodiscard]] double quantile_s(double share) const;

 private:
  DelayGrid grid_;
  std::vector<double> mass_{1.0};
  double tail_ = 0.0;
  double tail_moment_s_ = 0.0;
};

[[nodiscard]] DelayDistribution constant_delay(double delay_s, DelayGrid grid);
[[nodiscard]] DelayDistribution uniform_delay(double from_s, double to_s, DelayGrid grid);
/// Mean > 0.
[[nodiscard]] DelayDistribution exponential_delay(double mean_s, DelayGrid grid);
/// All of it lost.
[[nodiscard]] DelayDistribution lost_delay(DelayGrid grid);
/// Each value with the same weight. InputError: none, or one that is negative or undefined.
[[nodiscard]] DelayDistribution delay_of_samples(std::span<const double> samples_s, DelayGrid grid);

struct DelayQuantile {
  double share = 0.0;  ///< 0 .. 1
  double delay_s = 0.0;
};
/// Even between quantiles that ascend in both. What is below the first lies at it; what is above the last is tail
/// whose mean is not known, so a full description ends with share 1.
[[nodiscard]] DelayDistribution delay_of_quantiles(std::span<const DelayQuantile> quantiles, DelayGrid grid);

struct WeightedDelay {
  double probability = 0.0;
  DelayDistribution delay;
};
/// One of the delays. InputError: none, a probability outside 0 .. 1, not 1 in all within 1e-9.
[[nodiscard]] DelayDistribution mixture(std::span<const WeightedDelay> parts);

/// Of independent delays. Directly where one of them has few masses (relative error of a mass about 1e-15 times
/// their number), else by FFT (absolute error of a mass below 1e-15: probabilities under 1e-12 are then noise).
/// Means add, with or without a tail. InternalError where the grids differ.
[[nodiscard]] DelayDistribution sum(const DelayDistribution& a, const DelayDistribution& b);
/// InputError where there is none.
[[nodiscard]] DelayDistribution sum(std::span<const DelayDistribution> parts);
/// Later by a constant, >= 0.
[[nodiscard]] DelayDistribution shifted(const DelayDistribution& delay, double by_s);
/// Each delay times a factor, > 0. The mean of a tail that a factor below 1 may bring back in is not known.
[[nodiscard]] DelayDistribution scaled(const DelayDistribution& delay, double factor);
/// The largest of n independent ones, n >= 1. With a tail the mean is not known.
[[nodiscard]] DelayDistribution largest_of(const DelayDistribution& delay, int n);

}  // namespace amaneku
