// How the room refuses a value.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>

#include "terrain/error.hpp"

namespace amaneku {

[[noreturn]] inline void refuse_latency(std::string key, double value, std::string message, std::string legal) {
  throw InputError(Fault{.message = std::move(message),
                         .key = std::move(key),
                         .value = fmt::format("{}", value),
                         .legal = std::move(legal)});
}

/// InputError unless the value is more than 0 and finite.
inline void require_positive(const char* key, double value, const char* legal) {
  if (!(value > 0.0 && value < 1e300)) refuse_latency(key, value, "is not positive", legal);
}

}  // namespace amaneku
