#include "propagation/hata/ehata_terrain.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>

namespace amaneku::hata {
namespace {

// Bits of a double in an order that integers have too.
std::uint64_t ordered(double x) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  return (bits >> 63U) != 0U ? ~bits : bits | (std::uint64_t{1} << 63U);
}

double from_ordered(std::uint64_t key) noexcept {
  return std::bit_cast<double>((key >> 63U) != 0U ? key & ~(std::uint64_t{1} << 63U) : ~key);
}

// The value of rank `rank` from the top by bisection on the bits: no copy of the samples is needed.
double value_of_rank(std::span<const double> values, std::ptrdiff_t rank) noexcept {
  std::uint64_t low = 0;
  std::uint64_t high = ~std::uint64_t{0};
  while (low < high) {
    const std::uint64_t middle = high - (high - low) / 2;
    const auto reach = std::count_if(values.begin(), values.end(), [&](double x) { return ordered(x) >= middle; });
    if (reach > rank) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return from_ordered(low);
}

std::ptrdiff_t rank_of(double share, std::size_t n) noexcept {
  return std::max(std::ptrdiff_t{0}, static_cast<std::ptrdiff_t>(share * static_cast<double>(n) - 1.0));
}

}  // namespace

HeightQuantiles height_quantiles(std::span<const double> heights_m) noexcept {
  const std::size_t n = heights_m.size();
  const std::ptrdiff_t high = rank_of(0.1, n);
  const std::ptrdiff_t middle = rank_of(0.5, n);
  const std::ptrdiff_t low = rank_of(0.9, n);
  std::array<double, 2048> copy;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled as far as it is read
  if (n > copy.size()) {
    return {value_of_rank(heights_m, high), value_of_rank(heights_m, middle), value_of_rank(heights_m, low)};
  }
  double* const first = copy.data();
  double* const end = std::copy(heights_m.begin(), heights_m.end(), first);
  std::nth_element(first, first + middle, end, std::greater<>());
  if (high < middle) std::nth_element(first, first + high, first + middle, std::greater<>());
  if (low > middle) std::nth_element(first + middle + 1, first + low, end, std::greater<>());
  return {first[high], first[middle], first[low]};
}

namespace {

constexpr double kTouch_m = 1e-6;  // rounding of distances that are multiples of the spacing

/// The profile with its two ends; distances count from the base, "ahead" is toward the other end.
struct Ground {
  std::span<const double> distance_m;
  std::span<const double> height_m;

  [[nodiscard]] std::size_t last() const noexcept { return distance_m.size() - 1; }
  [[nodiscard]] double length_m() const noexcept { return distance_m.back(); }
  [[nodiscard]] double step_m() const noexcept { return length_m() / static_cast<double>(last()); }
  [[nodiscard]] double from_mobile_m(std::size_t i) const noexcept { return length_m() - distance_m[i]; }

