#include "scenarios/read/plausibility.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace amaneku::scenarios {
namespace {

/// The highest masts of mobile networks in Japan are below it; broadcasting towers are not.
constexpr double kTallest_agl_m = 150.0;
/// 20 mW: what an access point sends. A base station on a carrier of 5 MHz or more sends watts.
constexpr double kLeast_dbm = 13.0;
constexpr double kNarrow_hz = 5e6;
/// 1 kW.
constexpr double kMost_dbm = 60.0;

/// The first of its kind, and how many there are.
struct Suspicion {
  std::string example{};
  long long count = 0;

  void add(const Site& site, const Sector& sector, const std::string& value) {
    if (count++ == 0) example = fmt::format("{} / {} ({})", site.id, sector.id, value);
  }
};

}  // namespace

std::vector<Warning> unlikely_values(const std::vector<Site>& sites) {
  Suspicion tall;
  Suspicion weak;
  Suspicion strong;
  for (const Site& site : sites) {
    if (!site.existing) continue;
    for (const Sector& sector : site.sectors) {
      const double watts = std::pow(10.0, 0.1 * sector.power_dbm - 3.0);
      if (sector.tx_agl_m > kTallest_agl_m) tall.add(site, sector, fmt::format("{:g} m", sector.tx_agl_m));
      const double width_hz = sector.carrier ? sector.carrier->width.bandwidth_hz : sector.bandwidth_hz;
      if (sector.power_dbm < kLeast_dbm && width_hz >= kNarrow_hz)
        weak.add(site, sector, fmt::format("{:g} dBm = {:.2g} W", sector.power_dbm, watts));
      if (sector.power_dbm > kMost_dbm)
        strong.add(site, sector, fmt::format("{:g} dBm = {:.0f} W", sector.power_dbm, watts));
    }
  }
  std::vector<Warning> warnings;
  if (tall.count > 0) {
    warnings.push_back({"antenna_height_unlikely",
                        "antennas more than 150 m above ground, such as " + tall.example +
                            ": tx_agl_m is above ground, not above the sea",
                        tall.count});
  }
  if (weak.count > 0) {
    warnings.push_back(
        {"power_unlikely",
         "sectors of less than 20 mW, such as " + weak.example + ": power_dbm is in dBm, 10 W are 40 dBm",
         weak.count});
  }
  if (strong.count > 0) {
    warnings.push_back({"power_unlikely",
                        "sectors of more than 1 kW, such as " + strong.example +
                            ": power_dbm is the conducted power of the carrier, in dBm",
                        strong.count});
  }
  return warnings;
}

}  // namespace amaneku::scenarios
