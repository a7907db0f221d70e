// What a run will cost, told by `amaneku check` before anybody waits for it.
#pragma once

#include <string>

#include "libsim/plan/plan.hpp"
#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

/// Within a factor of two on a machine of today; studies that make maps of their own come on top.
struct RunEstimate {
  double processor_s = 0.0;  ///< on one core
  double memory_mib = 0.0;
  double disk_mib = 0.0;
};

[[nodiscard]] RunEstimate run_estimate(const PlanInput& input);

/// "about 12 s on 2 cores, 400 MiB of memory, 90 MiB of disk"
[[nodiscard]] std::string estimate_text(const RunEstimate& estimate, int threads,
                                        Language language = Language::en);

}  // namespace amaneku::scenarios
