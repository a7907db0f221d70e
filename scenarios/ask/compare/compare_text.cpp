#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/ask/compare/compare_phrases.hpp"
#include "scenarios/ask/compare/compare_words.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/report/text_table.hpp"
#include "scenarios/studies/targets/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostLines = 40;

class CompareText {
 public:
  CompareText(const PlanComparison& comparison, Language language)
      : comparison_(comparison), language_(language) {}

  [[nodiscard]] std::string text() const {
    std::string out = plans() + '\n' + figures();
    for (const PlanChange& change : comparison_.changes) out += people(change) + sites(change) + settings(change);
    out += targets() + routes();
    if (!comparison_.warnings.empty()) out += '\n';
    for (const ComparedWarning& warning : comparison_.warnings)
      out += say(compared::kWarningWord) + ": " + warning.in(language_) + '\n';
    return out;
  }

 private:
  [[nodiscard]] std::string say(const Phrase& phrase,
                                std::initializer_list<std::string_view> arguments = {}) const {
    return fill(phrase.in(language_), arguments);
  }
  [[nodiscard]] const std::string& letter(const PlanChange& change) const {
    return comparison_.plans[change.plan].letter;
  }
  [[nodiscard]] const std::string& first() const { return comparison_.plans.front().letter; }
  [[nodiscard]] std::string title(const Phrase& phrase, const PlanChange& change) const {
    return fmt::format("\n{}: {}\n", say(phrase), say(compared::kAgainst, {letter(change), first()}));
  }
  [[nodiscard]] std::string more(std::size_t n) const {
    return n > kMostLines ? "  " + say(compared::kMore, {figure(static_cast<double>(n - kMostLines))}) + '\n'
                          : std::string{};
  }

  [[nodiscard]] std::string plans() const {
    std::string out;
    for (const ComparedPlan& plan : comparison_.plans) {
      out += fmt::format("{}  {}  {}{}\n", plan.letter, plan.folder.string(), plan.stored.title,
                         plan.stored.synthetic ? " (" + say(phrases::kSynthetic) + ")" : "");
    }
    return out;
  }

  [[nodiscard]] std::string figures() const {
    TextTable table;
    std::vector<std::string> head = {""};
    for (const ComparedPlan& plan : comparison_.plans) head.push_back(plan.letter);
    for (const PlanChange& change : comparison_.changes)
      head.push_back(say(compared::kDifference, {letter(change), first()}));
    table.row(std::move(head));
    const Phrase* group = nullptr;
    for (const ComparedFigure& figure : comparison_.figures) {
      if (figure.group != group) table.row({say(*figure.group)});
      group = figure.group;
      std::vector<std::string> cells = {"  " + figure_label(figure, language_)};
      for (std::size_t i = 0; i < figure.values.size(); ++i) cells.push_back(figure_value(figure, i));
      for (const PlanChange& change : comparison_.changes)
        cells.push_back(figure_difference(figure, change.plan, language_));
      table.row(std::move(cells));
    }
    return table.text();
  }

  [[nodiscard]] std::string people(const PlanChange& change) const {
    std::string out = title(compared::kByMunicipality, change);
    TextTable table;
    table.row({"", say(compared::kWonPeople), say(compared::kLostPeople), say(compared::kNetPeople)});
    const auto row = [&](const std::string& name, const PeopleChange& people) {
      table.row({name, figure(people.won), figure(people.lost), signed_figure(people.net())});
    };
    std::size_t rows = 0;
    for (const MunicipalityChange& m : change.population.municipalities) {
      if (has_change(m) && ++rows <= kMostLines)
        row(m.code.empty() ? municipality_name(m, language_) : m.code + " " + m.name, m.people);
    }
    row(say(phrases::kTotal), change.population.all);
    return out + table.text() + more(rows) + "  " + definition_text(comparison_, language_) + '\n';
  }

  [[nodiscard]] std::string values(const std::vector<ValueChange>& values) const {
    std::string out;
    for (const ValueChange& value : values) {
      out +=
          fmt::format("      {}: {} → {}\n", key_name(value.key, language_),
                      key_value(value.key, value.before, language_), key_value(value.key, value.after, language_));
    }
    return out;
  }

  /// What the sign before it says already.
  [[nodiscard]] static bool is_switched_only(const SiteChange& site) {
    return site.kind != SiteChange::Kind::changed && site.values.size() == 1 &&
           site.values.front().key == "status";
  }

  [[nodiscard]] std::string sites(const PlanChange& change) const {
    std::string out = title(compared::kSites, change);
    if (change.sites.empty()) return out + "  " + say(compared::kNoSiteChange) + '\n';
    out += "  " + site_counts(change, language_) + '\n';
    for (std::size_t i = 0; i < std::min(change.sites.size(), kMostLines); ++i) {
      const SiteChange& site = change.sites[i];
      const char mark = site.kind == SiteChange::Kind::added     ? '+'
                        : site.kind == SiteChange::Kind::removed ? '-'
                                                                 : '~';
      out += fmt::format("  {} {} {}\n", mark, site.id, site.name == site.id ? "" : site.name);
      if (!is_switched_only(site)) out += values(site.values);
    }
    return out + more(change.sites.size());
  }

  [[nodiscard]] std::string settings(const PlanChange& change) const {
    std::string out = title(compared::kSettings, change);
    if (change.settings.empty() && change.inputs.empty()) return out + "  " + say(compared::kSameSettings) + '\n';
    out += values(change.settings);
    for (std::size_t i = 0; i < std::min(change.inputs.size(), kMostLines); ++i) {
      out += fmt::format("      {}: {}\n", say(compared::kInputFile, {change.inputs[i].key}),
                         input_text(change.inputs[i], comparison_, change, language_));
    }
    return out + more(change.inputs.size());
  }

  [[nodiscard]] std::string targets() const {
    if (comparison_.targets.empty()) return {};
    TextTable table;
    head(table, phrases::kRequired);
    for (const TargetRow& row : comparison_.targets) {
      const std::string name =
          say(compared::kTargetOfYear, {target_name(row, language_), fmt::format("{}", row.fiscal_year)});
      std::vector<std::string> cells = {name, required_text(row, language_)};
      for (std::size_t i = 0; i < comparison_.plans.size(); ++i)
        cells.push_back(target_verdict(row, i, language_));
      table.row(std::move(cells));
    }
    return "\n" + say(phrases::kTargets) + "\n" + table.text();
  }

  [[nodiscard]] std::string routes() const {
    std::string out;
    for (const RouteRow& row : comparison_.routes) {
      out += "  " + route_name(row, language_) + '\n';
      for (std::size_t i = 0; i < comparison_.plans.size(); ++i)
        out += fmt::format("      {}: {}\n", comparison_.plans[i].letter, route_verdict(row, i, language_));
    }
    return out.empty() ? out : "\n" + say(compared::kRoutes) + "\n" + out;
  }

  void head(TextTable& table, const Phrase& second) const {
    std::vector<std::string> cells = {"", say(second)};
    for (const ComparedPlan& plan : comparison_.plans) cells.push_back(plan.letter);
    table.row(std::move(cells));
  }

  const PlanComparison& comparison_;
  Language language_;
};

}  // namespace

std::string comparison_text(const PlanComparison& comparison, Language language) {
  return CompareText(comparison, language).text();
}

}  // namespace amaneku::scenarios
