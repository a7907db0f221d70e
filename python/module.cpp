#include "python/bind.hpp"
#include "terrain/version.hpp"

PYBIND11_MODULE(_core, module) {
  module.doc() = "The C++ core of amaneku. Import the package amaneku instead.";
  module.attr("version") = amaneku::program_version();
  module.attr("git_revision") = amaneku::git_revision();
  amaneku::python::bind_terrain(module);
  amaneku::python::bind_propagation(module);
  amaneku::python::bind_libsim(module);
  amaneku::python::bind_scenarios(module);
}
