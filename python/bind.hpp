// What the bindings share: a function for each of them, the planned object, and arrays that borrow C++ memory.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <span>
#include <string>

#include "scenarios/read/scenario.hpp"

namespace amaneku::python {

void bind_terrain(pybind11::module_& module);
void bind_ground(pybind11::module_& module);
void bind_propagation(pybind11::module_& module);
void bind_libsim(pybind11::module_& module);
void bind_scenarios(pybind11::module_& module);
void bind_results(pybind11::module_& module);
void bind_distributed(pybind11::module_& module);

/// Text that may hold anything, such as the name of a file: bytes that are no UTF-8 as \xNN.
[[nodiscard]] inline pybind11::str text_of(const std::string& text) {
  PyObject* decoded = PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "backslashreplace");
  if (decoded == nullptr) throw pybind11::error_already_set();
  return pybind11::reinterpret_steal<pybind11::str>(decoded);
}

/// A finished plan with what it was made from; every array of it borrows this memory. Never changed once made.
using scenarios::Planned;

/// Read-only array over `values` of the given shape; `owner` lives as long as any array over it.
template <class T>
[[nodiscard]] pybind11::array_t<T> borrowed(std::span<const T> values, std::vector<pybind11::ssize_t> shape,
                                            const pybind11::object& owner) {
  pybind11::array_t<T> view(std::move(shape), values.data(), owner);
  view.attr("setflags")(pybind11::arg("write") = false);
  return view;
}

/// The same for a raster, [y, x], row 0 is north.
template <class T>
[[nodiscard]] pybind11::array_t<T> borrowed(const Raster<T>& raster, const pybind11::object& owner) {
  return borrowed(std::span<const T>(raster.values), {raster.grid.ny, raster.grid.nx}, owner);
}

}  // namespace amaneku::python
