// What a run writes to its folder: result.h5, COGs, network.gpkg, summary.json, report.html (CONTRACTS.md).
#pragma once

#include <filesystem>
#include <string>

#include "libsim/plan.hpp"

namespace amaneku::scenarios {

enum class Language { en, ja };

/// The figures as JSON text; keys are a contract (docs/formats/summary.md).
[[nodiscard]] std::string summary_json(const PlanInput& input, const PlanResult& result);

/// Checks that `folder` can be created or is an amaneku result folder or empty; InputError otherwise.
/// A folder that holds a former result of amaneku is overwritten file by file; any other content is left alone.
void check_output_folder(const std::filesystem::path& folder);

/// Writes every file, each atomically; removes what this call wrote if a later file fails.
void write_outputs(const std::filesystem::path& folder, const PlanInput& input, const PlanResult& result,
                   Language language, const PlanOptions& options = {});

}  // namespace amaneku::scenarios
