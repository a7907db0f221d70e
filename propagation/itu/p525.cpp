#include "propagation/itu/p525.hpp"

namespace amaneku {

double loss_db(const FreeSpace&, const Link& link, const PathGeometry& path) noexcept {
  return itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path));
}

PathLoss explain_terms(const FreeSpace& model, const Link& link, const PathGeometry& path) {
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = "free_space";
  out.terms = {{"free_space_db", out.loss_db}};
  return out;
}

}  // namespace amaneku
