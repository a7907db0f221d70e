// Whether a link along a route is enough for its service, in one word.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "libsim/studies/routes/course_service.hpp"

namespace amaneku {

/// The first that applies.
enum class Verdict : std::uint8_t { met, unknown, no_link, uplink, downlink, latency, overload };
inline constexpr std::array<std::string_view, 7> kVerdicts = {"met",      "unknown", "no_link", "uplink",
                                                              "downlink", "latency", "overload"};  ///< [Verdict]

/// What the service bears.
struct VerdictRules {
  double longest_gap_s = 1.0;
  double reliability_percent = 99.0;
};

struct VerdictInput {
  std::span<const Shortage> shortage{};  ///< [sample]
  std::span<const CourseGap> gaps{};
  std::span<const double> seconds{};  ///< [sample]
  double in_time = 0.0;               ///< share of all messages; NaN: there is no deadline
  bool overloaded = false;            ///< a cell that serves
};
[[nodiscard]] Verdict verdict_of(const VerdictInput& input, const VerdictRules& rules);

/// Time at samples of that kind.
[[nodiscard]] double time_of(Shortage of, std::span<const Shortage> shortage, std::span<const double> seconds);

}  // namespace amaneku
