#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/ask/compare/compare_map.hpp"
#include "scenarios/ask/compare/compare_phrases.hpp"
#include "scenarios/ask/compare/compare_words.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/html_table.hpp"
#include "scenarios/report/page_style.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/targets/phrases.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostRows = 300;
constexpr double kMillion = 1e6;

class ComparePage {
 public:
  /// `embedded`: as a section of the report of the last plan, which has what the plans have in common.
  ComparePage(const PlanComparison& comparison, Language language, bool embedded)
      : comparison_(comparison), language_(language), embedded_(embedded), maps_(comparison, language, embedded) {}

  [[nodiscard]] std::string section() {
    const PlanChange& change = comparison_.changes.front();
    const std::string before = comparison_.plans.front().folder.lexically_normal().filename().string();
    return "<section class=\"changes\"><h2 id=\"changes\">" + say(compared::kAgainstPrevious) + "</h2>\n" +
           paragraph(say(compared::kPreviousNote, {first(), before, letter(change)})) + cards(change) +
           paragraph(escape_html(definition_text(comparison_, language_))) + warnings() + map(change) + figures() +
           municipalities(change) + sites(change) + targets() + routes() + settings(change) + "</section>\n";
  }

  [[nodiscard]] std::string html() {
    std::string page = head() + header();
    for (const PlanChange& change : comparison_.changes) page += cards(change);
    page += paragraph(escape_html(definition_text(comparison_, language_))) + warnings();
    for (const PlanChange& change : comparison_.changes) page += map(change);
    page += figures();
    for (const PlanChange& change : comparison_.changes) page += municipalities(change);
    for (const PlanChange& change : comparison_.changes) page += sites(change);
    page += targets() + routes();
    for (const PlanChange& change : comparison_.changes) page += settings(change);
    return page + plans() + credits() + "</main>\n</body>\n</html>\n";
  }

 private:
  [[nodiscard]] std::string say(const Phrase& phrase,
                                std::initializer_list<std::string_view> arguments = {}) const {
    return escape_html(fill(phrase.in(language_), arguments));
  }
  /// With the letters of the plans where there are several changes.
  [[nodiscard]] std::string title(const Phrase& phrase, const PlanChange& change) const {
    const std::string which = comparison_.changes.size() > 1 ? ": " + against(change) : std::string{};
    return opened(say(phrase) + which);
  }
  /// A section of the page, or a part of that of the report.
  [[nodiscard]] std::string opened(const std::string& title) const {
    return embedded_ ? "<section><h3>" + title + "</h3>\n" : "<section><h2>" + title + "</h2>\n";
  }
  [[nodiscard]] std::string against(const PlanChange& change) const {
    return say(compared::kAgainst, {letter(change), first()});
  }
  [[nodiscard]] const std::string& first() const { return comparison_.plans.front().letter; }
  [[nodiscard]] const std::string& letter(const PlanChange& change) const {
    return comparison_.plans[change.plan].letter;
  }
  [[nodiscard]] std::string letters() const {
    std::string out;
    for (const ComparedPlan& plan : comparison_.plans) out += (out.empty() ? "" : ", ") + plan.letter;
    return out;
  }

