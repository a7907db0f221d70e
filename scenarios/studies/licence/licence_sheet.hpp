// licence_sheet.html: the cover and coordination areas of a licence on one printable sheet.
#pragma once

#include <string>

#include "scenarios/report/language.hpp"
#include "scenarios/studies/licence/licence_study.hpp"

namespace amaneku::scenarios {

/// A self-contained page for A4: map of the areas over own land and sites, table of areas, of sites and sectors,
/// and of parameters; what was not verified in the primary text is marked.
[[nodiscard]] std::string licence_sheet_html(const LicenceStudy& study, const PlanInput& input, Language language);

}  // namespace amaneku::scenarios
