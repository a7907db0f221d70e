#include <pybind11/stl.h>

#include <algorithm>
#include <filesystem>

#include "python/bind.hpp"
#include "terrain/error.hpp"
#include "terrain/files/refused_path.hpp"
#include "terrain/people/mesh_code.hpp"
#include "terrain/raster/profile.hpp"

namespace py = pybind11;

namespace amaneku::python {
namespace {

// Lives as long as the interpreter: exception classes are used until its very end.
PyObject* input_error_class = nullptr;

void raise_input_error(const InputError& error) {
  try {
    const py::object raised = py::reinterpret_borrow<py::object>(input_error_class)(text_of(error.what()));
    raised.attr("faults") = py::tuple(py::cast(error.faults()));
    PyErr_SetObject(input_error_class, raised.ptr());
  } catch (py::error_already_set& other) {
    other.restore();
  }
}

void bind_errors(py::module_& module) {
  py::class_<Fault>(module, "Fault")
      .def(py::init([](std::string message, std::string key, std::string value, std::string legal) {
             return Fault{.message = std::move(message),
                          .key = std::move(key),
                          .value = std::move(value),
                          .legal = std::move(legal)};
           }),
           py::kw_only(), py::arg("message"), py::arg("key") = "", py::arg("value") = "", py::arg("legal") = "")
      .def_property_readonly("message", [](const Fault& fault) { return text_of(fault.message); })
      .def_property_readonly("file", [](const Fault& fault) { return text_of(fault.file); })
      .def_readonly("line", &Fault::line)
      .def_readonly("column", &Fault::column)
      .def_property_readonly("key", [](const Fault& fault) { return text_of(fault.key); })
      .def_property_readonly("value", [](const Fault& fault) { return text_of(fault.value); })
      .def_property_readonly("legal", [](const Fault& fault) { return text_of(fault.legal); })
      .def("__str__", [](const Fault& fault) { return text_of(fault.text()); })
      .def("__repr__", [](const Fault& fault) { return text_of("Fault(" + fault.text() + ")"); })
      .def(py::pickle(
          [](const Fault& fault) {
            return py::make_tuple(text_of(fault.message), text_of(fault.file), fault.line, fault.column,
                                  text_of(fault.key), text_of(fault.value), text_of(fault.legal));
          },
          [](const py::tuple& state) {
            return Fault{.message = state[0].cast<std::string>(),
                         .file = state[1].cast<std::string>(),
                         .line = state[2].cast<int>(),
                         .column = state[3].cast<int>(),
                         .key = state[4].cast<std::string>(),
                         .value = state[5].cast<std::string>(),
                         .legal = state[6].cast<std::string>()};
          }));
  py::class_<Warning>(module, "PlanWarning")
      .def_readonly("id", &Warning::id)
      .def_readonly("message", &Warning::message)
      .def_readonly("count", &Warning::count)
      .def("__repr__",
           [](const Warning& warning) {
             return "PlanWarning(" + warning.id + ", count=" + std::to_string(warning.count) + ": " +
                    warning.message + ")";
           })
      .def(py::pickle(
          [](const Warning& warning) { return py::make_tuple(warning.id, warning.message, warning.count); },
          [](const py::tuple& state) {
            return Warning{.id = state[0].cast<std::string>(),
                           .message = state[1].cast<std::string>(),
                           .count = state[2].cast<long long>()};
          }));

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
    } catch (const std::filesystem::filesystem_error& error) {
      raise_input_error(refused_path(error));
    }
  });
}

Zone zone_of(const std::string& word) {
  if (word == "sea") return Zone::sea;
  if (word == "coast") return Zone::coast;
  if (word == "inland") return Zone::inland;
  throw InputError(Fault{.message = "unknown zone", .key = "zone", .value = word, .legal = "sea, coast, inland"});
}

std::vector<std::string> zone_words(const Profile& profile) {
  std::vector<std::string> words;
  for (const Zone zone : profile.zone)
    words.emplace_back(zone == Zone::sea ? "sea" : zone == Zone::coast ? "coast" : "inland");
  return words;
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
      .def_property_readonly("clutter_m",
                             [](const py::object& self) {
                               const auto& values = self.cast<const Profile&>().clutter_m;
                               return borrowed(std::span(values), {py::ssize_t(values.size())}, self);
                             })
      .def(py::pickle(
          [](const Profile& profile) {
            const auto copied = [](const std::vector<double>& values) {
              return py::array_t<double>(static_cast<py::ssize_t>(values.size()), values.data());
            };
            return py::make_tuple(copied(profile.distance_m), copied(profile.ground_asl_m),
                                  copied(profile.clutter_m), zone_words(profile));
          },
          [](const py::tuple& state) {
            const auto values = [&](std::size_t i) { return state[i].cast<std::vector<double>>(); };
            return make_profile(values(0), values(1), values(2), state[3].cast<std::vector<std::string>>());
          }));
}

void bind_mesh(py::module_& module) {
  py::class_<Mesh>(module, "Mesh")
      .def_readonly("level", &Mesh::level)
      .def_property_readonly("west_deg", [](const Mesh& mesh) { return mesh.box.west_deg; })
      .def_property_readonly("south_deg", [](const Mesh& mesh) { return mesh.box.south_deg; })
      .def_property_readonly("east_deg", [](const Mesh& mesh) { return mesh.box.east_deg; })
      .def_property_readonly("north_deg", [](const Mesh& mesh) { return mesh.box.north_deg; })
      .def(py::pickle(
          [](const Mesh& mesh) {
            return py::make_tuple(mesh.level, mesh.box.west_deg, mesh.box.south_deg, mesh.box.east_deg,
                                  mesh.box.north_deg);
          },
          [](const py::tuple& state) {
            const auto degrees = [&](std::size_t i) { return state[i].cast<double>(); };
            return Mesh{state[0].cast<int>(), {degrees(1), degrees(2), degrees(3), degrees(4)}};
          }));
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
