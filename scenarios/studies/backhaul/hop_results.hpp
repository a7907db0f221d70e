// What is told of the hops: tables, and their part of the report.
#pragma once

#include <string>
#include <vector>

#include "libsim/backhaul/hop_view.hpp"
#include "scenarios/studies/backhaul/backhaul_study.hpp"

namespace amaneku::scenarios {

/// microwave, microwave_steps, optics, and iab where it is asked for; without hops asked for, none.
[[nodiscard]] std::vector<Table> hop_tables(const PlanInput& input, const BackhaulStudy& study);
/// "" without hops asked for.
[[nodiscard]] std::string hop_section(const ReportContext& context, const BackhaulStudy& study);

/// A microwave or optical hop as it is drawn, with the sight rules of its medium. InternalError where it was built
/// over missing ground.
[[nodiscard]] HopView view_of(const PlanInput& input, const BackhaulStudy& study, const Hop& hop);

}  // namespace amaneku::scenarios
