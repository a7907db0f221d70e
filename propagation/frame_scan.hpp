// Running structures of one frame y = h - d^2 / (2 a_e): what the antennas see for one effective Earth radius.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "propagation/geometry.hpp"
#include "propagation/upper_hull.hpp"

namespace amaneku {

/// Highest value of each block of consecutive points: a bound that lets a search skip a block.
class BlockMaxima {
 public:
  static constexpr std::size_t kBlock = 16;

  void clear() noexcept {
    values_.clear();
    maxima_.clear();
  }
  void push(double value) {
    if (values_.size() % kBlock == 0 || value > maxima_.back()) {
      if (values_.size() % kBlock == 0) {
        maxima_.push_back(value);
      } else {
        maxima_.back() = value;
      }
    }
    values_.push_back(value);
  }
  [[nodiscard]] double operator[](std::size_t i) const noexcept { return values_[i]; }
  /// Of the block that holds point i.
  [[nodiscard]] double block_max(std::size_t i) const noexcept { return maxima_[i / kBlock]; }
  /// First point behind the block that holds point i.
  [[nodiscard]] static std::size_t block_end(std::size_t i) noexcept { return (i / kBlock + 1) * kBlock; }

 private:
  std::vector<double> values_;
  std::vector<double> maxima_;
};

/// The line from the transmitter to one receiver, with the points on the receiver's own line.
struct ReceiverLine {
  double distance_m;
  double rx_asl_m;
  double lambda_m;
  std::span<const GroundPoint> tail;
  bool with_clutter;  ///< of the tail
};

/// Points are pushed in order of distance with the height that obstructs (ground, or ground and clutter). The
/// distances are kept by the caller, once for all frames, and handed to every question.
class FrameScan {
 public:
  void restart(double tx_asl_m, double effective_earth_radius_m) noexcept;
  void push(double distance_m, double top_asl_m);

  [[nodiscard]] Horizons horizons(const ReceiverLine& line, std::span<const double> distance_m) const noexcept;

  /// The point of largest nu of a path in line of sight, wherever nu lies; the middle of a path without points.
  [[nodiscard]] double largest_nu_point_m(const ReceiverLine& line, const Horizons& horizons,
                                          std::span<const double> distance_m) const noexcept;

 private:
  struct Chord;
  [[nodiscard]] Chord chord(const ReceiverLine& line) const noexcept;
  [[nodiscard]] double y_of(const GroundPoint& point, const ReceiverLine& line) const noexcept;
  [[nodiscard]] double largest_nu(const Chord& chord, const ReceiverLine& line,
                                  std::span<const double> distance_m) const noexcept;
  [[nodiscard]] double largest_nu_of_samples(const Chord& chord, double lambda_m,
                                             std::span<const double> distance_m) const noexcept;

  double tx_asl_m_ = 0.0;
  double two_ae_m_ = 1.0;
  double horizon_slope_ = 0.0;  ///< of the points, from the transmitter
  double horizon_m_ = 0.0;
  UpperHull hull_{};  ///< of (d, y)
  BlockMaxima y_m_{};
};

/// Where nu is largest on a path in line of sight: keeps the point with the least clearance^2 / (d1 d2), the first
/// of equal ones. The same arithmetic in both extractors.
class LeastClearance {
 public:
  explicit LeastClearance(double path_m) noexcept : path_m_(path_m), point_m_(0.5 * path_m) {}

  void offer(double x_m, double below_line_m) noexcept {
    const double ratio = below_line_m * below_line_m / (x_m * (path_m_ - x_m));
    if (ratio < ratio_ || (ratio == ratio_ && x_m < point_m_)) {
      ratio_ = ratio;
      point_m_ = x_m;
    }
  }
  /// Whether a point between x0 and x1 at least `below_line_m` under the line could be the one.
  [[nodiscard]] bool possible(double x0_m, double x1_m, double below_line_m) const noexcept {
    if (!(below_line_m > 0.0)) return true;
    const double best_m = x0_m > 0.5 * path_m_ ? x0_m : x1_m < 0.5 * path_m_ ? x1_m : 0.5 * path_m_;
    return below_line_m * below_line_m <= ratio_ * 1.0000001 * best_m * (path_m_ - best_m);
  }
  [[nodiscard]] double point_m() const noexcept { return point_m_; }

 private:
  double path_m_;
  double point_m_;
  double ratio_ = std::numeric_limits<double>::infinity();
};

}  // namespace amaneku
