#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "python/bind.hpp"
#include "scenarios/demo/region.hpp"
#include "scenarios/outputs.hpp"
#include "scenarios/radio_catalogue.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/subsidy_lines.hpp"
#include "scenarios/subsidy_rules_file.hpp"
#include "terrain/error.hpp"

namespace py = pybind11;

namespace amaneku::python {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

scenarios::Language language_of(const std::string& word) {
  if (word == "en") return scenarios::Language::en;
  if (word == "ja") return scenarios::Language::ja;
  throw InputError(Fault{.message = "unknown language", .key = "lang", .value = word, .legal = "en, ja"});
}

/// Ctrl-C and exceptions of the callback end the run: they leave through plan() as C++ exceptions. The callback
/// is borrowed, never copied, because copies would count references without the GIL.
PlanOptions options_of(int threads, const py::object& on_progress) {
  return {.threads = threads, .on_progress = [&on_progress](std::string_view stage, double done_fraction) {
            const py::gil_scoped_acquire gil;
            if (PyErr_CheckSignals() != 0) throw py::error_already_set();
            if (!on_progress.is_none()) on_progress(stage, done_fraction);
          }};
}

std::shared_ptr<Planned> run(const std::filesystem::path& scenario, int threads, const Settings& settings,
                             const py::object& on_progress) {
  const PlanOptions options = options_of(threads, on_progress);
  const py::gil_scoped_release free;
  PlanInput input = scenarios::load(scenario, {.settings = settings}, options);
  PlanResult result = plan(input, options);
  return std::make_shared<Planned>(Planned{std::move(input), std::move(result)});
}

void check(const std::filesystem::path& scenario, const Settings& settings) {
  const py::gil_scoped_release free;
  static_cast<void>(scenarios::load(scenario, {.settings = settings, .check_only = true}));
}

void save(const Planned& planned, const std::filesystem::path& folder, const std::string& lang) {
  const scenarios::Language language = language_of(lang);
  const py::gil_scoped_release free;
  scenarios::check_output_folder(folder);
  scenarios::write_outputs(folder, planned.input, planned.result, language);
}

}  // namespace

void bind_scenarios(py::module_& module) {
  module.def("run", &run, py::arg("scenario"), py::arg("threads"), py::arg("settings"), py::arg("on_progress"));
  module.def("check", &check, py::arg("scenario"), py::arg("settings"));
  module.def("save", &save, py::arg("planned"), py::arg("folder"), py::arg("lang"));
  module.def(
      "summary_json",
      [](const Planned& planned) { return scenarios::summary_json(planned.input, planned.result); },
      py::arg("planned"), py::call_guard<py::gil_scoped_release>());
  module.def(
      "radio_catalogue_json",
      [](const std::optional<std::filesystem::path>& file) {
        return scenarios::radio_catalogue_json(file ? scenarios::radio_catalogue_with(*file)
                                                    : scenarios::built_in_radio_catalogue());
      },
      py::arg("file") = py::none(), py::call_guard<py::gil_scoped_release>());
  module.def(
      "subsidy_answer",
      [](const std::string& request, const std::optional<std::filesystem::path>& rules) {
        return rules ? scenarios::subsidy_answer(request, scenarios::subsidies_with(*rules), "")
                     : scenarios::subsidy_answer(request, scenarios::built_in_subsidies(), "");
      },
      py::arg("request"), py::arg("rules") = py::none(), py::call_guard<py::gil_scoped_release>());
  module.def(
      "demo_region",
      [](const std::filesystem::path& folder, std::optional<std::uint64_t> seed) {
        const py::gil_scoped_release free;
        return seed ? scenarios::write_demo_region(folder, *seed) : scenarios::write_demo_region(folder);
      },
      py::arg("folder"), py::arg("seed") = py::none());
}

}  // namespace amaneku::python
