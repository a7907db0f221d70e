#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "libsim/entry_of.hpp"
#include "scenarios/catalogue/rain_map.hpp"
#include "scenarios/studies/backhaul/hop_scenario.hpp"
#include "scenarios/studies/backhaul/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kHopMega = 1e6;
constexpr double kHopMPerKm = 1e3;
constexpr double kHopPerCent = 100.0;
constexpr double kHopMsPerS = 1e3;

/// Absent keys have the defaults of the model, as the schema says.
template <class Model>
void read_fields(Model& model, const SectionView& view, const SchemaSection& section) {
  for (const auto& field : Model::fields) {
    // A list of the same name is a statistic, not the parameter.
    const bool known = std::any_of(section.keys.begin(), section.keys.end(), [&](const SchemaKey& key) {
      return key.name == field.name && key.type == ValueType::number;
    });
    if (known && view.given(field.name)) model.*field.member = view.number(field.name);
  }
}

HopHeights heights_of(const SectionView& view) {
  return {view.number("lowest_antenna_m"), view.number("exchange_antenna_m")};
}

class HopReader {
 public:
  explicit HopReader(const StudyReading& reading) : reading_(reading), document_(reading.document) {}

  std::optional<HopAsk> run() {
    const SectionView microwave = document_.section("backhaul.microwave");
    const SectionView optics = document_.section("backhaul.optics");
    const SectionView iab = document_.section("backhaul.iab");
    const bool over_air = microwave.node() != nullptr || optics.node() != nullptr;
    if (!over_air && iab.node() == nullptr) return std::nullopt;
    const SectionView& first = microwave.node() != nullptr ? microwave : optics.node() != nullptr ? optics : iab;
    if (document_.section("backhaul").node() == nullptr)
      document_.add(first.fault("availability_percent", "needs [backhaul]"));
    if (iab.node() != nullptr) read_iab(iab);
    if (!over_air) return std::move(out_);
    const SectionView air_view = document_.section("backhaul.air");
    if (air_view.node() == nullptr)
      document_.add(first.fault("availability_percent",
                                "needs [backhaul.air] with rain_rate_001_mm_h: how much it rains decides"));
    else
      document_.attempt(air_view, "path", [&] { air(air_view); });
    if (microwave.node() != nullptr) document_.attempt(microwave, "bands", [&] { read_microwave(microwave); });
    if (optics.node() != nullptr) document_.attempt(optics, "visibility_km", [&] { read_optics(optics); });
    return std::move(out_);
  }

 private:
  void air(const SectionView& view) {
    const bool stated = view.given("rain_rate_001_mm_h");
    if (stated == view.given("path"))
      document_.add(view.fault("rain_rate_001_mm_h", stated
                                                         ? "is given, and path too: one of them decides"
                                                         : "is missing, and path with the maps of the ITU too"));
    read_fields(air_, view, schema_section("backhaul.air"));
    if (!view.given("path") || stated) return;
    const Grid& grid = reading_.input.world.grid();
    const Point middle{0.5 * (grid.west_m + grid.east_m()), 0.5 * (grid.south_m() + grid.north_m)};
    air_.rain_rate_001_mm_h = rain_rate_001_mm_h(document_.path_of(view), reading_.crs.to_lonlat(middle));
  }

  void read_microwave(const SectionView& view) {
    MicrowaveOptions out{.heights = heights_of(view),
                         .availability = view.number("availability_percent") / kHopPerCent,
                         .climate = air_};
    out.rules[0].fresnel_fraction = view.number("fresnel_share");
    out.rules[1].earth_k = view.number("worst_k");
    const MicrowaveCatalogue catalogue =
        view.given("path") ? microwave_with(document_.path_of(view)) : built_in_microwave();
    const std::vector<std::string> ids = view.texts("bands");
    if (ids.empty()) document_.add(view.fault("bands", "names no band"));
    for (const std::string& id : ids) {
      document_.attempt(view, "bands", [&] { out.bands.push_back(offer_of(view, catalogue, id)); });
    }
    out_.options.microwave = std::move(out);
  }

