#include <fmt/format.h>

#include <algorithm>

#include "scenarios/report/styles.hpp"
#include "scenarios/studies/backhaul/backhaul_colours.hpp"
#include "scenarios/studies/backhaul/hop_phrases.hpp"
#include "scenarios/studies/backhaul/hop_results.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kHopLengthKm = 1e-3;
constexpr double kHopMbit = 1e-6;
constexpr double kHopGhz = 1e-9;
constexpr double kHopPercent = 100.0;

std::vector<Column> common_columns() {
  return {
      text_column("from", "site at the first end"),
      text_column("to", "site or exchange at the second end"),
      real_column("length_km", "km", "over the ground", 3),
      real_column("from_agl_m", "m", "antenna above ground at the first end", 1),
      real_column("to_agl_m", "m", "antenna above ground at the second end", 1),
      real_column("fresnel_share", "1", "least clearance over the radius of the first Fresnel zone, k = 4/3", 2),
      real_column("spare_m", "m", "above what the rules of sight ask, where it is tightest", 2),
      real_column("margin_db", "dB", "for fading, of the most robust modulation, interference taken off", 2),
      real_column("availability_percent", "percent", "of the average year in which the hop works", 5),
      real_column("capacity_mbps", "Mbit/s", "there for the share of the year that is asked for", 1)};
}

std::vector<Column> use_columns() {
  return {integer_column("sites", "1", "sites and places behind it"), text_column("site_ids", "their ids"),
          real_column("people", "1", "whom these sites serve: cut off when it fails", 1),
          integer_column("capex_jpy", "JPY", "purchase"),
          integer_column("opex_jpy_per_year", "JPY/year", "operation")};
}

