#include "libsim/engine/transmitter_sectors.hpp"

namespace amaneku {

TransmitterSectors::TransmitterSectors(const Coverage& coverage)
    : first_(coverage.transmitters.size() + 1), sectors_(coverage.sectors.size()) {
  for (const SectorRef& ref : coverage.sectors) ++first_[static_cast<std::size_t>(ref.transmitter) + 1];
  for (std::size_t t = 1; t < first_.size(); ++t) first_[t] += first_[t - 1];
  std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t s = 0; s < coverage.sectors.size(); ++s) {
    sectors_[next[static_cast<std::size_t>(coverage.sectors[s].transmitter)]++] = static_cast<int>(s);
  }
}

SectorPattern pattern_on_grid(const Site& site, const Sector& sector) {
  Mounting from_grid_north = sector.mounting;
  from_grid_north.azimuth_deg += site.convergence_deg;
  return {sector.antenna, from_grid_north};
}

double seen_above_m(const Coverage& coverage, Point site, Point at, double higher_m) noexcept {
  const double east_m = at.x_m - site.x_m;
  const double north_m = at.y_m - site.y_m;
  return seen_above_m(higher_m, east_m * east_m + north_m * north_m, coverage.effective_earth_radius_m);
}

double traffic_over_ssb_db(const SectorPattern& pattern, Point site, Point at, double up_m) noexcept {
  const double east_m = at.x_m - site.x_m;
  const double north_m = at.y_m - site.y_m;
  return pattern.traffic_gain_dbi(east_m, north_m, up_m) - pattern.gain_dbi(east_m, north_m, up_m);
}

}  // namespace amaneku
