// The section of the report on the selection: figures, targets, map, why each site.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/report/html.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/report/svg.hpp"
#include "scenarios/studies/selection/phrases.hpp"
#include "scenarios/studies/selection/selection_study.hpp"
#include "scenarios/studies/selection/tuning_section.hpp"
#include "scenarios/studies/selection/years_section.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostChosen = 300;
constexpr double kMillionth = 1e-6;

std::string millions(std::int64_t amount_jpy) {
  return figure(kMillionth * static_cast<double>(amount_jpy), 1);
}

std::string choice_cards(const ReportContext& context, const SelectionStudy& study) {
  const SelectionReport& report = *study.report;
  const SelectionOptions& options = *study.options;
  const std::string gap = fmt::format("{:.2f}", report.gap_percent(options));
  std::string html =
      "<div class=\"cards\">\n" +
      card(said(context, phrases::kChosenSites), figure(static_cast<double>(report.chosen.size())), "",
           said(context, phrases::kOfCandidates, {figure(static_cast<double>(report.candidates.size()))}));
  if (options.most_people) {
    html += card(said(context, phrases::kChoicePeople), figure(report.chosen_people()), "",
                 report.optimal ? said(context, phrases::kPeopleBest)
                                : said(context, phrases::kPeopleBound, {figure(report.people_bound), gap}));
  } else if (options.objective != SelectionObjective::sites) {
    html += card(selection_objective(options, context.language), millions(report.objective),
                 said(context, phrases::kMillionYen),
                 report.optimal ? said(context, phrases::kChoiceBest)
                                : said(context, phrases::kChoiceBound, {millions(report.lower_bound), gap}));
  }
  if (report.amounts.capex_jpy > 0)
    html += card(said(context, phrases::kChoicePurchase), millions(report.amounts.capex_jpy),
                 said(context, phrases::kMillionYen),
                 report.laid_out > 0 ? said(context, phrases::kChoiceLines) : std::string());
  return html + "</div>\n";
}

std::string need_name(const ReportContext& context, const NeedReached& need) {
  if (need.kind == SelectionNeed::Kind::population) return said(context, phrases::kNeedPeople);
  if (need.kind == SelectionNeed::Kind::municipality) return user_text(need.name);
  return said(context, road_name(road_rank(need.id)));
}

std::string need_table(const ReportContext& context, const SelectionReport& report) {
  HtmlTable table(context.language);
  table.column(phrases::kNeed).column(phrases::kNeedAsked, true).column(phrases::kNeedBefore, true);
  table.column(phrases::kNeedAfter, true).column(phrases::kNeedAtMost, true);
  double places = 0.0;
  double before = 0.0;
  double after = 0.0;
  double at_most = 0.0;
  for (const NeedReached& need : report.needs) {
    if (need.kind == SelectionNeed::Kind::place) {
      places += 1.0;
      before += need.before >= need.least ? 1.0 : 0.0;
      after += need.reached >= need.least ? 1.0 : 0.0;
      at_most += need.at_most >= need.least ? 1.0 : 0.0;
      continue;
    }
    if (!(need.whole > 0.0)) continue;
    table.row({{.html = need_name(context, need)},
               need.least > 0.0 ? number(100.0 * need.least / need.whole, 2) : Cell{.html = "–", .number = true},
               percentage(need.before, need.whole),
               percentage(need.reached, need.whole),
               percentage(need.at_most, need.whole)});
  }
  if (places > 0.0)
    table.row({{.html = said(context, phrases::kNeedPlaces, {figure(places)})},
               number(100.0, 2),
               percentage(before, places),
               percentage(after, places),
               percentage(at_most, places)});
  return "<h3>" + said(context, phrases::kNeedsReached) + "</h3>\n" + table.html();
}

