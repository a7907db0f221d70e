#include <pybind11/stl.h>

#include <algorithm>

#include "python/bind.hpp"
#include "terrain/error.hpp"
#include "terrain/people/mesh_code.hpp"
#include "terrain/raster/profile.hpp"

namespace py = pybind11;

namespace amaneku::python {
namespace {

// Lives as long as the interpreter: exception classes are used until its very end.
PyObject* input_error_class = nullptr;

void raise_input_error(const InputError& error) {
  try {
    const py::object raised = py::reinterpret_borrow<py::object>(input_error_class)(error.what());
    raised.attr("faults") = py::tuple(py::cast(error.faults()));
    PyErr_SetObject(input_error_class, raised.ptr());
  } catch (py::error_already_set& other) {
    other.restore();
  }
}

void bind_errors(py::module_& module) {
  py::class_<Fault>(module, "Fault")
      .def_readonly("message", &Fault::message)
      .def_readonly("file", &Fault::file)
      .def_readonly("line", &Fault::line)
      .def_readonly("column", &Fault::column)
      .def_readonly("key", &Fault::key)
      .def_readonly("value", &Fault::value)
      .def_readonly("legal", &Fault::legal)
      .def("__str__", &Fault::text)
      .def("__repr__", [](const Fault& fault) { return "Fault(" + fault.text() + ")"; });
  py::class_<Warning>(module, "PlanWarning")
      .def_readonly("id", &Warning::id)
      .def_readonly("message", &Warning::message)
      .def_readonly("count", &Warning::count)
      .def("__repr__", [](const Warning& warning) {
        return "PlanWarning(" + warning.id + ", count=" + std::to_string(warning.count) + ": " + warning.message +
               ")";
      });

  py::dict members;
  members["faults"] = py::tuple();
  members["__module__"] = "amaneku";
  input_error_class = PyErr_NewExceptionWithDoc(
      "amaneku.InputError",
      "The input is wrong and the user can mend it; `faults` lists everything found, not only the first.",
      PyExc_ValueError, members.ptr());
  module.attr("InputError") = py::handle(input_error_class);
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      std::rethrow_exception(std::move(thrown));
    } catch (const InputError& error) {
      raise_input_error(error);
    }
  });
}

Zone zone_of(const std::string& word) {
  if (word == "sea") return Zone::sea;
  if (word == "coast") return Zone::coast;
  if (word == "inland") return Zone::inland;
  throw InputError(Fault{.message = "unknown zone", .key = "zone", .value = word, .legal = "sea, coast, inland"});
}

Profile make_profile(std::vector<double> distance_m, std::vector<double> ground_asl_m,
                     std::optional<std::vector<double>> clutter_m,
                     const std::optional<std::vector<std::string>>& zone) {
  Profile profile{.distance_m = std::move(distance_m),
                  .ground_asl_m = std::move(ground_asl_m),
                  .clutter_m = std::move(clutter_m).value_or(std::vector<double>{})};
  if (zone) {
    profile.zone.reserve(zone->size());
    std::ranges::transform(*zone, std::back_inserter(profile.zone), zone_of);
  }
  check_profile(profile.view());
  return profile;
}

void bind_profile(py::module_& module) {
  py::class_<Profile>(module, "Profile")
      .def(py::init(&make_profile), py::kw_only(), py::arg("distance_m"), py::arg("ground_asl_m"),
           py::arg("clutter_m") = py::none(), py::arg("zone") = py::none())
      .def("__len__", [](const Profile& profile) { return profile.distance_m.size(); })
      .def_property_readonly("distance_m",
                             [](const py::object& self) {
                               const auto& values = self.cast<const Profile&>().distance_m;
                               return borrowed(std::span(values), {py::ssize_t(values.size())}, self);
                             })
      .def_property_readonly("ground_asl_m",
                             [](const py::object& self) {
                               const auto& values = self.cast<const Profile&>().ground_asl_m;
                               return borrowed(std::span(values), {py::ssize_t(values.size())}, self);
                             })
      .def_property_readonly("clutter_m", [](const py::object& self) {
        const auto& values = self.cast<const Profile&>().clutter_m;
        return borrowed(std::span(values), {py::ssize_t(values.size())}, self);
      });
}

void bind_mesh(py::module_& module) {
  py::class_<Mesh>(module, "Mesh")
      .def_readonly("level", &Mesh::level)
      .def_property_readonly("west_deg", [](const Mesh& mesh) { return mesh.box.west_deg; })
      .def_property_readonly("south_deg", [](const Mesh& mesh) { return mesh.box.south_deg; })
      .def_property_readonly("east_deg", [](const Mesh& mesh) { return mesh.box.east_deg; })
      .def_property_readonly("north_deg", [](const Mesh& mesh) { return mesh.box.north_deg; });
  module.def(
      "mesh_encode",
      [](double lon_deg, double lat_deg, int level) {
        return encode_mesh({.lon_deg = lon_deg, .lat_deg = lat_deg}, level);
      },
      py::kw_only(), py::arg("lon_deg"), py::arg("lat_deg"), py::arg("level"));
  module.def(
      "mesh_decode", [](const std::string& code) { return decode_mesh(code); }, py::arg("code"));
}

}  // namespace

void bind_terrain(py::module_& module) {
  bind_errors(module);
  bind_profile(module);
  bind_mesh(module);
}

}  // namespace amaneku::python
