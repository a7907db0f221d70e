#include "libsim/studies/targets/target_rules.hpp"

#include <cmath>

namespace amaneku {

bool Target::met_by(double actual) const noexcept {
  switch (comparison) {
    case Comparison::none:
      return false;
    case Comparison::at_least:
      return actual >= value;
    case Comparison::equal:
      return actual == value;
    case Comparison::at_most:
      return actual <= value;
  }
  return false;
}

double Target::shortfall(double actual) const noexcept {
  return comparison == Comparison::none || met_by(actual) ? 0.0 : std::fabs(value - actual);
}

}  // namespace amaneku
