#include "libsim/mobility/durations.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace amaneku::mobility {

DurationQuantiles constant_duration(double duration_s) {
  return {.share = {0.5}, .duration_s = {duration_s}};
}

double duration_s(const DurationQuantiles& quantiles, double share) noexcept {
  const std::vector<double>& p = quantiles.share;
  const std::vector<double>& t_s = quantiles.duration_s;
  if (p.size() == 1) return t_s.front();
  const auto above = std::upper_bound(p.begin() + 1, p.end() - 1, share);
  const auto i = static_cast<std::size_t>(above - p.begin());
  const double along = (share - p[i - 1]) / (p[i] - p[i - 1]);
  return t_s[i - 1] * std::pow(t_s[i] / t_s[i - 1], along);
}

std::vector<Fault> duration_faults(const DurationQuantiles& quantiles, const char* key) {
  const std::size_t n = quantiles.share.size();
  const auto fault = [&](const char* message) { return std::vector<Fault>{{.message = message, .key = key}}; };
  if (n == 0 || n != quantiles.duration_s.size()) return fault("needs as many shares as durations, one or more");
  for (std::size_t i = 0; i < n; ++i) {
    const double share = quantiles.share[i];
    if (!(share > (i > 0 ? quantiles.share[i - 1] : 0.0) && share < 1.0))
      return fault("shares rise between 0 and 1");
    if (!(quantiles.duration_s[i] > 0.0) || !std::isfinite(quantiles.duration_s[i]))
      return fault("durations are positive");
    if (i > 0 && quantiles.duration_s[i] < quantiles.duration_s[i - 1]) return fault("durations never fall");
  }
  return {};
}

double interruption_bound_s(const HandoverDelay& delay) noexcept {
  return delay.search_s + delay.interruption_uncertainty_s + delay.processing_s + delay.fine_tracking_s +
         delay.margin_s;
}

double handover_bound_s(const HandoverDelay& delay) noexcept {
  return delay.rrc_procedure_s + interruption_bound_s(delay);
}

}  // namespace amaneku::mobility
