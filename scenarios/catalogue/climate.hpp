// Refractivity of the air from what a user has: the ITU digital maps, or the weather of a city.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/input/engine.hpp"

namespace amaneku::scenarios {

/// An ITU digital map as text: 121 rows from 90 to -90 degrees of latitude, 241 columns from 0 to 360 degrees of
/// longitude, both in steps of 1.5 degrees (DN50.TXT and N050.TXT of ITU-R P.452 and P.1812).
class DigitalMap {
 public:
  /// InputError unless the text holds exactly that many finite numbers.
  DigitalMap(const std::string& text, const std::string& file);
  /// Bilinear.
  [[nodiscard]] double at(LonLat position) const;

 private:
  std::vector<double> values_;
};

struct Refractivity {
  double delta_n = 0.0;  ///< N-units/km
  double n0 = 0.0;       ///< N-units
  ClimateOrigin delta_n_origin{};
  ClimateOrigin n0_origin{};
};

/// At `position`, from DN50.TXT and N050.TXT of a folder.
[[nodiscard]] Refractivity refractivity_of_maps(const std::filesystem::path& folder, LonLat position);

/// The table of cities that comes with the program (scenarios/catalogue/climate_cities.toml).
[[nodiscard]] std::string_view built_in_cities() noexcept;

/// A city of a table of that form (docs/formats/climate.md); InputError for an unknown one, with the known ones.
[[nodiscard]] Refractivity refractivity_of_city(const std::string& city, std::string_view table,
                                                const std::string& file);

}  // namespace amaneku::scenarios
