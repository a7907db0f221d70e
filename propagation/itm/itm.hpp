// Irregular terrain model (Longley-Rice) over a terrain profile: point-to-point mode of NTIA ITM v1.4.
#pragma once

#include <span>

#include "propagation/itm/settings.hpp"

namespace amaneku {

struct PathArrays;

/// Reads bare ground and Link::n0; Earth radius and line of sight are its own. A geometry without a profile is
/// taken as a straight slope between the ends.
struct Itm : ItmSettings {
  static constexpr std::string_view id = "itm";
  static constexpr std::string_view title = "Irregular terrain model (Longley-Rice), point to point";
  static constexpr std::string_view source = "NTIA ITM v1.4; NTIA Report 82-100; ERL 79-ITS 67";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::samples;
  static constexpr Validity validity = itm::kValidity;
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<Itm>, 7> fields;
  static const std::array<Choice<Itm>, 5> choices;
};

/// Itm with what it needs of a link, for many paths.
struct PreparedItm {
  itm::Prepared constants;
};

[[nodiscard]] PreparedItm prepared(const Itm&, const Link&) noexcept;
[[nodiscard]] double loss_db(const PreparedItm&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const Itm&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const Itm&, const Link&, const PathGeometry&);

/// As in losses.hpp. Over even rings in a time that does not grow with the samples a lane borrows, but for the
/// vertices of its hull.
void losses_db(const PreparedItm&, const Link&, const PathArrays& paths, std::span<double> out);
void losses_db(const Itm&, const Link&, const PathArrays& paths, std::span<double> out);
[[nodiscard]] constexpr Terrain lanes_terrain(const Itm&) noexcept {
  return Terrain::prefix;
}

}  // namespace amaneku
