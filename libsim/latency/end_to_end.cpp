#include "libsim/latency/end_to_end.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "libsim/latency/latency_faults.hpp"

namespace amaneku {
namespace {

constexpr double kWholeTrial = 1e-9;

PartFigures figures_of(const LatencyPart& part) {
  return {.name = part.name,
          .mean_s = part.delay.mean_s(),
          .mean_within_s = part.delay.mean_within_s(),
          .arrives = 1.0 - part.delay.tail(),
          .p99_s = part.delay.quantile_s(0.99),
          .source = part.source,
          .verified = part.verified};
}

}  // namespace

DelayDistribution interruption_delay(std::span<const Interruption> interruptions, DelayGrid grid) {
  std::vector<DelayPiece> pieces;
  double interrupted = 0.0;
  for (const Interruption& interruption : interruptions) {
    const double length_s = interruption.length_s;
    if (!(length_s >= 0.0)) refuse_latency("length_s", length_s, "is no length", ">= 0 s");
    if (!(interruption.per_s >= 0.0)) refuse_latency("per_s", interruption.per_s, "is no rate", ">= 0 1/s");
    const double share = length_s * interruption.per_s;
    interrupted += share;
    pieces.push_back({0.0, length_s, share});
  }
  if (interrupted >= 1.0) refuse_latency("interruptions", interrupted, "take all of the time", "a share below 1");
  pieces.push_back({0.0, 0.0, 1.0 - interrupted});
  return {pieces, grid};
}

double lower_bound_of_share(double share, int trials, double confidence) {
  if (!(share >= 0.0 && share <= 1.0)) refuse_latency("share", share, "is no share", "0 .. 1");
  if (trials < 1) refuse_latency("runs", trials, "are none", ">= 1");
  if (!(confidence > 0.0 && confidence < 1.0)) {
    refuse_latency("confidence", confidence, "is no confidence", "between 0 and 1");
  }
  const double met = std::floor(share * trials + kWholeTrial);
  if (met <= 0.0) return 0.0;
  return boost::math::binomial_distribution<>::find_lower_bound_on_p(trials, met, 1.0 - confidence);
}

EndToEndResult end_to_end(std::span<const LatencyPart> parts, const EndToEndOptions& options) {
  if (parts.empty()) refuse_latency("parts", 0.0, "are none", "one or more");
  if (!(options.deadline_s >= 0.0)) refuse_latency("deadline_s", options.deadline_s, "is no deadline", ">= 0 s");
  std::vector<LatencyPart> all(parts.begin(), parts.end());
  if (!options.interruptions.empty()) {
    all.push_back({.name = "interruptions",
                   .delay = interruption_delay(options.interruptions, parts.front().delay.grid()),
                   .source = options.interruption_source,
                   .verified = options.interruptions_verified});
  }
  EndToEndResult out{.delay = all.front().delay};
  out.parts.push_back(figures_of(all.front()));
  for (const LatencyPart& part : std::span(all).subspan(1)) {
    out.parts.push_back(figures_of(part));
    out.delay = sum(out.delay, part.delay);
  }
  out.mean_s = out.delay.mean_s();
  out.p50_s = out.delay.quantile_s(0.5);
  out.p95_s = out.delay.quantile_s(0.95);
  out.p99_s = out.delay.quantile_s(0.99);
  out.p999_s = out.delay.quantile_s(0.999);
  out.within_deadline = out.delay.cdf(options.deadline_s);
  if (options.runs > 0) {
    out.within_deadline_bound = lower_bound_of_share(out.within_deadline, options.runs, options.confidence);
  }
  return out;
}

}  // namespace amaneku
