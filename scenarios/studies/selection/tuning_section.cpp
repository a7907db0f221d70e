#include "scenarios/studies/selection/tuning_section.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/report/html.hpp"
#include "scenarios/studies/selection/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostTurns = 300;

std::string share(double people, double whole) {
  return fmt::format("{:.2f} %", whole > 0.0 ? 100.0 * people / whole : 0.0);
}

std::string turns_table(const ReportContext& context, const TunedAntennas& tuned) {
  HtmlTable table(context.language);
  table.column(phrases::kTuningSite).column(phrases::kTuningSector);
  table.column(phrases::kTuningAzimuth, true).column(phrases::kTuningListedAzimuth, true);
  table.column(phrases::kTuningTilt, true).column(phrases::kTuningListedTilt, true);
  for (std::size_t i = 0; i < std::min(tuned.turns.size(), kMostTurns); ++i) {
    const AntennaTurn& turn = tuned.turns[i];
    const Site& site = context.input.network.sites[turn.site];
    table.row({words(site.name), words(site.sectors[turn.sectors.front()].id), number(turn.to.azimuth_deg, 1),
               number(turn.from.azimuth_deg, 1), number(turn.to.electrical_downtilt_deg, 1),
               number(turn.from.electrical_downtilt_deg, 1)});
  }
  if (tuned.turns.size() > kMostTurns)
    table.row({{.html = said(context, phrases::kMoreRows,
                             {figure(static_cast<double>(tuned.turns.size() - kMostTurns))})}});
  return table.html();
}

}  // namespace

std::string tuning_html(const ReportContext& context, const SelectionReport& report) {
  if (!report.tuned) return {};
  const TunedAntennas& tuned = *report.tuned;
  const std::string antennas = figure(static_cast<double>(tuned.antennas));
  std::string html = "<h3>" + said(context, phrases::kTuning) + "</h3>\n";
  html += paragraph(tuned.turns.empty()
                        ? said(context, phrases::kTuningNone, {antennas, share(tuned.served_before, tuned.people)})
                        : said(context, phrases::kTuningNote,
                               {figure(static_cast<double>(tuned.turns.size())), antennas,
                                share(tuned.served_after, tuned.people), share(tuned.served_before, tuned.people),
                                share(tuned.covered_after, report.needs.front().whole),
                                share(tuned.covered_before, report.needs.front().whole)}));
  if (tuned.given_up > 0)
    html += paragraph(said(context, phrases::kTuningGivenUp, {figure(static_cast<double>(tuned.given_up))}));
  return tuned.turns.empty() ? html : html + turns_table(context, tuned);
}

}  // namespace amaneku::scenarios
