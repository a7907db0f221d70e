#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "libsim/entry_of.hpp"
#include "scenarios/catalogue/handover_durations.hpp"
#include "scenarios/catalogue/services_file.hpp"
#include "scenarios/schema/model_keys.hpp"
#include "scenarios/studies/routes/routes_study.hpp"
#include "terrain/routes/route_line.hpp"
#include "terrain/routes/route_map.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kKmhToMs = 1.0 / 3.6;

/// "07:30" as seconds of the day.
double time_of_day_s(const std::string& text, const char* key) {
  int hours = -1;
  int minutes = -1;
  char end = 0;
  if (std::sscanf(text.c_str(), "%d:%d%c", &hours, &minutes, &end) != 2 || hours < 0 || hours > 47 ||
      minutes < 0 || minutes > 59) {
    throw InputError(Fault{
        .message = "is not a time of the day", .key = key, .value = text, .legal = "\"07:30\", up to \"47:59\""});
  }
  return 3600.0 * hours + 60.0 * minutes;
}

std::optional<LonLat> position(const SectionView& view, const char* key) {
  if (!view.given(key)) return std::nullopt;
  const std::vector<double> at = view.numbers(key);
  return LonLat{at[0], at[1]};
}

class RoutesReader {
 public:
  RoutesReader(const StudyReading& from, RoutesStudy& out) : from_(from), document_(from.document), out_(out) {}

  void run() {
    const SectionView view = document_.section("routes");
    const std::vector<SectionView> routes = document_.sections("route");
    if (routes.empty()) {
      if (view.node() != nullptr) document_.add(view.fault("service", "there is no route: write [[route]]"));
      return;
    }
    vehicle(view);
    document_.attempt(view, "service", [&] { service(view); });
    server(view);
    document_.attempt(document_.section("routes.handover"), "time_to_trigger_ms", [&] { handover(); });
    weather();
    document_.attempt(view, "operator", [&] { first_operator(view); });
    const SectionView added = document_.section("routes.secondary_cells");
    if (added.node() != nullptr) document_.attempt(added, "technology", [&] { secondary_cells(added); });
    const SectionView second = document_.section("routes.second_modem");
    if (second.node() != nullptr) document_.attempt(second, "operator", [&] { second_modem(second); });
    for (const SectionView& route : routes) {
      document_.attempt(route, "path", [&] { course(route, view); });
    }
  }

 private:
  void vehicle(const SectionView& view) {
    RouteOptions& out = out_.options;
    out.vehicle = {.rx_agl_m = view.number("rx_agl_m"), .body_loss_db = view.number("vehicle_loss_db")};
    if (view.given("gain_dbi")) out.vehicle.gain_dbi = view.number("gain_dbi");
    if (view.given("model")) document_.attempt(view, "model", [&] { out.model = model_of(view, "routes"); });
    out.spacing_m = view.number("spacing_m");
    out.tunnel = {view.number("tunnel_width_m"), view.number("tunnel_height_m")};
    out.acceleration = {view.number("acceleration_m_s2"), view.number("acceleration_m_s2")};
    out.shadow_sigma_db = view.number("shadow_sigma_db");
    if (view.given("shadow_sigma_sight_db")) out.sight_sigma_db = view.number("shadow_sigma_sight_db");
    out.decorrelation_m = view.number("decorrelation_m");
    out.runs = static_cast<std::uint64_t>(view.integer("runs"));
    out.seed = from_.input.provenance.seed;
    out.longest_gap_s = view.number("longest_gap_s");
    out.approach_m = view.number("approach_m");
    out.noise_rise_db = from_.input.service.uplink_noise_rise_db;
  }

  void handover() {
    const SectionView view = document_.section("routes.handover");
    mobility::HandoverConfig& out = out_.options.handover;
    const auto whole = [&](const char* key) { return static_cast<int>(view.integer(key)); };
    out.a3_offset_db = view.number("a3_offset_db");
    out.hysteresis_db = view.number("hysteresis_db");
    out.time_to_trigger_ms = whole("time_to_trigger_ms");
    out.filter_k = whole("filter_k");
    out.a2_threshold_dbm = view.number("a2_threshold_dbm");
    out.a5_threshold1_dbm = view.number("a5_threshold1_dbm");
    out.a5_threshold2_dbm = view.number("a5_threshold2_dbm");
    out.n310 = whole("n310");
    out.t310_ms = whole("t310_ms");
    out.n311 = whole("n311");
    out.qout_db = view.number("qout_db");
    out.qin_db = view.number("qin_db");
    if (std::vector<Fault> faults = mobility::config_faults(out); !faults.empty())
      throw InputError(std::move(faults));
    durations(view);
  }

