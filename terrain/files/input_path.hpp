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

/// The files in a folder and in the folders below it, eight levels deep, sorted, relative to `folder`; hidden ones
/// left out, links to folders not followed. They are names only: checked_input_path() says which may be opened.
/// InputError for more than 100,000 files or a folder that cannot be read.
[[nodiscard]] std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

}  // namespace amaneku
