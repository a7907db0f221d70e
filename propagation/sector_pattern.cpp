#include "propagation/sector_pattern.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "terrain/geo.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "propagation/sector_pattern.cpp"
#include <hwy/foreach_target.h>
//
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::mounted::HWY_NAMESPACE {
namespace {

using namespace amaneku::lane::HWY_NAMESPACE;

/// atan(r) for 0 <= r <= 1, Chebyshev fit of atan(r)/r in r^2: 4.2e-7 rad at worst, far below what moves a gain.
template <class V>
HWY_INLINE V atan_of_ratio(V r) {
  const V u = r * r;
  V sum = 0.007648353926762766;
  sum = mul_add(sum, u, V(-0.03636043085731773));
  sum = mul_add(sum, u, V(0.08312645300619582));
  sum = mul_add(sum, u, V(-0.13447864058090495));
  sum = mul_add(sum, u, V(0.19872040268214597));
  sum = mul_add(sum, u, V(-0.33325678039723927));
  sum = mul_add(sum, u, V(0.99999922558909775));
  return r * sum;
}

/// atan2 in degrees, (0, 0) -> 0.
template <class V>
HWY_INLINE V atan2_deg(V y, V x) {
  constexpr double kTiny = 1e-300;  // keeps 0 / 0 away
  const V ay = abs(y);
  const V ax = abs(x);
  V angle = atan_of_ratio(min(ax, ay) / max(max(ax, ay), V(kTiny))) * V(kRadToDeg);
  angle = select(ay > ax, V(90.0) - angle, angle);
  angle = select(x < V(0.0), V(180.0) - angle, angle);
  return copysign(angle, y);
}

/// Direction seen from the antenna: azimuth clockwise from its boresight, elevation above its horizontal plane,
/// electrical tilt included.
template <class V>
struct LocalDirection {
  V azimuth_deg;
  V elevation_deg;
};

template <class V>
HWY_INLINE LocalDirection<V> local_direction(const MountedPattern& m, V east, V north, V up) {
  const V forward = east * V(m.sin_azimuth) + north * V(m.cos_azimuth);
  const V right = east * V(m.cos_azimuth) - north * V(m.sin_azimuth);
  const V x = forward * V(m.cos_tilt) - up * V(m.sin_tilt);
  const V z = forward * V(m.sin_tilt) + up * V(m.cos_tilt);
  return {atan2_deg(right, x), atan2_deg(z, sqrt(x * x + right * right)) + V(m.electrical_downtilt_deg)};
}

/// 3GPP TR 38.901 v17 Table 7.3-1.
template <class V>
HWY_INLINE V element_gain_dbi(const MountedPattern& m, const LocalDirection<V>& d) {
  const V limit = m.front_to_back_db;
  const V h = min(limit, d.azimuth_deg * d.azimuth_deg * V(m.horizontal_db_per_deg2));
  const V v = min(limit, d.elevation_deg * d.elevation_deg * V(m.vertical_db_per_deg2));
  return V(m.gain_dbi) - min(limit, h + v);
}

/// `closed` has 361 values; the angle lies within one turn of 0 .. 360.
HWY_INLINE double closed_cut_db(const std::vector<double>& closed, double angle_deg) {
  const double wrapped = angle_deg < 0.0 ? angle_deg + 360.0 : angle_deg >= 360.0 ? angle_deg - 360.0 : angle_deg;
  const std::size_t i = std::min(static_cast<std::size_t>(std::max(0.0, wrapped)), closed.size() - 2);
  return closed[i] + (wrapped - static_cast<double>(i)) * (closed[i + 1] - closed[i]);
}

HWY_INLINE double tabulated_gain_dbi(const MountedPattern& m, const LocalDirection<double>& d) {
  return m.gain_dbi - closed_cut_db(m.horizontal_db, d.azimuth_deg) -
         closed_cut_db(m.vertical_db, -d.elevation_deg);
}

/// The cuts are looked up lane by lane.
HWY_INLINE Pack tabulated_gain_dbi(const MountedPattern& m, const LocalDirection<Pack>& d) {
  HWY_ALIGN std::array<double, HWY_MAX_BYTES / sizeof(double)> azimuth_deg;
  HWY_ALIGN std::array<double, HWY_MAX_BYTES / sizeof(double)> elevation_deg;
  store(d.azimuth_deg, azimuth_deg.data());
  store(d.elevation_deg, elevation_deg.data());
  for (std::size_t i = 0; i < lane_count<Pack>(); ++i) {
    azimuth_deg[i] = tabulated_gain_dbi(m, LocalDirection<double>{azimuth_deg[i], elevation_deg[i]});
  }
  return load<Pack>(azimuth_deg.data());
}

template <class V>
HWY_INLINE V gain_dbi(const MountedPattern& m, V east, V north, V up) {
  if (m.kind == MountedPattern::Kind::isotropic) return m.gain_dbi;
  const LocalDirection<V> direction = local_direction(m, east, north, up);
  if (m.kind == MountedPattern::Kind::element) return element_gain_dbi(m, direction);
  return tabulated_gain_dbi(m, direction);
}

double one_gain_dbi(const MountedPattern& m, double east, double north, double up) {
  return gain_dbi(m, east, north, up);
}

/// Always whole packs, so that a gain does not depend on how long the row is.
void row_gains_dbi(const MountedPattern& m, const CellRow& row, std::span<const double> up_m,
                   std::span<double> out) {
  const std::size_t lanes = lane_count<Pack>();
  const Pack lane(hn::Iota(Pack::Tag(), 0.0));
  const std::size_t n = out.size();
  HWY_ALIGN std::array<double, HWY_MAX_BYTES / sizeof(double)> rest{};
  for (std::size_t i = 0; i < n; i += lanes) {
    const bool whole = i + lanes <= n;
    if (!whole) std::copy_n(up_m.data() + i, n - i, rest.data());
    const Pack up = load<Pack>(whole ? up_m.data() + i : rest.data());
    const Pack east = Pack(row.first_east_m) + (lane + Pack(static_cast<double>(i))) * Pack(row.step_m);
    store(gain_dbi(m, east, Pack(row.north_m), up), whole ? out.data() + i : rest.data());
    if (!whole) std::copy_n(rest.data(), n - i, out.data() + i);
  }
}

}  // namespace
}  // namespace amaneku::mounted::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace amaneku {
namespace {

std::vector<double> closed(std::vector<double> cut) {
  cut.push_back(cut.front());
  return cut;
}

}  // namespace

