// A layer as KML: in the colours of its style, every place with a name.
#pragma once

#include <string>

#include "scenarios/report/language.hpp"
#include "terrain/crs.hpp"
#include "terrain/vector/feature_io.hpp"

namespace amaneku::scenarios {

/// OGC 07-147r2, WGS 84, seven decimals (1 cm). Colours and words of classes are those of `layer.qml`, a style of
/// report/styles.hpp; a place is called by its class and its columns `name`, `site` or `id`. Columns are data with
/// the names that they have in the language.
[[nodiscard]] std::string kml_of(const Layer& layer, const Crs& crs, Language language);

}  // namespace amaneku::scenarios
