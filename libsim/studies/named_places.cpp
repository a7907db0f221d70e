#include "libsim/studies/named_places.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "libsim/count/footprint_cells.hpp"

namespace amaneku {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// The cells of one place as they are met.
class PlaceTally {
 public:
  PlaceTally(const PlaceNeed& need, const ServerMaps& maps, const ServiceMaps* service)
      : need_(need), maps_(maps), service_(service) {}

  void add_outside(long long cells) {
    if (cells > 0) states_[PlaceState::outside] += cells;
  }

  void add(std::size_t cell) {
    const auto rsrp = static_cast<double>(maps_.rsrp_dbm.values[cell]);
    ++states_[state_of(cell, rsrp)];
    if (std::isnan(rsrp)) return;
    ++servers_[maps_.best_server.values[cell]];
    if (rsrp >= worst_.rsrp_dbm) return;
    worst_.rsrp_dbm = rsrp;
    worst_.dl_mbps = service_ != nullptr ? static_cast<double>(service_->dl_mbps.values[cell]) : kNone;
    worst_.ul_mbps = service_ != nullptr ? static_cast<double>(service_->ul_mbps.values[cell]) : kNone;
  }

  [[nodiscard]] PlaceResult result() const {
    PlaceResult out = worst_;
    if (std::isinf(out.rsrp_dbm)) out.rsrp_dbm = kNone;
    out.margin_db = out.rsrp_dbm - need_.level_dbm;
    long long all = 0;
    long long most = 0;
    PlaceState failing = PlaceState::outside;
    for (const auto& [state, cells] : states_) {
      all += cells;
      if (state != PlaceState::served && cells > most) {
        most = cells;
        failing = state;
      }
    }
    const auto served = states_.find(PlaceState::served);
    const long long good = served == states_.end() ? 0 : served->second;
    out.served_share = static_cast<double>(good) / static_cast<double>(all);
    out.state = good > 0 && out.served_share >= need_.area_share ? PlaceState::served : failing;
    long long largest = 0;
    for (const auto& [server, cells] : servers_) {
      if (cells <= largest) continue;
      largest = cells;
      out.server = server;
    }
    return out;
  }

 private:
  [[nodiscard]] PlaceState state_of(std::size_t cell, double rsrp_dbm) const {
    if (std::isnan(rsrp_dbm)) return PlaceState::not_computed;
    if (rsrp_dbm < need_.level_dbm) return PlaceState::too_weak;
    const auto gets = [&](const Raster<float>& mbps, double needed) {
      return static_cast<double>(mbps.values[cell]) >= needed;  // NaN does not
    };
    if (need_.dl_mbps > 0.0 && (service_ == nullptr || !gets(service_->dl_mbps, need_.dl_mbps)))
      return PlaceState::downlink;
    if (need_.ul_mbps > 0.0 && (service_ == nullptr || !gets(service_->ul_mbps, need_.ul_mbps)))
      return PlaceState::uplink;
    return PlaceState::served;
  }

  const PlaceNeed& need_;
  const ServerMaps& maps_;
  const ServiceMaps* service_;
  std::map<PlaceState, long long> states_{};
  std::map<std::int32_t, long long> servers_{};
  PlaceResult worst_{.rsrp_dbm = std::numeric_limits<double>::infinity(), .dl_mbps = kNone, .ul_mbps = kNone};
};

}  // namespace

PlacesReport serve_places(const std::vector<NamedPlace>& places, const ServerMaps& maps,
                          const ServiceMaps* service) {
  const Grid& grid = maps.rsrp_dbm.grid;
  FootprintCells footprint(grid);
  PlacesReport out;
  std::map<std::string, PlaceKindShare> kinds;
  for (const NamedPlace& place : places) {
    PlaceTally tally(place.need, maps, service);
    long long all = 0;
    footprint.for_each_run(place.area, [&](const CellRun& run) {
      const long long length = std::max(0LL, run.end - run.begin);
      all += length;
      if (run.row < 0 || run.row >= grid.ny) return tally.add_outside(length);
      const auto begin = std::clamp<long long>(run.begin, 0, grid.nx);
      const auto end = std::clamp<long long>(run.end, 0, grid.nx);
      tally.add_outside(length - std::max(0LL, end - begin));
      for (long long ix = begin; ix < end; ++ix)
        tally.add(grid.index(static_cast<int>(ix), static_cast<int>(run.row)));
    });
    if (all == 0) {
      const std::size_t cell = cell_holding(grid, place.at);
      if (cell == kNoCell) {
        tally.add_outside(1);
      } else {
        tally.add(cell);
      }
    }
    out.places.push_back(tally.result());
    PlaceKindShare& kind = kinds[place.kind];
    kind.kind = place.kind;
    kind.all += 1;
    kind.served += out.places.back().served() ? 1 : 0;
  }
  for (auto& [name, kind] : kinds) out.kinds.push_back(std::move(kind));
  return out;
}

}  // namespace amaneku
