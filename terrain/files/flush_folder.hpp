// Names on the disk.
#pragma once

#include <filesystem>

namespace amaneku {

/// Names that were given in a folder are on the disk afterwards. InputError where the system cannot do it; a file
/// system that has no way to flush a folder is taken as it is.
void flush_folder(const std::filesystem::path& folder);

}  // namespace amaneku
