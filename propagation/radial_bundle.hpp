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
#include "terrain/range.hpp"

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
  const std::uint32_t* radial = nullptr;  ///< that the receiver borrows, in ascending order
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
  Lanes rise{};    ///< (h - tx) / u of the sample that looks steepest from the transmitter
  Lanes u{};       ///< its ring
  Lanes lifted{};  ///< largest (h - tx) / u - curvature u + what nu may lie below a line for its loss to vanish

  void restart(double effective_earth_radius_m, std::size_t radials);
  void copy(std::size_t from, std::size_t to) noexcept {
    rise[to] = rise[from];
    u[to] = u[from];
    lifted[to] = lifted[from];
  }
};

/// Points in order of distance among which is every vertex of the upper hull of each radial, in the frame of the
/// curvature given at restart and in every flatter one: what is a vertex there is one where the Earth is rounder.
/// They are stacks of which a new point takes away two at most: how many it would is a matter of chance, and to
/// ask once more costs more than some points too many.
struct Hulls {
  /// Before the first point of a stack stand two that no point ever takes away.
  static constexpr std::size_t kBefore = 2;

  double per_u2 = 0.0;  ///< curvature, h - per_u2 u^2
  std::size_t stride = 0;
  /// [radial][kBefore + count], and then copies of the last point, PathArrays::kPadding of them being readable and
  /// as many as a register has lanes being points of the radial.
  std::vector<HullVertex> vertices{};
  std::vector<std::uint64_t> count{};
  // The topmost points: of the last one the height, of the second its place, both in the frame, of the third its
  // place and height above sea level.
  double last_u = 0.0;
  Lanes last_y{};
  Lanes second_u{};
  Lanes second_y{};
  Lanes third_u{};
  Lanes third_asl_m{};
  Lanes new_asl_m{};

  /// `per_u2`: curvature. No radials: nothing is kept.
  void restart(double per_u2, std::size_t radials, std::size_t most_samples);
  void copy(std::size_t from, std::size_t to) noexcept;
  [[nodiscard]] bool kept() const noexcept { return stride > 0; }
  [[nodiscard]] const HullVertex* stack(std::size_t radial) const noexcept {
    return vertices.data() + radial * stride + kBefore;
  }
  [[nodiscard]] std::span<const HullVertex> of(std::size_t radial) const noexcept {
    return {stack(radial), count[radial]};
  }
};

/// Heights of all samples and the highest of each block of them: a bound that lets a search skip the block.
class Heights {
 public:
  static constexpr std::size_t kBlock = 16;

  void restart(std::size_t radials, std::size_t most_samples, bool with_clutter);
  /// Sample i of all radials. `clutter_m` is of use with clutter only.
  void push(std::size_t i, std::size_t radials, const float* ground_asl_m, const float* clutter_m) noexcept;
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
  std::vector<float> block_ground_{};  ///< by radial: highest of the block at hand
  std::vector<float> block_top_{};
};

/// What the own samples on a ring u before receivers at u_rx have in common.
struct OwnRing {
  double u;
  double inverse_u;
  double inverse_gap;       ///< 1 / (u_rx - u)
  double per_ends_product;  ///< of the two
  double ends_sum;          ///< u_rx + u
  double ends_product;      ///< u (u_rx - u)
  double v1_weight;         ///< of the sample's height in the sums of smooth_earth.hpp
  double v2_weight;
};

/// Weights of the heights before and behind the own samples in those sums: the last sample's and the receiver's.
struct EndWeights {
  double last_v1 = 0.0;
  double last_v2 = 0.0;
  double rx_v1 = 0.0;
  double rx_v2 = 0.0;
};

/// Everything that a bundle carries. Arrays are by radial.
struct State {
  BundleNeeds needs{};
  double tx_ground_asl_m = 0.0;
  double tx_asl_m = 0.0;
  double rx_agl_m = 0.0;
  double lambda_m = 0.0;
  double least_metres_per_u = 0.0;  ///< of any receiver
  double nu_clearance = 0.0;  ///< at the ring u, a slope of this over the square root of u below a line is no loss
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
  std::vector<OwnRing> own_rings{};
  EndWeights own_ends{};
};

}  // namespace bundle

class RadialBundle {
 public:
  /// Begins `radials` radials; by splitting there may be up to `most_radials`, each with up to `most_samples`
  /// samples. `metres_per_u`: of each radial's line; `receivers_metres_per_u`: of those of all receivers.
  void restart(const Link& link, double tx_ground_asl_m, Zone tx_zone, const BundleNeeds& needs,
               std::span<const double> metres_per_u, const Range& receivers_metres_per_u, std::size_t most_radials,
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
