#include "propagation/sector_pattern.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

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

/// A vector of any length.
template <class V>
struct Ray {
  V east;
  V north;
  V up;
};

/// The same in the antenna's frame.
template <class V>
struct LocalVector {
  V forward;
  V right;
  V up;
};

template <class V>
HWY_INLINE LocalVector<V> local_vector(const MountedPattern& m, const Ray<V>& ray) {
  const V forward = ray.east * V(m.sin_azimuth) + ray.north * V(m.cos_azimuth);
  return {.forward = forward * V(m.cos_tilt) - ray.up * V(m.sin_tilt),
          .right = ray.east * V(m.cos_azimuth) - ray.north * V(m.sin_azimuth),
          .up = forward * V(m.sin_tilt) + ray.up * V(m.cos_tilt)};
}

template <class V>
HWY_INLINE LocalDirection<V> local_direction(const MountedPattern& m, const LocalVector<V>& at) {
  return {atan2_deg(at.right, at.forward),
          atan2_deg(at.up, sqrt(at.forward * at.forward + at.right * at.right)) + V(m.electrical_downtilt_deg)};
}

/// 3GPP TR 38.901 v17 Table 7.3-1.
template <class V>
HWY_INLINE V element_gain_dbi(const MountedPattern& m, const LocalDirection<V>& d) {
  const V limit = m.front_to_back_db;
  const V h = min(limit, d.azimuth_deg * d.azimuth_deg * V(m.horizontal_db_per_deg2));
  const V v = min(limit, d.elevation_deg * d.elevation_deg * V(m.vertical_db_per_deg2));
  return V(m.gain_dbi) - min(limit, h + v);
}

/// `closed` has one value more than the circle has steps; the angle lies within one turn of 0 .. 360.
HWY_INLINE double closed_cut_db(const std::vector<double>& closed, double per_deg, double angle_deg) {
  const double wrapped = angle_deg < 0.0 ? angle_deg + 360.0 : angle_deg >= 360.0 ? angle_deg - 360.0 : angle_deg;
  const double steps = wrapped * per_deg;
  const std::size_t i = std::min(static_cast<std::size_t>(std::max(0.0, steps)), closed.size() - 2);
  return closed[i] + (steps - static_cast<double>(i)) * (closed[i + 1] - closed[i]);
}

