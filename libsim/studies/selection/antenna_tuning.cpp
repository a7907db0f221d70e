#include "libsim/studies/selection/antenna_tuning.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "libsim/engine/transmitter_sectors.hpp"
#include "libsim/index.hpp"
#include "libsim/maps/interference.hpp"
#include "libsim/maps/link_budget.hpp"
#include "libsim/maps/point_powers.hpp"
#include "libsim/maps/shadowing.hpp"
#include "libsim/maps/site_loop.hpp"
#include "libsim/parallel.hpp"
#include "propagation/sector_pattern.hpp"

namespace amaneku {
namespace {

constexpr double kFullTurn_deg = 360.0;
constexpr double kLargestGain_dbi = 40.0;  // of an antenna towards anywhere
constexpr int kMostRounds = 10;
constexpr double kLeastGain = 1e-9;  // of the people: less is rounding

/// What a point receives from a sector.
struct Received {
  float power_dbm = -std::numeric_limits<float>::infinity();
  float traffic_db = 0.0F;
  double power_mw = 0.0;
};

/// A sector as its points see it, without its antenna.
struct SectorReach {
  struct Ray {
    std::uint32_t point;
    float loss_db;
    double east_m;
    double north_m;
    double up_m;
  };
  std::vector<Ray> rays{};  ///< ascending by point
};

/// At a point, one of the sectors that reach it.
struct PointSector {
  int sector;
  std::uint32_t ray;  ///< of the sector
};

/// Losses at the points, one transmitter at a time.
class Reaches {
 public:
  Reaches(const Radio& radio, std::span<const DemandPoint> points)
      : radio_(radio), sectors_(radio.coverage()), reaches_(radio.coverage().sectors.size()) {
    const Grid& grid = radio.coverage().grid;
    for (const DemandPoint& point : points) {
      cells_.push_back(
          {std::min(grid.column_of(point.at.x_m), grid.nx - 1), std::min(grid.row_of(point.at.y_m), grid.ny - 1)});
    }
  }

  [[nodiscard]] std::vector<SectorReach> all() && {
    if (radio_.has_losses()) {
      const std::vector<TransmitterLoss>& losses = radio_.coverage().transmitters;
      parallel_for(losses.size(), radio_.threads(), [&](std::size_t t) { take(t, losses[t]); });
    } else {
      Coverage computed = without_losses(radio_.coverage());
      const Ground& ground = radio_.world().ground;
      const auto all_of_it = [&](const Grid&) {
        return std::shared_ptr<const Ground>(std::shared_ptr<const Ground>(), &ground);
      };
      run_site_loop(
          {radio_.sites(), radio_.engine().model, radio_.receiver(), radio_.engine().coverage, all_of_it}, {},
          {.loss = [&](std::size_t t, const TransmitterLoss& loss) { take(t, loss); }}, computed);
    }
    return std::move(reaches_);
  }

 private:
  struct Cell {
    int ix;
    int iy;
  };

  void take(std::size_t t, const TransmitterLoss& loss) {
    const Site& site = radio_.sites()[index_of(loss.site)];
    const Raster<float>& ground = radio_.world().ground.ground_asl_m;
    const Grid& window = loss.loss_db.grid;
    for (const int s : sectors_.of(t)) {
      const double before_dbm = link_budget(radio_.sector_of(s), radio_.receiver(), {0.0}, {0.0}).rsrp().value;
      for (std::size_t i = 0; i < cells_.size(); ++i) {
        const Cell& cell = cells_[i];
        const int ix = cell.ix - loss.ix0;
        const int iy = cell.iy - loss.iy0;
        if (ix < 0 || ix >= window.nx || iy < 0 || iy >= window.ny) continue;
        const float loss_db = loss.loss_db.at(ix, iy);
        if (std::isnan(loss_db)) continue;
        if (before_dbm + kLargestGain_dbi - static_cast<double>(loss_db) < PointPowers::kWeakest_dbm) continue;
        const Point at = radio_.coverage().grid.centre(cell.ix, cell.iy);
        const double higher_m = static_cast<double>(ground.at(cell.ix, cell.iy)) +
                                (radio_.receiver().rx_agl_m - (loss.tx_ground_asl_m + loss.tx_agl_m));
        reaches_[index_of(s)].rays.push_back({static_cast<std::uint32_t>(i), loss_db, at.x_m - site.at.x_m,
                                              at.y_m - site.at.y_m,
                                              seen_above_m(radio_.coverage(), site.at, at, higher_m)});
      }
    }
  }

