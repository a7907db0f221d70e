#include "propagation/itu/p526_bullington.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "propagation/itu/p526_knife_edge.hpp"
#include "propagation/units.hpp"

namespace amaneku::itu {
namespace {

// From the knife-edge loss of the Bullington point to the loss of the path.
double with_path_correction_db(double knife_edge_db, double distance_m) noexcept {
  if (knife_edge_db == 0.0) return 0.0;
  return knife_edge_db + (1.0 - std::exp(-knife_edge_db / 6.0)) * (10.0 + 0.02 * distance_m * 1e-3);
}

// Everything that the construction needs, in the frame of geometry.hpp: heights of the ends, steepest slopes.
struct Slopes {
  double distance_m;
  double tx_y;
  double rx_y;
  double tx_slope;
  double rx_slope;
};

double bullington_point_nu(const Link& link, const Slopes& h) noexcept {
  const double d = h.distance_m;
  const double slopes = h.tx_slope + h.rx_slope;
  // An obstacle exactly on the line: the two horizons are the line itself and cross everywhere.
  if (!(slopes > 0.0)) return 0.0;
  // Otherwise they cross between the ends; rounding may not carry the point onto an end.
  const double d_b = std::clamp((h.rx_y - h.tx_y + h.rx_slope * d) / slopes, 1e-9 * d, (1.0 - 1e-9) * d);
  const double above_m = h.tx_y + h.tx_slope * d_b - (h.tx_y * (d - d_b) + h.rx_y * d_b) / d;
  return above_m * std::sqrt(2.0 * d / (wavelength_m(link.freq_hz) * d_b * (d - d_b)));
}

// The two intermediate samples beside a distance; at an end twice the same one.
struct Neighbours {
  double before_m;
  double after_m;
};

// Intermediate samples of a smooth path.
class Samples {
 public:
  Samples(const SmoothPath& path, const SamplePositions& positions) noexcept
      : spacing_m_(path.distance_m / (positions.count - 1.0)),
        count_(positions.count - 2.0),
        distance_m_(positions.distance_m) {}

  [[nodiscard]] Neighbours beside(double d) const noexcept {
    const double guess = std::floor(d / spacing_m_);
    if (distance_m_.empty()) {
      return {spacing_m_ * std::clamp(guess, 1.0, count_), spacing_m_ * std::clamp(guess + 1.0, 1.0, count_)};
    }
    const auto last = static_cast<std::size_t>(count_);
    auto i = static_cast<std::size_t>(guess >= 0.0 ? std::min(guess, count_) : 0.0);
    // With nearly even spacing the guess is right or one off.
    if (distance_m_[i] > d && i > 0) --i;
    if (distance_m_[i + 1] <= d && i < last) ++i;
    if (distance_m_[i] > d || distance_m_[i + 1] <= d) {
      const auto above = std::upper_bound(distance_m_.begin(), distance_m_.end(), d);
      i = static_cast<std::size_t>(std::max<std::ptrdiff_t>(above - distance_m_.begin() - 1, 0));
    }
    return {distance_m_[std::clamp<std::size_t>(i, 1, last)],
            distance_m_[std::clamp<std::size_t>(i + 1, 1, last)]};
  }

 private:
  double spacing_m_;
  double count_;  // intermediate ones: 1 .. count
  std::span<const double> distance_m_;
};

// Steepest slope from an antenna h above the sphere to a sample, relative to its horizontal; by symmetry the
// same function serves both ends.
double steepest_slope(const Samples& samples, double h_m, double a_m) noexcept {
  const double best_m = std::sqrt(2.0 * a_m * h_m);
  const auto slope = [&](double d) { return -h_m / d - d / (2.0 * a_m); };
  const Neighbours beside = samples.beside(best_m);
  return std::max(slope(beside.before_m), slope(beside.after_m));
}

// Where nu of a smooth path in line of sight is largest, as a fraction of the distance from its lower end.
// With s = sqrt(t / (1 - t)), nu ~ A s / (1 + s^2) - low / s - high s (A: bulge scale), which is concave for
// s <= 1 and has its extreme there, not before that of the flat Earth, sqrt(low / high): Newton's method from
// there, inside a bracket.
double largest_nu_fraction(double bulge_m, double low_m, double high_m) noexcept {
  if (!(high_m > 0.0)) return 0.5;
  double lower = std::max(1e-6, std::sqrt(low_m / high_m));
  double upper = 1.0;
  double s = lower;
  for (int i = 0; i < 20 && lower < upper; ++i) {
    const double q = 1.0 + s * s;
    const double slope = bulge_m * (1.0 - s * s) / (q * q) + low_m / (s * s) - high_m;
    const double curvature = -2.0 * bulge_m * s * (3.0 - s * s) / (q * q * q) - 2.0 * low_m / (s * s * s);
    (slope > 0.0 ? lower : upper) = s;
    double next = s - slope / curvature;
    if (!(next > lower && next < upper)) next = 0.5 * (lower + upper);
    const bool converged = std::abs(next - s) < 1e-6 * s;
    s = next;
    if (converged) break;
  }
  return s * s / (1.0 + s * s);
}

double smooth_sub_path_nu(const Link& link, const SmoothPath& path, const Samples& samples) noexcept {
  const double d = path.distance_m;
  const double two_a = 2.0 * link.effective_earth_radius_m;
  const bool tx_is_lower = path.tx_m <= path.rx_m;
  const double fraction =
      largest_nu_fraction(d * d / two_a, std::min(path.tx_m, path.rx_m), std::max(path.tx_m, path.rx_m));
  const double best_m = d * (tx_is_lower ? fraction : 1.0 - fraction);
  const auto nu = [&](double d1) {
    const double d2 = d - d1;
    const double above_m = d1 * d2 / two_a - (path.tx_m * d2 + path.rx_m * d1) / d;
    return above_m * std::sqrt(2.0 * d / (wavelength_m(link.freq_hz) * d1 * d2));
  };
  const Neighbours beside = samples.beside(best_m);
  return std::max(nu(beside.before_m), nu(beside.after_m));
}

}  // namespace

double bullington_loss_db(const Link& link, const PathGeometry& path, const Horizons& horizons) noexcept {
  if (horizons.line_of_sight) return with_path_correction_db(knife_edge_loss_db(horizons.nu_max), path.distance_m);
  const double d = path.distance_m;
  const Slopes slopes = {d, path.tx_asl_m, path.rx_asl_m - d * d / (2.0 * link.effective_earth_radius_m),
                         horizons.tx_slope, horizons.rx_slope};
  return with_path_correction_db(knife_edge_loss_db(bullington_point_nu(link, slopes)), d);
}

double smooth_bullington_loss_db(const Link& link, const SmoothPath& path,
                                 const SamplePositions& positions) noexcept {
  if (positions.count < 3) return 0.0;
  const double d = path.distance_m;
  const double a = link.effective_earth_radius_m;
  const Samples points(path, positions);
  const double rx_y = path.rx_m - d * d / (2.0 * a);
  const double tx_slope = steepest_slope(points, path.tx_m, a);
  if (tx_slope < (rx_y - path.tx_m) / d) {
    return with_path_correction_db(knife_edge_loss_db(smooth_sub_path_nu(link, path, points)), d);
  }
  // Seen from the receiver the sphere is level at its own foot: turn the slope into the transmitter's frame.
  const double rx_slope = steepest_slope(points, path.rx_m, a) + d / a;
  return with_path_correction_db(
      knife_edge_loss_db(bullington_point_nu(link, {d, path.tx_m, rx_y, tx_slope, rx_slope})), d);
}

}  // namespace amaneku::itu
