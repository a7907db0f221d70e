#include "propagation/radial_bundle.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "propagation/units.hpp"

namespace amaneku {
namespace bundle {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();

/// Rows of this many values do not all begin in the same set of a cache.
std::size_t staggered(std::size_t n) noexcept {
  constexpr std::size_t kLine = 16;
  const std::size_t lines = (n + kLine - 1) / kLine + 1;
  return (lines | 1U) * kLine;
}

}  // namespace

void Frame::restart(double effective_earth_radius_m, std::size_t radials) {
  per_two_ae = 1.0 / (2.0 * effective_earth_radius_m);
  rise.assign(radials + PathArrays::kPadding, kNone);
  u.assign(radials + PathArrays::kPadding, 0.0);
  lifted.assign(radials + PathArrays::kPadding, kNone);
}

void Hulls::restart(double curvature_per_u2, std::size_t radials, std::size_t most_samples) {
  per_u2 = curvature_per_u2;
  stride = radials == 0 ? 0 : staggered(kBefore + most_samples + PathArrays::kPadding);
  vertices.resize(radials * stride);
  const std::size_t lanes = radials == 0 ? 0 : radials + PathArrays::kPadding;
  count.assign(lanes, 0);
  // Much deeper each than the one behind it, so that it lies above every line from a point before it.
  constexpr HullVertex kFirst{-1.0, -1e30};
  constexpr HullVertex kSecond{-2.0, -1e60};
  constexpr HullVertex kThird{-3.0, -1e90};
  for (std::size_t radial = 0; radial < radials; ++radial) {
    vertices[radial * stride] = kSecond;
    vertices[radial * stride + 1] = kFirst;
  }
  last_u = kFirst.u;
  last_y.assign(lanes, kFirst.asl_m);
  second_u.assign(lanes, kSecond.u);
  second_y.assign(lanes, kSecond.asl_m);
  third_u.assign(lanes, kThird.u);
  third_asl_m.assign(lanes, kThird.asl_m);
  new_asl_m.resize(lanes);
}

void Hulls::copy(std::size_t from, std::size_t to) noexcept {
  if (from == to || !kept()) return;
  std::copy_n(vertices.data() + from * stride, kBefore + count[from] + PathArrays::kPadding,
              vertices.data() + to * stride);
  count[to] = count[from];
  for (Lanes* lanes : {&last_y, &second_u, &second_y, &third_u, &third_asl_m}) (*lanes)[to] = (*lanes)[from];
}

void Heights::restart(std::size_t radials, std::size_t most_samples, bool with_clutter) {
  stride_ = staggered(most_samples + kBlock);
  block_stride_ = staggered(most_samples / kBlock + 1);
  ground_.resize(radials * stride_);
  highest_ground_.resize(radials * block_stride_);
  clutter_.resize(with_clutter ? radials * stride_ : 0);
  highest_top_.resize(with_clutter ? radials * block_stride_ : 0);
  block_ground_.resize(radials);
  block_top_.resize(with_clutter ? radials : 0);
}

void Heights::push(std::size_t i, std::size_t radials, const float* ground_asl_m,
                   const float* clutter_m) noexcept {
  const std::size_t block = i / kBlock;
  const auto raise = [&](float& highest, float height) {
    highest = i % kBlock == 0 || height > highest ? height : highest;
  };
  const auto store = [&](std::vector<float>& rows, std::size_t stride, std::size_t at, const float* values) {
    for (std::size_t radial = 0; radial < radials; ++radial) rows[radial * stride + at] = values[radial];
  };
  for (std::size_t radial = 0; radial < radials; ++radial) raise(block_ground_[radial], ground_asl_m[radial]);
  store(ground_, stride_, i, ground_asl_m);
  store(highest_ground_, block_stride_, block, block_ground_.data());
  if (clutter_.empty()) return;
  for (std::size_t radial = 0; radial < radials; ++radial) {
    // Rounded up, as a bound must be.
    const float top = ground_asl_m[radial] + clutter_m[radial];
    raise(block_top_[radial],
          clutter_m[radial] > 0.0F ? std::nextafter(top, std::numeric_limits<float>::infinity()) : top);
  }
  store(clutter_, stride_, i, clutter_m);
  store(highest_top_, block_stride_, block, block_top_.data());
}

void Heights::copy(std::size_t from, std::size_t to, std::size_t samples) noexcept {
  if (from == to) return;
  const std::size_t blocks = (samples + kBlock - 1) / kBlock;
  const auto copy_rows = [&](std::vector<float>& rows, std::size_t stride, std::size_t n) {
    if (!rows.empty()) std::copy_n(rows.data() + from * stride, n, rows.data() + to * stride);
  };
  copy_rows(ground_, stride_, samples);
  copy_rows(clutter_, stride_, samples);
  copy_rows(highest_ground_, block_stride_, blocks);
  copy_rows(highest_top_, block_stride_, blocks);
  block_ground_[to] = block_ground_[from];
  if (!clutter_.empty()) block_top_[to] = block_top_[from];
}

}  // namespace bundle