  const Radio& radio_;
  TransmitterSectors sectors_;
  std::vector<Cell> cells_{};  ///< [point]
  std::vector<SectorReach> reaches_;
};

/// Sectors of a site that turn together.
struct Antenna {
  std::size_t site = 0;
  std::vector<std::size_t> of_site{};  ///< sectors of the site
  std::vector<int> sectors{};          ///< of Coverage::sectors, in the same order
  Mounting listed{};
  Mounting mounting{};
};

/// Of one site.
bool same_antenna(const Sector& a, const Sector& b) {
  return a.id == b.id && a.mounting.azimuth_deg == b.mounting.azimuth_deg &&
         a.mounting.mechanical_downtilt_deg == b.mounting.mechanical_downtilt_deg &&
         a.mounting.electrical_downtilt_deg == b.mounting.electrical_downtilt_deg;
}

/// People at the points, and what a position makes of them.
struct Outcome {
  double covered = 0.0;  ///< have the level
  double served = 0.0;
};

class Tuner {
 public:
  Tuner(const TuningInput& input, const TuningOptions& options)
      : input_(input),
        options_(options),
        radio_(input.radio),
        channels_(channel_plan(radio_.coverage(), radio_.sites())),
        fade_db_(location_margin_db(0.01 * input.targets.location_percent, input.targets.shadowing_sigma_db)) {
    std::vector<double> rise_db(input.noise_rise_db.begin(), input.noise_rise_db.end());
    rise_db.resize(radio_.coverage().sectors.size(), input.targets.uplink_noise_rise_db);
    servers_ = serving_sectors(radio_.coverage(), radio_.sites(), radio_.receiver(), rise_db);
    for (std::size_t s = 0; s < servers_.size(); ++s)
      load_.push_back(input.load.empty() ? radio_.sector_of(static_cast<int>(s)).load : input.load[s]);
    leak_.assign(channels_.channels.size(), std::vector<double>(channels_.channels.size(), 0.0));
    for (std::size_t from = 0; from < channels_.leaks.size(); ++from) {
      leak_[from][from] = 1.0;
      for (const Leak& leak : channels_.leaks[from]) leak_[from][index_of(leak.victim)] = leak.share;
    }
    reaches_ = Reaches(radio_, input.points).all();
    list_antennas();
    of_point_.resize(input.points.size());
    received_.resize(reaches_.size());
    for (std::size_t s = 0; s < reaches_.size(); ++s) {
      const SectorReach& reach = reaches_[s];
      for (std::size_t r = 0; r < reach.rays.size(); ++r)
        of_point_[reach.rays[r].point].push_back({static_cast<int>(s), static_cast<std::uint32_t>(r)});
      received_[s] = received(static_cast<int>(s), radio_.sector_of(static_cast<int>(s)).mounting);
    }
    for (std::size_t i = 0; i < of_point_.size(); ++i) at_point_.push_back(outcome(i, {}));
  }

  AntennaTuning run(const Progress& progress) {
    AntennaTuning out{.antennas = antennas_.size()};
    for (const DemandPoint& point : input_.points) out.people += point.people;
    const Outcome start = sum(at_point_);
    least_covered_ = start.covered;
    out.served_before = start.served;
    for (bool turned = true; turned && out.rounds < kMostRounds; ++out.rounds) {
      turned = false;
      for (std::size_t a = 0; a < antennas_.size(); ++a) {
        turned = best_position(antennas_[a], tilts(antennas_[a]), out) || turned;
        turned = best_position(antennas_[a], azimuths(antennas_[a]), out) || turned;
        if (progress && out.rounds == 0)
          progress(static_cast<double>(a + 1) / static_cast<double>(antennas_.size()));
      }
    }
    out.served_after = sum(at_point_).served;
    return out;
  }

 private:
  void list_antennas() {
    for (std::size_t s = 0; s < radio_.coverage().sectors.size(); ++s) {
      const SectorRef& ref = radio_.coverage().sectors[s];
      if (!input_.may_turn[index_of(ref.site)]) continue;
      const Sector& sector = radio_.sector_of(static_cast<int>(s));
      if (pattern_on_grid(radio_.site_of(static_cast<int>(s)), sector).is_isotropic()) continue;
      const auto same = std::find_if(antennas_.begin(), antennas_.end(), [&](const Antenna& antenna) {
        return antenna.site == index_of(ref.site) &&
               same_antenna(radio_.sector_of(antenna.sectors.front()), sector);
      });
      Antenna& antenna = same == antennas_.end() ? antennas_.emplace_back() : *same;
      if (antenna.sectors.empty()) {
        antenna.site = index_of(ref.site);
        antenna.listed = antenna.mounting = sector.mounting;
      }
      antenna.of_site.push_back(index_of(ref.sector));
      antenna.sectors.push_back(static_cast<int>(s));
    }
  }

