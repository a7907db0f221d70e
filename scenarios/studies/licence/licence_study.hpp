// [licence]: cover and coordination areas of a licence application.
#pragma once

#include "libsim/studies/licence_area.hpp"
#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

struct LicenceStudy {
  static constexpr std::string_view id = "licence";

  std::optional<LicenceOptions> options{};
  std::string threshold_source_ja{};  ///< on a Japanese sheet; empty: that of the options
  LicenceAreas areas{};

  [[nodiscard]] static std::vector<SchemaSection> sections();
  void read(const StudyReading& reading);
  [[nodiscard]] bool asked() const noexcept { return options.has_value(); }
  [[nodiscard]] std::string plan_text(Language language) const;
  void run(const StudyInput& plan, const Studies& earlier);
  [[nodiscard]] std::vector<Table> tables(const PlanInput& input, const PlanResult& result) const;
  /// The areas are on the sheet, which the page names.
  [[nodiscard]] std::string section(const ReportContext& context) const;
  /// licence_sheet.html, and the layer licence_areas as GeoJSON, KML and Shapefile.
  void write_files(const StudyFiles& files) const;
};

}  // namespace amaneku::scenarios
