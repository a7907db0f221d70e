#include <pybind11/stl.h>

#include <algorithm>
#include <array>

#include "libsim/maps/shadowing.hpp"
#include "libsim/parallel.hpp"
#include "python/bind.hpp"
#include "terrain/error.hpp"

namespace py = pybind11;

namespace amaneku::python {
namespace {

const Coverage& coverage_of(const Planned& planned) {
  return planned.result.coverage;
}

/// "SITE/SECTOR", the name of a sector in a plan.
std::string sector_label(const Planned& planned, const SectorRef& ref) {
  const Site& site = planned.input.network.sites[static_cast<std::size_t>(ref.site)];
  return site.id + "/" + site.sectors[static_cast<std::size_t>(ref.sector)].id;
}

std::vector<std::string> sector_labels(const Planned& planned) {
  std::vector<std::string> labels;
  for (const SectorRef& ref : coverage_of(planned).sectors) labels.push_back(sector_label(planned, ref));
  return labels;
}

/// As given, or of the label; beyond the last where there is no such label.
std::size_t sector_index(const Planned& planned, const std::variant<std::size_t, std::string>& sector) {
  if (const auto* number = std::get_if<std::size_t>(&sector)) return *number;
  const std::vector<std::string> labels = sector_labels(planned);
  return static_cast<std::size_t>(std::ranges::find(labels, std::get<std::string>(sector)) - labels.begin());
}

const TransmitterLoss& transmitter_of(const Planned& planned,
                                      const std::variant<std::size_t, std::string>& sector) {
  const Coverage& coverage = coverage_of(planned);
  const std::size_t index = sector_index(planned, sector);
  if (index >= coverage.sectors.size()) {
    throw InputError(Fault{.message = "no such sector",
                           .key = "sector",
                           .value = std::holds_alternative<std::string>(sector) ? std::get<std::string>(sector)
                                                                                : std::to_string(index),
                           .legal = "an index below " + std::to_string(coverage.sectors.size()) +
                                    " or a name from coverage.sectors"});
  }
  return coverage.transmitters[static_cast<std::size_t>(coverage.sectors[index].transmitter)];
}

/// The window of the sector's transmitter, [y, x], borrowed.
py::tuple loss_window(const py::object& self, const std::variant<std::size_t, std::string>& sector) {
  const auto& planned = self.cast<const Planned&>();
  const TransmitterLoss& loss = transmitter_of(planned, sector);
  if (!planned.result.has_path_loss) {
    throw InputError(Fault{.message = "this plan has not kept the path loss of its transmitters",
                           .key = "output.path_loss",
                           .legal = "\"always\" keeps it"});
  }
  return py::make_tuple(borrowed(loss.loss_db, self), loss.iy0, loss.ix0);
}

/// A map of service, borrowed; InputError where no radio technology is known.
const ServiceMaps& service_of(const py::object& self) {
  const auto& service = self.cast<const Planned&>().result.service;
  if (!service) {
    throw InputError(Fault{.message = "this plan has no SINR and no rates: no sector's radio technology is known",
                           .key = "sector_defaults.technology",
                           .legal = "`amaneku technologies` lists them"});
  }
  return *service;
}

/// ServiceState is a byte.
py::array_t<std::uint8_t> service_state(const py::object& self) {
  const Raster<ServiceState>& state = service_of(self).state;
  const std::array<py::ssize_t, 2> shape = {state.grid.ny, state.grid.nx};
  py::array_t<std::uint8_t> view(shape, reinterpret_cast<const std::uint8_t*>(state.values.data()), self);
  view.attr("setflags")(py::arg("write") = false);
  return view;
}

py::list cell_loads(const Planned& planned) {
  py::list cells;
  if (!planned.result.load) return cells;
  for (const CellLoad& cell : planned.result.load->cells) {
    py::dict row;
    row["dl_load"] = cell.dl_load;
    row["ul_load"] = cell.ul_load;
    row["dl_wanted"] = cell.dl_wanted;
    row["ul_wanted"] = cell.ul_wanted;
    row["noise_rise_db"] = cell.noise_rise_db;
    row["dl_demand_mbps"] = 1e-6 * cell.dl_demand_bps;
    row["ul_demand_mbps"] = 1e-6 * cell.ul_demand_bps;
    row["dl_served_mbps"] = 1e-6 * cell.dl_served_bps;
    row["ul_served_mbps"] = 1e-6 * cell.ul_served_bps;
    row["people"] = cell.people;
    cells.append(row);
  }
  return cells;
}

/// Without traffic every device is alone.
py::array alone(const py::object& self, Raster<float> ServiceMaps::*with_traffic,
                Raster<float> ServiceMaps::*without) {
  const ServiceMaps& service = service_of(self);
  return borrowed(service.*(service.loaded() ? with_traffic : without), self);
}

void bind_service(py::class_<Planned, std::shared_ptr<Planned>>& planned) {
  planned.def_property_readonly("has_service", [](const Planned& p) { return p.result.service.has_value(); })
      .def_property_readonly("sinr_db",
                             [](const py::object& self) { return borrowed(service_of(self).sinr_db, self); })
      .def_property_readonly("dl_mbps",
                             [](const py::object& self) { return borrowed(service_of(self).dl_mbps, self); })
      .def_property_readonly("ul_mbps",
                             [](const py::object& self) { return borrowed(service_of(self).ul_mbps, self); })
      .def_property_readonly(
          "dl_alone_mbps",
          [](const py::object& self) { return alone(self, &ServiceMaps::dl_alone_mbps, &ServiceMaps::dl_mbps); })
      .def_property_readonly(
          "ul_alone_mbps",
          [](const py::object& self) { return alone(self, &ServiceMaps::ul_alone_mbps, &ServiceMaps::ul_mbps); })
      .def_property_readonly("margin_db",
                             [](const py::object& self) { return borrowed(service_of(self).margin_db, self); })
      .def_property_readonly("service_state", &service_state)
      .def_property_readonly("cell_loads", &cell_loads);
}

void bind_grid(py::module_& module) {
  py::class_<Grid>(module, "Grid")
      .def_readonly("west_m", &Grid::west_m)
      .def_readonly("north_m", &Grid::north_m)
      .def_property_readonly("east_m", &Grid::east_m)
      .def_property_readonly("south_m", &Grid::south_m)
      .def_readonly("cell_m", &Grid::cell_m)
      .def_readonly("nx", &Grid::nx)
      .def_readonly("ny", &Grid::ny)
      .def_property_readonly("shape", [](const Grid& grid) { return py::make_tuple(grid.ny, grid.nx); })
      .def("__repr__",
           [](const Grid& grid) {
             return "Grid(" + std::to_string(grid.ny) + " x " + std::to_string(grid.nx) + " cells of " +
                    std::to_string(grid.cell_m) + " m)";
           })
      .def(py::pickle(
          [](const Grid& grid) {
            return py::make_tuple(grid.west_m, grid.north_m, grid.cell_m, grid.nx, grid.ny);
          },
          [](const py::tuple& state) {
            return Grid{.west_m = state[0].cast<double>(),
                        .north_m = state[1].cast<double>(),
                        .cell_m = state[2].cast<double>(),
                        .nx = state[3].cast<int>(),
                        .ny = state[4].cast<int>()};
          }));
}

double in_range(const char* key, double value, double least, double most) {
  if (value >= least && value <= most) return value;
  throw InputError(Fault{.message = "out of range",
                         .key = key,
                         .value = std::to_string(value),
                         .legal = std::to_string(least) + " .. " + std::to_string(most)});
}

void bind_shadowing(py::module_& module) {
  const auto sigma = [](double sigma_db) { return in_range("sigma_db", sigma_db, 0.01, 50.0); };
  const auto falls = [](double exponent) { return in_range("exponent", exponent, 0.1, 20.0); };
  module.def(
      "area_probability",
      [=](double edge_margin_db, double sigma_db, double exponent) {
        return area_probability(in_range("edge_margin_db", edge_margin_db, -200.0, 200.0), sigma(sigma_db),
                                falls(exponent));
      },
      py::kw_only(), py::arg("edge_margin_db"), py::arg("sigma_db"), py::arg("exponent"),
      "Share of the area of a circular cell that is covered, 0 .. 1, where the median level at its edge is\n"
      "edge_margin_db over the threshold and falls with the distance to the power of -exponent (free space: 2);\n"
      "sigma_db: log-normal shadowing. W. C. Jakes, Microwave Mobile Communications, 1974, section 2.5.3.\n"
      "InputError out of range.");
  module.def(
      "area_margin_db",
      [=](double share, double sigma_db, double exponent) {
        return area_margin_db(in_range("share", share, 0.001, 0.999), sigma(sigma_db), falls(exponent));
      },
      py::kw_only(), py::arg("share"), py::arg("sigma_db"), py::arg("exponent"),
      "Margin of the median at the edge of a circular cell, dB, so that `share` of its area, 0.001 .. 0.999, is\n"
      "covered: the inverse of area_probability.");
}

}  // namespace

void bind_libsim(py::module_& module) {
  module.attr("most_threads") = kMostThreads;
  bind_grid(module);
  bind_shadowing(module);
  py::class_<Planned, std::shared_ptr<Planned>> planned_class(module, "Planned");
  planned_class.def_property_readonly("grid", [](const Planned& planned) { return planned.result.grid; })
      .def_property_readonly("crs", [](const Planned& planned) { return planned.input.world.crs_id; })
      .def_property_readonly("name", [](const Planned& planned) { return planned.input.provenance.scenario_name; })
      .def_property_readonly("synthetic",
                             [](const Planned& planned) { return planned.input.provenance.synthetic; })
      .def_property_readonly("warnings", [](const Planned& planned) { return planned.result.warnings; })
      .def_property_readonly("sectors", &sector_labels)
      .def_property_readonly(
          "rsrp_dbm",
          [](const py::object& self) { return borrowed(self.cast<const Planned&>().result.maps.rsrp_dbm, self); })
      .def_property_readonly("best_server",
                             [](const py::object& self) {
                               return borrowed(self.cast<const Planned&>().result.maps.best_server, self);
                             })
      .def_property_readonly("second_dbm",
                             [](const py::object& self) {
                               return borrowed(self.cast<const Planned&>().result.maps.second_dbm, self);
                             })
      .def_property_readonly("second_server",
                             [](const py::object& self) {
                               return borrowed(self.cast<const Planned&>().result.maps.second_server, self);
                             })
      .def_property_readonly("interference_dbm",
                             [](const py::object& self) {
                               return borrowed(self.cast<const Planned&>().result.maps.interference_dbm, self);
                             })
      .def_property_readonly("has_path_loss", [](const Planned& planned) { return planned.result.has_path_loss; })
      .def_property_readonly("ground_asl_m",
                             [](const py::object& self) {
                               return borrowed(self.cast<const Planned&>().input.world.ground.ground_asl_m, self);
                             })
      .def("loss_window", &loss_window, py::arg("sector"));
  bind_service(planned_class);
}

}  // namespace amaneku::python