  /// The position where it stands is not among them; those nearest to the listed one come first.
  [[nodiscard]] std::vector<Mounting> tilts(const Antenna& antenna) const {
    std::vector<Mounting> out;
    if (options_.tilt_step_deg <= 0.0) return out;
    for (int k = 0; k * options_.tilt_step_deg <= options_.tilt_most_deg + 1e-9; ++k) {
      Mounting to = antenna.mounting;
      to.electrical_downtilt_deg = k * options_.tilt_step_deg;
      if (to.electrical_downtilt_deg != antenna.mounting.electrical_downtilt_deg) out.push_back(to);
    }
    std::stable_sort(out.begin(), out.end(), [&](const Mounting& a, const Mounting& b) {
      return std::abs(a.electrical_downtilt_deg - antenna.listed.electrical_downtilt_deg) <
             std::abs(b.electrical_downtilt_deg - antenna.listed.electrical_downtilt_deg);
    });
    return out;
  }

  [[nodiscard]] std::vector<Mounting> azimuths(const Antenna& antenna) const {
    std::vector<Mounting> out;
    for (int k = 0;
         options_.azimuth_step_deg > 0.0 && k * options_.azimuth_step_deg <= options_.azimuth_within_deg + 1e-9;
         ++k) {
      for (const int side : {-1, 1}) {
        Mounting to = antenna.mounting;
        const double azimuth_deg = antenna.listed.azimuth_deg + side * k * options_.azimuth_step_deg;
        to.azimuth_deg = azimuth_deg < 0.0              ? azimuth_deg + kFullTurn_deg
                         : azimuth_deg >= kFullTurn_deg ? azimuth_deg - kFullTurn_deg
                                                        : azimuth_deg;
        const bool twice = k == 0 && side == 1;
        if (!twice && to.azimuth_deg != antenna.mounting.azimuth_deg) out.push_back(to);
      }
    }
    return out;
  }

  [[nodiscard]] std::vector<Received> received(int s, const Mounting& mounting) const {
    Sector sector = radio_.sector_of(s);
    sector.mounting = mounting;
    const SectorPattern pattern = pattern_on_grid(radio_.site_of(s), sector);
    std::vector<Received> out;
    out.reserve(reaches_[index_of(s)].rays.size());
    const double before_dbm = link_budget(sector, radio_.receiver(), {0.0}, {0.0}).rsrp().value;
    for (const SectorReach::Ray& ray : reaches_[index_of(s)].rays) {
      const double gain_dbi = pattern.gain_dbi(ray.east_m, ray.north_m, ray.up_m);
      const double power_dbm = before_dbm + gain_dbi - static_cast<double>(ray.loss_db);
      const double traffic_db =
          pattern.has_beams() ? pattern.traffic_gain_dbi(ray.east_m, ray.north_m, ray.up_m) - gain_dbi : 0.0;
      out.push_back({static_cast<float>(power_dbm), static_cast<float>(traffic_db), milliwatts({power_dbm})});
    }
    return out;
  }

  /// Sectors that are tried in another position.
  struct Trial {
    std::span<const int> sectors{};
    std::vector<std::vector<Received>> received{};  ///< [sectors][ray]
  };

  [[nodiscard]] const Received& of(const PointSector& from, const Trial& trial) const {
    for (std::size_t k = 0; k < trial.sectors.size(); ++k) {
      if (trial.sectors[k] == from.sector) return trial.received[k][from.ray];
    }
    return received_[index_of(from.sector)][from.ray];
  }

  /// As the maps have it: the strongest serves, of equal ones the first.
  [[nodiscard]] Outcome outcome(std::size_t point, const Trial& trial) const {
    const std::vector<PointSector>& from = of_point_[point];
    const PointSector* server = nullptr;
    const Received* best = nullptr;
    for (const PointSector& one : from) {
      const Received& received = of(one, trial);
      if (best != nullptr && received.power_dbm <= best->power_dbm) continue;
      server = &one;
      best = &received;
    }
    Outcome out;
    if (best == nullptr) return out;
    const double people = input_.points[point].people;
    if (static_cast<double>(best->power_dbm) >= input_.threshold_dbm) out.covered = people;
    const ServingSector& serving = servers_[index_of(server->sector)];
    if (!serving.knows_carrier()) return out;
    const double rsrp_dbm = static_cast<double>(best->power_dbm) - fade_db_;
    if (rsrp_dbm < serving.carrier().rsrp_min_dbm) return out;
    const std::size_t channel = index_of(channels_.of_sector[index_of(server->sector)]);
    double others_mw = 0.0;
    for (const PointSector& one : from) {
      if (one.sector == server->sector) continue;
      const auto s = index_of(one.sector);
      others_mw += leak_[index_of(channels_.of_sector[s])][channel] * load_[s] * of(one, trial).power_mw;
    }
    const double others_dbm = others_mw > 0.0
                                  ? static_cast<double>(static_cast<float>(10.0 * std::log10(others_mw)))
                                  : -std::numeric_limits<double>::infinity();
    const CellService cell = serving.serve(rsrp_dbm, others_dbm, static_cast<double>(best->traffic_db));
    if (is_served(cell, serving.carrier(), input_.targets)) out.served = people;
    return out;
  }

