#include "libsim/radio/power_limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

namespace amaneku {
namespace {

constexpr double kRounding_db = 0.005;  // 200 mW are 23.0103 dBm, which people write as 23.01

double scaled_limit_dbm(double limit_dbm, double per_bandwidth_hz, double bandwidth_hz) noexcept {
  return per_bandwidth_hz > 0.0 ? limit_dbm + 10.0 * std::log10(bandwidth_hz / per_bandwidth_hz) : limit_dbm;
}

const ValueSource* source_of(const RadioTechnology& technology, std::string_view key) {
  const auto found = std::find_if(technology.sources.begin(), technology.sources.end(),
                                  [&](const ValueSource& source) { return source.key == key; });
  return found == technology.sources.end() ? nullptr : &*found;
}

bool verified(const RadioTechnology& technology, const char* key) {
  const ValueSource* source = source_of(technology, key);
  return source != nullptr && source->verified;
}

std::string source_text(const RadioTechnology& technology, const char* key) {
  const ValueSource* source = source_of(technology, key);
  return fmt::format("{}{}", source == nullptr ? "no source" : source->source,
                     verified(technology, key) ? "" : " (not verified)");
}

struct Checked {
  const char* warning;
  const char* what;
  const char* key;  ///< of the catalogue
  double value_dbm;
  double limit_dbm;
};

std::optional<Warning> above(const RadioTechnology& technology, double bandwidth_hz, const Checked& checked) {
  if (!(checked.value_dbm > checked.limit_dbm + kRounding_db)) return std::nullopt;
  return Warning{
      checked.warning,
      fmt::format("{}: {} of {:.1f} dBm is above the {:.1f} dBm allowed for {:g} MHz by {}{}", technology.id,
                  checked.what, checked.value_dbm, checked.limit_dbm, bandwidth_hz / 1e6, technology.limits.rule,
                  verified(technology, checked.key) ? "" : " (the figure is not verified)")};
}

}  // namespace

double eirp_limit_dbm(const PowerLimits& limits, double bandwidth_hz) noexcept {
  return scaled_limit_dbm(limits.eirp_dbm, limits.per_bandwidth_hz, bandwidth_hz);
}

double conducted_limit_dbm(const PowerLimits& limits, double bandwidth_hz) noexcept {
  return scaled_limit_dbm(limits.conducted_dbm, limits.per_bandwidth_hz, bandwidth_hz);
}

std::optional<Warning> eirp_warning(const RadioTechnology& technology, double eirp_dbm, double bandwidth_hz) {
  return above(
      technology, bandwidth_hz,
      {"eirp_above_limit", "EIRP", "eirp_limit_dbm", eirp_dbm, eirp_limit_dbm(technology.limits, bandwidth_hz)});
}

std::optional<Warning> conducted_warning(const RadioTechnology& technology, double power_dbm,
                                         double bandwidth_hz) {
  return above(technology, bandwidth_hz,
               {"power_above_limit", "power", "conducted_limit_dbm", power_dbm,
                conducted_limit_dbm(technology.limits, bandwidth_hz)});
}

std::optional<Warning> unknown_limit_warning(const RadioTechnology& technology, double power_dbm) {
  constexpr double kFarAbove_db = 20.0;
  const PowerLimits& limits = technology.limits;
  if (!std::isnan(limits.eirp_dbm) || !std::isnan(limits.conducted_dbm)) return std::nullopt;
  if (!(power_dbm > limits.licence_power_dbm + kFarAbove_db)) return std::nullopt;
  return Warning{"power_limit_unknown",
                 fmt::format("{}: {:.1f} dBm at the antenna connector is {:.1f} dB above the largest licence seen "
                             "({:.1f} dBm: {}); what the rule allows is not known here",
                             technology.id, power_dbm, power_dbm - limits.licence_power_dbm,
                             limits.licence_power_dbm, source_text(technology, "licence_power_dbm"))};
}

std::optional<Warning> indoor_warning(const RadioTechnology& technology, double freq_hz, double bandwidth_hz) {
  const PowerLimits& limits = technology.limits;
  const bool inside =
      freq_hz + 0.5 * bandwidth_hz > limits.indoor_min_hz && freq_hz - 0.5 * bandwidth_hz < limits.indoor_max_hz;
  if (limits.indoor_max_hz <= limits.indoor_min_hz || !inside) return std::nullopt;
  return Warning{
      "carrier_indoor_only",
      fmt::format("{}: {:g} .. {:g} MHz are for use indoors alone: {}; a sector that stands indoors says "
                  "indoor = true",
                  technology.id, limits.indoor_min_hz / 1e6, limits.indoor_max_hz / 1e6,
                  source_text(technology, "indoor_only_hz"))};
}

}  // namespace amaneku
