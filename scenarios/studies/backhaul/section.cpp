// The section of the report on the backhaul: figures, map, each site's way with its reason, bill, weak points.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "libsim/entry_of.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/report/svg.hpp"
#include "scenarios/studies/backhaul/backhaul_colours.hpp"
#include "scenarios/studies/backhaul/backhaul_study.hpp"
#include "scenarios/studies/backhaul/hop_results.hpp"
#include "scenarios/studies/backhaul/hop_scenario.hpp"
#include "scenarios/studies/backhaul/phrases.hpp"
#include "scenarios/studies/costs/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostSites = 300;
constexpr std::size_t kMostPoints = 8;
constexpr std::size_t kMostStretches = 30;
constexpr double kMillion = 1e-6;

std::string yen(std::int64_t amount_jpy) {
  return figure(static_cast<double>(amount_jpy));
}

Cell yen_cell(std::int64_t amount_jpy) {
  return {.html = yen(amount_jpy), .number = true};
}

std::string medium_name(const ReportContext& context, Medium medium) {
  return said(context, phrases::kMedia[index_of(medium)]);
}

std::string cards(const ReportContext& context, const BackhaulReport& report) {
  int links = 0;
  for (const int of_medium : report.links) links += of_medium;
  const double existing_m = report.metres[index_of(Medium::existing)];
  const std::size_t reached = report.sites.size() - report.layout.unreached.size();
  return "<div class=\"cards\">\n" +
         card(said(context, phrases::kNewFibre), figure(kKm * report.fibre_m(), 1),
              said(context, phrases::kKilometres),
              existing_m > 0.0 ? said(context, phrases::kOfExisting, {figure(kKm * existing_m, 1)}) : "") +
         card(said(context, phrases::kLinksBuilt), figure(links), said(context, phrases::kLinksCount), "") +
         card(said(context, phrases::kSitesConnected), figure(static_cast<double>(reached)), "",
              said(context, phrases::kOfSites, {figure(static_cast<double>(report.sites.size()))})) +
         card(said(context, phrases::kBackhaulCost),
              figure(kMillion * static_cast<double>(report.layout.cost_jpy), 1),
              said(context, phrases::kMillionYen),
              said(context, phrases::kBoundDetail,
                   {figure(kMillion * static_cast<double>(report.layout.lower_bound_jpy), 1),
                    fmt::format("{:.2f}", report.gap_percent())})) +
         "</div>\n";
}

std::string burden(const ReportContext& context, const BackhaulReport& report) {
  if (!report.burden) return {};
  constexpr std::array<const Phrase*, kPayerCount> kNames = {&phrases::kPayerNation, &phrases::kPayerPrefecture,
                                                             &phrases::kPayerMunicipality,
                                                             &phrases::kPayerOperator, &phrases::kPayerOperator};
  const PayerBurden& of = *report.burden;
  return paragraph(said(context, phrases::kPayerBurden,
                        {said(context, *kNames[amaneku::index_of(of.payer)]), yen(of.burden_jpy),
                         yen(of.purchase_jpy), yen(of.lower_bound_jpy), yen(of.of_cheapest_jpy)}) +
                   (of.ways_priced ? " " + said(context, phrases::kReasonsForPayer) : ""));
}

std::string colour(Medium medium) {
  const Rgba c = medium_colour(medium);
  return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b);
}

std::string stroke(Medium medium) {
  const MediumLook& look = kMediumLooks[index_of(medium)];
  return fmt::format("stroke=\"{}\" stroke-width=\"{:g}\"{}", colour(medium), look.width,
                     *look.dashes != '\0' ? fmt::format(" stroke-dasharray=\"{}\"", look.dashes) : "");
}

/// One without a name has its number.
std::string exchange_name(const ReportContext& context, const BackhaulStudy& study, std::uint32_t exchange) {
  const Network& network = context.input.network;
  const auto end = static_cast<std::uint32_t>(network.sites.size()) + exchange;
  return hop_end_name({network, study.options->exchanges}, end, context.language);
}

