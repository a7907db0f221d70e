// Running structures along a bundle of neighbouring radials that are marched outwards together, ring by ring: the
// geometry of any receiver behind the samples pushed so far without walking back, the same numbers as extract_path
// on the same points. docs/methods/radial_engine.md says which quantity comes from which structure.
//
// Lengths along a radial are counted in rings (u), because each receiver sees the borrowed samples at the
// distances that its own line has on those rings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "propagation/path_arrays.hpp"
#include "propagation/zone_scan.hpp"

namespace amaneku {

/// What a bundle is to carry.
struct BundleNeeds {
  Terrain terrain = Terrain::horizons;
  bool clutter = false;
  bool zones = false;
};

/// Receivers on one ring. Arrays of `size` values, each followed by PathArrays::kPadding readable ones, which are
/// 0 in `radial`. NaN heights are voids.
struct RingReceivers {
  std::size_t size = 0;
  double u = 0.0;                         ///< of the ring
  const double* metres_per_u = nullptr;   ///< of the receiver's own line; its distance is u * metres_per_u
  const std::uint32_t* radial = nullptr;  ///< that the receiver borrows
  const float* ground_asl_m = nullptr;
  const float* clutter_m = nullptr;  ///< null: none; NaN counts as none
  const Zone* zone = nullptr;        ///< null: all inland
  std::span<const double> own_u{};   ///< rings between the last sample of the radials and this one
  std::size_t own_stride = 0;        ///< own sample k of receiver i at [k * own_stride + i]
  const float* own_ground_asl_m = nullptr;
  const float* own_clutter_m = nullptr;  ///< null: none; NaN counts as none
  const Zone* own_zone = nullptr;
};

namespace bundle {

/// What the transmitter sees of the samples in one frame y = h - d^2 / (2 a_e), for all radials.
struct Frame {
  double per_two_ae = 0.0;
  Lanes rise{};  ///< (h - tx) / u of the sample that looks steepest from the transmitter
  Lanes u{};     ///< its ring

  void restart(double effective_earth_radius_m, std::size_t radials);
  void copy(std::size_t from, std::size_t to) noexcept {
    rise[to] = rise[from];
    u[to] = u[from];
  }
};

/// Points in order of distance among which is every vertex of the upper hull of each radial, in the frame of the
/// curvature given at restart and in every flatter one: what is a vertex there is one where the Earth is rounder.
class Hulls {
 public:
  /// `per_u2`: curvature, h - per_u2 u^2.
  void restart(double per_u2, std::size_t radials, std::size_t most_samples);
  void push(std::size_t radial, double u, double asl_m) noexcept;
  void copy(std::size_t from, std::size_t to) noexcept;
  [[nodiscard]] std::span<const HullVertex> of(std::size_t radial) const noexcept {
    return {vertices_.data() + radial * stride_, count_[radial]};
  }

 private:
  double per_u2_ = 0.0;
  std::size_t stride_ = 0;
  std::vector<HullVertex> vertices_{};
  std::vector<std::size_t> count_{};
};

/// Heights of all samples and the highest of each block of them: a bound that lets a search skip the block.
class Heights {
 public:
  static constexpr std::size_t kBlock = 16;

  void restart(std::size_t radials, std::size_t most_samples, bool with_clutter);
  void push(std::size_t radial, std::size_t i, float ground_asl_m, float clutter_m) noexcept;
  void copy(std::size_t from, std::size_t to, std::size_t samples) noexcept;

  [[nodiscard]] const float* ground(std::size_t radial) const noexcept {
    return ground_.data() + radial * stride_;
  }
  /// Null without clutter.
  [[nodiscard]] const float* clutter(std::size_t radial) const noexcept {
    return clutter_.empty() ? nullptr : clutter_.data() + radial * stride_;
  }
  /// By block: the highest ground, the highest ground with clutter.
  [[nodiscard]] const float* highest_ground(std::size_t radial) const noexcept {
    return highest_ground_.data() + radial * block_stride_;
  }
  [[nodiscard]] const float* highest_top(std::size_t radial) const noexcept {
    return clutter_.empty() ? highest_ground(radial) : highest_top_.data() + radial * block_stride_;
  }