  MicrowaveOffer offer_of(const SectionView& view, const MicrowaveCatalogue& catalogue, const std::string& id) {
    const MicrowaveBand& band = licensed_band(catalogue, id);
    const MicrowaveType& type = entry_of(catalogue.types, band.radio, "microwave radio");
    MicrowaveOffer out{.band = id,
                       .band_hz = band.freq_hz,
                       .longest_m = band.longest_m,
                       .radio = radio_of(catalogue, band),
                       .dish_m = view.given("dishes_m") ? view.numbers("dishes_m") : type.antenna_diameter_m,
                       .dish_efficiency = type.antenna_efficiency};
    if (view.given("longest_km")) out.longest_m = std::min(out.longest_m, kHopMPerKm * view.number("longest_km"));
    if (view.given("channel_mhz")) out.radio.channel_hz = channel_of(view, band);
    if (view.text("polarization") == "horizontal") out.radio.polarization = Polarization::horizontal;
    const bool rising = !out.dish_m.empty() && std::adjacent_find(out.dish_m.begin(), out.dish_m.end(),
                                                                  std::greater_equal<>()) == out.dish_m.end();
    if (!rising) throw InputError(Fault{.message = "does not rise", .key = "dishes_m"});
    out_.bands.push_back(band);
    out_.types.push_back(type);
    return out;
  }

  static double channel_of(const SectionView& view, const MicrowaveBand& band) {
    const double asked_hz = kHopMega * view.number("channel_mhz");
    std::string widths;
    for (const double width_hz : band.channel_hz) {
      // Megahertz that were multiplied may miss a width by a bit.
      if (std::abs(width_hz - asked_hz) < 1.0) return width_hz;
      widths += fmt::format("{}{:g}", widths.empty() ? "" : ", ", width_hz / kHopMega);
    }
    throw InputError(Fault{.message = "is no width of the band " + band.id,
                           .key = "channel_mhz",
                           .value = fmt::format("{:g}", view.number("channel_mhz")),
                           .legal = widths});
  }

  static std::vector<WeatherPoint> weather(const SectionView& view, const char* values, const char* percents) {
    if (view.given(values) != view.given(percents))
      throw InputError(
          Fault{.message = fmt::format("give {} and {}, or neither", values, percents), .key = values});
    if (!view.given(values)) return {};
    const std::vector<double> value = view.numbers(values);
    const std::vector<double> percent = view.numbers(percents);
    if (value.size() != percent.size())
      throw InputError(Fault{.message = fmt::format("needs as many values in {}", percents), .key = values});
    std::vector<WeatherPoint> out;
    for (std::size_t i = 0; i < value.size(); ++i) out.push_back({value[i], percent[i]});
    return out;
  }

  void read_optics(const SectionView& view) {
    OpticsOptions out{.heights = heights_of(view),
                      .longest_m = kHopMPerKm * view.number("longest_km"),
                      .availability = view.number("availability_percent") / kHopPerCent};
    out.terminal = {.wavelength_nm = view.number("wavelength_nm"),
                    .tx_power_dbm = view.number("tx_power_dbm"),
                    .sensitivity_dbm = view.number("sensitivity_dbm"),
                    .rate_bps = kHopMega * view.number("mbps")};
    Fso& light = out.terminal.optics;
    read_fields(light, view, schema_section("backhaul.optics"));
    const double aperture_m = view.number("rx_aperture_m");
    light.rx_area_m2 = 0.25 * std::numbers::pi * aperture_m * aperture_m;
    light.fog_law = view.text("fog_law") == "kim" ? optics::FogLaw::kim : optics::FogLaw::kruse;
    light.rain_law = view.text("rain_law") == "france" ? optics::RainLaw::france : optics::RainLaw::japan;
    light.snow_kind = view.text("snow_kind") == "dry" ? optics::SnowKind::dry : optics::SnowKind::wet;
    out.weather = {
        .visibility = weather(view, "visibility_km", "visibility_percent"),
        .rain = air_.rain_rate_001_mm_h > 0.0 ? scaled_rain(air_.rain_rate_001_mm_h) : std::vector<WeatherPoint>{},
        .snow = weather(view, "snow_mm_h", "snow_percent")};
    // Refuses lists that are no distribution; the length does not matter.
    constexpr double kAny_m = 100.0;
    (void)optics_service(out.terminal, kAny_m, out.weather);
    out_.options.optics = std::move(out);
  }

