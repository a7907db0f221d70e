// ITU-R P.526-15 section 4.5.1, see p526_bullington.hpp; for one path and for a pack of paths (lane_math-inl.hpp).
#if defined(AMANEKU_PROPAGATION_ITU_P526_BULLINGTON_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITU_P526_BULLINGTON_INL_HPP
#undef AMANEKU_PROPAGATION_ITU_P526_BULLINGTON_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITU_P526_BULLINGTON_INL_HPP
#endif

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "propagation/itu/p526_bullington.hpp"
#include "propagation/itu/p526_knife_edge-inl.hpp"
#include "propagation/itu/p526_spherical_earth-inl.hpp"
#include "propagation/path_arrays.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

/// What Bullington's construction uses of Horizons, and the antennas.
template <class V>
struct BullingtonPaths {
  MaskOf<V> line_of_sight;
  V distance_m;
  V tx_asl_m;
  V rx_asl_m;
  V tx_slope;
  V rx_slope;
  V nu_max;
};

[[nodiscard]] HWY_INLINE BullingtonPaths<double> bullington_path(const PathGeometry& path,
                                                                 const Horizons& horizons) {
  return {horizons.line_of_sight, path.distance_m,   path.tx_asl_m,  path.rx_asl_m,
          horizons.tx_slope,      horizons.rx_slope, horizons.nu_max};
}

/// Paths i, i + 1 ... of the arrays.
template <class V>
[[nodiscard]] HWY_INLINE BullingtonPaths<V> bullington_paths(const PathArrays& paths, const HorizonLanes& horizons,
                                                             std::size_t i) {
  return {load<V>(&horizons.line_of_sight[i]) > 0.5,
          load<V>(&paths.distance_m[i]),
          V(paths.tx_asl_m),
          load<V>(&paths.rx_asl_m[i]),
          load<V>(&horizons.tx_slope[i]),
          load<V>(&horizons.rx_slope[i]),
          load<V>(&horizons.nu_max[i])};
}

/// The two intermediate samples beside a distance; at an end twice the same one.
template <class V>
struct Neighbours {
  V before_m;
  V after_m;
};

/// Intermediate samples of one path.
class ScalarSamples {
 public:
  ScalarSamples(double distance_m, const SamplePositions& positions) noexcept
      : spacing_m_(distance_m / (positions.count - 1.0)),
        count_(positions.count - 2.0),
        distance_m_(positions.distance_m) {}

