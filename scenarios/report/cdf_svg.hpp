// Cumulative distributions as a drawing: share of the people and of the area that have at least a value.
#pragma once

#include <string>
#include <vector>

#include "libsim/count/distribution.hpp"

namespace amaneku::scenarios {

struct CdfAxis {
  double min;
  double max;
  std::vector<int> ticks;
  bool powers_of_ten;  ///< the axis is log10 of what its ticks say
};

/// Distributions without any weight are left out.
[[nodiscard]] std::string cdf_svg(const CdfAxis& axis, const Distribution& people, const Distribution& area);

}  // namespace amaneku::scenarios
