// A map or a table of a plan as a file for other programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/report/language.hpp"
#include "scenarios/serve/http_message.hpp"
#include "scenarios/serve/plan_session.hpp"
#include "terrain/vector/feature_io.hpp"

namespace amaneku::scenarios {

/// `file` is "ID.tif" of a map, as a run writes it, or "ID.geojson" or "ID.kml" of one of `layers`. InputError for
/// any other; `language`: of the words in KML. Made in a folder of its own for temporary files, which is gone
/// afterwards.
[[nodiscard]] HttpResponse exported(const Planned& planned, const std::vector<Layer>& layers,
                                    std::string_view file, Language language);

}  // namespace amaneku::scenarios
