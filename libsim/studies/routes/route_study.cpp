#include "libsim/studies/routes/route_study.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libsim/index.hpp"

namespace amaneku {
namespace {

class RouteCheck {
 public:
  RouteCheck(const Radio& radio, const CourseNetwork& network, const CourseCells& cells, const RouteCourse& route,
             const RouteOptions& options)
      : radio_(radio), network_(network), cells_(cells), route_(route), course_(route.course), options_(options) {}

  RouteFinding run() {
    const CourseRadioOptions radio{options_.vehicle, options_.spacing_m, options_.tunnel, route_.aids};
    out_.powers = course_powers(radio_, course_, radio);
    out_.step_m = course_.step_m;
    out_.law = time_law(course_, route_.stops, options_.acceleration);
    for (std::size_t i = 0; i < course_.samples(); ++i) {
      const double next_s = i + 1 < course_.samples() ? out_.law.arrive_s[i + 1] : out_.law.depart_s[i];
      out_.seconds.push_back(next_s - out_.law.arrive_s[i]);
    }
    clear_day();
    for (const Weather& weather : options_.weathers) out_.weather.push_back(on_a_day(weather));
    intersections();
    latency();
    out_.mends = mends({radio_, course_, radio, options_.need, options_.noise_rise_db}, out_.gaps);
    return std::move(out_);
  }

 private:
  [[nodiscard]] mobility::RouteInput route_input(const CourseRadio& of) const {
    mobility::ShadowModel shadow{.decorrelation_m = options_.decorrelation_m,
                                 .site_correlation = options_.site_correlation};
    if (options_.shadow_sigma_db > 0.0) shadow.sigma_db = {static_cast<float>(options_.shadow_sigma_db)};
    return {.radio = of.radio,
            .law = out_.law,
            .config = options_.handover,
            .interruptions = options_.interruptions,
            .shadow = std::move(shadow)};
  }

  void clear_day() {
    CourseRadio of = course_radio(radio_, course_, out_.powers, network_);
    out_.cell_of = of.cell_of;
    std::vector<int> serving(course_.samples(), -1);
    if (!of.cell_of.empty()) {
      const mobility::PreparedRoute prepared(route_input(of));
      out_.link = mobility::route_link(prepared);
      for (std::size_t i = 0; i < serving.size(); ++i) serving[i] = cell(out_.link.server[i]);
      out_.statistics = mobility::route_statistics(
          prepared, {.seed = options_.seed, .runs = options_.runs, .threads = radio_.threads()});
    }
    out_.service = cells_.service(out_.powers, serving);
    out_.shortage = shortages(out_.service, out_.powers.outside, options_.need);
    out_.gaps = course_gaps(course_, out_.service, out_.shortage, out_.law);
    out_.weather.push_back(finding("clear", out_.service, out_.shortage, out_.gaps));
  }

  [[nodiscard]] int cell(int of_link) const { return of_link < 0 ? -1 : out_.cell_of[index_of(of_link)]; }

  [[nodiscard]] WeatherFinding on_a_day(const Weather& weather) const {
    const CoursePowers powers = under(weather, out_.powers, radio_);
    const CourseRadio of = course_radio(radio_, course_, powers, network_);
    std::vector<int> serving(course_.samples(), -1);
    if (!of.cell_of.empty()) {
      const mobility::RouteLink link = mobility::route_link(mobility::PreparedRoute(route_input(of)));
      for (std::size_t i = 0; i < serving.size(); ++i) serving[i] = cell(link.server[i]);
    }
    const std::vector<SampleService> service = cells_.service(powers, serving);
    const std::vector<Shortage> shortage = shortages(service, powers.outside, options_.need);
    return finding(weather.id, service, shortage, course_gaps(course_, service, shortage, out_.law));
  }

  [[nodiscard]] WeatherFinding finding(const std::string& id, const std::vector<SampleService>& service,
                                       const std::vector<Shortage>& shortage,
                                       const std::vector<CourseGap>& gaps) const {
    WeatherFinding found{.id = id, .worst_rsrp_dbm = kNoData};
    for (std::size_t i = 0; i + 1 < service.size(); ++i) {
      found.worst_rsrp_dbm = std::fmin(found.worst_rsrp_dbm, service[i].rsrp_dbm);
      if (shortage[i] == Shortage::no_link) {
        found.no_link_m += course_.step_m;
        found.no_link_s += out_.seconds[i];
      }
      if (shortage[i] == Shortage::uplink || shortage[i] == Shortage::downlink) found.shortage_m += course_.step_m;
    }
    for (const CourseGap& gap : gaps) found.longest_gap_s = std::max(found.longest_gap_s, gap.seconds);
    return found;
  }

