#include "propagation/itm/itm_area.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 3> kSitingWords = {"random", "careful", "very_careful"};

constexpr std::array<Field<ItmArea>, 8> all_fields() noexcept {
  const auto shared = itm::shared_fields<ItmArea>();
  return {{{"delta_h_m", "m", &ItmArea::delta_h_m, {0.0, 1000.0}, "NTIA ITM v1.4: delta_h; ERL 79-ITS 67 table 1"},
           shared[0],
           shared[1],
           shared[2],
           shared[3],
           shared[4],
           shared[5],
           shared[6]}};
}

constexpr std::array<Choice<ItmArea>, 7> all_choices() noexcept {
  constexpr const char* kSource = "NTIA ITM v1.4: siting criteria";
  const auto shared = itm::shared_choices<ItmArea>();
  return {choice_of<&ItmArea::tx_siting, ItmArea>("tx_siting", kSitingWords, kSource),
          choice_of<&ItmArea::rx_siting, ItmArea>("rx_siting", kSitingWords, kSource),
          shared[0],
          shared[1],
          shared[2],
          shared[3],
          shared[4]};
}

itm::TerrainTerms terms_of(const ItmArea& model, const Link& link, const PathGeometry& path) noexcept {
  return itm::area_terms({link.tx_agl_m, link.rx_agl_m}, link.n0,
                         {model.delta_h_m, model.tx_siting, model.rx_siting}, path.distance_m);
}

}  // namespace

constexpr std::array<Field<ItmArea>, 8> ItmArea::fields = all_fields();
constexpr std::array<Choice<ItmArea>, 7> ItmArea::choices = all_choices();

double loss_db(const ItmArea& model, const Link& link, const PathGeometry& path) noexcept {
  return itm::evaluate(itm::prepared(model, link), terms_of(model, link, path)).loss_db;
}

PathLoss explain_terms(const ItmArea& model, const Link& link, const PathGeometry& path) {
  return itm::explained(model, link, terms_of(model, link, path), model.delta_h_m);
}

}  // namespace amaneku
