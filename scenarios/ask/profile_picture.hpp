// The terrain between a site and a cell as a picture: ground and what stands on it over the effective Earth, the
// straight line between the antennas, the first Fresnel zone, and what decides.
#pragma once

#include <string>

#include "scenarios/ask/explain.hpp"

namespace amaneku::scenarios {

/// Size of a picture in its own units, which are pixels at 96 to the inch.
inline constexpr double kProfileWidth = 1000.0;
inline constexpr double kProfileHeight = 500.0;

/// An <svg> element with everything it needs in it. `number` keeps its identifiers apart from those of other
/// pictures in the same page.
[[nodiscard]] std::string profile_svg(const Explanation& explanation, const ExplainedServer& server, int number,
                                      Language language);

}  // namespace amaneku::scenarios