  void intersections() {
    for (const CourseIntersection& where : route_.intersections) {
      IntersectionFinding found{.name = where.name,
                                .at_m = where.at_m,
                                .worst_rsrp_dbm = kNoData,
                                .worst_sinr_db = kNoData,
                                .worst_ul_mbps = std::numeric_limits<float>::infinity(),
                                .link_percent = 100.0,
                                .served = true};
      for (std::size_t i = 0; i < course_.samples(); ++i) {
        if (std::abs(course_.step_m * static_cast<double>(i) - where.at_m) > options_.approach_m) continue;
        const SampleService& here = out_.service[i];
        const bool none = here.cell < 0;
        found.worst_rsrp_dbm = none ? found.worst_rsrp_dbm : std::fmin(found.worst_rsrp_dbm, here.rsrp_dbm);
        found.worst_sinr_db = none ? found.worst_sinr_db : std::fmin(found.worst_sinr_db, here.sinr_db);
        found.worst_ul_mbps = std::min(found.worst_ul_mbps, here.ul_mbps);
        found.served = found.served && out_.shortage[i] == Shortage::none;
        const double without = out_.statistics.share_without_link.empty()
                                   ? (none ? 1.0 : 0.0)
                                   : static_cast<double>(out_.statistics.share_without_link[i]);
        found.link_percent = std::min(found.link_percent, 100.0 * (1.0 - without));
      }
      out_.intersections.push_back(found);
    }
  }

  void latency() {
    std::vector<const Sector*> sectors;
    std::vector<int> sites;
    for (const int s : out_.powers.sectors) {
      sectors.push_back(&radio_.sector_of(s));
      sites.push_back(static_cast<int>(&radio_.site_of(s) - radio_.sites().data()));
    }
    const RouteDrive drive{out_.service, out_.seconds, sectors, sites};
    out_.latency = route_latency(drive, out_.statistics, options_.latency);
    double all_s = 0.0;
    for (std::size_t i = 0; i < out_.service.size(); ++i) {
      all_s += out_.seconds[i];
      out_.link_share += out_.service[i].ul_mbps > 0.0F ? out_.seconds[i] : 0.0;
    }
    out_.link_share = all_s > 0.0 ? out_.link_share / all_s : 0.0;
    if (!out_.latency || in_time(*out_.latency)) return;
    // From the farthest place on, each nearer than the server stands.
    for (std::size_t i = server_places().size(); i-- > 0;) {
      const ServerPlace& place = server_places()[i];
      if (fixed_transport_s(place.path) >= fixed_transport_s(options_.latency.transport)) continue;
      RouteLatencyOptions nearer = options_.latency;
      nearer.transport = place.path;
      nearer.server = place.id;
      const std::optional<EndToEndResult> then = route_latency(drive, out_.statistics, nearer);
      if (!then || !in_time(*then)) continue;
      out_.server_mend = place.id;
      return;
    }
  }

  [[nodiscard]] bool in_time(const EndToEndResult& latency) const {
    return 100.0 * out_.link_share * latency.within_deadline >= options_.reliability_percent;
  }

  const Radio& radio_;
  const CourseNetwork& network_;
  const CourseCells& cells_;
  const RouteCourse& route_;
  const Course& course_;
  const RouteOptions& options_;
  RouteFinding out_{};
};

Verdict verdict_of(const RouteFinding& found, const RouteOptions& options, bool overloaded) {
  if (found.metres(Shortage::outside) > 0.0) return Verdict::unknown;
  for (const CourseGap& gap : found.gaps) {
    if (gap.no_link_s > 0.0 && gap.seconds > options.longest_gap_s) return Verdict::no_link;
  }
  if (found.time_s(Shortage::uplink) > options.longest_gap_s) return Verdict::uplink;
  if (found.time_s(Shortage::downlink) > options.longest_gap_s) return Verdict::downlink;
  if (found.latency && 100.0 * found.in_time() < options.reliability_percent) return Verdict::latency;
  return overloaded ? Verdict::overload : Verdict::met;
}

}  // namespace

double RouteFinding::metres(Shortage of) const noexcept {
  return step_m * static_cast<double>(std::count(shortage.begin(), shortage.end(), of));
}

double RouteFinding::time_s(Shortage of) const noexcept {
  double sum_s = 0.0;
  for (std::size_t i = 0; i < shortage.size(); ++i) sum_s += shortage[i] == of ? seconds[i] : 0.0;
  return sum_s;
}

double RouteFinding::in_time() const noexcept {
  return latency ? link_share * latency->within_deadline : std::numeric_limits<double>::quiet_NaN();
}

RoutesReport check_routes(const Radio& radio, const NetworkLoad* load, const std::vector<RouteCourse>& courses,
                          const RouteOptions& options) {
  const Radio vehicle = radio.as({.receiver = options.vehicle, .model = options.model});
  const CourseNetwork network = course_network(vehicle, load, options.noise_rise_db);
  const CourseCells cells(vehicle, network);
  RoutesReport out;
  for (const RouteCourse& course : courses)
    out.routes.push_back(RouteCheck(vehicle, network, cells, course, options).run());
  std::vector<CourseTraffic> traffic;
  for (std::size_t i = 0; i < courses.size(); ++i) {
    const RouteFinding& found = out.routes[i];
    traffic.push_back({courses[i].course, found.law, found.service, found.powers.sectors, courses[i].departures_s,
                       options.need});
  }
  out.load = moving_load(traffic, network);
  for (std::size_t i = 0; i < courses.size(); ++i) {
    RouteFinding& found = out.routes[i];
    const bool overloaded = std::any_of(out.load.cells.begin(), out.load.cells.end(), [&](const MovingCell& cell) {
      const auto& sectors = found.powers.sectors;
      return cell.overload_s > 0.0 && std::find(sectors.begin(), sectors.end(), cell.sector) != sectors.end();
    });
    found.verdict = verdict_of(found, options, overloaded);
  }
  return out;
}

}  // namespace amaneku
