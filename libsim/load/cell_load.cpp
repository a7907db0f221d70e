#include "libsim/load/cell_load.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "libsim/index.hpp"
#include "libsim/maps/interference.hpp"
#include "libsim/maps/shadowing.hpp"
#include "libsim/parallel.hpp"

namespace amaneku {
namespace {

/// What another sector is to a point of a cell.
struct Neighbour {
  std::size_t local;   ///< index into Cell::neighbours
  double downlink_mw;  ///< per subcarrier at full load, what falls into the cell's channel
  double uplink_gain;  ///< from the point's device to that sector's receiver, with the overlap of the channels
};

struct ServedPoint {
  const DemandPoint* demand;
  double signal_mw;  ///< of data: with the traffic beam
  double coupling_loss_db;
  bool uplink;        ///< within reach without interference, as the downlink is of every point here
  bool receives;      ///< the downlink carries with all loads; what receives nothing sends nothing
  std::size_t first;  ///< of its neighbours in Cell::heard
  std::size_t end;
};

/// A sector and the points that it serves.
struct Cell {
  std::vector<ServedPoint> points{};
  std::vector<Neighbour> heard{};
  std::vector<int> neighbours{};  ///< sectors, ascending
};

/// What one round of the uplink finds for a cell.
struct UplinkRound {
  double wanted = 0.0;
  std::vector<double> sent_mw{};  ///< [neighbour] mean power per block that its devices put into that receiver
};

/// Uplinks at the noise rises that occur, made when they are first asked for.
class UplinkTables {
 public:
  using Key = std::pair<const Carrier*, int>;  // tenths of a decibel

  void prepare(const std::vector<Key>& keys, int threads) {
    std::vector<Key> fresh;
    for (const Key& key : keys) {
      if (key.first != nullptr && tables_.emplace(key, nullptr).second) fresh.push_back(key);
    }
    std::vector<std::shared_ptr<const UplinkRates>> made(fresh.size());
    parallel_for(fresh.size(), threads, [&](std::size_t i) {
      made[i] = std::make_shared<const UplinkRates>(*fresh[i].first, 0.1 * fresh[i].second);
    });
    for (std::size_t i = 0; i < fresh.size(); ++i) tables_[fresh[i]] = std::move(made[i]);
  }
  [[nodiscard]] const UplinkRates& of(const Key& key) const { return *tables_.at(key); }

 private:
  std::map<Key, std::shared_ptr<const UplinkRates>> tables_{};
};

class LoadSolver {
 public:
  LoadSolver(const LoadInput& input, const LoadOptions& options)
      : options_(options),
        channels_(channel_plan(input.coverage, input.sites)),
        fade_db_(location_margin_db(0.01 * input.targets.location_percent, input.targets.shadowing_sigma_db)),
        cells_(input.coverage.sectors.size()),
        rise_tenths_(cells_.size(), 0) {
    result_.cells.resize(cells_.size());
    carriers_.reserve(cells_.size());
    for (const SectorRef& ref : input.coverage.sectors) {
      carriers_.push_back(input.sites[index_of(ref.site)].sectors[index_of(ref.sector)].carrier.get());
    }
    for (std::size_t s = 0; s < cells_.size(); ++s) {
      const SectorRef& ref = input.coverage.sectors[s];
      // No rates, no load of its own: it goes on interfering as the site says.
      if (carriers_[s] == nullptr) {
        result_.cells[s].dl_load = input.sites[index_of(ref.site)].sectors[index_of(ref.sector)].load;
      }
    }
    const std::vector<double> quiet(cells_.size(), 0.0);
    servers_ = serving_sectors(input.coverage, input.sites, input.receiver, quiet);
    prepare_tables();
    for (std::size_t p = 0; p < input.demand.size(); ++p) place(input.demand[p], input.powers[p]);
    for (Cell& cell : cells_) name_neighbours(cell);
  }

  /// The downlink does not hear the uplink: it is solved first, and says who sends at all.
  NetworkLoad solve() {
    const bool downlink = climb([&] { return downlink_round(); });
    const double downlink_change = result_.last_change;
    find_receiving();
    const bool uplink = climb([&] { return uplink_round(); });
    result_.last_change = std::max(result_.last_change, downlink_change);
    result_.converged = downlink && uplink;
    account();
    return std::move(result_);
  }

