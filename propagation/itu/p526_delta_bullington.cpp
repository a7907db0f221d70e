#include "propagation/itu/p526_delta_bullington.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "propagation/itu/p526_delta_bullington.cpp"
#include <hwy/foreach_target.h>
//
#include "propagation/itu/p525-inl.hpp"
#include "propagation/itu/p526_delta_bullington-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

template <class Samples>
HWY_INLINE void p526_losses(const DiffractionLink& link, const PathArrays& paths, std::span<double> out) {
  const Pack none = 0.0;
  for (std::size_t i = 0; i < paths.size; i += lane_count<Pack>()) {
    const BullingtonPaths<Pack> path = bullington_paths<Pack>(paths, paths.median, i);
    const SmoothPaths<Pack> smooth =
        smooth_paths(path, load<Pack>(&paths.smooth_tx_asl_m[i]), load<Pack>(&paths.smooth_rx_asl_m[i]),
                     paths.all_inland ? none : load<Pack>(&paths.sea_fraction[i]));
    const Samples samples(paths.rings, load<Pack>(&paths.samples[i]), load<Pack>(&paths.metres_per_u[i]));
    const Pack diffraction_db = delta_bullington(link, path, smooth, samples, false).diffraction_db;
    const Pack slant_m = slant_distance_m(path.distance_m, path.rx_asl_m - path.tx_asl_m);
    store(free_space_loss_db(link.wavelength_m, slant_m) + diffraction_db, &out[i]);
  }
}

void P526Losses(const DiffractionLink& link, const PathArrays& paths, std::span<double> out) {
  if (paths.rings.even) {
    p526_losses<EvenRingSamples<Pack>>(link, paths, out);
  } else {
    p526_losses<RingSamples<Pack>>(link, paths, out);
  }
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "propagation/itu/p525.hpp"

namespace amaneku {
namespace itu {
namespace {

HWY_EXPORT(P526Losses);

HWY_NAMESPACE::DeltaBullingtonTerms<double> terms_of(const DiffractionLink& link, const PathGeometry& path,
                                                     bool all_terms) noexcept {
  const auto ends = HWY_NAMESPACE::bullington_path(path, path.median);
  const auto smooth =
      HWY_NAMESPACE::smooth_paths(ends, path.smooth_tx_asl_m, path.smooth_rx_asl_m, path.zones.sea_fraction);
  const HWY_NAMESPACE::ScalarSamples samples(path.distance_m, {path.samples, path.sample_distance_m});
  return HWY_NAMESPACE::delta_bullington(link, ends, smooth, samples, all_terms);
}

}  // namespace

DeltaBullington delta_bullington_terms(const Link& link, const PathGeometry& path) noexcept {
  const auto terms = terms_of(diffraction_link(link, path.zones.sea_fraction > 0.0), path, true);
  return {terms.diffraction_db, terms.actual_db, terms.smooth_db, terms.spherical_db};
}

double delta_bullington_loss_db(const Link& link, const PathGeometry& path) noexcept {
  return terms_of(diffraction_link(link, path.zones.sea_fraction > 0.0), path, false).diffraction_db;
}

}  // namespace itu

PreparedP526 prepared(const P526&, const Link& link) noexcept {
  return {itu::diffraction_link(link)};
}

double loss_db(const PreparedP526& ready, const Link& link, const PathGeometry& path) noexcept {
  return itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path)) +
         itu::terms_of(ready.diffraction, path, false).diffraction_db;
}

double loss_db(const P526&, const Link& link, const PathGeometry& path) noexcept {
  const bool over_sea = path.zones.sea_fraction > 0.0;
  return loss_db(PreparedP526{itu::diffraction_link(link, over_sea)}, link, path);
}

void losses_db(const PreparedP526& ready, const Link&, const PathArrays& paths, std::span<double> out) noexcept {
  using namespace itu;
  HWY_DYNAMIC_DISPATCH(P526Losses)(ready.diffraction, paths, out);
}

void losses_db(const P526& model, const Link& link, const PathArrays& paths, std::span<double> out) noexcept {
  losses_db(prepared(model, link), link, paths, out);
}

PathLoss explain_terms(const P526& model, const Link& link, const PathGeometry& path) {
  const itu::DeltaBullington terms = itu::delta_bullington_terms(link, path);
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = !path.line_of_sight ? "diffraction" : terms.diffraction_db > 0.0 ? "sub_path" : "line_of_sight";
  out.terms = {{"free_space_db", itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path))},
               {"diffraction_db", terms.diffraction_db},
               {"bullington_terrain_db", terms.actual_db},
               {"bullington_smooth_db", terms.smooth_db},
               {"spherical_earth_db", terms.spherical_db}};
  return out;
}

}  // namespace amaneku
#endif
