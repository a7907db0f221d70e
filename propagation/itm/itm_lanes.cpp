#include "propagation/itm/itm.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "propagation/itm/itm_lanes.cpp"
#include <hwy/foreach_target.h>
//
#include "propagation/itm/evaluation-inl.hpp"
#include "propagation/itm/horizon_scan-inl.hpp"
#include "propagation/itm/interdecile-inl.hpp"
#include "propagation/itm/lane_heights.hpp"
#include "propagation/itm/profile_site.hpp"
#include "propagation/itm/profile_terms-inl.hpp"
#include "propagation/itm/refractivity-inl.hpp"
#include "propagation/losses.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

/// Lanes that are computed side by side; a whole number of registers.
inline constexpr std::size_t kBlock = 16;
using Block = std::array<double, kBlock>;

/// Air and ProfileReadings of the lanes of a block.
struct BlockReadings {
  Block mean_asl_m{};
  Block surface_refractivity{};
  Block earth_radius_m{};
  Block length_m{};
  Block middle_m{};
  Block interdecile_m{};
  Block looks_over_all{};
  Block tx_line_asl_m{};
  Block rx_line_asl_m{};
  Block tx_horizon_m{};
  Block rx_horizon_m{};
  Block tx_horizon_rad{};
  Block rx_horizon_rad{};
};

/// Of the first n lanes, like what follows.
HWY_NOINLINE void set_air(double n0, std::size_t n, BlockReadings& block) {
  for (std::size_t k = 0; k < n; k += lane_count<Pack>()) {
    const AirOf<Pack> air = air_over(n0, load<Pack>(&block.mean_asl_m[k]));
    store(air.surface_refractivity, &block.surface_refractivity[k]);
    store(air.earth_radius_m, &block.earth_radius_m[k]);
  }
}

HWY_NOINLINE void read_lane(const Antennas& antennas, const PathArrays& paths, std::size_t lane,
                            const LaneHeights& heights, BlockReadings& block, std::size_t k) {
  const Horizons horizons = lane_horizons(paths, lane, heights, antennas, block.earth_radius_m[k]);
  const Site site = site_of(antennas, heights, horizons);
  const FittedLine middle = middle_line(heights, site);
  const FittedLine line = site.looks_over_all() ? middle : foreground_lines(heights, site);
  block.length_m[k] = site.length_m;
  block.middle_m[k] = site.middle_m();
  block.interdecile_m[k] = lane_interdecile_m(heights, site.middle, middle);
  block.looks_over_all[k] = site.looks_over_all() ? 1.0 : 0.0;
  block.tx_line_asl_m[k] = line.first_m;
  block.rx_line_asl_m[k] = line.last_m;
  block.tx_horizon_m[k] = horizons.tx.distance_m;
  block.rx_horizon_m[k] = horizons.rx.distance_m;
  block.tx_horizon_rad[k] = horizons.tx.elevation_rad;
  block.rx_horizon_rad[k] = horizons.rx.elevation_rad;
}

HWY_NOINLINE void evaluate_block(const Prepared& constants, const Antennas& antennas, const PathArrays& paths,
                                 std::size_t first, std::size_t n, const BlockReadings& block, double* loss_db) {
  for (std::size_t k = 0; k < n; k += lane_count<Pack>()) {
    const auto read = [&](const Block& quantity) HWY_ATTR { return load<Pack>(&quantity[k]); };
    const std::size_t lane = first + k;
    const AirOf<Pack> air{read(block.surface_refractivity), read(block.earth_radius_m)};
    const ProfileReadings<Pack> readings{load<Pack>(&paths.distance_m[lane]),
                                         read(block.length_m),
                                         read(block.middle_m),
                                         read(block.interdecile_m),
                                         read(block.looks_over_all) > Pack(0.0),
                                         {Pack(paths.tx_ground_asl_m), read(block.tx_line_asl_m),
                                          read(block.tx_horizon_m), read(block.tx_horizon_rad)},
                                         {load<Pack>(&paths.rx_ground_asl_m[lane]), read(block.rx_line_asl_m),
                                          read(block.rx_horizon_m), read(block.rx_horizon_rad)}};
    const TerrainTermsOf<Pack> terms = terms_of(antennas, air, readings);
    store(evaluation(constants.radio, constants.statistics, terms).loss_db, &loss_db[lane]);
  }
}

/// Lanes first .. first + kBlock - 1, those behind the last with any result. Bit k of the result: lane first + k
/// has uneven samples and no loss yet.
std::uint32_t block_losses_db(const Prepared& constants, const Antennas& antennas, double n0,
                              const PathArrays& paths, std::size_t first, double* loss_db) {
  BlockReadings block;
  std::array<LaneHeights, kBlock> heights;
  std::uint32_t uneven = 0;
  const std::size_t n = std::min(kBlock, paths.size - first);
  for (std::size_t k = 0; k < n; ++k) {
    heights[k] = LaneHeights(paths, first + k);
    if (heights[k].is_uneven(kLargestUnevenness)) uneven |= 1U << k;
    block.mean_asl_m[k] = mean_height_m(heights[k]);
  }
  set_air(n0, n, block);
  for (std::size_t k = 0; k < n; ++k) {
    const bool asked = paths.valid[first + k] != 0 && (uneven >> k & 1U) == 0;
    if (asked) read_lane(antennas, paths, first + k, heights[k], block, k);
  }
  evaluate_block(constants, antennas, paths, first, n, block, loss_db);
  return uneven;
}

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace amaneku {
namespace itm {

HWY_EXPORT(block_losses_db);

}  // namespace itm

void losses_db(const PreparedItm& ready, const Link& link, const PathArrays& paths, std::span<double> out) {
  const itm::Antennas antennas = itm::limited(itm::Antennas{link.tx_agl_m, link.rx_agl_m});
  constexpr std::size_t kBlock = itm::HWY_NAMESPACE::kBlock;
  GatheredProfile gathered;
  for (std::size_t first = 0; first < paths.size; first += kBlock) {
    std::uint32_t uneven = ~0U;
    if (paths.rings.even) {
      uneven =
          HWY_DYNAMIC_DISPATCH(itm::block_losses_db)(ready.constants, antennas, link.n0, paths, first, out.data());
    }
    for (std::size_t k = 0; k < std::min(kBlock, paths.size - first); ++k) {
      const std::size_t lane = first + k;
      if (paths.valid[lane] == 0) {
        out[lane] = std::numeric_limits<double>::quiet_NaN();
      } else if ((uneven >> k & 1U) != 0) {
        out[lane] = loss_db(ready, link, {.profile = gathered.of(paths, lane)});
      }
    }
  }
}

void losses_db(const Itm& model, const Link& link, const PathArrays& paths, std::span<double> out) {
  losses_db(prepared(model, link), link, paths, out);
}

}  // namespace amaneku
#endif
