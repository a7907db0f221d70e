// What the hops of one plan do to each other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libsim/input/world.hpp"
#include "propagation/geometry.hpp"

namespace amaneku {

/// An antenna that points at another one.
struct AimedAntenna {
  Point at;
  double asl_m;
  double gain_dbi;  ///< along its axis
};

/// One direction of a hop.
struct HopCarrier {
  AimedAntenna tx;
  AimedAntenna rx;
  double centre_hz;
  double channel_hz;
  double power_dbm;  ///< at the connector of the transmitting antenna
  double rx_feeder_loss_db;
  double noise_dbm;  ///< of the receiver
};

/// At the receiver of one carrier.
struct HopInterference {
  double interference_dbm;      ///< sum of the others, behind the feeder; -infinity: none on this channel
  double degradation_db = 0.0;  ///< of the threshold: 10 log10(1 + I / N)
  int strongest = -1;           ///< index of the carrier that adds most; -1: none
  double strongest_dbm;         ///< -infinity: none
  /// A carrier that transmits on this receiver's channel within kSameMast_m of it. What such antennas do to each
  /// other nobody can tell from patterns, so it is not in the sum: the channels of the two hops must be told
  /// apart. -1: none.
  int same_mast = -1;
};
inline constexpr double kSameMast_m = 20.0;

/// For every carrier, the sum over all others whose channels overlap with its own, by the share that falls into
/// it: both antennas by the envelope of ITU-R F.699, free space, and diffraction over the ground where that
/// matters (a carrier whose power in free space is less than a thousandth of the noise is taken without). Same
/// polarization everywhere, so that planned crossing polarizations are better than this says. Clear air. `ground`:
/// nullptr, or outside the terrain: free space.
[[nodiscard]] std::vector<HopInterference> hop_interference(std::span<const HopCarrier> carriers,
                                                            const Ground* ground, int threads);

}  // namespace amaneku