  void read_iab(const SectionView& view) {
    IabTerms out{.terminal = {.gain_dbi = view.number("antenna_gain_dbi"),
                              .power_dbm = view.number("power_dbm"),
                              .margin_db = view.number("margin_db")},
                 .longest_m = kHopMPerKm * view.number("longest_km"),
                 .most_hops = static_cast<int>(view.integer("most_hops")),
                 .hop_delay_s = view.number("hop_delay_ms") / kHopMsPerS};
    if (view.given("availability_percent")) out.availability = view.number("availability_percent") / kHopPerCent;
    if (!reading_.input.traffic.any())
      document_.add(view.fault("most_hops", "needs [traffic]: without it nobody knows what the cells have left"));
    const SectionView backhaul = document_.section("backhaul");
    if (backhaul.node() != nullptr && backhaul.given("availability_percent") &&
        !view.given("availability_percent"))
      document_.add(
          view.fault("availability_percent", "is needed where [backhaul] asks for an availability of every way"));
    out_.iab = out;
  }

  const StudyReading& reading_;
  Document& document_;
  P530 air_{};
  HopAsk out_{};
};

class HopWarner {
 public:
  HopWarner(const HopAsk& ask, const HopPlan& plan, const HopEnds& ends) : ask_(ask), plan_(plan), ends_(ends) {}

  std::vector<Warning> run() {
    if (plan_.offers.hops.empty()) none();
    unverified();
    doubts();
    interference();
    access_carriers();
    return std::move(out_);
  }

 private:
  void none() {
    const HopCensus& a = plan_.offers.microwave;
    const HopCensus& b = plan_.offers.optics;
    const HopCensus& c = plan_.offers.iab;
    out_.push_back(
        {"backhaul_no_hop",
         fmt::format("no pair of masts has a hop that works: {} tried, {} without sight, {} over missing "
                     "ground, {} below the availability asked for, {} that no cell could feed",
                     a.tried + b.tried + c.tried, a.blocked + b.blocked, a.no_ground + b.no_ground,
                     a.weak + b.weak, c.weak)});
  }

  void unverified() {
    std::vector<std::string> named;
    const auto name = [&](const std::string& what) {
      if (std::find(named.begin(), named.end(), what) == named.end()) named.push_back(what);
    };
    for (const BuiltHop& hop : plan_.built) {
      if (!hop.with.is_microwave()) continue;
      if (!ask_.bands[hop.with.band].verified) name("band " + ask_.bands[hop.with.band].id);
      if (!ask_.types[hop.with.band].verified) name("radio " + ask_.types[hop.with.band].id);
    }
    if (named.empty()) return;
    std::string all;
    for (const std::string& one : named) all += (all.empty() ? "" : ", ") + one;
    out_.push_back({"backhaul_microwave_unverified",
                    "figures of microwave bands and radios that nobody has held against their documents: " + all,
                    static_cast<long long>(named.size())});
  }

  [[nodiscard]] std::string name_of(const Hop& hop) const {
    return hop_end_name(ends_, hop.offer.from, Language::en) + "-" +
           hop_end_name(ends_, hop.offer.to, Language::en);
  }

