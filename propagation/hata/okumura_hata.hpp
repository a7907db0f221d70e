// Okumura-Hata: M. Hata, "Empirical Formula for Propagation Loss in Land Mobile Radio Services", IEEE Trans. Veh.
// Technol. VT-29 (1980) no. 3, pp. 317-325; the formulas are also in ITU-R Report 567 and in the COST 231 report.
#pragma once

#include "propagation/hata/extended_hata.hpp"
#include "propagation/model.hpp"

namespace amaneku::hata {

/// a(h_m) of a medium or small city: what the mobile antenna gains over 1.5 m, dB.
[[nodiscard]] double medium_city_gain_db(const HataLink& link) noexcept;

/// a(h_m) of a large city, dB. Hata gives one form up to 200 MHz and one from 400 MHz; they change over at 300
/// MHz.
[[nodiscard]] double large_city_gain_db(const HataLink& link) noexcept;

/// -13.82 log h_b + (44.9 - 6.55 log h_b) log d, dB: base height and distance, common to Hata and COST 231.
/// `d_km` > 0.
[[nodiscard]] double base_and_distance_db(const HataLink& link, double d_km) noexcept;

/// Warning of a model that takes free space because its formula gives less.
[[nodiscard]] std::string below_free_space(std::string_view model, double formula_db);

}  // namespace amaneku::hata

namespace amaneku {

/// Hata's formulas of Okumura's curves, median; never below free space.
struct OkumuraHata {
  /// Which a(h_m). In suburbs and open land Hata's own is that of a medium city.
  enum class City : std::uint8_t { medium, large };

  ExtendedHata::Area area = ExtendedHata::Area::urban;
  City city = City::medium;

  static constexpr std::string_view id = "okumura_hata";
  static constexpr std::string_view title = "Okumura-Hata";
  static constexpr std::string_view source = "Hata, IEEE Trans. Veh. Technol. VT-29 no. 3 (1980)";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{150e6, 1.5e9}, {1'000.0, 20'000.0}, {30.0, 200.0}, {1.0, 10.0}};
  static constexpr std::array<Field<OkumuraHata>, 0> fields{};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Choice<OkumuraHata>, 2> choices;
};

[[nodiscard]] double loss_db(const OkumuraHata&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const OkumuraHata&, const Link&, const PathGeometry&);

}  // namespace amaneku
