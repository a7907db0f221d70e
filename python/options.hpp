// What the bindings make of the arguments of run() and its like.
#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libsim/plan/plan.hpp"

namespace amaneku::python {

using Settings = std::vector<std::pair<std::string, std::string>>;

/// Ctrl-C and exceptions of the callback end the run: they leave through plan() as C++ exceptions. The callback
/// is borrowed, never copied, because copies would count references without the GIL.
inline PlanOptions options_of(int threads, const pybind11::object& on_progress) {
  return {.threads = threads, .on_progress = [&on_progress](std::string_view stage, double done_fraction) {
            const pybind11::gil_scoped_acquire gil;
            if (PyErr_CheckSignals() != 0) throw pybind11::error_already_set();
            if (!on_progress.is_none()) on_progress(stage, done_fraction);
          }};
}

}  // namespace amaneku::python