namespace {

using bundle::State;

bool two_earths(Terrain need) noexcept {
  return need == Terrain::two_earths || need == Terrain::two_earths_open_ends;
}

bool reads_heights(Terrain need) noexcept {
  return need != Terrain::none;
}

}  // namespace

void RadialBundle::restart(const Link& link, double tx_ground_asl_m, Zone tx_zone, const BundleNeeds& needs,
                           std::span<const double> metres_per_u, const Range& receivers_metres_per_u,
                           std::size_t most_radials, std::size_t most_samples) {
  State& s = state_;
  s.needs = needs;
  s.tx_ground_asl_m = tx_ground_asl_m;
  s.tx_asl_m = tx_ground_asl_m + link.tx_agl_m;
  s.rx_agl_m = link.rx_agl_m;
  s.lambda_m = wavelength_m(link.freq_hz);
  const double most_metres_per_u = receivers_metres_per_u.max;
  s.least_metres_per_u = receivers_metres_per_u.min;
  // Some slack for rounding.
  s.nu_clearance = -1.0001 * Horizons::kNuNoLoss * std::sqrt(0.5 * s.lambda_m * most_metres_per_u);
  s.tx_zone = tx_zone;
  s.radials = metres_per_u.size();
  s.samples = 0;
  s.rings_u.clear();
  s.even = true;
  s.most_samples = most_samples;
  const std::size_t lanes = most_radials + PathArrays::kPadding;
  s.metres_per_u.assign(lanes, most_metres_per_u);
  std::copy(metres_per_u.begin(), metres_per_u.end(), s.metres_per_u.begin());
  s.behind_void.assign(lanes, 0.0);
  const bool prefix = needs.terrain == Terrain::prefix;
  const bool samples = needs.terrain == Terrain::samples;
  s.with_beta = two_earths(needs.terrain);
  s.with_bare = needs.clutter && (s.with_beta || needs.terrain == Terrain::horizons);
  s.median.restart(link.effective_earth_radius_m, most_radials);
  s.beta.restart(kBetaEarthRadius_m, s.with_beta ? most_radials : 0);
  s.bare.restart(link.effective_earth_radius_m, s.with_bare ? most_radials : 0);
  s.raw_rise.assign(lanes, bundle::kNone);
  s.v1.assign(lanes, 0.0);
  s.v2.assign(lanes, 0.0);
  s.last_asl_m.assign(lanes, tx_ground_asl_m);
  s.new_ground_m.resize(lanes);
  s.new_clutter_m.assign(lanes, 0.0F);

  const double roundest = prefix ? 1.0 / (2.0 * kSmallestEarthRadius_m)
                                 : std::max(s.median.per_two_ae, 1.0 / (2.0 * kBetaEarthRadius_m));
  const double per_u2 = roundest * most_metres_per_u * most_metres_per_u;
  const bool horizons = s.with_beta || needs.terrain == Terrain::horizons;
  s.top_hull.restart(per_u2, horizons ? most_radials : 0, most_samples);
  s.ground_hull.restart(per_u2, prefix || s.with_bare ? most_radials : 0, most_samples);
  if (reads_heights(needs.terrain)) s.heights.restart(most_radials, most_samples, needs.clutter);
  s.sum_height.resize(prefix ? most_radials * most_samples : 0);
  s.sum_moment.resize(s.sum_height.size());
  s.zone.resize(samples && needs.zones ? most_radials * most_samples : 0);
  if (needs.zones) {
    s.zone_scans.resize(most_radials);
    for (ZoneScan& scan : s.zone_scans) scan.restart(tx_zone);
  }
}

