// [[coverage.existing]]: what is served already, from the keys of the scenario to the cells of the plan.
#pragma once

#include <vector>

#include "scenarios/schema/document.hpp"
#include "scenarios/schema/schema.hpp"
#include "terrain/people/existing_coverage.hpp"

namespace amaneku::scenarios {

[[nodiscard]] std::vector<SchemaKey> existing_coverage_keys();

/// The sections on the cells of the plan; without a section: none. Faults go to the document.
[[nodiscard]] ExistingCoverage existing_coverage(Document& document, const Grid& grid, const Crs& crs);

}  // namespace amaneku::scenarios
