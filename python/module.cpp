#include "python/bind.hpp"
#include "terrain/version.hpp"

PYBIND11_MODULE(_core, module) {
  module.doc() = "The C++ core of amaneku. Import the package amaneku instead.";
  amaneku::python::bind_terrain(module);
  amaneku::python::bind_propagation(module);
  amaneku::python::bind_libsim(module);
  amaneku::python::bind_scenarios(module);
}
