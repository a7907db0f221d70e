#include "scenarios/ask/new/carrier_choice.hpp"

#include <algorithm>
#include <cmath>

#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kUsualPower_dbm = 40.0;

struct BandPart {
  double min_hz;
  double max_hz;
  [[nodiscard]] double width_hz() const noexcept { return max_hz - min_hz; }
};

BandPart outdoor_part(const RadioTechnology& technology) {
  const BandPart all{technology.freq_min_hz, technology.freq_max_hz};
  const PowerLimits& limits = technology.limits;
  if (limits.indoor_max_hz <= limits.indoor_min_hz) return all;
  const BandPart below{all.min_hz, std::max(all.min_hz, limits.indoor_min_hz)};
  const BandPart above{std::min(all.max_hz, limits.indoor_max_hz), all.max_hz};
  const BandPart wider = above.width_hz() >= below.width_hz() ? above : below;
  return wider.width_hz() > 0.0 ? wider : all;  // a band for use indoors alone
}

double widest_hz(const RadioTechnology& technology, double room_hz) {
  double widest = 0.0;
  for (const CarrierWidth& width : technology.widths) {
    if (width.bandwidth_hz <= room_hz) widest = std::max(widest, width.bandwidth_hz);
  }
  return widest > 0.0 ? widest : technology.widths.front().bandwidth_hz;
}

/// Of the carrier: a limit for a part of it holds for the parts together.
double power_of(const PowerLimits& limits, double bandwidth_hz, double gain_dbi) {
  const double parts_db = limits.per_bandwidth_hz > 0.0 && bandwidth_hz > limits.per_bandwidth_hz
                              ? 10.0 * std::log10(bandwidth_hz / limits.per_bandwidth_hz)
                              : 0.0;
  double power_dbm = kUsualPower_dbm;
  if (std::isfinite(limits.licence_power_dbm)) power_dbm = limits.licence_power_dbm;
  if (std::isfinite(limits.conducted_dbm)) power_dbm = std::min(power_dbm, limits.conducted_dbm + parts_db);
  if (std::isfinite(limits.eirp_dbm)) power_dbm = std::min(power_dbm, limits.eirp_dbm + parts_db - gain_dbi);
  return power_dbm;
}

double radius_of_m(double freq_hz) {
  if (freq_hz < 1e9) return 20'000.0;
  return freq_hz < 6e9 ? 8'000.0 : 2'000.0;
}

}  // namespace

CarrierChoice carrier_choice(const RadioTechnology& technology, double gain_dbi) {
  if (technology.widths.empty()) throw InternalError("a technology without carriers: " + technology.id);
  const BandPart part = outdoor_part(technology);
  const double freq_hz = 0.5 * (part.min_hz + part.max_hz);
  const double bandwidth_hz = widest_hz(technology, part.width_hz());
  return {.freq_hz = freq_hz,
          .bandwidth_hz = bandwidth_hz,
          .power_dbm = std::round(10.0 * power_of(technology.limits, bandwidth_hz, gain_dbi)) / 10.0,
          .gain_dbi = gain_dbi,
          .radius_m = radius_of_m(freq_hz)};
}

}  // namespace amaneku::scenarios
