// The labels of QGIS styles in the language of their reader.
#pragma once

#include <string>

#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

/// The style (.qml) with its labels in the language: classes of the legends, states, media and verdicts. A label
/// that is not known, such as the name of a site, stays as it is.
[[nodiscard]] std::string labels_in(const std::string& qml, Language language);

}  // namespace amaneku::scenarios
