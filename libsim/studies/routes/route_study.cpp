#include "libsim/studies/routes/route_study.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "libsim/index.hpp"
#include "libsim/parallel.hpp"

namespace amaneku {
namespace {

/// RouteInput::modem: 0 and 1 are the two modems.
constexpr std::uint64_t kSecondaryStream = 2;

class RouteCheck {
 public:
  RouteCheck(const Radio& radio, const CourseNetwork& network, const CourseCells& cells, const RouteCourse& route,
             const RouteOptions& options)
      : radio_(radio), network_(network), cells_(cells), route_(route), course_(route.course), options_(options) {}

  RouteFinding run() {
    const CourseRadioOptions radio{options_.vehicle, options_.spacing_m, options_.tunnel, route_.aids};
    powers_ = course_powers(radio_, course_, radio);
    out_.sectors = powers_.sectors;
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
    second_modem();
    out_.mends =
        mends({radio_, course_, radio, options_.need, options_.noise_rise_db, options_.operator_id}, out_.gaps);
    return std::move(out_);
  }

 private:
  [[nodiscard]] mobility::RouteInput route_input(const CourseRadio& of, const CoursePowers& powers) const {
    mobility::ShadowModel shadow{.decorrelation_m = options_.decorrelation_m,
                                 .site_correlation = options_.site_correlation};
    shadow.sigma_db = sigmas_db(of, powers);
    return {.radio = of.radio,
            .law = out_.law,
            .config = options_.handover,
            .interruptions = options_.interruptions,
            .shadow = std::move(shadow)};
  }

  /// As ShadowModel has it: one for all, or by sample and cell.
  [[nodiscard]] std::vector<float> sigmas_db(const CourseRadio& of, const CoursePowers& powers) const {
    const auto hidden_db = static_cast<float>(options_.shadow_sigma_db);
    const auto sight_db = static_cast<float>(options_.sight_sigma_db.value_or(options_.shadow_sigma_db));
    if (hidden_db == 0.0F && sight_db == 0.0F) return {};
    if (hidden_db == sight_db) return {hidden_db};
    std::vector<float> out;
    for (std::size_t i = 0; i < course_.samples(); ++i) {
      for (const int c : of.cell_of)
        out.push_back(powers.in_sight[i * powers.cells() + index_of(c)] != 0 ? sight_db : hidden_db);
    }
    return out;
  }

  /// Of the anchor, where the network is a non-stand-alone one.
  [[nodiscard]] CourseRadio received(const CoursePowers& powers) const {
    CourseRadio of = own_network(powers);
    if (options_.secondary) keep_leg(of, radio_, powers, {options_.secondary->technology, false});
    return of;
  }

  [[nodiscard]] CourseRadio own_network(const CoursePowers& powers) const {
    CourseRadio of = course_radio(radio_, course_, powers, network_);
    if (options_.operator_id) keep_operator(of, radio_, powers, *options_.operator_id);
    return of;
  }

  [[nodiscard]] mobility::RouteInput secondary_input(const CoursePowers& powers) const {
    CourseRadio of = own_network(powers);
    keep_leg(of, radio_, powers, {options_.secondary->technology, true});
    mobility::RouteInput input = route_input(of, powers);
    input.config.suitable_dbm = options_.secondary->b1_threshold_dbm;
    input.interruptions = options_.secondary->change;
    input.addition = options_.secondary->addition;
    input.modem = kSecondaryStream;
    return input;
  }

  void clear_day() {
    CourseRadio of = received(powers_);
    out_.cell_of = of.cell_of;
    mobility::NonStandAloneLink link;
    if (of.cell_of.empty()) {
      link.anchor.server.assign(course_.samples(), -1);
    } else {
      prepared_ = std::make_unique<mobility::PreparedRoute>(route_input(of, powers_));
      out_.statistics = mobility::route_statistics(*prepared_, drives());
      if (options_.secondary) {
        link = secondary_cells();
      } else {
        link.anchor = mobility::route_link(*prepared_);
      }
    }
    out_.service = service_of(powers_, link);
    out_.link = std::move(link.anchor);
    out_.shortage = shortages(out_.service, powers_.outside, options_.need);
    out_.gaps = course_gaps(course_, out_.service, out_.shortage, out_.law);
    out_.weather.push_back(finding("clear", out_.service, out_.shortage, out_.gaps));
  }

  [[nodiscard]] int cell(int of_link) const { return of_link < 0 ? -1 : out_.cell_of[index_of(of_link)]; }

