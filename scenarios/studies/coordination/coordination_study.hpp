// [coordination]: the level of the plan at protected areas and stations of others.
#pragma once

#include "libsim/studies/coordination.hpp"
#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

struct CoordinationStudy {
  static constexpr std::string_view id = "coordination";

  std::optional<CoordinationOptions> options{};
  std::vector<CoordinationResult> results{};  ///< [place]

  [[nodiscard]] static std::vector<SchemaSection> sections();
  void read(const StudyReading& from);
  [[nodiscard]] bool asked() const noexcept { return options.has_value(); }
  [[nodiscard]] std::string plan_text(Language language) const;
  void run(const StudyInput& plan, const Studies& earlier);
  [[nodiscard]] std::vector<Table> tables(const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string section(const ReportContext& context) const;
};

}  // namespace amaneku::scenarios
