#include "libsim/maps/radio.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

#include "libsim/index.hpp"
#include "libsim/maps/link_budget.hpp"
#include "libsim/parallel.hpp"

namespace amaneku {
namespace {

GroundSource all_of(const Ground& ground) {
  return
      [&ground](const Grid&) { return std::shared_ptr<const Ground>(std::shared_ptr<const Ground>(), &ground); };
}

/// One transmitter as points receive it.
class TransmitterAtPoints {
 public:
  TransmitterAtPoints(const Radio& radio, const TransmitterLoss& transmitter, std::span<const int> sectors)
      : radio_(radio),
        transmitter_(transmitter),
        site_(radio.sites()[index_of(transmitter.site)]),
        job_(loss_job(radio.world().ground, site_, radio.receiver(), radio.engine().coverage, transmitter_)),
        sectors_(sectors) {
    for (const int s : sectors) {
      const Sector& sector = radio.sector_of(s);
      patterns_.push_back(pattern_on_grid(site_, sector));
      before_gain_dbm_.push_back(link_budget(sector, radio.receiver(), {0.0}, {0.0}).rsrp().value);
    }
  }

  PathState add_to(std::vector<PointPower>& powers, Point at) const {
    const PointPath path = point_path(job_, radio_.engine().model, at);
    if (path.state != PathState::computed) return path.state;
    const double higher_m = path.profile.ground_asl_m.back() + radio_.receiver().rx_agl_m -
                            (transmitter_.tx_ground_asl_m + transmitter_.tx_agl_m);
    const double up_m = seen_above_m(radio_.coverage(), site_.at, at, higher_m);
    for (std::size_t i = 0; i < sectors_.size(); ++i) {
      const double gain_dbi = patterns_[i].gain_dbi(at.x_m - site_.at.x_m, at.y_m - site_.at.y_m, up_m);
      const double traffic_db =
          patterns_[i].has_beams() ? traffic_over_ssb_db(patterns_[i], site_.at, at, up_m) : 0.0;
      powers.push_back({sectors_[i], static_cast<float>(before_gain_dbm_[i] + gain_dbi - path.loss_db),
                        static_cast<float>(traffic_db), path.line_of_sight});
    }
    return path.state;
  }

  [[nodiscard]] double distance_to(Point at) const { return distance_m(site_.at, at); }

