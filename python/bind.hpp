// What the bindings share: one function per layer, and numpy arrays that borrow C++ memory.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include "terrain/raster.hpp"

namespace amaneku::python {

void bind_terrain(pybind11::module_& module);
void bind_propagation(pybind11::module_& module);
void bind_libsim(pybind11::module_& module);
void bind_scenarios(pybind11::module_& module);

/// Read-only array [y, x] over the raster's own memory; `owner` lives as long as any array over it.
template <class T>
[[nodiscard]] pybind11::array_t<T> borrowed(const Raster<T>& raster, const pybind11::object& owner) {
  pybind11::array_t<T> view({raster.grid.ny, raster.grid.nx}, raster.values.data(), owner);
  view.attr("setflags")(pybind11::arg("write") = false);
  return view;
}

}  // namespace amaneku::python