namespace mounted {
namespace {
HWY_EXPORT(row_gains_dbi);
}  // namespace
}  // namespace mounted

SectorPattern::SectorPattern(const AntennaPattern& pattern, const Mounting& mounting)
    : mounted_{.sin_azimuth = std::sin(mounting.azimuth_deg * kDegToRad),
               .cos_azimuth = std::cos(mounting.azimuth_deg * kDegToRad),
               .sin_tilt = std::sin(mounting.mechanical_downtilt_deg * kDegToRad),
               .cos_tilt = std::cos(mounting.mechanical_downtilt_deg * kDegToRad),
               .electrical_downtilt_deg = mounting.electrical_downtilt_deg} {
  if (const auto* element = std::get_if<Element38901>(&pattern)) {
    mounted_.kind = MountedPattern::Kind::element;
    mounted_.gain_dbi = element->gain_dbi;
    mounted_.horizontal_db_per_deg2 = 12.0 / (element->beamwidth_h_deg * element->beamwidth_h_deg);
    mounted_.vertical_db_per_deg2 = 12.0 / (element->beamwidth_v_deg * element->beamwidth_v_deg);
    mounted_.front_to_back_db = element->front_to_back_db;
  } else if (const auto* table = std::get_if<TabulatedAntenna>(&pattern)) {
    mounted_.kind = MountedPattern::Kind::tabulated;
    mounted_.gain_dbi = table->gain_dbi;
    mounted_.horizontal_db = closed(table->horizontal_db);
    mounted_.vertical_db = closed(table->vertical_db);
  } else {
    mounted_.gain_dbi = std::get<IsotropicAntenna>(pattern).gain_dbi;
  }
}

double SectorPattern::gain_dbi(double east, double north, double up) const noexcept {
  return mounted::HWY_NAMESPACE::one_gain_dbi(mounted_, east, north, up);
}

void SectorPattern::gains_dbi(const CellRow& row, std::span<const double> up_m,
                              std::span<double> gains_dbi) const {
  HWY_DYNAMIC_DISPATCH(mounted::row_gains_dbi)(mounted_, row, up_m, gains_dbi);
}

}  // namespace amaneku
#endif
