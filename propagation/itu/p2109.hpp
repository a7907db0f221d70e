// ITU-R P.2109-2: building entry loss.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku::itu {

enum class BuildingType : std::uint8_t { traditional, thermally_efficient };

/// Two normal distributions, dB, and the median loss of a horizontal path; eq. (5) to (10).
struct BuildingEntry {
  double median_horizontal_db;  ///< L_h
  double elevation_db;          ///< L_e
  double mu1_db;
  double sigma1_db;
  double mu2_db;
  double sigma2_db;
};

/// `elevation_deg`: of the path at the facade; its sign does not matter.
[[nodiscard]] BuildingEntry building_entry(double freq_hz, BuildingType building, double elevation_deg) noexcept;

/// L_BEL, dB, eq. (1): not exceeded at `location_percent` of the places in buildings of the type.
[[nodiscard]] double building_entry_loss_db(const BuildingEntry& entry, double location_percent) noexcept;

}  // namespace amaneku::itu

namespace amaneku {

/// ITU-R P.2109-2, loss into a building.
struct P2109 {
  enum class ElevationFrom : std::uint8_t { path, given };

  itu::BuildingType building_type = itu::BuildingType::traditional;
  double location_percent = 50.0;
  ElevationFrom elevation_from = ElevationFrom::path;
  double elevation_deg = 0.0;  ///< if given

  static constexpr std::string_view id = "p2109";
  static constexpr std::string_view title = "Building entry loss";
  static constexpr std::string_view source = "ITU-R P.2109-2, section 3";
  static constexpr Role role = Role::added;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{80e6, 100e9}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<P2109>, 2> fields;
  static const std::array<Choice<P2109>, 2> choices;
};

[[nodiscard]] double loss_db(const P2109&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const P2109&, const Link&, const PathGeometry&);

}  // namespace amaneku