  /// Of the sites that stand, each once.
  [[nodiscard]] std::vector<std::string> operators() const {
    std::vector<std::string> out;
    for (const Site& site : from_.input.network.sites) {
      if (site.existing) out.push_back(site.operator_id);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  [[nodiscard]] std::string known_operator(const SectionView& view) const {
    const std::vector<std::string> known = operators();
    if (std::find(known.begin(), known.end(), view.text("operator")) != known.end()) return view.text("operator");
    throw InputError(Fault{.message = "no existing site is this operator's",
                           .key = "operator",
                           .value = view.text("operator"),
                           .legal = fmt::format("{}", fmt::join(known, ", "))});
  }

  void first_operator(const SectionView& view) {
    if (view.given("operator")) {
      out_.options.operator_id = known_operator(view);
    } else if (operators().size() > 1) {
      from_.warnings.push_back({"route_operator_not_named",
                                "there are sites of several operators, and the vehicles of the routes use all of "
                                "them: routes.operator names one"});
    }
  }

  /// Of the existing sites that may serve, each technology once.
  [[nodiscard]] std::vector<std::string> technologies() const {
    std::vector<std::string> out;
    for (const Site& site : from_.input.network.sites) {
      if (!site.existing || site.operator_id != out_.options.operator_id.value_or(site.operator_id)) continue;
      for (const Sector& sector : site.sectors) {
        if (sector.carrier) out.push_back(sector.carrier->technology);
      }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  void secondary_cells(const SectionView& view) {
    const std::vector<std::string> known = technologies();
    SecondaryCells out{.technology = view.text("technology"), .b1_threshold_dbm = view.number("b1_threshold_dbm")};
    if (std::find(known.begin(), known.end(), out.technology) == known.end()) {
      throw InputError(Fault{.message = "no existing site of the vehicle's network has this technology",
                             .key = "technology",
                             .value = out.technology,
                             .legal = fmt::format("{}", fmt::join(known, ", "))});
    }
    if (known.size() < 2) {
      throw InputError(Fault{.message =
                                 "there is no other technology for the anchors: a network of its own needs no "
                                 "secondary cells",
                             .key = "technology",
                             .value = out.technology});
    }
    const std::vector<HandoverDurations>& durations = built_in_handover_durations();
    out.addition = entry_of(durations, view.text("addition"), "addition").interruptions;
    out.change = entry_of(durations, view.text("change"), "change").interruptions;
    out_.options.secondary = std::move(out);
  }

  void second_modem(const SectionView& view) {
    SecondModem out{.name = view.text("name"), .switch_s = 1e-3 * view.number("switch_ms")};
    if (view.given("operator") == view.given("availability_percent"))
      throw InputError(Fault{.message = "give operator, or availability_percent", .key = "operator"});
    if (view.given("operator")) {
      refuse_figures(view);
      out.operator_id = known_operator(view);
      if (!out_.options.operator_id || *out_.options.operator_id == out.operator_id) {
        throw InputError(Fault{.message = "is the first modem's: name another one in routes.operator",
                               .key = "operator",
                               .value = out.operator_id});
      }
    } else {
      out.given = given_modem(view);
    }
    if (out.name.empty()) out.name = out.operator_id;
    out_.options.second = std::move(out);
  }

  /// What a network gives is computed: figures beside it would go unread.
  static void refuse_figures(const SectionView& view) {
    for (const char* key : {"outage_s", "delay_ms", "spread_ms", "ul_mbps", "dl_mbps", "in_tunnels"}) {
      if (view.given(key)) {
        throw InputError(Fault{
            .message = "belongs to availability_percent: of an operator's network it is computed", .key = key});
      }
    }
  }

  [[nodiscard]] static GivenModem given_modem(const SectionView& view) {
    for (const char* key : {"outage_s", "delay_ms", "ul_mbps", "dl_mbps"}) {
      if (!view.given(key)) throw InputError(view.fault(key, "must be stated with availability_percent"));
    }
    return {.link = {.availability = 0.01 * view.number("availability_percent"),
                     .mean_outage_s = view.number("outage_s")},
            .in_tunnels = view.flag("in_tunnels"),
            .delay_s = 1e-3 * view.number("delay_ms"),
            .spread_s = 1e-3 * view.number("spread_ms"),
            .ul_mbps = view.number("ul_mbps"),
            .dl_mbps = view.number("dl_mbps")};
  }

  void weather() {
    const std::vector<SectionView> views = document_.sections("routes.weather");
    for (const SectionView& view : views) {
      out_.options.weathers.push_back({.id = view.text("id"),
                                       .rain_mm_h = view.number("rain_mm_h"),
                                       .wet_snow_depth_m = view.number("wet_snow_depth_m"),
                                       .antenna_snow_db = view.number("antenna_snow_db"),
                                       .foliage_db = view.number("foliage_db")});
    }
    if (!views.empty()) return;
    // Rain of 80 mm/h for an hour is what the Japan Meteorological Agency calls violent; 10 mm/h of melted water
    // is heavy wet snow; 6 dB for wet snow on the antennas is an assumption, printed as such.
    out_.options.weathers = {
        {.id = "heavy_rain", .rain_mm_h = 80.0},
        {.id = "wet_snow", .rain_mm_h = 10.0, .wet_snow_depth_m = 200.0},
        {.id = "snow_on_antennas", .rain_mm_h = 10.0, .wet_snow_depth_m = 200.0, .antenna_snow_db = 6.0}};
  }

  void course(const SectionView& view, const SectionView& all) {
    RouteMapOptions map_options{.layer = view.text("layer"), .crs = view.text("crs")};
    map_options.origin = position(view, "origin_deg");
    map_options.absent_means_none = view.flag("absent_is_open");
    const RouteMap map = read_route_map(document_.path_of(view), map_options);
    from_.warnings.insert(from_.warnings.end(), map.warnings.begin(), map.warnings.end());
    const RouteLine line = join(map, {.ids = view.texts("ids"),
                                      .refs = view.texts("refs"),
                                      .names = view.texts("names"),
                                      .classes = view.texts("classes"),
                                      .from = position(view, "from_deg"),
                                      .to = position(view, "to_deg"),
                                      .tolerance_m = view.number("tolerance_m"),
                                      .reversed = view.flag("reversed")});
    const double otherwise_kmh = view.given("speed_kmh") ? view.number("speed_kmh") : all.number("speed_kmh");
    RouteCourse out{.id = view.text("id"),
                    .name = view.text("name").empty() ? view.text("id") : view.text("name")};
    out.course = course_of(line, all.number("step_m"),
                           {kKmhToMs * otherwise_kmh, kKmhToMs * all.number("most_kmh")}, from_.crs);
    places(view, out);
    departures(view, out);
    check_place(view, out);
    const bool both_ways = view.flag("both_ways");
    check_direction(line, out.id, both_ways);
    out_.courses.push_back(std::move(out));
    if (both_ways) out_.courses.push_back(way_back(out_.courses.back()));
  }

  [[nodiscard]] static RouteCourse way_back(const RouteCourse& there) {
    RouteCourse out = there;
    out.back = true;
    out.course = reversed(there.course);
    const double length_m = there.course.length_m();
    for (CourseStop& stop : out.stops) stop.at_m = length_m - stop.at_m;
    for (CourseIntersection& crossing : out.intersections) crossing.at_m = length_m - crossing.at_m;
    for (TunnelAid& aid : out.aids) {
      const double from_m = length_m - aid.to_m;
      // A cable that falls along the way there rises along the way back.
      aid.rsrp_dbm -= 0.01 * aid.fall_db_per_100m * (aid.to_m - aid.from_m);
      aid.fall_db_per_100m = -aid.fall_db_per_100m;
      aid.to_m = length_m - aid.from_m;
      aid.from_m = from_m;
    }
    std::reverse(out.stops.begin(), out.stops.end());
    std::reverse(out.intersections.begin(), out.intersections.end());
    return out;
  }

  /// Metres along the route of at_m, or of the place nearest to lon and lat.
  double along(const SectionView& view, const Course& course) {
    if (view.given("at_m") == (view.given("lon") || view.given("lat")) || view.given("lon") != view.given("lat"))
      throw InputError(Fault{.message = "give at_m, or lon and lat", .key = "at_m"});
    if (view.given("at_m")) {
      const double at_m = view.number("at_m");
      if (at_m > course.length_m() + course.step_m) {
        throw InputError(Fault{.message = "lies beyond the route",
                               .key = "at_m",
                               .value = fmt::format("{:g}", at_m),
                               .legal = fmt::format("0 .. {:.0f} m", course.length_m())});
      }
      return at_m;
    }
    const Point wanted = from_.crs.to_plan({view.number("lon"), view.number("lat")});
    std::size_t best = 0;
    for (std::size_t i = 1; i < course.samples(); ++i) {
      if (distance_m(course.at[i], wanted) < distance_m(course.at[best], wanted)) best = i;
    }
    constexpr double kFarthest_m = 100.0;
    if (const double away_m = distance_m(course.at[best], wanted); away_m > kFarthest_m) {
      throw InputError(Fault{.message = fmt::format("lies {:.0f} m beside the route", away_m),
                             .key = "lon",
                             .value = fmt::format("{:g}", view.number("lon")),
                             .legal = fmt::format("within {:.0f} m", kFarthest_m)});
    }
    return course.step_m * static_cast<double>(best);
  }

  void places(const SectionView& view, RouteCourse& out) {
    for (const SectionView& stop : document_.sections(view, "route.stop")) {
      document_.attempt(stop, "at_m", [&] {
        out.stops.push_back({stop.text("name"), along(stop, out.course), stop.number("dwell_s")});
      });
    }
    for (const SectionView& crossing : document_.sections(view, "route.intersection")) {
      document_.attempt(crossing, "at_m", [&] {
        out.intersections.push_back({crossing.text("name"), along(crossing, out.course)});
      });
    }
    for (const SectionView& aid : document_.sections(view, "route.tunnel_aid")) {
      document_.attempt(aid, "site", [&] { out.aids.push_back(tunnel_aid(aid, out.course)); });
    }
  }

  /// The sector by its place among those of the existing sites, which is Coverage's order.
  [[nodiscard]] TunnelAid tunnel_aid(const SectionView& view, const Course& course) const {
    TunnelAid out{.from_m = view.number("from_m"),
                  .to_m = view.number("to_m"),
                  .rsrp_dbm = view.number("rsrp_dbm"),
                  .fall_db_per_100m = view.number("fall_db_per_100m"),
                  .source = view.text("source")};
    if (!(out.from_m < out.to_m && out.from_m <= course.length_m()))
      throw InputError(Fault{.message = "ends before it begins, or begins beyond the route", .key = "to_m"});
    int index = 0;
    for (const Site& site : from_.input.network.sites) {
      if (!site.existing) continue;
      for (const Sector& sector : site.sectors) {
        const bool wanted =
            site.id == view.text("site") && (view.text("sector").empty() || sector.id == view.text("sector"));
        if (wanted) {
          out.sector = index;
          return out;
        }
        ++index;
      }
    }
    throw InputError(
        Fault{.message = "no existing site and sector of this name", .key = "site", .value = view.text("site")});
  }

  static void departures(const SectionView& view, RouteCourse& out) {
    const double first_s = time_of_day_s(view.text("first"), "first");
    const double last_s = time_of_day_s(view.text("last"), "last");
    if (last_s < first_s)
      throw InputError(
          Fault{.message = "is before the first departure", .key = "last", .value = view.text("last")});
    const double headway_s = 60.0 * view.number("headway_min");
    for (const CourseStop& stop : out.stops) {
      if (stop.dwell_s < headway_s) continue;
      throw InputError(Fault{
          .message = fmt::format(
              "the timetable overtakes itself: at {} a vehicle stands {:g} s, the next one comes after {:g} s",
              stop.name.empty() ? fmt::format("{:g} m", stop.at_m) : stop.name, stop.dwell_s, headway_s),
          .key = "headway_min",
          .value = fmt::format("{:g}", view.number("headway_min")),
          .legal = fmt::format("> {:g} min", stop.dwell_s / 60.0)});
    }
    for (double t_s = first_s; t_s <= last_s + 1e-6; t_s += headway_s) out.departures_s.push_back(t_s);
  }

  /// It is computed as it is asked for, and told: often the way back takes the other carriageway.
  void check_direction(const RouteLine& line, const std::string& id, bool both_ways) {
    const double there_m = line.against_one_way_m(false);
    const double back_m = both_ways ? line.against_one_way_m(true) : 0.0;
    if (there_m + back_m <= 0.0) return;
    from_.warnings.push_back(
        {"route_against_one_way",
         fmt::format(
             "route {}: {:.1f} km there and {:.1f} km back are driven against one-way roads: write the way "
             "back as a route of its own, and both_ways = false",
             id, 1e-3 * there_m, 1e-3 * back_m)});
  }

  /// A route that leaves the plan is computed as far as it goes, and told.
  void check_place(const SectionView& view, const RouteCourse& out) {
    const Grid& grid = from_.input.world.grid();
    const auto outside =
        std::count_if(out.course.at.begin(), out.course.at.end(), [&](Point p) { return !grid.contains(p); });
    if (outside == static_cast<std::ptrdiff_t>(out.course.samples()))
      throw InputError(
          Fault{.message = "the route lies outside the area", .key = "path", .value = view.text("path")});
    if (outside > 0) {
      from_.warnings.push_back(
          {"route_outside_area", fmt::format("route {}: {:.1f} km lie outside the area: nothing is known of them",
                                             out.id, 1e-3 * out.course.step_m * static_cast<double>(outside))});
    }
    if (const double unknown_m = out.course.tunnel_unknown_m(); unknown_m > 0.0) {
      from_.warnings.push_back(
          {"route_tunnels_unknown",
           fmt::format("route {}: of {:.1f} km the file does not say whether they are in a tunnel: they "
                       "count as open ground",
                       out.id, 1e-3 * unknown_m)});
    }
  }

  /// What the service of the catalogue needs, and what the scenario says otherwise.
  void service(const SectionView& view) {
    const std::vector<ServiceNeeds> services =
        view.given("path") ? services_with(document_.path_of(view)) : built_in_services();
    const ServiceNeeds& needs = entry_of(services, view.text("service"), "service");
    out_.service = {.id = needs.id, .name = needs.name, .name_ja = needs.name_ja};
    out_.service.verified = !needs.sources.empty();
    for (const ValueSource& source : needs.sources) {
      out_.service.verified = out_.service.verified && source.verified;
      if (!source.source.empty() && out_.service.source.find(source.source) == std::string::npos)
        out_.service.source += (out_.service.source.empty() ? "" : "; ") + source.source;
    }
    RouteOptions& out = out_.options;
    constexpr double kMbps = 1e-6;
    const auto or_else = [&](const char* key, double otherwise) {
      return view.given(key) ? view.number(key) : otherwise;
    };
    out.need = {.ul_mbps = or_else("ul_mbps", kMbps * needs.total_bps(FlowDirection::uplink)),
                .dl_mbps = or_else("dl_mbps", kMbps * needs.total_bps(FlowDirection::downlink))};
    out.reliability_percent = or_else("reliability_percent", 100.0 * needs.reliability);
    RouteLatencyOptions& latency = out.latency;
    latency.deadline_s = or_else("deadline_ms", 1e3 * needs.deadline_s) / 1e3;
    latency.scope = needs.scope;
    for (const ServiceFlow& flow : needs.flows) {
      const double bits = flow.count * flow.message_bits();
      if (flow.direction == FlowDirection::uplink && bits > latency.frame_bits) {
        latency.frame_bits = bits;
        latency.video.frames_per_s = flow.messages_per_s;
      }
      if (flow.direction == FlowDirection::downlink) latency.command_bits = std::max(latency.command_bits, bits);
    }
    if (view.given("ul_mbps") && needs.total_bps(FlowDirection::uplink) > 0.0)
      latency.frame_bits *= out.need.ul_mbps / (kMbps * needs.total_bps(FlowDirection::uplink));
    if (!(latency.deadline_s > 0.0)) {
      throw InputError(
          Fault{.message = "service " + needs.id + " states no deadline: give one", .key = "deadline_ms"});
    }
  }

  void server(const SectionView& view) {
    RouteLatencyOptions& out = out_.options.latency;
    for (const ServerPlace& place : server_places()) {
      if (place.id != view.text("server")) continue;
      out.transport = place.path;
      out.server = place.id;
      out.transport_source = place.source;
      out.transport_verified = place.verified;
    }
    if (view.given("fibre_km")) out.transport.fibre_m = 1e3 * view.number("fibre_km");
    if (view.given("hops")) out.transport.hops = static_cast<int>(view.integer("hops"));
    if (view.given("fibre_km") || view.given("hops")) {
      out.server.clear();
      out.transport_source = "stated in the scenario";
      out.transport_verified = true;
    }
  }

  void durations(const SectionView& view) {
    const HandoverDurations& of = entry_of(built_in_handover_durations(), view.text("durations"), "durations");
    out_.options.interruptions = of.interruptions;
    out_.interruption_kind = of.name;
  }

  const StudyReading& from_;
  Document& document_;
  RoutesStudy& out_;
};

}  // namespace

void RoutesStudy::read(const StudyReading& reading) {
  RoutesReader(reading, *this).run();
}

}  // namespace amaneku::scenarios
