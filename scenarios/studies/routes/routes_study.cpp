#include "scenarios/studies/routes/routes_study.hpp"

#include <fmt/format.h>

#include <string>

#include "scenarios/studies/routes/phrases.hpp"
#include "scenarios/studies/studies.hpp"

namespace amaneku::scenarios {

std::string RoutesStudy::plan_text(Language language) const {
  double length_m = 0.0;
  for (const RouteCourse& course : courses) length_m += course.course.length_m();
  return fill(
      phrases::kRoutesPlan.in(language),
      {std::to_string(courses.size()), fmt::format("{:.1f}", 1e-3 * length_m), std::to_string(options.runs)});
}

void RoutesStudy::run(const StudyInput& plan, const Studies& earlier) {
  RouteLatencyOptions& latency = options.latency;
  if (!latency.server.empty() && latency.server != "site") {
    latency.laid = earlier.get<BackhaulStudy>().transport(plan.input.network.sites.size());
    if (!latency.laid.empty()) {
      const bool beyond = latency.server != "exchange";
      latency.transport_source =
          std::string((beyond ? phrases::kLaidWayAndBeyond : phrases::kLaidWay).in(Language::en)) +
          (beyond ? latency.transport_source : std::string{});
    }
  }
  const NetworkLoad* load = plan.result.load ? &*plan.result.load : nullptr;
  report = check_routes(plan.radio, load, courses, options);
}

}  // namespace amaneku::scenarios
