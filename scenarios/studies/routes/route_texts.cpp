#include "scenarios/studies/routes/route_texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "libsim/index.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/studies/routes/phrases.hpp"

namespace amaneku::scenarios {
namespace {

std::string told(const Phrase& phrase, Language language, std::initializer_list<std::string_view> values = {}) {
  return escape_html(fill(phrase.in(language), values));
}

Cell figure_cell(double value, int decimals) {
  return std::isfinite(value) ? number(value, decimals) : Cell{.html = "–", .number = true};
}

std::string mend_text(const CourseGap& gap, const GapMend& mend, const Phrase& site, Language language) {
  if (gap.shortage == Shortage::outside) return "–";
  std::string out;
  if (!mend.site_id.empty()) {
    out =
        told(site, language, {mend.site_id, figure(mend.closed_m), figure(std::floor(100.0 * mend.closed_share))});
  }
  if (gap.in_tunnel && mend.closed_share < 1.0)
    out += (out.empty() ? "" : "; ") + told(phrases::kMendTunnel, language);
  return out.empty() ? told(phrases::kMendNone, language) : out;
}

/// The text itself, or what stands for one that begins like it in another language.
template <std::size_t N>
std::string translated(const std::array<Phrase, N>& known, const std::string& text, Language language) {
  if (language != Language::en) {
    for (const Phrase& phrase : known) {
      if (text.starts_with(phrase.in(Language::en))) return std::string(phrase.in(language));
    }
  }
  return text;
}

std::string server_mend(const RouteFinding& found, Language language) {
  for (const ServerPlace& place : server_places()) {
    if (place.id != found.server_mend) continue;
    return "<p class=\"note\">" +
           told(phrases::kServerMend, language, {language == Language::ja ? place.name_ja : place.name}) +
           "</p>\n";
  }
  return {};
}

std::string given_modem_html(const SecondModem& modem, Language language) {
  if (!modem.given) return {};
  const GivenModem& given = *modem.given;
  return "<p class=\"note\">" +
         told(phrases::kGivenModem, language,
              {fmt::format("{:g}", 100.0 * given.link.availability), fmt::format("{:g}", given.link.mean_outage_s),
               fmt::format("{:g}", 1e3 * given.delay_s), fmt::format("{:g}", given.ul_mbps),
               fmt::format("{:g}", given.dl_mbps)}) +
         (given.in_tunnels ? std::string{} : " " + told(phrases::kNotInTunnels, language)) + "</p>\n";
}

constexpr std::size_t kShownRows = 40;

std::string rest_of_rows(std::size_t rows, std::string_view file, Language language) {
  if (rows <= kShownRows) return {};
  return "<p class=\"note\">" +
         told(phrases::kMoreRows, language, {figure(static_cast<double>(rows - kShownRows)), file}) + "</p>\n";
}

}  // namespace

std::string route_title(const RouteCourse& route, Language language) {
  const std::string name = user_text(route.name);
  return route.back ? fill(phrases::kWayBack.in(language), {name}) : name;
}

std::string weather_word(const std::string& id, Language language) {
  for (std::size_t i = 0; i < phrases::kWeatherIds.size(); ++i) {
    if (phrases::kWeatherIds[i] == id) return told(phrases::kWeatherWords[i], language);
  }
  return user_text(id);
}

std::string service_name(const RoutesStudy& study, Language language) {
  return language == Language::ja && !study.service.name_ja.empty() ? study.service.name_ja : study.service.name;
}

std::string gaps_html(const RoutesStudy& study, std::size_t course, Language language) {
  const RouteFinding& found = study.report.routes[course];
  if (found.gaps.empty()) return "<p class=\"note\">" + told(phrases::kNoGaps, language) + "</p>\n";
  HtmlTable table(language);
  table.column(phrases::kGapFromTo, true).column(phrases::kGapKind).column(phrases::kGapLength, true);
  table.column(phrases::kGapSeconds, true).column(phrases::kWorstLevel, true).column(phrases::kWorstUplink, true);
  table.column(phrases::kWhatHappens).column(phrases::kMend);
  std::size_t shown = 0;
  for (std::size_t g = 0; g < found.gaps.size() && shown < kShownRows; ++g, ++shown) {
    const CourseGap& gap = found.gaps[g];
    const bool stops = gap.seconds > study.options.longest_gap_s;
    table.row({{.html = figure(gap.from_m) + " – " + figure(gap.to_m), .number = true},
               words(phrases::kShortageWords[static_cast<std::size_t>(gap.shortage)], language),
               {.html = figure(gap.to_m - gap.from_m) + ", " + figure(gap.no_link_m), .number = true},
               number(gap.seconds, 1),
               figure_cell(static_cast<double>(gap.worst_rsrp_dbm), 1),
               figure_cell(static_cast<double>(gap.worst_ul_mbps), 1),
               words(stops ? phrases::kStop : phrases::kGoesOn, language),
               {.html = mend_text(gap, found.mends[g], phrases::kMendSite, language)}},
              stops ? "alarm" : "");
  }
  return table.html() + rest_of_rows(found.gaps.size(), "route_gaps.csv", language);
}

BriefGaps brief_gaps_html(const RoutesStudy& study, std::size_t course, Language language) {
  constexpr std::size_t kMost = 8;
  const RouteFinding& found = study.report.routes[course];
  if (found.gaps.empty()) return {"<p class=\"note\">" + told(phrases::kNoGaps, language) + "</p>\n", true};
  std::vector<std::size_t> longest(found.gaps.size());
  std::iota(longest.begin(), longest.end(), std::size_t{0});
  std::stable_sort(longest.begin(), longest.end(), [&](std::size_t a, std::size_t b) {
    return found.gaps[a].to_m - found.gaps[a].from_m > found.gaps[b].to_m - found.gaps[b].from_m;
  });
  longest.resize(std::min(kMost, longest.size()));
  std::sort(longest.begin(), longest.end());
  HtmlTable table(language);
  table.column(phrases::kGapFromTo, true).column(phrases::kMissing).column(phrases::kGapLength, true);
  table.column(phrases::kSeconds, true).column(phrases::kVehicle).column(phrases::kMend);
  for (const std::size_t g : longest) {
    const CourseGap& gap = found.gaps[g];
    const bool stops = gap.seconds > study.options.longest_gap_s;
    table.row({{.html = figure(gap.from_m) + "–" + figure(gap.to_m), .number = true},
               one_line(words(phrases::kShortageWords[static_cast<std::size_t>(gap.shortage)], language)),
               {.html = figure(gap.to_m - gap.from_m) + ", " + figure(gap.no_link_m), .number = true},
               number(gap.seconds, 1),
               one_line(words(stops ? phrases::kStopShort : phrases::kGoesOnShort, language)),
               {.html = mend_text(gap, found.mends[g], phrases::kMendSiteShort, language)}},
              stops ? "alarm" : "");
  }
  BriefGaps out{table.html(), longest.size() == found.gaps.size()};
  if (!out.all) {
    out.html += "<p class=\"note\">" +
                told(phrases::kLongestGapsOf, language,
                     {figure(static_cast<double>(kMost)), figure(static_cast<double>(found.gaps.size()))}) +
                "</p>\n";
  }
  return out;
}

std::string intersections_html(const RouteFinding& found, Language language) {
  if (found.intersections.empty()) return {};
  HtmlTable table(language);
  table.column(phrases::kIntersection).column(phrases::kAtMetre, true).column(phrases::kResult);
  table.column(phrases::kWorstLevel, true).column(phrases::kWorstSinr, true).column(phrases::kWorstUplink, true);
  table.column(phrases::kLinkPercent, true);
  for (const IntersectionFinding& of : found.intersections) {
    table.row({words(of.name),
               number(of.at_m),
               words(of.served ? phrases::kServedWord : phrases::kShortWord, language),
               figure_cell(static_cast<double>(of.worst_rsrp_dbm), 1),
               figure_cell(static_cast<double>(of.worst_sinr_db), 1),
               figure_cell(static_cast<double>(of.worst_ul_mbps), 1),
               {.html = percent_figure(of.link_percent), .number = true}},
              of.served ? "" : "alarm");
  }
  return table.html();
}

std::string weather_html(const RouteFinding& found, Language language) {
  HtmlTable table(language);
  table.column(phrases::kWeathers).column(phrases::kNoLink, true).column(phrases::kLongestGap, true);
  table.column(phrases::kShortageM, true).column(phrases::kWorstLevel, true);
  for (const WeatherFinding& of : found.weather) {
    table.row({{.html = weather_word(of.id, language)},
               {.html = figure(of.no_link_m) + ", " + figure(of.no_link_s, 1), .number = true},
               number(of.longest_gap_s, 1),
               number(of.shortage_m),
               figure_cell(static_cast<double>(of.worst_rsrp_dbm), 1)});
  }
  return table.html();
}

std::string latency_html(const RoutesStudy& study, const RouteFinding& found, Language language) {
  if (!found.latency) return {};
  const EndToEndResult& latency = *found.latency;
  HtmlTable table(language);
  table.column(phrases::kPart)
      .column(phrases::kMeanMs, true)
      .column(phrases::kArrives, true)
      .column(phrases::kP99Ms, true)
      .column(phrases::kSourceOf);
  for (const PartFigures& part : latency.parts) {
    table.row({{.html = user_text(translated(phrases::kLatencyPartWords, part.name, language))},
               figure_cell(1e3 * part.mean_within_s, 1),
               {.html = percent_figure(100.0 * part.arrives), .number = true},
               figure_cell(1e3 * part.p99_s, 1),
               {.html = part.verified ? user_text(translated(phrases::kLatencySourceWords, part.source, language))
                                      : told(phrases::kAssumed, language)}});
  }
  table.row({words(phrases::kSumOfParts, language),
             figure_cell(1e3 * latency.delay.mean_within_s(), 1),
             {.html = percent_figure(100.0 * (1.0 - latency.delay.tail())), .number = true},
             figure_cell(1e3 * latency.p99_s, 1),
             {}},
            "sum");
  const std::string bound =
      latency.within_deadline_bound ? percent_figure(100.0 * *latency.within_deadline_bound) : std::string("–");
  return "<p class=\"note\">" +
         told(phrases::kLatencyNote, language,
              {figure(1e3 * study.options.latency.deadline_s), percent_figure(100.0 * latency.within_deadline),
               bound}) +
         "</p>\n" + server_mend(found, language) + table.html();
}

std::string interruption_kind(const RoutesStudy& study, Language language) {
  return translated(phrases::kInterruptionKindWords, study.interruption_kind, language);
}

std::string secondary_html(const RoutesStudy& study, const RouteFinding& found, Language language) {
  if (!found.secondary) return {};
  const mobility::NonStandAloneStatistics& drives = found.secondary->drives;
  HtmlTable table(language);
  table.column(phrases::kWithSecondary, true).column(phrases::kWithSecondaryTime, true);
  table.column(phrases::kAnchorOnlyTime, true).column(phrases::kOutageShare, true);
  table.column(phrases::kAdditions, true).column(phrases::kSecondaryChanges, true);
  table.column(phrases::kReleases, true).column(phrases::kSecondaryFailures, true);
  table.row({number(found.secondary->with_m),
             number(100.0 * (1.0 - drives.without_link.value - drives.anchor_only.value), 2),
             number(100.0 * drives.anchor_only.value, 2), number(100.0 * drives.without_link.value, 3),
             number(drives.additions.value, 2), number(drives.changes.value, 2), number(drives.releases.value, 2),
             number(drives.failures.value, 2)});
  return "<p class=\"note\">" +
         told(phrases::kSecondaryNote, language,
              {study.options.secondary->technology, figure(static_cast<double>(study.options.runs))}) +
         "</p>\n" + table.html();
}

std::string modems_html(const RoutesStudy& study, const RouteFinding& found, Language language) {
  if (!found.modems) return {};
  HtmlTable table(language);
  table.column(phrases::kModem).column(phrases::kRouteVerdict).column(phrases::kNoLink, true);
  table.column(phrases::kLongestGap, true).column(phrases::kOutageShare, true);
  table.column(phrases::kLongOutageDrives, true).column(phrases::kInTime, true);
  for (std::size_t use = 0; use < found.modems->size(); ++use) {
    const ModemFigures& of = (*found.modems)[use];
    const mobility::Estimate& out = of.outages.share;
    table.row({words(phrases::kModemUseWords[use], language),
               words(phrases::kRouteVerdictWords[static_cast<std::size_t>(of.verdict)], language),
               {.html = figure(of.no_link_m) + ", " + figure(of.no_link_s, 1), .number = true},
               number(of.longest_gap_s, 1),
               {.html = fmt::format("{}<br><small>{}–{}</small>", figure(100.0 * out.value, 3),
                                    figure(100.0 * out.low, 3), figure(100.0 * out.high, 3)),
                .number = true},
               figure_cell(100.0 * of.outages.drives_long.value, 1),
               {.html = std::isfinite(of.in_time) ? percent_figure(100.0 * of.in_time) : std::string("–"),
                .number = true}},
              of.verdict == Verdict::met ? "" : "alarm");
  }
  const SecondModem& second = *study.options.second;
  return "<p class=\"note\">" +
         told(phrases::kModemsNote, language,
              {second.name.empty() ? phrases::kNamelessModem.in(language) : std::string_view(second.name),
               figure(1e3 * second.switch_s), figure(static_cast<double>(study.options.runs))}) +
         "</p>\n" + given_modem_html(second, language) + table.html();
}

std::string handovers_html(const PlanInput& input, const PlanResult& result, const RouteFinding& found,
                           Language language) {
  const auto& handovers = found.link.run.handovers;
  if (handovers.empty()) return {};
  const auto name = [&](int cell) {
    return words(sector_name(input, result, found.sectors[index_of(found.cell_of[index_of(cell)])]));
  };
  HtmlTable table(language);
  table.column(phrases::kAtMetre, true).column(phrases::kFromCell).column(phrases::kToCell);
  table.column(phrases::kInterruptionMs, true);
  for (std::size_t i = 0; i < std::min(kShownRows, handovers.size()); ++i) {
    const mobility::Handover& of = handovers[i];
    table.row({number(of.at_m), name(of.from), name(of.to), number(1e3 * of.interruption_s)});
  }
  return table.html() + rest_of_rows(handovers.size(), "handovers.csv", language);
}

}  // namespace amaneku::scenarios