  [[nodiscard]] std::string head() const {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
        "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} – {}</title>\n"
        "<style>{}.v{{white-space:nowrap;font-size:1.75rem}}</style>\n</head>\n<body>\n<main>\n{}",
        language_ == Language::ja ? "ja" : "en", user_text(comparison_.plans.front().stored.title),
        say(compared::kTitle), kPageStyle,
        "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs><pattern "
        "id=\"hatch\" "
        "width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" "
        "fill=\"#dde8f0\"/></pattern></defs></svg>\n");
  }

  [[nodiscard]] std::string header() const {
    std::string lead;
    std::string synthetic;
    std::set<std::string> titles;
    for (const ComparedPlan& plan : comparison_.plans) {
      lead += fmt::format("{}<b>{}</b> {}", lead.empty() ? "" : " · ", plan.letter,
                          user_text(plan.folder.lexically_normal().string(), 80));
      titles.insert(plan.stored.title);
      if (plan.stored.synthetic) synthetic += (synthetic.empty() ? "" : ", ") + plan.letter;
    }
    const std::string name = titles.size() == 1 ? *titles.begin() : std::string(compared::kPlans.in(language_));
    std::string html = fmt::format("<header>\n<p class=\"over\">amaneku · {}</p>\n<h1>{}</h1>\n",
                                   say(compared::kTitle), say(compared::kHeading, {name, letters()}));
    html += paragraph(lead, "lead");
    if (!synthetic.empty()) {
      html += fmt::format("<div class=\"synthetic\" role=\"note\"><strong>{}</strong> {}<br>{}</div>\n",
                          say(phrases::kSynthetic), say(phrases::kSyntheticNote),
                          say(compared::kSomeSynthetic, {synthetic}));
    }
    return html + "</header>\n";
  }

  [[nodiscard]] std::string arrow(const ComparedFigure& figure, std::size_t plan) const {
    return say(compared::kFromTo, {figure_value(figure, 0), figure_value(figure, plan)});
  }

  [[nodiscard]] std::string cards(const PlanChange& change) const {
    const PeopleChange& people = change.population.all;
    std::string html = comparison_.changes.size() > 1 ? "<h3>" + against(change) + "</h3>\n" : std::string{};
    html += "<section class=\"cards\" aria-label=\"" + say(phrases::kKeyFigures) + "\">\n";
    std::string shares;
    if (const ComparedFigure* percent = figure_of(comparison_, "population_coverage_percent")) {
      shares = say(compared::kFromToPoints, {share(*percent, 0), share(*percent, change.plan),
                                             signed_figure(percent->difference(change.plan), percent->decimals)});
    }
    html += card(say(compared::kHeadline), signed_figure(people.net()), say(compared::kPeopleUnit), shares);
    html += card(say(compared::kWon), figure(people.won), say(compared::kPeopleUnit),
                 say(compared::kWonDetail, {letter(change), first()}));
    html += card(say(compared::kLost), figure(people.lost), say(compared::kPeopleUnit),
                 say(compared::kLostDetail, {letter(change), first()}));
    html += money_card(compared::kCostCard, "capex_jpy", change.plan) +
            money_card(compared::kMunicipalCard, "municipality_jpy", change.plan);
    if (const ComparedFigure* met = figure_of(comparison_, "targets_met")) {
      html += card(say(compared::kTargetsCard), signed_figure(met->difference(change.plan)), "",
                   arrow(*met, change.plan));
    }
    return html + "</section>\n";
  }
  [[nodiscard]] static std::string share(const ComparedFigure& figure, std::size_t plan) {
    return std::isnan(figure.values[plan]) ? "–" : percent_figure(figure.values[plan]);
  }
  [[nodiscard]] std::string money_card(const Phrase& name, const char* key, std::size_t plan) const {
    const ComparedFigure* money = figure_of(comparison_, key);
    if (money == nullptr || std::isnan(money->difference(plan))) return {};
    const auto millions = [](double jpy) { return figure(jpy / kMillion, 1); };
    return card(say(name), signed_figure(money->difference(plan) / kMillion, 1), say(compared::kMillion),
                say(compared::kFromTo, {millions(money->values[0]), millions(money->values[plan])}));
  }

  [[nodiscard]] std::string warnings() const {
    std::string html;
    for (const ComparedWarning& warning : comparison_.warnings) {
      html += fmt::format("<div class=\"synthetic\" role=\"note\"><strong>{}</strong> {}</div>\n",
                          say(compared::kWarningWord), user_text(warning.in(language_), 1000));
    }
    return html;
  }

  [[nodiscard]] std::string map(const PlanChange& change) {
    return change.map ? title(compared::kMap, change) + maps_.plate(change) + "</section>\n" : std::string{};
  }

  /// A column for each plan, titled by its letter.
  void plan_columns(HtmlTable& table, bool number) const {
    for (const ComparedPlan& plan : comparison_.plans) table.column(compared::kLetter, {plan.letter}, number);
  }

  [[nodiscard]] std::string figures() const {
    HtmlTable table(language_);
    table.column(compared::kFigure);
    plan_columns(table, true);
    for (const PlanChange& change : comparison_.changes)
      table.column(compared::kDifference, {letter(change), first()}, true);
    const Phrase* group = nullptr;
    bool any = false;
    for (const ComparedFigure& figure : comparison_.figures) {
      if (embedded_ && !differs(figure)) continue;
      any = true;
      if (figure.group != group) {
        std::vector<Cell> head = {words(*figure.group, language_)};
        head.resize(1 + comparison_.plans.size() + comparison_.changes.size());
        table.row(head, "group");
      }
      group = figure.group;
      std::vector<Cell> cells = {words(figure_label(figure, language_))};
      for (std::size_t i = 0; i < figure.values.size(); ++i)
        cells.push_back({.html = escape_html(figure_value(figure, i)), .number = true});
      for (const PlanChange& change : comparison_.changes) {
        const std::string text = escape_html(figure_difference(figure, change.plan, language_));
        const bool same = figure.difference(change.plan) == 0.0;
        cells.push_back({.html = same ? text : "<b>" + text + "</b>", .number = true});
      }
      table.row(cells);
    }
    return opened(say(embedded_ ? compared::kChangedFigures : compared::kFigures)) +
           (any ? table.html() : paragraph(say(compared::kNoFigureChanged))) + "</section>\n";
  }
  /// NaN, where a plan does not tell, differs from a number and not from another.
  [[nodiscard]] static bool differs(const ComparedFigure& figure) {
    return std::any_of(figure.values.begin(), figure.values.end(), [&](double value) {
      return value != figure.values.front() && !(std::isnan(value) && std::isnan(figure.values.front()));
    });
  }

  [[nodiscard]] std::string municipalities(const PlanChange& change) const {
    const std::vector<MunicipalityChange>& all = change.population.municipalities;
    HtmlTable table(language_);
    table.column(phrases::kMunicipality).column(phrases::kCode);
    table.column(compared::kWonPeople, true).column(compared::kLostPeople, true);
    table.column(compared::kNetPeople, true);
    table.column(compared::kCoverageIn, {first()}, true).column(compared::kCoverageIn, {letter(change)}, true);
    std::size_t shown = 0;
    std::size_t unchanged = 0;
    std::size_t more = 0;
    for (const MunicipalityChange& m : all) {
      if (!has_change(m)) {
        if (!m.code.empty()) ++unchanged;
      } else if (shown == kMostRows) {
        ++more;
      } else {
        ++shown;
        table.row({words(municipality_name(m, language_)),
                   words(m.code),
                   number(m.people.won),
                   number(m.people.lost),
                   {.html = "<b>" + signed_figure(m.people.net()) + "</b>", .number = true},
                   percentage(m.covered.before, m.in_plan.before),
                   percentage(m.covered.after, m.in_plan.after)});
      }
    }
    if (more > 0) table.row({{.html = say(compared::kMore, {figure(static_cast<double>(more))})}}, "other");
    const PeopleChange& sum = change.population.all;
    table.row({words(phrases::kTotal, language_),
               {},
               number(sum.won),
               number(sum.lost),
               {.html = signed_figure(sum.net()), .number = true},
               {},
               {}},
              "sum");
    const std::string rest = unchanged > 0
                                 ? paragraph(say(compared::kUnchanged, {figure(static_cast<double>(unchanged))}))
                                 : std::string{};
    return title(compared::kByMunicipality, change) +
           (shown == 0 ? paragraph(say(compared::kNobody)) : table.html() + rest) + "</section>\n";
  }

  [[nodiscard]] std::string value_lines(const std::vector<ValueChange>& values) const {
    std::string html;
    for (const ValueChange& value : values) {
      html += (html.empty() ? "" : "<br>") + user_text(key_name(value.key, language_)) + ": " +
              user_text(key_value(value.key, value.before, language_)) + " → <b>" +
              user_text(key_value(value.key, value.after, language_)) + "</b>";
    }
    return html;
  }

  [[nodiscard]] std::string sites(const PlanChange& change) const {
    std::string html = title(compared::kSites, change);
    if (change.sites.empty()) return html + paragraph(say(compared::kNoSiteChange)) + "</section>\n";
    HtmlTable table(language_);
    table.column(phrases::kStatus).column(phrases::kId).column(phrases::kName).column(compared::kWhat);
    for (std::size_t i = 0; i < std::min(change.sites.size(), kMostRows); ++i) {
      const SiteChange& site = change.sites[i];
      table.row({one_line(words(kind_word(site.kind), language_)),
                 one_line(words(site.id)),
                 words(site.name),
                 {.html = value_lines(site.values)}});
    }
    if (change.sites.size() > kMostRows) {
      const auto more = static_cast<double>(change.sites.size() - kMostRows);
      table.row({{.html = say(compared::kMore, {figure(more)})}}, "other");
    }
    return html + paragraph(escape_html(site_counts(change, language_))) + table.html() + "</section>\n";
  }

  [[nodiscard]] std::string targets() const {
    HtmlTable table(language_);
    bool any = false;
    table.column(phrases::kTarget).column(phrases::kFiscalYear, true).column(phrases::kRequired, true);
    plan_columns(table, false);
    for (const TargetRow& row : comparison_.targets) {
      std::vector<Cell> cells = {
          words(target_name(row, language_)),
          {.html = row.fiscal_year > 0 ? fmt::format("{}", row.fiscal_year) : "–", .number = true},
          {.html = escape_html(required_text(row, language_)), .number = true}};
      for (std::size_t i = 0; i < comparison_.plans.size(); ++i)
        cells.push_back(verdict_cell(target_verdict(row, i, language_), row.status[i]));
      const bool differs = std::any_of(row.status.begin(), row.status.end(),
                                       [&](const std::string& status) { return status != row.status.front(); });
      if (embedded_ && !differs && cells.back().html == cells[cells.size() - 2].html) continue;
      any = true;
      table.row(cells, differs ? "alarm" : "");
    }
    if (!any) return {};
    return opened(say(phrases::kTargets)) + table.html() + "</section>\n";
  }
  [[nodiscard]] static Cell verdict_cell(const std::string& text, const std::string& status) {
    const char* colour = status == "met" ? "#0b5f5a" : status == "missed" ? "#b3261e" : "#56635f";
    return {.html = fmt::format("<span style=\"color:{}\">{}</span>", colour, user_text(text))};
  }

  [[nodiscard]] std::string routes() const {
    HtmlTable table(language_);
    bool any = false;
    table.column(compared::kRoute);
    plan_columns(table, false);
    for (const RouteRow& row : comparison_.routes) {
      std::vector<Cell> cells = {words(route_name(row, language_))};
      for (std::size_t i = 0; i < comparison_.plans.size(); ++i) {
        const bool met = row.verdict[i] == "met";
        cells.push_back(verdict_cell(route_verdict(row, i, language_), met                      ? "met"
                                                                       : row.verdict[i].empty() ? ""
                                                                                                : "missed"));
      }
      if (embedded_ && cells.back().html == cells[cells.size() - 2].html) continue;
      any = true;
      table.row(cells);
    }
    if (!any) return {};
    return opened(say(compared::kRoutes)) + table.html() + "</section>\n";
  }

  [[nodiscard]] std::string settings(const PlanChange& change) const {
    std::string html = title(compared::kSettings, change);
    if (change.settings.empty() && change.inputs.empty())
      return html + paragraph(say(compared::kSameSettings)) + "</section>\n";
    HtmlTable table(language_);
    table.column(compared::kWhat).column(compared::kLetter, {first()}, false);
    table.column(compared::kLetter, {letter(change)}, false);
    for (const ValueChange& value : change.settings) {
      table.row({words(key_name(value.key, language_)), words(key_value(value.key, value.before, language_)),
                 words(key_value(value.key, value.after, language_))});
    }
    for (std::size_t i = 0; i < std::min(change.inputs.size(), kMostRows); ++i) {
      const ValueChange& input = change.inputs[i];
      table.row({{.html = say(compared::kInputFile, {input.key})},
                 {},
                 words(input_text(input, comparison_, change, language_))});
    }
    return html + table.html() + "</section>\n";
  }

  [[nodiscard]] std::string plans() const {
    HtmlTable table(language_);
    table.column(compared::kPlan).column(compared::kScenario).column(compared::kFolder);
    table.column(compared::kGridOf).column(compared::kMadeBy);
    for (const ComparedPlan& plan : comparison_.plans) {
      const Grid& grid = plan.stored.grid;
      table.row({words(plan.letter),
                 words(plan.stored.title),
                 words(plan.folder.lexically_normal().string()),
                 {.html = say(compared::kGridText, {fmt::format("{}", grid.nx), fmt::format("{}", grid.ny),
                                                    fmt::format("{:g}", grid.cell_m), plan.stored.crs_id})},
                 words("amaneku " + plan.stored.program_version)});
    }
    return opened(say(compared::kPlans)) + table.html() + "</section>\n";
  }

  [[nodiscard]] std::string credits() const {
    std::set<std::string> seen;
    std::string items;
    for (const ComparedPlan& plan : comparison_.plans) {
      for (const std::string& credit : plan.stored.credits) {
        if (seen.size() < kMostRows && seen.insert(credit).second)
          items += "<li>" + user_text(credit, 1000) + "</li>\n";
      }
    }
    if (items.empty()) return {};
    return "<section><h2>" + say(phrases::kCredits) + "</h2>\n<ul class=\"credits\">\n" + items +
           "</ul></section>\n";
  }

  const PlanComparison& comparison_;
  Language language_;
  bool embedded_;
  CompareMaps maps_;
};

}  // namespace

std::string comparison_html(const PlanComparison& comparison, Language language) {
  return ComparePage(comparison, language, false).html();
}

std::string changes_section(const PlanComparison& comparison, Language language) {
  return ComparePage(comparison, language, true).section();
}

}  // namespace amaneku::scenarios
