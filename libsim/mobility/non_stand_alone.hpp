// A non-stand-alone network: an anchor that keeps the connection, and secondary cells that carry data beside it.
#pragma once

#include <cstdint>

#include "libsim/mobility/route_link.hpp"
#include "libsim/mobility/route_statistics.hpp"

namespace amaneku::mobility {

/// Two routes of one drive, with one time law and one seed. The anchor's link does not depend on the secondary
/// cells; these are added, changed and released as LinkRunner has it.
struct NonStandAlone {
  const PreparedRoute& anchor;
  const PreparedRoute& secondary;  ///< with RouteInput::addition, and another RouteInput::modem than the anchor's
};

/// The drive without fading.
struct NonStandAloneLink {
  RouteLink anchor{};
  /// `server` is -1 too where the anchor has no link.
  RouteLink secondary{};
};
[[nodiscard]] NonStandAloneLink non_stand_alone_link(const NonStandAlone& network);

/// Of the seeded drives; Student over the runs.
struct NonStandAloneStatistics {
  std::uint64_t runs = 0;
  // Shares of the time of a drive, 0 .. 1; the rest is with both.
  Estimate without_link{};  ///< the anchor has none: no secondary cell helps then
  Estimate anchor_only{};
  // Per drive.
  Estimate additions{};
  Estimate changes{};   ///< from one secondary cell to another
  Estimate releases{};  ///< with a change or a loss of the anchor
  Estimate failures{};  ///< of the secondary link; the anchor stays
  friend bool operator==(const NonStandAloneStatistics&, const NonStandAloneStatistics&) = default;
};
/// The same bytes for any number of threads. InputError: no runs, a secondary route without `addition` or of other
/// times.
[[nodiscard]] NonStandAloneStatistics non_stand_alone_statistics(const NonStandAlone& network,
                                                                 const MonteCarlo& options);

}  // namespace amaneku::mobility
