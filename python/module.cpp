#include <cstdlib>
#include <string>

#include "python/bind.hpp"
#include "terrain/version.hpp"

namespace {

namespace py = pybind11;

constexpr bool kKnowsNumpy2 = PYBIND11_VERSION_HEX >= 0x020C0000;

/// pybind11 before 2.12 looks for the strides of an array where NumPy 2 has something else: it would read the
/// first element over and over.
void check_numpy() {
  if (kKnowsNumpy2) return;
  const auto version = py::module_::import("numpy").attr("__version__").cast<std::string>();
  if (std::atoi(version.c_str()) < 2) return;
  const std::string reason = "amaneku was built with pybind11 " + std::to_string(PYBIND11_VERSION_MAJOR) + "." +
                             std::to_string(PYBIND11_VERSION_MINOR) + ", which misreads the arrays of NumPy " +
                             version + ": install numpy<2, or build with pybind11 2.12 or later (pip does)";
  throw py::import_error(reason);
}

}  // namespace

PYBIND11_MODULE(_core, module) {
  check_numpy();
  module.doc() = "The C++ core of amaneku. Import the package amaneku instead.";
  module.attr("version") = amaneku::program_version();
  module.attr("git_revision") = amaneku::git_revision();
  module.attr("knows_numpy_2") = kKnowsNumpy2;
  amaneku::python::bind_terrain(module);
  amaneku::python::bind_ground(module);
  amaneku::python::bind_propagation(module);
  amaneku::python::bind_libsim(module);
  amaneku::python::bind_scenarios(module);
  amaneku::python::bind_results(module);
  amaneku::python::bind_distributed(module);
}
