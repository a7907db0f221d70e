// The drawing of a hop: ground, ray and Fresnel zone over the distance.
#pragma once

#include <string>

#include "libsim/backhaul/hop_view.hpp"
#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

/// `title`: plain text, for those who do not see the drawing.
[[nodiscard]] std::string hop_profile_svg(const HopView& view, const std::string& title, Language language);

}  // namespace amaneku::scenarios
