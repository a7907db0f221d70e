// Paths that the system refuses.
#pragma once

#include <filesystem>

#include "terrain/error.hpp"

namespace amaneku {

/// Too long, empty, not to be looked into: the user can mend it, and not we.
[[nodiscard]] inline InputError refused_path(const std::filesystem::filesystem_error& error) {
  return InputError(Fault{.message = error.code().message(), .file = error.path1().string()});
}

}  // namespace amaneku
