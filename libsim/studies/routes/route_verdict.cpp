#include "libsim/studies/routes/route_verdict.hpp"

#include <algorithm>

namespace amaneku {

double time_of(Shortage of, std::span<const Shortage> shortage, std::span<const double> seconds) {
  double sum_s = 0.0;
  for (std::size_t i = 0; i < shortage.size(); ++i) sum_s += shortage[i] == of ? seconds[i] : 0.0;
  return sum_s;
}

Verdict verdict_of(const VerdictInput& input, const VerdictRules& rules) {
  if (std::find(input.shortage.begin(), input.shortage.end(), Shortage::outside) != input.shortage.end())
    return Verdict::unknown;
  for (const CourseGap& gap : input.gaps) {
    if (gap.no_link_s > 0.0 && gap.seconds > rules.longest_gap_s) return Verdict::no_link;
  }
  if (time_of(Shortage::uplink, input.shortage, input.seconds) > rules.longest_gap_s) return Verdict::uplink;
  if (time_of(Shortage::downlink, input.shortage, input.seconds) > rules.longest_gap_s) return Verdict::downlink;
  if (100.0 * input.in_time < rules.reliability_percent) return Verdict::latency;
  return input.overloaded ? Verdict::overload : Verdict::met;
}

}  // namespace amaneku
