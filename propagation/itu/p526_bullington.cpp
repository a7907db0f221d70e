#include "propagation/itu/p526_bullington.hpp"

#include "propagation/itu/p526_bullington-inl.hpp"
#include "propagation/itu/p526_knife_edge.hpp"

namespace amaneku::itu {

double knife_edge_loss_db(double nu) noexcept {
  return HWY_NAMESPACE::knife_edge_loss_db(nu);
}

double bullington_loss_db(const Link& link, const PathGeometry& path, const Horizons& horizons) noexcept {
  return HWY_NAMESPACE::bullington_loss_db(diffraction_link(link), HWY_NAMESPACE::bullington_path(path, horizons));
}

double smooth_bullington_loss_db(const Link& link, const SmoothPath& path,
                                 const SamplePositions& positions) noexcept {
  return HWY_NAMESPACE::smooth_bullington_loss_db<double>(
      diffraction_link(link), {path.distance_m, path.tx_m, path.rx_m, path.sea_fraction},
      HWY_NAMESPACE::ScalarSamples(path.distance_m, positions));
}

}  // namespace amaneku::itu
