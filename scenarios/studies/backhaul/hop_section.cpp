// The part of the report on microwave and optical hops: tables, and the profile of every hop with its Fresnel
// zone.
#include <fmt/format.h>

#include "scenarios/report/html.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/backhaul/hop_phrases.hpp"
#include "scenarios/studies/backhaul/hop_profile_svg.hpp"
#include "scenarios/studies/backhaul/hop_results.hpp"
#include "scenarios/studies/backhaul/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostProfiles = 24;
constexpr double kReportMbit = 1e-6;
constexpr double kReportPercent = 100.0;

class HopSection {
 public:
  HopSection(const ReportContext& context, const BackhaulStudy& study) : context_(context), study_(study) {}

  [[nodiscard]] std::string html() const {
    const HopOptions& options = study_.hop_ask->options;
    const HopOffers& offers = study_.hops.offers;
    std::string out =
        "<h3>" + said(context_, study_.hop_ask->iab ? phrases::kHopsWithIab : phrases::kHops) + "</h3>\n";
    if (options.microwave) {
      const MicrowaveOptions& microwave = *options.microwave;
      out += paragraph(said(context_, phrases::kMicrowaveNote,
                            {figure(microwave.rules[0].fresnel_fraction, 1), figure(microwave.rules[1].earth_k, 2),
                             figure(microwave.climate.rain_rate_001_mm_h, 1),
                             fmt::format("{:g}", kReportPercent * microwave.availability)}));
      out += census(offers.microwave, Medium::microwave) + microwave_table();
    }
    if (options.optics) {
      out += paragraph(
          said(context_, phrases::kOpticsNote, {fmt::format("{:g}", options.optics->terminal.wavelength_nm)}));
      out += census(offers.optics, Medium::optics) + optics_table();
    }
    if (study_.hop_ask->iab) out += access_carriers();
    return out + profiles();
  }

 private:
  [[nodiscard]] std::string census(const HopCensus& census, Medium medium) const {
    std::size_t offered = 0;
    std::size_t built = 0;
    for (const Hop& hop : study_.hops.offers.hops) offered += hop.offer.medium == medium ? 1U : 0U;
    for (const BuiltHop& hop : study_.hops.built) built += hop.with.offer.medium == medium ? 1U : 0U;
    const auto text = [](std::size_t value) { return figure(static_cast<double>(value)); };
    if (medium == Medium::iab)
      return paragraph(said(context_, phrases::kIabCensus,
                            {text(census.tried), text(census.weak), text(offered), text(built)}));
    return paragraph(said(context_, phrases::kHopCensus,
                          {text(census.tried), text(census.blocked), text(census.no_ground), text(census.weak),
                           text(offered), text(built)}));
  }

  [[nodiscard]] std::string name(const Hop& hop) const {
    const HopEnds ends{context_.input.network, study_.options->exchanges};
    return hop_end_name(ends, hop.offer.from, context_.language) + " – " +
           hop_end_name(ends, hop.offer.to, context_.language);
  }
  [[nodiscard]] static Cell heights(const Hop& hop) {
    return {.html = fmt::format("{:.1f} / {:.1f}", hop.sight.from_agl_m, hop.sight.to_agl_m), .number = true};
  }
  [[nodiscard]] std::string band_name(const Hop& hop) const {
    const MicrowaveBand& band = study_.hop_ask->bands[hop.band];
    return context_.language == Language::ja ? band.name_ja : band.name;
  }

  [[nodiscard]] std::string steps(const Hop& hop) const {
    const std::vector<ModulationStep>& names = study_.hop_ask->options.microwave->bands[hop.band].radio.steps;
    const std::vector<StepService>& steps = hop.microwave().steps;
    std::string out;
    for (std::size_t i = steps.size(); i-- > 0;)
      out += fmt::format("{}{}: {} ({:.3f} %)", out.empty() ? "" : "<br>", user_text(names[i].id),
                         figure(kReportMbit * steps[i].rate_bps), steps[i].time_percent);
    return out;
  }

  [[nodiscard]] std::string microwave_table() const {
    HtmlTable table(context_.language);
    table.column(phrases::kHopOf).column(phrases::kBandOf).column(phrases::kHopKm, true);
    table.column(phrases::kHopHeights, true).column(phrases::kDishOf, true).column(phrases::kMarginDb, true);
    table.column(phrases::kHopAvailability, true)
        .column(phrases::kHopCapacity, true)
        .sentences(phrases::kHopSteps);
    table.column(phrases::kFresnelShare, true).column(phrases::kInterferenceDb, true);
    bool any = false;
    for (const BuiltHop& built : study_.hops.built) {
      const Hop& hop = built.with;
      if (!hop.is_microwave()) continue;
      any = true;
      table.row({words(name(hop)),
                 words(band_name(hop)),
                 number(kKm * hop.offer.length_m, 2),
                 heights(hop),
                 number(hop.dish_m, 1),
                 number(hop.microwave().steps.front().margin_db, 1),
                 number(kReportPercent * hop.offer.terms.availability, 4),
                 number(kReportMbit * hop.offer.terms.capacity_bps, 0),
                 {.html = steps(hop)},
                 number(view_of(context_.input, study_, hop).least_share, 2),
                 number(built.degradation_db, 2)});
    }
    return any ? table.html() + paragraph(said(context_, phrases::kHopTableNote)) : std::string{};
  }

