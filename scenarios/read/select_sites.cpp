#include "scenarios/read/select_sites.hpp"

#include <chrono>

namespace amaneku::scenarios {

Planned select_sites(Scenario scenario, const std::filesystem::path& folder, const PlanOptions& options) {
  SelectionStudy& study = scenario.studies.get<SelectionStudy>();
  if (!study.asked())
    throw InputError(Fault{.message = "there is no [selection]: nothing says what is to be reached",
                           .file = scenario.file.string()});
  const std::filesystem::path home = scenario.file.parent_path();
  std::error_code missing;
  if (std::filesystem::equivalent(home.empty() ? "." : home, folder, missing))
    throw InputError(Fault{.message =
                               "holds the scenario itself, which the chosen one would replace: choose another "
                               "output folder",
                           .file = folder.string()});
  (void)written_scenario(study.sources, {}, folder);  // what cannot be written is told before anything is computed
  const auto start = std::chrono::steady_clock::now();
  study.choose(scenario.input, scenario.studies, [&](double done) {
    if (options.on_progress) options.on_progress(SelectionStudy::id, done);
  });
  study.apply(scenario.input.network, scenario.studies);
  study.tune(scenario.input, scenario.studies, [&](double done) {
    if (options.on_progress) options.on_progress("tuning", done);
  });
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  Planned out = run(std::move(scenario), options);
  out.result.timing_s.insert(out.result.timing_s.begin(), {"selection", spent.count()});
  return out;
}

}  // namespace amaneku::scenarios
