#include <fmt/format.h>

#include <algorithm>

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
    budgets();
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

  void budgets() {
    const auto add = [&](const std::string& key, std::optional<Payer> payer) {
      if (!view_.given(key)) return;
      if (!has_costs_) document_.add(view_.fault(key, "needs [costs]: without prices nothing costs anything"));
      if (payer && !has_subsidy_) document_.add(view_.fault(key, "needs [subsidy], which says who pays"));
      out_.budgets.push_back({payer, static_cast<std::int64_t>(view_.number(key))});
    };
    add("budget_jpy", std::nullopt);
    for (const Payer payer : {Payer::nation, Payer::prefecture, Payer::municipality, Payer::mobile_operator})
      add(fmt::format("budget_{}_jpy", kPayerWords[index_of(payer)]), payer);
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
