#include "propagation/range_warning.hpp"

#include <fmt/format.h>

namespace amaneku {

void flag(std::vector<std::string>& warnings, const Quantity& what, double value, const Range& range) {
  if (range.contains(value)) return;
  warnings.push_back(fmt::format("{}: {} = {} {} is outside {} ({})", what.model, what.name, value, what.unit,
                                 range.text(), what.source));
}

}  // namespace amaneku