  [[nodiscard]] bool some() const noexcept { return count_ >= 1.0; }
  [[nodiscard]] Neighbours<double> beside(double d) const noexcept {
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

/// Intermediate samples of a pack of paths at rings one unit apart.
template <class V>
class EvenRingSamples {
 public:
  HWY_INLINE EvenRingSamples(const Rings& rings, V samples, V metres_per_u)
      : first_u_(rings.u.empty() ? 0.0 : rings.u.front()),
        last_(samples - 3.0),
        metres_per_u_(metres_per_u),
        u_per_metre_(1.0 / metres_per_u) {}

  [[nodiscard]] HWY_INLINE MaskOf<V> some() const { return last_ >= 0.0; }
  [[nodiscard]] HWY_INLINE Neighbours<V> beside(V d) const {
    const V below = floor(d * u_per_metre_ - first_u_);
    const V before = clamp(below, V(0.0), last_);
    const V after = clamp(below + 1.0, V(0.0), last_);
    return {(first_u_ + before) * metres_per_u_, (first_u_ + after) * metres_per_u_};
  }

 private:
  double first_u_;
  V last_;  // index of the last one
  V metres_per_u_;
  V u_per_metre_;
};

/// The same at rings anywhere: found path by path.
template <class V>
class RingSamples {
 public:
  HWY_INLINE RingSamples(const Rings& rings, V samples, V metres_per_u) : u_(rings.u) {
    store(samples, samples_.data());
    store(metres_per_u, metres_per_u_.data());
  }

  [[nodiscard]] HWY_INLINE MaskOf<V> some() const { return load<V>(samples_.data()) >= 3.0; }
  [[nodiscard]] Neighbours<V> beside(V distance) const {
    Values d{};
    Values before_m{};
    Values after_m{};
    store(distance, d.data());
    for (std::size_t i = 0; i < lane_count<V>(); ++i) {
      if (!(samples_[i] >= 3.0)) continue;
      const std::span<const double> u = u_.first(static_cast<std::size_t>(samples_[i]) - 2);
      const auto above = std::upper_bound(u.begin(), u.end(), d[i] / metres_per_u_[i]) - u.begin();
      const auto last = static_cast<std::ptrdiff_t>(u.size()) - 1;
      before_m[i] = u[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(above - 1, 0, last))] * metres_per_u_[i];
      after_m[i] = u[static_cast<std::size_t>(std::min(above, last))] * metres_per_u_[i];
    }
    return {load<V>(before_m.data()), load<V>(after_m.data())};
  }

 private:
  using Values = std::array<double, PathArrays::kPadding>;
  std::span<const double> u_;
  Values samples_;
  Values metres_per_u_;
};

// Loss of the path with the knife edge of the Bullington point.
template <class V>
[[nodiscard]] HWY_INLINE V loss_of_edge_db(V nu, V distance_m) {
  const MaskOf<V> obstructed = nu > PathGeometry::kNuNoLoss;
  if (!any(obstructed)) return 0.0;
  const V edge_db = knife_edge_formula_db(nu);
  const V loss = edge_db + (1.0 - exp(edge_db * (-1.0 / 6.0))) * (10.0 + 2e-5 * distance_m);
  return select(obstructed, loss, V(0.0));
}

// nu of a point `above_m` over the line between the ends, d1 and d2 from them.
template <class V>
[[nodiscard]] HWY_INLINE V diffraction_parameter(const DiffractionLink& link, V above_m, V d1, V d2) {
  return above_m * sqrt(2.0 * (d1 + d2) / (link.wavelength_m * d1 * d2));
}

// Heights of the ends and steepest slopes in the frame of geometry.hpp.
template <class V>
[[nodiscard]] HWY_INLINE V bullington_point_nu(const DiffractionLink& link, V d, V tx_y, V rx_y, V tx_slope,
                                               V rx_slope) {
  const V slopes = tx_slope + rx_slope;
  // The horizons cross between the ends; rounding may not carry the point onto an end.
  const V d_b = clamp((rx_y - tx_y + rx_slope * d) / slopes, 1e-9 * d, (1.0 - 1e-9) * d);
  const V above_m = tx_y + tx_slope * d_b - (tx_y * (d - d_b) + rx_y * d_b) / d;
  const V nu = diffraction_parameter(link, above_m, d_b, d - d_b);
  // An obstacle exactly on the line: the two horizons are the line itself and cross everywhere.
  return select(slopes > 0.0, nu, V(0.0));
}

// Steepest slope from an antenna h above the sphere to a sample, relative to its horizontal. `d1`, `d2`: distances
// of the two samples beside the steepest point from that antenna.
template <class V>
[[nodiscard]] HWY_INLINE V steepest_slope(V h_m, V d1, V d2, double per_two_ae) {
  return max(-h_m / d1 - d1 * per_two_ae, -h_m / d2 - d2 * per_two_ae);
}

// Where nu of a smooth path in line of sight is largest, as a fraction of the distance from its lower end.
// With w = t / (1 - t), nu ~ (A w / (1 + w) - low - high w) / sqrt(w), A: bulge, has its extreme where
// f(w) = A w (1 - w) + (low - high w) (1 + w)^2 vanishes. f is concave and has one root, at most 1. Without its
// cubic term, which is negative, the root lies above: Newton's method falls from there.
template <class V>
[[nodiscard]] HWY_INLINE V largest_nu_fraction(V bulge_m, V low_m, V high_m) {
  const V linear = bulge_m + 2.0 * low_m - high_m;
  const V square = bulge_m - low_m + 2.0 * high_m;
  V w = min(V(1.0), (linear + sqrt(linear * linear + 4.0 * square * low_m)) / (2.0 * square));
  for (int i = 0; i < 3; ++i) {
    const V f = low_m + w * (linear - w * (square + w * high_m));
    const V slope = linear - w * (2.0 * square + 3.0 * w * high_m);
    w = min(w, max(V(1e-12), w - f / slope));
  }
  return w / (1.0 + w);
}

// nu of a point of the sphere, d1 from the transmitter.
template <class V>
[[nodiscard]] HWY_INLINE V smooth_nu(const DiffractionLink& link, const SmoothPaths<V>& path, V d1) {
  const V d2 = path.distance_m - d1;
  const V above_m = d1 * d2 * link.per_two_ae - (path.tx_m * d2 + path.rx_m * d1) / path.distance_m;
  return diffraction_parameter(link, above_m, d1, d2);
}

template <class V, class Samples>
[[nodiscard]] HWY_INLINE V smooth_sub_path_nu(const DiffractionLink& link, const SmoothPaths<V>& path,
                                              const Samples& samples) {
  const V d = path.distance_m;
  const V bulge_m = d * d * link.per_two_ae;
  const V fraction = largest_nu_fraction(bulge_m, min(path.tx_m, path.rx_m), max(path.tx_m, path.rx_m));
  const Neighbours<V> beside = samples.beside(d * select(path.tx_m <= path.rx_m, fraction, 1.0 - fraction));
  return max(smooth_nu(link, path, beside.before_m), smooth_nu(link, path, beside.after_m));
}

template <class V>
[[nodiscard]] HWY_INLINE V bullington_loss_db(const DiffractionLink& link, const BullingtonPaths<V>& path) {
  const V d = path.distance_m;
  V nu = path.nu_max;
  if (!all(path.line_of_sight)) {
    const V rx_y = path.rx_asl_m - d * d * link.per_two_ae;
    nu = select(path.line_of_sight, nu,
                bullington_point_nu(link, d, path.tx_asl_m, rx_y, path.tx_slope, path.rx_slope));
  }
  return loss_of_edge_db(nu, d);
}

template <class V, class Samples>
[[nodiscard]] HWY_INLINE V smooth_bullington_loss_db(const DiffractionLink& link, const SmoothPaths<V>& path,
                                                     const Samples& samples) {
  const MaskOf<V> some = samples.some();
  if (!any(some)) return 0.0;
  const V d = path.distance_m;
  const V rx_y = path.rx_m - d * d * link.per_two_ae;
  const Neighbours<V> of_tx = samples.beside(link.root_two_ae * sqrt(path.tx_m));
  const V tx_slope = steepest_slope(path.tx_m, of_tx.before_m, of_tx.after_m, link.per_two_ae);
  const MaskOf<V> in_sight = tx_slope < (rx_y - path.tx_m) / d;
  V nu = PathGeometry::kNuNoLoss;
  if (any(in_sight)) nu = smooth_sub_path_nu(link, path, samples);
  if (!all(in_sight)) {
    const Neighbours<V> of_rx = samples.beside(d - link.root_two_ae * sqrt(path.rx_m));
    // Seen from the receiver the sphere is level at its own foot: turn the slope into the transmitter's frame.
    const V rx_slope = steepest_slope(path.rx_m, d - of_rx.before_m, d - of_rx.after_m, link.per_two_ae) +
                       2.0 * link.per_two_ae * d;
    nu = select(in_sight, nu, bullington_point_nu(link, d, path.tx_m, rx_y, tx_slope, rx_slope));
  }
  return select(some, loss_of_edge_db(nu, d), V(0.0));
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
