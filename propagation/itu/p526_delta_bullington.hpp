// ITU-R P.526-15 section 4.5.4: the complete delta-Bullington method.
#pragma once

#include <span>

#include "propagation/geometry.hpp"
#include "propagation/itu/p526_bullington.hpp"
#include "propagation/itu/p526_spherical_earth.hpp"
#include "propagation/model.hpp"

namespace amaneku::itu {

/// Diffraction loss, dB, and the three losses that it is made of:
/// diffraction = actual + max(spherical - smooth, 0).
struct DeltaBullington {
  double diffraction_db;
  double actual_db;     ///< Bullington over the terrain
  double smooth_db;     ///< Bullington over the smooth surface with the effective antenna heights
  double spherical_db;  ///< spherical Earth with the same heights
};

/// For the median effective Earth radius, with a smooth profile of the same points.
[[nodiscard]] DeltaBullington delta_bullington_terms(const Link& link, const PathGeometry& path) noexcept;

/// diffraction_db alone: the smooth profile is skipped where the spherical Earth takes nothing away.
[[nodiscard]] double delta_bullington_loss_db(const Link& link, const PathGeometry& path) noexcept;

}  // namespace amaneku::itu

namespace amaneku {

struct PathArrays;

/// ITU-R P.526-15 section 4.5.4 (delta-Bullington) over the terrain profile, plus free space.
struct P526 {
  static constexpr std::string_view id = "p526";
  static constexpr std::string_view title = "Diffraction over terrain, delta-Bullington";
  static constexpr std::string_view source = "ITU-R P.526-15, section 4.5.4; ITU-R P.525-4";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::horizons;
  static constexpr Validity validity = {{10e6, kNoLimit}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static constexpr std::array<Field<P526>, 0> fields{};
  static constexpr std::array<Choice<P526>, 0> choices{};
  static constexpr std::array<std::string_view, 0> notes{};
};

/// P526 with what it needs of a link, for many paths.
struct PreparedP526 {
  itu::DiffractionLink diffraction;
};

[[nodiscard]] PreparedP526 prepared(const P526&, const Link&) noexcept;
[[nodiscard]] double loss_db(const PreparedP526&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const P526&, const Link&, const PathGeometry&) noexcept;
/// As in losses.hpp.
void losses_db(const PreparedP526&, const Link&, const PathArrays&, std::span<double> out) noexcept;
void losses_db(const P526&, const Link&, const PathArrays&, std::span<double> out) noexcept;
[[nodiscard]] PathLoss explain_terms(const P526&, const Link&, const PathGeometry&);

}  // namespace amaneku