void RadialBundle::split(std::span<const double> metres_per_u) {
  State& s = state_;
  const auto copy_lane = [](Lanes& lanes, std::size_t from, std::size_t to) { lanes[to] = lanes[from]; };
  // From the last one down, so that nothing is overwritten before it is copied.
  for (std::size_t to = 2 * s.radials; to-- > 0;) {
    const std::size_t from = to / 2;
    if (from == to) continue;
    for (Lanes* lanes : {&s.behind_void, &s.raw_rise, &s.v1, &s.v2, &s.last_asl_m}) copy_lane(*lanes, from, to);
    s.median.copy(from, to);
    if (s.with_beta) s.beta.copy(from, to);
    if (s.with_bare) s.bare.copy(from, to);
    s.top_hull.copy(from, to);
    s.ground_hull.copy(from, to);
    if (reads_heights(s.needs.terrain)) s.heights.copy(from, to, s.samples);
    const auto copy_row = [&](auto& rows) {
      if (!rows.empty()) {
        std::copy_n(rows.data() + from * s.most_samples, s.samples, rows.data() + to * s.most_samples);
      }
    };
    copy_row(s.sum_height);
    copy_row(s.sum_moment);
    copy_row(s.zone);
    if (s.needs.zones) s.zone_scans[to] = s.zone_scans[from];
  }
  s.radials *= 2;
  std::copy(metres_per_u.begin(), metres_per_u.end(), s.metres_per_u.begin());
}

void RadialBundle::fill_profiles(const RingReceivers& ring, PathArrays& paths) const {
  const State& s = state_;
  for (std::size_t i = 0; i < ring.size; ++i) {
    const std::size_t radial = ring.radial[i];
    LaneProfile& p = paths.profile[i];
    p = {.on_radial = s.samples,
         .samples = s.samples + ring.own_u.size(),
         .ground_asl_m = s.heights.ground(radial),
         .clutter_m = s.heights.clutter(radial),
         .zone = s.zone.empty() ? nullptr : s.zone.data() + radial * s.most_samples,
         .own_ground_asl_m = ring.own_ground_asl_m + i,
         .own_clutter_m = ring.own_clutter_m != nullptr ? ring.own_clutter_m + i : nullptr,
         .own_zone = ring.own_zone != nullptr ? ring.own_zone + i : nullptr,
         .own_stride = ring.own_stride};
    if (s.needs.terrain != Terrain::prefix) continue;
    p.sum_height = s.sum_height.data() + radial * s.most_samples;
    p.sum_moment = s.sum_moment.data() + radial * s.most_samples;
    p.hull = s.ground_hull.of(radial);
  }
}

void RadialBundle::fill_zones(const RingReceivers& ring, PathArrays& paths) const {
  const State& s = state_;
  paths.tx_zone = s.tx_zone;
  paths.all_inland = true;
  if (!s.needs.zones) return;
  for (std::size_t i = 0; i < ring.size; ++i) {
    ZoneScan scan = s.zone_scans[ring.radial[i]];
    for (std::size_t k = 0; k < ring.own_u.size(); ++k) {
      scan.push(ring.own_u[k], ring.own_zone != nullptr ? ring.own_zone[k * ring.own_stride + i] : Zone::inland);
    }
    const PathZones zones =
        scan.receiver({ring.u, 0.0, 0.0, ring.zone != nullptr ? ring.zone[i] : Zone::inland}, {});
    const double m = ring.metres_per_u[i];
    paths.rx_zone[i] = zones.rx;
    paths.sea_fraction[i] = zones.sea_fraction;
    paths.longest_land_m[i] = m * zones.longest_land_m;
    paths.longest_inland_m[i] = m * zones.longest_inland_m;
    paths.coast_distance_tx_m[i] = m * zones.coast_distance_tx_m;
    paths.coast_distance_rx_m[i] = m * zones.coast_distance_rx_m;
    paths.all_inland = paths.all_inland && zones.longest_inland_m == ring.u;
  }
}

}  // namespace amaneku
