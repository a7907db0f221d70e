// A choice made better by leaving sites out and completing it another way.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "libsim/selection/cover_state.hpp"

namespace amaneku::cover {

struct ExchangeLimits {
  std::int64_t work = 0;         ///< sites of rows looked at, about
  std::function<bool()> over{};  ///< asked between exchanges; none: never
};

/// Better or equal: an allowed choice of the core (least cost: with nothing needless in it). One site for one or
/// several, then two and three neighbours at a time, for others.
[[nodiscard]] std::vector<std::int32_t> exchanged(const Core& core, std::vector<std::int32_t> chosen,
                                                  const ExchangeLimits& limits);

}  // namespace amaneku::cover
