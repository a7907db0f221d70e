#include "propagation/itm/itm.hpp"

#include "propagation/itm/profile_terms.hpp"

namespace amaneku {

constexpr std::array<Field<Itm>, 7> Itm::fields = itm::shared_fields<Itm>();
constexpr std::array<Choice<Itm>, 5> Itm::choices = itm::shared_choices<Itm>();

namespace {

itm::TerrainTerms terms_of(const Link& link, const PathGeometry& path) noexcept {
  const itm::Antennas antennas{link.tx_agl_m, link.rx_agl_m};
  if (path.profile.size() >= 2) return itm::profile_terms(antennas, link.n0, path.profile);
  const std::array<double, 2> distance_m = {0.0, path.distance_m};
  const std::array<double, 2> ground_asl_m = {path.tx_ground_asl_m, path.rx_ground_asl_m};
  return itm::profile_terms(antennas, link.n0, {distance_m, ground_asl_m});
}

}  // namespace

PreparedItm prepared(const Itm& model, const Link& link) noexcept {
  return {itm::prepared(model, link)};
}

double loss_db(const PreparedItm& ready, const Link& link, const PathGeometry& path) noexcept {
  return itm::evaluate(ready.constants, terms_of(link, path)).loss_db;
}

double loss_db(const Itm& model, const Link& link, const PathGeometry& path) noexcept {
  return loss_db(prepared(model, link), link, path);
}

PathLoss explain_terms(const Itm& model, const Link& link, const PathGeometry& path) {
  return itm::explained(model, link, terms_of(link, path), 0.0);
}

}  // namespace amaneku
