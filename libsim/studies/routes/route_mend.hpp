// What would close a gap of a route: candidate sites, tried one by one at the very places of the gap.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsim/studies/routes/course_service.hpp"

namespace amaneku {

/// A candidate site of the network that serves a gap, or a part of it.
struct GapMend {
  std::size_t gap = 0;          ///< index into the gaps
  std::string site_id{};        ///< empty: no candidate serves any of it
  double closed_m = 0.0;        ///< of the gap's length
  double closed_share = 0.0;    ///< 0 .. 1
  float worst_rsrp_dbm = 0.0F;  ///< in what it closes
};

struct MendInput {
  const Radio& radio;  ///< as the vehicle receives
  const Course& course;
  const CourseRadioOptions& options;
  CourseNeed need{};
  double noise_rise_db = 3.0;                ///< of the candidate's uplink
  std::optional<std::string> operator_id{};  ///< whose candidates; none: everybody's
};

/// For each gap the candidate that closes most of it, the nearer one of two that close the same. All sectors of
/// the candidate as they are written; interference of the network is left out, for in a gap it is weak. Gaps
/// outside the plan have none. A scenario with the candidate built is the proof (status existing).
[[nodiscard]] std::vector<GapMend> mends(const MendInput& input, std::span<const CourseGap> gaps);

}  // namespace amaneku
