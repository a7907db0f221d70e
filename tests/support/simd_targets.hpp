// Runs a check with every kind of vector that this processor has.
#pragma once

#include <hwy/targets.h>

#include <cstdint>

#include "tests/support/catch.hpp"

namespace amaneku::test {

inline void choose_target(std::int64_t targets) {
  hwy::SetSupportedTargetsForTest(targets);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

/// All targets again when it ends.
struct AllTargets {
  AllTargets() = default;
  AllTargets(const AllTargets&) = delete;
  AllTargets& operator=(const AllTargets&) = delete;
  ~AllTargets() { choose_target(0); }
};

template <class Check>
void on_every_target(const Check& check) {
  const AllTargets restored;
  hwy::SetSupportedTargetsForTest(0);
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    choose_target(target);
    INFO("target " << hwy::TargetName(target));
    check();
  }
}

}  // namespace amaneku::test
