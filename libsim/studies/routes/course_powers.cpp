#include "libsim/studies/routes/course_powers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "libsim/index.hpp"

namespace amaneku {
namespace {

/// A place with profiles of its own.
struct Anchor {
  std::size_t sample;
  double rx_agl_m;
};

double ground_at(const Radio& radio, Point at) {
  return static_cast<double>(sample_bilinear(radio.world().ground.ground_asl_m, at));
}

class PowerRun {
 public:
  PowerRun(const Radio& radio, const Course& course, const CourseRadioOptions& options)
      : radio_(radio), course_(course), options_(options) {}

  CoursePowers run() {
    std::vector<Anchor> anchors;
    for (const CourseStretch& stretch : course_.stretches) {
      if (stretch.kind != WayKind::tunnel) add_anchors(stretch, anchors);
    }
    receive(anchors);
    list_cells(anchors);
    fill_open(anchors);
    for (std::size_t s = 0; s < course_.stretches.size(); ++s) {
      if (course_.stretches[s].kind == WayKind::tunnel) fill_tunnel(course_.stretches[s]);
    }
    for (const TunnelAid& aid : options_.aids) add_aid(aid);
    for (float& power : out_.rsrp_dbm) power = power < kWeakestOnCourse_dbm ? kNoData : power;
    return std::move(out_);
  }

 private:
  /// The ends of the stretch, and places between them.
  void add_anchors(const CourseStretch& stretch, std::vector<Anchor>& anchors) const {
    const auto every = static_cast<std::size_t>(std::max(1.0, std::round(options_.spacing_m / course_.step_m)));
    const double first_m = ground_at(radio_, course_.at[stretch.first]);
    const double last_m = ground_at(radio_, course_.at[stretch.last]);
    const auto add = [&](std::size_t sample) {
      double agl_m = options_.receiver.rx_agl_m;
      if (stretch.kind == WayKind::bridge && stretch.last > stretch.first) {
        const double along =
            static_cast<double>(sample - stretch.first) / static_cast<double>(stretch.last - stretch.first);
        const double above_m = first_m + along * (last_m - first_m) - ground_at(radio_, course_.at[sample]);
        // Half metres: places of equal height share their network.
        if (above_m > 0.0) agl_m += 0.5 * std::round(2.0 * above_m);
      }
      anchors.push_back({sample, agl_m});
    };
    for (std::size_t i = stretch.first; i < stretch.last; i += every) add(i);
    add(stretch.last);
  }

  void receive(const std::vector<Anchor>& anchors) {
    received_.resize(anchors.size());
    std::map<double, std::vector<std::size_t>> by_height;
    for (std::size_t i = 0; i < anchors.size(); ++i) by_height[anchors[i].rx_agl_m].push_back(i);
    for (const auto& [agl_m, members] : by_height) {
      Receiver receiver = options_.receiver;
      receiver.rx_agl_m = agl_m;
      std::vector<Point> points;
      for (const std::size_t i : members) points.push_back(course_.at[anchors[i].sample]);
      std::vector<PointReception> there = radio_.as({.receiver = receiver}).at(points);
      for (std::size_t k = 0; k < members.size(); ++k) received_[members[k]] = std::move(there[k]);
    }
  }

  void list_cells(const std::vector<Anchor>& anchors) {
    std::vector<bool> heard(radio_.coverage().sectors.size(), false);
    for (const PointReception& reception : received_) {
      for (const PointPower& power : reception.powers) heard[index_of(power.sector)] = true;
    }
    for (const TunnelAid& aid : options_.aids) heard[index_of(aid.sector)] = true;
    cell_of_.assign(heard.size(), -1);
    for (std::size_t s = 0; s < heard.size(); ++s) {
      if (!heard[s]) continue;
      cell_of_[s] = static_cast<int>(out_.sectors.size());
      out_.sectors.push_back(static_cast<int>(s));
    }
    const std::size_t cells = out_.cells();
    out_.rsrp_dbm.assign(course_.samples() * cells, kNoData);
    out_.traffic_gain_db.assign(course_.samples() * cells, 0.0F);
    out_.distance_m.resize(course_.samples() * cells);
    out_.in_sight.assign(course_.samples() * cells, 0);
    out_.outside.assign(course_.samples(), 0);
    for (std::size_t i = 0; i < course_.samples(); ++i) {
      for (std::size_t c = 0; c < cells; ++c) {
        out_.distance_m[i * cells + c] =
            static_cast<float>(distance_m(course_.at[i], radio_.site_of(out_.sectors[c]).at));
      }
    }
    for (std::size_t a = 0; a < anchors.size(); ++a) {
      for (const PointPower& power : received_[a].powers) {
        const std::size_t at = anchors[a].sample * cells + index_of(cell_of_[index_of(power.sector)]);
        out_.rsrp_dbm[at] = power.power_dbm;
        out_.traffic_gain_db[at] = power.traffic_gain_db;
        out_.in_sight[at] = power.line_of_sight ? 1 : 0;
      }
    }
  }

