#include <pybind11/stl.h>

#include <cmath>
#include <set>

#include "propagation/models.hpp"
#include "python/bind.hpp"
#include "terrain/error.hpp"

namespace py = pybind11;

namespace amaneku::python {
namespace {

using Parameters = std::map<std::string, std::variant<double, std::string>>;
using Column = py::array_t<double, py::array::c_style | py::array::forcecast>;
using Index = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;

RadioModel model_of(const std::string& id, const Parameters& parameters) {
  std::vector<ParameterValue> values;
  for (const auto& [name, value] : parameters) values.push_back({name, value});
  return make_model(id, values);
}

Polarization polarization_of(const std::string& word) {
  if (word == "v" || word == "vertical") return Polarization::vertical;
  if (word == "h" || word == "horizontal") return Polarization::horizontal;
  throw InputError(Fault{.message = "unknown polarization",
                         .key = "polarization",
                         .value = word,
                         .legal = "v, vertical, h, horizontal"});
}

void require(bool legal, const char* key, double value, const char* range) {
  if (!legal) {
    throw InputError(Fault{.message = "not usable", .key = key, .value = std::to_string(value), .legal = range});
  }
}

void check_link(const Link& link) {
  require(std::isfinite(link.freq_hz) && link.freq_hz > 0.0, "freq_hz", link.freq_hz, "finite, > 0");
  require(std::isfinite(link.tx_agl_m) && link.tx_agl_m >= 0.0, "tx_agl_m", link.tx_agl_m, "finite, >= 0");
  require(std::isfinite(link.rx_agl_m) && link.rx_agl_m >= 0.0, "rx_agl_m", link.rx_agl_m, "finite, >= 0");
  require(link.effective_earth_radius_m > 0.0, "effective_earth_radius_m", link.effective_earth_radius_m, "> 0");
}

/// Columns of one length: one path each.
struct Paths {
  Index profile;
  Column freq_hz;
  Column tx_agl_m;
  Column rx_agl_m;
  Column effective_earth_radius_m;
};

py::tuple path_losses(const RadioModel& model, const std::vector<const Profile*>& profiles,
                      Polarization polarization, const Paths& paths) {
  py::array_t<double> losses(paths.profile.size());
  double* loss_db = losses.mutable_data();
  std::set<std::string> warnings;
  {
    const py::gil_scoped_release free;
    for (py::ssize_t i = 0; i < paths.profile.size(); ++i) {
      const Link link{.freq_hz = paths.freq_hz.data()[i],
                      .tx_agl_m = paths.tx_agl_m.data()[i],
                      .rx_agl_m = paths.rx_agl_m.data()[i],
                      .polarization = polarization,
                      .effective_earth_radius_m = paths.effective_earth_radius_m.data()[i]};
      check_link(link);
      const Profile& profile = *profiles.at(static_cast<std::size_t>(paths.profile.data()[i]));
      PathLoss result = explain(model, link, extract_path(link, profile.view()));
      loss_db[i] = result.loss_db;
      warnings.insert(result.warnings.begin(), result.warnings.end());
    }
  }
  return py::make_tuple(losses, std::vector<std::string>(warnings.begin(), warnings.end()));
}

void bind_losses(py::module_& module) {
  module.def(
      "path_losses",
      [](const std::string& model, const Parameters& parameters, const std::vector<const Profile*>& profiles,
         const std::string& polarization, const std::tuple<Index, Column, Column, Column, Column>& columns) {
        const auto& [profile, freq_hz, tx_agl_m, rx_agl_m, radius_m] = columns;
        return path_losses(model_of(model, parameters), profiles, polarization_of(polarization),
                           Paths{profile, freq_hz, tx_agl_m, rx_agl_m, radius_m});
      },
      py::arg("model"), py::arg("parameters"), py::arg("profiles"), py::arg("polarization"), py::arg("columns"));
  module.def(
      "explain_path",
      [](const std::string& model, const Parameters& parameters, const Profile& profile,
         const std::string& polarization, const std::tuple<double, double, double, double>& link_values) {
        const auto& [freq_hz, tx_agl_m, rx_agl_m, radius_m] = link_values;
        const Link link{freq_hz, tx_agl_m, rx_agl_m, polarization_of(polarization), radius_m};
        check_link(link);
        return explain(model_of(model, parameters), link, extract_path(link, profile.view()));
      },
      py::arg("model"), py::arg("parameters"), py::arg("profile"), py::arg("polarization"), py::arg("link"));
  module.def(
      "effective_earth_radius_m",
      [](double delta_n) {
        require(delta_n > 0.0 && delta_n < 157.0, "delta_n", delta_n, "> 0, < 157");
        return effective_earth_radius_m(delta_n);
      },
      py::arg("delta_n"));
  module.attr("default_effective_earth_radius_m") = Link{}.effective_earth_radius_m;
}

}  // namespace

void bind_propagation(py::module_& module) {
  py::class_<Range>(module, "Range")
      .def_readonly("min", &Range::min)
      .def_readonly("max", &Range::max)
      .def("__contains__", &Range::contains)
      .def("__str__", &Range::text)
      .def("__repr__", [](const Range& range) { return "Range(" + range.text() + ")"; });
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
      .def("__repr__", [](const ModelParameter& parameter) { return "ModelParameter(" + parameter.name + ")"; });
  py::class_<ModelInfo>(module, "ModelInfo")
      .def_readonly("id", &ModelInfo::id)
      .def_readonly("title", &ModelInfo::title)
      .def_readonly("source", &ModelInfo::source)
      .def_property_readonly("uses_profile",
                             [](const ModelInfo& info) { return info.terrain != Terrain::none; })
      .def_readonly("parameters", &ModelInfo::parameters)
      .def("__repr__", [](const ModelInfo& info) { return "ModelInfo(" + info.id + ": " + info.title + ")"; });
  py::class_<PathLoss>(module, "PathLoss")
      .def_readonly("loss_db", &PathLoss::loss_db)
      .def_property_readonly("mode", [](const PathLoss& loss) { return std::string(loss.mode); })
      .def_property_readonly("terms",
                             [](const PathLoss& loss) {
                               py::dict terms;
                               for (const LossTerm& term : loss.terms)
                                 terms[py::str(std::string(term.name))] = term.value;
                               return terms;
                             })
      .def_readonly("warnings", &PathLoss::warnings)
      .def("__repr__", [](const PathLoss& loss) {
        return "PathLoss(" + std::to_string(loss.loss_db) + " dB, " + std::string(loss.mode) + ")";
      });
  module.def("models", &model_infos);
  bind_losses(module);
}

}  // namespace amaneku::python
