// ITU-R P.2108-1: clutter loss as a model. The formulas are in p2108_*.hpp, one file a section.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/itu/p2108_height_gain.hpp"
#include "propagation/model.hpp"

namespace amaneku {

/// ITU-R P.2108-1, clutter loss at one or both ends of a path.
struct P2108 {
  enum class Method : std::uint8_t { terrestrial, earth_space, height_gain };
  enum class ClutterAt : std::uint8_t { rx, tx, both };
  enum class HeightFrom : std::uint8_t { clutter_type, given };
  enum class ElevationFrom : std::uint8_t { path, given };

  Method method = Method::terrestrial;
  ClutterAt clutter_at = ClutterAt::rx;
  double location_percent = 50.0;  ///< terrestrial, earth_space
  ElevationFrom elevation_from = ElevationFrom::path;
  double elevation_deg = 0.0;  ///< earth_space, if given
  itu::P2108Clutter clutter_type = itu::P2108Clutter::suburban;
  HeightFrom representative_height_from = HeightFrom::clutter_type;
  double representative_clutter_height_m = 10.0;  ///< height_gain, if given
  double street_width_m = 27.0;                   ///< height_gain

  static constexpr std::string_view id = "p2108";
  static constexpr std::string_view title = "Clutter loss at a terminal";
  static constexpr std::string_view source = "ITU-R P.2108-1, sections 3.1, 3.2 and 3.3";
  static constexpr Role role = Role::added;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{30e6, 100e9}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<P2108>, 4> fields;
  static const std::array<Choice<P2108>, 5> choices;
};

[[nodiscard]] double loss_db(const P2108&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const P2108&, const Link&, const PathGeometry&);

}  // namespace amaneku
