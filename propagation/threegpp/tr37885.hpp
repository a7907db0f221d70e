// 3GPP TR 37.885 clause 6.2.1: loss between two vehicles, or a vehicle and a roadside unit, on or near one road.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"
#include "propagation/threegpp/tr37885_blockage.hpp"

namespace amaneku {

/// 3GPP TR 37.885, vehicle to vehicle.
struct Tr37885 {
  enum class Scenario : std::uint8_t { urban, highway };
  /// `probability`: NLOS where terrain or buildings are in the way, else the loss expected of the probability that
  /// a vehicle is (NLOSv). `terrain`: the terrain or surface model decides alone, no vehicles. Else the same for
  /// every path.
  enum class LineOfSight : std::uint8_t { probability, terrain, los, nlosv, nlos };
  using BlockerFrom = Tr37885Blockage::BlockerFrom;

  Scenario scenario = Scenario::urban;
  LineOfSight line_of_sight = LineOfSight::probability;
  BlockerFrom blocker_from = BlockerFrom::traffic;
  double truck_percent = 0.0;     ///< of the vehicles, if `traffic`
  double blocker_height_m = 1.6;  ///< if given

  static constexpr std::string_view id = "tr37885";
  static constexpr std::string_view title = "Vehicle to vehicle: urban and highway";
  static constexpr std::string_view source = "3GPP TR 37.885 v15.3.0, clause 6.2.1";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{2e9, 63e9}, {1.0, 5000.0}, {0.0, 5.0}, {0.0, 3.0}};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<Tr37885>, 2> fields;
  static const std::array<Choice<Tr37885>, 3> choices;
};

namespace threegpp {

/// Probability that no vehicle is between two ends on one road, 0 .. 1; Table 6.2-1.
[[nodiscard]] double road_los_probability(Tr37885::Scenario scenario, double d_m) noexcept;

}  // namespace threegpp

[[nodiscard]] double loss_db(const Tr37885&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const Tr37885&, const Link&, const PathGeometry&);

/// Standard deviation of the loss around loss_db, dB: shadow fading (3 dB LOS and NLOSv, 4 dB NLOS), blockage, and
/// the step between the states where the loss is an expected one.
[[nodiscard]] double sigma_db(const Tr37885&, const Link&, const PathGeometry&) noexcept;

}  // namespace amaneku
