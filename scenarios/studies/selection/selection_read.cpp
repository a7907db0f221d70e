#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "libsim/studies/selection/selection_faults.hpp"
#include "scenarios/catalogue/costs_words.hpp"
#include "scenarios/studies/selection/selection_study.hpp"

namespace amaneku::scenarios {
namespace {

class SelectionReader {
 public:
  explicit SelectionReader(Document& document)
      : document_(document),
        view_(document.section("selection")),
        has_costs_(document.section("costs").node() != nullptr),
        has_subsidy_(document.section("subsidy").node() != nullptr) {}

  SelectionOptions run() {
    out_.keep = view_.flag("keep");
    out_.every_place = view_.flag("every_place");
    out_.servers = static_cast<int>(view_.integer("servers"));
    if (view_.given("sites_at_most")) out_.sites_at_most = static_cast<int>(view_.integer("sites_at_most"));
    for (const auto& [key, to] : {std::pair{"population_percent", &out_.population_percent},
                                  std::pair{"municipality_percent", &out_.municipality_percent}}) {
      if (view_.given(key)) *to = view_.number(key);
    }
    roads();
    objective();
    out_.budgets = budgets(view_);
    years();
    tuning();
    sharing();
    goal();
    if (out_.every_place && document_.sections("places").empty())
      document_.add(view_.fault("every_place", "needs [[places]]: there are no places"));
    for (const SchemaKey& key : schema_section("selection").keys)
      where_.emplace(key.name, view_.fault(key.name, ""));
    where_.emplace("candidates", view_.fault("keep", ""));
    return std::move(out_);
  }

  [[nodiscard]] std::map<std::string, Fault> where() { return std::move(where_); }

 private:
  void roads() {
    for (const SectionView& road : document_.sections("selection.roads")) {
      const std::string road_class = road.text("class");
      const bool twice = std::any_of(out_.roads.begin(), out_.roads.end(),
                                     [&](const RoadNeed& need) { return need.road_class == road_class; });
      if (twice) document_.add(road.fault("class", "comes twice"));
      out_.roads.push_back({road_class, road.number("percent")});
      where_.emplace("roads." + road_class, road.fault("class", ""));
    }
  }

  void objective() {
    const std::string word = view_.text("objective");
    const auto payer = std::find(kPayerWords.begin(), kPayerWords.end(), word);
    if (payer != kPayerWords.end()) {
      out_.objective = SelectionObjective::payer;
      out_.payer = static_cast<Payer>(payer - kPayerWords.begin());
    } else if (word == "sites") {
      out_.objective = SelectionObjective::sites;
    }
    if (out_.objective != SelectionObjective::sites && !has_costs_)
      document_.add(view_.fault("objective", "needs [costs]; without prices: objective = \"sites\""));
    if (out_.objective == SelectionObjective::payer && !has_subsidy_)
      document_.add(view_.fault("objective", "needs [subsidy], which says who pays"));
  }

  [[nodiscard]] std::vector<SelectionBudget> budgets(const SectionView& view) {
    std::vector<SelectionBudget> out;
    const auto add = [&](const std::string& key, std::optional<Payer> payer) {
      if (!view.given(key)) return;
      if (!has_costs_) document_.add(view.fault(key, "needs [costs]: without prices nothing costs anything"));
      if (payer && !has_subsidy_) document_.add(view.fault(key, "needs [subsidy], which says who pays"));
      out.push_back({payer, static_cast<std::int64_t>(view.number(key))});
    };
    add("budget_jpy", std::nullopt);
    for (const Payer payer : kBudgetPayers) add(budget_key({.payer = payer}), payer);
    return out;
  }

  void years() {
    for (const SectionView& view : document_.sections("selection.years")) {
      SelectionYear year{.year = static_cast<int>(view.integer("year")), .budgets = budgets(view)};
      if (view.given("sites_at_most")) year.sites_at_most = static_cast<int>(view.integer("sites_at_most"));
      if (view.given("population_percent")) year.population_percent = view.number("population_percent");
      if (!out_.years.empty() && year.year <= out_.years.back().year) {
        Fault late = view.fault("year", "is not later than the year before it");
        late.legal = fmt::format("{} or later", out_.years.back().year + 1);
        document_.add(std::move(late));
      }
      for (const SchemaKey& key : schema_section("selection.years").keys)
        where_.emplace(fmt::format("years.{}.{}", year.year, key.name), view.fault(key.name, ""));
      out_.years.push_back(std::move(year));
    }
    if (out_.years.empty()) return;
    budget_of_all_years(std::nullopt);
    for (const Payer payer : kBudgetPayers) budget_of_all_years(payer);
    const bool each = std::all_of(out_.years.begin(), out_.years.end(),
                                  [](const SelectionYear& year) { return year.sites_at_most > 0; });
    if (!each) return;
    int sites = 0;
    for (const SelectionYear& year : out_.years) sites += year.sites_at_most;
    out_.sites_at_most = out_.sites_at_most > 0 ? std::min(out_.sites_at_most, sites) : sites;
  }