 private:
  const Radio& radio_;
  TransmitterLoss transmitter_;
  const Site& site_;
  LossJob job_;
  std::span<const int> sectors_;
  std::vector<SectorPattern> patterns_{};
  std::vector<double> before_gain_dbm_{};
};

}  // namespace

std::size_t path_loss_bytes(const Coverage& coverage, const std::vector<Site>& sites, double radius_m) {
  std::size_t bytes = 0;
  for (const TransmitterLoss& transmitter : coverage.transmitters) {
    const CellWindow window = reach_window(coverage.grid, sites[index_of(transmitter.site)].at, radius_m);
    bytes += window_grid(coverage.grid, window).cells() * sizeof(float);
  }
  return bytes;
}

Coverage without_losses(const Coverage& coverage) {
  Coverage out{.grid = coverage.grid,
               .sectors = coverage.sectors,
               .effective_earth_radius_m = coverage.effective_earth_radius_m};
  for (const TransmitterLoss& transmitter : coverage.transmitters) {
    TransmitterLoss bare;
    bare.site = transmitter.site;
    bare.freq_hz = transmitter.freq_hz;
    bare.tx_agl_m = transmitter.tx_agl_m;
    bare.tx_ground_asl_m = transmitter.tx_ground_asl_m;
    out.transmitters.push_back(std::move(bare));
  }
  return out;
}

Radio::Radio(const World& world, const Network& network, Engine engine, const Coverage& coverage, bool has_losses)
    : world_(&world),
      network_(&network),
      receiver_(network.receiver),
      engine_(std::move(engine)),
      coverage_(std::shared_ptr<const Coverage>(), &coverage),
      has_losses_(has_losses) {}

Radio Radio::with_losses_of(LossSource losses) const {
  Radio out = *this;
  out.stored_losses_ = std::move(losses);
  return out;
}

Radio Radio::as(const Reception& reception) const {
  Radio out = *this;
  if (reception.receiver) out.receiver_ = *reception.receiver;
  const bool same_losses = !reception.model && !reception.radius_m && out.receiver_.rx_agl_m == receiver_.rx_agl_m;
  if (same_losses) return out;
  if (reception.model) out.engine_.model = *reception.model;
  if (reception.radius_m) out.engine_.coverage.radius_m = *reception.radius_m;
  check_request(out.engine_.model, out.engine_.coverage);
  out.coverage_ = std::make_shared<const Coverage>(without_losses(*coverage_));
  out.has_losses_ = false;
  out.stored_losses_ = {};
  return out;
}

Radio Radio::with_losses() const {
  if (has_losses_ || path_loss_bytes(*coverage_, sites(), engine_.coverage.radius_m) > kMostPathLossBytes)
    return *this;
  Radio out = *this;
  Coverage computed = without_losses(*coverage_);
  run_site_loop(loop(), {}, {.keep_losses = true}, computed);
  out.coverage_ = std::make_shared<const Coverage>(std::move(computed));
  out.has_losses_ = true;
  return out;
}

SiteLoopInput Radio::loop(const ServerRules& rules) const {
  return {sites(), engine_.model, receiver_, engine_.coverage, all_of(world_->ground), rules, stored_losses_};
}

ServerMaps Radio::map(const ServerRules& rules, const Progress& progress) const {
  if (has_losses_) return best_server(*coverage_, sites(), world_->ground, receiver_, threads(), rules);
  ServerMaps maps = empty_maps(coverage_->grid);
  Coverage computed = without_losses(*coverage_);
  run_site_loop(loop(rules), {}, {.tile = [&](ServerTile&& tile) { paste(tile, maps); }}, computed, progress);
  return maps;
}

std::vector<PointReception> Radio::at(std::span<const Point> points) const {
  const TransmitterSectors sectors(*coverage_);
  std::deque<TransmitterAtPoints> transmitters;  // they refer to themselves
  const Coverage bare = without_losses(*coverage_);
  for (std::size_t t = 0; t < bare.transmitters.size(); ++t)
    transmitters.emplace_back(*this, bare.transmitters[t], sectors.of(t));
  std::vector<PointReception> out(points.size());
  parallel_for(points.size(), threads(), [&](std::size_t i) {
    double nearest_m = std::numeric_limits<double>::infinity();
    for (const TransmitterAtPoints& transmitter : transmitters) {
      const PathState state = transmitter.add_to(out[i].powers, points[i]);
      const double away_m = transmitter.distance_to(points[i]);
      if (state == PathState::computed || away_m >= nearest_m) continue;
      nearest_m = away_m;
      out[i].missing = state;
    }
    if (!out[i].powers.empty()) out[i].missing = PathState::computed;
    std::sort(out[i].powers.begin(), out[i].powers.end(),
              [](const PointPower& a, const PointPower& b) { return a.sector < b.sector; });
  });
  return out;
}

std::vector<PointReception> Radio::at_cells(const std::vector<Point>& points) const {
  Coverage computed = without_losses(*coverage_);
  PointPowers powers(computed, sites(), world_->ground.ground_asl_m, receiver_, points, PointPowers::kNoFloor_dbm);
  run_site_loop(loop(), {}, {.loss = [&](std::size_t t, const TransmitterLoss& loss) { powers.take(t, loss); }},
                computed);
  std::vector<PointReception> out;
  for (std::vector<PointPower>& of : powers.by_point()) {
    out.push_back({.powers = std::move(of)});
    if (!out.back().powers.empty()) continue;
    const Point at = points[out.size() - 1];
    const bool reached = std::any_of(
        coverage_->transmitters.begin(), coverage_->transmitters.end(),
        [&](const auto& t) { return distance_m(sites()[index_of(t.site)].at, at) <= engine_.coverage.radius_m; });
    out.back().missing = reached ? PathState::behind_void : PathState::beyond_radius;
  }
  return out;
}

std::optional<CellBudget> Radio::path(int sector, int ix, int iy) const {
  return cell_budget(*this, sector, ix, iy);
}

std::string Radio::sector_name(int sector) const {
  return sector < 0 ? std::string() : site_of(sector).id + " / " + sector_of(sector).id;
}

}  // namespace amaneku