std::string map(const ReportContext& context, const BackhaulStudy& study) {
  const MapDrawing drawing(context.input, context.result, context.language);
  std::string lines;
  std::array<bool, kMediumCount> shown{};
  for (const BackhaulSegment& segment : study.report.segments) {
    SvgPath path(1);
    for (const Point& point : segment.line) {
      const ViewPoint at = drawing.view().to_view(point);
      path.to(at.x, at.y);
    }
    shown[index_of(segment.medium)] = true;
    lines += fmt::format(
        "<path d=\"{}\" {}>{}</path>", path.data(), stroke(segment.medium),
        svg_title(fmt::format("{} {:.2f} km", medium_name(context, segment.medium), kKm * segment.length_m)));
  }
  std::string offices;
  for (std::uint32_t i = 0; i < study.options->exchanges.size(); ++i) {
    const ExchangeOffice& office = study.options->exchanges[i];
    const ViewPoint at = drawing.view().to_view(office.at);
    offices += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"12\" height=\"12\">{}</rect>", at.x - 6.0,
                           at.y - 6.0, svg_title(exchange_name(context, study, i)));
  }
  for (const BackhaulSite& site : study.report.sites) {
    if (!site.is_place()) continue;
    const ViewPoint at = drawing.view().to_view(site.at);
    offices += fmt::format("<path d=\"M{:.1f} {:.1f}l5 5l-5 5l-5 -5z\">{}</path>", at.x, at.y - 5.0,
                           svg_title(site.name));
  }
  std::string keys;
  for (std::size_t i = 0; i < kMediumCount; ++i) {
    const auto medium = static_cast<Medium>(i);
    if (!shown[i]) continue;
    keys += fmt::format(
        "<li><svg width=\"34\" height=\"10\" aria-hidden=\"true\"><path d=\"M1 5H33\" fill=\"none\" {}/></svg> "
        "{}</li>",
        stroke(medium), medium_name(context, medium));
  }
  return "<figure><h3>" + said(context, phrases::kBackhaulMap) + "</h3>" +
         drawing.line_map("<g class=\"cables\">" + lines + "</g><g class=\"offices\">" + offices + "</g>",
                          phrases::kBackhaulMap) +
         "<ul class=\"keys\">" + keys + "</ul><figcaption>" + said(context, phrases::kBackhaulMapNote) +
         "</figcaption></figure>\n";
}

/// Below this a site has no cable of its own.
constexpr double kOwn_m = 5.0;

std::string only_cable(const ReportContext& context, double own_m) {
  return own_m < kOwn_m ? said(context, phrases::kWhyPassed)
                        : said(context, phrases::kWhyOnlyCable, {figure(kKm * own_m, 2)});
}

/// Of a site that is fed over an access carrier: by whom, and what that takes.
std::string feeding(const ReportContext& context, const BackhaulStudy& study, const BackhaulSite& site) {
  if (site.medium != Medium::iab) return {};
  for (const IabUse& use : study.hops.iab) {
    const IabPair& pair = study.hops.built[use.hop].with.iab();
    if ((use.feed == 0 ? pair.to : pair.from) != site.site) continue;
    const std::uint32_t parent = use.feed == 0 ? pair.from : pair.to;
    return said(context, phrases::kWhyFed,
                {user_text(context.input.network.sites[parent].id), user_text(pair.feeds[use.feed].sector),
                 figure(100.0 * use.share.downlink, 1), figure(100.0 * use.share.uplink, 1)}) +
           " ";
  }
  return {};
}

/// What another way would cost, in one sentence.
std::string reason(const ReportContext& context, const BackhaulReport& report, const BackhaulSite& site) {
  const bool cable = is_cable(*site.medium);
  const OtherWay& other = cable ? site.by_link : site.by_cable;
  double own_m = 0.0;
  for (const std::uint32_t edge : site.way.edges) {
    if (report.layout.users[edge].size() != report.layout.users[site.way.edges.front()].size()) break;
    own_m += report.graph.edges[edge].length_m;
  }
  const std::string own_km = figure(kKm * own_m, 2);
  const std::string name = medium_name(context, *site.medium);
  if (!other.found) return cable ? only_cable(context, own_m) : said(context, phrases::kWhyOnlyLink, {name});
  const std::int64_t more_jpy = other.other_jpy - other.own_jpy;
  if (more_jpy < 0)
    return other.fails_needs ? said(context, phrases::kWhyNeeds)
                             : said(context, phrases::kWhyShared, {yen(-more_jpy)});
  if (!cable)
    return said(context, phrases::kWhyLinkCheaper, {name, own_km, figure(kKm * other.other_m, 2), yen(more_jpy)});
  if (own_m < kOwn_m) return said(context, phrases::kWhyPassedCheaper, {yen(more_jpy)});
  return said(context, phrases::kWhyCableCheaper, {own_km, yen(more_jpy)});
}

