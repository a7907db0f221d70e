#include "libsim/plan/earlier_sectors.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "libsim/engine/transmitter_sectors.hpp"
#include "libsim/index.hpp"
#include "libsim/maps/tiled_servers.hpp"

namespace amaneku {
namespace {

// Every member is bound, so that a new one is not forgotten: it does not compile.

bool same(const IsotropicAntenna& a, const IsotropicAntenna& b) {
  const auto& [gain] = a;
  return gain == b.gain_dbi;
}

bool same(const Element38901& a, const Element38901& b) {
  const auto& [gain, horizontal, vertical, front_to_back] = a;
  return gain == b.gain_dbi && horizontal == b.beamwidth_h_deg && vertical == b.beamwidth_v_deg &&
         front_to_back == b.front_to_back_db;
}

bool same(const TabulatedAntenna& a, const TabulatedAntenna& b) {
  const auto& [name, gain, horizontal, vertical, tilt, common, doubts] = a;
  return gain == b.gain_dbi && common == b.common_db && tilt == b.electrical_tilt_deg &&
         horizontal == b.horizontal_db && vertical == b.vertical_db;
}

bool same(const Range& a, const Range& b) {
  return a.min == b.min && a.max == b.max;
}

bool same(const Array38901& a, const Array38901& b) {
  const auto& [element, rows, columns, spacing_v, spacing_h, ssb_rows, ssb_columns, azimuths, tilts, steer_azimuth,
               steer_elevation] = a;
  return same(element, b.element) && rows == b.rows && columns == b.columns &&
         spacing_v == b.spacing_v_wavelengths && spacing_h == b.spacing_h_wavelengths && ssb_rows == b.ssb_rows &&
         ssb_columns == b.ssb_columns && azimuths == b.beam_azimuths_deg && tilts == b.beam_tilts_deg &&
         same(steer_azimuth, b.steer_azimuth_deg) && same(steer_elevation, b.steer_elevation_deg);
}

bool same(const AntennaPattern& a, const AntennaPattern& b) {
  return std::visit(
      [](const auto& one, const auto& other) {
        if constexpr (std::is_same_v<decltype(one), decltype(other)>) return same(one, other);
        return false;
      },
      a, b);
}

bool same(const Mounting& a, const Mounting& b) {
  const auto& [azimuth, mechanical, electrical] = a;
  return azimuth == b.azimuth_deg && mechanical == b.mechanical_downtilt_deg &&
         electrical == b.electrical_downtilt_deg;
}

bool same(const Sector& a, const Sector& b) {
  const auto& [id, freq, power, subcarriers, feeder, height, antenna, antenna_name, mounting, technology,
               bandwidth, carrier, load, indoor, fiscal_year] = a;
  return id == b.id && freq == b.freq_hz && power == b.power_dbm && subcarriers == b.subcarriers &&
         feeder == b.feeder_loss_db && height == b.tx_agl_m && same(antenna, b.antenna) &&
         same(mounting, b.mounting) && technology == b.technology && bandwidth == b.bandwidth_hz &&
         carrier == b.carrier && load == b.load;
}

/// Where it stands, and whose it is.
bool same_place(const Site& a, const Site& b) {
  const auto& [id, name, operator_id, position, at, convergence, existing, sectors] = a;
  return id == b.id && operator_id == b.operator_id && position == b.position && at.x_m == b.at.x_m &&
         at.y_m == b.at.y_m && convergence == b.convergence_deg;
}

class SectorsById {
 public:
  SectorsById(const Coverage& coverage, const std::vector<Site>& sites) {
    for (std::size_t s = 0; s < coverage.sectors.size(); ++s) {
      const Site& site = sites[index_of(coverage.sectors[s].site)];
      sectors_[{site.id, site.sectors[index_of(coverage.sectors[s].sector)].id}] = static_cast<int>(s);
    }
  }
  [[nodiscard]] int find(const std::string& site, const std::string& sector) const {
    const auto found = sectors_.find({site, sector});
    return found == sectors_.end() ? -1 : found->second;
  }

 private:
  std::map<std::pair<std::string, std::string>, int> sectors_{};
};

void add_windows(const std::vector<int>& counterpart, const Coverage& coverage, std::vector<CellWindow>& windows) {
  for (std::size_t s = 0; s < counterpart.size(); ++s) {
    if (counterpart[s] < 0)
      windows.push_back(window_of(coverage.transmitters[index_of(coverage.sectors[s].transmitter)]));
  }
}

}  // namespace

EarlierSectors earlier_sectors(const EarlierPlan& earlier, const PlanInput& input, const Coverage& coverage) {
  const Coverage& old = earlier.result.coverage;
  const std::vector<Site>& old_sites = earlier.input.network.sites;
  const SectorsById known(old, old_sites);
  EarlierSectors out{.before = std::vector<int>(coverage.sectors.size(), -1),
                     .now = std::vector<int>(old.sectors.size(), -1)};
  int last = -1;
  for (std::size_t s = 0; s < coverage.sectors.size(); ++s) {
    const Site& site = input.network.sites[index_of(coverage.sectors[s].site)];
    const Sector& sector = site.sectors[index_of(coverage.sectors[s].sector)];
    const int found = known.find(site.id, sector.id);
    if (found <= last) continue;
    const SectorRef& ref = old.sectors[index_of(found)];
    const Site& old_site = old_sites[index_of(ref.site)];
    if (!same_place(site, old_site) || !same(sector, old_site.sectors[index_of(ref.sector)])) continue;
    out.before[s] = last = found;
    out.now[index_of(found)] = static_cast<int>(s);
  }
  add_windows(out.before, coverage, out.changed);
  add_windows(out.now, old, out.changed);
  return out;
}

std::vector<int> earlier_transmitters(const EarlierSectors& sectors, const Coverage& earlier,
                                      const Coverage& coverage) {
  const TransmitterSectors now(coverage);
  const TransmitterSectors before(earlier);
  std::vector<int> out(coverage.transmitters.size(), -1);
  for (std::size_t t = 0; t < out.size(); ++t) {
    std::vector<int> fed;
    for (const int s : now.of(t)) fed.push_back(sectors.before[index_of(s)]);
    if (fed.empty() || fed.front() < 0) continue;
    const int candidate = earlier.sectors[index_of(fed.front())].transmitter;
    const std::span<const int> its = before.of(index_of(candidate));
    if (std::equal(fed.begin(), fed.end(), its.begin(), its.end())) out[t] = candidate;
  }
  return out;
}

bool same_targets(const PlanInput& a, const PlanInput& b) {
  return std::all_of(kServiceFields.begin(), kServiceFields.end(), [&](const Field<ServiceTargets>& field) {
    return a.service.*field.member == b.service.*field.member;
  });
}

}  // namespace amaneku