  [[nodiscard]] static Outcome sum(const std::vector<Outcome>& points) {
    Outcome out;
    for (const Outcome& point : points) {
      out.covered += point.covered;
      out.served += point.served;
    }
    return out;
  }

  /// Points that any of the sectors reaches.
  [[nodiscard]] std::vector<std::uint32_t> points_of(const Antenna& antenna) const {
    std::vector<std::uint32_t> out;
    for (const int s : antenna.sectors) {
      for (const SectorReach::Ray& ray : reaches_[index_of(s)].rays) out.push_back(ray.point);
    }
    if (antenna.sectors.size() > 1) {
      std::sort(out.begin(), out.end());
      out.erase(std::unique(out.begin(), out.end()), out.end());
    }
    return out;
  }

  bool best_position(Antenna& antenna, const std::vector<Mounting>& positions, AntennaTuning& out) {
    if (positions.empty()) return false;
    const std::vector<std::uint32_t> points = points_of(antenna);
    std::vector<Trial> trials(positions.size());
    std::vector<std::vector<Outcome>> outcomes(positions.size());
    parallel_for(positions.size(), radio_.threads(), [&](std::size_t k) {
      trials[k].sectors = antenna.sectors;
      for (const int s : antenna.sectors) trials[k].received.push_back(received(s, positions[k]));
      for (const std::uint32_t point : points) outcomes[k].push_back(outcome(point, trials[k]));
    });
    out.tried += positions.size();
    Outcome now;
    for (const std::uint32_t point : points) {
      now.covered += at_point_[point].covered;
      now.served += at_point_[point].served;
    }
    const double spare = sum(at_point_).covered - least_covered_;  // people who may lose the level
    std::size_t best = positions.size();
    double most = now.served + kLeastGain * std::max(1.0, out.people);
    for (std::size_t k = 0; k < positions.size(); ++k) {
      const Outcome there = sum(outcomes[k]);
      const bool keeps_level = there.covered >= now.covered - spare - kLeastGain * std::max(1.0, out.people);
      if (!keeps_level || there.served <= most) continue;
      best = k;
      most = there.served;
    }
    if (best == positions.size()) return false;
    out.turns.push_back({antenna.site, antenna.of_site, antenna.mounting, positions[best]});
    antenna.mounting = positions[best];
    for (std::size_t k = 0; k < antenna.sectors.size(); ++k)
      received_[index_of(antenna.sectors[k])] = std::move(trials[best].received[k]);
    for (std::size_t i = 0; i < points.size(); ++i) at_point_[points[i]] = outcomes[best][i];
    return true;
  }

  const TuningInput& input_;
  const TuningOptions& options_;
  const Radio& radio_;
  ChannelPlan channels_;
  double fade_db_;
  std::vector<ServingSector> servers_{};
  std::vector<double> load_{};               ///< [sector]
  std::vector<std::vector<double>> leak_{};  ///< [from channel][into channel]
  std::vector<SectorReach> reaches_{};       ///< [sector]
  std::vector<Antenna> antennas_{};
  std::vector<std::vector<PointSector>> of_point_{};  ///< [point] ascending by sector
  std::vector<std::vector<Received>> received_{};     ///< [sector][ray] as they stand now
  std::vector<Outcome> at_point_{};                   ///< [point] likewise
  double least_covered_ = 0.0;
};

}  // namespace

AntennaTuning tune_antennas(const TuningInput& input, const TuningOptions& options, const Progress& progress) {
  if (!knows_any_carrier(input.radio.coverage(), input.radio.sites()))
    throw InputError(Fault{.message = "needs sectors with a technology: without one nothing says what SINR serves",
                           .key = "tuning"});
  return Tuner(input, options).run(progress);
}

void turn_antenna(std::vector<Site>& sites, const AntennaTurn& turn) {
  for (const std::size_t sector : turn.sectors) {
    Mounting& mounting = sites[turn.site].sectors[sector].mounting;
    mounting.azimuth_deg = turn.to.azimuth_deg;
    mounting.electrical_downtilt_deg = turn.to.electrical_downtilt_deg;
  }
}

}  // namespace amaneku
