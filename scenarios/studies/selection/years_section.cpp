#include "scenarios/studies/selection/years_section.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/report/html.hpp"
#include "scenarios/studies/selection/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kMillionth = 1e-6;
constexpr std::size_t kMostNames = 12;
constexpr std::size_t kMostMunicipalities = 200;

Cell millions(std::int64_t amount_jpy) {
  return number(kMillionth * static_cast<double>(amount_jpy), 1);
}

std::string site_names(const ReportContext& context, const YearReached& year) {
  std::string out;
  for (std::size_t i = 0; i < std::min(year.sites.size(), kMostNames); ++i)
    out += (i == 0 ? "" : ", ") + user_text(context.input.network.sites[year.sites[i]].name);
  if (year.sites.size() > kMostNames)
    out += ' ' + said(context, phrases::kMoreRows, {figure(static_cast<double>(year.sites.size() - kMostNames))});
  return out.empty() ? "–" : out;
}

std::string years_table(const ReportContext& context, const SelectionStudy& study) {
  const SelectionReport& report = *study.report;
  const NeedReached& people = report.needs.front();
  const bool asked = std::any_of(study.options->years.begin(), study.options->years.end(),
                                 [](const SelectionYear& year) { return year.population_percent.has_value(); });
  bool money = false;
  bool funded = false;
  for (const YearReached& year : report.years) {
    money = money || year.amounts.capex_jpy > 0;
    for (const std::int64_t part_jpy : year.amounts.burden_jpy) funded = funded || part_jpy > 0;
  }
  constexpr std::array<std::pair<Payer, const Phrase*>, 4> kPayers = {
      {{Payer::nation, &phrases::kYearNation},
       {Payer::prefecture, &phrases::kYearPrefecture},
       {Payer::municipality, &phrases::kYearMunicipality},
       {Payer::mobile_operator, &phrases::kYearOperator}}};
  HtmlTable table(context.language);
  table.column(phrases::kYearColumn).column(phrases::kYearSites, true).sentences(phrases::kYearWhich);
  if (money) table.column(phrases::kYearPurchase, true);
  for (const auto& [payer, title] : kPayers) {
    if (funded) table.column(*title, true);
  }
  if (asked) table.column(phrases::kNeedAsked, true);
  table.column(phrases::kYearPeople, true);
  for (std::size_t t = 0; t < report.years.size(); ++t) {
    const YearReached& year = report.years[t];
    std::vector<Cell> cells = {
        one_line({.html = said(context, phrases::kFiscalYearOf, {std::to_string(year.year)})}),
        number(static_cast<double>(year.sites.size())),
        {.html = site_names(context, year)}};
    if (money) cells.push_back(millions(year.amounts.capex_jpy));
    for (const auto& [payer, title] : kPayers) {
      if (funded) cells.push_back(millions(year.amounts.burden_jpy[index_of(payer)]));
    }
    const std::optional<double>& least = study.options->years[t].population_percent;
    if (asked) cells.push_back(least ? number(*least, 2) : Cell{.html = "–", .number = true});
    cells.push_back(percentage(year.reached.front(), people.whole));
    table.row(cells);
  }
  return table.html();
}

/// Needs of municipalities with people, those first whose people are covered early.
std::vector<std::size_t> municipalities_in_order(const SelectionReport& report) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < report.needs.size(); ++i) {
    const NeedReached& need = report.needs[i];
    if (need.kind != SelectionNeed::Kind::municipality || !(need.whole > 0.0)) continue;
    double gained = 0.0;  // share of its people, by the ends of the years
    for (const YearReached& year : report.years) gained += (year.reached[i] - need.before) / need.whole;
    order.emplace_back(-gained, i);
  }
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::size_t> out;
  for (const auto& [gained, i] : order) out.push_back(i);
  return out;
}

std::string municipal_table(const ReportContext& context, const SelectionReport& report) {
  const std::vector<std::size_t> order = municipalities_in_order(report);
  if (order.empty()) return {};
  HtmlTable table(context.language);
  table.column(phrases::kMunicipalYearsColumn).column(phrases::kMunicipalYearsPeople, true);
  table.column(phrases::kYearsBefore, true);
  for (const YearReached& year : report.years)
    table.column(phrases::kFiscalYearOf, {std::to_string(year.year)}, true);
  for (std::size_t k = 0; k < std::min(order.size(), kMostMunicipalities); ++k) {
    const NeedReached& need = report.needs[order[k]];
    std::vector<Cell> cells = {words(need.name), number(need.whole), percentage(need.before, need.whole)};
    for (const YearReached& year : report.years) cells.push_back(percentage(year.reached[order[k]], need.whole));
    table.row(cells);
  }
  if (order.size() > kMostMunicipalities)
    table.row({{.html = said(context, phrases::kMoreRows,
                             {figure(static_cast<double>(order.size() - kMostMunicipalities))})}});
  return "<h3>" + said(context, phrases::kMunicipalYears) + "</h3>\n" +
         paragraph(said(context, phrases::kMunicipalYearsNote)) + table.html();
}

}  // namespace

std::string years_html(const ReportContext& context, const SelectionStudy& study) {
  const SelectionReport& report = *study.report;
  if (report.years.empty()) return {};
  const bool best = report.person_years_bound <= report.person_years;
  const double more = report.person_years > 0.0 ? report.person_years_bound / report.person_years - 1.0 : 0.0;
  return "<h3>" + said(context, phrases::kYears) + "</h3>\n" + paragraph(said(context, phrases::kYearsNote)) +
         paragraph(report.tuned ? said(context, phrases::kYearsTuned)
                   : best       ? said(context, phrases::kYearsBest)
                                : said(context, phrases::kYearsBound, {fmt::format("{:.2f}", 100.0 * more)})) +
         years_table(context, study) + municipal_table(context, report);
}

}  // namespace amaneku::scenarios
