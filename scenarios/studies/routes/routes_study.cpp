#include "scenarios/studies/routes/routes_study.hpp"

#include <fmt/format.h>

namespace amaneku::scenarios {

std::string RoutesStudy::plan_text() const {
  double length_m = 0.0;
  for (const RouteCourse& course : courses) length_m += course.course.length_m();
  return fmt::format("{} courses of {:.1f} km in all, {} runs each", courses.size(), 1e-3 * length_m,
                     options.runs);
}

void RoutesStudy::run(const StudyInput& plan, const Studies& /*earlier*/) {
  const NetworkLoad* load = plan.result.load ? &*plan.result.load : nullptr;
  report = check_routes(plan.radio, load, courses, options);
}

}  // namespace amaneku::scenarios
