// What a run writes to its folder: result.h5, COGs, network.gpkg, summary.json, report.html (docs/formats/).
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/read/scenario.hpp"
#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

/// First key of summary.json; changes with docs/formats/summary.md.
inline constexpr std::string_view kSummarySchema = "amaneku-summary-3.0";

/// The figures as JSON text; keys are a contract (docs/formats/summary.md). The same input gives the same text.
/// `files`: of the folder that the run writes, the summary included.
[[nodiscard]] std::string summary_json(const Planned& plan, const std::vector<std::string>& files = {});
/// Seconds of each stage of the run, {stage: seconds}, and `scenario_file`, where the scenario lies from `folder`:
/// timing.json, the only file that differs from run to run.
[[nodiscard]] std::string timing_json(const Planned& plan, const std::filesystem::path& folder);

/// The tables of the plan and of its studies, with the styles of their layers.
[[nodiscard]] std::vector<Table> all_tables(const Planned& plan);

/// Checks that `folder` can be written to, and is new, empty, or holds a former result of amaneku; InputError
/// otherwise. Leaves everything as it was.
void check_output_folder(const std::filesystem::path& folder);

/// The same for a folder of the demo region: new, empty, or of an earlier demo.
void check_demo_folder(const std::filesystem::path& folder);

/// A section of the report that looks at the files of this run: called when result.h5 and the tables lie in
/// `staged`, where they stay until all are published. HTML.
using FurtherSection = std::function<std::string(const std::filesystem::path& staged)>;

/// Writes every file: all under their final names, or (InputError: disk full, folder not writable) none, with
/// a former result untouched. Other files in the folder are left alone. Calls options.on_progress("write").
void write_outputs(const std::filesystem::path& folder, const Planned& plan, Language language,
                   const PlanOptions& options = {}, const FurtherSection& further = {});

}  // namespace amaneku::scenarios
