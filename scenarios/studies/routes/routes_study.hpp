// [routes] and [[route]]: whether vehicles keep the link that their service needs, section by section.
#pragma once

#include "libsim/studies/routes/route_study.hpp"
#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

/// The service as the scenario asks for it, for the reader of the page.
struct RouteServiceText {
  std::string id{};
  std::string name{};
  std::string name_ja{};
  std::string source{};
  bool verified = false;  ///< every figure was read at its source
};

struct RoutesStudy {
  static constexpr std::string_view id = "routes";

  std::vector<RouteCourse> courses{};
  RouteOptions options{};
  RouteServiceText service{};
  std::string interruption_kind{};  ///< of handover_durations.toml
  RoutesReport report{};

  [[nodiscard]] static std::vector<SchemaSection> sections();
  void read(const StudyReading& reading);
  [[nodiscard]] bool asked() const noexcept { return !courses.empty(); }
  [[nodiscard]] std::string plan_text(Language language) const;
  void run(const StudyInput& plan, const Studies& earlier);
  [[nodiscard]] std::vector<Table> tables(const PlanInput& input, const PlanResult& result) const;
  void summarize(nlohmann::ordered_json& summary, const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string closing(Language language, const PlanInput& input) const;
  [[nodiscard]] std::string section(const ReportContext& context) const;
  void write_files(const StudyFiles& files) const;
};

}  // namespace amaneku::scenarios
