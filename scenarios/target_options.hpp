// [targets] of a scenario: which targets, and how the plan is held against them.
#pragma once

#include <optional>
#include <vector>

#include "libsim/target_check.hpp"
#include "scenarios/document.hpp"
#include "scenarios/schema.hpp"

namespace amaneku::scenarios {

/// The sections [targets] and [[targets.actual]] of the schema.
[[nodiscard]] std::vector<SchemaSection> target_sections();

/// nullopt without a [targets]. Faults go to the document; `sites` are those that were read.
[[nodiscard]] std::optional<TargetOptions> read_target_options(Document& document, const std::vector<Site>& sites);

}  // namespace amaneku::scenarios
