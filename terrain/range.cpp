#include "terrain/range.hpp"

#include <fmt/format.h>

#include <cmath>

namespace amaneku {

std::string Range::text() const {
  if (std::isinf(min) && std::isinf(max)) return "any number";
  if (std::isinf(max)) return fmt::format(">= {}", min);
  if (std::isinf(min)) return fmt::format("<= {}", max);
  return fmt::format("{} .. {}", min, max);
}

}  // namespace amaneku