  [[nodiscard]] WeatherFinding on_a_day(const Weather& weather) const {
    const CoursePowers powers = under(weather, powers_, radio_);
    const std::vector<SampleService> service = service_of(powers, link_of(powers));
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

  /// The drive without fading; one leg only where the network stands alone.
  [[nodiscard]] mobility::NonStandAloneLink link_of(const CoursePowers& powers) const {
    const CourseRadio of = received(powers);
    mobility::NonStandAloneLink out;
    if (of.cell_of.empty()) {
      out.anchor.server.assign(course_.samples(), -1);
      return out;
    }
    const mobility::PreparedRoute anchor(route_input(of, powers));
    if (options_.secondary) {
      const mobility::PreparedRoute secondary(secondary_input(powers));
      return mobility::non_stand_alone_link({anchor, secondary});
    }
    out.anchor = mobility::route_link(anchor);
    return out;
  }

  /// Data go over the secondary cell where there is one that carries any.
  [[nodiscard]] std::vector<SampleService> service_of(const CoursePowers& powers,
                                                      const mobility::NonStandAloneLink& link) const {
    std::vector<SampleService> out = cells_.service(powers, cells_of(link.anchor));
    if (link.secondary.server.empty()) return out;
    const std::vector<SampleService> added = cells_.service(powers, cells_of(link.secondary));
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (added[i].ul_mbps > 0.0F) out[i] = added[i];
    }
    return out;
  }

  [[nodiscard]] std::vector<int> cells_of(const mobility::RouteLink& link) const {
    std::vector<int> out;
    for (const int server : link.server) out.push_back(cell(server));
    return out;
  }