 private:
  /// The strongest sector serves, as in the maps.
  void place(const DemandPoint& demand, const std::vector<PointPower>& powers) {
    result_.dl_demand_bps += demand.dl_bps;
    result_.ul_demand_bps += demand.ul_bps;
    const auto stronger = [](const PointPower& a, const PointPower& b) { return a.power_dbm < b.power_dbm; };
    const auto best = std::max_element(powers.begin(), powers.end(), stronger);
    const bool served = best != powers.end() && carriers_[index_of(best->sector)] != nullptr;
    if (!served) {
      out_of_reach(demand, true, true);
      return;
    }
    const ServingSector& server = servers_[index_of(best->sector)];
    const double rsrp_dbm = static_cast<double>(best->power_dbm) - fade_db_;
    const CellService alone = server.serve(rsrp_dbm, -std::numeric_limits<double>::infinity(),
                                           static_cast<double>(best->traffic_gain_db));
    const bool downlink = rsrp_dbm >= server.carrier().rsrp_min_dbm && alone.dl_bps > 0.0;
    const bool uplink = downlink && alone.ul_bps > 0.0;
    out_of_reach(demand, !downlink, !uplink);
    if (!downlink) return;
    Cell& cell = cells_[index_of(best->sector)];
    const std::size_t first = cell.heard.size();
    for (const PointPower& other : powers) {
      if (other.sector != best->sector) hear(cell, best->sector, other);
    }
    cell.points.push_back({&demand, milliwatts({rsrp_dbm + alone.traffic_gain_db}), alone.coupling_loss_db, uplink,
                           true, first, cell.heard.size()});
  }

  void out_of_reach(const DemandPoint& demand, bool downlink, bool uplink) {
    if (downlink) {
      result_.dl_out_of_reach_bps += demand.dl_bps;
      result_.people_out_of_reach += demand.people;
    }
    if (uplink) result_.ul_out_of_reach_bps += demand.ul_bps;
  }

  void hear(Cell& cell, int server, const PointPower& other) {
    const Channel& own = channels_.channels[index_of(channels_.of_sector[index_of(server)])];
    const Channel& theirs = channels_.channels[index_of(channels_.of_sector[index_of(other.sector)])];
    const double into_ours = interference_share(own, theirs);
    if (into_ours <= 0.0) return;
    const auto power_dbm = static_cast<double>(other.power_dbm);
    const bool receives = carriers_[index_of(other.sector)] != nullptr;
    const double gain_db = receives ? -servers_[index_of(other.sector)].coupling_loss_db(power_dbm) : -1e3;
    cell.heard.push_back({index_of(other.sector), into_ours * milliwatts({power_dbm}),
                          interference_share(theirs, own) * std::pow(10.0, 0.1 * gain_db)});
  }

  /// Sector numbers become places in the cell's own list.
  static void name_neighbours(Cell& cell) {
    for (const Neighbour& heard : cell.heard) cell.neighbours.push_back(static_cast<int>(heard.local));
    std::sort(cell.neighbours.begin(), cell.neighbours.end());
    cell.neighbours.erase(std::unique(cell.neighbours.begin(), cell.neighbours.end()), cell.neighbours.end());
    for (Neighbour& heard : cell.heard) {
      const auto at =
          std::lower_bound(cell.neighbours.begin(), cell.neighbours.end(), static_cast<int>(heard.local));
      heard.local = static_cast<std::size_t>(at - cell.neighbours.begin());
    }
  }

  void prepare_tables() {
    std::vector<UplinkTables::Key> keys;
    for (std::size_t s = 0; s < cells_.size(); ++s) {
      keys.emplace_back(carriers_[s], rise_tenths_[s]);
      keys.emplace_back(carriers_[s], 0);
    }
    tables_.prepare(keys, options_.threads);
  }

