// ITU-R P.1812: path-specific prediction for point-to-area services, 30 MHz to 6 GHz.
#pragma once

#include <span>

#include "propagation/geometry.hpp"
#include "propagation/itu/p452_clear_air.hpp"
#include "propagation/model.hpp"

namespace amaneku {

struct PathArrays;

/// ITU-R P.1812-7 with the troposcatter of P.1812-6, as the ITU advises: editions 6, 7 and 8 then agree.
/// Clutter heights of the profile count for diffraction; the height at the receiver for the location variability.
struct P1812 {
  double time_percent = 50.0;
  double location_percent = 50.0;
  double prediction_resolution_m = 100.0;

  static constexpr std::string_view id = "p1812";
  static constexpr std::string_view title = "Point to area over terrain, clutter, land and sea";
  static constexpr std::string_view source = "ITU-R P.1812-7, Annex 1, with section 4.4 of P.1812-6";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::two_earths;
  static constexpr bool needs_zones = true;
  static constexpr Validity validity = {{30e6, 6e9}, {250.0, 3'000'000.0}, {1.0, 3000.0}, {1.0, 3000.0}};
  static const std::array<Field<P1812>, 3> fields;
  static constexpr std::array<Choice<P1812>, 0> choices{};
  static constexpr std::array<std::string_view, 0> notes{};
};

/// P1812 with what it needs of a link, for many paths.
struct PreparedP1812 {
  itu::ClearAirLink air;
  double rx_agl_m;
  double location_sigma_db;  ///< of a receiver among clutter
  double location_deviate;   ///< of location_percent
};

[[nodiscard]] PreparedP1812 prepared(const P1812&, const Link&) noexcept;
[[nodiscard]] double loss_db(const PreparedP1812&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const P1812&, const Link&, const PathGeometry&) noexcept;
/// As in losses.hpp.
void losses_db(const PreparedP1812&, const Link&, const PathArrays&, std::span<double> out) noexcept;
void losses_db(const P1812&, const Link&, const PathArrays&, std::span<double> out) noexcept;
[[nodiscard]] PathLoss explain_terms(const P1812&, const Link&, const PathGeometry&);

}  // namespace amaneku
