// [[places]]: named places, what they need and what they get.
#pragma once

#include "libsim/studies/named_places.hpp"
#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

struct PlacesStudy {
  static constexpr std::string_view id = "places";

  std::vector<NamedPlace> places{};
  PlacesReport report{};

  [[nodiscard]] static std::vector<SchemaSection> sections();
  /// All files, each with its needs where a place does not state its own.
  void read(const StudyReading& reading);
  [[nodiscard]] bool asked() const noexcept { return !places.empty(); }
  [[nodiscard]] std::string plan_text(Language language) const;
  void run(const StudyInput& plan, const Studies& earlier);
  [[nodiscard]] std::vector<Table> tables(const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string section(const ReportContext& context) const;
  [[nodiscard]] std::string closing(Language language, const PlanInput& input) const;
};

}  // namespace amaneku::scenarios
