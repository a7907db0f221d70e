#include "libsim/radio/power_limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace amaneku {
namespace {

constexpr double kRounding_db = 0.005;  // 200 mW are 23.0103 dBm, which people write as 23.01

double scaled_limit_dbm(double limit_dbm, double per_bandwidth_hz, double bandwidth_hz) noexcept {
  return per_bandwidth_hz > 0.0 ? limit_dbm + 10.0 * std::log10(bandwidth_hz / per_bandwidth_hz) : limit_dbm;
}

bool verified(const RadioTechnology& technology, const char* key) {
  return std::any_of(technology.sources.begin(), technology.sources.end(),
                     [&](const ValueSource& source) { return source.key == key && source.verified; });
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

}  // namespace amaneku
