// 3GPP TR 37.885 clause 6.2.1: what a vehicle takes that stands between two others.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku {

/// 3GPP TR 37.885, blockage by a vehicle (NLOSv), on top of a loss with line of sight.
struct Tr37885Blockage {
  /// `traffic`: a vehicle at random, 3 m high for lorries and buses, else 1.6 m. `given`: of one height.
  enum class BlockerFrom : std::uint8_t { traffic, given };

  BlockerFrom blocker_from = BlockerFrom::traffic;
  double truck_percent = 0.0;     ///< of the vehicles, if `traffic`
  double blocker_height_m = 1.6;  ///< if given

  static constexpr std::string_view id = "tr37885_blockage";
  static constexpr std::string_view title = "Blockage by a vehicle";
  static constexpr std::string_view source = "3GPP TR 37.885 v15.3.0, clause 6.2.1";
  static constexpr Role role = Role::added;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{2e9, 63e9}, {1.0, 5000.0}, {0.0, 5.0}, {0.0, 3.0}};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<Tr37885Blockage>, 2> fields;
  static const std::array<Choice<Tr37885Blockage>, 1> choices;
};

namespace threegpp {

inline constexpr std::array<const char*, 2> kBlockerFrom = {"traffic", "given"};
inline constexpr Range kTruckPercent = {0.0, 100.0};
inline constexpr Range kBlockerHeight_m = {0.0, 5.0};
inline constexpr const char* kTruckSource = "share of vehicle type 3, TR 37.885 clause 6.1.2";
inline constexpr const char* kBlockerSource = "TR 37.885 clause 6.2.1";

/// Mean and standard deviation, dB.
struct Blockage {
  double mean_db;
  double sigma_db;
};

[[nodiscard]] Blockage blockage_of(const Tr37885Blockage& model, const Link& link, double d3d_m) noexcept;

/// Distance between the antennas, m, above 0.
[[nodiscard]] double antenna_distance_m(const PathGeometry& path) noexcept;

}  // namespace threegpp

[[nodiscard]] double loss_db(const Tr37885Blockage&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const Tr37885Blockage&, const Link&, const PathGeometry&);

}  // namespace amaneku
