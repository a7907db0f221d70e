// Names of files that a scenario may open.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "terrain/error.hpp"

namespace amaneku {

/// The folders from which a scenario may read. Symbolic links are resolved before the check.
struct DataRoots {
  std::vector<std::filesystem::path> folders;
};

/// Resolves `name` (relative to `base`) and returns the canonical path of an existing file or folder inside
/// the roots. Throws InputError for /vsi*, URLs, "DRIVER:..." names, embedded control characters, a path
/// that leaves the roots, or a file that does not exist.
[[nodiscard]] std::filesystem::path checked_input_path(const std::string& name, const std::filesystem::path& base,
                                                       const DataRoots& roots);

}  // namespace amaneku
