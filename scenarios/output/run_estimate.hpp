// What a run will cost, told by `amaneku check` before anybody waits for it.
#pragma once

#include <cstdint>
#include <filesystem>
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

/// InputError where the plan needs more memory than `budget_bytes`: how much, and what would fit.
void require_memory(const PlanInput& input, std::uint64_t budget_bytes);

/// InputError where the disk of `folder`, which exists, has not half of the room that the estimate asks for:
/// nobody shall wait for a result that cannot be written.
void require_disk(const RunEstimate& estimate, const std::filesystem::path& folder);

/// "about 12 s on 2 cores, 400 MiB of memory, 90 MiB of disk"
[[nodiscard]] std::string estimate_text(const RunEstimate& estimate, int threads,
                                        Language language = Language::en);

}  // namespace amaneku::scenarios
