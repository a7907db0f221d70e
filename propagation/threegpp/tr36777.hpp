// 3GPP TR 36.777 Annex B: a base station and a user in the air (drones), rural and urban.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"
#include "propagation/threegpp/los_state.hpp"

namespace amaneku {

/// 3GPP TR 36.777 v15.0.0: users up to 300 m above ground; near the ground those of TR 38.901.
struct Tr36777 {
  enum class Scenario : std::uint8_t { rma_av, uma_av, umi_av };
  /// The user may be the higher end.
  enum class BaseStation : std::uint8_t { tx, rx };
  using LineOfSight = threegpp::LineOfSight;

  Scenario scenario = Scenario::rma_av;
  LineOfSight line_of_sight = LineOfSight::probability;
  BaseStation base_station = BaseStation::tx;

  static constexpr std::string_view id = "tr36777";
  static constexpr std::string_view title = "3GPP aerial users: rural, urban macro, urban micro";
  static constexpr std::string_view source = "3GPP TR 36.777 v15.0.0, Annex B; 3GPP TR 38.901";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{0.5e9, 100e9}, {10.0, 10'000.0}, {1.5, 300.0}, {1.5, 300.0}};
  static constexpr std::array<std::string_view, 0> notes{};
  static constexpr std::array<Field<Tr36777>, 0> fields{};
  static const std::array<Choice<Tr36777>, 3> choices;
};

[[nodiscard]] double loss_db(const Tr36777&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const Tr36777&, const Link&, const PathGeometry&);

/// Standard deviation of the loss around loss_db, dB: shadow fading (Table B-3) and, where the loss is an expected
/// one, the step between the states.
[[nodiscard]] double sigma_db(const Tr36777&, const Link&, const PathGeometry&) noexcept;

}  // namespace amaneku
