// Rows of the scenario's schema for microwave and optical hops.
#include <algorithm>
#include <array>
#include <string_view>

#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/backhaul/hop_scenario.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr Range kHopAvailability{50.0, 99.99999};
constexpr double kKeyPercent = 100.0;
constexpr double kKeyKm = 1e-3;

/// The parameters of a model of the given names, with default, range and source of the model.
template <class Model>
void add_fields(Keys& keys, const std::vector<std::string_view>& names) {
  for (const auto& field : Model::fields) {
    if (std::find(names.begin(), names.end(), field.name) == names.end()) continue;
    keys.push_back(number(field.name, {field.unit, Model{}.*field.member, field.range}, field.source));
  }
}

void add_heights(Keys& keys) {
  const HopHeights heights;
  keys.push_back(
      number("lowest_antenna_m", {"m", heights.lowest_agl_m, {0.0, 200.0}},
             "Above ground; highest is the highest antenna of the site. The least heights with sight are "
             "taken."));
  keys.push_back(number("exchange_antenna_m", {"m", heights.exchange_top_agl_m, {0.0, 200.0}},
                        "Highest place for an antenna at an exchange, above ground."));
}

Keys microwave_keys() {
  const MicrowaveOptions defaults;
  Keys out = {
      required(list(text("bands", {}, "Ids of bands with licence data (docs/formats/microwave.md)."),
                    ValueType::texts)),
      text("path", {}, "Bands and radios of one's own (docs/formats/microwave.md)."),
      number("channel_mhz", {"MHz", {}, {0.1, 10'000.0}}, "Width of a channel; absent: the widest of the band."),
      list(
          number("dishes_m", {"m", {}, {0.1, 10.0}}, "Diameters of antennas, rising; absent: those of the radio."),
          ValueType::numbers),
      choice("polarization", {"vertical", "horizontal"}, "Of all hops."),
      number("longest_km", {"km", {}, {0.01, 200.0}},
             "Longest hop that is tried; that of the band holds as well."),
      number("availability_percent", {"%", kKeyPercent * defaults.availability, kHopAvailability},
             "Share of the average year in which a hop has the capacity that the layout counts on."),
      number("fresnel_share", {"1", defaults.rules[0].fresnel_fraction, {0.0, 2.0}},
             "Of the first Fresnel zone that is free at k = 4/3."),
      number("worst_k", {"1", defaults.rules[1].earth_k, {0.3, 4.0 / 3.0}},
             "Effective Earth radius at which the ray itself is still clear.")};
  add_heights(out);
  return out;
}

Keys air_keys() {
  Keys out = {
      text("path", {},
           "Folder of the digital maps R001.TXT, LAT_R001.TXT and LON_R001.TXT of ITU-R P.837-7: rain at the "
           "middle of the area.")};
  add_fields<P530>(out, {"rain_rate_001_mm_h", "rain_height_asl_m", "rain_probability_percent", "dn1_n_units_km",
                         "terrain_roughness_m", "pressure_hpa", "temperature_c", "water_vapour_g_m3"});
  // Rain decides: nobody's default may stand for the place.
  for (SchemaKey& key : out) {
    if (key.name == "rain_rate_001_mm_h") key.fallback = std::monostate{};
  }
  return out;
}

SchemaKey weather_list(const char* name, Quantity quantity, const char* doc) {
  return list(number(name, std::move(quantity), doc), ValueType::numbers);
}

Keys optics_keys() {
  const OpticsOptions defaults;
  Keys out = {
      number("wavelength_nm", {"nm", defaults.terminal.wavelength_nm, {400.0, 2400.0}}, "Of the light."),
      required(number("tx_power_dbm", {"dBm", {}, {-50.0, 60.0}}, "Of the transmitter.")),
      required(number("sensitivity_dbm", {"dBm", {}, {-100.0, 30.0}}, "At which the receiver just works.")),
      required(number("mbps", {"Mbit/s", {}, {0.001, 1e6}}, "What it carries, each way.")),
      required(number("rx_aperture_m", {"m", {}, {0.002, 1.0}}, "Diameter of the receiver's lens."))};
  add_fields<Fso>(out, {"divergence_mrad", "tx_aperture_m", "turbulence_cn2", "clear_air_db_km", "allowance_db"});
  out.push_back(choice("fog_law", {"kruse", "kim"}, "ITU-R P.1814 (Kruse), or Kim, McArthur, Korevaar (2001)."));
  out.push_back(choice("rain_law", {"japan", "france"}, "Measurements that ITU-R P.1814 names."));
  out.push_back(choice("snow_kind", {"wet", "dry"}, "ITU-R P.1814."));
  out.push_back(required(weather_list("visibility_km", {"km", {}, {0.001, 200.0}},
                                      "Statistics of the place: visibilities, rising, two at least.")));
  out.push_back(required(weather_list("visibility_percent", {"%", {}, {1e-6, 100.0}},
                                      "Share of the year with less than each visibility, rising.")));
  out.push_back(weather_list("snow_mm_h", {"mm/h", {}, {0.001, 50.0}},
                             "Rates of snow as melted water, rising; absent: no snow is counted."));
  out.push_back(
      weather_list("snow_percent", {"%", {}, {1e-6, 100.0}}, "Share of the year with more than each, falling."));
  out.push_back(
      number("longest_km", {"km", kKeyKm * defaults.longest_m, {0.01, 10.0}}, "Longest hop that is tried."));
  out.push_back(number("availability_percent", {"%", kKeyPercent * defaults.availability, kHopAvailability},
                       "Share of the average year in which a hop has to work."));
  add_heights(out);
  return out;
}

Keys iab_keys() {
  const IabTerms defaults;
  return {required(number("antenna_gain_dbi", {"dBi", {}, {-10.0, 60.0}},
                          "Of the fed site's antenna towards its parent (IAB-MT).")),
          required(number("power_dbm", {"dBm", {}, {-10.0, 60.0}},
                          "Of the fed site towards its parent, conducted, over the whole carrier.")),
          required(number("margin_db", {"dB", {}, {0.0, 60.0}},
                          "Taken off the SNR both ways: rain, gases, interference, fading.")),
          required(number("hop_delay_ms", {"ms", {}, {0.0, 1e3}}, "One way, of each hop.")),
          integer("most_hops", {"1", std::int64_t{defaults.most_hops}, {1.0, 10.0}},
                  "Over access carriers on the way of one site."),
          number("longest_km", {"km", kKeyKm * defaults.longest_m, {0.01, 50.0}}, "Longest hop that is tried."),
          number("availability_percent", {"%", {}, kHopAvailability},
                 "Share of the average year in which a hop works; absent: not told.")};
}

}  // namespace

std::vector<SchemaSection> hop_sections() {
  const auto kTable = SectionKind::table;
  return {
      {"backhaul.microwave", kTable,
       "Microwave hops between existing sites, and from them to the exchanges. Needs [backhaul.air], and prices "
       "for microwave_terminal and microwave_fees (docs/methods/microwave.md).",
       microwave_keys()},
      {"backhaul.optics", kTable,
       "Hops of light likewise. Needs [backhaul.air], and a price for optics_terminal (docs/methods/optics.md).",
       optics_keys()},
      {"backhaul.iab", kTable,
       "Sites may be fed over the access carrier of a neighbour (integrated access and backhaul). Needs "
       "[traffic], "
       "5G sectors in TDD, and a price for iab_terminal (docs/methods/iab.md).",
       iab_keys()},
      {"backhaul.air", kTable, "Rain and air on the hops. Needs rain_rate_001_mm_h or path.", air_keys()}};
}

}  // namespace amaneku::scenarios
