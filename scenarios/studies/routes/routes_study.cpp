#include "scenarios/studies/routes/routes_study.hpp"

#include <fmt/format.h>

#include "scenarios/studies/studies.hpp"

namespace amaneku::scenarios {

std::string RoutesStudy::plan_text() const {
  double length_m = 0.0;
  for (const RouteCourse& course : courses) length_m += course.course.length_m();
  return fmt::format("{} courses of {:.1f} km in all, {} runs each", courses.size(), 1e-3 * length_m,
                     options.runs);
}

void RoutesStudy::run(const StudyInput& plan, const Studies& earlier) {
  if (!options.latency.server.empty() && options.latency.server != "site") {
    options.latency.laid = earlier.get<BackhaulStudy>().transport(plan.input.network.sites.size());
    if (!options.latency.laid.empty())
      options.latency.transport_source =
          "the way from each site to its exchange as [backhaul] lays it; beyond it " +
          options.latency.transport_source;
  }
  const NetworkLoad* load = plan.result.load ? &*plan.result.load : nullptr;
  report = check_routes(plan.radio, load, courses, options);
}

}  // namespace amaneku::scenarios
