#include <algorithm>

#include "libsim/mobility/measurement.hpp"
#include "propagation/link_ranges.hpp"
#include "scenarios/schema/model_keys.hpp"
#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/routes/routes_study.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr Range kAlong_m{0.0, 1.0e7};
constexpr Range kRoutePower_dbm{-200.0, 100.0};
constexpr Range kSpeed_kmh{0.1, 500.0};

template <std::size_t N>
std::string listed(const std::array<int, N>& values) {
  std::string out;
  for (const int value : values) out += (out.empty() ? "" : ", ") + std::to_string(value);
  return out;
}

Keys route_options() {
  const RouteOptions defaults;
  Keys keys = {
      text("model", {},
           "A model of the role path for the routes, with its parameters as further keys, such as tr37885; "
           "absent: that of the "
           "plan."),
      text("service", std::string("remote_monitoring_level4"),
           "Service of the vehicles, as services.toml lists them."),
      text("path", {}, "File of services of one's own, beside the built-in ones."),
      number("ul_mbps", {"Mbit/s", {}, {0.0, 1.0e5}}, "Uplink that a vehicle needs; absent: that of the service."),
      number("dl_mbps", {"Mbit/s", {}, {0.0, 1.0e5}}, "Downlink that it needs; absent: that of the service."),
      number("deadline_ms", {"ms", {}, {1.0, 10'000.0}},
             "From the scene to the operator's screen; absent: that of the service."),
      number("reliability_percent", {"%", {}, {0.0, 100.0}},
             "Share of the messages within the deadline; absent: that of the service."),
      number("longest_gap_s", {"s", defaults.longest_gap_s, {0.0, 3600.0}},
             "Longest time without what the service needs before the vehicle comes to a stop by itself "
             "(minimal-risk stop)."),
      number("speed_kmh", {"km/h", 20.0, kSpeed_kmh}, "Speed where the file of a route states none."),
      number("most_kmh", {"km/h", 60.0, kSpeed_kmh}, "Fastest that the vehicles drive."),
      number("acceleration_m_s2", {"m/s2", defaults.acceleration.up_m_s2, {0.05, 10.0}},
             "Of starting and braking; standing passengers bear about 1."),
      number("rx_agl_m", {"m", defaults.vehicle.rx_agl_m, LinkRanges::agl_m}, "Height of the vehicles' antenna."),
      number("gain_dbi", {"dBi", {}, {-30.0, 60.0}}, "Its gain; absent: of the device of each technology."),
      number("vehicle_loss_db", {"dB", 0.0, {0.0, 60.0}},
             "What the vehicle takes off; 0: the antenna is on the roof."),
      number("step_m", {"m", 1.0, {0.2, 100.0}}, "Between samples along the route."),
      number("spacing_m", {"m", defaults.spacing_m, {0.2, 1000.0}},
             "Between places whose power is computed by profiles of their own; in between, dB are interpolated."),
      number("tunnel_width_m", {"m", defaults.tunnel.width_m, {2.0, 40.0}}, "Inner width of tunnels."),
      number("tunnel_height_m", {"m", defaults.tunnel.height_m, {2.0, 20.0}}, "Inner height of tunnels."),
      number("shadow_sigma_db", {"dB", defaults.shadow_sigma_db, {0.0, 20.0}},
             "Shadow fading along the way beside terrain and clutter; 0: none (docs/methods/handover.md)."),
      number("shadow_sigma_sight_db", {"dB", {}, {0.0, 20.0}},
             "The same where the site is in sight over ground and clutter; absent: shadow_sigma_db."),
      number("decorrelation_m", {"m", defaults.decorrelation_m, {1.0, 10'000.0}}, "Its decorrelation distance."),
      integer("runs", {"1", static_cast<std::int64_t>(defaults.runs), {1.0, 100'000.0}},
              "Seeded drives from which rates and their confidence intervals come."),
      number("approach_m", {"m", defaults.approach_m, {0.0, 1000.0}},
             "Before and behind an intersection, where the link must stand."),
      text("operator", {}, "Whose network the vehicle uses; absent: every site may serve it."),
      choice("server", {"exchange", "site", "regional", "metropolis"},
             "Where the operator's server stands (docs/methods/latency.md)."),
      number("fibre_km", {"km", {}, {0.0, 20'000.0}}, "Fibre from the site to it; absent: that of the example."),
      integer("hops", {"1", {}, {0.0, 1000.0}}, "Nodes on the way; absent: those of the example.")};
  add_models(keys, Role::path);
  return keys;
}

Keys handover_keys() {
  const mobility::HandoverConfig defaults;
  return {
      number("a3_offset_db", {"dB", defaults.a3_offset_db, {-15.0, 15.0}}, "Offset of event A3."),
      number("hysteresis_db", {"dB", defaults.hysteresis_db, {0.0, 15.0}}, "Hysteresis of all events."),
      integer("time_to_trigger_ms", {"ms", std::int64_t{defaults.time_to_trigger_ms}, {0.0, 5120.0}},
              "One of " + listed(mobility::kTimesToTrigger_ms) + "."),
      integer("filter_k", {"1", std::int64_t{defaults.filter_k}, {0.0, 19.0}},
              "Layer 3 filter coefficient k: one of " + listed(mobility::kFilterCoefficients) + "."),
      number("a2_threshold_dbm", {"dBm", defaults.a2_threshold_dbm, kRoutePower_dbm},
             "Other channels are measured while the server is weaker."),
      number("a5_threshold1_dbm", {"dBm", defaults.a5_threshold1_dbm, kRoutePower_dbm},
             "Event A5: the server is weaker than this."),
      number("a5_threshold2_dbm", {"dBm", defaults.a5_threshold2_dbm, kRoutePower_dbm},
             "Event A5: and the neighbour on another channel stronger than this."),
      integer("n310", {"1", std::int64_t{defaults.n310}, {1.0, 20.0}}, "One of " + listed(mobility::kN310) + "."),
      integer("t310_ms", {"ms", std::int64_t{defaults.t310_ms}, {0.0, 2000.0}},
              "One of " + listed(mobility::kT310_ms) + "."),
      integer("n311", {"1", std::int64_t{defaults.n311}, {1.0, 10.0}}, "One of " + listed(mobility::kN311) + "."),
      number("qout_db", {"dB", defaults.qout_db, {-30.0, 30.0}},
             "SINR below which the link is out of synchronisation."),
      number("qin_db", {"dB", defaults.qin_db, {-30.0, 30.0}}, "SINR above which it is back."),
      text("durations", std::string("sa_mcg_low"),
           "Measured durations of preparation and execution, as handover_durations.toml names them.")};
}

Keys secondary_cells_keys() {
  const SecondaryCells defaults;
  return {required(
              text("technology", {},
                   "Technology of the secondary cells, as radio.toml names it; cells of all others are anchors.")),
          number("b1_threshold_dbm", {"dBm", defaults.b1_threshold_dbm, kRoutePower_dbm},
                 "Event B1: a secondary cell that is stronger than this is added."),
          text("addition", std::string("nsa_scg_addition_mid"),
               "Measured durations of an addition, as handover_durations.toml names them."),
          text("change", std::string("nsa_scg_modification_mid"), "Of a change of the secondary cell.")};
}

Keys second_modem_keys() {
  return {
      text("name", std::string{}, "Name for people; absent: the operator's."),
      text("operator", {}, "Whose network of this plan it uses; or availability_percent and the keys below."),
      number(
          "availability_percent", {"%", {}, {0.0, 100.0}},
          "A link of which only figures are known, such as one by satellite: share of the time that it is there, "
          "as its provider states it."),
      number("outage_s", {"s", {}, {0.05, 86'400.0}}, "Mean length of its outages."),
      number("delay_ms", {"ms", {}, {0.0, 10'000.0}},
             "One way between vehicle and server, each way, beside sending the message itself."),
      number("spread_ms", {"ms", 0.0, {0.0, 10'000.0}}, "Mean of what comes on top by chance (exponential)."),
      number("ul_mbps", {"Mbit/s", {}, {0.0, 1.0e5}}, "Uplink that it gives a vehicle."),
      number("dl_mbps", {"Mbit/s", {}, {0.0, 1.0e5}}, "Downlink."),
      flag("in_tunnels", false, "It is there in tunnels too."),
      number("switch_ms", {"ms", 1e3 * SecondModem{}.switch_s, {0.0, 60'000.0}},
             "Without a link of the first modem before a selection takes this one; an assumption until the maker "
             "states it.")};
}

Keys weather_keys() {
  const Weather defaults;
  return {required(text("id", {}, "Name, such as \"heavy_rain\".")),
          number("rain_mm_h", {"mm/h", defaults.rain_mm_h, {0.0, 300.0}},
                 "Rain, or wet snow as melted water, all along the paths."),
          number("wet_snow_depth_m", {"m", defaults.wet_snow_depth_m, {0.0, 1200.0}},
                 "Depth below the top of the melting layer; 0: rain."),
          number("antenna_snow_db", {"dB", defaults.antenna_snow_db, {0.0, 60.0}}, "Snow or ice on the antennas."),
          number("foliage_db", {"dB", defaults.foliage_db, {0.0, 60.0}}, "Leaves between road and sites.")};
}

Keys course_keys() {
  return {
      required(text("id", {}, "Short name, of files and tables.")),
      text("name", std::string{}, "Name for people; absent: the id."),
      required(text("path", {},
                    "Roads, lanes or a trace (docs/formats/routes.md): GeoPackage, GeoJSON, Shapefile, OSM XML or "
                    "PBF, Lanelet2, "
                    "OpenDRIVE, SUMO network, GPX, CSV.")),
      text("layer", std::string{}, "Of a GeoPackage with several."),
      list(text("refs", std::vector<std::string>{}, "Numbers of the roads to take."), ValueType::texts),
      list(text("names", std::vector<std::string>{}, "Names of the roads to take."), ValueType::texts),
      list(text("classes", std::vector<std::string>{}, "Classes of the roads to take."), ValueType::texts),
      list(text("ids", std::vector<std::string>{}, "Ids of the ways to take, in their order."), ValueType::texts),
      list(number("from_deg", {"deg", {}, {-180.0, 180.0}}, "Where it begins, [lon, lat], in a network of roads."),
           ValueType::numbers, 2),
      list(number("to_deg", {"deg", {}, {-180.0, 180.0}}, "Where it ends."), ValueType::numbers, 2),
      number("tolerance_m", {"m", 1.0, {0.0, 1000.0}}, "Ends that lie no farther apart are joined."),
      flag("absent_is_open", false,
           "Ways of which the file says nothing are no tunnels and no bridges, as is the habit of OpenStreetMap."),
      flag("reversed", false, "Driven the other way."),
      flag("both_ways", true, "Driven there and back."),
      text("crs", std::string{}, "Of files in metres that name none."),
      list(number("origin_deg", {"deg", {}, {-180.0, 180.0}}, "Where (0, 0) of such a file lies, [lon, lat]."),
           ValueType::numbers, 2),
      number("speed_kmh", {"km/h", {}, kSpeed_kmh}, "Where the file states none; absent: routes.speed_kmh."),
      text("first", std::string("07:00"), "First departure, each way."),
      text("last", std::string("18:00"), "Last departure."),
      number("headway_min", {"min", 60.0, {0.1, 1440.0}}, "Between departures.")};
}

Keys place_on_route(Keys rest) {
  Keys keys = {text("name", std::string{}, "Name."),
               number("at_m", {"m", {}, kAlong_m}, "Along the route; or lon and lat."),
               number("lon", {"deg", {}, {-180.0, 180.0}}, "Longitude: the nearest place of the route is taken."),
               number("lat", {"deg", {}, {-90.0, 90.0}}, "Latitude.")};
  keys.insert(keys.end(), rest.begin(), rest.end());
  return keys;
}

}  // namespace

std::vector<SchemaSection> RoutesStudy::sections() {
  return {{"routes", SectionKind::table, "What the vehicles of all routes have in common (docs/routes.md).",
           route_options()},
          {"routes.handover", SectionKind::table, "How handovers are decided (docs/methods/handover.md).",
           handover_keys()},
          {"routes.secondary_cells", SectionKind::table,
           "A non-stand-alone network: secondary cells of one technology beside anchors of the others.",
           secondary_cells_keys()},
          {"routes.second_modem", SectionKind::table,
           "A second modem in every vehicle, on another network: by selection, and by duplication.",
           second_modem_keys()},
          {"routes.weather", SectionKind::list,
           "A day to hold the routes against, beside a clear one; absent: heavy rain, wet snow and snow on the "
           "antennas.",
           weather_keys()},
          {"route", SectionKind::list, "A route.", course_keys()},
          {"route.stop", SectionKind::list, "Where the vehicle of the route above stands.",
           place_on_route({number("dwell_s", {"s", 20.0, {0.0, 86'400.0}}, "How long.")})},
          {"route.intersection", SectionKind::list, "Where the link must stand on every approach.",
           place_on_route({})},
          {"route.tunnel_aid",
           SectionKind::list,
           "A leaky cable or repeater of a tunnel, as its own design has it: without one a tunnel gets what comes "
           "in through its portals.",
           {required(number("from_m", {"m", {}, kAlong_m}, "Where it begins, along the route.")),
            required(number("to_m", {"m", {}, kAlong_m}, "Where it ends.")),
            required(text("site", {}, "Site whose signal it carries.")),
            text("sector", std::string{}, "Its sector; absent: the first."),
            number("rsrp_dbm", {"dBm", TunnelAid{}.rsrp_dbm, kRoutePower_dbm}, "Received at its beginning."),
            number("fall_db_per_100m", {"dB", 0.0, {0.0, 100.0}}, "A leaky cable's attenuation over 100 m."),
            text("source", std::string{}, "Where these figures are from.")}}};
}

}  // namespace amaneku::scenarios
