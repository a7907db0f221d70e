// [licence] of a scenario: thresholds, model, sites and own land of a licence application.
#pragma once

#include <optional>

#include "libsim/licence_area.hpp"
#include "scenarios/document.hpp"
#include "terrain/crs.hpp"

namespace amaneku::scenarios {

/// nullopt without a [licence]. `model` is the one of its keys, if any. Faults go to the document; `sites` are
/// those that were read.
[[nodiscard]] std::optional<LicenceOptions> read_licence_options(Document& document,
                                                                 const std::vector<Site>& sites, const Crs& crs,
                                                                 std::vector<Warning>& warnings);

}  // namespace amaneku::scenarios
