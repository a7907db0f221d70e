#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <array>

#include "libsim/result/result_io.hpp"
#include "libsim/result/result_io_read.hpp"
#include "python/bind.hpp"
#include "scenarios/ask/explain.hpp"
#include "scenarios/output/manifest.hpp"
#include "scenarios/output/outputs.hpp"
#include "terrain/crs.hpp"
#include "terrain/vector/feature_io.hpp"
#include "terrain/vector/ogr_source.hpp"

namespace py = pybind11;
namespace fs = std::filesystem;

namespace amaneku::python {
namespace {

struct StoredResult {
  fs::path file;
  ResultReader reader;
};

/// A folder by the sizes of all its files, result.h5 by its hash too, where there is a manifest.
std::shared_ptr<StoredResult> open_result(const fs::path& given) {
  std::error_code error;
  const bool is_folder = fs::is_directory(given, error);
  if (is_folder) scenarios::check_folder_sizes(given);
  const fs::path file = is_folder ? given / "result.h5" : given;
  scenarios::verify_file(file);
  return std::make_shared<StoredResult>(StoredResult{file, ResultReader(file)});
}

/// Read-only, [y, x]; the array owns the raster.
template <class T>
py::array_t<T> owned(Raster<T> raster) {
  auto held = std::make_unique<Raster<T>>(std::move(raster));
  const Raster<T>& values = *held;
  const py::capsule owner(held.get(), [](void* memory) { delete static_cast<Raster<T>*>(memory); });
  static_cast<void>(held.release());
  return borrowed(values, owner);
}

/// Calls `read` without the GIL.
template <class Read>
auto freely(const Read& read) {
  const py::gil_scoped_release free;
  return read();
}

py::object column_values(const StoredColumn& column) {
  if (column.is_text) return py::cast(column.texts);
  return py::array_t<double>(static_cast<py::ssize_t>(column.numbers.size()), column.numbers.data());
}

const char* type_word(const StoredColumn& column) {
  if (column.is_text) return "text";
  if (column.is_flag) return "flag";
  return column.is_whole ? "integer" : "real";
}

py::object table_of(const StoredResult& result, const std::string& name) {
  const std::optional<StoredTable> table = freely([&] { return result.reader.table(name); });
  if (!table) return py::none();
  py::dict columns;
  py::dict about;
  for (const StoredColumn& column : table->columns) {
    columns[py::str(column.name)] = column_values(column);
    about[py::str(column.name)] = py::make_tuple(type_word(column), column.unit, column.meaning);
  }
  py::dict out;
  out["meaning"] = table->meaning;
  out["columns"] = columns;
  out["about"] = about;
  out["geometry"] = py::none();
  return out;
}

std::string shape_wkb(const SourceFeature& feature, const Crs& crs) {
  if (!feature.area.parts.empty()) return geometry_wkb(feature.area);
  if (!feature.lines.empty()) return geometry_wkb(feature.lines.front());
  if (!feature.points.empty()) return geometry_wkb(crs.to_plan(feature.points.front()));
  return {};
}

/// Names of the fields, and of each feature its values as text and its place in `crs_id`.
py::tuple layer_shapes(const fs::path& file, const std::string& name, const std::string& crs_id) {
  const Crs crs = Crs::from_text(crs_id);
  const SourceLayer layer = freely([&] { return read_source_layer({.path = file, .layer = name, .crs = &crs}); });
  py::list values;
  py::list shapes;
  for (const SourceFeature& feature : layer.features) {
    values.append(feature.values);
    shapes.append(py::bytes(shape_wkb(feature, crs)));
  }
  return py::make_tuple(layer.fields, values, shapes);
}

/// JSON, one sentence, everything.
py::tuple explain(const fs::path& result, const std::optional<fs::path>& scenario, const LonLat& at,
                  const std::string& lang) {
  if (lang != "en" && lang != "ja") {
    throw InputError(Fault{.message = "unknown language", .key = "lang", .value = lang, .legal = "en, ja"});
  }
  const scenarios::Language language = lang == "ja" ? scenarios::Language::ja : scenarios::Language::en;
  const auto texts = freely([&] {
    const scenarios::Explanation found =
        scenarios::explain({.result = result, .at = {at}, .scenario = scenario.value_or(fs::path{})});
    return std::array<std::string, 3>{scenarios::explanation_json(found),
                                      scenarios::verdict(found.cells.front(), language),
                                      scenarios::explanation_text(found, {.language = language, .all = true})};
  });
  return py::make_tuple(texts[0], texts[1], texts[2]);
}

void bind_stored(py::module_& module) {
  const auto of = [](auto member) {
    return [member](const StoredResult& result) { return result.reader.plan().*member; };
  };
  py::class_<StoredResult, std::shared_ptr<StoredResult>>(module, "StoredResult")
      .def_property_readonly("file", [](const StoredResult& result) { return result.file.string(); })
      .def_property_readonly("name", of(&StoredPlan::title))
      .def_property_readonly("program_version", of(&StoredPlan::program_version))
      .def_property_readonly("synthetic", of(&StoredPlan::synthetic))
      .def_property_readonly("credits", of(&StoredPlan::credits))
      .def_property_readonly("crs", of(&StoredPlan::crs_id))
      .def_property_readonly("grid", of(&StoredPlan::grid))
      .def_property_readonly("scenario_file", of(&StoredPlan::scenario_file))
      .def_property_readonly("scenario_text", of(&StoredPlan::scenario_text))
      .def_property_readonly("input_sha256", of(&StoredPlan::input_sha256))
      .def_property_readonly("overrides", of(&StoredPlan::settings))
      .def_property_readonly("warnings", of(&StoredPlan::warnings))
      .def_property_readonly("settings", [](const StoredResult& result) { return result.reader.settings(); })
      .def_property_readonly("table_names", [](const StoredResult& result) { return result.reader.table_names(); })
      .def(
          "has", [](const StoredResult& result, const std::string& name) { return result.reader.has(name); },
          py::arg("name"))
      .def(
          "map",
          [](const StoredResult& result, const std::string& name) {
            return owned(freely([&] { return result.reader.map(name); }));
          },
          py::arg("name"))
      .def(
          "whole_map",
          [](const StoredResult& result, const std::string& name) {
            return owned(freely([&] { return result.reader.whole_map(name); }));
          },
          py::arg("name"))
      .def(
          "path_loss_db",
          [](const StoredResult& result, std::size_t transmitter) {
            return owned(freely([&] { return result.reader.path_loss_db(transmitter); }));
          },
          py::arg("transmitter"))
      .def("table", &table_of, py::arg("name"));
}

}  // namespace

void bind_results(py::module_& module) {
  bind_stored(module);
  module.def("open_result", &open_result, py::arg("path"), py::call_guard<py::gil_scoped_release>());
  module.def(
      "verify_file", [](const fs::path& file) { scenarios::verify_file(file); }, py::arg("file"),
      py::call_guard<py::gil_scoped_release>());
  module.def("layer_shapes", &layer_shapes, py::arg("file"), py::arg("layer"), py::arg("crs"));
  module.def(
      "write_result",
      [](const fs::path& file, const Planned& planned) {
        write_result(file, planned.input, planned.result, scenarios::all_tables(planned));
      },
      py::arg("file"), py::arg("planned"), py::call_guard<py::gil_scoped_release>());
  module.def(
      "provenance",
      [](const Planned& planned) {
        const Provenance& from = planned.input.provenance;
        return py::make_tuple(from.scenario_file, from.scenario_text, from.input_sha256, from.settings,
                              from.credits);
      },
      py::arg("planned"));
  module.def(
      "read_site_table",
      [](const fs::path& file, const std::string& layer, const std::vector<std::string>& known) {
        const SourceTable table = freely([&] { return read_table(file, layer, known); });
        py::list rows;
        for (const TableRow& row : table.rows) rows.append(row.values);
        return py::make_tuple(table.columns, rows);
      },
      py::arg("file"), py::arg("layer"), py::arg("known"));
  module.def(
      "explain",
      [](const fs::path& result, const std::optional<fs::path>& scenario, double lon_deg, double lat_deg,
         const std::string& lang) {
        return explain(result, scenario, {.lon_deg = lon_deg, .lat_deg = lat_deg}, lang);
      },
      py::arg("result"), py::arg("scenario"), py::arg("lon_deg"), py::arg("lat_deg"), py::arg("lang"));
}

}  // namespace amaneku::python
