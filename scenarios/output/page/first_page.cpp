// What a reader in a hurry takes away: one figure with its definition, costs, targets, findings, a map.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <type_traits>

#include "scenarios/output/page/first_page_phrases.hpp"
#include "scenarios/output/page/sections.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/report/warning_words.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostFindings = 3;
constexpr std::size_t kMostCaveats = 3;
constexpr std::size_t kLineBytes = 600;

std::string beside_what_is_there(const ReportContext& context) {
  if (!context.result.existing) return {};
  const ExistingStatistics& existing = *context.result.existing;
  const BesideExisting people = beside_existing(existing.already.population, existing.together.population);
  const double open = people.newly + people.left;
  return paragraph(said(context, phrases::kExistingInShort,
                        {open > 0.0 ? percent_figure(100.0 * people.newly / open) + " %" : "–",
                         figure(people.newly), figure(open), figure(people.already)}));
}

std::string answer(const ReportContext& context) {
  const PeopleCovered& people = context.result.statistics.population;
  const AreaCovered& area = context.result.statistics.area;
  const bool of_people = people.in_plan() > 0.0;
  const double part = of_people ? people.covered : area.covered_m2;
  const double whole = of_people ? people.in_plan() : area.total_m2;
  const std::string value = whole > 0.0 ? escape_html(percent_figure(100.0 * part / whole)) : std::string("–");
  std::string html =
      fmt::format("<div class=\"answer\"><h3>{}</h3>\n<p class=\"v\">{}<small>%</small></p>\n",
                  said(context, of_people ? phrases::kPopulationCoverage : phrases::kAreaCoverage), value);
  if (of_people) {
    html += paragraph(said(context, phrases::kPeopleInPlan, {figure(people.covered), figure(people.in_plan())}),
                      "detail");
  } else {
    html += paragraph(said(context, context.input.world.flat_earth ? phrases::kAreaOfFlat : phrases::kAreaOf,
                           {figure(kKm2 * area.covered_m2, 1), figure(kKm2 * area.total_m2, 1)}),
                      "detail");
  }
  html += paragraph(said(context, phrases::kCoveredMeans,
                         {figure(context.input.statistics.threshold_dbm, 1),
                          fmt::format("{:g}", context.input.network.receiver.rx_agl_m)}));
  if (of_people) {
    html += paragraph(said(context, phrases::kHalfCoveredMeshes,
                           {percent_figure(100.0 * people.in_half_covered_units / people.in_plan()),
                            figure(people.in_half_covered_units)}));
    html += beside_what_is_there(context);
  } else if (!(people.total > 0.0)) {
    html += paragraph(said(context, phrases::kNoPopulation));
  }
  return html + "</div>\n";
}

double not_covered(const PeopleCovered& people) {
  return people.in_plan() - people.covered;
}

/// Of people without service, the reason of most of them; empty where there are none, or no technology is known.
std::string main_reason(const ReportContext& context) {
  static constexpr std::array<const Phrase*, kServiceStates> kReasons = {
      &phrases::kServedShare, &phrases::kTooWeak, &phrases::kBlocked, &phrases::kInterfered,
      &phrases::kUplinkLimited};
  if (!context.result.service_statistics) return {};
  const ServiceShares& shares = context.result.service_statistics->people.shares;
  const auto most = std::max_element(shares.state.begin() + 1, shares.state.end());
  if (!(shares.total > 0.0) || !(*most > 0.0)) return {};
  return said(context, phrases::kMainReason,
              {kReasons[static_cast<std::size_t>(most - shares.state.begin())]->in(context.language),
               percent_figure(100.0 * *most / shares.total)});
}

/// Who is not covered, where most of them live, and why; empty where nobody lives in the plan.
std::string people_finding(const ReportContext& context) {
  const CoverageStatistics& statistics = context.result.statistics;
  const PeopleCovered& people = statistics.population;
  if (!(people.in_plan() > 0.0)) return {};
  const double left = not_covered(people);
  if (left < 0.5) return said(context, phrases::kEverybodyCovered);
  std::string html =
      said(context, phrases::kPeopleLeft, {figure(left), percent_figure(100.0 * left / people.in_plan())});
  const auto& all = statistics.municipalities;
  const auto most = std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return not_covered(a.people) < not_covered(b.people);
  });
  const std::string space = context.language == Language::en ? " " : "";
  if (all.size() > 1 && not_covered(most->people) >= 0.5)
    html += space + user_text(fill(phrases::kMostLeftIn.in(context.language),
                                   {most->name, figure(not_covered(most->people))}));
  const std::string reason = main_reason(context);
  return reason.empty() ? html : html + space + reason;
}

