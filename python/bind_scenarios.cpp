#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <algorithm>
#include <array>
#include <map>

#include "python/bind.hpp"
#include "python/options.hpp"
#include "scenarios/ask/subsidy_lines.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "scenarios/demo/region.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/read/scenario.hpp"
#include "terrain/error.hpp"

namespace py = pybind11;

namespace amaneku::python {
namespace {

scenarios::Language language_of(const std::string& word) {
  if (word == "en") return scenarios::Language::en;
  if (word == "ja") return scenarios::Language::ja;
  throw InputError(Fault{.message = "unknown language", .key = "lang", .value = word, .legal = "en, ja"});
}

std::shared_ptr<Planned> run(const std::filesystem::path& scenario, int threads, const Settings& settings,
                             const py::object& on_progress) {
  const PlanOptions options = options_of(threads, on_progress);
  const py::gil_scoped_release free;
  return std::make_shared<Planned>(
      scenarios::run(scenarios::load(scenario, {.settings = settings}, options), options));
}

/// Whether the losses of `before` are those of the unchanged sites of `after`: only sites differ.
bool same_world(const PlanInput& before, const PlanInput& after) {
  return before.world.ground.ground_asl_m.grid == after.world.ground.ground_asl_m.grid &&
         before.provenance.input_sha256 == after.provenance.input_sha256 &&
         before.provenance.scenario_text == after.provenance.scenario_text;
}

/// What was set and what is set beside it. A table that is set takes what was set in it before away; which of two
/// was set last, where one lies in the other, a plan does not know.
std::map<std::string, std::string> together(std::map<std::string, std::string> settings, const Settings& more) {
  for (const auto& [outer, text] : settings) {
    for (const auto& [inner, other] : settings) {
      if (inner.starts_with(outer + "."))
        throw InputError(Fault{.message = "was set, and " + inner + " in it: run the scenario with what you want",
                               .key = outer});
    }
  }
  for (const auto& [key, value] : more) {
    std::erase_if(settings, [&](const auto& one) { return one.first.starts_with(key + "."); });
    settings[key] = value;
  }
  return settings;
}

/// The scenario of a plan again, with more set beside it. Where it is sites alone, only those are computed.
std::shared_ptr<Planned> replan(const Planned& before, const Settings& more, int threads,
                                const py::object& on_progress) {
  PlanOptions options = options_of(threads, on_progress);
  const py::gil_scoped_release free;
  const std::map<std::string, std::string> settings = together(before.input.provenance.settings, more);
  const bool sites_alone =
      std::all_of(more.begin(), more.end(), [](const auto& one) { return one.first.starts_with("site."); });
  scenarios::Scenario scenario =
      scenarios::load(before.file, {.settings = {settings.begin(), settings.end()}}, options);
  if (sites_alone && same_world(before.input, scenario.input))
    options.earlier.push_back({before.input, before.result});
  return std::make_shared<Planned>(scenarios::run(std::move(scenario), options));
}

void check(const std::filesystem::path& scenario, const Settings& settings) {
  const py::gil_scoped_release free;
  static_cast<void>(scenarios::load(scenario, {.settings = settings, .check_only = true}));
}

void save(const Planned& planned, const std::filesystem::path& folder, const std::string& lang) {
  const scenarios::Language language = language_of(lang);
  const py::gil_scoped_release free;
  scenarios::check_output_folder(folder);
  scenarios::write_outputs(folder, planned, language);
}

py::object value_of(const Attribute& value, const Column& column) {
  if (const auto* text = std::get_if<std::string>(&value)) return py::str(*text);
  if (const auto* whole = std::get_if<std::int64_t>(&value))
    return column.type == Column::Type::flag ? py::object(py::bool_(*whole != 0)) : py::object(py::int_(*whole));
  if (const auto* number = std::get_if<double>(&value)) return py::float_(*number);
  return py::none();
}

/// Columns of a table, and its geometry as WKB; None: no value.
py::dict table_of(const Table& table) {
  py::dict columns;
  py::dict about;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    py::list values;
    for (const std::vector<Attribute>& row : table.rows) values.append(value_of(row[i], column));
    columns[py::str(column.name)] = values;
    static constexpr std::array<const char*, 4> kTypes = {"text", "real", "integer", "flag"};  // [Column::Type]
    about[py::str(column.name)] =
        py::make_tuple(kTypes[static_cast<std::size_t>(column.type)], column.unit, column.meaning);
  }
  py::object geometry = py::none();
  if (!table.geometry.empty()) {
    py::list shapes;
    for (const Geometry& shape : table.geometry) shapes.append(py::bytes(geometry_wkb(shape)));
    geometry = shapes;
  }
  py::dict out;
  out["meaning"] = table.meaning;
  out["columns"] = columns;
  out["about"] = about;
  out["geometry"] = geometry;
  return out;
}

py::dict tables(const Planned& planned) {
  const std::vector<Table> all = [&] {
    const py::gil_scoped_release free;
    return scenarios::all_tables(planned);
  }();
  py::dict out;
  for (const Table& table : all) out[py::str(table.name)] = table_of(table);
  return out;
}

}  // namespace

void bind_scenarios(py::module_& module) {
  module.def("run", &run, py::arg("scenario"), py::arg("threads"), py::arg("settings"), py::arg("on_progress"));
  module.def("replan", &replan, py::arg("before"), py::arg("settings"), py::arg("threads"),
             py::arg("on_progress"));
  module.def("check", &check, py::arg("scenario"), py::arg("settings"));
  module.def("save", &save, py::arg("planned"), py::arg("folder"), py::arg("lang"));
  module.def(
      "summary_json", [](const Planned& planned) { return scenarios::summary_json(planned); }, py::arg("planned"),
      py::call_guard<py::gil_scoped_release>());
  module.def("tables", &tables, py::arg("planned"));
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