  /// Between two anchors next to each other, dB by distance; where only one of them hears a cell, up to the
  /// middle.
  void fill_open(const std::vector<Anchor>& anchors) {
    const std::size_t cells = out_.cells();
    for (std::size_t a = 0; a < anchors.size(); ++a) {
      const std::size_t from = anchors[a].sample;
      const std::size_t to =
          a + 1 < anchors.size() && same_stretch(from, anchors[a + 1].sample) ? anchors[a + 1].sample : from;
      const bool unknown = received_[a].powers.empty() && received_[a].missing == PathState::no_ground;
      if (unknown)
        std::fill_n(out_.outside.begin() + static_cast<std::ptrdiff_t>(from), std::max<std::size_t>(1, to - from),
                    1);
      for (std::size_t i = from + 1; i < to; ++i) {
        const float share = static_cast<float>(i - from) / static_cast<float>(to - from);
        for (std::size_t c = 0; c < cells; ++c) {
          const float before = out_.rsrp_dbm[from * cells + c];
          const float after = out_.rsrp_dbm[to * cells + c];
          float& here = out_.rsrp_dbm[i * cells + c];
          if (!std::isnan(before) && !std::isnan(after)) {
            here = before + share * (after - before);
          } else {
            here = share < 0.5F ? before : after;
          }
          const std::size_t nearest = (share < 0.5F ? from : to) * cells + c;
          out_.traffic_gain_db[i * cells + c] = out_.traffic_gain_db[nearest];
          out_.in_sight[i * cells + c] = out_.in_sight[nearest];
        }
      }
    }
  }

  [[nodiscard]] bool same_stretch(std::size_t a, std::size_t b) const {
    const auto of = [&](std::size_t sample) {
      return std::find_if(course_.stretches.begin(), course_.stretches.end(),
                          [&](const CourseStretch& s) { return sample >= s.first && sample <= s.last; });
    };
    return of(a) == of(b);
  }

  /// Through both portals; a tunnel in which the route begins or ends has one.
  void fill_tunnel(const CourseStretch& tunnel) {
    if (tunnel.first > 0) enter(tunnel, tunnel.first, tunnel.first - 1, 0.0);
    if (tunnel.last + 1 < course_.samples()) enter(tunnel, tunnel.last, tunnel.last + 1, 180.0);
  }

  /// `outside`: the sample before the portal; `turn_deg`: from the course's heading to the axis into the tunnel.
  void enter(const CourseStretch& tunnel, std::size_t portal, std::size_t outside, double turn_deg) {
    const std::size_t cells = out_.cells();
    const double axis_deg = course_.heading_deg[portal] + turn_deg;
    for (std::size_t c = 0; c < cells; ++c) {
      const float before_dbm = out_.rsrp_dbm[outside * cells + c];
      if (std::isnan(before_dbm)) continue;
      const int sector = out_.sectors[c];
      const tunnel::Arrival arrival = arrival_at(course_.at[outside], course_.lonlat[outside], sector, axis_deg);
      const double freq_hz = radio_.sector_of(sector).freq_hz;
      for (std::size_t i = tunnel.first; i <= tunnel.last; ++i) {
        const double inside_m = course_.step_m * std::abs(static_cast<double>(i) - static_cast<double>(portal));
        const auto loss_db = tunnel::portal_loss_db(freq_hz, options_.tunnel,
                                                    radio_.engine().coverage.polarization, arrival, inside_m);
        if (!loss_db) break;
        stronger(i * cells + c, before_dbm - static_cast<float>(*loss_db));
      }
    }
  }

  [[nodiscard]] tunnel::Arrival arrival_at(Point portal, LonLat portal_lonlat, int sector, double axis_deg) const {
    const Site& site = radio_.site_of(sector);
    const Sector& what = radio_.sector_of(sector);
    const double away_m = std::max(1.0, distance_m(portal, site.at));
    const double down_m =
        ground_at(radio_, site.at) + what.tx_agl_m - ground_at(radio_, portal) - options_.receiver.rx_agl_m;
    const double travels_deg = bearing_deg(site.position, portal_lonlat);
    return {.off_axis_deg = std::remainder(travels_deg - axis_deg, 360.0),
            .elevation_deg = std::atan2(down_m, away_m) / kDegToRad};
  }

  [[nodiscard]] static double bearing_deg(LonLat from, LonLat to) {
    const double dlon = (to.lon_deg - from.lon_deg) * kDegToRad;
    const double a = from.lat_deg * kDegToRad;
    const double b = to.lat_deg * kDegToRad;
    return std::atan2(std::sin(dlon) * std::cos(b),
                      std::cos(a) * std::sin(b) - std::sin(a) * std::cos(b) * std::cos(dlon)) /
           kDegToRad;
  }

  void add_aid(const TunnelAid& aid) {
    const std::size_t cells = out_.cells();
    const std::size_t cell = index_of(cell_of_[index_of(aid.sector)]);
    for (std::size_t i = 0; i < course_.samples(); ++i) {
      const double at_m = course_.step_m * static_cast<double>(i);
      if (at_m < aid.from_m || at_m > aid.to_m) continue;
      stronger(i * cells + cell,
               static_cast<float>(aid.rsrp_dbm - 0.01 * aid.fall_db_per_100m * (at_m - aid.from_m)));
    }
  }

  void stronger(std::size_t at, float power_dbm) {
    float& known = out_.rsrp_dbm[at];
    if (std::isnan(known) || power_dbm > known) known = power_dbm;
  }

  const Radio& radio_;
  const Course& course_;
  const CourseRadioOptions& options_;
  std::vector<PointReception> received_{};  ///< [anchor]
  std::vector<int> cell_of_{};              ///< [Coverage::sectors]; -1: not heard
  CoursePowers out_{};
};

}  // namespace

CoursePowers course_powers(const Radio& radio, const Course& course, const CourseRadioOptions& options) {
  return PowerRun(radio, course, options).run();
}

}  // namespace amaneku