std::string roads_finding(const ReportContext& context) {
  const std::vector<RoadCoverage>& roads = context.result.statistics.roads;
  if (roads.empty()) return {};
  const auto left = [](const RoadCoverage& road) { return road.length_m - road.covered_m; };
  double length_m = 0.0;
  double left_m = 0.0;
  for (const RoadCoverage& road : roads) {
    length_m += road.length_m;
    left_m += left(road);
  }
  if (!(left_m >= 50.0)) return {};
  const RoadCoverage& most = *std::max_element(
      roads.begin(), roads.end(), [&](const RoadCoverage& a, const RoadCoverage& b) { return left(a) < left(b); });
  return user_text(
      fill(phrases::kRoadsLeft.in(context.language),
           {figure(kKm * left_m, 1), figure(kKm * length_m, 1), percent_figure(100.0 * left_m / length_m),
            road_class_name(most.road_class, context.language), figure(kKm * left(most), 1)}),
      kLineBytes);
}

/// The first line that a study says, of those without a block of their own on the page.
template <class Study>
std::string study_finding(const ReportContext& context, const Study& study) {
  if constexpr (HasOverview<Study>) return {};
  const std::string lines = closing_of(study, context.input, context.language);
  const std::size_t from = lines.find_first_not_of(" \n");
  if (from == std::string::npos) return {};
  return user_text(std::string_view(lines).substr(from, lines.find('\n', from) - from), kLineBytes);
}

std::string findings(const ReportContext& context, const Studies& studies) {
  std::vector<std::string> all = {people_finding(context)};
  // What users get comes before what is built for it.
  const auto tell = [&](const auto& study) {
    if (study.asked()) all.push_back(study_finding(context, study));
  };
  tell(studies.get<RoutesStudy>());
  tell(studies.get<PlacesStudy>());
  studies.each([&](const auto& study) {
    using Study = std::decay_t<decltype(study)>;
    if constexpr (!std::is_same_v<Study, RoutesStudy> && !std::is_same_v<Study, PlacesStudy>) tell(study);
  });
  all.push_back(roads_finding(context));
  std::erase(all, std::string());
  if (all.empty()) return {};
  std::string html = "<div class=\"findings\"><h3>" + said(context, phrases::kFindings) + "</h3>\n<ol>\n";
  for (std::size_t i = 0; i < std::min(all.size(), kMostFindings); ++i) html += "<li>" + all[i] + "</li>\n";
  return html + "</ol></div>\n";
}

std::string caveats(const ReportContext& context) {
  const std::vector<Warning>& warnings = context.result.warnings;
  std::string html =
      "<div class=\"caveats\"><h3>" + said(context, phrases::kCaveats) + "</h3>\n<ul>\n<li>" +
      said(context, phrases::kModelled, {model_name(model_id(context.input.engine.model), context.language)}) +
      "</li>\n";
  if (warnings.empty()) return html + "<li>" + said(context, phrases::kNoWarnings) + "</li>\n</ul></div>\n";
  html += "<li><a href=\"#warnings\">" +
          said(context, phrases::kWarningsAmong, {std::to_string(warnings.size())}) + "</a><ul>\n";
  std::size_t told = 0;
  for (const Warning& warning : warnings) {
    const std::string_view meaning = warning_meaning(warning, context.language);
    if (meaning.empty() || ++told > kMostCaveats) continue;
    html += "<li>" + escape_html(meaning) + "</li>\n";
  }
  return html + "</ul></li>\n</ul></div>\n";
}

std::string key(const std::string& swatch, const std::string& text) {
  return "<li>" + swatch + text + "</li>\n";
}

/// The classes as on the large map, without their areas.
std::string small_legend(const ReportContext& context) {
  std::string html = "<h3>" + said(context, phrases::kRsrp) + "</h3>\n<ul class=\"keys\">\n";
  for (const LegendClass& c : context.legend.classes) {
    html += key(
        fmt::format("<i class=\"swatch\" style=\"background:{}\"></i>", hex_colour(c.colour)),
        class_text(context, c) + (c.below_threshold ? " (" + said(context, phrases::kBelowThreshold) + ")" : ""));
  }
  html += key("<i class=\"swatch hatched\"></i>", said(context, phrases::kNoData));
  html +=
      key("<svg width=\"26\" height=\"14\" viewBox=\"-13 -7 26 14\" aria-hidden=\"true\"><g class=\"site\">"
          "<circle r=\"5\"/></g></svg>",
          said(context, phrases::kSites));
  return html + "</ul>\n";
}

}  // namespace

std::string first_page_section(const ReportContext& context, const Studies& studies, const MapDrawing& drawing,
                               const Backdrop& below) {
  const Picture picture = coverage_picture(below, context.result.maps.rsrp_dbm, context.legend);
  std::string blocks = answer(context);
  studies.each_asked([&](const auto& study) { blocks += overview_of(study, context); });
  return "<section class=\"first\">" + heading(context, phrases::kSummary) + "<div class=\"halves\"><div>\n" +
         blocks + "</div>\n<figure>" + drawing.overview_map(picture, png_base64(picture), phrases::kOverviewMap) +
         "<figcaption>" + small_legend(context) + "</figcaption></figure></div>\n" + findings(context, studies) +
         caveats(context) + "</section>\n";
}

}  // namespace amaneku::scenarios
