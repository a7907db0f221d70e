// Irregular terrain model (Longley-Rice) over terrain known by its irregularity: area mode of NTIA ITM v1.4.
#pragma once

#include "propagation/itm/area_terms.hpp"
#include "propagation/itm/settings.hpp"

namespace amaneku {

/// Reads the distance, the antennas above ground and Link::n0 (at the ground); nothing of the terrain between.
struct ItmArea : ItmSettings {
  itm::Siting tx_siting = itm::Siting::random;
  itm::Siting rx_siting = itm::Siting::random;
  double delta_h_m = 90.0;

  static constexpr std::string_view id = "itm_area";
  static constexpr std::string_view title = "Irregular terrain model (Longley-Rice), area prediction";
  static constexpr std::string_view source = "NTIA ITM v1.4; NTIA Report 82-100; ERL 79-ITS 67";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = itm::kValidity;
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<ItmArea>, 8> fields;
  static const std::array<Choice<ItmArea>, 7> choices;
};

[[nodiscard]] double loss_db(const ItmArea&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const ItmArea&, const Link&, const PathGeometry&);

}  // namespace amaneku
