#include "libsim/backhaul/microwave_hop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/itu/p525.hpp"
#include "propagation/itu/p526_delta_bullington.hpp"
#include "propagation/itu/p530_multipath.hpp"
#include "propagation/itu/p676_gases.hpp"
#include "propagation/units.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr double kRainUpTo_m = 60e3;           // P.530-18 section 2.4.1
constexpr double kMultipathUpTo_hz = 45e9;     // P.530-18 section 2.3.1
constexpr double kMultipathFrom_hz_m = 15e12;  // the same: 15 / d GHz, d in km
constexpr double kMultipathFrom_m = 5e3;       // shorter paths have none

void check_radio(const MicrowaveRadio& radio) {
  std::vector<Fault> faults;
  const auto require = [&](const char* key, double value, Range legal) {
    if (legal.contains(value)) return;
    faults.push_back(
        {.message = "is out of range", .key = key, .value = fmt::format("{}", value), .legal = legal.text()});
  };
  require("freq_hz", radio.freq_hz, {1e9, 100e9});
  require("channel_hz", radio.channel_hz, {1e5, 1e10});
  require("tx_power_dbm", radio.tx_power_dbm, {-50.0, 60.0});
  require("noise_figure_db", radio.noise_figure_db, {0.0, 30.0});
  require("feeder_loss_db", radio.feeder_loss_db, {0.0, 50.0});
  if (radio.steps.empty()) faults.push_back({.message = "needs at least one step", .key = "steps"});
  for (std::size_t i = 0; i < radio.steps.size(); ++i) {
    const ModulationStep& step = radio.steps[i];
    require("bit_s_per_hz", step.bit_s_per_hz, {1e-3, 20.0});
    require("snr_db", step.snr_db, {-20.0, 80.0});
    require("backoff_db", step.backoff_db, {0.0, 30.0});
    if (i == 0) continue;
    const ModulationStep& before = radio.steps[i - 1];
    // A step that needs less signal for more payload would leave the one before it without a use.
    const bool rising = step.snr_db + step.backoff_db > before.snr_db + before.backoff_db &&
                        step.bit_s_per_hz > before.bit_s_per_hz;
    if (!rising) {
      faults.push_back({.message = "does not need more signal and carry more than the step before",
                        .key = "steps",
                        .value = step.id});
    }
  }
  if (!faults.empty()) throw InputError(std::move(faults));
}

/// What the term of an explained loss says.
double term(const PathLoss& loss, std::string_view name) {
  const auto found = std::find_if(loss.terms.begin(), loss.terms.end(),
                                  [&](const LossTerm& entry) { return entry.name == name; });
  if (found == loss.terms.end()) throw InternalError("p530 has no term " + std::string(name));
  return found->value;
}

struct Path {
  Link link;
  PathGeometry geometry;
};

Path path_of(const MicrowaveHop& hop) {
  Path out;
  out.link = {.freq_hz = hop.radio.freq_hz,
              .tx_agl_m = hop.antenna_agl_m[0],
              .rx_agl_m = hop.antenna_agl_m[1],
              .polarization = hop.radio.polarization,
              .latitude_deg = hop.latitude_deg};
  out.geometry = extract_path(out.link, hop.profile, Terrain::horizons);
  out.geometry.profile = hop.profile;
  return out;
}

void add_levels(MicrowaveService& out, const MicrowaveHop& hop, const PathLoss& loss) {
  const MicrowaveRadio& radio = hop.radio;
  constexpr double kBoltzmann_mw_hz = 1.380649e-20;  // mW / (Hz K)
  constexpr double kNoise_k = 290.0;
  out.free_space_db = term(loss, "free_space_db");
  out.gases_db = term(loss, "gases_db");
  out.diffraction_db = term(loss, "diffraction_db");
  out.rain_001_db = term(loss, "rain_001_db");
  out.multipath_occurrence_percent = term(loss, "multipath_occurrence_percent");
  out.eirp_dbm = radio.tx_power_dbm - radio.feeder_loss_db + hop.antenna_gain_dbi[0];
  out.received_dbm = out.eirp_dbm - out.free_space_db - out.gases_db - out.diffraction_db +
                     hop.antenna_gain_dbi[1] - radio.feeder_loss_db;
  out.noise_dbm = 10.0 * std::log10(kBoltzmann_mw_hz * kNoise_k * radio.channel_hz) + radio.noise_figure_db;
}

