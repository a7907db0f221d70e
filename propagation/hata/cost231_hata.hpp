// COST 231 extension of Hata's formula to 2 GHz: COST Action 231, "Digital mobile radio towards future generation
// systems", final report, EUR 18957 (1999), section 4.4.1.
#pragma once

#include "propagation/hata/okumura_hata.hpp"
#include "propagation/model.hpp"

namespace amaneku {

/// COST 231-Hata, median; never below free space.
struct Cost231Hata {
  /// `medium`: medium-sized cities and suburban centres with moderate tree density (C_m = 0 dB).
  enum class City : std::uint8_t { medium, metropolitan };

  City city = City::medium;

  static constexpr std::string_view id = "cost231_hata";
  static constexpr std::string_view title = "COST 231-Hata";
  static constexpr std::string_view source = "COST 231 final report, EUR 18957 (1999), section 4.4.1";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{1.5e9, 2e9}, {1'000.0, 20'000.0}, {30.0, 200.0}, {1.0, 10.0}};
  static constexpr std::array<Field<Cost231Hata>, 0> fields{};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Choice<Cost231Hata>, 1> choices;
};

[[nodiscard]] double loss_db(const Cost231Hata&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const Cost231Hata&, const Link&, const PathGeometry&);

}  // namespace amaneku