std::string site_table(const ReportContext& context, const BackhaulStudy& study) {
  const BackhaulReport& report = study.report;
  HtmlTable table(context.language);
  table.column(phrases::kSiteOf).column(phrases::kMediumOf).column(phrases::kExchange);
  table.column(phrases::kWayKm, true).column(phrases::kHopsOf, true).column(phrases::kDelayMs, true);
  table.column(phrases::kAvailability, true).column(phrases::kDemandMbps, true).column(phrases::kItsParts, true);
  table.sentences(phrases::kWhyThis);
  for (std::size_t i = 0; i < std::min(report.sites.size(), kMostSites); ++i) {
    const BackhaulSite& site = report.sites[i];
    const Cell name = words(site.name);
    if (!site.way.reached) {
      table.row({name, words(phrases::kNotReached, context.language), {}, {}, {}, {}, {}, {}, {}, {}}, "alarm");
      continue;
    }
    // Rounded down: what can fail is not there all of the time.
    const double availability = std::floor(1e5 * site.way.availability) / 1e3;
    table.row({name,
               {.html = medium_name(context, *site.medium)},
               site.over_service ? Cell{.html = "–"} : words(exchange_name(context, study, site.way.exchange)),
               number(kKm * site.way.length_m, 2),
               number(site.way.hops),
               number(1e3 * site.way.delay_s, 2),
               std::isfinite(availability) ? number(availability, 3) : Cell{.html = "–", .number = true},
               number(1e-6 * site.demand_bps, 1),
               yen_cell(site.capex_jpy),
               {.html = feeding(context, study, site) + reason(context, report, site)}},
              site.way.meets_needs ? "" : "alarm");
  }
  if (report.sites.size() > kMostSites)
    table.row({{.html = said(context, phrases::kMoreRows,
                             {figure(static_cast<double>(report.sites.size() - kMostSites))})}});
  return "<h3>" + said(context, phrases::kSiteWays) + "</h3>\n" + table.html();
}

std::string bill(const ReportContext& context, const BackhaulReport& report, const BackhaulOptions& options) {
  HtmlTable table(context.language);
  table.column(phrases::kAsset).column(phrases::kQuantity, true).column(phrases::kUnitYen, true);
  table.column(phrases::kAmountYen, true);
  for (const BackhaulBillLine& line : report.bill) {
    std::string name = user_text(context.language == Language::ja ? line.asset->name_ja : line.asset->name);
    if (line.asset->payment == Payment::yearly) name += " (" + said(context, phrases::kAYear) + ")";
    table.row({{.html = name},
               {.html = figure(line.quantity) + " " +
                        said(context, phrases::kQuantityUnits[static_cast<std::size_t>(line.asset->quantity)]),
                .number = true},
               number(unit_price(*options.catalogue, *line.asset, options.basis)),
               yen_cell(line.amount_jpy)});
  }
  table.row({words(phrases::kCapex, context.language), {}, {}, yen_cell(report.capex_jpy)}, "sum");
  if (report.capex_of_places_jpy() > 0)
    table.row({words(phrases::kOfPlaces, context.language), {}, {}, yen_cell(report.capex_of_places_jpy())});
  return "<h3>" + said(context, phrases::kBillOf) + "</h3>\n" + table.html();
}

/// Stretches with more than one cable, those with the most first.
std::string cable_counts(const ReportContext& context, const BackhaulStudy& study) {
  if (!study.counts_cables()) return {};
  std::vector<const BackhaulSegment*> full;
  for (const BackhaulSegment& segment : study.report.segments) {
    if (segment.cables > 1) full.push_back(&segment);
  }
  std::stable_sort(full.begin(), full.end(), [](const BackhaulSegment* a, const BackhaulSegment* b) {
    return a->cables != b->cables ? a->cables > b->cables : a->length_m > b->length_m;
  });
  std::string out = "<h3>" + said(context, phrases::kCableCounts) + "</h3>\n" +
                    paragraph(said(context, phrases::kCableCountsNote,
                                   {figure(static_cast<double>(study.options->fibres_per_cable)),
                                    figure(static_cast<double>(study.options->fibres_per_site)),
                                    figure(kKm * study.report.further_cable_m(), 2)}));
  if (full.empty()) return out + paragraph(said(context, phrases::kCableCountsNone));
  HtmlTable table(context.language);
  table.column(phrases::kStretch).column(phrases::kWayKm, true).column(phrases::kFibresUsed, true);
  table.column(phrases::kCablesBeside, true).column(phrases::kAmountYen, true);
  for (std::size_t i = 0; i < std::min(full.size(), kMostStretches); ++i) {
    table.row({{.html = medium_name(context, full[i]->medium)},
               number(kKm * full[i]->length_m, 2),
               number(static_cast<double>(full[i]->fibres)),
               number(static_cast<double>(full[i]->cables)),
               yen_cell(full[i]->capex_jpy)});
  }
  if (full.size() > kMostStretches)
    table.row({{.html = said(context, phrases::kMoreRows,
                             {figure(static_cast<double>(full.size() - kMostStretches))})}});
  return out + table.html();
}