  [[nodiscard]] std::string optics_table() const {
    HtmlTable table(context_.language);
    table.column(phrases::kHopOf).column(phrases::kHopKm, true).column(phrases::kHopHeights, true);
    table.column(phrases::kMarginDb, true).column(phrases::kVisibilityOf, true).column(phrases::kOutageBy, true);
    table.column(phrases::kHopAvailability, true).column(phrases::kHopCapacity, true);
    bool any = false;
    for (const BuiltHop& built : study_.hops.built) {
      const Hop& hop = built.with;
      if (!hop.is_optics()) continue;
      any = true;
      const OpticsService& service = hop.optics();
      table.row({words(name(hop)),
                 number(kKm * hop.offer.length_m, 2),
                 heights(hop),
                 number(service.margin_db, 1),
                 number(service.lowest_visibility_km, 2),
                 {.html = fmt::format("{:.3f} / {:.3f} / {:.3f}", service.fog_percent, service.rain_percent,
                                      service.snow_percent),
                  .number = true},
                 number(kReportPercent * service.availability(), 3),
                 number(kReportMbit * hop.offer.terms.capacity_bps, 0)});
    }
    return any ? table.html() : std::string{};
  }

  [[nodiscard]] std::string access_carriers() const {
    const IabTerms& terms = *study_.hop_ask->iab;
    std::string out = paragraph(said(context_, phrases::kIabNote,
                                     {figure(terms.terminal.margin_db, 1), std::to_string(terms.most_hops)})) +
                      census(study_.hops.offers.iab, Medium::iab);
    if (study_.hops.iab.empty()) return out;
    HtmlTable table(context_.language);
    table.column(phrases::kIabFed).column(phrases::kIabParent).column(phrases::kHopKm, true);
    table.column(phrases::kIabSnr, true).column(phrases::kIabRate, true).column(phrases::kIabBusy, true);
    table.column(phrases::kIabShare, true).column(phrases::kIabParentLoad, true);
    table.column(phrases::kIabFedLoad, true).column(phrases::kIabDepth, true);
    const auto both = [](double down, double up, int decimals) {
      return Cell{.html = figure(down, decimals) + " / " + figure(up, decimals), .number = true};
    };
    const auto percent = [&](const IabShare& share) {
      return both(kReportPercent * share.downlink, kReportPercent * share.uplink, 1);
    };
    const HopEnds ends{context_.input.network, study_.options->exchanges};
    for (const IabUse& use : study_.hops.iab) {
      const IabPair& pair = study_.hops.built[use.hop].with.iab();
      const IabFeed& feed = pair.feeds[use.feed];
      const std::uint32_t parent = use.feed == 0 ? pair.from : pair.to;
      const std::uint32_t fed = use.feed == 0 ? pair.to : pair.from;
      table.row({words(hop_end_name(ends, fed, context_.language)),
                 words(hop_end_name(ends, parent, context_.language) + " / " + feed.sector),
                 number(kKm * pair.length_m, 2), both(feed.rates.snr_dl_db, feed.rates.snr_ul_db, 1),
                 both(kReportMbit * feed.rates.dl_bps, kReportMbit * feed.rates.ul_bps, 0),
                 both(kReportMbit * use.traffic.dl_bps, kReportMbit * use.traffic.ul_bps, 1), percent(use.share),
                 percent(use.parent), percent(use.fed), number(use.depth)});
    }
    return out + table.html() + paragraph(said(context_, phrases::kIabTableNote));
  }

  [[nodiscard]] std::string profiles() const {
    std::vector<const Hop*> built;
    for (const BuiltHop& hop : study_.hops.built) {
      if (!hop.with.is_iab()) built.push_back(&hop.with);
    }
    if (built.empty()) return {};
    std::string out = "<div class=\"maps\">\n";
    for (std::size_t i = 0; i < std::min(built.size(), kMostProfiles); ++i) {
      const Hop& hop = *built[i];
      std::string title =
          fill(phrases::kHopProfile.in(context_.language), {name(hop), figure(kKm * hop.offer.length_m, 2)});
      if (hop.is_microwave()) title += ", " + band_name(hop);
      out += "<figure><h3>" + user_text(title) + "</h3>" +
             hop_profile_svg(view_of(context_.input, study_, hop), title, context_.language) + "</figure>\n";
    }
    const MicrowaveOptions* microwave =
        study_.hop_ask->options.microwave ? &*study_.hop_ask->options.microwave : nullptr;
    const double worst_k = microwave != nullptr ? microwave->rules[1].earth_k : kCustomaryRules[1].earth_k;
    out += "</div>\n" + paragraph(said(context_, phrases::kHopProfileNote, {figure(worst_k, 2)}));
    if (built.size() > kMostProfiles)
      out += paragraph(
          said(context_, phrases::kMoreHops, {figure(static_cast<double>(built.size() - kMostProfiles))}));
    return out;
  }

  const ReportContext& context_;
  const BackhaulStudy& study_;
};

}  // namespace

std::string hop_section(const ReportContext& context, const BackhaulStudy& study) {
  return study.hop_ask ? HopSection(context, study).html() : std::string{};
}

}  // namespace amaneku::scenarios