  /// The last sample that lies within `ahead_m` of the base.
  [[nodiscard]] std::size_t ahead_of_base(double ahead_m) const noexcept {
    const auto beyond = std::upper_bound(distance_m.begin(), distance_m.end(), ahead_m + kTouch_m);
    return static_cast<std::size_t>(beyond - distance_m.begin()) - 1;
  }
  /// The sample farthest from the mobile that lies within `ahead_m` of it.
  [[nodiscard]] std::size_t ahead_of_mobile(double ahead_m) const noexcept {
    const auto within = std::lower_bound(distance_m.begin(), distance_m.end(), length_m() - ahead_m - kTouch_m);
    return std::min(last(), static_cast<std::size_t>(within - distance_m.begin()));
  }
  [[nodiscard]] double mean_m(std::size_t from, std::size_t to) const noexcept {
    const auto part = height_m.subspan(from, to - from + 1);
    return std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(part.size());
  }
};

// TR-15-517 eq. to: ground 3 to 15 km ahead; its part grows from nothing at 3 km path length.
void effective_heights(EhataTerrain& out, const Link& link, const Ground& ground) noexcept {
  const double part = std::clamp((ground.length_m() - 3e3) / 12e3, 0.0, 1.0);
  out.base_effective_m = link.tx_agl_m;
  out.mobile_effective_m = link.rx_agl_m;
  if (part <= 0.0) return;
  const double ahead_of_base_m = ground.mean_m(ground.ahead_of_base(3e3), ground.ahead_of_base(15e3));
  const double ahead_of_mobile_m = ground.mean_m(ground.ahead_of_mobile(15e3), ground.ahead_of_mobile(3e3));
  out.base_effective_m += part * (ground.height_m.front() - ahead_of_base_m);
  out.mobile_effective_m += part * (ground.height_m.back() - ahead_of_mobile_m);
}

// Okumura section 2.4 (1)(b): delta h over 10 km in front of the mobile; a shorter path is scaled to what it
// would be over 10 km.
void undulation(EhataTerrain& out, const Ground& ground) noexcept {
  out.heights = height_quantiles(ground.height_m.subspan(ground.ahead_of_mobile(10e3)));
  const double d_km = ground.length_m() * 1e-3;
  if (d_km < 10.0) {
    const double scale = (1.0 - 0.8 * std::exp(-0.2)) / (1.0 - 0.8 * std::exp(-0.02 * d_km));
    out.heights.high_m *= scale;
    out.heights.middle_m *= scale;
    out.heights.low_m *= scale;
  }
  out.irregularity_m = out.heights.high_m - out.heights.low_m;
}

/// Straight line fitted to the samples from the mobile outward, each with the length that it stands for.
class SlopeFit {
 public:
  SlopeFit(double x_m, double y_m) : last_x_m_(x_m), last_y_m_(y_m) {}
  void add(double x_m, double y_m) noexcept {
    const double half_m = 0.5 * (x_m - last_x_m_);
    weigh(half_m, last_x_m_, last_y_m_);
    weigh(half_m, x_m, y_m);
    last_x_m_ = x_m;
    last_y_m_ = y_m;
  }
  /// Rise of the fitted line over the length of the fit, m.
  [[nodiscard]] double rise_m() const noexcept {
    const double mean_m = wx_ / w_;
    const double spread = wxx_ - mean_m * wx_;
    return spread > 0.0 ? (wxy_ - mean_m * wy_) / spread * last_x_m_ : 0.0;
  }