  [[nodiscard]] double sinr_db(std::size_t s, const ServedPoint& point) const {
    double disturbance_mw = milliwatts({carriers_[s]->device_noise_dbm});
    for (std::size_t i = point.first; i < point.end; ++i) {
      const Neighbour& heard = cells_[s].heard[i];
      disturbance_mw += heard.downlink_mw * result_.cells[index_of(cells_[s].neighbours[heard.local])].dl_load;
    }
    return 10.0 * std::log10(point.signal_mw / disturbance_mw);
  }

  /// Below the lowest step: that step, repeated.
  [[nodiscard]] static double rate_with_repetition(const RateCurve& curve, double sinr_db) {
    const double lowest_db = curve.sinr_db().front();
    if (sinr_db >= lowest_db) return curve.at(sinr_db);
    return curve.rate_bps().front() * std::pow(10.0, 0.1 * (sinr_db - lowest_db));
  }

  /// What the device sends, and what it gets for it.
  [[nodiscard]] UplinkChoice sent(std::size_t s, const ServedPoint& point) const {
    const UplinkChoice& choice = tables_.of({carriers_[s], rise_tenths_[s]}).at(point.coupling_loss_db);
    if (choice.rate_bps > 0.0) return choice;
    UplinkChoice repeated = tables_.of({carriers_[s], 0}).at(point.coupling_loss_db);
    repeated.rate_bps *= std::pow(10.0, -0.01 * rise_tenths_[s]);
    return repeated;
  }

  /// Rounds until one changes no load by more than the tolerance; whether that came.
  template <class RoundOf>
  bool climb(const RoundOf& round) {
    for (int i = 0; i < options_.most_rounds; ++i) {
      ++result_.rounds;
      if (round()) return true;
    }
    return false;
  }

  [[nodiscard]] double downlink_wanted(std::size_t s) const {
    double wanted = 0.0;
    for (const ServedPoint& point : cells_[s].points) {
      wanted += point.demand->dl_bps / rate_with_repetition(carriers_[s]->downlink, sinr_db(s, point));
    }
    return wanted;
  }

  bool downlink_round() {
    std::vector<double> wanted(cells_.size());
    parallel_for(cells_.size(), options_.threads, [&](std::size_t s) { wanted[s] = downlink_wanted(s); });
    double change = 0.0;
    for (std::size_t s = 0; s < cells_.size(); ++s) {
      if (carriers_[s] == nullptr) continue;
      CellLoad& load = result_.cells[s];
      load.dl_wanted = wanted[s];
      change = std::max(change, std::fabs(std::min(1.0, wanted[s]) - load.dl_load));
      load.dl_load = std::min(1.0, wanted[s]);
    }
    result_.last_change = change;
    return change <= options_.tolerance;
  }

  void find_receiving() {
    parallel_for(cells_.size(), options_.threads, [&](std::size_t s) {
      for (ServedPoint& point : cells_[s].points) {
        point.receives = carriers_[s]->downlink.at(sinr_db(s, point)) > 0.0;
      }
    });
  }

  [[nodiscard]] UplinkRound uplink_of(std::size_t s) const {
    const Cell& cell = cells_[s];
    UplinkRound round;
    round.sent_mw.resize(cell.neighbours.size());
    for (const ServedPoint& point : cell.points) {
      if (!point.uplink || !point.receives || point.demand->ul_bps <= 0.0) continue;
      const UplinkChoice choice = sent(s, point);
      const int all = tables_.of({carriers_[s], 0}).resource_blocks();
      const double blocks = point.demand->ul_bps / choice.rate_bps * choice.resource_blocks / all;
      round.wanted += blocks;
      const double power_mw = blocks * milliwatts({choice.block_power_dbm});
      for (std::size_t i = point.first; i < point.end; ++i) {
        round.sent_mw[cell.heard[i].local] += power_mw * cell.heard[i].uplink_gain;
      }
    }
    return round;
  }

