// ITU-R P.452: interference between stations on the surface of the Earth, 0.1 to 50 GHz, clear air.
#pragma once

#include <span>

#include "propagation/geometry.hpp"
#include "propagation/itu/p452_clear_air.hpp"
#include "propagation/model.hpp"

namespace amaneku {

struct PathArrays;

/// ITU-R P.452-18: the clutter of the profile stands in the way, but for 50 m from each end. Edition 17: bare
/// terrain and a height-gain loss for nominal clutter around the two antennas. The average year.
struct P452 {
  enum class Edition : std::uint8_t { p452_18, p452_17 };
  Edition edition = Edition::p452_18;
  double time_percent = 50.0;
  double tx_gain_dbi = 0.0;
  double rx_gain_dbi = 0.0;
  double pressure_hpa = 1013.25;
  double temperature_c = 15.0;
  double nominal_clutter_tx_m = 0.0;
  double nominal_clutter_rx_m = 0.0;
  double nominal_clutter_distance_tx_m = 20.0;
  double nominal_clutter_distance_rx_m = 20.0;

  static constexpr std::string_view id = "p452";
  static constexpr std::string_view title = "Interference between stations, clear air";
  static constexpr std::string_view source = "ITU-R P.452-18, Annex 1; clutter also by P.452-17 section 4.5";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::samples;
  static constexpr bool needs_zones = true;
  static constexpr Validity validity = {{0.1e9, 50e9}, {0.0, 10'000'000.0}, kAnyHeight, kAnyHeight};
  static const std::array<Field<P452>, 9> fields;
  static const std::array<Choice<P452>, 1> choices;
  static constexpr std::array<std::string_view, 0> notes{};
};

/// P452 with what it needs of a link, for many paths.
struct PreparedP452 {
  P452 model;
  itu::ClearAirLink air;
};

[[nodiscard]] PreparedP452 prepared(const P452&, const Link&) noexcept;
[[nodiscard]] double loss_db(const PreparedP452&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const P452&, const Link&, const PathGeometry&) noexcept;
/// Edition 17 looks at paths that begin and end at the clutter: at every sample.
[[nodiscard]] constexpr Terrain lanes_terrain(const P452& model) noexcept {
  return model.edition == P452::Edition::p452_18 ? Terrain::two_earths_open_ends : Terrain::samples;
}
/// As in losses.hpp.
void losses_db(const PreparedP452&, const Link&, const PathArrays&, std::span<double> out);
void losses_db(const P452&, const Link&, const PathArrays&, std::span<double> out);
[[nodiscard]] PathLoss explain_terms(const P452&, const Link&, const PathGeometry&);

}  // namespace amaneku