 private:
  void weigh(double w, double x_m, double y_m) noexcept {
    w_ += w;
    wx_ += w * x_m;
    wxx_ += w * x_m * x_m;
    wy_ += w * y_m;
    wxy_ += w * x_m * y_m;
  }
  double last_x_m_;
  double last_y_m_;
  double w_ = 0.0;
  double wx_ = 0.0;
  double wxx_ = 0.0;
  double wy_ = 0.0;
  double wxy_ = 0.0;
};

// Okumura section 4.3: mean slope over 5 to 10 km in front of the mobile, the steepest of six fits if they agree
// in sign, else that over 5 km. 0 on paths below 5 km.
double mobile_slope_mrad(const Ground& ground) noexcept {
  const std::size_t last = ground.last();
  // Heights above the mobile's ground keep the digits of the sums.
  const double mobile_m = ground.height_m.back();
  SlopeFit fit(0.0, 0.0);
  double five_mrad = 0.0;
  double steepest = -1e31;
  double flattest = 1e31;
  std::size_t done = last;
  for (double over_m = 5e3; over_m <= 10e3 && ground.length_m() >= over_m; over_m += 1e3) {
    for (const std::size_t end = ground.ahead_of_mobile(over_m); done > end; --done) {
      fit.add(ground.from_mobile_m(done - 1), ground.height_m[done - 1] - mobile_m);
    }
    const double slope_mrad = -1e3 * fit.rise_m() / over_m;
    if (over_m == 5e3) five_mrad = slope_mrad;
    steepest = std::max(steepest, slope_mrad);
    flattest = std::min(flattest, slope_mrad);
  }
  const bool disagree = (steepest < 0.0) != (flattest < 0.0) && steepest != 0.0 && flattest != 0.0;
  if (ground.length_m() <= 5e3 || disagree) return five_mrad;
  return steepest >= 0.0 ? steepest : flattest;
}

void sea(EhataTerrain& out, const Ground& ground) noexcept {
  const auto at_sea = [](double height_m) { return height_m == 0.0; };
  const std::size_t mobile_half = ground.last() / 2;
  const auto cut = ground.height_m.end() - static_cast<std::ptrdiff_t>(mobile_half);
  const auto near_base = std::count_if(ground.height_m.begin(), cut, at_sea);
  const auto near_mobile = std::count_if(cut, ground.height_m.end(), at_sea);
  out.sea_fraction = static_cast<double>(near_base + near_mobile) / static_cast<double>(ground.height_m.size());
  out.sea_at = near_mobile > near_base   ? EhataTerrain::SeaAt::mobile
               : near_base > near_mobile ? EhataTerrain::SeaAt::base
                                         : EhataTerrain::SeaAt::both;
}

// 1 / effective Earth radius for a surface refractivity of 301 N-units at sea level, 1/m.
double earth_curvature_1_m(double mean_ground_m) noexcept {
  // Any ground of the Earth; what lies beyond shall not overflow.
  const double ns = 301.0 * std::exp(-std::clamp(mean_ground_m, -1e3, 1e5) / 9460.0);
  return 157e-9 * (1.0 - 0.04665 * std::exp(ns / 179.3));
}

void horizons(EhataTerrain& out, const Link& link, const Ground& ground) noexcept {
  const std::size_t last = ground.last();
  const double d_m = ground.length_m();
  const double curvature = earth_curvature_1_m(ground.mean_m(0, last));
  const double base_m = ground.height_m.front() + link.tx_agl_m;
  const double mobile_m = ground.height_m.back() + link.rx_agl_m;
  // Elevation angles; the other end is the first candidate.
  double from_mobile = (base_m - mobile_m) / d_m - 0.5 * curvature * d_m;
  double from_base = (mobile_m - base_m) / d_m - 0.5 * curvature * d_m;
  std::size_t seen_by_mobile = 0;
  std::size_t seen_by_base = last;
  for (std::size_t i = last - 1; i > 0; --i) {
    const double far_m = ground.from_mobile_m(i);
    const double near_m = ground.distance_m[i];
    const double height_m = ground.height_m[i];
    if (const double angle = (height_m - mobile_m) / far_m - 0.5 * curvature * far_m; angle > from_mobile) {
      from_mobile = angle;
      seen_by_mobile = i;
    }
    if (const double angle = (height_m - base_m) / near_m - 0.5 * curvature * near_m; angle > from_base) {
      from_base = angle;
      seen_by_base = i;
    }
  }
  out.line_of_sight = seen_by_mobile == 0;
  out.mobile_horizon_m = ground.from_mobile_m(seen_by_mobile);
  out.base_horizon_m = ground.distance_m[seen_by_base];
  out.single_horizon = std::abs(d_m - out.mobile_horizon_m - out.base_horizon_m) <= 0.5 * ground.step_m();
  if (!out.single_horizon) return;
  // NTIA's program weighs each antenna by its own horizon distance, where the line between the antennas at the
  // ridge would weigh it by that of the other end. All published numbers are of that program.
  const double line_m = base_m * (out.base_horizon_m / d_m) + mobile_m * (out.mobile_horizon_m / d_m);
  const double bulge_m = 0.5 * curvature * out.mobile_horizon_m * out.base_horizon_m;
  out.ridge_m = std::max(0.0, ground.height_m[seen_by_mobile] - line_m + bulge_m);
}

}  // namespace

EhataTerrain ehata_terrain(const Link& link, const PathGeometry& path) noexcept {
  const std::array<double, 2> distance_m = {0.0, std::max(path.distance_m, 1e-3)};
  const std::array<double, 2> height_m = {path.tx_ground_asl_m, path.rx_ground_asl_m};
  const bool given = path.profile.size() >= 2;
  const Ground ground =
      given ? Ground{path.profile.distance_m, path.profile.ground_asl_m} : Ground{distance_m, height_m};
  EhataTerrain out{};
  out.distance_m = ground.length_m();
  out.mobile_ground_m = ground.height_m.back();
  effective_heights(out, link, ground);
  undulation(out, ground);
  out.mobile_slope_mrad = mobile_slope_mrad(ground);
  sea(out, ground);
  horizons(out, link, ground);
  return out;
}

}  // namespace amaneku::hata
