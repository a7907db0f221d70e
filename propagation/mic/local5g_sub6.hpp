// Area formula of the Japanese examination standard for local 5G below 6 GHz.
#pragma once

#include "propagation/hata/extended_hata.hpp"
#include "propagation/model.hpp"

namespace amaneku {

/// Japanese local 5G below 6 GHz, area formula of the examination standard (ローカル5G審査基準); unverified.
struct MicLocal5gSub6 {
  /// How the loss between 40 m and 100 m joins free space to the Hata form. `endpoints`: straight in
  /// log(distance) between the values at 40 m and at 100 m. `weighted`: both formulas at the distance
  /// itself, weights 2.51 log10(d_km) + 3.51 and 1 minus that, and never below free space at any distance.
  enum class Interpolation : std::uint8_t { endpoints, weighted };

  ExtendedHata::Area area = ExtendedHata::Area::urban;
  Interpolation interpolation = Interpolation::endpoints;
  double building_loss_db = 0.0;       ///< R
  double terrain_correction_db = 0.0;  ///< K, lowers the loss of the Hata part

  static constexpr std::string_view id = "mic_local5g_sub6";
  static constexpr std::string_view title = "Local 5G below 6 GHz, area formula (Japan)";
  static constexpr std::string_view source =
      "Examination standard for local 5G (MIC, ローカル5G審査基準), area formula; from secondary sources";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{2e9, 6e9}, {0.0, 100'000.0}, {0.0, 200.0}, {1.0, 10.0}};
  static constexpr std::array<std::string_view, 1> notes = {
      "mic_local5g_sub6 is unverified: not checked against the text of the ministry"};
  static const std::array<Field<MicLocal5gSub6>, 2> fields;
  static const std::array<Choice<MicLocal5gSub6>, 2> choices;
};

[[nodiscard]] double loss_db(const MicLocal5gSub6&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const MicLocal5gSub6&, const Link&, const PathGeometry&);

}  // namespace amaneku
