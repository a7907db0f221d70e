// Parameters that the point-to-point and the area mode of the irregular terrain model share.
#pragma once

#include <array>

#include "propagation/itm/radio.hpp"
#include "propagation/itm/variability.hpp"
#include "propagation/itm/verdict.hpp"
#include "propagation/model.hpp"

namespace amaneku {

struct ItmSettings {
  /// tls: time, location and situation shares. confidence_reliability: reliability is the share of the time,
  /// confidence that of the situations, and location is 50 %.
  enum class Statistic : std::uint8_t { tls, confidence_reliability };
  enum class Variability : std::uint8_t { included, eliminated };

  itm::Climate climate = itm::Climate::continental_temperate;
  Statistic statistic = Statistic::tls;
  itm::Service variability_mode = itm::Service::broadcast;
  Variability location_variability = Variability::included;
  Variability situation_variability = Variability::included;

  double time_percent = 50.0;
  double location_percent = 50.0;
  double situation_percent = 50.0;
  double confidence_percent = 50.0;
  double reliability_percent = 50.0;
  double relative_permittivity = 15.0;
  double conductivity_s_m = 0.005;
};

namespace itm {

inline constexpr Validity kValidity = {{20e6, 20e9}, {1e3, 2'000e3}, {0.5, 3000.0}, {0.5, 3000.0}};

enum class Mode : std::uint8_t { line_of_sight = 1, diffraction = 2, troposcatter = 3 };

/// Loss over free space and everything that led to it.
struct Evaluation {
  double loss_db;
  double free_space_db;
  double reference_db;  ///< reference attenuation, never negative
  Mode mode;
};

/// What the parameters and the link decide, whatever the path.
struct Prepared {
  Radio radio;
  LinkStatistics statistics;
};

[[nodiscard]] Prepared prepared(const ItmSettings& settings, const Link& link) noexcept;

[[nodiscard]] Evaluation evaluate(const Prepared& constants, const TerrainTerms& terms) noexcept;

/// Mode, terms and warnings. `area_delta_h_m` as given by the user; 0 for a profile.
[[nodiscard]] PathLoss explained(const ItmSettings& settings, const Link& link, const TerrainTerms& terms,
                                 double area_delta_h_m);

inline constexpr std::array<const char*, 7> kClimateWords = {"continental_temperate",
                                                             "maritime_temperate_over_land",
                                                             "maritime_temperate_over_sea",
                                                             "continental_subtropical",
                                                             "maritime_subtropical",
                                                             "equatorial",
                                                             "desert"};
inline constexpr std::array<const char*, 2> kStatisticWords = {"tls", "confidence_reliability"};
inline constexpr std::array<const char*, 4> kServiceWords = {"broadcast", "mobile", "accidental",
                                                             "single_message"};
inline constexpr std::array<const char*, 2> kVariabilityWords = {"included", "eliminated"};

/// The parameter tables of a model that derives from ItmSettings.
template <class Owner>
[[nodiscard]] constexpr std::array<Choice<Owner>, 5> shared_choices() noexcept {
  return {choice_of<&Owner::climate, Owner>("climate", kClimateWords, "NBS Technical Note 101, section 10"),
          choice_of<&Owner::statistic, Owner>("statistic", kStatisticWords, "NTIA ITM v1.4: TLS or CR"),
          choice_of<&Owner::variability_mode, Owner>("variability_mode", kServiceWords,
                                                     "NTIA ITM v1.4: mdvar, last digit 3, 2, 1, 0"),
          choice_of<&Owner::location_variability, Owner>("location_variability", kVariabilityWords,
                                                         "NTIA ITM v1.4: mdvar + 10"),
          choice_of<&Owner::situation_variability, Owner>("situation_variability", kVariabilityWords,
                                                          "NTIA ITM v1.4: mdvar + 20")};
}

template <class Owner>
[[nodiscard]] constexpr std::array<Field<Owner>, 7> shared_fields() noexcept {
  constexpr Range kShare = {0.01, 99.99};
  constexpr const char* kSource = "NTIA ITM v1.4: more than 0, less than 100";
  return {{{"time_percent", "%", &Owner::time_percent, kShare, kSource},
           {"location_percent", "%", &Owner::location_percent, kShare, kSource},
           {"situation_percent", "%", &Owner::situation_percent, kShare, kSource},
           {"confidence_percent", "%", &Owner::confidence_percent, kShare, kSource},
           {"reliability_percent", "%", &Owner::reliability_percent, kShare, kSource},
           {"relative_permittivity", "1", &Owner::relative_permittivity, {1.0, 100.0}, "NTIA ITM v1.4: epsilon"},
           {"conductivity_s_m", "S/m", &Owner::conductivity_s_m, {1e-6, 10.0}, "NTIA ITM v1.4: sigma"}}};
}

}  // namespace itm
}  // namespace amaneku