  bool uplink_round() {
    std::vector<UplinkRound> rounds(cells_.size());
    parallel_for(cells_.size(), options_.threads, [&](std::size_t s) { rounds[s] = uplink_of(s); });
    double change = 0.0;
    std::vector<double> received_mw(cells_.size(), 0.0);
    for (std::size_t s = 0; s < cells_.size(); ++s) {
      if (carriers_[s] == nullptr) continue;
      CellLoad& load = result_.cells[s];
      load.ul_wanted = std::max(load.ul_wanted, rounds[s].wanted);
      const double ul_load = std::min(1.0, load.ul_wanted);
      change = std::max(change, std::fabs(ul_load - load.ul_load));
      load.ul_load = ul_load;
      const double carried = rounds[s].wanted > 1.0 ? 1.0 / rounds[s].wanted : 1.0;
      for (std::size_t i = 0; i < rounds[s].sent_mw.size(); ++i) {
        received_mw[index_of(cells_[s].neighbours[i])] += carried * rounds[s].sent_mw[i];
      }
    }
    const bool louder = raise_noise(received_mw);
    result_.last_change = change;
    return change <= options_.tolerance && !louder;
  }

  /// Whether any noise rise has grown.
  bool raise_noise(const std::vector<double>& received_mw) {
    bool louder = false;
    for (std::size_t s = 0; s < cells_.size(); ++s) {
      if (carriers_[s] == nullptr) continue;
      const double noise_mw = milliwatts({tables_.of({carriers_[s], 0}).block_noise_dbm()});
      const double rise_db = 10.0 * std::log10(1.0 + received_mw[s] / noise_mw);
      const int tenths = static_cast<int>(std::ceil(10.0 * rise_db - 1e-9));
      louder = louder || tenths > rise_tenths_[s];
      rise_tenths_[s] = std::max(rise_tenths_[s], tenths);
      result_.cells[s].noise_rise_db = 0.1 * rise_tenths_[s];
    }
    prepare_tables();
    return louder;
  }

  /// Who is served in the end.
  void account() {
    for (std::size_t s = 0; s < cells_.size(); ++s) {
      CellLoad& load = result_.cells[s];
      const double dl_share = load.dl_wanted > 1.0 ? 1.0 / load.dl_wanted : 1.0;
      const double ul_share = load.ul_wanted > 1.0 ? 1.0 / load.ul_wanted : 1.0;
      for (const ServedPoint& point : cells_[s].points) {
        load.dl_demand_bps += point.demand->dl_bps;
        if (point.receives) {
          load.dl_served_bps += dl_share * point.demand->dl_bps;
          load.people += point.demand->people;
        } else {
          load.dl_interfered_bps += point.demand->dl_bps;
          result_.people_interfered += point.demand->people;
        }
        if (!point.uplink) continue;
        load.ul_demand_bps += point.demand->ul_bps;
        if (point.receives &&
            tables_.of({carriers_[s], rise_tenths_[s]}).at(point.coupling_loss_db).rate_bps > 0.0) {
          load.ul_served_bps += ul_share * point.demand->ul_bps;
        } else {
          load.ul_interfered_bps += point.demand->ul_bps;
        }
      }
      result_.dl_interfered_bps += load.dl_interfered_bps;
      result_.ul_interfered_bps += load.ul_interfered_bps;
    }
  }

  LoadOptions options_;
  ChannelPlan channels_;
  double fade_db_;
  std::vector<Cell> cells_;                 ///< [sector]
  std::vector<const Carrier*> carriers_{};  ///< [sector] nullptr: not known
  std::vector<ServingSector> servers_{};    ///< [sector]
  std::vector<int> rise_tenths_;            ///< [sector] noise rise, 0.1 dB
  UplinkTables tables_{};
  NetworkLoad result_{};
};

}  // namespace

NetworkLoad solve_load(const LoadInput& input, const LoadOptions& options) {
  return LoadSolver(input, options).solve();
}

std::vector<double> downlink_loads(const NetworkLoad& load) {
  std::vector<double> out;
  for (const CellLoad& cell : load.cells) out.push_back(cell.dl_load);
  return out;
}

std::vector<double> noise_rises_db(const NetworkLoad& load) {
  std::vector<double> out;
  for (const CellLoad& cell : load.cells) out.push_back(cell.noise_rise_db);
  return out;
}

std::vector<FreeShare> free_shares(const NetworkLoad& load) {
  std::vector<FreeShare> out;
  for (const CellLoad& cell : load.cells) out.push_back(cell.free());
  return out;
}

}  // namespace amaneku
