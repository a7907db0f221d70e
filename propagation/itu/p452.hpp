// ITU-R P.452: interference between stations on the surface of the Earth, 0.1 to 50 GHz, clear air.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku {

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
  static constexpr Validity validity = {{0.1e9, 50e9}, {0.0, 10'000'000.0}, kAnyHeight, kAnyHeight};
  static const std::array<Field<P452>, 9> fields;
  static const std::array<Choice<P452>, 1> choices;
  static constexpr std::array<std::string_view, 0> notes{};
};

[[nodiscard]] double loss_db(const P452&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const P452&, const Link&, const PathGeometry&);

}  // namespace amaneku
