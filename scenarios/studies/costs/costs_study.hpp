// [costs] and [subsidy]: what the sites of the plan cost, and who pays (docs/formats/site_costs.md,
// docs/formats/municipal_attributes.md).
#pragma once

#include "libsim/studies/costs.hpp"
#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

/// The bill refers to prices and rules of `money`: moved, never copied.
struct CostsStudy {
  static constexpr std::string_view id = "costs";

  std::optional<MoneyInput> money{};
  Bill bill{};

  CostsStudy() = default;
  CostsStudy(CostsStudy&&) = default;
  CostsStudy& operator=(CostsStudy&&) = default;
  CostsStudy(const CostsStudy&) = delete;
  CostsStudy& operator=(const CostsStudy&) = delete;
  ~CostsStudy() = default;

  [[nodiscard]] static std::vector<SchemaSection> sections();
  /// A price that a site needs and nobody states is a fault.
  void read(const StudyReading& reading);
  [[nodiscard]] bool asked() const noexcept { return money.has_value(); }
  [[nodiscard]] std::string plan_text(Language language) const;
  void run(const StudyInput& plan, const Studies& earlier);
  [[nodiscard]] std::vector<Table> tables(const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string section(const ReportContext& context) const;
  /// `costs`, and the bill of each site in `sites[]`.
  void summarize(nlohmann::ordered_json& summary, const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string overview(const ReportContext& context) const;
  [[nodiscard]] std::string closing(Language language, const PlanInput& input) const;
};

}  // namespace amaneku::scenarios