HWY_INLINE double tabulated_gain_dbi(const MountedPattern& m, const LocalDirection<double>& d) {
  const double sum_db = closed_cut_db(m.horizontal_db, m.horizontal_per_deg, d.azimuth_deg) +
                        closed_cut_db(m.vertical_db, m.vertical_per_deg, -d.elevation_deg);
  return m.gain_dbi - std::max(0.0, sum_db - m.common_db);
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

/// Sines of where a direction is in a panel: of its elevation, of its azimuth, and cosine of the elevation.
template <class V>
struct PanelSines {
  V elevation;
  V azimuth;
  V cos_elevation;
};

template <class V>
HWY_INLINE PanelSines<V> panel_sines(const LocalVector<V>& at) {
  constexpr double kTiny = 1e-300;
  const V level2 = at.forward * at.forward + at.right * at.right;
  const V level = sqrt(level2);
  const V length = max(sqrt(level2 + at.up * at.up), V(kTiny));
  return {at.up / length, at.right / max(level, V(kTiny)), level / length};
}

/// |sum of n unit phasors|^2 / n^2 from the sines of half the step between them and of n times it.
template <class V>
HWY_INLINE V line_share(int n, V sin_step, V sin_all) {
  constexpr double kAlmostInPhase = 1e-12;
  const V step2 = sin_step * sin_step;
  const V inverse = 1.0 / (static_cast<double>(n) * n);
  return select(step2 < V(kAlmostInPhase), V(1.0), V(inverse) * sin_all * sin_all / max(step2, kAlmostInPhase));
}

/// Sine and cosine of a half phase and of n times it.
template <class V>
struct Phasors {
  HWY_INLINE Phasors(int n, V half_phase)
      : sin_step(sin(half_phase)),
        cos_step(cos(half_phase)),
        sin_all(sin(half_phase * V(static_cast<double>(n)))),
        cos_all(cos(half_phase * V(static_cast<double>(n)))),
        count(n) {}
  /// Fed for a beam: the sines of differences need no further sine.
  HWY_INLINE V share(const MountedArray::Phase& beam) const {
    return line_share(count, sin_step * V(beam.cos_step) - cos_step * V(beam.sin_step),
                      sin_all * V(beam.cos_all) - cos_all * V(beam.sin_all));
  }
  V sin_step;
  V cos_step;
  V sin_all;
  V cos_all;
  int count;
};

/// Power over one element of the strongest SSB beam.
template <class V>
HWY_INLINE V ssb_response(const MountedArray& a, const PanelSines<V>& at) {
  const Phasors<V> vertical(a.ssb.rows, at.elevation * V(a.phase_v));
  const Phasors<V> horizontal(a.ssb.columns, at.azimuth * at.cos_elevation * V(a.phase_h));
  V strongest = 0.0;
  for (const MountedArray::Tilt& tilt : a.beams) {
    V across = 0.0;
    for (const MountedArray::Phase& beam : tilt.horizontal) across = max(across, horizontal.share(beam));
    strongest = max(strongest, across * vertical.share(tilt.vertical));
  }
  return max(strongest, V(kDeepestNull)) * V(static_cast<double>(a.ssb.rows) * a.ssb.columns);
}

/// Power over one element of all of them, steered as near to the direction as allowed.
template <class V>
HWY_INLINE V steered_response(const MountedArray& a, const PanelSines<V>& at, const LocalDirection<V>& angles) {
  const V most = static_cast<double>(a.all.rows) * a.all.columns;
  const auto too_left = angles.azimuth_deg < V(a.left.deg);
  const auto too_right = angles.azimuth_deg > V(a.right.deg);
  const auto too_low = angles.elevation_deg < V(a.bottom.deg);
  const auto too_high = angles.elevation_deg > V(a.top.deg);
  const auto outside = too_left || too_right || too_low || too_high;
  if (!any(outside)) return most;
  const V azimuth = select(too_left, V(a.left.sine), select(too_right, V(a.right.sine), at.azimuth));
  const V elevation = select(too_low, V(a.bottom.sine), select(too_high, V(a.top.sine), at.elevation));
  const V cos_elevation = select(too_low, V(a.bottom.cosine), select(too_high, V(a.top.cosine), at.cos_elevation));
  const V phase_v = V(a.phase_v) * (at.elevation - elevation);
  const V phase_h = V(a.phase_h) * (at.azimuth * at.cos_elevation - azimuth * cos_elevation);
  const V share = line_share(a.all.rows, sin(phase_v), sin(phase_v * V(static_cast<double>(a.all.rows)))) *
                  line_share(a.all.columns, sin(phase_h), sin(phase_h * V(static_cast<double>(a.all.columns))));
  const V response = max(max(share, V(kDeepestNull)) * most, ssb_response(a, at));
  return select(outside, response, most);
}

template <class V>
HWY_INLINE V array_gain_dbi(const MountedPattern& m, const LocalVector<V>& at, Beams beams) {
  const LocalDirection<V> angles = local_direction(m, at);
  const PanelSines<V> sines = panel_sines(at);
  const V response =
      beams == Beams::traffic ? steered_response(m.array, sines, angles) : ssb_response(m.array, sines);
  return element_gain_dbi(m, angles) + V(10.0) * log10(response);
}

template <class V>
HWY_INLINE V gain_dbi(const MountedPattern& m, const Ray<V>& ray, Beams beams) {
  if (m.kind == MountedPattern::Kind::isotropic) return m.gain_dbi;
  const LocalVector<V> at = local_vector(m, ray);
  if (m.kind == MountedPattern::Kind::array) return array_gain_dbi(m, at, beams);
  const LocalDirection<V> direction = local_direction(m, at);
  if (m.kind == MountedPattern::Kind::element) return element_gain_dbi(m, direction);
  return tabulated_gain_dbi(m, direction);
}

double one_gain_dbi(const MountedPattern& m, const Ray<double>& ray, Beams beams) {
  return gain_dbi(m, ray, beams);
}

/// Always whole packs, so that a gain does not depend on how long the row is.
void row_gains_dbi(const MountedPattern& m, const GainRow& row, std::span<double> out) {
  const std::size_t lanes = lane_count<Pack>();
  const Pack lane(hn::Iota(Pack::Tag(), 0.0));
  const std::size_t n = out.size();
  const double* up_m = row.up_m.data();
  HWY_ALIGN std::array<double, HWY_MAX_BYTES / sizeof(double)> rest{};
  for (std::size_t i = 0; i < n; i += lanes) {
    const bool whole = i + lanes <= n;
    if (!whole) std::copy_n(up_m + i, n - i, rest.data());
    const Ray<Pack> ray{
        .east = Pack(row.cells.first_east_m) + (lane + Pack(static_cast<double>(i))) * Pack(row.cells.step_m),
        .north = row.cells.north_m,
        .up = load<Pack>(whole ? up_m + i : rest.data())};
    store(gain_dbi(m, ray, row.beams), whole ? out.data() + i : rest.data());
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

MountedArray::Phase phase_of(double half_phase, int count) {
  return {std::sin(half_phase), std::cos(half_phase), std::sin(count * half_phase), std::cos(count * half_phase)};
}

MountedArray::Limit limit_of(double deg) {
  return {deg, std::sin(deg * kDegToRad), std::cos(deg * kDegToRad)};
}

MountedArray mounted_array(const Array38901& array, double electrical_downtilt_deg) {
  MountedArray out{.ssb = ssb_elements(array),
                   .all = all_elements(array),
                   .phase_v = std::numbers::pi * array.spacing_v_wavelengths,
                   .phase_h = std::numbers::pi * array.spacing_h_wavelengths,
                   .left = limit_of(array.steer_azimuth_deg.min),
                   .right = limit_of(array.steer_azimuth_deg.max),
                   .bottom = limit_of(array.steer_elevation_deg.min),
                   .top = limit_of(array.steer_elevation_deg.max)};
  for (const double tilt_deg : array.beam_tilts_deg) {
    MountedArray::Tilt tilt{};
    for (const double azimuth_deg : array.beam_azimuths_deg) {
      const PanelDirection beam = panel_direction(azimuth_deg, -tilt_deg - electrical_downtilt_deg);
      tilt.vertical = phase_of(out.phase_v * beam.up, array.ssb_rows);
      tilt.horizontal.push_back(phase_of(out.phase_h * beam.right, array.ssb_columns));
    }
    out.beams.push_back(std::move(tilt));
  }
  return out;
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
    set_element(*element);
  } else if (const auto* array = std::get_if<Array38901>(&pattern)) {
    set_element(array->element);
    mounted_.kind = MountedPattern::Kind::array;
    mounted_.electrical_downtilt_deg = 0.0;  // phases tilt the beams, not the elements
    mounted_.array = mounted_array(*array, mounting.electrical_downtilt_deg);
  } else if (const auto* table = std::get_if<TabulatedAntenna>(&pattern)) {
    mounted_.kind = MountedPattern::Kind::tabulated;
    mounted_.gain_dbi = table->gain_dbi;
    mounted_.horizontal_db = closed(table->horizontal_db);
    mounted_.vertical_db = closed(table->vertical_db);
    mounted_.horizontal_per_deg = static_cast<double>(table->horizontal_db.size()) / 360.0;
    mounted_.vertical_per_deg = static_cast<double>(table->vertical_db.size()) / 360.0;
    mounted_.common_db = table->common_db;
  } else {
    mounted_.gain_dbi = std::get<IsotropicAntenna>(pattern).gain_dbi;
  }
}

void SectorPattern::set_element(const Element38901& element) noexcept {
  mounted_.kind = MountedPattern::Kind::element;
  mounted_.gain_dbi = element.gain_dbi;
  mounted_.horizontal_db_per_deg2 = 12.0 / (element.beamwidth_h_deg * element.beamwidth_h_deg);
  mounted_.vertical_db_per_deg2 = 12.0 / (element.beamwidth_v_deg * element.beamwidth_v_deg);
  mounted_.front_to_back_db = element.front_to_back_db;
}

double SectorPattern::gain_dbi(double east, double north, double up) const noexcept {
  return mounted::HWY_NAMESPACE::one_gain_dbi(mounted_, {east, north, up}, Beams::ssb);
}

double SectorPattern::traffic_gain_dbi(double east, double north, double up) const noexcept {
  return mounted::HWY_NAMESPACE::one_gain_dbi(mounted_, {east, north, up}, Beams::traffic);
}

void SectorPattern::gains_dbi(const CellRow& row, std::span<const double> up_m, std::span<double> gains_dbi,
                              Beams beams) const {
  HWY_DYNAMIC_DISPATCH(mounted::row_gains_dbi)(mounted_, {row, up_m, beams}, gains_dbi);
}

}  // namespace amaneku
#endif