/// Stretches with the same sites behind them, one after the other, as one.
struct WeakPoint {
  const BackhaulSegment* first = nullptr;
  double length_m = 0.0;
  std::array<bool, kMediumCount> media{};
};

std::vector<WeakPoint> weak_points_of(const BackhaulReport& report) {
  std::map<std::vector<std::uint32_t>, WeakPoint> by_ends;
  for (const BackhaulSegment& segment : report.segments) {
    if (!(segment.people > 0.0)) continue;
    WeakPoint& point = by_ends[segment.ends];
    if (point.first == nullptr) point.first = &segment;
    point.length_m += segment.length_m;
    point.media[index_of(segment.medium)] = true;
  }
  std::vector<WeakPoint> out;
  for (const auto& [ends, point] : by_ends) out.push_back(point);
  std::stable_sort(out.begin(), out.end(), [](const WeakPoint& a, const WeakPoint& b) {
    return a.first->people != b.first->people ? a.first->people > b.first->people : a.length_m > b.length_m;
  });
  if (out.size() > kMostPoints) out.resize(kMostPoints);
  return out;
}

std::string weak_points(const ReportContext& context, const BackhaulReport& report) {
  const std::vector<WeakPoint> points = weak_points_of(report);
  if (points.empty()) return {};
  HtmlTable table(context.language);
  table.column(phrases::kStretch).column(phrases::kWayKm, true).column(phrases::kSitesBehind);
  table.column(phrases::kPeopleBehind, true);
  for (const WeakPoint& point : points) {
    std::string media;
    for (std::size_t i = 0; i < kMediumCount; ++i) {
      if (point.media[i])
        media += (media.empty()                      ? ""
                  : context.language == Language::ja ? "、"
                                                     : ", ") +
                 medium_name(context, static_cast<Medium>(i));
    }
    std::string sites;
    for (const std::uint32_t end : point.first->ends) {
      const BackhaulSite& site = report.sites[end];
      sites += (sites.empty()                      ? ""
                : context.language == Language::ja ? "、"
                                                   : ", ") +
               user_text(site.is_place() ? site.name : site.id);
    }
    table.row({{.html = media}, number(kKm * point.length_m, 2), {.html = sites}, number(point.first->people)});
  }
  return "<h3>" + said(context, phrases::kSinglePoints) + "</h3>\n" +
         paragraph(said(context, phrases::kSinglePointsNote)) + table.html();
}

std::string edge_server_table(const ReportContext& context, const BackhaulReport& report) {
  if (report.edge_servers.empty()) return {};
  HtmlTable table(context.language);
  table.column(phrases::kServers, true).column(phrases::kServerPlaces).column(phrases::kMeanDelayMs, true);
  table.column(phrases::kLocalShare, true).column(phrases::kProof);
  for (const EdgeServers& servers : report.edge_servers) {
    std::string names;
    for (const std::string& name : servers.names)
      names += (names.empty() ? "" : context.language == Language::ja ? "、" : ", ") + user_text(name);
    table.row({number(static_cast<double>(servers.names.size())),
               {.html = names},
               number(1e3 * servers.mean_delay_s, 3),
               number(100.0 * servers.local_share, 1),
               words(servers.optimal ? phrases::kProved : phrases::kNotProved, context.language)});
  }
  return "<h3>" + said(context, phrases::kEdgeServers) + "</h3>\n" +
         paragraph(said(context, phrases::kEdgeServersNote)) + table.html();
}

}  // namespace

std::string BackhaulStudy::section(const ReportContext& context) const {
  std::string html = "<section>" + heading(context, phrases::kBackhaul) + cards(context, report);
  html += paragraph(said(context, payer ? phrases::kBackhaulNotePayer : phrases::kBackhaulNote,
                         {std::to_string(options->horizon.years), figure(options->longest_drop_m)}));
  html += burden(context, report);
  html += map(context, *this) + site_table(context, *this) + hop_section(context, *this) +
          bill(context, report, *options) + cable_counts(context, *this) + weak_points(context, report) +
          edge_server_table(context, report);
  if (report.people_near_cable) {
    const double all = context.input.world.population.total;
    html += paragraph(said(context, phrases::kNearCable,
                           {figure(options->households_within_m), figure(*report.people_near_cable),
                            all > 0.0 ? figure(100.0 * *report.people_near_cable / all, 1) : "–"}));
  }
  if (passive) html += passive_html(context, *passive, *passive_options);
  if (television_options) html += television_html(context, television, television_has_programmes);
  return html + "</section>\n";
}

}  // namespace amaneku::scenarios
