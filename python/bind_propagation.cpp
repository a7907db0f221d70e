#include <pybind11/stl.h>

#include <cmath>
#include <set>

#include "libsim/entry_of.hpp"
#include "propagation/added_losses.hpp"
#include "propagation/link_ranges.hpp"
#include "python/bind.hpp"
#include "terrain/error.hpp"

namespace py = pybind11;

namespace amaneku::python {
namespace {

using Parameters = std::map<std::string, std::variant<double, std::string>>;
using Values = py::array_t<double, py::array::c_style | py::array::forcecast>;
using Index = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;

using NamedModel = std::pair<std::string, Parameters>;
using Columns = std::map<std::string, Values>;

RadioModel model_of(const std::string& id, const Parameters& parameters) {
  std::vector<ParameterValue> values;
  for (const auto& [name, value] : parameters) values.push_back({name, value});
  return make_model(id, values);
}

std::vector<RadioModel> added_of(const std::vector<NamedModel>& named) {
  std::vector<RadioModel> losses;
  for (const auto& [id, parameters] : named) {
    losses.push_back(model_of(id, parameters));
    require_added_loss(losses.back(), "added_losses");
  }
  return losses;
}

Polarization checked_polarization(const std::string& word) {
  if (const auto found = polarization_of(word)) return *found;
  throw InputError(Fault{.message = "unknown polarization",
                         .key = "polarization",
                         .value = word,
                         .legal = std::string(kPolarizationWords)});
}

void require(const char* key, double value, const Range& range) {
  if (std::isfinite(value) && range.contains(value)) return;
  throw InputError(
      Fault{.message = "is out of range", .key = key, .value = std::to_string(value), .legal = range.text()});
}

void check_link(const Link& link) {
  require("freq_hz", link.freq_hz, LinkRanges::freq_hz);
  require("tx_agl_m", link.tx_agl_m, LinkRanges::agl_m);
  require("rx_agl_m", link.rx_agl_m, LinkRanges::agl_m);
  require("effective_earth_radius_m", link.effective_earth_radius_m, LinkRanges::effective_earth_radius_m);
  require("n0", link.n0, LinkRanges::n0);
  require("latitude_deg", link.latitude_deg, LinkRanges::latitude_deg);
}

/// The i-th path of columns of one length. A coast distance that is no number is that of the profile.
struct Request {
  Link link;
  double coast_distance_tx_m;
  double coast_distance_rx_m;
};

Request request_of(const Columns& columns, Polarization polarization, py::ssize_t i) {
  const auto value = [&](const char* name) {
    const Values& column = columns.at(name);
    if (i >= column.size()) throw InputError(Fault{.message = "has no value for every path", .key = name});
    return column.data()[i];
  };
  const Link link{.freq_hz = value("freq_hz"),
                  .tx_agl_m = value("tx_agl_m"),
                  .rx_agl_m = value("rx_agl_m"),
                  .polarization = polarization,
                  .effective_earth_radius_m = value("effective_earth_radius_m"),
                  .n0 = value("n0"),
                  .latitude_deg = value("latitude_deg")};
  check_link(link);
  return {link, value("coast_distance_tx_m"), value("coast_distance_rx_m")};
}

TotalLoss loss_of(const RadioModel& model, std::span<const RadioModel> added, const Request& request,
                  const Profile& profile) {
  PathGeometry path = extract_path(request.link, profile.view(), terrain_of(model));
  if (!std::isnan(request.coast_distance_tx_m)) path.zones.coast_distance_tx_m = request.coast_distance_tx_m;
  if (!std::isnan(request.coast_distance_rx_m)) path.zones.coast_distance_rx_m = request.coast_distance_rx_m;
  return explain_total(model, added, request.link, path);
}

/// The model with its added losses: what every path of a call shares.
struct Losses {
  RadioModel model;
  std::vector<RadioModel> added;
  Polarization polarization;
};

py::tuple path_losses(const Losses& losses, const std::vector<const Profile*>& profiles, const Index& which,
                      const Columns& columns) {
  py::array_t<double> out(which.size());
  double* loss_db = out.mutable_data();
  std::set<std::string> warnings;
  {
    const py::gil_scoped_release free;
    for (py::ssize_t i = 0; i < which.size(); ++i) {
      const Profile& profile = *profiles.at(static_cast<std::size_t>(which.data()[i]));
      const Request request = request_of(columns, losses.polarization, i);
      const TotalLoss result = loss_of(losses.model, losses.added, request, profile);
      loss_db[i] = result.loss_db;
      warnings.insert(result.path.warnings.begin(), result.path.warnings.end());
      for (const PathLoss& added : result.added) warnings.insert(added.warnings.begin(), added.warnings.end());
    }
  }
  return py::make_tuple(out, std::vector<std::string>(warnings.begin(), warnings.end()));
}

/// Names of modes and terms live as long as the program.
std::string_view lasting(std::string name) {
  static std::set<std::string> names;  // under the GIL
  return *names.insert(std::move(name)).first;
}

py::tuple pickled_path(const PathLoss& loss) {
  py::list terms;
  for (const LossTerm& term : loss.terms) terms.append(py::make_tuple(std::string(term.name), term.value));
  return py::make_tuple(loss.loss_db, std::string(loss.mode), terms, loss.warnings);
}

PathLoss unpickled_path(const py::handle& state) {
  const auto parts = state.cast<py::tuple>();
  PathLoss loss{.loss_db = parts[0].cast<double>(),
                .mode = lasting(parts[1].cast<std::string>()),
                .warnings = parts[3].cast<std::vector<std::string>>()};
  for (const auto& [name, value] : parts[2].cast<std::vector<std::pair<std::string, double>>>())
    loss.terms.push_back({lasting(name), value});
  return loss;
}

py::tuple pickled_loss(const TotalLoss& loss) {
  py::list added;
  for (const PathLoss& one : loss.added) added.append(pickled_path(one));
  return py::make_tuple(loss.loss_db, pickled_path(loss.path), added, loss.line_of_sight);
}

TotalLoss unpickled_loss(const py::tuple& state) {
  TotalLoss loss{.loss_db = state[0].cast<double>(),
                 .path = unpickled_path(state[1]),
                 .line_of_sight = state[3].cast<std::optional<bool>>()};
  for (const py::handle& one : state[2]) loss.added.push_back(unpickled_path(one));
  return loss;
}

void bind_losses(py::module_& module) {
  module.def(
      "path_losses",
      [](const NamedModel& model, const std::vector<NamedModel>& added_losses,
         const std::vector<const Profile*>& profiles, const Index& which, const std::string& polarization,
         const Columns& columns) {
        const Losses losses{model_of(model.first, model.second), added_of(added_losses),
                            checked_polarization(polarization)};
        return path_losses(losses, profiles, which, columns);
      },
      py::arg("model"), py::arg("added_losses"), py::arg("profiles"), py::arg("which"), py::arg("polarization"),
      py::arg("columns"));
  module.def(
      "explain_path",
      [](const NamedModel& model, const std::vector<NamedModel>& added_losses, const Profile& profile,
         const std::string& polarization, const Columns& columns) {
        const Request request = request_of(columns, checked_polarization(polarization), 0);
        return loss_of(model_of(model.first, model.second), added_of(added_losses), request, profile);
      },
      py::arg("model"), py::arg("added_losses"), py::arg("profile"), py::arg("polarization"), py::arg("columns"));
  module.def(
      "effective_earth_radius_m",
      [](double delta_n) {
        require("delta_n", delta_n, LinkRanges::delta_n);
        return effective_earth_radius_m(delta_n);
      },
      py::arg("delta_n"));
  module.attr("default_effective_earth_radius_m") = Link{}.effective_earth_radius_m;
  module.attr("default_n0") = Link{}.n0;
  module.attr("default_latitude_deg") = Link{}.latitude_deg;
}

}  // namespace

void bind_propagation(py::module_& module) {
  py::class_<Range>(module, "Range")
      .def_readonly("min", &Range::min)
      .def_readonly("max", &Range::max)
      .def("__contains__", &Range::contains)
      .def("__str__", &Range::text)
      .def("__repr__", [](const Range& range) { return "Range(" + range.text() + ")"; })
      .def(py::pickle([](const Range& range) { return py::make_tuple(range.min, range.max); },
                      [](const py::tuple& state) {
                        return Range{state[0].cast<double>(), state[1].cast<double>()};
                      }));
  py::class_<ModelParameter>(module, "ModelParameter")
      .def_readonly("name", &ModelParameter::name)
      .def_readonly("unit", &ModelParameter::unit)
      .def_property_readonly("default",
                             [](const ModelParameter& parameter) -> py::object {
                               if (!parameter.choices.empty()) return py::cast(parameter.choices.front());
                               return py::cast(parameter.default_value);
                             })
      .def_readonly("range", &ModelParameter::range)
      .def_readonly("choices", &ModelParameter::choices)
      .def_readonly("source", &ModelParameter::source)
      .def("__repr__", [](const ModelParameter& parameter) { return "ModelParameter(" + parameter.name + ")"; })
      .def(py::pickle(
          [](const ModelParameter& parameter) {
            return py::make_tuple(parameter.name, parameter.unit, parameter.default_value, parameter.range,
                                  parameter.choices, parameter.source);
          },
          [](const py::tuple& state) {
            return ModelParameter{.name = state[0].cast<std::string>(),
                                  .unit = state[1].cast<std::string>(),
                                  .default_value = state[2].cast<double>(),
                                  .range = state[3].cast<Range>(),
                                  .choices = state[4].cast<std::vector<std::string>>(),
                                  .source = state[5].cast<std::string>()};
          }));
  py::class_<ModelInfo>(module, "ModelInfo")
      .def_readonly("id", &ModelInfo::id)
      .def_readonly("title", &ModelInfo::title)
      .def_readonly("source", &ModelInfo::source)
      .def_property_readonly("role", [](const ModelInfo& info) { return std::string(role_word(info.role)); })
      .def_readonly("notes", &ModelInfo::notes)
      .def_property_readonly("uses_profile", [](const ModelInfo& info) { return info.terrain != Terrain::none; })
      .def_readonly("parameters", &ModelInfo::parameters)
      .def("__repr__", [](const ModelInfo& info) { return "ModelInfo(" + info.id + ": " + info.title + ")"; })
      .def(py::pickle(
          [](const ModelInfo& info) { return py::make_tuple(info.id); },
          [](const py::tuple& state) { return entry_of(model_infos(), state[0].cast<std::string>(), "model"); }));
  py::class_<TotalLoss>(module, "PathLoss")
      .def_readonly("loss_db", &TotalLoss::loss_db)
      .def_property_readonly("path_loss_db", [](const TotalLoss& loss) { return loss.path.loss_db; })
      .def_property_readonly("mode", [](const TotalLoss& loss) { return std::string(loss.mode()); })
      .def_property_readonly("method", [](const TotalLoss& loss) { return std::string(loss.method()); })
      .def_property_readonly("geometry",
                             [](const TotalLoss& loss) -> py::object {
                               if (!loss.line_of_sight) return py::none();
                               return py::str(std::string(loss.geometry()));
                             })
      .def_property_readonly("terms",
                             [](const TotalLoss& loss) {
                               py::dict terms;
                               for (const LossTerm& term : loss.path.terms)
                                 terms[py::str(std::string(term.name))] = term.value;
                               return terms;
                             })
      .def_property_readonly("warnings", [](const TotalLoss& loss) { return loss.path.warnings; })
      .def_property_readonly("added_losses",
                             [](const TotalLoss& loss) {
                               std::vector<TotalLoss> added;
                               for (const PathLoss& one : loss.added) added.push_back({one.loss_db, one, {}, {}});
                               return added;
                             })
      .def("__repr__",
           [](const TotalLoss& loss) {
             return "PathLoss(" + std::to_string(loss.loss_db) + " dB, " + std::string(loss.mode()) + ")";
           })
      .def(py::pickle(&pickled_loss, &unpickled_loss));
  module.def("models", &model_infos);
  bind_losses(module);
}

}  // namespace amaneku::python