  /// What all years together have limits the choice, where each of them has a budget.
  void budget_of_all_years(std::optional<Payer> payer) {
    SelectionBudget all{.payer = payer, .of_lines_too = true};
    for (const SelectionYear& year : out_.years) {
      const auto own = std::find_if(year.budgets.begin(), year.budgets.end(),
                                    [&](const SelectionBudget& budget) { return budget.payer == payer; });
      if (own == year.budgets.end()) return;
      all.most_jpy += own->most_jpy;
    }
    out_.budgets.push_back(all);
    where_.emplace(budget_key(all),
                   document_.sections("selection.years").front().fault(budget_key(all), "all years together: "));
  }

  void sharing() {
    for (const std::string& word : view_.texts("sharing")) {
      const auto level = std::find(kSharingWords.begin(), kSharingWords.end(), word);
      if (level == kSharingWords.end()) {
        Fault unknown = view_.fault("sharing", "\"" + word + "\" is no level of sharing");
        unknown.legal = fmt::format("{}", fmt::join(kSharingWords, " | "));
        document_.add(std::move(unknown));
        return;
      }
      const auto which = static_cast<SharingLevel>(level - kSharingWords.begin());
      if (std::find(out_.sharing.begin(), out_.sharing.end(), which) != out_.sharing.end())
        document_.add(view_.fault("sharing", "\"" + word + "\" comes twice"));
      out_.sharing.push_back(which);
    }
    if (out_.sharing.empty()) return;
    const SectionView costs = document_.section("costs");
    if (!has_costs_ || out_.objective == SelectionObjective::sites) {
      document_.add(view_.fault("sharing", "needs [costs] and an objective of money: else all levels are alike"));
    } else if (costs.integer("operators") < 2) {
      document_.add(view_.fault("sharing", "needs costs.operators = 2 or more: one operator shares with nobody"));
    }
  }

  void tuning() {
    const SectionView view = document_.section("selection.tuning");
    if (view.node() == nullptr) return;
    out_.tuning = {.tilt_most_deg = view.number("tilt_most_deg"),
                   .tilt_step_deg = view.number("tilt_step_deg"),
                   .azimuth_within_deg = view.number("azimuth_within_deg"),
                   .azimuth_step_deg = view.number("azimuth_step_deg"),
                   .existing = view.flag("existing")};
    where_.emplace("tuning", view.fault("tilt_most_deg", ""));
    for (const auto& [step, span] :
         {std::pair{"tilt_step_deg", "tilt_most_deg"}, std::pair{"azimuth_step_deg", "azimuth_within_deg"}}) {
      constexpr double kMostPositions = 360.0;
      if (view.number(step) > 0.0 && view.number(span) / view.number(step) > kMostPositions) {
        Fault fine = view.fault(step, fmt::format("makes more than {} positions of {}", kMostPositions, span));
        fine.legal = fmt::format("{} or more, or 0", view.number(span) / kMostPositions);
        document_.add(std::move(fine));
      }
    }
    if (view.number("tilt_step_deg") <= 0.0 &&
        std::min(view.number("azimuth_within_deg"), view.number("azimuth_step_deg")) <= 0.0)
      document_.add(view.fault("tilt_step_deg", "0, and azimuths stay: nothing may be turned"));
  }

  void goal() {
    const bool limited = !out_.budgets.empty() || out_.sites_at_most > 0;
    out_.most_people = view_.given("goal") ? view_.text("goal") == "most_people" : !out_.has_targets();
    if (!out_.has_targets() && !limited) {
      document_.add(view_.fault("population_percent",
                                "nothing is asked for: give a target (population_percent, municipality_percent, "
                                "every_place, [[selection.roads]]) or a budget"));
    } else if (out_.most_people && !limited) {
      document_.add(
          view_.fault("goal", "most_people needs a budget or sites_at_most: else all candidates are best"));
    } else if (!out_.most_people && !out_.has_targets()) {
      document_.add(view_.fault("goal", "least_cost needs a target: else no site at all is best"));
    }
  }

  static constexpr std::array kBudgetPayers = {Payer::nation, Payer::prefecture, Payer::municipality,
                                               Payer::mobile_operator};

  Document& document_;
  SectionView view_;
  bool has_costs_;
  bool has_subsidy_;
  SelectionOptions out_{};
  std::map<std::string, Fault> where_{};
};

}  // namespace

void SelectionStudy::read(const StudyReading& reading) {
  Document& document = reading.document;
  if (document.section("selection").node() == nullptr) return;
  SelectionReader reader(document);
  options = reader.run();
  where = reader.where();
  sources = scenario_sources(document);
}

}  // namespace amaneku::scenarios