StepService step_service(const MicrowaveHop& hop, const Path& path, const MicrowaveService& levels,
                         const ModulationStep& step) {
  StepService out{.rate_bps = step.bit_s_per_hz * hop.radio.channel_hz};
  out.margin_db = levels.received_dbm - step.backoff_db - levels.noise_dbm - hop.degradation_db - step.snr_db;
  if (out.margin_db < 0.0) {
    out.outage = {100.0, 0.0};
    out.worst_month_percent = 100.0;
    return out;
  }
  out.outage = unavailability(hop.climate, path.link, path.geometry, out.margin_db);
  out.worst_month_percent = itu::multipath_percent(levels.multipath_occurrence_percent, 1.0, out.margin_db);
  return out;
}

/// Whether a step that works relies on rain rarer or more frequent than the statistics hold. An outage of 0 is the
/// former: the law of P.530 ends.
bool beyond_statistic(const MicrowaveService& service) {
  constexpr Range kVouchedFor_percent{0.001, 1.0};
  return service.rain_001_db > 0.0 &&
         std::any_of(service.steps.begin(), service.steps.end(), [&](const StepService& step) {
           return step.margin_db >= 0.0 && !kVouchedFor_percent.contains(step.outage.rain_percent);
         });
}

std::vector<HopDoubt> doubts_of(const MicrowaveService& service, double freq_hz) {
  std::vector<HopDoubt> out;
  if (service.length_m > kRainUpTo_m) out.push_back(HopDoubt::rain_path_too_long);
  const bool multipath = service.length_m > kMultipathFrom_m;
  if (multipath && (freq_hz > kMultipathUpTo_hz || freq_hz * service.length_m < kMultipathFrom_hz_m)) {
    out.push_back(HopDoubt::multipath_frequency);
  }
  if (beyond_statistic(service)) out.push_back(HopDoubt::rain_beyond_statistic);
  return out;
}

}  // namespace

double MicrowaveService::availability() const noexcept {
  return steps.empty() ? 0.0 : 1.0 - 0.01 * steps.front().outage.total_percent();
}

double MicrowaveService::capacity_bps(double availability) const noexcept {
  double out_bps = 0.0;
  for (const StepService& step : steps) {
    if (1.0 - 0.01 * step.outage.total_percent() >= availability) out_bps = step.rate_bps;
  }
  return out_bps;
}

double MicrowaveService::mean_capacity_bps() const noexcept {
  double out_bps = 0.0;
  for (const StepService& step : steps) out_bps += 0.01 * step.time_percent * step.rate_bps;
  return out_bps;
}

MicrowaveService microwave_service(const MicrowaveHop& hop) {
  check_radio(hop.radio);
  check_profile(hop.profile);
  const Path path = path_of(hop);
  MicrowaveService out{.length_m = itu::slant_distance_m(path.geometry)};
  add_levels(out, hop, explain_terms(hop.climate, path.link, path.geometry));
  for (const ModulationStep& step : hop.radio.steps) out.steps.push_back(step_service(hop, path, out, step));
  for (std::size_t i = 0; i < out.steps.size(); ++i) {
    const double above_percent = i + 1 < out.steps.size() ? out.steps[i + 1].outage.total_percent() : 100.0;
    out.steps[i].time_percent = above_percent - out.steps[i].outage.total_percent();
  }
  out.doubts = doubts_of(out, hop.radio.freq_hz);
  return out;
}

double dish_gain_dbi(double diameter_m, double freq_hz, double efficiency) noexcept {
  const double circumference = std::numbers::pi * diameter_m / wavelength_m(freq_hz);
  return 10.0 * std::log10(efficiency * circumference * circumference);
}

}  // namespace amaneku
