// [selection]: which candidates reach the targets at the least cost (docs/selection.md).
#pragma once

#include <functional>
#include <map>

#include "libsim/studies/selection/selection_study.hpp"
#include "scenarios/studies/selection/chosen_scenario.hpp"
#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

struct SelectionStudy {
  static constexpr std::string_view id = "selection";

  std::optional<SelectionOptions> options{};
  ScenarioSources sources{};             ///< what the chosen scenario is written from
  std::map<std::string, Fault> where{};  ///< where each key stands, for what is found to be wrong later
  std::optional<SelectionReport> report{};
  std::vector<Warning> warnings{};  ///< of the choice
  bool applied = false;             ///< the chosen sites are sites of the plan

  [[nodiscard]] static std::vector<SchemaSection> sections();
  void read(const StudyReading& reading);
  [[nodiscard]] bool asked() const noexcept { return options.has_value(); }
  [[nodiscard]] std::string plan_text(Language language) const;
  /// Chooses, where that was not done before.
  void run(const StudyInput& plan, const Studies& earlier);
  [[nodiscard]] std::vector<Table> tables(const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string section(const ReportContext& context) const;
  void summarize(nlohmann::ordered_json& summary, const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string closing(Language language, const PlanInput& input) const;
  /// scenario.toml and sites.csv with the chosen sites, and copies of the inputs that they could not name, where
  /// the choice is that of the plan.
  void write_files(const StudyFiles& files) const;

  /// InputError, at the key that is to blame, as choose_sites().
  void choose(const PlanInput& input, const Studies& studies, const Progress& progress = {});
  /// With the place of the key that is to blame.
  [[nodiscard]] InputError located(const InputError& error) const;
  void choose_sharing(
      const MoneyInput& as_given,
      const std::function<SelectionReport(const MoneyInput*, std::vector<Warning>&, const Progress&)>& choice,
      const Progress& progress);
  /// Makes the chosen candidates sites of the plan, and all others candidates.
  void apply(Network& network, Studies& studies);
  /// Turns antennas of the applied choice, where that is asked for: as far as every target is still reached and
  /// more people are served in the whole plan.
  void tune(PlanInput& input, const Studies& studies, const Progress& progress = {});
};

/// What is to be least.
[[nodiscard]] std::string selection_objective(const SelectionOptions& options, Language language);

}  // namespace amaneku::scenarios
