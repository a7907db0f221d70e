// What a study is: something computed about a network. It owns its options and its results.
//
// A study is a struct with
//
//   id          its key in the scenario; the name of its stage
//   sections    its keys, from which the checks and docs/formats/scenario.md follow (static)
//   read        its options, of a StudyReading; faults go to the document
//   asked       whether the scenario wants it
//   plan_text   what `amaneku check` says of it, one line, in a language
//   run         its results, of a StudyInput, after those of the studies before it
//   tables      its figures, in every output, of the plan's input and result
//   section     its part of the report, in the language of the ReportContext
//
// and, where it has more to say, `summarize` (keys of summary.json that are no table), `closing` (its findings in
// a few lines: the last words of a run on the terminal; the first line is a finding on the first page of the
// report), `overview` (a block of its own on that page instead), `write_files` (files of its own). studies.hpp
// lists all of them.
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/plan/plan.hpp"
#include "libsim/result/table.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/schema/document.hpp"

namespace amaneku::scenarios {

struct Studies;

/// What a study reads its options from: the document, and what was read before. The ground has no heights where
/// the scenario is only checked, or faulty.
struct StudyReading {
  Document& document;
  const PlanInput& input;
  const Crs& crs;
  std::vector<Warning>& warnings;
};

/// Where a study writes files of its own: the layers of network.gpkg are there already.
struct StudyFiles {
  std::function<std::filesystem::path(const std::string& name)> path;
  const PlanInput& input;
  const PlanResult& result;
  Language language;
  /// Writes the layer of this name to NAME.kml.
  std::function<void(const std::string& layer)> write_kml;
};

/// Its findings, a line each, what belongs to the line before it behind two blanks; empty of one that has none.
template <class Study>
[[nodiscard]] std::string closing_of(const Study& study, const PlanInput& input, Language language) {
  if constexpr (requires { study.closing(language, input); }) return study.closing(language, input);
  return {};
}

template <class Study>
concept HasOverview = requires(const Study& study, const ReportContext& context) {
  study.overview(context);
};

/// Its block on the first page of the report; empty of a study that has none.
template <class Study>
[[nodiscard]] std::string overview_of(const Study& study, const ReportContext& context) {
  if constexpr (HasOverview<Study>) return study.overview(context);
  return {};
}

}  // namespace amaneku::scenarios
