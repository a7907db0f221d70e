// 3GPP TR 38.901 clause 7.4.2: the probability of line of sight.
#pragma once

#include "propagation/threegpp/tr38901_pathloss.hpp"

namespace amaneku::threegpp {

/// What the probability needs of the ends and their surroundings.
struct LosProbability {
  Scenario scenario;
  double tall_user;   ///< C'(h_UT) of UMa
  double rate_per_m;  ///< 1 / k of InF, the sum over the kinds of obstacle for SMa
};

[[nodiscard]] LosProbability los_probability_of(Scenario scenario, const Ends& ends,
                                                const Surroundings& surroundings) noexcept;

/// Table 7.4.2-1, 0 .. 1. `d_m`: horizontal distance outdoors; of InH and InF the whole horizontal distance.
[[nodiscard]] double los_probability(const LosProbability& probability, double d_m) noexcept;

}  // namespace amaneku::threegpp