  /// Both legs on a clear day.
  [[nodiscard]] mobility::NonStandAloneLink secondary_cells() {
    const mobility::PreparedRoute secondary(secondary_input(powers_));
    const mobility::NonStandAlone network{*prepared_, secondary};
    mobility::NonStandAloneLink link = mobility::non_stand_alone_link(network);
    SecondaryFinding& found = out_.secondary.emplace();
    found.additions = static_cast<std::size_t>(link.secondary.run.additions);
    found.changes = link.secondary.run.handovers.size();
    found.releases = static_cast<std::size_t>(link.secondary.run.releases);
    found.drives = mobility::non_stand_alone_statistics(network, drives());
    for (std::size_t i = 0; i < course_.samples(); ++i) {
      if (link.secondary.server[i] < 0) continue;
      found.with_m += course_.step_m;
      found.with_s += out_.seconds[i];
    }
    return link;
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

  [[nodiscard]] mobility::MonteCarlo drives() const {
    return {.seed = options_.seed, .runs = options_.runs, .threads = radio_.threads()};
  }

  [[nodiscard]] std::vector<const Sector*> sectors() const {
    std::vector<const Sector*> out;
    for (const int s : powers_.sectors) out.push_back(&radio_.sector_of(s));
    return out;
  }

  /// [cell] of the network
  [[nodiscard]] std::vector<int> sites() const {
    std::vector<int> out;
    for (const int s : powers_.sectors)
      out.push_back(static_cast<int>(&radio_.site_of(s) - radio_.sites().data()));
    return out;
  }

  void second_modem() {
    if (!options_.second || prepared_ == nullptr) return;
    const SecondModem& modem = *options_.second;
    const ModemDrive first{out_.service, out_.shortage, out_.statistics};
    ModemDrive second;
    std::unique_ptr<mobility::PreparedRoute> route;
    mobility::TwoModems pair{.first = *prepared_,
                             .second = mobility::GivenLink{},
                             .switch_s = modem.switch_s,
                             .long_s = options_.longest_gap_s};
    if (modem.given) {
      second = given_drive(course_, *modem.given, options_.need);
      pair.second = modem.given->link;
      if (!modem.given->in_tunnels) pair.blocked = in_tunnels();
    } else {
      route = other_network(modem.operator_id);
      second = drive_of(*route);
      pair.second = route.get();
    }
    const std::vector<const Sector*> cells = sectors();
    const std::vector<int> cell_sites = sites();
    out_.modems = two_modem_findings({.course = course_,
                                      .law = out_.law,
                                      .seconds = out_.seconds,
                                      .sectors = cells,
                                      .sites = cell_sites,
                                      .first = first,
                                      .second = second,
                                      .modem = modem,
                                      .latency = options_.latency,
                                      .rules = {options_.longest_gap_s, options_.reliability_percent}},
                                     mobility::two_modem_statistics(pair, drives()));
  }

  [[nodiscard]] std::unique_ptr<mobility::PreparedRoute> other_network(const std::string& operator_id) const {
    CourseRadio of = course_radio(radio_, course_, powers_, network_);
    keep_operator(of, radio_, powers_, operator_id);
    // Its secondary cells do not stand alone either: without their anchor there is no link over them.
    if (options_.secondary) keep_leg(of, radio_, powers_, {options_.secondary->technology, false});
    mobility::RouteInput input = route_input(of, powers_);
    input.modem = 1;
    return std::make_unique<mobility::PreparedRoute>(std::move(input));
  }

  /// The cells of `route` are those of the clear day.
  [[nodiscard]] ModemDrive drive_of(const mobility::PreparedRoute& route) const {
    ModemDrive out{.service = cells_.service(powers_, cells_of(mobility::route_link(route)))};
    out.shortage = shortages(out.service, powers_.outside, options_.need);
    out.statistics = mobility::route_statistics(route, drives());
    return out;
  }

  [[nodiscard]] std::vector<mobility::Outage> in_tunnels() const {
    std::vector<mobility::Outage> out;
    for (const CourseStretch& stretch : course_.stretches) {
      if (stretch.kind != WayKind::tunnel) continue;
      const std::size_t after = std::min(stretch.last + 1, course_.samples() - 1);
      out.push_back({.from_m = course_.step_m * static_cast<double>(stretch.first),
                     .to_m = course_.step_m * static_cast<double>(after),
                     .from_s = out_.law.arrive_s[stretch.first],
                     .to_s = out_.law.arrive_s[after],
                     .cause = mobility::OutageCause::no_cell});
    }
    return out;
  }

  void latency() {
    const std::vector<const Sector*> cells = sectors();
    const std::vector<int> cell_sites = sites();
    const RouteDrive drive{out_.service, out_.seconds, cells, cell_sites};
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
  CoursePowers powers_{};
  std::unique_ptr<mobility::PreparedRoute> prepared_{};  ///< of a clear day; none where no cell is heard
  RouteFinding out_{};
};

}  // namespace

double RouteFinding::metres(Shortage of) const noexcept {
  return step_m * static_cast<double>(std::count(shortage.begin(), shortage.end(), of));
}

double RouteFinding::time_s(Shortage of) const noexcept {
  return time_of(of, shortage, seconds);
}

bool RouteFinding::is_served_by(int sector) const noexcept {
  return std::any_of(service.begin(), service.end(), [&](const SampleService& here) {
    return here.cell >= 0 && sectors[index_of(here.cell)] == sector;
  });
}

double RouteFinding::in_sight_share() const noexcept {
  double served = 0.0;
  double seen = 0.0;
  for (const SampleService& here : service) {
    served += here.cell >= 0 ? 1.0 : 0.0;
    seen += here.in_sight ? 1.0 : 0.0;
  }
  return seen / served;
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
  out.routes.resize(courses.size());
  const auto check = [&](std::size_t i) {
    out.routes[i] = RouteCheck(vehicle, network, cells, courses[i], options).run();
  };
  // Few routes leave the threads to what is inside one.
  const bool many = courses.size() >= static_cast<std::size_t>(thread_count(vehicle.threads()));
  parallel_for(many ? courses.size() : 0, vehicle.threads(), check);
  for (std::size_t i = 0; !many && i < courses.size(); ++i) check(i);
  std::vector<CourseTraffic> traffic;
  for (std::size_t i = 0; i < courses.size(); ++i) {
    const RouteFinding& found = out.routes[i];
    traffic.push_back(
        {courses[i].course, found.law, found.service, found.sectors, courses[i].departures_s, options.need});
  }
  out.load = moving_load(traffic, network);
  for (std::size_t i = 0; i < courses.size(); ++i) {
    RouteFinding& found = out.routes[i];
    const bool overloaded = std::any_of(out.load.cells.begin(), out.load.cells.end(), [&](const MovingCell& cell) {
      return cell.overload_s > 0.0 && found.is_served_by(cell.sector);
    });
    found.verdict = verdict_of({found.shortage, found.gaps, found.seconds, found.in_time(), overloaded},
                               {options.longest_gap_s, options.reliability_percent});
  }
  return out;
}

}  // namespace amaneku