  void doubts() {
    long long count = 0;
    std::string named;
    for (const BuiltHop& built : plan_.built) {
      const Hop& hop = built.with;
      std::string words;
      if (hop.is_microwave()) {
        for (const HopDoubt doubt : hop.microwave().doubts)
          words += " " + std::string(kHopDoubtWords[static_cast<std::size_t>(doubt)]);
      } else if (hop.is_optics() && hop.optics().beyond_statistics) {
        words = " beyond_statistics";
      }
      if (words.empty()) continue;
      ++count;
      named += (named.empty() ? "" : ", ") + name_of(hop) + " (" + words.substr(1) + ")";
    }
    if (count > 0)
      out_.push_back({"backhaul_hop_beyond", "hops beyond what their statistics were made for: " + named, count});
  }

  void interference() {
    std::string named;
    long long count = 0;
    for (const LostHop& lost : plan_.lost) {
      const Hop& hop = plan_.offers.hops[lost.hop];
      if (hop.is_iab()) continue;
      named += fmt::format("{}{} ({:.1f} dB)", count++ == 0 ? "" : ", ", name_of(hop), lost.degradation_db);
    }
    if (count > 0)
      out_.push_back(
          {"backhaul_hop_interference", "hops that other hops of the plan leave too little: " + named, count});
    named.clear();
    count = 0;
    for (const BuiltHop& hop : plan_.built) {
      const bool beside = hop.received[0].same_mast >= 0 || hop.received[1].same_mast >= 0;
      if (beside) named += (count++ == 0 ? "" : ", ") + name_of(hop.with);
    }
    if (count > 0)
      out_.push_back({"backhaul_hop_same_mast",
                      "hops that receive on the channel on which another one sends from the same mast: " + named,
                      count});
  }

  void access_carriers() {
    std::string named;
    long long count = 0;
    for (const LostHop& lost : plan_.lost) {
      const Hop& hop = plan_.offers.hops[lost.hop];
      if (hop.is_iab()) named += (count++ == 0 ? "" : ", ") + name_of(hop);
    }
    if (count > 0)
      out_.push_back({"backhaul_iab_full",
                      "hops over access carriers that were given up, for the cells have no time for them or "
                      "too many would follow each other: " +
                          named,
                      count});
  }

  const HopAsk& ask_;
  const HopPlan& plan_;
  const HopEnds& ends_;
  std::vector<Warning> out_{};
};

}  // namespace

std::optional<HopAsk> read_hops(const StudyReading& reading) {
  return HopReader(reading).run();
}

std::string hops_text(const HopAsk& ask, Language language) {
  std::string bands;
  for (const MicrowaveBand& band : ask.bands)
    bands += (bands.empty() ? "" : " ") + (language == Language::ja ? band.name_ja : band.id);
  std::string out = bands.empty() ? bands : fill(phrases::kHopsPlan.in(language), {bands});
  if (ask.options.optics) out += phrases::kOpticsPlan.in(language);
  if (ask.iab) out += phrases::kIabPlan.in(language);
  return out;
}

void check_hop_prices(const StudyReading& reading, const MoneyInput& money) {
  const auto need = [&](const char* section, const char* key, CostQuantity quantity) {
    const SectionView view = reading.document.section(section);
    if (view.node() == nullptr) return;
    for (const CostAsset& asset : money.catalogue.assets) {
      if (asset.quantity != quantity || !asset.price.empty()) continue;
      reading.document.add(view.fault(
          key, fmt::format("{} has no price: state one for [asset.{}] in the file of costs.path, be it 0",
                           asset.name, asset.id)));
    }
  };
  need("backhaul.microwave", "bands", CostQuantity::microwave_ends);
  need("backhaul.optics", "mbps", CostQuantity::optics_ends);
  need("backhaul.iab", "antenna_gain_dbi", CostQuantity::iab_links);
}

std::vector<Warning> hop_warnings(const HopAsk& ask, const HopPlan& plan, const HopEnds& ends) {
  return HopWarner(ask, plan, ends).run();
}

}  // namespace amaneku::scenarios
