// Which sectors interfere with which: channels, and how much of one falls into another.
#pragma once

#include <vector>

#include "libsim/engine/coverage.hpp"

namespace amaneku {

/// Where a carrier lies. Without a radio technology only the centre is known.
struct Channel {
  double freq_hz = 0.0;
  double occupied_hz = 0.0;            ///< 0: not known
  double subcarrier_spacing_hz = 0.0;  ///< 0: not known
  friend bool operator==(const Channel&, const Channel&) = default;
};

/// Mean power that falls into a subcarrier of `victim` for each milliwatt that `from` has in each of its own: the
/// spacings' ratio times the share of the victim's band that is overlapped. Where a width is not known: 1 for the
/// same centre, else 0. Emission outside the occupied band is left out.
[[nodiscard]] double interference_share(const Channel& victim, const Channel& from) noexcept;

/// What a channel sends into another one.
struct Leak {
  int victim;    ///< index into ChannelPlan::channels
  double share;  ///< interference_share(), > 0
};

/// The distinct channels of a coverage.
struct ChannelPlan {
  std::vector<Channel> channels{};
  std::vector<int> of_sector{};            ///< [Coverage::sectors]
  std::vector<std::vector<Leak>> leaks{};  ///< [channel] into all others that it overlaps
};
[[nodiscard]] Channel channel_of(const Sector& sector) noexcept;
[[nodiscard]] ChannelPlan channel_plan(const Coverage& coverage, const std::vector<Site>& sites);

}  // namespace amaneku