std::vector<Column> joined(std::initializer_list<std::vector<Column>> parts) {
  std::vector<Column> out;
  for (const std::vector<Column>& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

void append_values(std::vector<Attribute>& row, std::vector<Attribute> more) {
  row.insert(row.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

class HopTables {
 public:
  HopTables(const PlanInput& input, const BackhaulStudy& study) : input_(input), study_(study) {}

  [[nodiscard]] Table microwave() const {
    Table table{.name = "microwave",
                .meaning = "Microwave hops of the backhaul",
                .columns = joined({common_columns(), own_microwave_columns(), use_columns()}),
                .styles = {"", single_symbol_qml(SymbolKind::line, medium_colour(Medium::microwave), 0.9), ""},
                .outputs = {.json = "backhaul.microwave"}};
    for (const BuiltHop& built : study_.hops.built) {
      if (!built.with.is_microwave()) continue;
      const MicrowaveService& service = built.with.microwave();
      std::vector<Attribute> row = common(built.with, service.steps.front().margin_db);
      append_values(row, own(built, service));
      append_values(row, use(built));
      table.add(Geometry(Line{built.with.at[0], built.with.at[1]}), std::move(row));
    }
    return table;
  }

  [[nodiscard]] Table steps() const {
    Table table{
        .name = "microwave_steps",
        .meaning = "Each step of modulation on each microwave hop, with interference",
        .columns = {
            text_column("from", "site at the first end"), text_column("to", "site or exchange at the second end"),
            text_column("modulation", "step"), real_column("rate_mbps", "Mbit/s", "payload, each way", 1),
            real_column("margin_db", "dB", "for fading; negative: it never works", 2),
            real_column("rain_percent", "percent", "of the year lost to rain and wet snow", 6),
            real_column("multipath_percent", "percent", "of the year lost to several paths", 6),
            real_column("worst_month_percent", "percent", "of the worst month, by several paths", 6),
            real_column("time_percent", "percent", "of the year in which it is the best step that works", 5)}};
    for (const BuiltHop& built : study_.hops.built) {
      if (!built.with.is_microwave()) continue;
      const MicrowaveService& service = built.with.microwave();
      const std::vector<ModulationStep>& steps = band_of(built.with).radio.steps;
      for (std::size_t i = 0; i < service.steps.size(); ++i) {
        const StepService& step = service.steps[i];
        table.add({end(built.with.offer.from), end(built.with.offer.to), steps[i].id, kHopMbit * step.rate_bps,
                   step.margin_db, step.outage.rain_percent, step.outage.multipath_percent,
                   step.worst_month_percent, step.time_percent});
      }
    }
    return table;
  }

  [[nodiscard]] Table optics() const {
    Table table{.name = "optics",
                .meaning = "Free-space optical hops of the backhaul",
                .columns = joined({common_columns(), own_optics_columns(), use_columns()}),
                .styles = {"", single_symbol_qml(SymbolKind::line, medium_colour(Medium::optics), 0.9), ""},
                .outputs = {.json = "backhaul.optics"}};
    for (const BuiltHop& built : study_.hops.built) {
      if (!built.with.is_optics()) continue;
      const OpticsService& service = built.with.optics();
      std::vector<Attribute> row = common(built.with, service.margin_db);
      append_values(row, {service.geometric_db, service.scintillation_db, service.lowest_visibility_km,
                          service.highest_rain_mm_h, service.fog_percent, service.rain_percent,
                          service.snow_percent, amaneku::flag(service.beyond_statistics)});
      append_values(row, use(built));
      table.add(Geometry(Line{built.with.at[0], built.with.at[1]}), std::move(row));
    }
    return table;
  }

  [[nodiscard]] Table iab() const {
    Table table{
        .name = "iab",
        .meaning = "Sites that are fed over the access carrier of a neighbouring one",
        .columns = joined(
            {{text_column("parent", "site that feeds"),
              text_column("fed", "site that is fed"),
              text_column("sector", "of the parent, on whose carrier"),
              real_column("length_km", "km", "over the ground", 3),
              real_column("parent_agl_m", "m", "antenna above ground", 1),
              real_column("fed_agl_m", "m", "likewise", 1),
              flag_column("line_of_sight", "over ground and clutter"),
              integer_column("hops", "1", "over access carriers on the longest way, up to this one"),
              real_column("snr_dl_db", "dB", "towards the fed site, the margin taken off", 2),
              real_column("snr_ul_db", "dB", "towards the parent, likewise", 2),
              real_column("dl_mbps", "Mbit/s", "the whole carrier for this hop alone", 1),
              real_column("ul_mbps", "Mbit/s", "likewise", 1),
              real_column("dl_busy_mbps", "Mbit/s", "of the sites behind it in the busy hour", 2),
              real_column("ul_busy_mbps", "Mbit/s", "likewise", 2),
              real_column("dl_share_percent", "percent", "of the time of each cell that it takes", 2),
              real_column("ul_share_percent", "percent", "likewise", 2),
              real_column("parent_dl_percent", "percent", "load of the feeding cell with its people and all hops",
                          2),
              real_column("parent_ul_percent", "percent", "likewise", 2),
              real_column("fed_dl_percent", "percent", "of the fullest cell of the fed site on this channel", 2),
              real_column("fed_ul_percent", "percent", "likewise", 2),
              real_column("capacity_mbps", "Mbit/s", "of such traffic, all else as it is", 1)},
             use_columns()}),
        .styles = {"", single_symbol_qml(SymbolKind::line, medium_colour(Medium::iab), 0.9), ""},
        .outputs = {.json = "backhaul.iab"}};
    for (const IabUse& feed : study_.hops.iab) {
      const BuiltHop& built = study_.hops.built[feed.hop];
      std::vector<Attribute> row = own(built, feed);
      append_values(row, use(built));
      const Point from = built.with.at[feed.feed];
      const Point to = built.with.at[1 - feed.feed];
      table.add(Geometry(Line{from, to}), std::move(row));
    }
    return table;
  }

 private:
  [[nodiscard]] std::vector<Attribute> own(const BuiltHop& built, const IabUse& use) const {
    const IabPair& pair = built.with.iab();
    const IabFeed& feed = pair.feeds[use.feed];
    return {end(use.feed == 0 ? pair.from : pair.to),
            end(use.feed == 0 ? pair.to : pair.from),
            feed.sector,
            kHopLengthKm * pair.length_m,
            feed.parent_agl_m,
            feed.fed_agl_m,
            amaneku::flag(feed.line_of_sight),
            std::int64_t{use.depth},
            feed.rates.snr_dl_db,
            feed.rates.snr_ul_db,
            kHopMbit * feed.rates.dl_bps,
            kHopMbit * feed.rates.ul_bps,
            kHopMbit * use.traffic.dl_bps,
            kHopMbit * use.traffic.ul_bps,
            kHopPercent * use.share.downlink,
            kHopPercent * use.share.uplink,
            kHopPercent * use.parent.downlink,
            kHopPercent * use.parent.uplink,
            kHopPercent * use.fed.downlink,
            kHopPercent * use.fed.uplink,
            finite(kHopMbit * built.with.offer.terms.capacity_bps)};
  }

  static std::vector<Column> own_microwave_columns() {
    return {
        text_column("band", "id of the band"),
        real_column("from_ghz", "GHz", "centre of what the first end sends", 4),
        real_column("to_ghz", "GHz", "centre of what the second end sends", 4),
        real_column("channel_mhz", "MHz", "width", 1),
        real_column("dish_m", "m", "diameter of both antennas", 2),
        real_column("received_dbm", "dBm", "in clear air", 2),
        real_column("rain_001_db", "dB", "exceeded for 0.01 % of the year", 2),
        real_column("mean_mbps", "Mbit/s", "over the average year", 1),
        text_column("modulations", "each step with its Mbit/s and the share of the year in which it is the best"),
        real_column("interference_dbm", "dBm", "the worse end, of all other hops; none: no other on its channel",
                    2),
        real_column("interference_db", "dB", "loss of the threshold at that end", 2),
        text_column("interferer", "hop that adds most there")};
  }

  static std::vector<Column> own_optics_columns() {
    return {real_column("geometric_db", "dB", "light that misses the receiver", 2),
            real_column("scintillation_db", "dB", "two standard deviations", 2),
            real_column("lowest_visibility_km", "km", "that the margin bridges", 3),
            real_column("highest_rain_mm_h", "mm/h", "likewise", 1),
            real_column("fog_percent", "percent", "of the year lost to fog", 5),
            real_column("rain_percent", "percent", "of the year lost to rain", 5),
            real_column("snow_percent", "percent", "of the year lost to snow", 5),
            flag_column("beyond_statistics", "the margin lies outside the statistics: their last point counts")};
  }

  [[nodiscard]] std::string end(std::uint32_t index) const {
    return hop_end_name({input_.network, study_.options->exchanges}, index, Language::en);
  }
  [[nodiscard]] const MicrowaveOffer& band_of(const Hop& hop) const {
    return study_.hop_ask->options.microwave->bands[hop.band];
  }

  [[nodiscard]] std::vector<Attribute> common(const Hop& hop, double margin_db) const {
    return {end(hop.offer.from),
            end(hop.offer.to),
            kHopLengthKm * hop.offer.length_m,
            hop.sight.from_agl_m,
            hop.sight.to_agl_m,
            finite(view_of(input_, study_, hop).least_share),
            finite(hop.sight.tightest.spare_m),
            margin_db,
            kHopPercent * hop.offer.terms.availability,
            kHopMbit * hop.offer.terms.capacity_bps};
  }

  [[nodiscard]] std::vector<Attribute> own(const BuiltHop& built, const MicrowaveService& service) const {
    const Hop& hop = built.with;
    const MicrowaveOffer& band = band_of(hop);
    const HopInterference& worse = built.received[0].degradation_db >= built.received[1].degradation_db
                                       ? built.received[0]
                                       : built.received[1];
    std::string modulations;
    for (std::size_t i = 0; i < service.steps.size(); ++i)
      modulations += fmt::format("{}{} {:.1f} Mbit/s {:.4f} %", i == 0 ? "" : ", ", band.radio.steps[i].id,
                                 kHopMbit * service.steps[i].rate_bps, service.steps[i].time_percent);
    std::string interferer;
    if (worse.strongest >= 0) {
      const Hop& other = study_.hops.built[static_cast<std::size_t>(worse.strongest)].with;
      interferer = end(other.offer.from) + "-" + end(other.offer.to);
    }
    return {band.band,
            kHopGhz * built.centre_hz[0],
            kHopGhz * built.centre_hz[1],
            kHopMbit * band.radio.channel_hz,
            hop.dish_m,
            service.received_dbm,
            service.rain_001_db,
            kHopMbit * service.mean_capacity_bps(),
            modulations,
            finite(worse.interference_dbm),
            built.degradation_db,
            interferer};
  }

  [[nodiscard]] std::vector<Attribute> use(const BuiltHop& built) const {
    const auto segment = std::find_if(
        study_.report.segments.begin(), study_.report.segments.end(),
        [&](const BackhaulSegment& one) { return one.use == EdgeUse::link && one.edge == built.edge; });
    if (segment == study_.report.segments.end()) throw InternalError("a hop that is built has no segment");
    std::string ids;
    for (const std::uint32_t index : segment->ends) {
      const BackhaulSite& site = study_.report.sites[index];
      ids += (ids.empty() ? "" : " ") + (site.is_place() ? site.name : site.id);
    }
    return {count(segment->ends.size()), ids, segment->people, segment->capex_jpy, segment->opex_jpy_per_year};
  }

  const PlanInput& input_;
  const BackhaulStudy& study_;
};

}  // namespace

std::string hop_end_name(const HopEnds& ends, std::uint32_t end, Language language) {
  const std::size_t sites = ends.network.sites.size();
  if (end < sites) return ends.network.sites[end].id;
  const ExchangeOffice& exchange = ends.exchanges[end - sites];
  if (!exchange.name.empty()) return exchange.name;
  return fill(phrases::kExchangeNumbered.in(language), {fmt::format("{}", end - sites + 1)});
}

HopView view_of(const PlanInput& input, const BackhaulStudy& study, const Hop& hop) {
  constexpr double kLight_m_s = 299'792'458.0;
  constexpr double kMetresOfNm = 1e-9;
  const HopOptions& options = study.hop_ask->options;
  const double freq_hz = hop.is_microwave() ? options.microwave->bands[hop.band].band_hz.min
                                            : kLight_m_s / (kMetresOfNm * options.optics->terminal.wavelength_nm);
  std::optional<HopView> view =
      hop_view(input.world.ground,
               {.at = hop.at, .antenna_agl_m = {hop.sight.from_agl_m, hop.sight.to_agl_m}, .freq_hz = freq_hz},
               hop.is_microwave() ? options.microwave->rules : kCustomaryRules);
  if (!view) throw InternalError("a hop was built over missing ground");
  return std::move(*view);
}

std::vector<Table> hop_tables(const PlanInput& input, const BackhaulStudy& study) {
  if (!study.hop_ask) return {};
  const HopTables tables(input, study);
  std::vector<Table> out = {tables.microwave(), tables.steps(), tables.optics()};
  if (study.hop_ask->iab) out.push_back(tables.iab());
  return out;
}

}  // namespace amaneku::scenarios
