// SHA-256 of input files, for provenance.
#pragma once

#include <filesystem>
#include <string>

namespace amaneku::scenarios {

/// 64 hexadecimal digits. A folder is hashed as the sorted names and contents of the files in and below it.
/// Throws InputError when something cannot be read.
[[nodiscard]] std::string sha256(const std::filesystem::path& path);

}  // namespace amaneku::scenarios