std::string sharing_table(const ReportContext& context, const SelectionStudy& study) {
  const SelectionReport& report = *study.report;
  if (report.shared.empty()) return {};
  const bool bounded = !study.options->most_people;
  HtmlTable table(context.language);
  table.column(phrases::kSharingColumn).column(phrases::kSharingSites, true).column(phrases::kSharingPeople, true);
  table.column(phrases::kSharingObjective, true);
  if (bounded) table.column(phrases::kSharingBound, true);
  table.column(phrases::kSharingPurchase, true);
  for (const SharedChoice& one : report.shared) {
    const std::string level = said(context, phrases::kSharingLevels[static_cast<std::size_t>(one.level)]);
    if (!one.allowed) {
      table.row({{.html = level}, {.html = said(context, phrases::kSharingNone)}});
      continue;
    }
    std::vector<Cell> cells = {
        {.html = one.level == report.sharing ? said(context, phrases::kSharingChosen, {level}) : level},
        number(static_cast<double>(one.sites)),
        number(one.people),
        number(static_cast<double>(one.objective))};
    if (bounded) cells.push_back(number(static_cast<double>(one.lower_bound)));
    cells.push_back(number(static_cast<double>(one.amounts.capex_jpy)));
    table.row(cells);
  }
  return "<h3>" + said(context, phrases::kSharing) + "</h3>\n" + paragraph(said(context, phrases::kSharingNote)) +
         table.html();
}

std::string chosen_map(const ReportContext& context, const SelectionReport& report) {
  const MapDrawing drawing(context.input, context.result, context.language);
  std::string rings;
  for (const ChosenSite& one : report.chosen) {
    const Site& site = context.input.network.sites[one.site];
    const ViewPoint at = drawing.view().to_view(site.at);
    rings += fmt::format(
        "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"11\" fill=\"none\" stroke=\"#d55e00\" "
        "stroke-width=\"3\">{}</circle>",
        at.x, at.y, svg_title(site.name));
  }
  return "<figure><h3>" + said(context, phrases::kChosenMap) + "</h3>" +
         drawing.line_map("<g>" + rings + "</g>", phrases::kChosenMap) + "<figcaption>" +
         said(context, phrases::kChosenMapNote) + "</figcaption></figure>\n";
}

std::string without_it(const ReportContext& context, const SelectionOptions& options, const ChosenSite& one) {
  if (!one.replaceable) return said(context, phrases::kNeeded);
  if (options.most_people) return said(context, phrases::kFewerPeople, {figure(one.people_saved)});
  const std::string more = figure(static_cast<double>(one.saved));
  return said(context, options.objective == SelectionObjective::sites ? phrases::kMoreSites : phrases::kDearer,
              {more});
}

std::string chosen_rows(const ReportContext& context, const SelectionStudy& study) {
  const SelectionReport& report = *study.report;
  const bool money = context.input.network.sites.empty() || report.amounts.capex_jpy > 0;
  HtmlTable table(context.language);
  table.column(phrases::kName).column(phrases::kPeopleOfSite, true).column(phrases::kPeopleAlone, true);
  if (money) table.column(phrases::kCapexYen, true);
  table.column(phrases::kWithoutIt).column(phrases::kRunnerUp);
  for (std::size_t i = 0; i < std::min(report.chosen.size(), kMostChosen); ++i) {
    const ChosenSite& one = report.chosen[i];
    std::vector<Cell> cells = {words(context.input.network.sites[one.site].name), number(one.people),
                               number(one.people_alone)};
    if (money) cells.push_back(number(static_cast<double>(one.amounts.capex_jpy)));
    cells.push_back({.html = without_it(context, *study.options, one)});
    cells.push_back(one.runner_up ? words(context.input.network.sites[*one.runner_up].name) : Cell{.html = "–"});
    table.row(cells);
  }
  if (report.chosen.size() > kMostChosen)
    table.row({{.html = said(context, phrases::kMoreRows,
                             {figure(static_cast<double>(report.chosen.size() - kMostChosen))})}});
  return "<h3>" + said(context, phrases::kWhyChosen) + "</h3>\n" + table.html();
}

}  // namespace

std::string SelectionStudy::section(const ReportContext& context) const {
  std::string html = "<section>" + heading(context, phrases::kSelection) + choice_cards(context, *this);
  html += paragraph(options->most_people ? said(context, phrases::kSelectionMostNote)
                                         : fill(phrases::kSelectionNote.in(context.language),
                                                {selection_objective(*options, context.language)}));
  if (report->laid_out > 0)
    html +=
        paragraph(said(context, phrases::kSelectionLinesNote, {figure(static_cast<double>(report->laid_out))}));
  if (!applied) html += paragraph(said(context, phrases::kSelectionTold));
  html += need_table(context, *report) + sharing_table(context, *this) + tuning_html(context, *report) +
          years_html(context, *this);
  if (report->chosen.empty()) {
    html += paragraph(said(context, phrases::kNothingChosen));
  } else {
    html += chosen_map(context, *report) + chosen_rows(context, *this);
  }
  return html + "</section>\n";
}

}  // namespace amaneku::scenarios
