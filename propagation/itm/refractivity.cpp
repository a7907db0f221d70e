#include "propagation/itm/refractivity.hpp"

#include "propagation/itm/refractivity-inl.hpp"

namespace amaneku::itm {

Air air_over(double n0, double mean_asl_m) noexcept {
  return HWY_NAMESPACE::air_over(n0, mean_asl_m);
}

}  // namespace amaneku::itm
