// A scenario that was read, for tasks that compute parts of it and for the one that joins them:
// amaneku.distributed.
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "libsim/plan/site_losses.hpp"
#include "libsim/result/loss_file.hpp"
#include "python/bind.hpp"
#include "python/options.hpp"

namespace py = pybind11;

namespace amaneku::python {
namespace {

/// As read, until it is planned.
struct Region {
  scenarios::Scenario scenario{};
  bool planned = false;
};

std::shared_ptr<Region> read_region(const std::filesystem::path& scenario, const Settings& settings) {
  const py::gil_scoped_release free;
  return std::make_shared<Region>(Region{scenarios::load(scenario, {.settings = settings}), false});
}

void write_site(const Region& region, const std::filesystem::path& file, const std::string& identity, int site,
                int threads, const py::object& on_progress) {
  const PlanOptions options = options_of(threads, on_progress);
  const py::gil_scoped_release free;
  if (site < 0 || static_cast<std::size_t>(site) >= region.scenario.input.network.sites.size())
    throw InputError(Fault{.message = "no such site", .key = "site", .value = std::to_string(site)});
  write_losses(file, identity, site_losses(region.scenario.input, site, threads, [&](double done) {
                 options.on_progress("losses", done);
               }));
}

std::shared_ptr<Planned> joined(Region& region, const std::vector<std::filesystem::path>& files,
                                const std::string& identity, int threads, const py::object& on_progress) {
  if (region.planned) throw py::value_error("this region was planned: read it again");
  PlanOptions options = options_of(threads, on_progress);
  const py::gil_scoped_release free;
  const auto losses = std::make_shared<const LossFiles>(files, identity, plan_transmitters(region.scenario.input));
  options.losses = [losses](std::size_t transmitter) { return losses->read(transmitter); };
  region.planned = true;
  return std::make_shared<Planned>(scenarios::run(std::move(region.scenario), options));
}

}  // namespace

void bind_distributed(py::module_& module) {
  py::class_<Region, std::shared_ptr<Region>>(module, "Region")
      .def_property_readonly("cells", [](const Region& r) { return r.scenario.input.world.grid().cells(); })
      .def_property_readonly("text", [](const Region& r) { return r.scenario.input.provenance.scenario_text; })
      .def_property_readonly("settings", [](const Region& r) { return r.scenario.input.provenance.settings; })
      .def_property_readonly("input_sha256",
                             [](const Region& r) { return r.scenario.input.provenance.input_sha256; })
      .def("sites_in_order", [](const Region& r) { return sites_in_order(r.scenario.input); });
  module.def("read_region", &read_region, py::arg("scenario"), py::arg("settings"));
  module.def("write_site_losses", &write_site, py::arg("region"), py::arg("file"), py::arg("identity"),
             py::arg("site"), py::arg("threads"), py::arg("on_progress"));
  module.def("join_losses", &joined, py::arg("region"), py::arg("files"), py::arg("identity"), py::arg("threads"),
             py::arg("on_progress"));
}

}  // namespace amaneku::python
