// The drive that a map shows: no fading, median durations. And two modems on different networks.
#pragma once

#include <span>
#include <vector>

#include "libsim/mobility/link_run.hpp"

namespace amaneku::mobility {

struct RouteLink {
  LinkRun run{};
  std::vector<int> server{};     ///< [sample] when the vehicle reaches it: index of a cell, -1: none. During an
                                 ///< execution the old one
  std::vector<float> sinr_db{};  ///< [sample] of the server; NaN without
};
/// `anchor`: as LinkRunner::median has it.
[[nodiscard]] RouteLink route_link(const PreparedRoute& route, std::span<const Outage> anchor = {});

/// A stretch of the drive.
struct Interval {
  double from_m = 0.0;
  double to_m = 0.0;
  double from_s = 0.0;
  double to_s = 0.0;
  [[nodiscard]] double seconds() const noexcept { return to_s - from_s; }
};

/// When one of two connections that are needed together has no link: the secondary cells of a non-stand-alone
/// network carry data only while their anchor has one. As both_out() otherwise.
[[nodiscard]] std::vector<Interval> either_out(std::span<const Outage> a, std::span<const Outage> b);

/// When neither of two connections of one drive has a link, the better being taken at every moment. Each list in
/// its order, without overlaps, as LinkRun has them; so is the result, where intervals that touch are one.
[[nodiscard]] std::vector<Interval> both_out(std::span<const Outage> a, std::span<const Outage> b);

}  // namespace amaneku::mobility
