// A site that is fed over the access carrier of a neighbour (3GPP integrated access and backhaul): the rates
// between the two antennas, and what is left of the cells whose time the hop takes.
#pragma once

#include <span>
#include <vector>

#include "libsim/radio/carrier.hpp"

namespace amaneku {

/// What the fed site has towards its parent (IAB-MT of 3GPP TS 38.174). Its antenna points at the parent.
struct IabTerminal {
  double gain_dbi = 0.0;
  double power_dbm = 0.0;  ///< conducted, over the whole carrier
  double margin_db = 0.0;  ///< taken off the SNR in both directions: rain, gases, interference, fading
};

/// Between the connectors of the two antennas.
struct IabPath {
  double subcarrier_dbm = 0.0;    ///< that the sector of the parent sends in each subcarrier
  double coupling_loss_db = 0.0;  ///< path loss and the parent's feeder, less both antenna gains
};

/// The whole carrier for this hop alone, the share of its TDD pattern and its overhead taken off.
struct IabRates {
  double snr_dl_db = 0.0;  ///< per subcarrier at the fed site, the margin taken off
  double snr_ul_db = 0.0;  ///< at the parent
  double dl_bps = 0.0;
  double ul_bps = 0.0;
};

/// Of the layers of the carrier as many as two polarizations give between two masts that see each other: two.
inline constexpr int kIabMostLayers = 2;
/// Noise at the fed site is that of the technology's device. No interference.
[[nodiscard]] IabRates iab_rates(const Carrier& carrier, const IabTerminal& terminal, const IabPath& path);

/// Shares of the time of a carrier, 0 .. 1 where they fit.
struct IabShare {
  double downlink = 0.0;
  double uplink = 0.0;
};

/// A hop with what travels over it. Half duplex on one channel: while its terminal listens, its own cells on that
/// channel are silent, and while it sends they hear nobody (3GPP TR 38.874 clause 7.3).
struct IabTake {
  std::vector<int> cells{};  ///< whose time it takes: the parent's that feeds it, its own on the same channel
  IabShare share{};          ///< traffic behind it / rate
};

/// [hop] By what factor its share may grow, the others as they are, until a cell of it is full: below 1 it does
/// not fit; infinite where it takes nothing. `free` [cell]: what the people of each cell leave.
[[nodiscard]] std::vector<double> iab_room(std::span<const IabTake> hops, std::span<const IabShare> free);
/// [cell] Sum of the shares of all hops.
[[nodiscard]] std::vector<IabShare> iab_taken(std::span<const IabTake> hops, std::size_t cells);

}  // namespace amaneku