 private:
  std::size_t stride_ = 0;
  std::size_t block_stride_ = 0;
  std::vector<float> ground_{};
  std::vector<float> clutter_{};
  std::vector<float> highest_ground_{};
  std::vector<float> highest_top_{};
};

/// Everything that a bundle carries. Arrays are by radial.
struct State {
  BundleNeeds needs{};
  double tx_ground_asl_m = 0.0;
  double tx_asl_m = 0.0;
  double rx_agl_m = 0.0;
  double lambda_m = 0.0;
  Zone tx_zone = Zone::inland;

  std::size_t radials = 0;
  std::size_t samples = 0;
  std::vector<double> rings_u{};  ///< of the samples; behind them those of the receivers asked for last
  bool even = true;               ///< rings one u apart

  Lanes metres_per_u{};
  Lanes behind_void{};     ///< 1 or 0
  bool with_beta = false;  ///< what two_earths needs
  bool with_bare = false;  ///< the ground apart from what stands on it
  Frame median{};          ///< of ground and clutter
  Frame beta{};            ///< the same; with_beta
  Frame bare{};            ///< of the ground, median effective Earth radius; with_bare
  Lanes raw_rise{};        ///< of the ground, no curvature: largest (h - tx) / u
  Lanes v1{};              ///< sums of smooth_earth.hpp with u for the distance
  Lanes v2{};
  Lanes last_asl_m{};   ///< ground of the last sample, at first of the transmitter
  Hulls top_hull{};     ///< of ground and clutter
  Hulls ground_hull{};  ///< of the ground; with_bare and Terrain::prefix
  Heights heights{};
  std::vector<double> sum_height{};  ///< [radial][most_samples], Terrain::prefix
  std::vector<double> sum_moment{};
  std::vector<Zone> zone{};  ///< [radial][most_samples], Terrain::samples
  std::vector<ZoneScan> zone_scans{};
  std::size_t most_samples = 0;

  std::vector<float> new_ground_m{};  ///< of the samples being pushed, voids filled
  std::vector<float> new_clutter_m{};
  std::vector<double> own_inverse_u{};  ///< 1 / u and 1 / (u_rx - u) of the own samples
  std::vector<double> own_inverse_gap{};
};

}  // namespace bundle

class RadialBundle {
 public:
  /// Begins `radials` radials; by splitting there may be up to `most_radials`, each with up to `most_samples`
  /// samples. `metres_per_u`: of each radial's line; `most_metres_per_u`: of any receiver's.
  void restart(const Link& link, double tx_ground_asl_m, Zone tx_zone, const BundleNeeds& needs,
               std::span<const double> metres_per_u, double most_metres_per_u, std::size_t most_radials,
               std::size_t most_samples);

  /// Each radial becomes two: radial i goes on as 2 i and 2 i + 1, with `metres_per_u` for the samples to come.
  void split(std::span<const double> metres_per_u);

  [[nodiscard]] std::size_t radials() const noexcept { return state_.radials; }
  [[nodiscard]] std::size_t samples() const noexcept { return state_.samples; }

  /// The next sample of every radial, on the ring u. Arrays are followed by PathArrays::kPadding readable values.
  /// NaN ground is a void: no receiver behind it has a path. NaN clutter counts as none.
  void push(double u, const float* ground_asl_m, const float* clutter_m = nullptr, const Zone* zone = nullptr);

  /// Geometry of receivers behind the last sample: fills what the need asks for. Valid until the next call of any
  /// function of the bundle.
  void receivers(const RingReceivers& ring, PathArrays& paths);

 private:
  void fill_profiles(const RingReceivers& ring, PathArrays& paths) const;
  void fill_zones(const RingReceivers& ring, PathArrays& paths) const;

  bundle::State state_{};
};

}  // namespace amaneku
