// What a study is: something computed about a network. It owns its options and its results.
//
// A study is a struct with
//
//   static constexpr std::string_view id           its key in the scenario; the name of its stage
//   static std::vector<SchemaSection> sections()    its keys, from which the checks and docs/formats/scenario.md
//   follow void read(const StudyReading&)                  its options; faults go to the document bool asked()
//   const                              whether the scenario wants it std::string plan_text(Language) const what
//   `amaneku check` says of it, one line void run(const StudyInput&, const Studies&)     its results, after those
//   of the studies before it std::vector<Table> tables(const PlanInput&, const PlanResult&) const
//                                                   its figures, in every output
//   std::string section(const ReportContext&) const its part of the report, in the language of the context
//
// and, where it has more to say, `summarize` (keys of summary.json that are no table), `closing` (the last words
// of a run on the terminal), `write_files` (files of its own). studies.hpp lists all of them.
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
};

}  // namespace amaneku::scenarios
