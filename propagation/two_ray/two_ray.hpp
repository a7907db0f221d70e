// Direct ray and one ray reflected by plane, smooth ground.
#pragma once

#include "propagation/model.hpp"

namespace amaneku {

/// Two-ray flat-earth (plane reflecting ground, Fresnel reflection coefficient).
struct TwoRay {
  double relative_permittivity = 15.0;
  double conductivity_s_m = 0.005;

  static constexpr std::string_view id = "two_ray";
  static constexpr std::string_view title = "Two rays over plane ground";
  static constexpr std::string_view source =
      "Direct and ground-reflected ray, ITU-R P.2040-1 section 2.1 reflection";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::none;
  // The plane earth: beyond 10 km its curvature takes away what the formula adds.
  static constexpr Validity validity = {{30e6, kNoLimit}, {0.0, 10'000.0}, kAnyHeight, kAnyHeight};
  static constexpr std::array<Choice<TwoRay>, 0> choices{};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<TwoRay>, 2> fields;
};

[[nodiscard]] double loss_db(const TwoRay&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const TwoRay&, const Link&, const PathGeometry&);

}  // namespace amaneku
