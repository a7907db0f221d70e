#include "propagation/itu/p525.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "propagation/itu/p525.cpp"
#include <hwy/foreach_target.h>
//
#include "propagation/itu/p525-inl.hpp"
#include "propagation/path_arrays.hpp"
#include "propagation/units.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

void FreeSpaceLosses(double wavelength_m, const PathArrays& paths, std::span<double> out) {
  for (std::size_t i = 0; i < paths.size; i += lane_count<Pack>()) {
    const Pack rise_m = load<Pack>(&paths.rx_asl_m[i]) - paths.tx_asl_m;
    const Pack slant_m = slant_distance_m(load<Pack>(&paths.distance_m[i]), rise_m);
    store(free_space_loss_db(wavelength_m, slant_m), &out[i]);
  }
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace amaneku {
namespace itu {

HWY_EXPORT(FreeSpaceLosses);

double free_space_loss_db(double freq_hz, double distance_m) noexcept {
  return HWY_NAMESPACE::free_space_loss_db(wavelength_m(freq_hz), distance_m);
}

double slant_distance_m(const PathGeometry& path) noexcept {
  return HWY_NAMESPACE::slant_distance_m(path.distance_m, path.rx_asl_m - path.tx_asl_m);
}

}  // namespace itu

double loss_db(const FreeSpace&, const Link& link, const PathGeometry& path) noexcept {
  return itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path));
}

void losses_db(const FreeSpace&, const Link& link, const PathArrays& paths, std::span<double> out) noexcept {
  using namespace itu;
  HWY_DYNAMIC_DISPATCH(FreeSpaceLosses)(wavelength_m(link.freq_hz), paths, out);
}

PathLoss explain_terms(const FreeSpace& model, const Link& link, const PathGeometry& path) {
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = "free_space";
  out.terms = {{"free_space_db", out.loss_db}};
  return out;
}

}  // namespace amaneku
#endif
