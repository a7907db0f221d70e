#include "propagation/itm/settings.hpp"

#include <string_view>

#include "propagation/itm/evaluation-inl.hpp"

namespace amaneku::itm {
namespace {

GroundConstants ground_of(const ItmSettings& settings) noexcept {
  return {settings.relative_permittivity, settings.conductivity_s_m};
}

bool by_confidence(const ItmSettings& settings) noexcept {
  return settings.statistic == ItmSettings::Statistic::confidence_reliability;
}

Shares shares_of(const ItmSettings& settings) noexcept {
  if (by_confidence(settings)) return {settings.reliability_percent, 50.0, settings.confidence_percent};
  return {settings.time_percent, settings.location_percent, settings.situation_percent};
}

std::string_view word(Mode mode) noexcept {
  switch (mode) {
    case Mode::diffraction:
      return "diffraction";
    case Mode::troposcatter:
      return "troposcatter";
    case Mode::line_of_sight:
      break;
  }
  return "line_of_sight";
}

}  // namespace

Prepared prepared(const ItmSettings& settings, const Link& link) noexcept {
  const Radio radio = radio_of(link, ground_of(settings));
  const Statistics statistics{settings.climate, settings.variability_mode,
                              settings.location_variability == ItmSettings::Variability::included,
                              settings.situation_variability == ItmSettings::Variability::included};
  return {radio, link_statistics(statistics, deviates_of(settings.variability_mode, shares_of(settings)),
                                 radio.wave_number)};
}

Evaluation evaluate(const Prepared& constants, const TerrainTerms& terms) noexcept {
  const auto result = HWY_NAMESPACE::evaluation(constants.radio, constants.statistics, terms);
  const Mode beyond = result.reference.scattered ? Mode::troposcatter : Mode::diffraction;
  return {result.loss_db, result.free_space_db, result.reference.attenuation_db,
          result.reference.in_sight ? Mode::line_of_sight : beyond};
}

PathLoss explained(const ItmSettings& settings, const Link& link, const TerrainTerms& terms,
                   double area_delta_h_m) {
  const Evaluation result = evaluate(prepared(settings, link), terms);
  const Shares shares = shares_of(settings);
  const Inputs inputs{link.tx_agl_m, link.rx_agl_m,           link.freq_hz,     link.n0,       ground_of(settings),
                      shares,        by_confidence(settings), terms.distance_m, area_delta_h_m};
  const Verdict verdict = verdict_of(inputs, radio_of(link, ground_of(settings)), terms,
                                     deviates_of(settings.variability_mode, shares));
  PathLoss out;
  out.loss_db = result.loss_db;
  out.mode = word(result.mode);
  out.terms = {{"free_space_db", result.free_space_db},
               {"reference_attenuation_db", result.reference_db},
               {"variability_db", result.loss_db - result.free_space_db - result.reference_db},
               {"delta_h_m", terms.delta_h_m},
               {"tx_horizon_rad", terms.tx.horizon_rad},
               {"rx_horizon_rad", terms.rx.horizon_rad},
               {"tx_horizon_m", terms.tx.horizon_m},
               {"rx_horizon_m", terms.rx.horizon_m},
               {"tx_effective_height_m", terms.tx.effective_m},
               {"rx_effective_height_m", terms.rx.effective_m},
               {"surface_refractivity", terms.surface_refractivity},
               {"return_code", static_cast<double>(verdict.return_code)},
               {"warning_bits", static_cast<double>(verdict.warnings)}};
  out.warnings = texts(verdict);
  return out;
}

}  // namespace amaneku::itm
