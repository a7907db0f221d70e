// [antenna_heights]: how high the antennas of each municipality stand. The smallest study that there is, and the
// worked example of docs/adding_a_study.md.
#pragma once

#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

struct AntennaHeightsStudy {
  static constexpr std::string_view id = "antenna_heights";

  /// What the scenario asks.
  struct Options {
    double tall_agl_m = 60.0;  ///< antennas at this height or above are counted by themselves
  };
  /// What is found of the antennas that stand in one municipality, or in none.
  struct Row {
    std::string code{};  ///< empty: in none
    std::string name{};
    int municipality = -1;  ///< index into the boundaries
    std::size_t antennas = 0;
    std::size_t tall = 0;
    double mean_agl_m = 0.0;
    double highest_agl_m = 0.0;
  };

  std::optional<Options> options{};
  std::vector<Row> rows{};  ///< municipalities with antennas, in their order; those in none last

  [[nodiscard]] static std::vector<SchemaSection> sections();
  void read(const StudyReading& reading);
  [[nodiscard]] bool asked() const noexcept { return options.has_value(); }
  [[nodiscard]] std::string plan_text(Language language) const;
  void run(const StudyInput& plan, const Studies& earlier);
  [[nodiscard]] std::vector<Table> tables(const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string section(const ReportContext& context) const;
};

}  // namespace amaneku::scenarios
