// Files that may be packed with gzip.
#pragma once

#include <filesystem>
#include <string>

namespace amaneku {

/// The bytes of a regular file; of one whose name ends in .gz (in any case) what it unpacks to. InputError if it
/// is missing, a folder, unreadable, damaged, or has or unpacks to more than `limit_bytes`.
[[nodiscard]] std::string read_packed(const std::filesystem::path& path, std::size_t limit_bytes);

}  // namespace amaneku
