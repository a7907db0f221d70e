// Which radio technology each sector of a scenario uses, at which width, and what is odd about it.
#pragma once

#include <string>
#include <vector>

#include "libsim/radio/technology.hpp"
#include "scenarios/read/site_list.hpp"
#include "scenarios/schema/document.hpp"

namespace amaneku::scenarios {

/// Fills Sector::carrier (and subcarriers, where the bandwidth is given) of every site. Faults go to the document:
/// unknown technology or width, carriers of one sector that overlap. Returned, each id once:
/// radio_technology_unknown (no rates for these sectors), carrier_outside_band, eirp_above_limit and
/// power_above_limit (with the rule), power_limit_unknown (far above any licence seen), carrier_indoor_only,
/// tdd_patterns_differ (overlapping carriers that do not send at the same time: they interfere in ways that no map
/// here shows), link_curve_not_applied, operator_not_named (some sites name one), radio_values_unverified.
[[nodiscard]] std::vector<Warning> assign_carriers(Document& document, const RadioCatalogue& catalogue,
                                                   const std::string& link_curve, std::vector<LocatedSite>& sites);

}  // namespace amaneku::scenarios
