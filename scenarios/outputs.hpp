// What a run writes to its folder: result.h5, COGs, network.gpkg, summary.json, report.html (docs/formats/).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libsim/plan.hpp"

namespace amaneku::scenarios {

/// First key of summary.json; changes with docs/formats/summary.md.
inline constexpr std::string_view kSummarySchema = "amaneku-summary-1.0";

enum class Language { en, ja };

/// The figures as JSON text; keys are a contract (docs/formats/summary.md). All but `timing` depends on the
/// input alone.
[[nodiscard]] std::string summary_json(const PlanInput& input, const PlanResult& result);

/// Checks that `folder` can be written to, and is new, empty, or holds a former result of amaneku; InputError
/// otherwise. Leaves everything as it was.
void check_output_folder(const std::filesystem::path& folder);

/// The same for a folder of the demo region: new, empty, or of an earlier demo.
void check_demo_folder(const std::filesystem::path& folder);

/// Writes every file: all under their final names, or (InputError: disk full, folder not writable) none, with
/// a former result untouched. Other files in the folder are left alone. Calls options.on_progress("write").
void write_outputs(const std::filesystem::path& folder, const PlanInput& input, const PlanResult& result,
                   Language language, const PlanOptions& options = {});

}  // namespace amaneku::scenarios
