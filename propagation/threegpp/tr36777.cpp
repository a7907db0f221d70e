#include "propagation/threegpp/tr36777.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"
#include "propagation/range_warning.hpp"
#include "propagation/threegpp/tr38901_los.hpp"
#include "propagation/threegpp/tr38901_pathloss.hpp"

namespace amaneku {
namespace {

using AerialScenario = Tr36777::Scenario;
using threegpp::ByState;

constexpr std::array<const char*, 3> kTr36777Scenarios = {"rma_av", "uma_av", "umi_av"};
constexpr std::array<const char*, 2> kBaseStations = {"tx", "rx"};

}  // namespace

constexpr std::array<Choice<Tr36777>, 3> Tr36777::choices = {
    choice_of<&Tr36777::scenario, Tr36777>("scenario", kTr36777Scenarios, "TR 36.777 Annex B"),
    choice_of<&Tr36777::line_of_sight, Tr36777>("line_of_sight", threegpp::kLineOfSight, "TR 36.777 Table B-1"),
    choice_of<&Tr36777::base_station, Tr36777>("base_station", kBaseStations, "TR 36.777 Figure B-1")};

namespace {

/// A path in the terms of the report.
struct AerialPath {
  threegpp::Ends ends;
  double d2d_m;
  double rise_m;
};

AerialPath path_of(const Tr36777& model, const Link& link, const PathGeometry& path) noexcept {
  const bool tx_is_base = model.base_station == Tr36777::BaseStation::tx;
  return {.ends = {.f_ghz = positive(link.freq_hz * 1e-9),
                   .base_agl_m = positive(tx_is_base ? link.tx_agl_m : link.rx_agl_m),
                   .user_agl_m = positive(tx_is_base ? link.rx_agl_m : link.tx_agl_m)},
          .d2d_m = positive(path.distance_m),
          .rise_m = bounded(path.tx_asl_m) - bounded(path.rx_asl_m)};
}

bool near_ground(AerialScenario scenario, double user_agl_m) noexcept {
  return user_agl_m <= (scenario == AerialScenario::rma_av ? 10.0 : 22.5);
}

threegpp::Scenario on_ground(AerialScenario scenario) noexcept {
  switch (scenario) {
    case AerialScenario::uma_av:
      return threegpp::Scenario::uma;
    case AerialScenario::umi_av:
      return threegpp::Scenario::umi;
    case AerialScenario::rma_av:
      break;
  }
  return threegpp::Scenario::rma;
}

threegpp::PathLossCurves ground_curves(AerialScenario scenario, const threegpp::Ends& ends) noexcept {
  const threegpp::Scenario ground = on_ground(scenario);
  return threegpp::pathloss_curves(ground, threegpp::NlosFormula::standard, ends,
                                   threegpp::typical_surroundings(ground));
}

// Table B-2 above the roofs.
ByState aerial_losses_db(AerialScenario scenario, const AerialPath& path) noexcept {
  const double log_d = std::log10(std::hypot(path.d2d_m, path.rise_m));
  const double log_f = std::log10(path.ends.f_ghz);
  const double log_h = std::log10(path.ends.user_agl_m);
  const double free_at_1m_db = 20.0 * std::log10(40.0 * std::numbers::pi / 3.0) + 20.0 * log_f;
  switch (scenario) {
    case AerialScenario::uma_av:
      return {28.0 + 22.0 * log_d + 20.0 * log_f, -17.5 + (46.0 - 7.0 * log_h) * log_d + free_at_1m_db};
    case AerialScenario::umi_av: {
      const double los_db =
          std::max(free_at_1m_db + 20.0 * log_d, 30.9 + (22.25 - 0.5 * log_h) * log_d + 20.0 * log_f);
      return {los_db, std::max(los_db, 32.4 + (43.2 - 7.6 * log_h) * log_d + 20.0 * log_f)};
    }
    case AerialScenario::rma_av:
      break;
  }
  const double los_db = std::max(23.9 - 1.8 * log_h, 20.0) * log_d + free_at_1m_db;
  return {los_db, std::max(los_db, -12.0 + (35.0 - 5.3 * log_h) * log_d + free_at_1m_db)};
}

ByState losses_db(AerialScenario scenario, const AerialPath& path) noexcept {
  if (!near_ground(scenario, path.ends.user_agl_m)) return aerial_losses_db(scenario, path);
  return threegpp::pathloss_db(ground_curves(scenario, path.ends), path.d2d_m, path.rise_m);
}

// Table B-1 above the roofs: sure up to d_1, then a tail with the constant p_1.
double aerial_probability(AerialScenario scenario, double user_agl_m, double d_m) noexcept {
  if (user_agl_m > (scenario == AerialScenario::rma_av   ? 40.0
                    : scenario == AerialScenario::uma_av ? 100.0
                                                         : 1e300))
    return 1.0;
  const double log_h = std::log10(user_agl_m);
  double p1_m = std::max(15021.0 * log_h - 16053.0, 1000.0);
  double d1_m = 1350.8 * log_h - 1602.0;
  if (scenario == AerialScenario::uma_av) {
    p1_m = 4300.0 * log_h - 3800.0;
    d1_m = 460.0 * log_h - 700.0;
  } else if (scenario == AerialScenario::umi_av) {
    p1_m = 233.98 * log_h - 0.95;
    d1_m = 294.05 * log_h - 432.94;
  }
  d1_m = std::max(d1_m, 18.0);
  if (d_m <= d1_m) return 1.0;
  const double sure = d1_m / d_m;
  return sure + std::exp(-d_m / p1_m) * (1.0 - sure);
}

double share_of_los(const Tr36777& model, const AerialPath& path, bool seen) noexcept {
  return threegpp::los_share(model.line_of_sight, seen, [&] {
    if (!near_ground(model.scenario, path.ends.user_agl_m)) {
      return aerial_probability(model.scenario, path.ends.user_agl_m, path.d2d_m);
    }
    const threegpp::Scenario ground = on_ground(model.scenario);
    return threegpp::los_probability(
        threegpp::los_probability_of(ground, path.ends, threegpp::typical_surroundings(ground)), path.d2d_m);
  });
}

// Table B-3.
ByState sigmas_db(AerialScenario scenario, const AerialPath& path) noexcept {
  const double h_m = path.ends.user_agl_m;
  if (near_ground(scenario, h_m)) {
    const bool beyond = path.d2d_m > ground_curves(scenario, path.ends).breakpoint_m;
    return threegpp::shadow_fading_db(on_ground(scenario), threegpp::NlosFormula::standard, beyond);
  }
  switch (scenario) {
    case AerialScenario::uma_av:
      return {4.64 * std::exp(-0.0066 * h_m), 6.0};
    case AerialScenario::umi_av:
      return {std::max(5.0 * std::exp(-0.01 * h_m), 2.0), 8.0};
    case AerialScenario::rma_av:
      break;
  }
  return {4.2 * std::exp(-0.0046 * h_m), 6.0};
}

std::vector<std::string> scenario_warnings(const Tr36777& model, const Link& link, const PathGeometry& path,
                                           bool nlos) {
  std::vector<std::string> out;
  constexpr const char* kTable = "this scenario, TR 36.777 Table B-2";
  const AerialPath at = path_of(model, link, path);
  const bool rural = model.scenario == AerialScenario::rma_av;
  const bool ground = near_ground(model.scenario, at.ends.user_agl_m);
  flag(out, {Tr36777::id, "freq_hz", "Hz", kTable}, link.freq_hz, {0.5e9, rural ? 30e9 : 100e9});
  flag(out, {Tr36777::id, "distance_m", "m", kTable}, path.distance_m,
       {10.0, rural    ? 10'000.0
              : ground ? 5000.0
                       : 4000.0});
  if (nlos && model.scenario == AerialScenario::uma_av) {
    const bool tx_is_base = model.base_station == Tr36777::BaseStation::tx;
    flag(out, {Tr36777::id, tx_is_base ? "rx_agl_m" : "tx_agl_m", "m", "NLOS, TR 36.777 Table B-2"},
         at.ends.user_agl_m, {1.5, 100.0});
  }
  return out;
}

}  // namespace

double loss_db(const Tr36777& model, const Link& link, const PathGeometry& path) noexcept {
  const AerialPath at = path_of(model, link, path);
  return threegpp::expected(losses_db(model.scenario, at), share_of_los(model, at, path.line_of_sight));
}

double sigma_db(const Tr36777& model, const Link& link, const PathGeometry& path) noexcept {
  const AerialPath at = path_of(model, link, path);
  return threegpp::mixed_sigma_db(losses_db(model.scenario, at), sigmas_db(model.scenario, at),
                                  share_of_los(model, at, path.line_of_sight));
}

PathLoss explain_terms(const Tr36777& model, const Link& link, const PathGeometry& path) {
  const AerialPath at = path_of(model, link, path);
  const ByState loss = losses_db(model.scenario, at);
  const ByState sigma = sigmas_db(model.scenario, at);
  const double los = share_of_los(model, at, path.line_of_sight);
  PathLoss out;
  out.loss_db = threegpp::expected(loss, los);
  out.mode = threegpp::mode_of(los);
  out.terms = {{"los_probability", los},      {"los_db", loss.los},
               {"nlos_db", loss.nlos},        {"los_sigma_db", sigma.los},
               {"nlos_sigma_db", sigma.nlos}, {"sigma_db", threegpp::mixed_sigma_db(loss, sigma, los)}};
  out.warnings = scenario_warnings(model, link, path, los < 1.0);
  return out;
}

}  // namespace amaneku
