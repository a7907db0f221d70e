// [targets]: the plan held against the targets of a regulator or a municipality.
#pragma once

#include "libsim/studies/targets/target_check.hpp"
#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

struct TargetsStudy {
  static constexpr std::string_view id = "targets";

  std::optional<TargetOptions> options{};
  TargetReport report{};

  [[nodiscard]] static std::vector<SchemaSection> sections();
  void read(const StudyReading& reading);
  [[nodiscard]] bool asked() const noexcept { return options.has_value(); }
  [[nodiscard]] std::string plan_text(Language language) const;
  void run(const StudyInput& plan, const Studies& earlier);
  [[nodiscard]] std::vector<Table> tables(const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string section(const ReportContext& context) const;
  [[nodiscard]] std::string overview(const ReportContext& context) const;
  [[nodiscard]] std::string closing(Language language, const PlanInput& input) const;
  /// `targets[]` with their parts, operators and the first of the gaps, and the definitions.
  void summarize(nlohmann::ordered_json& summary, const PlanInput& input, const PlanResult& result) const;
};

}  // namespace amaneku::scenarios
