// 3GPP TR 38.901 as a model: expected loss of a link in a scenario. The formulas are in tr38901_pathloss.hpp and
// tr38901_los.hpp.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"
#include "propagation/threegpp/tr38901_los.hpp"
#include "propagation/threegpp/tr38901_pathloss.hpp"

namespace amaneku {

/// 3GPP TR 38.901 v19.4, clause 7.4. The higher antenna is the base station.
struct Tr38901 {
  using LineOfSight = threegpp::LineOfSight;
  enum class SurroundingsFrom : std::uint8_t { scenario, given };
  enum class Vegetation : std::uint8_t { none, sparse, dense };

  threegpp::Scenario scenario = threegpp::Scenario::uma;
  LineOfSight line_of_sight = LineOfSight::probability;
  threegpp::NlosFormula nlos_formula = threegpp::NlosFormula::standard;
  Vegetation vegetation = Vegetation::none;  ///< SMa
  SurroundingsFrom surroundings_from = SurroundingsFrom::scenario;
  double average_building_height_m = 5.0;  ///< RMa, SMa, if given
  double street_width_m = 20.0;            ///< RMa, SMa, if given
  double clutter_density_percent = 20.0;   ///< InF, if given
  double clutter_size_m = 10.0;            ///< InF, if given
  double clutter_height_m = 2.0;           ///< InF, if given
  double indoor_distance_m = 0.0;          ///< share of the path inside the user's building

  static constexpr std::string_view id = "tr38901";
  static constexpr std::string_view title = "3GPP channel model: rural, urban, indoor, factory, suburban";
  static constexpr std::string_view source = "3GPP TR 38.901 v19.4.0, clauses 7.4.1 and 7.4.2";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{0.5e9, 100e9}, {0.0, 10'000.0}, {0.0, 150.0}, {0.0, 22.5}};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<Tr38901>, 6> fields;
  static const std::array<Choice<Tr38901>, 5> choices;
};

/// What a loop over the paths of one link needs.
struct Tr38901Link {
  threegpp::PathLossCurves curves;
  threegpp::LosProbability probability;
  Tr38901::LineOfSight line_of_sight;
  double indoor_distance_m;
};

[[nodiscard]] Tr38901Link prepared(const Tr38901&, const Link&) noexcept;
[[nodiscard]] double loss_db(const Tr38901Link&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const Tr38901&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const Tr38901&, const Link&, const PathGeometry&);

/// Standard deviation of the loss of a place around loss_db, dB: the shadow fading of both states (Table 7.4.1-1)
/// and, where the loss is an expected one, the step between them.
[[nodiscard]] double sigma_db(const Tr38901&, const Link&, const PathGeometry&) noexcept;

}  // namespace amaneku
